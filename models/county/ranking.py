"""排名: the units of each kind by the mean completion of their tasks, with the change since the last period."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.field import Row
from forms.parameters import RANKING_LEAST, WEIGHT_LEAD, WEIGHT_SUPPORT
from forms.states import Mark, Part
from forms.tasks import TASKS
from models.county.aggregation import TENTH
from models.county.consolidation import DONE, Consolidation
from models.county.rollup import TASK
from models.plan.entries import Unit


@dataclass(frozen=True)
class RankedUnit:
    """A unit's place among its kind: `percent` is the weighted mean completion of its tasks in percent, `tasks` how many
    it reported, `late` how many of them are late; `moved` how many places it went up (down: negative) since the last
    period, None where it cannot be compared.
    """

    unit: Unit
    place: int
    percent: Decimal
    tasks: int
    late: int
    moved: int | None = None


@dataclass(frozen=True)
class KindRanking:
    """The units of one kind, the best first; `few` are those with too few tasks to be ranked."""

    kind: str
    ranked: tuple[RankedUnit, ...]
    few: tuple[Unit, ...] = ()


def ranking(whole: Consolidation) -> list[KindRanking]:
    """The rankings of all kinds of units that have reported, in the plan's order of kinds. Units with equal means share a
    place. The change of place is that among the units that are ranked in both periods.
    """
    now = weighted_means(whole)
    before = weighted_means(whole.before) if whole.before else {}
    kinds = dict.fromkeys(u.kind for u in whole.units)
    return [_of_kind(whole, kind, now, before) for kind in kinds]


def weighted_means(whole: Consolidation) -> dict[str, Decimal]:
    """By unit code the mean completion of the unit's task lines in percent, to a tenth, as the plan weighs lead and
    support; units without any figure are not in it.
    """
    found = {u.code: weighted_mean(whole, u) for u in whole.units}
    return {code: mean for code, mean in found.items() if mean is not None}


def weighted_mean(whole: Consolidation, unit: Unit) -> Decimal | None:
    """The mean completion of a unit's task lines; None without figures."""
    weights = _weights(whole, unit)
    pairs = [(r[DONE], weights.get(r[TASK], weights[None])) for r in given(whole, unit)]
    over = sum((w for _, w in pairs), Decimal(0))
    return (sum(v * w for v, w in pairs) / over).quantize(TENTH, ROUND_HALF_UP) if over else None


def _weights(whole: Consolidation, unit: Unit) -> dict[str | None, Decimal]:
    """By task the weight of the unit's lines; under None that of a line of no task of the unit."""
    plan = whole.space.plan
    lead, support = Decimal(plan.parameter(WEIGHT_LEAD)), Decimal(plan.parameter(WEIGHT_SUPPORT))
    return {None: support, **{t.id: lead if part == Part.LEAD else support for t, part in plan.tasks_of(unit.code)}}


def given(whole: Consolidation, unit: Unit) -> list[Row]:
    """The unit's task lines with a figure of completion."""
    return [r for r in whole.of_unit(TASKS, unit) if r[DONE] is not None and not whole.confirmations.is_ended(r)]


def _of_kind(whole: Consolidation, kind: str, now: dict[str, Decimal], before: dict[str, Decimal]) -> KindRanking:
    units = [u for u in whole.units if u.kind == kind and u.code in now]
    least = whole.space.plan.parameter(RANKING_LEAST)
    ranked = [u for u in units if len(given(whole, u)) >= least]
    both = [u.code for u in ranked if u.code in before and len(given(whole.before or whole, u)) >= least]
    places = _places(now, [u.code for u in ranked])
    then, since = _places(before, both), _places(now, both)
    found = [
        RankedUnit(
            u,
            places[u.code],
            now[u.code],
            len(given(whole, u)),
            sum(whole.confirmations.mark(r) == Mark.LATE for r in whole.of_unit(TASKS, u)),
            then[u.code] - since[u.code] if u.code in then else None,
        )
        for u in ranked
    ]
    order = sorted(found, key=lambda r: (r.place, r.unit.order))
    return KindRanking(kind, tuple(order), tuple(u for u in units if u not in ranked))


def _places(means: dict[str, Decimal], codes: Iterable[str]) -> dict[str, int]:
    mine = {code: means[code] for code in codes}
    return {code: 1 + sum(other > mean for other in mine.values()) for code, mean in mine.items()}
