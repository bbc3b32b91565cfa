"""Every indicator of the plan over all units: one row made of what they reported, with its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from forms.field import Context, Meaning, Row
from forms.indicators import INDICATORS, judgement
from forms.kind import Value
from forms.verdict import Judgement, Verdict
from models.county.aggregation import INDICATOR, TOTAL, CountedRow
from models.county.consolidation import Consolidation
from models.county.rollup import aggregated
from models.plan.entries import Indicator

LAST_YEAR = INDICATORS.means(Meaning.LAST_YEAR)


@dataclass(frozen=True)
class JudgedIndicator:
    """An indicator, its row over all units (empty figures where nobody reported it), what is made of it, and the figure
    of the statistics office where there is one.
    """

    indicator: Indicator
    row: Row
    judgement: Judgement
    official: Decimal | None = None

    @property
    def verdict(self) -> Verdict:
        """What is made of its figure."""
        return self.judgement.verdict

    @property
    def total(self) -> Value:
        """The figure since the beginning of the year; None where nobody reported it."""
        return self.row.get(TOTAL)

    @property
    def last_year(self) -> Value:
        """Last year's figure at the same time; None where nobody reported it."""
        return self.row.get(LAST_YEAR)


def judged_indicators(whole: Consolidation) -> list[JudgedIndicator]:
    """The indicators of the actions of a consolidation, in the plan's order, also those that nobody has reported yet."""
    wanted, entries = {a.id for a in whole.actions}, _by_indicator(whole)
    return [_judged(whole, i, entries.get(i.id, [])) for i in whole.space.plan.indicators if i.action in wanted]


def _by_indicator(whole: Consolidation) -> Mapping[str, list[CountedRow]]:
    found: dict[str, list[CountedRow]] = {}
    for e in whole.of(INDICATORS):
        found.setdefault(e.row[INDICATOR], []).append(e)
    return found


def _judged(whole: Consolidation, indicator: Indicator, entries: list[CountedRow]) -> JudgedIndicator:
    plan = whole.space.plan
    row = aggregated(whole, entries) if entries else {INDICATOR: indicator.id}
    made = judgement(row, Context(plan, "", whole.period, figures=whole.known_figures))
    assert made is not None  # the plan has the indicator
    return JudgedIndicator(indicator, row, made)
