"""Papers of the county, made from what the units reported; they are not filled in and not stored."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from forms.choices import FromPlan, choice
from forms.derive import ratio
from forms.field import Field, Meaning, PeriodLike, PlanLike
from forms.form import Form
from forms.indicators import FIGURE, VERDICTS
from forms.kind import Integer, Number, Text
from forms.plan_tables import UNIT_KIND
from forms.states import REPORT_STATES

UNIT = Field("unit", "责任单位", FromPlan(of="units"), width=34)
STATE = choice(**{str(k): v for k, v in REPORT_STATES.items()})
COUNT = Integer(low=Decimal(0))
POINTS = Number(places=2)
MONEY = Number(places=2)
PERCENT = Number(places=1)


def _paper(name: str, title: str, *fields: Field, **more: Any) -> Form:
    """A paper of the county, without editable fields."""
    return Form(name, title, tuple(replace(f, locked=True) for f in fields), own=False, **more)


STANDINGS = _paper(
    "standings",
    "报送情况",
    Field("unit_kind", "类别", UNIT_KIND, width=22),
    UNIT,
    Field("state", "报送状态", STATE, width=24),
    Field("revision", "版次", COUNT, width=16),
    Field("code", "版本码", Text(limit=40), width=34),
    Field("received", "收到时间", Text(limit=40), width=36),
    Field("findings", "强制、准强制问题", COUNT, total=True, width=26),
    Field("obstacles", "未销号中梗阻", COUNT, total=True, width=26),
    Field("note", "备注", Text(limit=200), width=50),
    group="unit_kind",
)

COUNTED = "status_"  # before the id of a status: the column with the number of its lines
MEAN = "percent"  # the column with the mean completion


def progress(plan: PlanLike) -> Form:
    """分行动进度, with a column for each status of the plan's dictionary, in the plan's own words."""
    statuses = [
        Field(f"{COUNTED}{o.id}", o.name, COUNT, total=True, width=18, over="状态") for o in plan.options("status")
    ]
    form = _paper(
        "action_progress",
        "分行动进度",
        Field("action", "行动", FromPlan(of="actions"), width=50),
        Field("lines", "任务行数", COUNT, total=True, width=18),
        *statuses,
        Field("unproven", "待核验", COUNT, total=True, width=18, over="状态", help="报了已完成，县里还没有核验"),
        Field(MEAN, "平均完成", PERCENT, unit="%", width=20),
        Field("before", "上期", PERCENT, unit="%", width=18),
        Field("expected", "序时", PERCENT, unit="%", width=18),
        Field("lag", "与序时差", PERCENT, unit="百分点", width=22),
        Field("projects", "项目数", COUNT, total=True, width=18),
        Field("plan", "年度计划", MONEY, unit="万元", total=True, width=28, over="投资"),
        Field("year_done", "本年累计", MONEY, unit="万元", total=True, width=28, over="投资"),
        Field(
            "share", "占计划", PERCENT, unit="%", derive=ratio("year_done", "plan"), total=True, width=18, over="投资"
        ),
        notes=(
            "上期的平均完成只算两期都报了的单位（可比单位）。",
            "序时按每项任务自己的起止日期或节点算；没有完成时限的任务（持续推进等），不和序时比。",
        ),
    )
    return form.bound(plan)


INDICATOR_VERDICTS = _paper(
    "indicator_verdicts",
    "指标判定",
    Field("action", "行动", FromPlan(of="actions"), width=30),
    Field("indicator", "指标", Text(), width=56, meaning=Meaning.ENTRY),
    Field("measure", "计量单位", Text(), width=15),
    Field("target", "目标", Text(long=True), width=42),
    Field("total", "累计", FIGURE, width=22, meaning=Meaning.FIGURE),
    Field("growth", "与上年比", Text(), width=33),
    Field("done", "完成", PERCENT, unit="%", width=17),
    Field("gap", "序时差", PERCENT, unit="百分点", width=19),
    Field("verdict", "判定", VERDICTS, width=19, meaning=Meaning.VERDICT),
    Field("why", "依据", Text(long=True), width=50),
    Field("lead", "牵头单位", Text(), width=34),
    Field("official", "官方数", FIGURE, width=17),
    group="action",
    notes=(
        "判定：达到目标的是“已达到”；没到的，年内按序时分“正常”“滞后”，到年底还没到或不能再挽回的是“未达到”；杜绝的事发生了是“已发生”；还没有数的是“无法判断”。",
        "增速、占比直接与目标比，与上年比用百分点；完成%、序时差只算逐月累加的数。官方数由统计部门的数填入，没有的空着。",
    ),
)


SCORES = _paper(
    "scores",
    "考核得分",
    Field("unit_kind", "类别", UNIT_KIND, width=22),
    Field("rank", "名次", COUNT, width=16),
    UNIT,
    Field("lead", "牵头", COUNT, width=14, over="任务"),
    Field("support", "配合", COUNT, width=14, over="任务"),
    Field("total", "得分", POINTS, unit="分", width=20),
    Field("year_total", "得分", POINTS, unit="分", width=20, over="今年累计"),
    Field("year_rank", "名次", COUNT, width=16, over="今年累计"),
    Field("note", "更正和说明", Text(long=True, limit=2000), width=70),
    group="unit_kind",
)


SCORE_SHEET = _paper(
    "score_sheet",
    "考核成绩单",
    Field("item", "项目", Text(limit=100), width=26),
    Field("full", "满分", Number(places=1, fixed=False), width=14, total=True),
    Field("points", "得分", POINTS, width=16, total=True),
    Field("change", "比上期", POINTS, width=16),
    Field("whys", "分从哪里来", Text(long=True, limit=2000), width=110),
)


def scores(plan: PlanLike, tags: Sequence[tuple[str, str]] = ()) -> Form:
    """The ranking with a column for each line of the plan's scoring table, and for each label in `tags` (column, name)."""
    *first, total, year_total, year_rank, note = SCORES.fields
    items = [
        Field(s.id, s.name, POINTS, unit=f"满分{s.points.normalize():f}", locked=True, width=22) for s in plan.scoring
    ]
    labels = [Field(name, label, POINTS, unit="满100", locked=True, width=20, over="标签") for name, label in tags]
    return replace(SCORES, fields=(*first, *items, total, year_total, year_rank, *labels, note)).bound(plan)


def trends(plan: PlanLike, periods: Sequence[PeriodLike]) -> Form:
    """How far each indicator is towards its target of the year, from period to period."""
    months = [Field(p.id, _short(p, plan.year), PERCENT, unit="", width=18) for p in periods]
    form = _paper(
        "indicator_trends",
        "指标完成走势",
        Field("indicator", "指标", FromPlan(of="indicators", long=True), width=60),
        Field("target", "年度目标", Text(long=True), width=40),
        *months,
        measure="%",
        notes=("表中为累计数占年度目标的百分比；没有收到的期次是空的。增速、占比和定性指标不列，见“指标进度”。",),
    )
    return form.bound(plan)


def _short(period: PeriodLike, year: int) -> str:
    return period.name.removeprefix(f"{year}年")


def of_all_units(form: Form) -> Form:
    """A form over all units: the same columns, a group of rows per unit with its subtotals."""
    fields = tuple(replace(f, locked=True) for f in form.fields)
    return replace(form, fields=(UNIT, *fields), group=UNIT.name, own=False, record=False, notes=(), unsure=None)
