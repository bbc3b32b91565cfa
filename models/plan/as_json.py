"""The plan as one JSON document and as a page of text."""

from typing import Any

from models.plan.plan import Plan
from models.plan.rows import unconfirmed_sentence, unsure


def as_document(plan: Plan) -> dict[str, Any]:
    """The document that `plan --json` promises."""
    return {
        "title": plan.title,
        "year": plan.year,
        "version": plan.version,
        "actions": [{"id": a.id, "name": a.name, "aim": a.aim, "lead": a.lead} for a in plan.actions],
        "indicators": [
            {"id": i.id, "action": i.action, "name": i.name, "nature": i.nature, "measure": i.measure,
             "target": i.target, "upper": i.upper, "comparison": i.comparison, "strive": i.strive, "wording": i.wording, "than": i.than, "lead": i.lead,
             "confirmed": i.confirmed, "clause": i.clause, "main": i.main}
            for i in plan.indicators
        ],
        "tasks": [
            {"id": t.id, "action": t.action, "text": t.text, "clause": t.clause, "goal": t.goal, "due": t.due_day,
             "indicators": list(t.indicators), "confirmed": t.confirmed}
            for t in plan.tasks
        ],
        "units": [{"code": u.code, "name": u.name, "short": u.short, "kind": u.kind} for u in plan.units],
        "assignments": [
            {"task": a.task, "unit": a.unit, "role": a.role, "confirmed": a.confirmed} for a in plan.assignments
        ],
        "periods": [{"id": p.id, "name": p.name, "kind": p.kind, "due": p.due} for p in plan.periods],
        "rules": [{"kind": r.kind, "name": r.name, "who": r.who, "text": r.text, "clause": r.clause} for r in plan.rules],
        "scoring": [{"name": s.name, "points": s.points, "basis": s.basis} for s in plan.scoring],
    }  # fmt: skip


def as_text(plan: Plan) -> str:
    """The plan in a few lines per action, for reading on a terminal."""
    lines = [f"{plan.title}（{plan.version}）"]
    for a in plan.actions:
        tasks, figures = plan.tasks_of_action(a.id), [i for i in plan.indicators if i.action == a.id]
        lines.append(f"\n{a.numeral}、{a.name}（{a.id}）：指标{len(figures)}个，任务{len(tasks)}项")
        lines += [f"  {i.id}  {i.name}：{i.wording}{'（力争）' if i.strive else ''}" for i in figures]
        lines += [f"  {t.id}  {t.text}（牵头：{'、'.join(plan.sharing(t.id).lead)}）" for t in tasks]
    lines.append(
        f"\n{len(plan.units)}个责任单位，{len(plan.assignments)}条分工，{len(plan.periods)}个调度期；{unconfirmed_sentence(unsure(plan.texts))}"
    )
    return "\n".join(lines)
