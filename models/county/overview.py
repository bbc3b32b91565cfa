"""一览: what the overview shows beside the state of each unit: last period, the months of the year, who to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from forms.states import REPORT_STATES, FileKind, Part, ReportState, Way
from models.county.asked_periods import is_asked
from models.county.unit_states import UnitState, due_day, state, states
from models.ledger.ledger import ACCEPTED, Ledger, Package
from models.plan.entries import Period, Unit
from models.workspace import Workspace

CONTESTED = "contested"
FIRST = (ReportState.CONFLICT, ReportState.RETURNED, ReportState.MISSING)  # states shown on a tile before any other
LATE_TOO = (
    ReportState.LATE,
    ReportState.MISSING,
)  # what somebody who is asked for this period may hear about the last one


@dataclass(frozen=True)
class UnitOverview:
    """A unit in the overview: its state, the state of the period before ('' in the first), and when its report came."""

    state: UnitState
    before: str
    came: datetime | None

    @property
    def unit(self) -> Unit:
        """The unit."""
        return self.state.unit

    @property
    def mark(self) -> str:
        """The mark of its tile: its state, or `contested` where a correction waits for the office and the state is not
        worse.
        """
        state = self.state.state
        return CONTESTED if self.state.contested and state not in FIRST else state

    @property
    def second(self) -> str:
        """The second line of its tile: when and which revision, or what is wrong."""
        s = self.state
        if s.state == ReportState.MISSING:
            return "未报" + ("　上期也迟" if self.before in LATE_TOO else "")
        words = {
            ReportState.RETURNED: REPORT_STATES[ReportState.RETURNED],
            ReportState.CONFLICT: "两版相撞",
            CONTESTED: f"更正待定{s.contested}格",
        }.get(self.mark, "")
        if not words:
            words = f"{self.came.day}日 第{s.revision}版" if self.came else f"第{s.revision}版"
            words = f"零报告 {words}" if s.state == ReportState.ZERO else words
        notes = ["未验证"] * (not s.verified) + ["旧方案"] * s.old_plan
        return " ".join([words, *notes])


def seats(space: Workspace, period: Period) -> list[UnitOverview]:
    """Every unit in the plan's order, so that a unit has the same place every month."""
    last = space.at(period).plan.period_before(period)
    asked = last is not None and is_asked(space, last)
    before = (
        {s.unit.code: ReportState.LATE if s.late else s.state for s in states(space, last)} if last and asked else {}
    )
    return [UnitOverview(s, before.get(s.unit.code, ""), _time(s.received)) for s in states(space, period)]


def _time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def first_days(space: Workspace, period: Period) -> list[date]:
    """The days on which the first report of each unit came, in their order."""
    sql = """SELECT min(CASE received WHEN '' THEN at ELSE received END) FROM packages WHERE kind='submission' AND way='in' AND state=? AND period=?
             GROUP BY unit ORDER BY 1"""
    return [datetime.fromisoformat(r[0]).date() for r in space.store.conn.execute(sql, (ACCEPTED, period.id))]


def received_on(space: Workspace, period: Period, day: date) -> set[str]:
    """The codes of the units from which a submission came in on a day."""
    sql = "SELECT unit FROM packages WHERE kind='submission' AND way='in' AND state=? AND period=? AND substr(at, 1, 10)=?"
    return {r[0] for r in space.store.conn.execute(sql, (ACCEPTED, period.id, day.isoformat()))}


def months(space: Workspace, unit: Unit, until: Period) -> list[tuple[Period, str]]:
    """The unit's state in each month of the plan year up to a period, without the months in which nobody reported."""
    past = [p for p in space.at(until).plan.periods if p.kind == until.kind and p.end <= until.end]
    past = [p for p in past if p.id == until.id or first_days(space, p)]
    return [(p, state(space, unit, p).state) for p in past]


def came(space: Workspace, unit: Unit, period: Period) -> list[Package]:
    """The reports that came from a unit, newest first, with their state; withdrawn ones too."""
    return list(reversed(Ledger(space.store).of(unit.code, period.id, FileKind.SUBMISSION, Way.IN)))


def parts(space: Workspace, unit: Unit) -> tuple[int, int]:
    """How many tasks the unit leads and supports."""
    roles = [role for _, role in space.plan.tasks_of(unit.code)]
    return roles.count(Part.LEAD), len(roles) - roles.count(Part.LEAD)


def contact(space: Workspace, unit: Unit, period: Period) -> list[str]:
    """Whom to call: the names and numbers that the unit gave, this period or the last time before."""
    space = space.at(period)
    form = next(f for f in space.forms if f.record)
    back: Period | None = period
    while back is not None:
        rows = space.store.rows(form.name, unit.code, back.id)
        told = [(f.label, rows[0].get(f.name)) for f in form.fields if not f.kind.prose] if rows else []
        found = [f"{label}　{value}" for label, value in told if value]
        if found:
            return found
        back = space.plan.period_before(back)
    return []


def reminder_of(period: Period, s: UnitState, today: date) -> str:
    """催报 to one unit."""
    due = due_day(period, today)
    if s.state == ReportState.RETURNED:
        return f"{s.unit.short}：你单位的{period.name}清单已退回，请按意见改正后再报。"
    if s.state == ReportState.CONFLICT:
        return f"{s.unit.short}：收到两份不一样的{period.name}清单，是两台电脑分别报的，请核定以哪份为准。"
    if s.state == ReportState.MISSING:
        return f"{s.unit.short}：{period.name}清单应于{due}前报来，还没有收到，请抓紧填报、审核、打印盖章后报来；确无变化的请作零报告。"
    return ""


def first_of_all(seats: Sequence[UnitOverview]) -> list[UnitOverview]:
    """What the office itself has to see to: conflicts first, then its own corrections that a unit has contested, then
    what was sent back and has not come again.
    """
    order = (ReportState.CONFLICT, CONTESTED, ReportState.RETURNED)
    return sorted((s for s in seats if s.mark in order), key=lambda s: order.index(s.mark))
