"""The words of an indicator's result as tables show them: target, figure, difference, how far, official figure."""

from decimal import Decimal

from forms.comparison import PERCENTAGES, Comparison, Nature
from forms.verdict import Direction, Verdict, plain_figure
from models.county.aggregation import TOTAL
from models.county.indicator_results import IndicatorResult
from models.plan.entries import Indicator, Period

HEADS = ("指标", "目标", "累计", "与上年比", "完成　序时差", "判定", "牵头单位", "官方数")
DASH = "—"
COUNTED = (Nature.EVENT, Nature.TREND, Nature.COUNT)  # small numbers: last year's figure says more than a percentage
SIGN = {Comparison.AT_LEAST: "≥", Comparison.ABOVE: ">", Comparison.AT_MOST: "≤", Comparison.BELOW: "<"}
PLAIN = (Comparison.FALLING, Comparison.STEADY)


def unit_of(i: Indicator) -> str:
    """The measure of the indicator's figure; a space goes before it, but for 个百分点 it is written in full."""
    return "个百分点" if i.measure == "百分点" else i.measure or ""


def target_words(r: IndicatorResult) -> str:
    """目标, with the bar that a relation comes down to: 高于 6.7 %."""
    i, measure = r.indicator, unit_of(r.indicator)
    comparison, strive = Comparison(i.comparison), "力争 " if i.strive else ""
    if r.verdict == Verdict.WORDS:
        return ""
    if comparison == Comparison.NONE_AT_ALL:
        return f"杜绝（0 {measure}）"
    if comparison == Comparison.CURBED:
        return "遏制（不多于上年）"
    if comparison in PLAIN:
        return str(comparison)
    if comparison == Comparison.ABOVE_OTHER:
        bar = r.judgement.bar if i.than else i.target
        return f"{strive}高于 {plain_figure(bar)} {measure}" if bar is not None else f"{strive}高于……"
    if i.target is None:
        return i.wording
    figure = plain_figure(i.target)
    if comparison == Comparison.WITHIN and i.upper is not None:
        return f"{strive}{figure}～{plain_figure(i.upper)} {measure}".rstrip()
    if comparison == Comparison.AROUND:
        return f"{strive}{figure} {measure}左右"
    if comparison == Comparison.TOP:
        return f"{strive}前 {figure} 名"
    sign = SIGN.get(comparison, "")
    return " ".join(t for t in (strive.strip(), sign, figure, measure) if t)


def figure_words(r: IndicatorResult) -> str:
    """累计, without its measure."""
    return DASH if r.total is None else plain_figure(r.total)


def change_words(r: IndicatorResult) -> str:
    """与上年比: the difference in its own unit; for small counts last year's figure."""
    if r.indicator.nature in COUNTED and r.last_year is not None:
        return f"上年 {plain_figure(r.last_year)}"
    return r.judgement.change_text.replace("%", " %") or DASH


def progress_words(r: IndicatorResult) -> str:
    """完成 and 序时差 where a share of the year makes sense, otherwise how far the figure is from what is asked."""
    j, i = r.judgement, r.indicator
    if r.broken:
        return "已发生，不能挽回"
    if r.verdict == Verdict.UNKNOWN:
        return j.why.partition("，")[0] if r.entries else "还没有报"
    if j.done is not None:
        late = f"　{signed(j.gap)}" if j.gap is not None and r.verdict != Verdict.REACHED else ""
        return f"{plain_figure(j.done)} %{late}"
    if Comparison(i.comparison) in (Comparison.WITHIN, Comparison.AROUND, Comparison.STEADY):
        return j.why.partition("，")[0]
    return distance_words(r)


def distance_words(r: IndicatorResult) -> str:
    """How far the figure is from its bar, in the words of its kind: 差 0.6, 少 4 起, 靠前 1 位."""
    j, i = r.judgement, r.indicator
    if j.short is None or (r.total == 0 and i.nature in COUNTED and j.direction == Direction.LESS):
        return j.why
    away, less = plain_figure(abs(j.short)), j.direction == Direction.LESS
    if not j.short:
        return "正好" if not r.bad else "持平，没有下降" if i.comparison == Comparison.FALLING else "一样，还不够"
    if i.nature == Nature.RANK:
        return f"{'靠后' if j.short > 0 else '靠前'} {away} 位"
    if less:
        measure = "" if i.nature in PERCENTAGES else f" {unit_of(i)}"
        below = "少" if i.comparison in (Comparison.FALLING, Comparison.CURBED) else "低" if not measure else "还余"
        return f"{'多' if measure else '高'} {away}{measure}" if j.short > 0 else f"{below} {away}{measure}"
    return f"{'差' if j.short > 0 else '超'} {away}"


def signed(figure: Decimal) -> str:
    """A figure with its sign, a true minus."""
    return f"{'+' if figure > 0 else '−' if figure < 0 else '±'}{plain_figure(abs(figure))}"


def words_given(r: IndicatorResult) -> str:
    """The sentence of an indicator that is reported in words, or why there is none."""
    if r.sentence:
        return r.sentence
    if r.total is not None:
        return f"{plain_figure(r.total)} {unit_of(r.indicator)}，{r.indicator.wording}"
    return "本期没有写" if r.entries else "还没有报"


def official_words(r: IndicatorResult) -> str:
    """官方数, after ≠ where it is another than the units'."""
    if r.official is None:
        return ""
    return ("≠ " if r.official_differs else "") + plain_figure(r.official["value"])


def cells(r: IndicatorResult) -> tuple[str, ...]:
    """The row of a result under HEADS, as it is copied."""
    if r.verdict == Verdict.WORDS:
        middle = ("", words_given(r), "", "")
    else:
        middle = (target_words(r), figure_words(r), change_words(r), progress_words(r))
    return r.indicator.name, *middle, r.judgement.word, r.lead.short, official_words(r)


def span_words(period: Period) -> str:
    """The months that 累计 covers: 1—10月累计."""
    return f"1—{period.end.month}月累计" if period.end.month > 1 else "1月"


def official_sentence(r: IndicatorResult) -> str:
    """The official figure with where it comes from, and how far it is from the units'."""
    if r.official is None:
        return ""
    value, day, reported = r.official["value"], r.official["published"], r.reported.get(TOTAL)
    away = f"，差 {plain_figure(abs(value - reported))}" if r.official_differs and reported is not None else ""
    return f"{plain_figure(value)} {unit_of(r.indicator)}　{r.official['source']} {day.month}月{day.day}日{away}"
