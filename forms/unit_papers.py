"""Papers of a unit made from the plan and the forms; they are not filled in and not stored."""

from typing import Any

from forms.choices import Choice, FromPlan
from forms.dates import DueDay
from forms.field import Context, Field
from forms.form import Form
from forms.kind import Text, Value
from forms.plan_tables import CONFIRMED

LONG = Text(long=True, limit=2000)
SHOWN = Choice(tuple(o for o in CONFIRMED.options if o.id == "no"))  # only 待确认 is printed


def _from_plan(task: object, names: tuple[str, ...]) -> dict[str, Value]:
    return {name: getattr(task, name) for name in names}


def yearly_work(ctx: Context) -> list[dict[str, Value]]:
    """The unit's tasks as its own list has them, for its 年度重点工作计划."""
    parts = {task.id: (task.action, part) for task, part in ctx.plan.tasks_of(ctx.unit)}
    rows = [(row, *parts.get(row["task"], (None, None))) for row in ctx.rows.get("tasks", ())]
    return [{**row, "action": action, "role": part} for row, action, part in rows]


def duties(ctx: Context) -> list[dict[str, Value]]:
    """Every task of the unit with who else works on it."""
    return [_duty(task, ctx, part) for task, part in ctx.plan.tasks_of(ctx.unit)]


def of_action(ctx: Context) -> list[dict[str, Value]]:
    """Every task of one action; the context's unit holds the action's id here."""
    return [_duty(task, ctx, None) for task in ctx.plan.tasks_of_action(ctx.unit)]


def _duty(task: Any, ctx: Context, part: Value) -> dict[str, Value]:
    shared = ctx.plan.sharing(task.id)
    return {
        **_from_plan(task, ("action", "goal", "clause")),
        "due": task.due_day,
        "task": task.id,
        "role": part,
        "lead": "、".join(shared.lead),
        "support": "、".join(shared.support),
        "indicators": "；".join(ctx.plan.wording_of(i) for i in task.indicators),
        "confirmed": None if shared.confirmed and task.confirmed else "no",
    }


TASK = Field("task", "重点任务", FromPlan(of="tasks", long=True), width=62)
ACTION = Field("action", "行动", FromPlan(of="actions"), width=20)
ROLE = Field("role", "牵头/配合", FromPlan(of="role"), width=16)
GOAL = Field("goal", "年度目标", LONG, width=46)
DUE = Field("due", "完成时限", DueDay(), width=24)
LEAD = Field("lead", "牵头单位", LONG, width=28)
SUPPORT = Field("support", "配合单位", LONG, width=44)
UNSURE = Field("confirmed", "备注", SHOWN, width=16)

YEARLY_WORK = Form(
    name="yearly_work",
    title="年度重点工作计划",
    fields=(
        ACTION,
        TASK,
        ROLE,
        GOAL,
        Field("measure", "具体举措", LONG, width=56),
        Field("chief", "牵头总负责人", width=24),
        Field("section", "责任股室", width=28),
        DUE,
    ),
    group="action",
    rows=yearly_work,
)
DUTIES = Form(
    name="duties",
    title="责任分工一览",
    fields=(ACTION, TASK, ROLE, GOAL, LEAD, SUPPORT, DUE, UNSURE),
    group="action",
    rows=duties,
    notes=("备注栏标“待确认”的，是按部门职责拟的分工，以领导小组办公室确认为准。",),
)
ACTION_TASKS = Form(
    name="action_tasks",
    title="任务分工表",
    fields=(
        ACTION,
        TASK,
        GOAL,
        Field("indicators", "关联指标", LONG, width=40),
        LEAD,
        SUPPORT,
        DUE,
        Field("clause", "方案出处", width=26),
        UNSURE,
    ),
    group="action",
    rows=of_action,
    notes=("备注栏标“待确认”的，是按部门职责拟的分工，以领导小组办公室确认为准。",),
)
