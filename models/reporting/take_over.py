"""A unit's lines that were another unit's begin with what that one wrote last (承接)."""

from models.plan.entries import Period
from models.reporting.inherited import InheritedRow, beginning, inherited
from models.reporting.report import finished, new_row
from models.store.change import Change
from models.workspace import Workspace


def take_over(space: Workspace, unit: str, period: Period) -> dict[str, list[Change]]:
    """The changes by which lines begin with what others wrote, by the label that says so in the history. Lines that the
    unit has here, or had in the period before, are left alone, and finished ones that the plan does not give.
    """
    there = space.at(period)
    before, ctx = there.plan.period_before(period), there.context(unit, period)
    found: dict[str, list[Change]] = {}
    for t in inherited(there.store, there.plan, unit, period, there.forms):
        mine = {r["line"] for p in (before, period) if p for r in there.store.rows(t.form.name, unit, p.id)}
        fresh = next((r for r in ctx.rows[t.form.name] if r["line"] == t.line), None)
        if t.line not in mine and (fresh or not finished(t.form, t.row)):
            row = beginning(t.form, fresh or new_row(t.form, ctx, t.line, t.row["position"]), t.row)
            found.setdefault(f"承接自{_name(there, t)}", []).append(Change(t.form.name, row["id"], None, row))
    return found


def apply_take_over(space: Workspace, unit: str, period: Period) -> int:
    """Write these changes, each label as an edit of its own; returns the number of lines."""
    found = take_over(space, unit, period)
    for label, changes in found.items():
        space.apply(changes, label)
    return sum(map(len, found.values()))


def _name(space: Workspace, taken: InheritedRow) -> str:
    """The short name of the unit that wrote it, which may have ended."""
    plan = space.base.plan
    unit = plan.find("units", taken.writer) or space.plan.find("units", taken.writer)
    if unit:
        return str(unit.short)
    return next((o.short or o.name for o in plan.former.get("units", ()) if o.id == taken.writer), taken.writer)
