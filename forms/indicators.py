"""指标进度: the plan's figures, reported by the unit that answers for each."""

from collections.abc import Iterator
from typing import Any

from forms.choices import Choice, FromPlan
from forms.comparison import Comparison, Nature
from forms.derive import of_plan
from forms.field import Context, Field, Meaning, PlanLike, Row, Seed
from forms.form import Form
from forms.kind import Number, Option, Text, Value
from forms.parameters import AROUND, SLOW, STEADY
from forms.problem import REQUIRED, Check, CheckResult
from forms.states import Mark
from forms.verdict import (
    BAD,
    VERDICT_WORDS,
    Figures,
    Judgement,
    Moment,
    Rules,
    Verdict,
    accumulates,
    has_pace,
    has_share,
    judge,
)

FIGURE = Number(4, fixed=False)
PERCENT = Number(1)
SHORT = Text(limit=30)
SIGNS = {
    Verdict.REACHED: Mark.DONE,
    Verdict.ON_COURSE: Mark.DOING,
    **dict.fromkeys(BAD, Mark.LATE),
    Verdict.UNKNOWN: Mark.WARN,
    Verdict.WORDS: Mark.IDLE,
}
VERDICTS = Choice(tuple(Option(str(v), word, mark=str(SIGNS[v])) for v, word in VERDICT_WORDS.items()))
AGAINST_LAST_YEAR = (Comparison.FALLING, Comparison.CURBED, Comparison.STEADY)


def led(ctx: Context) -> list[Seed]:
    """A line for each indicator that the unit answers for."""
    return [Seed(i.id, {"indicator": i.id}) for i in ctx.plan.indicators_of(ctx.unit)]


def unsure(row: Row, ctx: Context) -> bool:
    """Whether the unit's answering for the indicator is inferred and not confirmed."""
    indicator = ctx.plan.find("indicators", row.get("indicator") or "")
    return bool(indicator) and not indicator.confirmed


def _indicator(row: Row, ctx: Context) -> Any:
    return ctx.plan.find("indicators", row.get("indicator") or "")


def rules(plan: PlanLike) -> Rules:
    """What the plan says about judging figures."""
    return Rules(plan.parameter(AROUND), plan.parameter(STEADY), plan.parameter(SLOW))


def figures(row: Row, ctx: Context) -> Figures:
    """What is known of the row's indicator; the figure of the one it is measured against is the unit's own where it
    reports that, too, and otherwise what the county knows.
    """
    than = (_indicator(row, ctx).than if _indicator(row, ctx) else "") or ""
    mine = next((r.get("total") for r in ctx.rows.get("indicators", ()) if than and r.get("indicator") == than), None)
    other = ctx.figures.get(than) if mine is None else mine
    named = ctx.plan.find("indicators", than)
    return Figures(row.get("total"), row.get("last_year"), other, named.name if named else "")


def judgement(row: Row, ctx: Context) -> Judgement | None:
    """What is made of the row's figure; None where the plan has no such indicator."""
    indicator = _indicator(row, ctx)
    if not indicator:
        return None
    return judge(indicator, figures(row, ctx), Moment(ctx.expected, ctx.year_over), rules(ctx.plan))


def verdict(row: Row, ctx: Context) -> Value:
    """判定 of the row's figure."""
    found = judgement(row, ctx)
    return str(found.verdict) if found else None


def compared(row: Row, ctx: Context) -> Value:
    """与上年比: the difference to last year, with its unit."""
    found = judgement(row, ctx)
    return (found.change_text or None) if found else None


def completion(row: Row, ctx: Context) -> Value:
    """完成: the sum in percent of the target, where the target is a quantity to be reached."""
    found = judgement(row, ctx)
    return found.done if found else None


def lead_or_lag(row: Row, ctx: Context) -> Value:
    """序时差: completion less the share of the year gone, in points, for what grows through the year."""
    found = judgement(row, ctx)
    return found.gap if found else None


def why(row: Row, ctx: Context) -> str:
    """What the verdict rests on."""
    found = judgement(row, ctx)
    return f"{found.word}：{found.why}。" if found else ""


def why_no_share(row: Row, ctx: Context) -> str:
    """Why an indicator has no 完成; "" where it has one."""
    indicator = _indicator(row, ctx)
    if not indicator or has_share(indicator):
        return ""
    return "增速、占比、位次和不许增加的数，直接与目标比，不算完成百分比。"


def why_no_pace(row: Row, ctx: Context) -> str:
    """Why an indicator has no 序时差; "" where it has one."""
    indicator = _indicator(row, ctx)
    return "" if not indicator or has_pace(indicator) else "不是逐月累加到目标的数，没有序时差。"


def why_no_change(row: Row, ctx: Context) -> str:
    """Why there is nothing to compare with last year; "" where there is."""
    found = judgement(row, ctx)
    if not found or found.change is not None:
        return "增速、占比与上年比，用百分点；数量与上年比，用百分比。"
    return "累计和上年同期都填了，才能与上年比。"


def to_reach(row: Row, ctx: Context) -> Value:
    """The target of what grows through the year."""
    indicator = _indicator(row, ctx)
    return indicator.target if indicator and has_pace(indicator) else None


