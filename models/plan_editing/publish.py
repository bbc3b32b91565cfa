"""Putting a plan in force (生效): as a new version, with who and when; lines that units wrote are never lost unseen."""

import re
from collections.abc import Iterator, Mapping, Sequence

from forms import FORMS
from forms.plan_tables import ABOUT
from forms.records import VERSIONS
from forms.states import Role
from models.act_backup import backed_up
from models.errors import UserError
from models.ledger.ledger import now
from models.plan.diff import compare
from models.plan.plan import Plan
from models.plan.reader import examine
from models.plan.rows import tables_of, texts_of
from models.plan_editing.draft import PlanDraft
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

VERSION = (ABOUT.name, "版本")  # counted up by putting in force, so no difference of its own


class Written(UserError):
    """Entries that would be removed have lines of units; `details` say which units wrote what, one line each."""


def next_version(version: str) -> str:
    """The version after one: 2024.1 → 2024.2."""
    found = re.fullmatch(r"(.*?)(\d+)", version)
    return f"{found[1]}{int(found[2]) + 1}" if found and found[1] else f"{version}.2"


def put_in_force(space: Workspace, texts: Mapping[str, str], sure: bool = False, again: bool = False) -> Plan:
    """Make a plan the one in force: a new version (the same one where it was in force and is so `again`), the old one
    kept, the draft gone, all in one. Raises UserError with every fault, and Written where `sure` does not allow to take
    away what units wrote into.
    """
    if space.role != Role.OFFICE:
        raise UserError("plan.office-only")
    plan, faults = examine(texts)
    if plan is None:
        raise UserError("plan.draft-faults", [f.line for f in faults], count=len(faults), first=faults[0].line)
    if plan.digest == space.plan.digest:
        raise UserError("plan.unchanged")
    told = list(written_into(space, plan))
    if told and not sure:
        raise Written("plan.rows-written", told, count=len(told), first=told[0])
    plan = plan if again else _as_new_version(space, plan)
    with backed_up(space, "plan"), space.store.db.atomic():
        space.store.keep_plan(plan.digest, plan.texts)
        space.apply([*PlanDraft(space).discard(), _noted(space, plan)], f"方案{plan.version}版生效")
        if space.settings["current"] not in {p.id for p in plan.periods}:
            space.set({"current": plan.current(space.today).id})
    space.take_plan(plan)
    return plan


def put_back(space: Workspace, before: str, after: str) -> Plan:
    """Take a change of the plan back: the version that was in force before is so again (both by digest). Raises UserError
    where the plan was changed again since, or Written.
    """
    if space.plan.digest != after or PlanDraft(space).changed:
        raise UserError("plan.changed-since")
    return put_in_force(space, space.store.plan_of(before), again=True)


def _as_new_version(space: Workspace, plan: Plan) -> Plan:
    """The plan under a version that none before it had."""
    used = {v["version"] for v in versions(space)} | {space.plan.version}
    version = plan.version
    while version in used:
        version = next_version(version)
    if version == plan.version:
        return plan
    key, value = (f.label for f in ABOUT.fields)
    tables = tables_of(plan.texts)
    tables[ABOUT.name] = [{**r, value: version} if r[key] == "版本" else r for r in tables[ABOUT.name]]
    renamed, _ = examine(texts_of(tables, plan.texts))
    assert renamed is not None  # only the version's number is another
    return renamed


def _noted(space: Workspace, plan: Plan) -> Change:
    count = sum((d.list, d.id) != VERSION for d in compare(space.plan, plan))
    id = record_id(VERSIONS.name, "", "", plan.digest + now())
    keys = {"id": id, "unit": "", "period": "", "line": plan.digest, "position": len(versions(space))}
    about = {"version": plan.version, "digest": plan.digest, "name": plan.title, "by": space.person or None,
             "at": now(), "about": f"比{space.plan.version}版改动{count}处"}  # fmt: skip
    return Change(VERSIONS.name, id, None, {**keys, **about})


