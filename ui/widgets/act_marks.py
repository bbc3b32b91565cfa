"""The signs of the county's acts, told apart by shape first: what a unit asks, and the level of a 督办 paper."""

from collections.abc import Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from forms.states import Request
from ui.widgets.theme import Theme

PLATES: Mapping[str, tuple[str, str, str, float]] = {  # level: fill, edge and ink, width of the edge
    "red": ("red", "red", "sheet", 1),
    "yellow": ("amb_tint", "amb_mark", "amb", 2),
    "blue": ("sheet", "edge", "ink2", 1),
}


def plate(painter: QPainter, look: Theme, level: str, word: str, x: float, y: float) -> None:
    """The plate of a level around (x, y): red filled, yellow tinted with a thick edge, blue an outline; its word inside."""
    fill, edge, ink, width = PLATES.get(level, ("sunk", "line2", "ink2", 1))
    wide, high = look.size(20), look.size(17)
    box = QRectF(x - wide / 2, y - high / 2, wide, high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(edge), width))
    painter.setBrush(look.colour(fill))
    painter.drawRoundedRect(box, 2, 2)
    painter.setPen(look.colour(ink))
    painter.setFont(look.font(12, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
    painter.restore()


def request(painter: QPainter, look: Theme, kind: str, x: float, y: float, size: float = 16) -> None:
    """What a unit asks, around (x, y): a dashed ring with a tick (完成), a clock (延期), a square with a bar (终止), a
    square with an arrow's head (调整).
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = size / 2 - 0.5
    ring = QRectF(x - half, y - half, half * 2, half * 2)
    if kind == Request.COMPLETION:
        painter.setPen(QPen(look.colour("acc"), 1.6, Qt.PenStyle.DashLine))
        painter.drawEllipse(ring)
        painter.setPen(QPen(look.colour("acc"), 1.8))
        points = ((-0.25, 0.02), (-0.06, 0.2), (0.27, -0.18))
        painter.drawPolyline(QPolygonF([QPointF(x + a * size, y + b * size) for a, b in points]))
    elif kind == Request.DELAY:
        painter.setPen(QPen(look.colour("amb_mark"), 1.7))
        painter.drawEllipse(ring)
        painter.drawLines([QLineF(x, y - half * 0.6, x, y), QLineF(x, y, x + half * 0.5, y + half * 0.25)])
    else:
        painter.setPen(QPen(look.colour("ink2"), 1.6))
        painter.drawRoundedRect(ring, 2, 2)
        if kind == Request.END:
            painter.drawLine(QLineF(x - half * 0.5, y, x + half * 0.5, y))
        else:
            painter.drawPolyline(
                QPolygonF([QPointF(x - half * 0.45, y + half * 0.25), QPointF(x, y - half * 0.35), QPointF(x + half * 0.45, y + half * 0.25)])
            )  # fmt: skip
    painter.restore()


def weeks(painter: QPainter, look: Theme, count: int, long: int, x: float, y: float, most: int = 7) -> None:
    """A box per week from x on, around the height y: filled, red after `long`; empty ones up to `most`."""
    side, step = look.size(7), look.size(9)
    painter.save()
    for n in range(most):
        box = QRectF(x + n * step, y - side / 2, side, side)
        if n < count:
            painter.fillRect(box, look.colour("red" if n >= long else "ink2"))
        else:
            painter.setPen(QPen(look.colour("line2"), 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.restore()
