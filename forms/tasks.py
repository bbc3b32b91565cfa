"""任务清单: what the plan assigns to a unit, the unit's own measures under it, and how far they have come."""

from collections.abc import Iterator
from decimal import Decimal

from forms.checks import day, phones, same_as_before
from forms.choices import FromPlan
from forms.derive import of_plan
from forms.evidence import Files
from forms.field import Context, Field, Row, Seed
from forms.form import Form
from forms.kind import Day, Number, Text, Value
from forms.problem import Found

SHORT = 6  # characters below which a progress text says too little


def role(row: Row, ctx: Context) -> Value:
    """牵头 or 配合: the unit's part in the task of this row; says so where it is still to be confirmed."""
    part = next((part for task, part in ctx.plan.tasks_of(ctx.unit) if task.id == row.get("task")), None)
    if part is None:
        return None
    return ctx.plan.find("role", part).name + ("\n待确认" if unsure(row, ctx) else "")


def unsure(row: Row, ctx: Context) -> bool:
    """Whether the unit's part in this task is our inference, not the plan's word."""
    return not ctx.plan.is_confirmed(row.get("task") or "", ctx.unit)


def assigned(ctx: Context) -> list[Seed]:
    """A line for each task assigned to the unit."""
    return [
        Seed(task.id, {"task": task.id, "goal": task.goal, "due": task.due})
        for task, _part in ctx.plan.tasks_of(ctx.unit)
    ]


def status_and_reason(row: Row, ctx: Context) -> Iterator[Found]:
    """Some states ask for a reason; finished and 100 % go together."""
    status = ctx.plan.find("status", row.get("status") or "")
    if not status:
        return
    figures = {"status": status.name}
    if status.explain and not row.get("trouble"):
        yield Found("no_reason", "trouble", figures)
    percent = row.get("percent")
    if status.mark == "done":
        if percent is not None and percent < 100:
            yield Found("done_not_full", "percent", {**figures, "percent": f"{percent:g}"})
        return
    if percent is not None and percent >= 100:
        yield Found("full_not_done", "status", figures)
    if row.get("due") and row["due"] < ctx.period.end:
        yield Found("overdue", "due", {**figures, "due": day(row["due"])})
    if not row.get("next"):
        yield Found("no_next", "next")


def progress_against_time(row: Row, ctx: Context) -> Iterator[Found]:
    """Progress does not fall back, and a task far behind the calendar is not called normal."""
    percent, status = row.get("percent"), ctx.plan.find("status", row.get("status") or "")
    before = (ctx.previous.get(("tasks", row.get("line") or "")) or {}).get("percent")
    if percent is None:
        return
    if before is not None and percent < before:
        less = before - percent
        yield Found("fell_back", "percent", {"now": f"{percent:g}", "before": f"{before:g}", "less": f"{less:g}"})
    gap = ctx.expected - percent
    if status and status.mark == "doing" and gap > 30:
        figures = {"percent": f"{percent:g}", "expected": ctx.expected, "gap": f"{gap:g}", "status": status.name}
        yield Found("behind", "percent", figures)


def progress_says_something(row: Row, ctx: Context) -> Iterator[Found]:
    """A progress text of a few characters helps nobody."""
    text = row.get("progress")
    if text and len(text) < SHORT:
        yield Found("short_text", "progress", {"count": len(text)})


def whole(_row: Row, _ctx: Context) -> Value:
    """A task is done at one hundred percent."""
    return Decimal(100)


TASKS = Form(
    name="tasks",
    title="任务清单",
    fields=(
        Field("action", "行动", FromPlan(of="actions"), derive=of_plan("tasks", "task", "action"), width=22),
        Field("task", "重点任务", FromPlan(of="tasks", long=True), required=True, locked=True, carry=True, width=42),
        Field("role", "牵头/配合", Text(limit=20), derive=role, width=14),
        Field(
            "measure",
            "具体举措",
            Text(long=True, limit=1000),
            carry=True,
            width=34,
            help="本单位为这项任务做的具体事情；一项任务有几条举措的，可以插入几行",
        ),
        Field("goal", "年度目标", Text(long=True, limit=500), required=True, carry=True, width=28),
        Field("chief", "牵头总负责人", Text(limit=40), required=True, carry=True, width=18),
        Field(
            "section",
            "责任股室",
            Text(limit=60),
            required=True,
            carry=True,
            width=18,
            below="chief",
            aka=("股室", "责任科室", "承办股室"),
        ),
        Field("person", "责任人", Text(limit=40), required=True, carry=True, width=22),
        Field("phone", "电话", Text(limit=40), carry=True, width=22, below="person", aka=("联系电话", "手机号码")),
        Field("due", "完成时限", Day(), required=True, carry=True, width=18),
        Field(
            "status", "状态", FromPlan(of="status"), required=True, width=19, aka=("推进状态", "当前状态", "进展状态")
        ),
        Field(
            "percent",
            "完成进度",
            Number(1, low=Decimal(0), high=Decimal(100), fixed=False),
            required=True,
            unit="%",
            goal=whole,
            width=19,
            below="status",
        ),
        Field("progress", "进展情况", Text(long=True, limit=2000), required=True, width=42, aka=("工作进展", "进展")),
        Field(
            "trouble",
            "存在问题",
            Text(long=True, limit=1000),
            width=26,
            help="滞后、未启动、终止的必须写明原因",
            aka=("问题", "困难", "存在困难", "存在的问题"),
        ),
        Field("next", "下一步打算", Text(long=True, limit=1000), width=26, aka=("下一步工作", "下步打算")),
        Field("evidence", "佐证", Files(), width=16),
        Field("note", "备注", Text(long=True, limit=500), width=16, below="evidence", aka=("说明",)),
    ),
    seed=assigned,
    unsure=unsure,
    group="action",
    notes=("“完成进度”按本单位承担的部分估算；“具体举措”可按需要增加行。",),
    checks=(
        status_and_reason,
        progress_against_time,
        progress_says_something,
        same_as_before("tasks", "progress"),
        phones("phone"),
    ),
)
