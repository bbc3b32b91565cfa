"""Papers of the county: made from what the units reported; nothing of them is stored or filled in."""

from dataclasses import replace
from decimal import Decimal

from forms.form import Context, Field, Form, Row
from forms.kind import FromPlan, Number, Text, Value, Whole, choice

UNIT = Field("unit", "责任单位", FromPlan(of="units"), width=34)
STATE = choice(missing="未报", submitted="已报", late="迟报", zero="零报告", returned="退回未回", conflict="冲突")
COUNT = Whole(low=Decimal(0))
MONEY = Number(places=2)
PERCENT = Number(places=1)


def _share(row: Row, _ctx: Context) -> Value:
    plan, done = row.get("plan"), row.get("year_done")
    return (done * 100 / plan).quantize(Decimal("0.1")) if plan and done is not None else None


STANDINGS = Form(
    name="standings",
    title="报送情况",
    fields=(
        Field("unit_kind", "类别", choice(township="乡镇", department="县直部门", park="园区"), width=22),
        UNIT,
        Field("state", "报送状态", STATE, width=24),
        Field("revision", "版次", COUNT, width=16),
        Field("received", "收到时间", Text(limit=40), width=36),
        Field("findings", "强制、准强制问题", COUNT, total=True, width=26),
        Field("obstacles", "未销号中梗阻", COUNT, total=True, width=26),
        Field("note", "备注", Text(limit=200), width=50),
    ),
    group="unit_kind",
)

PROGRESS = Form(
    name="action_progress",
    title="分行动进度",
    fields=(
        Field("action", "行动", FromPlan(of="actions"), width=50),
        Field("lines", "任务行数", COUNT, total=True, width=18),
        Field("done", "已完成", COUNT, total=True, width=18, over="状态"),
        Field("doing", "正常", COUNT, total=True, width=18, over="状态"),
        Field("warn", "偏慢", COUNT, total=True, width=18, over="状态"),
        Field("late", "滞后", COUNT, total=True, width=18, over="状态"),
        Field("idle", "未启动", COUNT, total=True, width=18, over="状态"),
        Field("percent", "平均完成", PERCENT, unit="%", width=20),
        Field("lag", "与序时差", PERCENT, unit="百分点", width=22),
        Field("projects", "项目数", COUNT, total=True, width=18),
        Field("plan", "年度计划", MONEY, unit="万元", total=True, width=28, over="投资"),
        Field("year_done", "本年累计", MONEY, unit="万元", total=True, width=28, over="投资"),
        Field("share", "占计划", PERCENT, unit="%", derive=_share, total=True, width=18, over="投资"),
    ),
)


def of_all_units(form: Form) -> Form:
    """A form over all units: the same columns, a group of rows per unit with its subtotals."""
    fields = tuple(replace(f, locked=True) for f in form.fields)
    return replace(form, fields=(UNIT, *fields), group=UNIT.name, own=False, record=False, notes=(), unsure=None)
