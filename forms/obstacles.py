"""问题清单: the obstacles (中梗阻) that the unit asks the county to clear."""

from collections.abc import Iterator

from forms.checks import day
from forms.choices import FromPlan
from forms.dates import Day
from forms.field import Context, Field, Meaning, Row
from forms.form import Form
from forms.kind import Text
from forms.problem import Check, CheckResult
from forms.states import Mark


def closed_says_when(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A closed obstacle needs its day of closing."""
    status = ctx.plan.find("obstacle_state", row.get("status") or "")
    if status and status.mark == Mark.DONE and not row.get("closed"):
        yield CheckResult("closed", {"status": status.name})


def day_says_closed(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """An obstacle with a day of closing is closed."""
    status, closed = ctx.plan.find("obstacle_state", row.get("status") or ""), row.get("closed")
    if status and status.mark != Mark.DONE and closed:
        yield CheckResult("status", {"status": status.name, "day": day(closed)})


def open_in_time(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """An obstacle that is open after its day wants a reason."""
    status = ctx.plan.find("obstacle_state", row.get("status") or "")
    if status and status.mark != Mark.DONE and row.get("due") and row["due"] < ctx.period.end:
        yield CheckResult("due", {"due": day(row["due"]), "status": status.name})


OBSTACLES = Form(
    name="obstacles",
    title="问题清单",
    fields=(
        Field(
            "text",
            "问题描述",
            Text(long=True, limit=1000),
            required=True,
            carry=True,
            width=50,
            aka=("问题", "存在问题", "问题内容", "具体问题"),
            meaning=Meaning.SUBJECT,
        ),
        Field(
            "about",
            "涉及任务/项目",
            Text(long=True, limit=200),
            required=True,
            carry=True,
            width=34,
            meaning=Meaning.CONCERNS,
        ),
        Field(
            "kind",
            "类型",
            FromPlan(of="obstacle_kind"),
            required=True,
            carry=True,
            width=18,
            meaning=Meaning.KIND,
        ),
        Field("cause", "原因", Text(long=True, limit=1000), carry=True, width=36),
        Field(
            "wanted",
            "需协调事项",
            Text(long=True, limit=1000),
            required=True,
            carry=True,
            width=40,
            meaning=Meaning.WANTED,
        ),
        Field("level", "协调层级", FromPlan(of="level"), required=True, carry=True, width=18, meaning=Meaning.LEVEL),
        Field("person", "责任人", Text(limit=40), required=True, carry=True, width=18, below="level"),
        Field(
            "due",
            "解决时限",
            Day(),
            required=True,
            carry=True,
            width=24,
            aka=("完成时限", "办结时限", "整改时限"),
            meaning=Meaning.DUE,
        ),
        Field("progress", "办理进展", Text(long=True, limit=1000), width=36),
        Field(
            "status",
            "状态",
            FromPlan(of="obstacle_state"),
            required=True,
            carry=True,
            width=17,
            aka=("推进状态", "当前状态", "进展状态"),
            meaning=Meaning.STATUS,
        ),
        Field("closed", "销号日期", Day(), carry=True, width=24, below="due", meaning=Meaning.ENDED),
        Field("note", "备注", Text(long=True, limit=500), width=18, aka=("说明",)),
    ),
    notes=("问题清单即“中梗阻”台账，对账销号；协调层级分单位、专班、领导小组三级。",),
    checks=(
        Check(
            "closed_without",
            "A",
            "状态是“{status}”，“{label}”没有填，请填写",
            "销了号的问题要写销号的日子。",
            function=closed_says_when,
        ),
        Check(
            "closed_date_alone",
            "A",
            "填了销号日期{day}，状态却是“{status}”，请改状态，或删去日期",
            "有销号日期的，状态应当是已销号。",
            sides=("销号日期", "{day}", "≠", "状态", "{status}"),
            function=day_says_closed,
        ),
        Check(
            "obstacle_overdue",
            "B",
            "解决时限{due}已过，状态还是“{status}”，请销号，或写明新的时限和原因",
            "解决时限和本期最后一天比：过了时限还没有销号的，要说明。",
            function=open_in_time,
        ),
    ),
    unique=("text",),
)