def versions(space: Workspace) -> list[dict[str, str]]:
    """The versions that were put in force here, oldest first: who, when, and how much was changed."""
    return space.store.rows(VERSIONS.name, "", "")


def all_versions(space: Workspace) -> list[dict[str, str]]:
    """Every version that was ever in force here, the newest first; the person of the first version is unknown."""
    found = versions(space)[::-1]
    first = space.store.conn.execute("SELECT digest FROM plan_files ORDER BY rowid LIMIT 1").fetchone()
    if first and first[0] not in {v["digest"] for v in found}:
        key, value = (f.label for f in ABOUT.fields)
        about = {r[key]: r[value] for r in tables_of(space.store.plan_of(first[0]))[ABOUT.name]}
        found.append({"version": about["版本"], "name": about["名称"], "by": "", "at": "", "about": "最初的方案"})
    return found


def written_into(space: Workspace, new: Plan) -> Iterator[str]:
    """A sentence for each entry (task, unit, period …) with lines of units that the new plan no longer has; none for a
    plan of another year, whose periods are its own.
    """
    old = space.plan
    if new.year != old.year:
        return
    for of, title, before, after in (
        ("tasks", "重点任务", {t.id for t in old.tasks}, {t.id for t in new.tasks}),
        ("indicators", "指标", {i.id for i in old.indicators}, {i.id for i in new.indicators}),
        ("actions", "行动", {a.id for a in old.actions}, {a.id for a in new.actions}),
    ):
        for id in sorted(before - after):
            for unit, form in used(space, of, id):
                yield f"{title}{id}：{_short(space, unit)}在“{form}”里填过"
    for column, title, gone in (
        ("unit", "责任单位", {u.code for u in old.units} - {u.code for u in new.units}),
        ("period", "调度期", {p.id for p in old.periods} - {p.id for p in new.periods}),
    ):
        for id in sorted(gone):
            for unit in _who(space, column, id):
                yield f"{title}{id}：{_short(space, unit)}填过"
    yield from _lost_parts(space, new)


def _lost_parts(space: Workspace, new: Plan) -> Iterator[str]:
    """A sentence for each unit and form with lines in a task that is no longer the unit's."""
    kept = {t.id for t in new.tasks}
    after = {(a.task, a.unit) for a in new.assignments}
    units = {u.code for u in new.units}
    for a in space.plan.assignments:
        if a.task in kept and a.unit in units and (a.task, a.unit) not in after:
            for unit, form in used(space, "tasks", a.task, a.unit):
                yield f"重点任务{a.task}不再是{_short(space, unit)}的，它在“{form}”里填过"


def used(space: Workspace, of: str, id: str, only: str = "") -> list[tuple[str, str]]:
    """The units that wrote lines about an entry of the plan, each with the form's title."""
    found: dict[tuple[str, str], None] = {}
    for form in FORMS:
        columns = [f.name for f in form.stored if f.kind.of == of]
        where = [f"'、'||[{c}]||'、' LIKE ?" for c in columns]
        args = [f"%、{id}、%"] * len(where)
        if form.seed:
            where, args = [*where, "line=?"], [*args, id]
        if where:
            sql = f"SELECT DISTINCT unit FROM [{form.name}] WHERE ({' OR '.join(where)}) AND (?='' OR unit=?)"
            found |= {(r[0], form.title): None for r in space.store.conn.execute(sql, (*args, only, only))}
    return list(found)


def _who(space: Workspace, column: str, id: str) -> Sequence[str]:
    found: dict[str, None] = {}
    for form in FORMS:
        sql = f"SELECT DISTINCT unit FROM [{form.name}] WHERE [{column}]=?"
        found |= {r[0]: None for r in space.store.conn.execute(sql, (id,))}
    return list(found)


def _short(space: Workspace, code: str) -> str:
    unit = space.plan.find("units", code)
    return unit.short if unit else code
