"""The opening of a unit's period: lines that were another unit's begin with what that one wrote last (承接); in a new
year, open lines of the old one go on, and 上年同期 is what was reported a year ago.
"""

from collections.abc import Iterator, Sequence

from forms.field import Context, Meaning
from forms.form import Form
from forms.indicators import INDICATORS
from forms.kind import Value
from forms.obstacles import OBSTACLES
from forms.tasks import TASKS
from models.plan.entries import Period
from models.reporting.inherited import InheritedRow, beginning, inherited
from models.reporting.report import finished, new_row
from models.store.change import Change
from models.workspace import Workspace

INDICATOR, FIGURE, LAST = (INDICATORS.means(m) for m in (Meaning.ENTRY, Meaning.FIGURE, Meaning.LAST_YEAR))


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


def last_years(space: Workspace, unit: str, period: Period) -> list[Change]:
    """The changes by which a period begins with what the year before left: in the first period of a year the open lines
    of kept tasks and the obstacles that are not struck off, in every one the figures of a year ago. Lines that the unit
    has here are left alone.
    """
    there = space.at(period)
    earlier = [p for p in space.plans.periods().values() if p.kind == period.kind and p.end < there.plan.start]
    if not earlier:
        return []
    ctx, found = there.context(unit, period), list[Change]()
    if there.plan.period_before(period) is None:
        last = max(earlier, key=lambda p: p.end)
        for name in (TASKS.name, OBSTACLES.name):
            rows = there.store.rows(name, unit, last.id)
            found += _go_on(there, there.form(name), ctx, [r for r in rows if not finished(there.form(name), r)])
    for p in (p for p in earlier if _is_same_a_year_later(p, period)):
        found += _figures_of_last_year(there, ctx, p)
    return found


def _is_same_a_year_later(old: Period, new: Period) -> bool:
    return (old.start.year + 1, old.start.month, old.start.day) == (new.start.year, new.start.month, new.start.day)


def _go_on(space: Workspace, form: Form, ctx: Context, rows: Sequence[dict[str, Value]]) -> Iterator[Change]:
    """The first writing of lines that were open at the end of the year before."""
    have = {r["line"] for r in space.store.rows(form.name, ctx.unit, ctx.period.id)}
    given, tasks = {r["line"]: r for r in ctx.rows[form.name]}, {t.id for t, _ in ctx.plan.tasks_of(ctx.unit)}
    for row in rows:
        kept = not form.seed or row[form.means(Meaning.ENTRY)] in tasks
        if kept and row["line"] not in have:
            fresh = given.get(row["line"]) or new_row(form, ctx, row["line"], row["position"])
            begun = beginning(form, fresh, row)
            yield Change(form.name, begun["id"], None, begun)


def _figures_of_last_year(space: Workspace, ctx: Context, ago: Period) -> Iterator[Change]:
    """The first writing of the indicators' lines with 上年同期."""
    rows = space.store.rows(INDICATORS.name, ctx.unit, ago.id)
    figures = {r[INDICATOR]: r[FIGURE] for r in rows if r[FIGURE] is not None}
    stored = space.store.ids(INDICATORS.name, ctx.unit, ctx.period.id)
    for row in ctx.rows[INDICATORS.name]:
        if row["id"] not in stored and row[INDICATOR] in figures:
            yield Change(INDICATORS.name, row["id"], None, {**row, LAST: figures[row[INDICATOR]]})


def apply_take_over(space: Workspace, unit: str, period: Period) -> int:
    """Write all these changes, each label as an edit of its own; returns the number of lines."""
    found = take_over(space, unit, period)
    mine = {c.id for changes in found.values() for c in changes}
    found["承接上年"] = [c for c in last_years(space, unit, period) if c.id not in mine]
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
