"""How the reports of a period came in day by day, beside the last period."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from models.entries import Period
from ui.theme import Look

BEFORE, AFTER = 12, 3  # days around the due day that are shown


class Curve(QWidget):
    """A line per period over the days around its due day; the last period dashed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.now: list[int] = []
        self.last: list[int] = []
        self.whole, self.due = 1, date.today()
        self.setFixedSize(look.size(230), look.size(64))

    def show_days(
        self, period: Period, days: Sequence[date], last: Period | None, before: Sequence[date], whole: int
    ) -> None:
        """First days of this and of the last period; `whole` is the number of units."""
        self.whole, self.due = max(1, whole), period.due
        shown = (date.today() - period.due).days + BEFORE + 1  # not beyond today
        self.now = _counts(period, days)[: max(1, shown)]
        self.last = _counts(last, before) if last and before else []
        self.setAccessibleName(f"收件进度，到现在{len(days)}家" + (f"，上期共{len(before)}家" if before else ""))
        self.setToolTip("实线是本期收到的单位数，虚线是上期")
        self.setVisible(bool(days or self.last))
        self.update()

    def _points(self, counts: Sequence[int]) -> QPolygonF:
        width, height = self.width() - self.look.size(40), self.height() - self.look.size(37)
        step = width / (BEFORE + AFTER)
        top = self.look.size(17)
        return QPolygonF([QPointF(4 + n * step, top + height * (1 - c / self.whole)) for n, c in enumerate(counts)])

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - look.size(19)
        painter.setPen(QPen(look.colour("line2"), 1))
        painter.drawLine(0, base, self.width() - look.size(30), base)
        if self.last:
            painter.setPen(QPen(look.colour("ink3"), 1.2, Qt.PenStyle.DashLine))
            painter.drawPolyline(self._points(self.last))
            self._word(painter, self._points(self.last).last() + QPointF(6, -4), "上期", "ink2")
        if self.now:
            points = self._points(self.now)
            painter.setPen(QPen(look.colour("acc"), 2))
            painter.drawPolyline(points)
            painter.setBrush(look.colour("acc"))
            painter.drawEllipse(points.last(), 3, 3)
            self._word(painter, points.last() + QPointF(-24, -18), str(self.now[-1]), "acc")
        for n in range(0, BEFORE + AFTER + 1, 4):
            day = self.due + timedelta(days=n - BEFORE)
            self._word(
                painter, QPointF(4 + n * (self.width() - look.size(40)) / (BEFORE + AFTER) - 6, base + 2), str(day.day)
            )

    def _word(self, painter: QPainter, at: QPointF, text: str, tone: str = "ink2") -> None:
        painter.setFont(self.look.font(12, bold=tone == "acc"))
        painter.setPen(self.look.colour(tone))
        painter.drawText(
            QRectF(at.x(), at.y(), self.look.size(40), self.look.size(16)), Qt.AlignmentFlag.AlignLeft, text
        )


def _counts(period: Period, days: Sequence[date]) -> list[int]:
    """How many had come by the end of each day around the due day; what came later counts on the last."""
    first = period.due - timedelta(days=BEFORE)
    ends = [first + timedelta(days=n) for n in range(BEFORE + AFTER)]
    return [sum(d <= end for d in days) for end in ends] + [len(days)]
