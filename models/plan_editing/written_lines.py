"""Which lines of units refer to entries that a new version of the plan takes away from the periods it is valid in."""

from collections.abc import Iterator, Sequence

from forms import FORMS
from models.plan.entries import Period
from models.plan.plan import Plan
from models.workspace import Workspace


def written_into(space: Workspace, new: Plan, periods: Sequence[Period]) -> Iterator[str]:
    """A sentence for each entry (task, unit, period …) with lines of units in one of these periods that the new plan no
    longer has in it; earlier periods keep theirs. None for a plan of another year, whose periods are its own.
    """
    if new.year == space.plan.year:
        found = (line for p in periods if _has_lines(space, p) for line in _in_period(space, new, p))
        yield from dict.fromkeys(found)


def _has_lines(space: Workspace, period: Period) -> bool:
    sql = " UNION ALL ".join(f"SELECT 1 FROM [{form.name}] WHERE period=:p" for form in FORMS)
    return bool(space.store.conn.execute(f"SELECT EXISTS({sql})", {"p": period.id}).fetchone()[0])


def _in_period(space: Workspace, new: Plan, period: Period) -> Iterator[str]:
    old, after = space.at(period).plan, new.at(period)
    for of, title, gone in (
        ("tasks", "重点任务", {t.id for t in old.tasks} - {t.id for t in after.tasks}),
        ("indicators", "指标", {i.id for i in old.indicators} - {i.id for i in after.indicators}),
        ("actions", "行动", {a.id for a in old.actions} - {a.id for a in after.actions}),
    ):
        for id in sorted(gone):
            for unit, form in used(space, of, id, period=period.id):
                yield f"{title}{id}：{_short(old, unit)}在“{form}”里填过"
    for code in sorted({u.code for u in old.units} - {u.code for u in after.units}):
        if code in _writers(space, period):
            yield f"责任单位{code}：{_short(old, code)}填过"
    if new.find("periods", period.id) is None:
        for unit in _writers(space, period):
            yield f"调度期{period.id}：{_short(old, unit)}填过"
    yield from _lost_parts(space, old, after, period)


def _lost_parts(space: Workspace, old: Plan, after: Plan, period: Period) -> Iterator[str]:
    """A sentence for each unit and form with lines in a task that is no longer the unit's."""
    kept, units = {t.id for t in after.tasks}, {u.code for u in after.units}
    parts = {(a.task, a.unit) for a in after.assignments}
    for a in old.assignments:
        if a.task in kept and a.unit in units and (a.task, a.unit) not in parts:
            for unit, form in used(space, "tasks", a.task, a.unit, period.id):
                yield f"重点任务{a.task}不再是{_short(old, unit)}的，它在“{form}”里填过"


def used(space: Workspace, of: str, id: str, only: str = "", period: str = "") -> list[tuple[str, str]]:
    """The units that wrote lines about an entry of the plan (in one period), each with the form's title."""
    found: dict[tuple[str, str], None] = {}
    for form in FORMS:
        columns = [f.name for f in form.stored if f.kind.of == of]
        where = [f"'、'||[{c}]||'、' LIKE ?" for c in columns]
        args = [f"%、{id}、%"] * len(where)
        if form.seed:
            where, args = [*where, "line=?"], [*args, id]
        if where:
            sql = f"""SELECT DISTINCT unit FROM [{form.name}]
                      WHERE ({" OR ".join(where)}) AND (?='' OR unit=?) AND (?='' OR period=?)"""
            rows = space.store.conn.execute(sql, (*args, only, only, period, period))
            found |= {(r[0], form.title): None for r in rows}
    return list(found)


def _writers(space: Workspace, period: Period) -> list[str]:
    """The codes of the units that wrote lines in a period."""
    found: dict[str, None] = {}
    for form in FORMS:
        sql = f"SELECT DISTINCT unit FROM [{form.name}] WHERE period=?"
        found |= {r[0]: None for r in space.store.conn.execute(sql, (period.id,))}
    return list(found)


def _short(plan: Plan, code: str) -> str:
    unit = plan.find("units", code)
    return unit.short if unit else code
