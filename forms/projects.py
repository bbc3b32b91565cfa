"""项目清单: the unit's investment projects, in 万元."""

from collections.abc import Iterator
from decimal import Decimal

from forms.checks import not_before, same_as_before, wan
from forms.choices import FromPlan
from forms.dates import Month
from forms.derive import ratio
from forms.field import Context, Field, Meaning, Row
from forms.form import Form
from forms.kind import Number, Text
from forms.problem import Check, CheckResult

MONEY = Number(2, low=Decimal(0))


def period_within_year(row: Row, _ctx: Context) -> Iterator[CheckResult]:
    """The period's money is part of the year's."""
    period, year = row.get("period_done"), row.get("year_done")
    if period is not None and year is not None and period > year:
        yield CheckResult("year_done", {"period": wan(period), "year": wan(year), "more": wan(period - year)})


def plan_within_total(row: Row, _ctx: Context) -> Iterator[CheckResult]:
    """The plan of one year is part of the total."""
    plan, total = row.get("plan"), row.get("total")
    if plan is not None and total is not None and plan > total:
        yield CheckResult("plan", {"plan": wan(plan), "total": wan(total), "more": wan(plan - total)})


def year_within_plan(row: Row, _ctx: Context) -> Iterator[CheckResult]:
    """The year's money is within its plan."""
    year, plan = row.get("year_done"), row.get("plan")
    if year is not None and plan and year > plan:
        yield CheckResult("year_done", {"year": wan(year), "plan": wan(plan), "more": wan(year - plan)})


def done_within_total(row: Row, _ctx: Context) -> Iterator[CheckResult]:
    """What was done in all years is within the total."""
    past, year, total = row.get("past"), row.get("year_done"), row.get("total")
    if past is not None and year is not None and total is not None and past + year > total:
        figures = {"past": wan(past), "year": wan(year), "total": wan(total), "more": wan(past + year - total)}
        yield CheckResult("year_done", figures)


