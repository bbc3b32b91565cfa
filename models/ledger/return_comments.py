"""退回意见 at the unit: each comment is dealt with by a correction or an answer."""

from collections.abc import Sequence

from forms.field import Row
from forms.states import CommentState
from models.errors import UserError
from models.plan.entries import Period
from models.store.change import Change
from models.workspace import Workspace


def comments(space: Workspace, unit: str, period: Period) -> Sequence[Row]:
    """The comments on a unit's period in the order in which the county wrote them."""
    return space.store.rows("comments", unit, period.id)


def answer(comment: Row, state: str, text: str = "") -> list[Change]:
    """The change that marks a comment as changed, answered (with a text) or open again."""
    if state == CommentState.ANSWERED and not text.strip():
        raise UserError("return.answer-empty")
    after = {"state": state, "answer": text.strip() or None}
    before = {n: comment[n] for n in after}
    return [Change("comments", comment["id"], before, after)] if before != after else []


def corrected(space: Workspace, unit: str, period: Period) -> list[Change]:
    """The changes that mark open comments as changed, where the cell's value differs from the one that was returned."""
    if all(c["state"] != CommentState.OPEN for c in comments(space, unit, period)):
        return []
    ctx = space.context(unit, period)
    rows = {name: {r["id"]: r for r in lines} for name, lines in ctx.rows.items()}
    return [
        change
        for c in comments(space, unit, period)
        if c["state"] == CommentState.OPEN and c["record"] and differs(space, c, rows[c["form"]].get(c["record"]))
        for change in answer(c, CommentState.CHANGED)
    ]


def differs(space: Workspace, comment: Row, row: Row | None) -> bool:
    """Whether the cell's value differs from the one that was returned; `row` is None where its line was removed."""
    field = space.form(comment["form"]).find(comment["field"] or "")
    if row is None or field is None:
        return row is None  # the line was taken out
    return field.stored and field.kind.show(row.get(field.name)) != (comment["found"] or "")
