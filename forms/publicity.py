"""宣传信息: what was published about the plan, where and when."""

from collections.abc import Iterator

from forms.checks import day
from forms.choices import FromPlan
from forms.dates import Day
from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Text
from forms.problem import Check, CheckResult


def in_this_period(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A piece belongs to the period in which it appeared."""
    when = row.get("day")
    if when and not ctx.period.start <= when <= ctx.period.end:
        figures = {"day": day(when), "start": day(ctx.period.start), "end": day(ctx.period.end)}
        yield CheckResult("day", figures)


PUBLICITY = Form(
    name="publicity",
    title="宣传信息",
    fields=(
        Field(
            "title", "标题", Text(long=True, limit=200), required=True, width=72, aka=("题目", "稿件标题", "新闻标题")
        ),
        Field("media", "媒体", Text(limit=60), required=True, width=34, aka=("发布媒体", "刊发媒体", "媒体名称")),
        Field("level", "级别", FromPlan(of="media_level"), required=True, width=18),
        Field("day", "日期", Day(), required=True, width=26, aka=("时间", "发布时间", "发布日期", "刊发日期")),
        Field("link", "链接", Text(limit=500), width=60),
        Field("action", "行动", FromPlan(of="actions"), width=26),
        Field("author", "撰稿", Text(limit=40), width=22, aka=("作者", "撰稿人")),
    ),
    checks=(
        Check(
            "outside_period",
            "C",
            "“{label}”{day}不在本期（{start}至{end}）内，请核对；补报的，说明原因",
            "发布日期应当在本期以内，免得一篇报两回。",
            function=in_this_period,
        ),
    ),
    unique=("title",),
)
