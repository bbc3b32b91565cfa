"""政策清单: policies the unit drafts, issues and pays out."""

from collections.abc import Iterator
from decimal import Decimal

from forms.checks import day, wan
from forms.choices import FromPlan
from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Day, Number, Text, Whole
from forms.problem import Found


def issued_has_papers(row: Row, ctx: Context) -> Iterator[Found]:
    """An issued policy has a number and a date."""
    stage = ctx.plan.find("policy_stage", row.get("stage") or "")
    if stage and stage.mark == "done":
        for name in ("number", "issued"):
            if not row.get(name):
                yield Found("issued_without", name, {"stage": stage.name})


def dates_and_money(row: Row, ctx: Context) -> Iterator[Found]:
    """Nothing was issued after the period, and paid money reached somebody."""
    issued, money = row.get("issued"), row.get("money")
    if issued and issued > ctx.period.end:
        yield Found("in_future", "issued", {"day": day(issued), "end": day(ctx.period.end)})
    if money and not row.get("households"):
        yield Found("paid_nobody", "households", {"money": wan(money)})


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
        Field("households", "受益户数", Whole(low=Decimal(0)), unit="户", total=True, width=18),
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
    checks=(issued_has_papers, dates_and_money),
    unique=("name",),
)