def follows_last_period(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """What was done this year is what was done before plus this period."""
    last = (ctx.previous.get(("projects", row.get("line") or "")) or {}).get("year_done")
    period, year = row.get("period_done"), row.get("year_done")
    if last is None or period is None or year is None or last + period == year:
        return
    figures = {"year": wan(year), "before": wan(last), "period": wan(period), "expected": wan(last + period)}
    yield CheckResult("year_done", figures)


def investment_in_time(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Investment more than 20 points behind the calendar wants an explanation."""
    percent = row.get("share")
    gap = ctx.expected - percent if percent is not None else Decimal(0)
    if gap > 20 and not row.get("trouble"):
        yield CheckResult("share", {"percent": percent, "expected": ctx.expected, "gap": f"{gap:g}"})


PROJECTS = Form(
    name="projects",
    title="项目清单",
    measure="万元",
    fields=(
        Field(
            "name",
            "项目名称",
            Text(long=True, limit=100),
            required=True,
            carry=True,
            width=34,
            aka=("项目", "名称", "工程名称", "工程项目"),
        ),
        Field("action", "行动", FromPlan(of="actions"), required=True, carry=True, width=22, meaning=Meaning.ACTION),
        Field("kind", "类别", FromPlan(of="project_kind"), required=True, carry=True, width=20),
        Field("nature", "建设性质", FromPlan(of="nature"), required=True, carry=True, width=20, below="kind"),
        Field(
            "place",
            "建设地点",
            Text(long=True, limit=100),
            required=True,
            carry=True,
            width=20,
            aka=("地点", "地址", "实施地点", "建设位置"),
        ),
        Field(
            "content",
            "建设内容及规模",
            Text(long=True, limit=1000),
            required=True,
            carry=True,
            width=36,
            aka=("建设内容", "建设规模", "主要建设内容", "规模及内容"),
        ),
        Field("start", "开工年月", Month(), carry=True, width=19, aka=("开工时间", "开工日期", "起始时间")),
        Field(
            "end", "竣工年月", Month(), carry=True, width=19, below="start", aka=("竣工时间", "完工时间", "完工日期")
        ),
        Field(
            "total",
            "总投资",
            MONEY,
            required=True,
            unit="万元",
            carry=True,
            total=True,
            width=20,
            over="投资（万元）",
            aka=("投资总额", "计划总投资", "概算总投资", "估算总投资", "投资规模"),
        ),
        Field("past", "上年底累计", MONEY, unit="万元", carry=True, total=True, width=18, over="投资（万元）"),
        Field(
            "plan",
            "年度计划",
            MONEY,
            required=True,
            unit="万元",
            carry=True,
            total=True,
            width=18,
            over="投资（万元）",
            aka=("年度投资", "年度计划投资", "本年计划", "年度投资计划"),
            meaning=Meaning.PLANNED,
        ),
        Field(
            "period_done",
            "本期完成",
            MONEY,
            required=True,
            unit="万元",
            total=True,
            width=17,
            over="投资（万元）",
            aka=("本月完成", "本月完成投资", "当期完成"),
        ),
        Field(
            "year_done",
            "本年累计",
            MONEY,
            required=True,
            unit="万元",
            total=True,
            width=18,
            over="投资（万元）",
            aka=("累计完成", "累计完成投资", "本年完成", "年内完成投资"),
            meaning=Meaning.SPENT,
        ),
        Field(
            "share",
            "占计划",
            Number(2),
            unit="%",
            derive=ratio("year_done", "plan", 2),
            total=True,
            width=15,
            over="投资（万元）",
        ),
        Field(
            "progress",
            "形象进度",
            Text(long=True, limit=1000),
            required=True,
            width=32,
            aka=("工程进度", "进度", "工程形象进度", "进展"),
        ),
        Field(
            "owner",
            "项目业主",
            Text(long=True, limit=100),
            carry=True,
            width=20,
            aka=("业主", "业主单位", "建设单位", "实施单位"),
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
        Field(
            "status", "状态", FromPlan(of="status"), required=True, width=20, aka=("推进状态", "当前状态", "进展状态")
        ),
        Field(
            "trouble", "存在问题", Text(long=True, limit=1000), width=24, aka=("问题", "困难", "存在困难", "存在的问题")
        ),
        Field("note", "备注", Text(long=True, limit=500), carry=True, width=24, below="trouble", aka=("说明",)),
    ),
    group="action",
    notes=("投资以万元为单位，保留两位小数；占计划%＝本年累计÷年度计划×100%。",),
    checks=(
        Check(
            "period_over_year",
            "A",
            "本期完成{period}万元比本年累计{year}万元多{more}万元，请核对这两栏",
            "本期完成是本年累计的一部分，不会比它大。",
            sides=("本期完成", "{period}万元", "＞", "本年累计", "{year}万元"),
            function=period_within_year,
        ),
        Check(
            "plan_over_total",
            "A",
            "年度计划{plan}万元比总投资{total}万元还多{more}万元，请核对这两栏",
            "一年的计划投资不会比总投资多。",
            sides=("年度计划", "{plan}万元", "＞", "总投资", "{total}万元"),
            function=plan_within_total,
        ),
        Check(
            "over_plan",
            "B",
            "本年累计{year}万元超过年度计划{plan}万元{more}万元，请核对；确已超额的，写明原因",
            "本年累计投资和年度计划投资比。常见的差错是把总投资填成了本年累计。",
            sides=("本年累计", "{year}万元", "＞", "年度计划", "{plan}万元"),
            function=year_within_plan,
        ),
        Check(
            "over_total",
            "B",
            "上年底累计{past}万元加本年累计{year}万元超过总投资{total}万元{more}万元，请核对；概算有调整的，写明原因",
            "上年底累计加本年累计，和总投资比。",
            function=done_within_total,
        ),
        Check(
            "sum_broken",
            "B",
            "本年累计{year}万元不等于上期累计{before}万元加本期{period}万元（{expected}万元），请核对；确有调整的，写明原因",
            "本年累计应当等于上期的本年累计加本期完成。",
            sides=("本年累计", "{year}万元", "≠", "上期累计＋本期完成", "{expected}万元"),
            function=follows_last_period,
        ),
        Check(
            "investment_behind",
            "C",
            "本年累计只占年度计划的{percent}%，比序时进度{expected}%慢{gap}个百分点，请说明原因",
            "本年累计占年度计划的份额，和序时进度（按时间过去多少算）比，慢得多的要说明。",
            sides=("占年度计划", "{percent}%", "＜", "序时进度", "{expected}%"),
            function=investment_in_time,
        ),
        not_before("end", "start"),
        same_as_before("projects", "progress"),
    ),
    unique=("name",),
)
