"""The next step of the county's office, shown in the upper right corner, and the progress of its stages."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from forms.states import ReportState, Role
from models.county.unit_states import UnitState, states
from models.ledger.unit_files import units_with_handout
from models.plan.entries import Period
from models.workspace import Workspace
from ui.window.page import HOME, INBOX, PLAN, ROLLUP

Progress = Callable[["CountyMonth"], tuple[str, bool]]  # how far a stage is, in a word, and whether it is done


class Stage(NamedTuple):
    """A stage of the county's month: its page, its name, its progress in a word, and whether it is done."""

    page: str
    name: str
    progress: str
    done: bool


class Next(NamedTuple):
    """The next step: its sentence, the office page to open ('' for a conflict) and the code of the unit concerned."""

    words: str
    page: str
    unit: str = ""


def first_thing(space: Workspace, period: Period) -> Next:
    """The most urgent step: conflicts, contested corrections, a plan not handed out, missing units, returned reports;
    with none of these, the bulletin.
    """
    found = states(space, period)
    clashes, missing, back = (
        _of(found, state) for state in (ReportState.CONFLICT, ReportState.MISSING, ReportState.RETURNED)
    )
    if clashes:
        return Next(f"先办：{clashes[0].unit.short}两版相撞", "", clashes[0].unit.code)
    contested = [s for s in found if s.contested]
    if contested:
        return Next(f"先办：{contested[0].unit.short}更正待定", HOME, contested[0].unit.code)
    if len(missing) == len(found):
        office = space.role == Role.OFFICE  # a work team makes no hand-outs
        return Next("下发", PLAN) if office and not units_with_handout(space) else Next("收件", INBOX)
    if missing:
        return Next(f"催报：还差{len(missing)}家", HOME)
    if back:
        return Next(f"等退回：还有{len(back)}家", HOME)
    return Next("汇总和通报", ROLLUP)


class CountyMonth:
    """A period for the stages: the states of its units, and which units have got the hand-out."""

    def __init__(self, space: Workspace, period: Period) -> None:
        self.states, self.all = states(space, period), {u.code for u in space.units}
        self.with_handout = units_with_handout(space)


def no_progress(_month: CountyMonth) -> tuple[str, bool]:
    """The progress of a stage that is never done: no word."""
    return "", False


def handout_progress(month: CountyMonth) -> tuple[str, bool]:
    """下发: how many units have got the plan. One that reported counts too, however the plan reached it."""
    reported = {s.unit.code for s in month.states if s.state != ReportState.MISSING}
    reached = reported | month.with_handout & month.all
    return f"{len(reached)}家已发" if reached else "", reached == month.all


def intake_progress(month: CountyMonth) -> tuple[str, bool]:
    """收件: how many units are missing; done when none is."""
    missing = len(_of(month.states, ReportState.MISSING))
    return f"还差{missing}家" if missing else "都收到了", not missing


def stages(month: CountyMonth, rail: Sequence[tuple[str, str, Progress]]) -> list[Stage]:
    """The stages of a rail, each given as page, name and progress function."""
    return [Stage(page, word, *progress(month)) for page, word, progress in rail]


def _of(found: list[UnitState], state: str) -> list[UnitState]:
    return [s for s in found if s.state == state]
