"""不计入: a unit's report of a period stays received, its figures stay out of totals, means and rankings, with a reason."""

from datetime import date

from forms.records import EXCLUSIONS
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.plan.entries import Period, Unit
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = EXCLUSIONS.name
WORD = "不计入"
SHORTEST_REASON = 6


def exclusion(space: Workspace, unit: str, period: str) -> str:
    """Why the figures of a unit's period do not count; "" where they do."""
    paper = space.store.row(NAME, _id(unit, period))
    return str(paper["text"]) if paper else ""


def exclusions(space: Workspace, period: str) -> dict[str, str]:
    """By unit code why its figures of a period do not count; units whose figures count are not in it."""
    return {paper["unit"]: str(paper["text"]) for paper in space.store.everything(NAME) if paper["period"] == period}


def exclude(space: Workspace, unit: Unit, period: Period, reason: str, day: date) -> list[Change]:
    """The change that leaves a unit's figures of a period out, or gives another reason. Raises UserError."""
    _may_change(space, period)
    if Ledger(space.store).standing(unit.code, period.id).all == ():
        raise UserError("exclusion.nothing-reported", unit=unit.short, period=period.name)
    if len(reason.strip()) < SHORTEST_REASON:
        raise UserError("exclusion.short-reason", least=SHORTEST_REASON, count=len(reason.strip()))
    id = _id(unit.code, period.id)
    now, after = space.store.row(NAME, id), {"text": reason.strip(), "day": day, "by": space.person or None}
    if now is None:
        keys = {"id": id, "unit": unit.code, "period": period.id, "line": NAME, "position": 0}
        return [Change(NAME, id, None, {**keys, **after})]
    changed = {n: v for n, v in after.items() if now[n] != v}
    return [Change(NAME, id, {n: now[n] for n in changed}, changed)] if changed else []


def include(space: Workspace, unit: Unit, period: Period) -> list[Change]:
    """The change that counts a unit's figures again. Raises UserError."""
    _may_change(space, period)
    now = space.store.row(NAME, _id(unit.code, period.id))
    return [Change(NAME, now["id"], now, None)] if now else []


def _may_change(space: Workspace, period: Period) -> None:
    if space.is_closed(period.id):
        raise UserError("exclusion.closed", period=period.name)


def _id(unit: str, period: str) -> str:
    return record_id(NAME, unit, period, NAME)
