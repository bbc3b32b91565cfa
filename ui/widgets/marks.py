"""The small signs of cells and lists, distinguished by shape first; each is painted around a point."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from forms.states import Mark
from ui.widgets.theme import Theme


class Sign(StrEnum):
    """The signs beside steps and lines (记号): returned, not done yet, now, settled, done."""

    BACK = "back"
    TODO = "todo"
    NOW = "now"
    TICK = "tick"
    DONE = "done"


TONES: Mapping[str, str] = {Mark.WARN: "amb_mark", Mark.LATE: "red"}  # of a status; the others are plain


def status(painter: QPainter, look: Theme, name: str, x: float, y: float, size: float = 13) -> None:
    """○ idle, ◐ doing, ◆! warn, ▲! late, ●✓ done, centred on (x, y)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    r = size / 2
    colour = look.colour(TONES.get(name, "ink2"))
    box = QRectF(x - r + 0.75, y - r + 0.75, size - 1.5, size - 1.5)
    painter.setPen(QPen(colour, 1.5))
    if name in (Mark.IDLE, Mark.DOING):
        painter.drawEllipse(box)
        if name == Mark.DOING:
            painter.setBrush(colour)
            painter.drawPie(box, 90 * 16, 180 * 16)
    elif name == Mark.DONE:
        painter.setBrush(colour)
        painter.drawEllipse(box)
        painter.setPen(QPen(look.colour("sheet"), 1.6))
        painter.drawPolyline(
            QPolygonF([QPointF(x - r * 0.45, y), QPointF(x - r * 0.1, y + r * 0.4), QPointF(x + r * 0.5, y - r * 0.4)])
        )
    else:
        _warning(painter, look, colour, name, x, y, r)
    painter.restore()


def _warning(painter: QPainter, look: Theme, colour: QColor, name: str, x: float, y: float, r: float) -> None:
    corners = [(0, -r), (r, 0), (0, r), (-r, 0)] if name == Mark.WARN else [(0, -r), (r, r * 0.8), (-r, r * 0.8)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x + a, y + b) for a, b in corners]))
    painter.setPen(QPen(look.colour("sheet"), 1.4))
    painter.drawLine(QPointF(x, y - r * 0.35), QPointF(x, y + r * 0.15))
    painter.drawPoint(QPointF(x, y + r * 0.5))


def level(painter: QPainter, look: Theme, letter: str, x: float, y: float, size: float = 18) -> None:
    """The letter of a level in its shape: A filled square, B outlined square, C ring, D dotted ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    tone = {"A": "red", "B": "red", "C": "amb", "D": "ink3"}[letter]
    colour, box = look.colour(tone), QRectF(x - size / 2 + 1, y - size / 2 + 1, size - 2, size - 2)
    pen = QPen(colour, 1.6, Qt.PenStyle.DotLine if letter == "D" else Qt.PenStyle.SolidLine)
    painter.setPen(pen)
    if letter == "A":
        painter.setBrush(colour)
    painter.drawRoundedRect(box, 3, 3) if letter in "AB" else painter.drawEllipse(box)
    painter.setPen(look.colour("sheet") if letter == "A" else colour)
    painter.setFont(look.font(11, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
    painter.restore()


def corner(painter: QPainter, colour: QColor, cell: QRectF, size: float = 8, right: bool = False) -> None:
    """A triangle in the left top corner, Excel's place for an error, or in the right one, its place for a comment."""
    at, way = (cell.topRight(), -size) if right else (cell.topLeft(), size)
    path = QPainterPath(at)
    path.lineTo(at.x() + way, at.y())
    path.lineTo(at.x(), at.y() + size)
    path.closeSubpath()
    painter.fillPath(path, colour)


