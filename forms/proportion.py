"""Figures out of proportion (数字是否合理): each amount of a row against its own past, last year, the plan's figure, the
other lines of the form, and what one sum of money can be at most. Driven by the declarations of the fields.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

from forms import parameters as p
from forms.field import Context, Field, Meaning, PlanLike, Row
from forms.kind import Value
from forms.problem import Check, CheckHit, CheckResult

WAN = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10000)}  # units of money in 万元
POINTS = ("%", "％", "‰", "百分点", "个百分点")  # units of rates and shares
FEW = 3  # other lines at least, to have a middle
CHECK_UNITS = "请核对数字和计量单位；确实如此的，说明原因"

JUMP = Check(
    "odd_jump",
    "C",
    f"“{{label}}”本期{{now}}，上期{{before}}，相差{{times}}，{CHECK_UNITS}",
    "同一行的数和上期比，一下子多出或少掉很多的，多半是多写少写了位数，或元和万元弄错了。",
    sides=("本期", "{now}", "≠", "上期", "{before}"),
)
CARRIED = Check(
    "odd_change",
    "C",
    "“{label}”由上期的{before}改成{now}，相差{times}，请核对；确有调整的，说明原因",
    "总投资、年度计划这类沿用上期的数，一般不变，改动大的要说明。",
    sides=("本期", "{now}", "≠", "上期", "{before}"),
)
FELL = Check(
    "odd_fall",
    "C",
    "“{label}”本期{now}，比上期{before}还少，请核对；上期多报的，说明原因",
    "从年初累加的数只增不减，减少了的要说明。",
    sides=("本期", "{now}", "＜", "上期", "{before}"),
)
LAST_YEAR = Check(
    "odd_last_year",
    "C",
    f"“{{label}}”{{now}}，上年同期{{before}}，相差{{times}}，{CHECK_UNITS}",
    "同一个指标今年和上年同期相差太多的，多半是两个数的单位不一样。",
    sides=("今年", "{now}", "≠", "上年同期", "{before}"),
)
TARGET = Check(
    "odd_target",
    "C",
    f"“{{label}}”{{now}}，方案的目标是{{before}}，相差{{times}}，{CHECK_UNITS}",
    "报的数和方案的目标不在一个数量级的，多半是单位不对，例如把亿元填成了万元、百分数填成了小数。",
    sides=("填的", "{now}", "≠", "目标", "{before}"),
)
LINES = Check(
    "odd_lines",
    "C",
    f"“{{label}}”{{now}}，本表其他行居中的是{{before}}，相差{{times}}，{CHECK_UNITS}",
    "一行比同一张表的其他行大出很多倍的，多半是这一行的单位不对。",
    sides=("这一行", "{now}", "≫", "其他行", "{before}"),
)
AMOUNT = Check(
    "odd_amount",
    "C",
    f"“{{label}}”{{now}}，比一笔一般最多的{{before}}还多，{CHECK_UNITS}",
    "一个单位的一个项目、一项政策不会有这么多钱，多半是把元填进了万元的栏。",
    sides=("填的", "{now}", "＞", "一笔最多", "{before}"),
)
PROPORTION = (JUMP, CARRIED, FELL, LAST_YEAR, TARGET, LINES, AMOUNT)


class Limits(NamedTuple):
    """What a plan finds out of proportion: factors, percentages, points, and amounts below which nothing is asked (money
    in 万元).
    """

    times: Decimal
    carried: Decimal
    lines: Decimal
    points: Decimal
    money: Decimal
    number: Decimal
    most: Decimal

    @classmethod
    def of(cls, plan: PlanLike) -> "Limits":
        """The limits of a plan."""
        asked = (p.ODD_TIMES, p.ODD_CARRIED, p.ODD_LINES, p.ODD_POINTS, p.ODD_MONEY, p.ODD_COUNT, p.ODD_MOST)
        return cls(*map(plan.parameter, asked))

    def floor(self, unit: str) -> Decimal:
        """The amount in a unit below which nothing is asked."""
        return self.money / WAN[unit] if unit in WAN else self.number


def amounts(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The fields whose figures are looked at: what a unit writes and is summed, or counted in a measure, without bounds of
    its own.
    """
    asked = (f for f in fields if f.editable and f.kind.numeric and (f.total or f.counted_in))
    return tuple(f for f in asked if getattr(f.kind, "high", None) is None)


