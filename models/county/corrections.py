"""本办更正: what the county's office corrected over a unit's report, each with its reason. The report itself stays as
it came; a correction lies over it and ends when the unit reports the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Unreadable, Value
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.plan.entries import Period, Unit
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = "overrides"
STANDS, AGREED, CLASHES, GONE = "stands", "agreed", "clashes", "gone"


@dataclass(frozen=True)
class Correction:
    """One corrected cell: what the unit had written then, what it reports now, and what the office put there.
    `state`: it stands; the unit agreed by reporting the same; it clashes with another value that came since (a
    person has to choose; until then the office's value is shown); or its line is gone.
    """

    row: Row
    form: Form
    field: Field
    reported: Value
    state: str
    number: int = 0  # of the line in its unit's form, from 1

    @property
    def place(self) -> tuple[str, str, str]:
        """Form, record and field."""
        return self.form.name, self.row["record"], self.field.name

    @property
    def value(self) -> Value:
        """The office's value."""
        return self.field.kind.read(self.row["value"] or "")

    @property
    def before(self) -> Value:
        """What the unit had written when it was corrected."""
        return self.field.kind.read(self.row["before"] or "")

    @property
    def holds(self) -> bool:
        """Whether the office's value is shown in place of the unit's."""
        return self.state in (STANDS, CLASHES)

    @property
    def sentence(self) -> str:
        """Both values and the reason, for whoever sees the cell."""
        before, now, ours = (self.field.kind.show(v) or "（空）" for v in (self.before, self.reported, self.value))
        if self.state == CLASHES:
            return f"单位原报{before}、又报{now}，本办更正为{ours}，用哪个还没有定：{self.row['reason']}"
        return f"单位报{now}，本办更正为{ours}：{self.row['reason']}"


def corrections(space: Workspace, ctx: Context) -> list[Correction]:
    """The corrections of a unit's period, compared with the rows in `ctx` that the unit reported."""
    found = []
    for row in space.store.rows(NAME, ctx.unit, ctx.period.id):
        form = next((f for f in space.forms if f.name == row["form"]), None)
        field = form.find(row["field"]) if form else None
        if form and field:
            found.append(_judged(row, form, field, ctx))
    return found


def contested(space: Workspace, unit: str, period: Period) -> int:
    """How many corrections of a unit's period wait for the office to say whose value counts."""
    if not space.store.rows(NAME, unit, period.id):
        return 0
    return sum(c.state == CLASHES for c in corrections(space, space.context(unit, period)))


def _judged(row: Row, form: Form, field: Field, ctx: Context) -> Correction:
    lines = enumerate(ctx.rows.get(form.name, ()), 1)
    number, line = next(((n, r) for n, r in lines if r["id"] == row["record"]), (0, None))
    if line is None:
        return Correction(row, form, field, None, GONE)
    now = field.kind.write(line.get(field.name))
    known = {row["before"] or "": STANDS, row["value"] or "": AGREED}
    return Correction(row, form, field, line.get(field.name), known.get(now, CLASHES), number)


def corrected(ctx: Context, those: Sequence[Correction]) -> Context:
    """The rows with the office's corrections over them."""
    over: dict[tuple[str, str], dict[str, Value]] = {}
    for c in those:
        over.setdefault((c.form.name, c.row["record"]), {})[c.field.name] = c.value
    if not over:
        return ctx
    rows = {n: [{**r, **over.get((n, r["id"]), {})} for r in lines] for n, lines in ctx.rows.items()}
    return replace(ctx, rows=rows)


def correct(
    space: Workspace, unit: Unit, period: Period, place: tuple[str, str, str], typed: str, reason: str
) -> list[Change]:
    """The change that corrects a cell (form, record, field), for the first time or again. Raises UserError."""
    form, record, name = space.form(place[0]), place[1], place[2]
    field = form.field(name)
    line = next((r for r in space.context(unit.code, period).rows[form.name] if r["id"] == record), None)
    _may_correct(space, unit, period, form, field, line)
    if not reason.strip():
        raise UserError("correction.no-reason")
    try:
        value = field.kind.write(field.parse(typed, space.plan.year) if typed.strip() else None)
    except Unreadable as why:
        raise UserError("cell.unreadable", field=field.label, why=why) from None
    before = field.kind.write((line or {}).get(name))
    if value == before:
        raise UserError("correction.same-value")
    after = {"before": before or None, "value": value or None, "reason": reason.strip(), "by": space.person or None}
    return _written(space, unit.code, period.id, place, after)


def _may_correct(space: Workspace, unit: Unit, period: Period, form: Form, field: Field, line: Row | None) -> None:
    if space.is_closed(period.id):
        raise UserError("correction.closed-off", period=period.name)
    if Ledger(space.store).standing(unit.code, period.id).counts is None:
        raise UserError("correction.not-received", unit=unit.short, period=period.name)
    if line is None:
        raise UserError("correction.row-gone", form=form.title)
    if not field.editable:
        raise UserError("correction.fixed-field", field=field.label)


def _written(
    space: Workspace, unit: str, period: str, place: tuple[str, str, str], after: Mapping[str, Value]
) -> list[Change]:
    line = "/".join(place)
    id = record_id(NAME, unit, period, line)
    now = space.store.row(NAME, id)
    if now is not None:
        changed = {n: v for n, v in after.items() if now[n] != v}
        return [Change(NAME, id, {n: now[n] for n in changed}, changed)] if changed else []
    keys = {"id": id, "unit": unit, "period": period, "line": line, "position": 0}
    return [Change(NAME, id, None, {**keys, **dict(zip(("form", "record", "field"), place, strict=True)), **after})]


def keep(correction: Correction) -> list[Change]:
    """Where it clashes: the office's value stays, over what the unit reports now."""
    now = correction.field.kind.write(correction.reported) or None
    return [Change(NAME, correction.row["id"], {"before": correction.row["before"]}, {"before": now})]


def lift(correction: Correction) -> list[Change]:
    """Take a correction back: what the unit reports is shown again."""
    return [Change(NAME, correction.row["id"], correction.row, None)]


def notes(space: Workspace, unit: str, period: Period) -> list[dict[str, Any]]:
    """The corrections that hold, for the receipt: in words, and with the place and the canonical text."""
    return [
        {
            "form": c.form.title, "row": c.number, "field": c.field.label,
            "reported": c.field.kind.show(c.reported), "value": c.field.kind.show(c.value), "reason": c.row["reason"],
            "place": list(c.place), "canonical": c.row["value"] or "",
        }
        for c in corrections(space, space.context(unit, period)) if c.holds
    ]  # fmt: skip
