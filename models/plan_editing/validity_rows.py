"""The rows 生效 and 勘误 of a plan that is put in force: from which period it is valid, which earlier ones it corrects."""

from collections.abc import Mapping
from datetime import date

from forms.plan_tables import ABOUT
from models.errors import UserError
from models.plan.diff import REMOVED, PlanDifference, compare
from models.plan.entries import Period, predecessors
from models.plan.plan import Plan
from models.plan.reader import read_texts
from models.plan.rows import tables_of, texts_of
from models.plan.validity import CORRECTS, SINCE, first_day
from models.workspace import Workspace

VERSION = (ABOUT.name, "版本")  # counted up by putting in force
OWN = ("版本", SINCE, CORRECTS)  # rows that putting in force writes: no differences of their own


def changes(space: Workspace, plan: Plan) -> list[PlanDifference]:
    """What a plan changes in the one in force today, without what only says which version it is."""
    return [d for d in compare(space.plan, plan) if (d.list, d.id) not in {(ABOUT.name, key) for key in OWN}]


def is_omitted(difference: PlanDifference) -> bool:
    """Whether a workbook merely lacks 生效 or 勘误 of the plan in force: it was written before putting in force wrote them."""
    return (difference.list, difference.kind) == (ABOUT.name, REMOVED) and difference.id in OWN


def under_way(space: Workspace) -> Period:
    """The period from which a change is valid where nothing else is said: the one of today, outside of the plan's year
    the one that the office works on.
    """
    plan, today = space.plan, space.today
    return plan.current(today) if plan.start <= today <= plan.end else space.period


def since_day(plan: Plan) -> date:
    """The first day on which a plan is valid."""
    return first_day(plan.about.get(SINCE, ""), {p.id: p for p in plan.periods})


def validity_rows(space: Workspace, plan: Plan) -> dict[str, str]:
    """生效 and 勘误 of a plan that is put in force ('' for none): what was written into it, not what it has from the
    version before. Raises UserError where it would be valid before the period under way.
    """
    if plan.year != space.plan.year:
        return {key: text if text != space.plan.about.get(key) else "" for key, text in _written(plan).items()}
    written = {key: text for key, text in _written(plan).items() if text != space.plan.about.get(key, "")}
    now = under_way(space)
    if written.get(SINCE) and since_day(plan) < now.start:
        raise UserError("plan.valid-too-early", since=written[SINCE], now=now.name)
    own = now.id if plan.find("periods", now.id) else now.start.isoformat()
    return {SINCE: written.get(SINCE) or own, CORRECTS: written.get(CORRECTS, "")}


def _written(plan: Plan) -> dict[str, str]:
    return {key: plan.about.get(key, "") for key in (SINCE, CORRECTS)}


def with_head_rows(plan: Plan, values: Mapping[str, str]) -> Plan:
    """The plan with other rows in its table 方案; an empty value takes the row away."""
    if all(plan.about.get(key, "") == text for key, text in values.items()):
        return plan
    key, value = (f.label for f in ABOUT.fields)
    tables = tables_of(plan.texts)
    rows = [{**r, value: values.get(r[key], r[value])} for r in tables[ABOUT.name]]
    have = {r[key] for r in rows}
    rows += [{key: name, value: text} for name, text in values.items() if name not in have]
    tables[ABOUT.name] = [r for r in rows if r[value]]
    return read_texts(texts_of(tables, plan.texts))


def corrected_periods(plan: Plan) -> str:
    """The names of the periods that a 勘误 changes, for the question whether it is meant."""
    return "、".join(p.name for p in plan.periods if p.id in plan.corrects)


def refuse_unknown_predecessors(space: Workspace, plan: Plan) -> None:
    """Raise UserError where a 前身 names what neither this plan nor a version that was kept has."""
    kept = [space.plan, plan]  # the plan in force remembers the names of all before it
    known = {
        of: {o.id for p in kept for o in (*p.lists[of], *p.former.get(of, ()))}
        for of in ("units", "tasks", "indicators")
    }
    wrong = [
        f"{title}{name}的前身“{id}”在历次方案里都没有，请写{word}"
        for of, title, word, entries in (
            ("units", "责任单位", "单位代码", [(u.short, u) for u in plan.units]),
            ("tasks", "重点任务", "任务编号", [(t.id, t) for t in plan.tasks]),
            ("indicators", "指标", "指标编号", [(i.id, i) for i in plan.indicators]),
            ("units", "分工", "单位代码", [(f"{a.task}/{a.unit}", a) for a in plan.assignments]),
        )
        for name, entry in entries
        for id in predecessors(entry)
        if id not in known[of]
    ]  # fmt: skip
    if wrong:
        raise UserError("plan.draft-faults", wrong, count=len(wrong), first=wrong[0])
