"""全年得分: the scores month by month, the year's total made of them as the plan says, and how places moved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from forms.kind import Value
from forms.parameters import SCORE_YEAR
from forms.states import ReportState
from models.county.asked_periods import is_asked
from models.county.consolidation import Consolidation
from models.county.scoring import CENT, Scoring, UnitScore, place
from models.plan.entries import Period, Unit
from models.workspace import Workspace

NO_PERIOD = "没有计分的调度期"


@dataclass(frozen=True)
class YearScore:
    """A unit's points of the year up to a period: by item and in total, from how many periods (`counted` of `asked`), its
    place among its kind; 0 where it has none, and `unranked` says why.
    """

    unit: Unit
    items: Mapping[str, Decimal]
    counted: int
    asked: int
    rank: int = 0
    unranked: str = ""

    @property
    def total(self) -> Decimal:
        """All points."""
        return sum(self.items.values(), Decimal(0))


@dataclass
class YearScoring:
    """The scores of a plan year up to a period, over the periods of its kind that were asked for. What was worked out
    for one period is kept: `scoring` gives it.
    """

    space: Workspace
    period: Period
    today: date
    only: frozenset[str] = frozenset()
    known: dict[str, Scoring] = field(default_factory=dict)
    _asked: list[Period] | None = None

    @property
    def periods(self) -> list[Period]:
        """The period and the earlier ones of its kind that were asked for, in order."""
        if self._asked is None:
            now = self.period
            same = [p for p in self.space.plan.periods if p.kind == now.kind and p.end <= now.end]
            asked = [p for p in same if p.scored and (p.id == now.id or is_asked(self.space, p))]
            self._asked = sorted(asked, key=lambda p: p.end)
        return self._asked

    def scoring(self, period: Period) -> Scoring:
        """The scores of one period."""
        if period.id not in self.known:
            self.known[period.id] = Scoring(Consolidation(self.space, period, self.only), self.today)
        return self.known[period.id]

    def work(self) -> Iterator[Period]:
        """Works the periods out, the newest first, for work in slices; gives the period at work after each unit."""
        for period in reversed(self.periods):
            scoring = self.scoring(period)
            if not scoring.is_fixed:
                for _code in scoring.whole.work_out():
                    yield period
            _ = scoring.results
            yield period

    def month(self, period: Period, unit: str) -> UnitScore | None:
        """A unit's scores of a period; None where it was not among the units then."""
        return self.scoring(period).by_unit.get(unit)

    def ranks(self, unit: str) -> list[tuple[Period, int]]:
        """The unit's place among its kind in each period; 0 where it had none."""
        found = [(p, self.month(p, unit)) for p in self.periods]
        return [(p, m.rank if m else 0) for p, m in found]

    @property
    def period_before(self) -> Period | None:
        """The last of the earlier periods that were asked for, with which this one is compared."""
        earlier = [p for p in self.periods if p.id != self.period.id]
        return earlier[-1] if earlier else None

    def change(self, unit: str) -> int | None:
        """By how many places the unit rose (negative: fell) since `period_before`; None where it had no place in one."""
        before = self.period_before
        then, now = self.month(before, unit) if before else None, self.month(self.period, unit)
        return then.rank - now.rank if then and now and then.rank and now.rank else None

    def item_change(self, unit: str, item: str) -> Decimal | None:
        """By how many points an item rose since `period_before`; None where it had none in one."""
        before = self.period_before
        then, now = self.month(before, unit) if before else None, self.month(self.period, unit)
        points = [next((i.points for i in m.items if i.score.id == item), None) for m in (then, now) if m]
        if len(points) < 2 or points[0] is None or points[1] is None:
            return None
        return points[1] - points[0]

    ## the year

    def totals(self, until: Period | None = None) -> list[YearScore]:
        """Every unit's year up to a period (this one): kind by kind, the best first, those without a place last."""
        end = (until or self.period).end
        periods = [p for p in self.periods if p.end <= end]
        return ranked([self._year(u, periods) for u in self.scoring(self.period).whole.units])

    def year_change(self) -> dict[str, int | None]:
        """By unit code how many places it rose in the year's ranking since `period_before`; None for no place."""
        before = self.period_before
        then = {y.unit.code: y.rank for y in self.totals(before)} if before else {}
        now = {y.unit.code: y.rank for y in self.totals()}
        return {u: then[u] - r if r and then.get(u) else None for u, r in now.items()}

    def _year(self, unit: Unit, periods: Sequence[Period]) -> YearScore:
        months = [m for p in periods if (m := self.month(p, unit.code)) and self._counts(m, p)]
        asked = len(periods)
        if not months:
            return YearScore(unit, {}, 0, asked, unranked=NO_PERIOD)
        over = Decimal(len(months) if self.space.plan.parameter(SCORE_YEAR) == "mean" else asked)
        items: dict[str, Decimal] = {}
        for month in months:
            for i in month.items:
                items[i.score.id] = items.get(i.score.id, Decimal(0)) + (i.points or Decimal(0))
        made = {id: (points / over).quantize(CENT, ROUND_HALF_UP) for id, points in items.items()}
        return YearScore(unit, made, len(months), asked)

    def _counts(self, month: UnitScore, period: Period) -> bool:
        """Whether a period counts for a unit: not while there is time to report it, nor where it is not scored."""
        state = self.scoring(period).states.get(month.unit.code)
        waiting = state is not None and state.state == ReportState.MISSING and period.due >= self.today
        return not waiting and any(i.points is not None for i in month.items)

    def rows(self) -> dict[str, dict[str, Value]]:
        """By unit code the year's columns of the ranking on paper."""
        return {
            y.unit.code: {
                "year_total": None if y.unranked else y.total, "year_rank": y.rank or None,
                "year_counted": Decimal(y.counted),
            }
            for y in self.totals()
        }  # fmt: skip


def ranked(found: Sequence[YearScore]) -> list[YearScore]:
    """The years with their places among their kind, kind by kind, the best first, those without a place last."""
    by_kind: dict[str, list[Decimal]] = {}
    for y in found:
        by_kind.setdefault(y.unit.kind, []).extend([] if y.unranked else [y.total])
    placed = [y if y.unranked else replace(y, rank=place(y.total, by_kind[y.unit.kind])) for y in found]
    order = {kind: n for n, kind in enumerate(by_kind)}
    return sorted(placed, key=lambda y: (order[y.unit.kind], bool(y.unranked), y.rank, y.unit.order))