def target_of(row: Row, ctx: Context) -> Value:
    """The target in figures, where last year or another indicator is not what counts."""
    indicator = _indicator(row, ctx)
    return indicator.target if indicator and indicator.nature not in (Nature.RANK, Nature.EVENT) else None


def words_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Qualitative indicators are reported in words."""
    indicator = _indicator(row, ctx)
    if indicator and indicator.qualitative and not row.get("note"):
        yield CheckResult("note")


def figures_given(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """Indicators with a target in figures need a figure."""
    indicator = _indicator(row, ctx)
    if indicator and not indicator.qualitative and row.get("total") is None:
        yield CheckResult("total")


def part_of_the_sum(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """What adds up through the year was not more in this period than in all."""
    indicator = _indicator(row, ctx)
    now, total = row.get("now"), row.get("total")
    if indicator and accumulates(indicator.nature) and now is not None and total is not None and now > total:
        yield CheckResult("now", {"now": f"{now:f}", "total": f"{total:f}"})


def _missed(row: Row, ctx: Context, *wanted: Verdict) -> Iterator[CheckResult]:
    """A figure with one of these verdicts and no word about it."""
    indicator, found = _indicator(row, ctx), judgement(row, ctx)
    if indicator and found and found.verdict in wanted and not row.get("note"):
        value = f"{FIGURE.show(row.get('total'))}{indicator.measure or ''}"
        yield CheckResult("note", {"value": value, "target": indicator.wording, "word": found.word, "why": found.why})


def must_not_be(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A broken 杜绝 or 遏制 is explained before anything travels."""
    indicator, found = _indicator(row, ctx), judgement(row, ctx)
    curbed = indicator and Comparison(indicator.comparison) == Comparison.CURBED
    if found and (found.verdict == Verdict.OCCURRED or (curbed and found.verdict in BAD)):
        yield from _missed(row, ctx, found.verdict)


def target_reached(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A figure that misses its target by now wants an explanation."""
    if not list(must_not_be(row, ctx)):
        yield from _missed(row, ctx, Verdict.BEHIND, Verdict.FAILED)


def can_be_judged(row: Row, ctx: Context) -> Iterator[CheckResult]:
    """A figure that is measured against last year needs last year's."""
    indicator, found = _indicator(row, ctx), judgement(row, ctx)
    against = indicator and Comparison(indicator.comparison) in AGAINST_LAST_YEAR
    if against and found and found.verdict == Verdict.UNKNOWN and row.get("total") is not None:
        yield CheckResult("last_year", {"target": indicator.wording})


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
        Field("last_year", "上年同期", FIGURE, counted_in="measure", carry=False, width=21, meaning=Meaning.LAST_YEAR),
        Field("now", "本期", FIGURE, counted_in="measure", width=20),
        Field(
            "total",
            "累计",
            FIGURE,
            counted_in="measure",
            width=21,
            goal=to_reach,
            benchmark=target_of,
            meaning=Meaning.FIGURE,
        ),
        Field("growth", "与上年比", SHORT, derive=compared, explain=why_no_change, width=20),
        Field("done", "完成", PERCENT, unit="%", derive=completion, explain=why_no_share, width=15),
        Field("gap", "序时差", PERCENT, unit="百分点", derive=lead_or_lag, explain=why_no_pace, width=18),
        Field("verdict", "判定", VERDICTS, derive=verdict, explain=why, width=16, meaning=Meaning.VERDICT),
        Field(
            "forecast",
            "全年预计",
            FIGURE,
            counted_in="measure",
            benchmark=target_of,
            width=20,
            meaning=Meaning.FORECAST,
        ),
        Field(
            "note",
            "说明",
            Text(long=True, limit=1000),
            width=52,
            help="没有达到目标的，写明原因和打算",
            meaning=Meaning.REMARK,
        ),
    ),
    seed=led,
    unsure=unsure,
    group="action",
    notes=(
        "增速、占比类指标的“本期”“累计”直接填增速、占比（%），与上年比用百分点；数量与上年比用百分比。",
        "完成%＝累计÷目标×100%，序时差＝完成%－序时进度，只对逐月累加、越多越好的指标计算（存量只算完成%）。",
        "判定：达到目标的是“已达到”；没到的，年内按序时分“正常”“滞后”，到年底还没到或不能再挽回的是“未达到”；杜绝的事发生了是“已发生”。",
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
            "must_not_be",
            "A",
            "累计{value}，目标是“{target}”，{why}，请在说明里写清情况和措施",
            "要求杜绝、遏制的事发生了或多了，要先写明情况才能传出。",
            sides=("累计", "{value}", "≠", "目标", "{target}"),
            function=must_not_be,
        ),
        Check(
            "missed",
            "C",
            "累计{value}，目标是“{target}”，{word}（{why}），请在说明里写原因和打算",
            "累计数和目标比，滞后、未达到的要写原因和打算。",
            sides=("累计", "{value}", "≠", "目标", "{target}"),
            function=target_reached,
        ),
        Check(
            "no_last_year",
            "C",
            "“{label}”没有填，目标是“{target}”，判不出升降，请填写；确实没有的，说明原因",
            "与上年比的指标，要有上年同期数才能判定。",
            function=can_be_judged,
        ),
    ),
)
