"""What the county's office does next: the answer to the question of the right upper corner."""

from typing import NamedTuple

from models.county import State, states
from models.entries import Period
from models.workspace import Workspace


class Next(NamedTuple):
    """What to do, and where: a unit whose conflict waits (its code), or a page of the office by `page`."""

    words: str
    page: str
    unit: str = ""


def first_thing(space: Workspace, period: Period) -> Next:
    """Conflicts first, then those who have not reported, then what was sent back; after that the month can be told."""
    found = states(space, period)
    clashes, missing, back = (_of(found, state) for state in ("conflict", "missing", "returned"))
    if clashes:
        return Next(f"先办：{clashes[0].unit.short}两版相撞", "", clashes[0].unit.code)
    if len(missing) == len(found):
        return Next("收件", "inbox")
    if missing:
        return Next(f"催报：还差{len(missing)}家", "home")
    if back:
        return Next(f"等退回：还有{len(back)}家", "home")
    return Next("汇总和通报", "rollup")


def _of(found: list[State], state: str) -> list[State]:
    return [s for s in found if s.state == state]