def clip(painter: QPainter, look: Theme, cell: QRectF) -> None:
    """A paper clip in the right top corner: files are attached."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_round(look.colour("acc"), 1.4))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y = cell.right() - 9, cell.top() + 10
    _line(painter, x, y, 13, (0.22, -0.3), (0.22, 0.32), (0.12, 0.46), (-0.12, 0.46), (-0.24, 0.32), (-0.24, -0.34),
          (-0.16, -0.48), (0.0, -0.48), (0.06, -0.36), (0.06, 0.18))  # fmt: skip
    painter.restore()


def dotted(painter: QPainter, look: Theme, cell: QRectF) -> None:
    """The dotted line of a required cell that is empty."""
    painter.setPen(QPen(look.colour("amb_mark"), 1.4, Qt.PenStyle.DotLine))
    y = cell.center().y() + 9
    painter.drawLine(QPointF(cell.left() + 7, y), QPointF(cell.right() - 7, y))


def boxes(painter: QPainter, look: Theme, left: tuple[bool, ...], x: int, y: int, size: int = 8) -> int:
    """A box per line, hollow where `left` is True, from x on; gives the x where they end."""
    for hollow in left:
        painter.setPen(QPen(look.colour("acc" if hollow else "line2"), 1.4))
        painter.setBrush(look.colour("sheet" if hollow else "line2"))
        painter.drawRect(QRectF(x, y - size / 2, size - 1, size - 1))
        x += size + 3
    return x


def sign(painter: QPainter, look: Theme, name: str, x: float, y: float, size: float = 17) -> None:
    """Paint the sign of a name: back ↰ in a square, todo a ring, now a ring with a dot, done a disc with a tick, tick;
    or a level's letter.
    """
    if name in ("A", "B", "C", "D"):
        level(painter, look, name, x, y, size)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    SHAPES.get(name, _ring)(painter, look, x, y, size)
    if name == Sign.NOW:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("acc"))
        painter.drawEllipse(QPointF(x, y), size * 0.2, size * 0.2)
    painter.restore()


def _round(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _line(painter: QPainter, x: float, y: float, size: float, *points: tuple[float, float]) -> None:
    painter.drawPolyline(QPolygonF([QPointF(x + a * size, y + b * size) for a, b in points]))


def _back(painter: QPainter, look: Theme, x: float, y: float, size: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("amb_mark"))
    painter.drawRoundedRect(QRectF(x - size / 2 + 1, y - size / 2 + 1, size - 2, size - 2), 3, 3)
    painter.setPen(_round(look.colour("sheet"), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _line(painter, x, y, size, (-0.05, -0.25), (-0.25, -0.04), (-0.05, 0.17))
    _line(painter, x, y, size, (-0.25, -0.04), (0.25, -0.04), (0.25, 0.26))


def _ring(painter: QPainter, look: Theme, x: float, y: float, size: float) -> None:
    painter.setPen(QPen(look.colour("edge"), 1.5))
    painter.setBrush(look.colour("sheet"))
    painter.drawEllipse(QPointF(x, y), size / 2 - 2, size / 2 - 2)


def _done(painter: QPainter, look: Theme, x: float, y: float, size: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("ink2"))
    painter.drawEllipse(QPointF(x, y), size / 2 - 1, size / 2 - 1)
    painter.setPen(_round(look.colour("sheet"), 1.7))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _line(painter, x, y, size, (-0.22, 0.02), (-0.06, 0.18), (0.23, -0.15))


def _tick(painter: QPainter, look: Theme, x: float, y: float, size: float) -> None:
    painter.setPen(_round(look.colour("ink2"), 1.8))
    _line(painter, x, y, size, (-0.3, 0.02), (-0.08, 0.24), (0.32, -0.22))


SHAPES: Mapping[str, Callable[[QPainter, Theme, float, float, float], None]] = {
    Sign.BACK: _back,
    Sign.DONE: _done,
    Sign.TICK: _tick,
}


def lock(painter: QPainter, look: Theme, x: float, y: float, size: float = 11) -> None:
    """A padlock, centred on (x, y)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_round(look.colour("ink3"), 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(x - size * 0.4, y - size * 0.08, size * 0.8, size * 0.55), 1.5, 1.5)
    painter.drawArc(QRectF(x - size * 0.25, y - size * 0.5, size * 0.5, size * 0.8), 0, 180 * 16)
    painter.restore()
