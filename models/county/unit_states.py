"""报送情况: the state of every unit in a period, as the county sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from forms.states import REPORT_STATES, CommentState, FileKind, ReportState, Statement, Way
from models.county.corrections import contested
from models.county.exclusions import exclusion
from models.ledger.ledger import ACCEPTED, VERIFIED, Ledger, Standing
from models.plan.entries import Period, Unit
from models.workspace import Workspace

STATES = REPORT_STATES


@dataclass(frozen=True)
class UnitState:
    """A unit's state in a period. `revision` 0 and `received` '' where nothing came; `old_plan` says that what came
    was written on another version of the plan; `verified` that a known computer signed it; `late` that the first report
    came after the due day, whatever became of it since; `contested` in how many cells the unit has reported something
    else since the office corrected them, so that the office has to say which counts;
    `excluded` why its figures are left out of the totals (不计入), "" where they count.
    """

    unit: Unit
    state: ReportState
    revision: int = 0
    received: str = ""
    old_plan: bool = False
    verified: bool = True
    late: bool = False
    contested: int = 0
    excluded: str = ""

    @property
    def document(self) -> dict[str, Any]:
        """The object that `status --json` promises."""
        u = self.unit
        return {
            "code": u.code, "name": u.name, "state": self.state, "revision": self.revision, "received": self.received,
            "old_plan": self.old_plan, "verified": self.verified, "excluded": self.excluded,
        }  # fmt: skip


def states(space: Workspace, period: Period) -> list[UnitState]:
    """The state of every unit that this workspace answered for in the period, in the plan's order."""
    return [state(space, unit, period) for unit in space.at(period).units]


def state(space: Workspace, unit: Unit, period: Period) -> UnitState:
    """The state of one unit, by the plan in force in the period."""
    space = space.at(period)
    period = space.plan.period(period.id)
    stands = Ledger(space.store).standing(unit.code, period.id)
    counts, late = stands.counts, _came_late(stands, period)
    if counts is None:
        return UnitState(unit, ReportState.CONFLICT if stands.in_conflict else ReportState.MISSING, late=late)
    old, verified = counts.plan != space.plan.digest, counts.trust == VERIFIED
    word = _word(space, unit, period, stands, late)
    disputed, left_out = contested(space, unit.code, period), exclusion(space, unit.code, period.id)
    return UnitState(unit, word, counts.revision, counts.came, old, verified, late, disputed, left_out)


def _came_late(stands: Standing, period: Period) -> bool:
    first = min((p.came[:10] for p in stands.all), default="")
    return bool(first) and date.fromisoformat(first) > period.due


def _word(space: Workspace, unit: Unit, period: Period, stands: Standing, late: bool) -> ReportState:
    if stands.in_conflict:
        return ReportState.CONFLICT
    if any(c["state"] == CommentState.OPEN for c in space.store.rows("comments", unit.code, period.id)):
        return ReportState.RETURNED
    if late:
        return ReportState.LATE
    return ReportState.ZERO if is_zero(space, unit.code, period) else ReportState.SUBMITTED


def conflict_notice(found: Sequence[UnitState]) -> str:
    """The sentence on units with two clashing reports, and which of them counts meanwhile; '' for none."""
    clashing = [s for s in found if s.state == ReportState.CONFLICT]
    names = [f"{s.unit.short}（{f'暂按商定过的第{s.revision}版' if s.revision else '没有计入'}）" for s in clashing]
    return f"{'、'.join(names)}两版相撞，还没有选定" if names else ""


def is_zero(space: Workspace, unit: str, period: Period) -> bool:
    """Whether the unit stated 零报告 for every form that has only lines of its own."""
    space = space.at(period)
    said = space.statements(unit, period.id)
    mine = [f.name for f in space.forms if f.own and not f.record and not f.seed]
    return bool(mine) and all(said.get(n) == Statement.ZERO for n in mine)


def due_day(period: Period, today: date) -> str:
    """The due day, with its year where that is not this year."""
    year = f"{period.due.year}年" if period.due.year != today.year else ""
    return f"{year}{period.due.month}月{period.due.day}日"


def _due_words(period: Period, today: date) -> str:
    day = due_day(period, today)
    return f"报送期限{day}已过期，请尽快报来" if today > period.due else f"请于{day}前报来"


def reminder(space: Workspace, period: Period, found: list[UnitState], today: date | None = None) -> str:
    """催报: the text for the units that have not reported, to be copied."""
    period = space.at(period).plan.period(period.id)
    missing = [s.unit.short for s in found if s.state == ReportState.MISSING]
    back = [s.unit.short for s in found if s.state == ReportState.RETURNED]
    due = _due_words(period, today or space.today)
    parts = [f"以下单位还没有报送{period.name}清单，{due}：{'、'.join(missing)}。"] if missing else []
    parts += [f"以下单位的{period.name}清单已退回，请改正后再报：{'、'.join(back)}。"] if back else []
    return "\n".join(parts) or f"{period.name}清单，各单位都已报送。"


def absent_sentences(found: list[UnitState]) -> tuple[str, ...]:
    """Who has not reported and who has a report back, in the words of a published table: nobody is asked for anything."""
    named = {
        state: [s.unit.short for s in found if s.state == state]
        for state in (ReportState.MISSING, ReportState.RETURNED)
    }
    return tuple(f"{STATES[state]}{len(units)}个：{'、'.join(units)}。" for state, units in named.items() if units)


def on_this_plan(space: Workspace) -> list[Unit]:
    """The units that are known to have the plan in force: their newest accepted file was written on it."""
    ledger = Ledger(space.store)
    came = {
        u.code: [p for p in ledger.of(u.code, "", FileKind.SUBMISSION, Way.IN) if p.state == ACCEPTED]
        for u in space.units
    }
    return [u for u in space.units if came[u.code] and came[u.code][-1].plan == space.plan.digest]
