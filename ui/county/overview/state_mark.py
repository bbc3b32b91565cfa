"""Marks of unit states, in the unit grid and beside it; they differ by shape first, then by colour."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QAbstractButton

from forms.states import ReportState, Result
from ui.widgets.theme import Theme

SIZE, GAP, SHARP = 14, 4, 2  # px at 100 %, and before words; painted twice as large for screens that show more


def dress_state(button: QAbstractButton, look: Theme, name: str) -> None:
    """Set the mark of a state as a button's icon."""
    button.setIcon(state_icon(look, name))
    button.setIconSize(icon_size(look))


def icon_size(look: Theme) -> QSize:
    """The size (px) of a mark before text."""
    return QSize(look.size(SIZE) + look.size(GAP), look.size(SIZE))


def state_icon(look: Theme, name: str) -> QIcon:
    """The mark of a state as an icon, with a gap at the right."""
    side, gap = look.size(SIZE), look.size(GAP)
    pixmap = QPixmap((side + gap) * SHARP, side * SHARP)
    pixmap.fill(Qt.GlobalColor.transparent)
    pixmap.setDevicePixelRatio(SHARP)
    painter = QPainter(pixmap)
    unit_state(painter, look, name, side / 2, side / 2, side)
    painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)  # or Qt would colour it in a chosen line
    return made


def unit_state(painter: QPainter, look: Theme, name: str, x: float, y: float, size: float = 15) -> None:
    """Paint a mark at x, y: missing dashed ring, submitted ✓, late clock, zero ring with a stroke, returned ↩ square,
    conflict ‖, contested ＊ square; for files also refused ×.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    r = size / 2
    box = QRectF(x - r + 0.75, y - r + 0.75, size - 1.5, size - 1.5)
    _UNIT_MARKS.get(name, _ring)(painter, look, box, QPointF(x, y), r)
    painter.restore()


def _missing(painter: QPainter, look: Theme, box: QRectF, _at: QPointF, _r: float) -> None:
    pen = QPen(look.colour("ink"), 1.6)
    pen.setDashPattern([1.6, 1.8])
    painter.setPen(pen)
    painter.drawEllipse(box)


def _submitted(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    _disc(painter, look, box)
    ticks = [(-0.45, 0.0), (-0.1, 0.35), (0.45, -0.35)]
    painter.drawPolyline(QPolygonF([at + QPointF(a * r, b * r) for a, b in ticks]))


def _late(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    _disc(painter, look, box)
    painter.drawPolyline(QPolygonF([at + QPointF(0, -0.6 * r), at, at + QPointF(0.45 * r, 0.25 * r)]))


def _disc(painter: QPainter, look: Theme, box: QRectF) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("ink2"))
    painter.drawEllipse(box)
    painter.setPen(QPen(look.colour("sheet"), 1.7))


def _ring(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    painter.setPen(QPen(look.colour("ink2"), 1.6))
    painter.drawEllipse(box)
    painter.drawLine(at + QPointF(-0.5 * r, 0.5 * r), at + QPointF(0.5 * r, -0.5 * r))


def _returned(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("amb_mark"))
    painter.drawRoundedRect(box, 2.5, 2.5)
    painter.setPen(QPen(look.colour("sheet"), 1.6))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    points = [(0.5, 0.5), (0.5, -0.1), (-0.45, -0.1)]
    painter.drawPolyline(QPolygonF([at + QPointF(a * r, b * r) for a, b in points]))
    tip = [(-0.1, -0.5), (-0.5, -0.1), (-0.1, 0.3)]
    painter.drawPolyline(QPolygonF([at + QPointF(a * r, b * r) for a, b in tip]))


def _contested(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    """Paint the star of a contested correction."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("amb_mark"))
    painter.drawRoundedRect(box, 2.5, 2.5)
    painter.setPen(QPen(look.colour("sheet"), 1.6))
    for a, b in ((0.0, 0.55), (0.48, 0.28), (0.48, -0.28)):
        painter.drawLine(at + QPointF(-a * r, -b * r), at + QPointF(a * r, b * r))


def _conflict(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour("red"))
    for left in (-0.8, 0.12):
        painter.drawRoundedRect(QRectF(at.x() + left * r, box.top(), 0.68 * r, box.height()), 1.5, 1.5)


def _refused(painter: QPainter, look: Theme, box: QRectF, at: QPointF, r: float) -> None:
    painter.setPen(QPen(look.colour("red"), 1.6))
    painter.drawEllipse(box)
    for way in (-1, 1):
        painter.drawLine(at + QPointF(-0.38 * r, -0.38 * way * r), at + QPointF(0.38 * r, 0.38 * way * r))


_UNIT_MARKS = {
    ReportState.MISSING: _missing,
    ReportState.SUBMITTED: _submitted,
    ReportState.LATE: _late,
    ReportState.ZERO: _ring,
    ReportState.RETURNED: _returned,
    ReportState.CONFLICT: _conflict,
    "contested": _contested,
    Result.REFUSED: _refused,
}
