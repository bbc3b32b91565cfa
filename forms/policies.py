"""政策清单: policies the unit drafts, issues and pays out."""

from collections.abc import Iterator
from decimal import Decimal

from forms.checks import day, wan
from forms.choices import FromPlan
from forms.dates import Day
from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Integer, Number, Text
from forms.problem import Check, CheckResult
from forms.states import Mark


def issued_has_papers(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """An issued policy has a number and a date."""
    stage = ctx.plan.find("policy_stage", row.get("stage") or "")
    if stage and stage.mark == Mark.DONE:
        for name in ("number", "issued"):
            if not row.get(name):
                yield CheckResult(name, {"stage": stage.name})


def not_issued_later(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Nothing was issued after the period."""
    issued = row.get("issued")
    if issued and issued > ctx.period.end:
        yield CheckResult("issued", {"day": day(issued), "end": day(ctx.period.end)})


def money_reached_somebody(row: Row, _ctx: Context) -> Iterator[CheckResult]:
    """Paid money reached households or firms."""
    if row.get("money") and not row.get("households"):
        yield CheckResult("households", {"money": wan(row["money"])})


POLICIES = Form(
    name="policies",
    title="政策清单",
    fields=(
        Field(
            "name",
            "政策名称",
            Text(long=True, limit=200),
            required=True,
            carry=True,
            width=40,
            aka=("文件名称", "政策文件"),
        ),
        Field("number", "文号", Text(limit=60), carry=True, width=26, aka=("发文字号", "文件号")),
        Field("action", "行动", FromPlan(of="actions"), required=True, carry=True, width=22),
        Field("content", "主要内容", Text(long=True, limit=1000), required=True, carry=True, width=52),
        Field("subjects", "适用对象", Text(long=True, limit=200), carry=True, width=26),
        Field("stage", "阶段", FromPlan(of="policy_stage"), required=True, carry=True, width=20),
        Field("planned", "计划印发日期", Day(), carry=True, width=24),
        Field("issued", "实际印发日期", Day(), carry=True, width=24, below="planned"),
        Field("money", "兑现资金", Number(2, low=Decimal(0)), unit="万元", total=True, width=20),
        Field("households", "受益户数", Integer(low=Decimal(0)), unit="户", total=True, width=18),
        Field("valid", "有效期", Text(limit=60), carry=True, width=20),
        Field("chief", "牵头总负责人", Text(limit=40), required=True, carry=True, width=22),
        Field(
            "section",
            "责任股室",
            Text(limit=60),
            required=True,
            carry=True,
            width=22,
            below="chief",
            aka=("股室", "责任科室", "承办股室"),
        ),
        Field("note", "备注", Text(long=True, limit=500), width=22, aka=("说明",)),
    ),
    group="action",
    notes=("兑现资金以万元为单位，填本年累计数；有效期写起止年月或“长期”。",),
    checks=(
        Check(
            "issued_without",
            "A",
            "政策已到“{stage}”，“{label}”没有填，请填写",
            "已出台的政策有文号和出台时间，县里按它们查得到。",
            function=issued_has_papers,
        ),
        Check(
            "in_future",
            "B",
            "“{label}”{day}晚于本期末{end}，请改过来；确是预告的，写明原因",
            "填的日期和本期最后一天比：还没有到的日子，一般是写错了。",
            sides=("填的日期", "{day}", "＞", "本期末", "{end}"),
            function=not_issued_later,
        ),
        Check(
            "paid_nobody",
            "B",
            "已兑现资金{money}万元，受益户数却没有填，请填写；暂无统计的，写明原因",
            "有兑现资金，就应当有受益的户或企业。",
            function=money_reached_somebody,
        ),
    ),
    unique=("name",),
)
