"""判定: one verdict for an indicator's figure, worked out here and nowhere else; form, check, panel, overview, 汇总, papers
and scoring show what `judge` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Protocol

from forms.comparison import FLOWS, PERCENTAGES, Comparison, Nature
from forms.derive import share

TENTH = Decimal("0.1")
HUNDRED = Decimal(100)


class Verdict(StrEnum):
    """What is made of a figure (判定)."""

    OCCURRED = "occurred"
    FAILED = "failed"
    BEHIND = "behind"
    UNKNOWN = "unknown"
    ON_COURSE = "normal"
    REACHED = "reached"
    WORDS = "words"


VERDICT_WORDS: Mapping[Verdict, str] = {
    Verdict.REACHED: "已达到",
    Verdict.ON_COURSE: "正常",
    Verdict.BEHIND: "滞后",
    Verdict.FAILED: "未达到",
    Verdict.OCCURRED: "已发生",
    Verdict.WORDS: "定性",
    Verdict.UNKNOWN: "无法判断",
}
BAD = (Verdict.OCCURRED, Verdict.FAILED, Verdict.BEHIND)
TO_LOOK_AT = (*BAD, Verdict.UNKNOWN)  # 要看的, the worst first


class Direction(StrEnum):
    """Which way is better."""

    MORE = "more"
    LESS = "less"
    WITHIN = "within"
    NONE = "none"


class IndicatorLike(Protocol):
    """What a verdict asks of an indicator of the plan."""

    @property
    def name(self) -> str: ...
    @property
    def measure(self) -> str | None: ...
    @property
    def comparison(self) -> str: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def upper(self) -> Decimal | None: ...
    @property
    def tolerance(self) -> Decimal | None: ...
    @property
    def than(self) -> str | None: ...
    @property
    def nature(self) -> str: ...


@dataclass(frozen=True)
class Moment:
    """When a figure is judged: the share of the plan year gone by the reference day, in percent, and whether the year is
    over.
    """

    gone: Decimal
    over: bool = False


@dataclass(frozen=True)
class Rules:
    """What the plan says about judging: tolerances in percent of the target (左右) and of last year (持平), and by how
    many points something may lag behind the calendar.
    """

    around: Decimal = Decimal(10)
    steady: Decimal = Decimal(1)
    slow: Decimal = Decimal(0)


@dataclass(frozen=True)
class Figures:
    """What is known of an indicator: the figure since the beginning of the year, last year's at the same time, the name
    and the figure of the indicator that it is measured against (`than`).
    """

    total: Decimal | None
    last_year: Decimal | None = None
    other: Decimal | None = None
    other_name: str = ""


@dataclass(frozen=True)
class Judgement:
    """What is made of one figure. `done` is its share of the target in percent, `gap` that share less the share of the
    year gone, in points: both None where a share of the year makes no sense. `bar` is the figure to compare with,
    `short` how much is missing to it (negative: how much it is over). `change` is the difference to last year in
    `change_unit` (%, 个百分点, 位 or the indicator's own measure). `why` says in a few words what the verdict rests on.
    """

    verdict: Verdict
    direction: Direction
    why: str
    done: Decimal | None = None
    gap: Decimal | None = None
    bar: Decimal | None = None
    short: Decimal | None = None
    change: Decimal | None = None
    change_unit: str = ""

    @property
    def word(self) -> str:
        """The verdict as people read it."""
        return VERDICT_WORDS[self.verdict]

    @property
    def change_text(self) -> str:
        """The difference to last year with sign and unit; "" where there is none."""
        if self.change is None:
            return ""
        if not self.change:
            return "持平"
        space = "" if self.change_unit == "%" else " " * (self.change_unit[:1] in "个")
        return f"{'+' if self.change > 0 else '−'}{plain_figure(abs(self.change))}{space}{self.change_unit}"


def plain_figure(value: Decimal) -> str:
    """A figure without needless zeros, with separators for thousands."""
    text = f"{value:,.4f}"
    return text.rstrip("0").rstrip(".")


def accumulates(nature: str) -> bool:
    """Whether the figure grows from zero through the year, so that a share of the year makes sense."""
    return nature in FLOWS


def direction(i: IndicatorLike) -> Direction:
    """Which way is better."""
    return DIRECTIONS[Comparison(i.comparison)]


DIRECTIONS: Mapping[Comparison, Direction] = {
    **dict.fromkeys((Comparison.AT_LEAST, Comparison.ABOVE, Comparison.ABOVE_OTHER), Direction.MORE),
    **dict.fromkeys(
        (
            Comparison.AT_MOST,
            Comparison.BELOW,
            Comparison.TOP,
            Comparison.FALLING,
            Comparison.CURBED,
            Comparison.NONE_AT_ALL,
        ),
        Direction.LESS,
    ),
    **dict.fromkeys((Comparison.EQUAL, Comparison.WITHIN, Comparison.AROUND, Comparison.STEADY), Direction.WITHIN),
    Comparison.IN_WORDS: Direction.NONE,
}


def has_pace(i: IndicatorLike) -> bool:
    """Whether 完成 and 序时差 make sense: a quantity to be reached, that grows through the year."""
    return Comparison(i.comparison) in TO_REACH and accumulates(i.nature) and bool(i.target)


def has_share(i: IndicatorLike) -> bool:
    """Whether 完成 makes sense: what has a pace, and a stock (存量) to be reached."""
    return has_pace(i) or (Comparison(i.comparison) in TO_REACH and i.nature == Nature.STOCK and bool(i.target))


TO_REACH = (Comparison.AT_LEAST, Comparison.ABOVE, Comparison.EQUAL, Comparison.WITHIN, Comparison.AROUND)


def difference(i: IndicatorLike, figures: Figures) -> tuple[Decimal | None, str]:
    """The difference to last year and its unit: in 个百分点 for rates and shares, in places for ranks, in the own measure
    for events, in % for other quantities (in the own measure where there was none last year).
    """
    total, last = figures.total, figures.last_year
    if total is None or last is None:
        return None, ""
    if i.nature in PERCENTAGES:
        return total - last, "个百分点"
    if i.nature == Nature.RANK:
        return total - last, "位"
    if i.nature in (Nature.EVENT, Nature.TREND) or last <= 0:
        return total - last, i.measure or ""
    return ((total - last) * HUNDRED / last).quantize(TENTH, ROUND_HALF_UP), "%"


def judge(i: IndicatorLike, figures: Figures, moment: Moment, rules: Rules = Rules()) -> Judgement:
    """The verdict on an indicator's figure at a moment."""
    change, unit = difference(i, figures)
    way, total = direction(i), figures.total
    if i.nature == Nature.WORDS or way == Direction.NONE:
        words = "用文字说明" if i.nature == Nature.WORDS else "没有目标，只作对照"
        return Judgement(Verdict.WORDS, Direction.NONE, words, change=change, change_unit=unit)
    if total is None:
        return Judgement(Verdict.UNKNOWN, way, "累计没有填")
    goal = _goal(i, figures, rules)
    if isinstance(goal, str):
        return Judgement(Verdict.UNKNOWN, way, goal, change=change, change_unit=unit)
    done = share(total, i.target) if has_share(i) else None
    gap = done - moment.gone.quantize(TENTH, ROUND_HALF_UP) if done is not None and has_pace(i) else None
    verdict, why = _verdict(i, figures, goal, moment, rules)
    return Judgement(verdict, way, why, done, gap, goal.bar, goal.short(total), change, unit)


@dataclass(frozen=True)
class Goal:
    """What a figure has to meet: a span with its ends, each counted in or not (`open_low`, `open_high`); None for an end
    that does not matter.
    """

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    @property
    def bar(self) -> Decimal | None:
        """The end that people name."""
        return self.high if self.low is None else self.low

    def met(self, total: Decimal) -> bool:
        """Whether a figure lies within."""
        return not self.under(total) and not self.over(total)

    def under(self, total: Decimal) -> bool:
        """Whether a figure is too small."""
        return self.low is not None and (total <= self.low if self.open_low else total < self.low)

    def over(self, total: Decimal) -> bool:
        """Whether a figure is too large."""
        return self.high is not None and (total >= self.high if self.open_high else total > self.high)

    def short(self, total: Decimal) -> Decimal | None:
        """How much is missing to the goal; negative where the figure is better than it."""
        if self.low is not None and (self.high is None or not self.over(total)):
            return self.low - total
        return total - self.high if self.high is not None else None


def _goal(i: IndicatorLike, figures: Figures, rules: Rules) -> Goal | str:
    """What the figure has to meet; a sentence where that is not known."""
    comparison, target, last = Comparison(i.comparison), i.target, figures.last_year
    if comparison == Comparison.NONE_AT_ALL:
        return Goal(None, Decimal(0))
    if comparison in (Comparison.FALLING, Comparison.CURBED):
        return _not_more_than_last_year(comparison, figures)
    if comparison == Comparison.STEADY:
        if last is None:
            return "上年同期没有填，不知道是不是持平"
        room = i.tolerance if i.tolerance is not None else abs(last) * rules.steady / HUNDRED
        return Goal(last - room, last + room)
    if comparison == Comparison.ABOVE_OTHER and i.than:
        if figures.other is None:
            return f"参照的“{figures.other_name or i.than}”还没有数"
        return Goal(figures.other, None, open_low=True)
    if target is None:
        return "方案里没有目标值"
    if comparison == Comparison.WITHIN:
        return Goal(target, i.upper)
    if comparison == Comparison.AROUND:
        room = i.tolerance if i.tolerance is not None else abs(target) * rules.around / HUNDRED
        return Goal(target - room, target + room)
    if comparison == Comparison.EQUAL:
        return Goal(target, target)
    if comparison in (Comparison.AT_MOST, Comparison.BELOW, Comparison.TOP):
        return Goal(None, target, open_high=comparison == Comparison.BELOW)
    return Goal(target, None, open_low=comparison in (Comparison.ABOVE, Comparison.ABOVE_OTHER))


def _not_more_than_last_year(comparison: Comparison, figures: Figures) -> Goal | str:
    """下降 and 遏制 compare with last year's same time; none at all is always good enough."""
    if not figures.total:
        return Goal(None, Decimal(0))
    if figures.last_year is None:
        return "上年同期没有填，不知道是升是降"
    return Goal(None, figures.last_year, open_high=comparison == Comparison.FALLING)


def _verdict(i: IndicatorLike, figures: Figures, goal: Goal, moment: Moment, rules: Rules) -> tuple[Verdict, str]:
    """The verdict on a figure with a known goal, and why."""
    total = figures.total or Decimal(0)
    if Comparison(i.comparison) == Comparison.NONE_AT_ALL and total > 0:
        return Verdict.OCCURRED, f"已发生{plain_figure(total)}{i.measure or ''}，不能挽回"
    why = _compared(i, goal, total, figures.other_name if figures.other is not None else "")
    if goal.met(total):
        return (Verdict.REACHED, why) if _is_final(i, goal, moment) else _course(i, goal, total, moment)
    if moment.over or (accumulates(i.nature) and goal.over(total) and not _moves(i)):
        return Verdict.FAILED, why
    if has_pace(i):
        return _pace(i, total, moment, rules)
    if i.nature == Nature.STOCK and goal.under(total) and figures.last_year is not None and total > figures.last_year:
        return Verdict.ON_COURSE, f"{why}，比上年同期多"
    return Verdict.BEHIND, why


def _moves(i: IndicatorLike) -> bool:
    """Whether the bar moves with the year (last year's same time), so that what is missed now can be met later."""
    return Comparison(i.comparison) in (Comparison.FALLING, Comparison.CURBED, Comparison.STEADY)


def _is_final(i: IndicatorLike, goal: Goal, moment: Moment) -> bool:
    """Whether what is met now stays met: always at the year's end; before it, not what may still grow too large."""
    return moment.over or not (accumulates(i.nature) and goal.high is not None)


def _course(i: IndicatorLike, goal: Goal, total: Decimal, moment: Moment) -> tuple[Verdict, str]:
    """The verdict on what must not grow too large by the year's end: behind when it is used up faster than the year."""
    if _moves(i) or not goal.high or goal.low is not None or total <= goal.high * moment.gone / HUNDRED:
        return Verdict.ON_COURSE, _compared(i, goal, total)
    used = share(total, goal.high)
    return Verdict.BEHIND, f"全年的限数已用掉{used}%，快于序时{moment.gone.quantize(TENTH, ROUND_HALF_UP)}%"


def _pace(i: IndicatorLike, total: Decimal, moment: Moment, rules: Rules) -> tuple[Verdict, str]:
    """The verdict on a quantity that grows through the year, before its end: by the share of the year gone."""
    done, gone = share(total, i.target) or Decimal(0), moment.gone.quantize(TENTH, ROUND_HALF_UP)
    gap = done - gone
    beside = f"比序时{gone}%{'快' if gap > 0 else '慢'}{abs(gap)}个百分点" if gap else f"与序时{gone}%一样"
    return (Verdict.BEHIND if gap < -rules.slow else Verdict.ON_COURSE), f"完成{done}%，{beside}"


def _compared(i: IndicatorLike, goal: Goal, total: Decimal, other: str = "") -> str:
    """How far the figure is from its goal, in words."""
    if Comparison(i.comparison) == Comparison.NONE_AT_ALL or (goal.high == 0 and not total):
        return "没有发生"
    unit = "个百分点" if i.nature in PERCENTAGES else "位" if i.nature == Nature.RANK else i.measure or ""
    less, more = (
        ("低", "高") if i.nature in PERCENTAGES else ("靠前", "靠后") if i.nature == Nature.RANK else ("少", "多")
    )
    if goal.low is not None and goal.high is not None and goal.low != goal.high:
        span = f"{plain_figure(goal.low)}到{plain_figure(goal.high)}之间"
        away = goal.low - total if goal.under(total) else total - goal.high
        return (
            f"在{span}"
            if goal.met(total)
            else f"不在{span}，{less if goal.under(total) else more}{plain_figure(away)}{unit}"
        )
    base = f"“{other}”" if other else BARS.get(Comparison(i.comparison), "目标")
    away = total - (goal.bar or Decimal(0))
    if not away:
        return f"与{base}一样" + ("" if goal.met(total) else "，还不够")
    return f"比{base}{more if away > 0 else less}{plain_figure(abs(away))}{unit}"


BARS: Mapping[Comparison, str] = dict.fromkeys((Comparison.FALLING, Comparison.CURBED, Comparison.STEADY), "上年同期")
