"""A chart of the reports received day by day, compared with the last period."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from models.plan.entries import Period
from ui.widgets.theme import Theme

BEFORE, AFTER = 12, 3  # days around the due day that are shown
WORD = 40  # px at 100 %: the room of a word or a figure
LEFT = 8  # px at 100 %: half a figure reaches left of the first day


class IntakeCurve(QWidget):
    """A line per period over the days around its due day; the last period is dashed."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.now: list[int] = []
        self.last: list[int] = []
        self.whole, self.due = 1, date.min
        self.any, self.room = False, True  # whether anything was received, and whether the page has room for it
        self.setFixedSize(look.size(230), look.size(64))

    def show_days(
        self, period: Period, days: Sequence[date], last: Period | None, before: Sequence[date], whole: int, today: date
    ) -> None:
        """Days of the first reports in this period and the last; `whole` is the number of units."""
        self.whole, self.due = max(1, whole), period.due
        shown = (today - period.due).days + BEFORE + 1  # not beyond today
        self.now = _counts(period, days)[: max(1, shown)]
        self.last = _counts(last, before) if last and before else []
        self.setAccessibleName(f"收件进度，到现在{len(days)}家" + (f"，上期共{len(before)}家" if before else ""))
        self.setToolTip("实线是本期收到的单位数，虚线是上期")
        self.any = bool(days or self.last)
        self.let_show(self.room)
        self.update()

    def let_show(self, room: bool) -> None:
        """Set whether the page has room; the chart is hidden as well while nothing was received."""
        self.room = room
        self.setVisible(room and self.any)

    def _points(self, counts: Sequence[int]) -> QPolygonF:
        top, height = self.look.size(18), self.height() - self.look.size(38)
        return QPolygonF([QPointF(self._x(n), top + height * (1 - c / self.whole)) for n, c in enumerate(counts)])

    def _x(self, day: int) -> float:
        """The x coordinate (px) of a day, counted from the first day shown."""
        left = self.look.size(LEFT)
        return left + day * (self.width() - left - self.look.size(WORD)) / (BEFORE + AFTER)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - look.size(19)
        painter.setPen(QPen(look.colour("line2"), 1))
        painter.drawLine(0, base, self.width() - look.size(30), base)
        size = look.size
        if self.last:
            points = self._points(self.last)
            painter.setPen(QPen(look.colour("ink3"), 1.2, Qt.PenStyle.DashLine))
            painter.drawPolyline(points)
            self._word(painter, points.last() + QPointF(size(6), -size(8)), "上期", Qt.AlignmentFlag.AlignLeft)
        if self.now:
            points = self._points(self.now)
            painter.setPen(QPen(look.colour("acc"), 2))
            painter.drawPolyline(points)
            painter.setBrush(look.colour("acc"))
            painter.drawEllipse(points.last(), 3, 3)
            above = points.last() + QPointF(size(4) - size(WORD), -size(20))  # its end over the point
            self._word(painter, above, str(self.now[-1]), Qt.AlignmentFlag.AlignRight, "acc")
        for n in range(0, BEFORE + AFTER + 1, 4):
            day = self.due + timedelta(days=n - BEFORE)
            under = QPointF(self._x(n) - size(WORD) / 2, base + 2)
            self._word(painter, under, str(day.day), Qt.AlignmentFlag.AlignHCenter)

    def _word(self, painter: QPainter, at: QPointF, text: str, side: Qt.AlignmentFlag, tone: str = "ink2") -> None:
        painter.setFont(self.look.font(12, bold=tone == "acc"))
        painter.setPen(self.look.colour(tone))
        painter.drawText(QRectF(at.x(), at.y(), self.look.size(WORD), self.look.size(17)), side, text)


def _counts(period: Period, days: Sequence[date]) -> list[int]:
    """How many reports were there at the end of each day around the due day; later ones count on the last day."""
    first = period.due - timedelta(days=BEFORE)
    ends = [first + timedelta(days=n) for n in range(BEFORE + AFTER)]
    return [sum(d <= end for d in days) for end in ends] + [len(days)]
