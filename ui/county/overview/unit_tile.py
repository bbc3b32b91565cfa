"""单位牌: paints a unit's tile: its state by shape and colour, and up to two lines of text."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from forms.states import ReportState
from models.county.overview import UnitOverview
from ui.county.overview.state_mark import unit_state
from ui.widgets.theme import Theme

LOOKS = {  # state → fill, edge, words
    ReportState.MISSING: ("sheet", "ink2", "ink"),
    ReportState.RETURNED: ("amb_tint", "amb_mark", "amb"),
    ReportState.CONFLICT: ("red_tint", "red", "red"),
    "contested": ("amb_tint", "amb_mark", "amb"),
}
QUIET = ("sunk", "", "ink2")
SMALLER, NARROWEST = (
    2,
    75,
)  # px by which words become smaller, and percent to which they are drawn together, before a cut
TWO_LINES = 34  # px at 100 %: lower tiles have room for the name only


def paint_tile(painter: QPainter, look: Theme, seat: UnitOverview, size: QRectF, front: bool) -> None:
    """Paint the tile into the rectangle `size`; the selected one (`front`) has a frame in the accent colour."""
    state = seat.mark
    fill, edge, tone = LOOKS.get(state, QUIET)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = size.adjusted(1.5, 1.5, -1.5, -1.5)
    pen = QPen(look.colour(edge), 1.2) if edge else QPen(Qt.PenStyle.NoPen)
    if state == ReportState.MISSING:
        pen.setDashPattern([3, 2.4])
    painter.setPen(pen)
    painter.setBrush(look.colour(fill))
    painter.drawRoundedRect(box, 4, 4)
    if front:
        painter.setPen(QPen(look.colour("acc"), 2.4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
    height, two = size.height(), size.height() >= look.size(TWO_LINES)
    unit_state(painter, look, state, look.size(15), height * (0.32 if two else 0.5), look.size(14))
    left, half = look.size(27), height / 2
    words = QRectF(left, 1, size.width() - left - look.size(6), half if two else height - 2)
    first, second = look.colour("ink" if edge else tone), look.colour(tone)
    _words(painter, [look.font(13 - n, bold=bool(edge)) for n in range(SMALLER + 1)], first, seat.unit.short, words)
    if two:
        _words(painter, [look.font(12), look.font(11)], second, seat.second, words.translated(0, half - 3))


def _words(painter: QPainter, fonts: Sequence[QFont], colour: QColor, text: str, box: QRectF) -> None:
    """One line of text in the largest font that fits, slightly condensed where that avoids eliding it."""
    font = next((f for f in fonts if QFontMetricsF(f).horizontalAdvance(text) <= box.width()), fonts[-1])
    wide = QFontMetricsF(font).horizontalAdvance(text)
    if wide > box.width():
        font.setStretch(max(NARROWEST, int(100 * box.width() / wide)))
    painter.setFont(font)
    painter.setPen(colour)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()) + 1)
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
