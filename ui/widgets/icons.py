"""Icons of one open set (Lucide, see resources/icons/LICENSE-lucide.txt), painted in the colours of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QToolButton

import resources
from ui.widgets.theme import Theme

SIZE, GAP, SHARP = 16, 4, 2  # px at 100 %, and before text; painted twice as large for high-resolution screens
MODES = ((QIcon.Mode.Normal, ""), (QIcon.Mode.Disabled, "line2"))


@lru_cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    text = resources.path("icons", f"{name}.svg").read_text("utf-8")
    text = text.replace("currentColor", colour).replace('stroke-width="2"', 'stroke-width="1.75"')
    return QSvgRenderer(QByteArray(text.encode()))


def paint(painter: QPainter, look: Theme, name: str, box: QRectF, token: str = "ink2") -> None:
    """Paint the icon of a name into a square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _drawing(name, look.tokens[token]).render(painter, box)


def icon(look: Theme, name: str, off: str = "ink2", on: str = "acc", gap: int = 0) -> QIcon:
    """The icon of a name in the token `off`, in `on` where its button is down, and pale where it is disabled. `gap` px
    stay free at its right.
    """
    made = QIcon()
    for token, state in ((off, QIcon.State.Off), (on, QIcon.State.On)):
        for mode, pale in MODES:
            made.addPixmap(_painted(look, name, pale or token, gap), mode, state)
    return made


def _painted(look: Theme, name: str, token: str, gap: int) -> QPixmap:
    side = look.size(SIZE) * SHARP
    pixmap = QPixmap(side + gap * SHARP, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint(painter, look, name, QRectF(0, 0, side, side), token)
    painter.end()
    pixmap.setDevicePixelRatio(SHARP)
    return pixmap


def dress_button(button: QAbstractButton, look: Theme, name: str) -> None:
    """Put an icon before a button's text, in the colour of the text."""
    off = {"main": "on_acc", "link": "acc"}.get(button.property("tone") or "", "ink2")
    gap = look.size(GAP) if button.text() else 0
    button.setIcon(icon(look, name, off, "on_acc" if off == "on_acc" else "acc", gap))
    button.setIconSize(QSize(look.size(SIZE) + gap, look.size(SIZE)))


def icon_button(look: Theme, name: str, words: str, hint: str) -> QToolButton:
    """A square button with an icon only; `words` are its name for screen readers, `hint` its tooltip."""
    button = QToolButton()
    dress_button(button, look, name)
    button.setAccessibleName(words)
    button.setToolTip(hint)
    return button


def dress_search(box: QLineEdit, look: Theme) -> None:
    """Put a magnifying glass into a search box."""
    box.addAction(icon(look, "search"), QLineEdit.ActionPosition.LeadingPosition)
