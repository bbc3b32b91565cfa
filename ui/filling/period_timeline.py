"""The period as a timeline: files received and sent, today, the due day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from exports.package.manifest import KINDS
from forms.states import FileKind
from models.ledger.submission_status import submission_status
from models.ledger.unit_files import files_in
from models.plan.entries import Period
from models.reporting.edit_log import edits_by_day
from ui.session import Session
from ui.widgets import marks
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

CAME = {kind: made.event for kind, made in KINDS.items() if made.event}
HEIGHT, EDGE = 76, 14


@dataclass(frozen=True)
class Event:
    """Something that happened on a day, and its sign."""

    day: date
    text: str
    mark: str = Sign.DONE


def events(session: Session) -> list[Event]:
    """Files received from the county and sent to it in the session's period, and the day with most edits; by day."""
    space, unit, period = session.space, session.unit.code, session.period
    came = [p for p in files_in(space, unit, period) if p.kind in CAME]
    out = [Event(_day(p.at), CAME[p.kind], Sign.BACK if p.kind == FileKind.RETURN else Sign.DONE) for p in came]
    out += [Event(_day(p.at), f"传出第{p.revision}版") for p in submission_status(space, unit, period).sent]
    filled = edits_by_day(space, unit, period)
    if filled:
        busiest = max(filled, key=lambda d: filled[d])
        out.append(Event(_day(busiest), f"填了{filled[busiest]}处"))
    return sorted(out, key=lambda e: e.day)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


class PeriodTimeline(QWidget):
    """Its accessible name says the same in words."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.period: Period | None = None
        self.today = date.min
        self.events: Sequence[Event] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(400, self.look.size(HEIGHT))

    def show_days(self, period: Period, today: date, happened: Sequence[Event]) -> None:
        """Show another period, day or other events."""
        self.period, self.today = period, today
        self.events = [e for e in happened if period.start <= e.day <= self._end()]
        said = [f"{e.day.month}月{e.day.day}日{e.text}" for e in self.events]
        due = f"{period.due.month}月{period.due.day}日截止"
        self.setAccessibleName("，".join([period.name, f"今天{today.month}月{today.day}日", due, *said]))
        self.setToolTip("\n".join(said))
        self.update()

    def _end(self) -> date:
        assert self.period is not None
        return max(self.period.end, self.period.due)

    def _x(self, day: date) -> float:
        """The x of a day in px; days outside the period are at its ends."""
        assert self.period is not None
        span = (self._end() - self.period.start).days or 1
        part = min(max((day - self.period.start).days / span, 0), 1)
        return self.look.size(EDGE) + part * (self.width() - 2 * self.look.size(EDGE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.period is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._line(painter)
        self._days(painter)
        self._events(painter)
        self._today(painter)
        painter.end()

    @property
    def _y(self) -> int:
        return self.look.size(40)

    def _line(self, painter: QPainter) -> None:
        assert self.period is not None
        now, due, y = self._x(self.today), self._x(self.period.due), self._y
        left, right = self._x(self.period.start), self._x(self._end())
        painter.fillRect(QRectF(left, y - 0.5, right - left, 1), self.look.colour("line2"))
        painter.fillRect(QRectF(left, y - 1.5, now - left, 3), self.look.colour("ink2"))
        if now < due:
            painter.fillRect(QRectF(now, y - 1.5, due - now, 3), self.look.colour("acc"))
        painter.setPen(QPen(self.look.colour("ink"), 2))
        painter.drawLine(QPointF(due, y - self.look.size(12)), QPointF(due, y + self.look.size(12)))
        text = f"{self.period.due.month}月{self.period.due.day}日截止"
        self._text(painter, due, 6, text, "ink", bold=True)
        self._text(painter, due, 54, str(self.period.due.day), "ink", bold=True)

    def _days(self, painter: QPainter) -> None:
        """Paint the days of a month, or the months of a longer period."""
        assert self.period is not None
        days = (self._end() - self.period.start).days + 1
        step = days <= 45
        room = self.width() / days if step else 31 * self.width() / days
        every = 1 if room > self.look.size(20 if step else 34) else 5 if step else 3
        for n in range(days):
            day = self.period.start + timedelta(days=n)
            count = day.day if step else day.month
            last = step and n == days - 1
            beside_last = step and every > 1 and 0 < days - 1 - n < 3  # the last day's number would overlap it
            told = last or (not beside_last and (count % every == 0 or count == 1))
            if (not step and day.day != 1) or not told or self._near(day, every):
                continue
            rest = day.weekday() >= 5
            self._text(
                painter, self._x(day), 54, str(day.day) if step else f"{day.month}月", "ink3" if rest else "ink2"
            )

    def _near(self, day: date, every: int) -> bool:
        """Whether the label of today or the due day would overlap this number."""
        assert self.period is not None
        near = self.look.size(18 if every == 1 else 26)
        told = [self.period.due] + [self.today] * (self.period.start <= self.today <= self._end())
        return any(abs(self._x(day) - self._x(d)) < near for d in told)

    def _events(self, painter: QPainter) -> None:
        taken = [(self._x(self.period.due) - 60, self._x(self.period.due) + 60)] if self.period else []
        for event in reversed(self.events):  # where labels would overlap, the newest keeps its label
            x = self._x(event.day)
            marks.sign(painter, self.look, event.mark, x, self._y, self.look.size(14))
            half = painter.fontMetrics().horizontalAdvance(event.text) / 2 + 12
            if all(x + half < a or x - half > b for a, b in taken):
                self._text(painter, x, 14, event.text, "ink2")
                taken.append((x - half, x + half))

    def _today(self, painter: QPainter) -> None:
        assert self.period is not None
        x, size = self._x(self.today), self.look.size
        inside = self.period.start <= self.today <= self._end()
        if not inside:
            return
        painter.setPen(QPen(self.look.colour("acc"), 2))
        painter.setBrush(self.look.colour("sheet"))
        painter.drawEllipse(QPointF(x, self._y), size(6), size(6))
        box = QRectF(x - size(18), size(52), size(36), size(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("acc"))
        painter.drawRoundedRect(box, 3, 3)
        painter.setFont(self.look.font(12, bold=True))
        painter.setPen(self.look.colour("on_acc"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, "今天")

    def _text(self, painter: QPainter, x: float, y: int, text: str, colour: str, bold: bool = False) -> None:
        painter.setFont(self.look.font(12, bold=bold))
        painter.setPen(self.look.colour(colour))
        width = painter.fontMetrics().horizontalAdvance(text) + 4
        left = min(max(x - width / 2, 0), self.width() - width)
        painter.drawText(QRectF(left, self.look.size(y), width, self.look.size(16)), Qt.AlignmentFlag.AlignCenter, text)
