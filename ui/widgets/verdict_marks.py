"""The signs of a verdict (判定), distinguished by shape first: octagon, square with a cross, triangle, dotted ring, half
ring, disc with a tick, three lines.
"""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from forms.states import Mark
from forms.verdict import Verdict
from ui.widgets import marks
from ui.widgets.theme import Theme

STATUS = {Verdict.REACHED: Mark.DONE, Verdict.ON_COURSE: Mark.DOING, Verdict.BEHIND: Mark.LATE}


def verdict(painter: QPainter, look: Theme, what: Verdict, x: float, y: float, size: float = 14) -> None:
    """Paint the sign of a verdict, centred on (x, y)."""
    if what in STATUS:
        marks.status(painter, look, STATUS[what], x, y, size)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    {Verdict.OCCURRED: _octagon, Verdict.FAILED: _cross, Verdict.UNKNOWN: _question, Verdict.WORDS: _lines}[what](
        painter, look, QRectF(x - size / 2, y - size / 2, size, size)
    )
    painter.restore()


def _octagon(painter: QPainter, look: Theme, box: QRectF) -> None:
    cut, side = box.width() * 0.3, box.width()
    corners = [(cut, 0.0), (side - cut, 0.0), (side, cut), (side, side - cut), (side - cut, side), (cut, side),
               (0.0, side - cut), (0.0, cut)]  # fmt: skip
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("red"))
    painter.drawPolygon(QPolygonF([box.topLeft() + QPointF(a, b) for a, b in corners]))
    bar = QRectF(box.x() + side * 0.22, box.y() + side * 0.42, side * 0.56, side * 0.17)
    painter.fillRect(bar, look.colour("sheet"))


def _cross(painter: QPainter, look: Theme, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("red"))
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(QPen(look.colour("sheet"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    inner = box.adjusted(*(box.width() * n for n in (0.3, 0.3, -0.3, -0.3)))
    painter.drawLine(inner.topLeft(), inner.bottomRight())
    painter.drawLine(inner.topRight(), inner.bottomLeft())


def _question(painter: QPainter, look: Theme, box: QRectF) -> None:
    pen = QPen(look.colour("ink3"), 1.3, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([1.6, 1.6])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(0.7, 0.7, -0.7, -0.7))
    font = look.font(13, bold=True)
    font.setPixelSize(max(int(box.width() * 0.72), 6))
    painter.setFont(font)
    painter.setPen(look.colour("ink2"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "?")


def _lines(painter: QPainter, look: Theme, box: QRectF) -> None:
    painter.setPen(QPen(look.colour("ink3"), 1.3))
    left, room = box.x() + 1.5, box.width() - 3
    for n, part in enumerate((1.0, 1.0, 0.6)):
        y = box.y() + box.height() * (0.26 + 0.24 * n)
        painter.drawLine(QPointF(left, y), QPointF(left + room * part, y))


class VerdictSign(QWidget):
    """The sign by itself, for a title; its accessible name is the verdict's word."""

    def __init__(self, look: Theme, size: int = 16) -> None:
        super().__init__()
        self.look, self.side = look, look.size(size)
        self.what: Verdict | None = None
        self.setFixedSize(QSize(self.side + 2, self.side + 2))

    def show_verdict(self, what: Verdict, word: str) -> None:
        """Show another verdict."""
        self.what = what
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.what is not None:
            painter = QPainter(self)
            verdict(painter, self.look, self.what, self.width() / 2, self.height() / 2, self.side)
