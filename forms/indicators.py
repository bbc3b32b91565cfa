"""指标进度: the plan's figures, reported by the unit that answers for each."""

from collections.abc import Iterator

from forms.choices import FromPlan
from forms.derive import of_plan, share
from forms.field import Context, Field, Meaning, Row, Seed
from forms.form import Form
from forms.kind import Number, Text, Value
from forms.problem import REQUIRED, Check, CheckResult

FIGURE = Number(4, fixed=False)
PERCENT = Number(1)


def led(ctx: Context) -> list[Seed]:
    """A line for each indicator that the unit answers for."""
    return [Seed(i.id, {"indicator": i.id}) for i in ctx.plan.indicators_of(ctx.unit)]


def unsure(row: Row, ctx: Context) -> bool:
    """Whether the unit's answering for the indicator is inferred and not confirmed."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    return bool(indicator) and not indicator.confirmed


def year_on_year(row: Row, _ctx: Context) -> Value:
    """同比: growth of the sum over last year's, in percent."""
    total, last = row.get("total"), row.get("last_year")
    grown = share(total, last)
    return grown - 100 if grown is not None else None


def completion(row: Row, ctx: Context) -> Value:
    """完成: the sum in percent of the target, where the target is a quantity to be reached."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    return share(row.get("total"), indicator.target) if indicator and indicator.measured else None


def lead_or_lag(row: Row, ctx: Context) -> Value:
    """序时差: completion less the share of the year gone, in points, for what grows through the year."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    done = row.get("done")
    return done - ctx.expected if done is not None and indicator.adds_up else None


def to_reach(row: Row, ctx: Context) -> Value:
    """The target of what grows through the year."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    return indicator.target if indicator and indicator.adds_up else None


def words_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Qualitative indicators are reported in words."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    if indicator and indicator.qualitative and not row.get("note"):
        yield CheckResult("note")


def figures_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Indicators with a target in figures need a figure."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    if indicator and not indicator.qualitative and row.get("total") is None:
        yield CheckResult("total")


def part_of_the_sum(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """What adds up through the year was not more in this period than in all."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    now, total = row.get("now"), row.get("total")
    if indicator and indicator.adds_up and now is not None and total is not None and now > total:
        yield CheckResult("now", {"now": f"{now:f}", "total": f"{total:f}"})


def target_reached(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A figure that misses its target by now wants an explanation."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    total = row.get("total")
    if not indicator or total is None or row.get("note") or indicator.reached(total, ctx.expected) is not False:
        return
    kind = FIGURE.show(total)
    figures = {"value": kind, "measure": indicator.measure, "target": indicator.wording}
    yield CheckResult("note", figures)


INDICATORS = Form(
    name="indicators",
    title="指标进度",
    own=False,
    fields=(
        Field(
            "action",
            "行动",
            FromPlan(of="actions"),
            derive=of_plan("indicators", "indicator", "action"),
            width=22,
            meaning=Meaning.ACTION,
        ),
        Field(
            "indicator",
            "指标",
            FromPlan(of="indicators", long=True),
            required=True,
            locked=True,
            carry=True,
            width=52,
            meaning=Meaning.ENTRY,
        ),
        Field("measure", "计量单位", derive=of_plan("indicators", "indicator", "measure"), width=16),
        Field("target", "口径与目标", derive=of_plan("indicators", "indicator", "wording"), width=34),
        Field("last_year", "上年同期", FIGURE, counted_in="measure", carry=False, width=21),
        Field("now", "本期", FIGURE, counted_in="measure", width=20),
        Field("total", "累计", FIGURE, counted_in="measure", width=21, goal=to_reach, meaning=Meaning.FIGURE),
        Field("growth", "同比", PERCENT, unit="%", derive=year_on_year, width=15),
        Field("done", "完成", PERCENT, unit="%", derive=completion, width=15),
        Field("gap", "序时差", PERCENT, unit="百分点", derive=lead_or_lag, width=18),
        Field("forecast", "全年预计", FIGURE, counted_in="measure", width=20),
        Field("note", "说明", Text(long=True, limit=1000), width=52, help="没有达到目标的，写明原因和打算"),
    ),
    seed=led,
    unsure=unsure,
    group="action",
    notes=(
        "增速类指标的“本期”“累计”直接填增速（%）；完成%＝累计÷目标×100%，只对总量、存量、数量类指标计算。",
        "序时差＝完成%－序时进度（已过月数÷12），只对逐月累加的指标计算。",
    ),
    checks=(
        REQUIRED.by(words_given),
        Check(
            "no_figure",
            "B",
            "“{label}”没有填，请填写；统计部门尚未公布的，写明何时能有",
            "定量指标每期要报累计数。",
            function=figures_given,
        ),
        Check(
            "now_over_sum",
            "B",
            "本期{now}比累计{total}还大，请核对这两栏；有减少的，写明原因",
            "本期数是累计数的一部分，一般不会比它大。",
            sides=("本期", "{now}", "＞", "累计", "{total}"),
            function=part_of_the_sum,
        ),
        Check(
            "missed",
            "C",
            "累计{value}{measure}，目标是“{target}”，还没有达到，请在说明里写原因和打算",
            "累计数和年度目标按序时折算比，没有达到的要写原因和打算。",
            sides=("累计", "{value}{measure}", "≠", "目标", "{target}"),
            function=target_reached,
        ),
    ),
)
