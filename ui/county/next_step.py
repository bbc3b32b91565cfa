"""What the county's office does next: the answer to the question of the right upper corner."""

from collections.abc import Sequence
from typing import NamedTuple

from models.county.unit_states import State, states
from models.ledger.ledger import Ledger
from models.plan.entries import Period
from models.workspace import Workspace

STAGES = (("plan", "下发"), ("inbox", "收件"), ("rollup", "汇总"))  # page and name


class Stage(NamedTuple):
    """A stage of the county's month: its page, its name, how far it is in a word, and whether it is done."""

    page: str
    name: str
    told: str
    done: bool


class Next(NamedTuple):
    """What to do, and where: a page of the office by `page`, '' for a conflict; and the unit that it is about by its
    code.
    """

    words: str
    page: str
    unit: str = ""


def first_thing(space: Workspace, period: Period) -> Next:
    """Conflicts first, then contested corrections, the plan where it has not gone out, those who have not reported, what was
    sent back; after that the month can be told.
    """
    found = states(space, period)
    clashes, missing, back = (_of(found, state) for state in ("conflict", "missing", "returned"))
    if clashes:
        return Next(f"先办：{clashes[0].unit.short}两版相撞", "", clashes[0].unit.code)
    contested = [s for s in found if s.contested]
    if contested:
        return Next(f"先办：{contested[0].unit.short}更正待定", "home", contested[0].unit.code)
    if len(missing) == len(found):
        office = space.role == "office"  # a work team hands nothing out
        return Next("下发", "plan") if office and not _handed(space) else Next("收件", "inbox")
    if missing:
        return Next(f"催报：还差{len(missing)}家", "home")
    if back:
        return Next(f"等退回：还有{len(back)}家", "home")
    return Next("汇总和通报", "rollup")


def _handed(space: Workspace) -> set[str]:
    """The units to which the plan went out."""
    return {p.unit for p in Ledger(space.store).of("", "", "handout", "out")}


def stages_of(space: Workspace) -> Sequence[tuple[str, str]]:
    """Page and name of each stage; a work team hands nothing out."""
    return STAGES if space.role == "office" else STAGES[1:]


def stages(space: Workspace, period: Period) -> list[Stage]:
    """The county's month from handing out to telling it, and how far each stage is."""
    found, all = states(space, period), {u.code for u in space.units}
    missing, came = len(_of(found, "missing")), {s.unit.code for s in found if s.state != "missing"}
    handed = came | _handed(space) & all
    far = {
        "plan": (f"{len(handed)}家已发" if handed else "", handed == all),
        "inbox": (f"还差{missing}家" if missing else "都收到了", not missing),
    }
    return [Stage(page, name, *far.get(page, ("", False))) for page, name in stages_of(space)]


def _of(found: list[State], state: str) -> list[State]:
    return [s for s in found if s.state == state]
