"""任务清单: what the plan assigns to a unit, the unit's own measures under it, and how far they have come."""

from collections.abc import Iterator
from decimal import Decimal

from forms.checks import day, phones, same_as_before
from forms.choices import FromPlan
from forms.dates import Day, DueDay
from forms.derive import of_plan
from forms.evidence import Files
from forms.field import Context, Field, Meaning, Row, Seed
from forms.form import Form
from forms.kind import Number, Option, Text, Value
from forms.pace import row_pace
from forms.problem import Check, CheckResult
from forms.states import Mark, Request
from forms.task_requests import REQUEST_CHECKS, due_of, request_of, status_of

SHORT = 6  # shorter progress texts are reported


def role(row: Row, ctx: Context) -> Value:
    """牵头 or 配合: the unit's part in the task of this row, with a note where it is not confirmed yet."""
    part = next((part for task, part in ctx.plan.tasks_of(ctx.unit) if task.id == row.get("task")), None)
    if part is None:
        return None
    return ctx.plan.find("role", part).name + ("\n待确认" if unsure(row, ctx) else "")


def unsure(row: Row, ctx: Context) -> bool:
    """Whether the unit's part in this task is inferred and not in the plan's own words."""
    return not ctx.plan.is_confirmed(row.get("task") or "", ctx.unit)


def assigned(ctx: Context) -> list[Seed]:
    """A line for each task assigned to the unit."""
    return [
        Seed(task.id, {"task": task.id, "goal": task.goal, "due": task.due_day})
        for task, _part in ctx.plan.tasks_of(ctx.unit)
    ]


def open_status(row: Row, ctx: Context) -> Option | None:
    """The status of a row that is not finished."""
    status = status_of(row, ctx)
    return status if status and status.mark != Mark.DONE else None


def reason_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Some states ask for a reason."""
    status = status_of(row, ctx)
    if status and status.explain and not row.get("trouble"):
        yield CheckResult("trouble", {"status": status.name})


def finished_is_full(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A finished task is at 100 %."""
    status, percent = status_of(row, ctx), row.get("percent")
    if status and status.mark == Mark.DONE and percent is not None and percent < 100:
        yield CheckResult("percent", {"status": status.name, "percent": f"{percent:g}"})


