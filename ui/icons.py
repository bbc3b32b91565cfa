"""Icons of one open set (Lucide, see resources/icons/LICENSE-lucide.txt), painted in the colours of the look."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLineEdit

import resources
from ui.theme import Look

SIZE, SHARP = 16, 2  # px at 100 %; painted twice as large for screens that show more


def icon(look: Look, name: str) -> QIcon:
    """The icon of a name: quiet, and in the accent where its button is down."""
    made = QIcon()
    for token, state in (("ink2", QIcon.State.Off), ("acc", QIcon.State.On)):
        made.addPixmap(_painted(look, name, token), QIcon.Mode.Normal, state)
    return made


def _painted(look: Look, name: str, token: str) -> QPixmap:
    drawing = resources.path("icons", f"{name}.svg").read_text("utf-8")
    drawing = drawing.replace("currentColor", look.tokens[token]).replace('stroke-width="2"', 'stroke-width="1.75"')
    side = look.size(SIZE) * SHARP
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(SHARP)
    return pixmap


def dress_button(button: QAbstractButton, look: Look, name: str) -> None:
    """Put an icon before a button's words."""
    button.setIcon(icon(look, name))
    button.setIconSize(QSize(look.size(SIZE), look.size(SIZE)))


def dress_search(box: QLineEdit, look: Look) -> None:
    """A magnifying glass in a box in which something is looked for."""
    box.addAction(icon(look, "search"), QLineEdit.ActionPosition.LeadingPosition)