class Pair(NamedTuple):
    """A figure of a field and the one that it is held against."""

    field: Field
    now: Decimal
    before: Decimal

    def far(self, limits: Limits) -> bool:
        """Whether the two are so far from each other that a unit must be wrong, or something happened."""
        if self.field.unit in POINTS:
            return abs(self.now - self.before) >= limits.points
        small, large = sorted((abs(self.now), abs(self.before)))
        return bool(small) and large >= limits.floor(self.field.unit) and large >= small * limits.times

    def changed(self, limits: Limits) -> bool:
        """Whether a figure that mostly stays was changed by a large part."""
        large = max(abs(self.now), abs(self.before)) >= limits.floor(self.field.unit)
        return (
            large
            and bool(self.now and self.before)
            and abs(self.now - self.before) * 100 > abs(self.before) * limits.carried
        )

    def off_target(self, limits: Limits) -> bool:
        """Whether a figure is far above its target, or so small that it looks like one in a larger unit."""
        if self.field.unit in POINTS:  # 0.92 for 92 %
            as_part = 0 < abs(self.now) <= 1 and abs(self.before) >= 20
            return as_part or self.now - self.before >= limits.points
        below = self.now and abs(self.now) * limits.times**3 <= abs(self.before)
        return self.far(limits) and bool(abs(self.now) > abs(self.before) or below)

    def result(self) -> CheckResult:
        """The result for the sentence: both figures with their unit, and how far they are from each other."""
        return CheckResult(self.field.name, {"now": self._shown(self.now), "before": self._shown(self.before),
                                             "times": self.distance})  # fmt: skip

    def _shown(self, value: Decimal) -> str:
        text = self.field.kind.show(value).removesuffix(".00") + self.field.unit
        return f"{text}（{value / 10000:,.2f}亿元）" if self.field.unit == "万元" and abs(value) >= 10000 else text

    @property
    def distance(self) -> str:
        """How far the figures are from each other: in times, in points for rates."""
        if self.field.unit in POINTS:
            return f"{abs(self.now - self.before):,.4f}".rstrip("0").rstrip(".") + "个百分点"
        small, large = sorted((abs(self.now), abs(self.before)))
        if large < small * 2:
            return f"{(large - small) * 100 / abs(self.before):.0f}%"
        return f"{large / small:,.0f}倍"


Hits = Iterator[CheckHit]


def of_row(fields: Sequence[Field], row: Row, before: Row | None, ctx: Context) -> Hits:
    """The first figure of a complete row that is out of proportion, if any: one question a row, for where one column has
    the wrong unit the others mostly have it, too. `fields` are those of `amounts`, `before` is last period's row.
    """
    filled = [f for f in fields if row.get(f.name) is not None]
    if not filled:
        return
    limits, last = Limits.of(ctx.plan), next((f.name for f in filled if f.meaning == Meaning.LAST_YEAR), "")
    for plain in filled:
        f = plain.of(row)
        for hit in chain(_against_before(f, row, before or {}, ctx, limits), _size(f, row, row.get(last), ctx, limits)):
            yield hit
            return


def _against_before(f: Field, row: Row, before: Row, ctx: Context, limits: Limits) -> Hits:
    """A figure against the same one of last period."""
    if (then := before.get(f.name)) is None:
        return
    pair = Pair(f, row[f.name], then)
    if f.carry and pair.changed(limits):
        yield CARRIED, pair.result()
    elif not f.carry and pair.far(limits):
        yield JUMP, pair.result()
    elif f.goal and f.goal(row, ctx) is not None and pair.now < pair.before:
        yield FELL, pair.result()


def _size(f: Field, row: Row, last_year: Value, ctx: Context, limits: Limits) -> Hits:
    """A figure against last year's, the plan's, and the most that one sum can be."""
    now = row[f.name]
    if f.meaning == Meaning.FIGURE and last_year is not None and (pair := Pair(f, now, last_year)).far(limits):
        yield LAST_YEAR, pair.result()
    target = f.benchmark(row, ctx) if f.benchmark else None
    if target and (pair := Pair(f, now, target)).off_target(limits):
        yield TARGET, pair.result()
    if f.total and f.unit in WAN and now * WAN[f.unit] > limits.most:
        yield AMOUNT, Pair(f, now, limits.most / WAN[f.unit]).result()


def among_lines(fields: Sequence[Field], rows: Sequence[Row], plan: PlanLike) -> Mapping[int, CheckResult]:
    """The summed figures that are far larger than those of the other lines: row number from 1 → the first one of the row."""
    odd, limits = dict[int, CheckResult](), Limits.of(plan)
    for f in fields:
        if (middle := _middle([v for r in rows if (v := r.get(f.name))], limits, f.unit)) is not None:
            least = max(middle * limits.lines, limits.floor(f.unit))
            large = ((n, v) for n, row in enumerate(rows, 1) if (v := row.get(f.name)) and v >= least)
            odd = {n: Pair(f, v, middle).result() for n, v in large} | odd
    return odd


def _middle(values: list[Decimal], limits: Limits, unit: str) -> Decimal | None:
    """The middle one of the others beside a large value; None where no value is so large that it matters."""
    if len(values) <= FEW or (most := max(values)) < limits.floor(unit):
        return None
    least, place = most / limits.lines, (len(values) - 2) // 2
    if sum(v <= least for v in values) <= place:  # so the middle is above it: ten thousand lines need no sorting
        return None
    middle = sorted(values)[place]
    return middle if middle > 0 else None