def full_is_finished(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A task at 100 % is finished."""
    status, percent = open_status(row, ctx), row.get("percent")
    if status and percent is not None and percent >= 100:
        yield CheckResult("status", {"status": status.name})


def open_in_time(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """What is not finished after its day wants a reason; who asks for a later day has given one."""
    status, due = open_status(row, ctx), due_of(row, ctx)
    asks = request_of(status) == Request.DELAY and row.get("asked_due")
    if status and due and due < ctx.period.end and not asks:  # not from the reference day: both ends find the same
        yield CheckResult("due", {"status": status.name, "due": day(due)})


def next_step_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """What is not finished has a next step."""
    if open_status(row, ctx) and not row.get("next"):
        yield CheckResult("next")


def never_back(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Progress is not below last period's."""
    percent = row.get("percent")
    before = (ctx.previous.get(("tasks", row.get("line") or "")) or {}).get("percent")
    if percent is not None and before is not None and percent < before:
        yield CheckResult("percent", {"now": f"{percent:g}", "before": f"{before:g}", "less": f"{before - percent:g}"})


def not_far_behind(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A task far behind its own 序时 does not have a normal status; one without a due day cannot be behind."""
    percent, status, expected = row.get("percent"), status_of(row, ctx), row_pace(row, ctx)
    if percent is None or expected is None or not status or status.mark != Mark.DOING or expected - percent <= 30:
        return
    gap = f"{expected - percent:g}"
    yield CheckResult("percent", {"percent": f"{percent:g}", "expected": expected, "gap": gap, "status": status.name})


def progress_says_something(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A progress text needs at least SHORT characters."""
    text = row.get("progress")
    if text and len(text) < SHORT:
        yield CheckResult("progress", {"count": len(text)})


def full_percent(_row: Row, _ctx: Context) -> Value:
    """The full value of a task's progress: 100 percent."""
    return Decimal(100)


TASKS = Form(
    name="tasks",
    title="任务清单",
    fields=(
        Field(
            "action",
            "行动",
            FromPlan(of="actions"),
            derive=of_plan("tasks", "task", "action"),
            width=22,
            meaning=Meaning.ACTION,
        ),
        Field(
            "task",
            "重点任务",
            FromPlan(of="tasks", long=True),
            required=True,
            locked=True,
            carry=True,
            width=42,
            meaning=Meaning.ENTRY,
        ),
        Field("role", "牵头/配合", Text(limit=20), derive=role, width=14, meaning=Meaning.PART),
        Field(
            "measure",
            "具体举措",
            Text(long=True, limit=1000),
            carry=True,
            width=34,
            help="本单位为这项任务做的具体事情；一项任务有几条举措的，可以插入几行",
        ),
        Field(
            "goal",
            "年度目标",
            Text(long=True, limit=500),
            required=True,
            carry=True,
            width=28,
            meaning=Meaning.GOAL,
        ),
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
        Field("due", "完成时限", DueDay(), required=True, carry=True, width=18, meaning=Meaning.DUE),
        Field(
            "asked_due",
            "申请完成时限",
            Day(),
            width=18,
            below="due",
            help="状态是“申请延期”的才写：申请推迟到哪一天。县里同意以后，按新的时限算",
            meaning=Meaning.ASKED_DUE,
        ),
        Field(
            "status",
            "状态",
            FromPlan(of="status"),
            required=True,
            width=19,
            aka=("推进状态", "当前状态", "进展状态"),
            meaning=Meaning.STATUS,
        ),
        Field(
            "percent",
            "完成进度",
            Number(1, low=Decimal(0), high=Decimal(100), fixed=False),
            required=True,
            unit="%",
            goal=full_percent,
            width=19,
            below="status",
            meaning=Meaning.DONE,
        ),
        Field(
            "progress",
            "进展情况",
            Text(long=True, limit=2000),
            required=True,
            width=42,
            aka=("工作进展", "进展"),
            meaning=Meaning.PROGRESS,
        ),
        Field(
            "trouble",
            "存在问题",
            Text(long=True, limit=1000),
            width=26,
            help="滞后、未启动、终止的必须写明原因",
            aka=("问题", "困难", "存在困难", "存在的问题"),
            meaning=Meaning.TROUBLE,
        ),
        Field("next", "下一步打算", Text(long=True, limit=1000), width=26, aka=("下一步工作", "下步打算")),
        Field("evidence", "佐证", Files(), width=16, meaning=Meaning.EVIDENCE),
        Field("note", "备注", Text(long=True, limit=500), width=16, below="evidence", aka=("说明",)),
    ),
    seed=assigned,
    unsure=unsure,
    group="action",
    notes=("“完成进度”按本单位承担的部分估算；“具体举措”可按需要增加行。",),
    checks=(
        Check(
            "no_reason",
            "A",
            "状态是“{status}”，“{label}”没有写，请写明原因和需要的支持",
            "有的状态（如滞后、终止）要求写明存在问题，县里据此调度。",
            function=reason_given,
        ),
        Check(
            "done_not_full",
            "A",
            "状态是“{status}”，完成进度却是{percent}%，请改成100%，或改状态",
            "状态“办结”和完成进度100%应当一起出现。",
            sides=("状态", "{status}", "≠", "完成进度", "{percent}%"),
            function=finished_is_full,
        ),
        Check(
            "full_not_done",
            "B",
            "完成进度已是100%，状态却是“{status}”，请改成“已完成”，或写明为什么还没有办结",
            "完成进度到了100%，状态应当是“办结”的那一种。",
            function=full_is_finished,
        ),
        Check(
            "overdue",
            "B",
            "完成时限{due}已过，状态还是“{status}”，请办结后改状态，或写明新的时限和原因",
            "完成时限和本期最后一天比：过了时限还没有办结的，要说明。",
            function=open_in_time,
        ),
        *REQUEST_CHECKS,
        Check(
            "no_next",
            "D",
            "任务还没有完成，“{label}”没有写，最好写上",
            "没有办结的任务，最好写下一步打算；不写也能传出。",
            function=next_step_given,
        ),
        Check(
            "fell_back",
            "B",
            "本期{label}{now}比上期{before}少{less}，请改成不小于{before}；上期填错的，写明原因",
            "完成进度是年初至今的累计数，一般只增不减。",
            sides=("本期", "{now}", "＜", "上期", "{before}"),
            function=never_back,
        ),
        Check(
            "behind",
            "C",
            "完成进度{percent}%，比序时进度{expected}%慢{gap}个百分点，状态却是“{status}”，请改状态或说明原因",
            "完成进度和这项任务的序时进度（按任务自己的起止日期或节点算）比，慢得多的，状态不应当还是正常推进。",
            sides=("完成进度", "{percent}%", "＜", "序时进度", "{expected}%"),
            function=not_far_behind,
        ),
        Check(
            "short_text",
            "C",
            "“{label}”只有{count}个字，请写清做了什么、到了哪一步",
            "进展太短，县里看不出办到哪一步。",
            function=progress_says_something,
        ),
        same_as_before("tasks", "progress"),
        phones("phone"),
    ),
)
