"""Putting a plan in force (生效): as a new version, with who and when; lines that units wrote are never lost unseen."""

import re
from collections.abc import Mapping

from forms.plan_tables import ABOUT
from forms.records import VERSIONS
from forms.states import Role
from models.act_backup import backed_up
from models.errors import UserError
from models.ledger.ledger import now
from models.plan.diff import describe_all
from models.plan.plan import Plan
from models.plan.reader import examine
from models.plan.rows import tables_of
from models.plan_editing.draft import PlanDraft
from models.plan_editing.validity_rows import (
    changes,
    corrected_periods,
    refuse_unknown_predecessors,
    since_day,
    validity_rows,
    with_head_rows,
)
from models.plan_editing.written_lines import written_into
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace


class Written(UserError):
    """Entries that would be removed have lines of units; `details` say which units wrote what, one line each."""


class Correcting(UserError):
    """The plan changes periods that came before it (勘误); `details` say what of the plan changes."""


def next_version(version: str) -> str:
    """The version after one: 2024.1 → 2024.2."""
    found = re.fullmatch(r"(.*?)(\d+)", version)
    return f"{found[1]}{int(found[2]) + 1}" if found and found[1] else f"{version}.2"


def put_in_force(
    space: Workspace, texts: Mapping[str, str], sure: bool = False, again: bool = False, correct: bool = False
) -> Plan:
    """Make a plan the one in force: a new version (the same one where it was in force and is so `again`), the old one
    kept, the draft gone, all in one. It is valid from the period that its 生效 names, otherwise from the one under way;
    periods before that keep theirs. Raises UserError with every fault, Written where `sure` does not allow to take away
    what units wrote into, and Correcting where `correct` does not allow to change earlier periods (勘误).
    """
    plan = judged(space, texts, sure, again, correct)
    with backed_up(space, "plan"), space.store.db.atomic():
        space.store.keep_plan(plan.digest, plan.texts)
        space.apply([*PlanDraft(space).discard(), _noted(space, plan)], f"方案{plan.version}版生效")
        if space.settings["current"] not in {p.id for p in plan.periods}:
            space.set({"current": plan.current(space.today).id})
    space.take_plan(plan)
    return plan


def judged(
    space: Workspace, texts: Mapping[str, str], sure: bool = False, again: bool = False, correct: bool = False
) -> Plan:
    """The plan as `put_in_force` would keep it; raises what that raises and changes nothing."""
    if space.role != Role.OFFICE:
        raise UserError("plan.office-only")
    plan, faults = examine(texts)
    if plan is None:
        raise UserError("plan.draft-faults", [f.line for f in faults], count=len(faults), first=faults[0].line)
    if plan.digest == space.plan.digest:
        raise UserError("plan.unchanged")
    refuse_unknown_predecessors(space, plan)
    plan = plan if again else _as_new_version(space, plan)
    periods = [p for p in space.plan.periods if since_day(plan) <= p.end or p.id in plan.corrects]
    told = list(written_into(space, plan, periods))
    if told and not sure:
        raise Written("plan.rows-written", told, count=len(told), first=told[0])
    if plan.corrects and not (correct or again):
        raise Correcting("plan.correction", describe_all(changes(space, plan)), periods=corrected_periods(plan))
    return plan


def put_back(space: Workspace, before: str, after: str) -> Plan:
    """Take a change of the plan back: the version that was in force before is so again (both by digest). Raises UserError
    where the plan was changed again since, or Written.
    """
    if space.plan.digest != after or PlanDraft(space).changed:
        raise UserError("plan.changed-since")
    return put_in_force(space, space.store.plan_of(before), again=True)


def _as_new_version(space: Workspace, plan: Plan) -> Plan:
    """The plan under a version that none before it had, with the period from which it is valid."""
    used = {v["version"] for v in versions(space)} | {space.plan.version}
    version = plan.version
    while version in used:
        version = next_version(version)
    return with_head_rows(plan, {"版本": version, **validity_rows(space, plan)})


def _noted(space: Workspace, plan: Plan) -> Change:
    count = len(changes(space, plan))
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
