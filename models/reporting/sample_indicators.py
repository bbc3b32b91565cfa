"""示例数据 of the indicators: figures that move over the year, around their targets, some of them missed."""

from decimal import ROUND_FLOOR, Decimal
from random import Random
from typing import Any

from forms.comparison import PERCENTAGES, Comparison, Nature
from forms.field import Row
from forms.kind import Value
from forms.verdict import Direction, accumulates, direction, has_pace
from models.reporting.sample_values import Dice

CENT, HUNDRED = Decimal("0.01"), Decimal(100)
COUNTED = ("家", "件", "项", "户", "起", "人", "天", "个", "次", "位", "所", "处")  # measures without decimals
GOOD, NEAR, BAD = "good", "near", "bad"
MOVING = (Comparison.FALLING, Comparison.CURBED)
NOTES = {
    GOOD: "示例：有序推进，按季调度。",
    NEAR: "示例：略低于预期，已逐项排出补欠措施。",
    BAD: "示例：差距较大，已提请专班调度，下月起按旬通报。",
}


def indicator(row: Row, dice: Dice) -> dict[str, Value]:
    """An indicator's figures in this period."""
    i, fixed = dice.ctx.plan.find("indicators", row["indicator"]), dice.of_line("indicators", row["line"])
    fate = fixed.choices([GOOD, NEAR, BAD], [68, 20, 12])[0]
    note: dict[str, Value] = {"note": NOTES[fate]}
    if i.qualitative:
        return note
    total, last = _figures(i, fate, fixed, dice, dice.gone)
    before, _ = _figures(i, fate, fixed, dice, dice.gone_before)
    now = max(total - before, Decimal(0)) if accumulates(i.nature) else total
    forecast = {"forecast": i.target} if i.target is not None else {}
    return {"now": now, "total": total, "last_year": last, **forecast, **note}


def _figures(i: Any, fate: str, fixed: Random, dice: Dice, gone: float) -> tuple[Decimal, Decimal]:
    """The figure and last year's at a moment of the year, in the decimals of the measure."""
    step = Decimal(1) if i.measure in COUNTED or i.nature in (Nature.RANK, Nature.EVENT, Nature.COUNT) else CENT
    chance = Random(f"{dice.seed}/{i.id}")  # the same at every moment
    target = float(i.target) if i.target is not None else float(chance.randint(5, 40))
    make = _curbed if i.comparison in MOVING else _of_percent if i.nature in PERCENTAGES else _of_amount
    total, last = make(i, fate, target, chance, gone)
    return _rounded(total, step), _rounded(last, step)


def _rounded(value: float, step: Decimal) -> Decimal:
    return Decimal(repr(round(value, 6))).quantize(step, ROUND_FLOOR)


def _curbed(_i: Any, fate: str, target: float, chance: Random, gone: float) -> tuple[float, float]:
    """What should be less than last year."""
    last = max(target, 6.0) * chance.uniform(1.5, 2.5) * gone
    return last * {GOOD: 0.8, NEAR: 0.97, BAD: 1.2}[fate], last


def _of_percent(i: Any, fate: str, target: float, chance: Random, gone: float) -> tuple[float, float]:
    """A rate or share: it moves around its target by a tenth of it."""
    room = max(abs(target), 3.0) / 10
    away = {GOOD: 0.5, NEAR: -0.4, BAD: -2.0}[fate] + 0.4 * _wave(chance, gone)
    if direction(i) == Direction.LESS:
        away = -away
    elif direction(i) == Direction.WITHIN:
        away = away / 2 if fate != BAD else away
    top = 100.0 if i.nature == Nature.SHARE else 10.0**6
    middle = (target + float(i.upper)) / 2 if i.upper is not None else target
    return min(middle + away * room, top), min(middle - room * chance.uniform(0.2, 0.9), top)


def _wave(chance: Random, gone: float) -> float:
    """A movement through the year between -1 and 1, of straight lines."""
    turn = chance.uniform(0, 1)
    return 4 * abs((2 * gone + turn) % 1 - 0.5) - 1


def _of_amount(i: Any, fate: str, target: float, chance: Random, gone: float) -> tuple[float, float]:
    """A quantity, a count, a stock, a rank, a number of events."""
    comparison = Comparison(i.comparison)
    if i.nature == Nature.RANK or comparison == Comparison.TOP:
        return _place(fate, target, chance, gone)
    if comparison == Comparison.NONE_AT_ALL:
        return (1.0 if fate == BAD and gone > 0.6 else 0.0), 0.0
    grown = target * (gone if accumulates(i.nature) else 0.9 + 0.1 * gone)
    if direction(i) == Direction.LESS:
        return grown * {GOOD: 0.8, NEAR: 0.95, BAD: 1.15}[fate], grown * chance.uniform(0.9, 1.1)
    if direction(i) == Direction.WITHIN and not has_pace(i):
        return grown * {GOOD: 1.0, NEAR: 1.005, BAD: 1.08}[fate], grown
    return grown * {GOOD: 1.04, NEAR: 0.94, BAD: 0.75}[fate], grown * chance.uniform(0.85, 0.98)


def _place(fate: str, target: float, chance: Random, gone: float) -> tuple[float, float]:
    """A rank: within the first ones, or behind them."""
    behind = {GOOD: 0, NEAR: 1, BAD: 4}[fate]
    place = max(1.0, target - (0 if behind else chance.randint(0, 1)) + behind + round(_wave(chance, gone)))
    return (min(place, target) if fate == GOOD else place), target + chance.randint(0, 3)
