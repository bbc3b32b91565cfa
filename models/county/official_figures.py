"""官方数: figures of the statistics office, kept beside those that units report and never in their place. The plan's
`official.counts` says which of the two is judged.
"""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from forms.comparison import PERCENTAGES
from forms.field import Row
from forms.kind import Unreadable, Value
from forms.parameters import OFFICIAL_COUNTS
from forms.records import OFFICIAL_FIGURES
from models.errors import UserError
from models.plan.entries import Indicator, Period
from models.plan.plan import Plan
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = OFFICIAL_FIGURES.name
TYPED = ("value", "source", "published")


def official_figures(space: Workspace, period: Period) -> dict[str, Row]:
    """By indicator the record of its official figure in a period: value, source, published (the day), by."""
    return {str(r["line"]): r for r in space.store.rows(NAME, "", period.id)}


def official_counts(plan: Plan) -> bool:
    """Whether the plan lets official figures be judged instead of those that units report."""
    return bool(plan.parameter(OFFICIAL_COUNTS) == "official")


def counted_figures(plan: Plan, official: Mapping[str, Row]) -> dict[str, Decimal]:
    """By indicator the official figure that is judged in place of the reported one; empty where the plan says so."""
    return {i: r["value"] for i, r in official.items()} if official_counts(plan) else {}


def differ(indicator: Indicator, one: Decimal, other: Decimal) -> bool:
    """Whether two figures of an indicator differ after rounding to the coarser of them. Rates and shares have at least
    one decimal place: 7 % stands for 7.0 %.
    """
    places = max(min(_places(one), _places(other)), 1 if indicator.nature in PERCENTAGES else 0)
    step = Decimal(1).scaleb(-places)
    return one.quantize(step, ROUND_HALF_UP) != other.quantize(step, ROUND_HALF_UP)


def _places(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def set_official(space: Workspace, period: Period, indicator: Indicator, typed: Mapping[str, str]) -> list[Change]:
    """The change that writes an official figure, for the first time or again; `typed` has value, source and published as
    people write them. Raises UserError.
    """
    _may_write(space, period)
    values = {name: _parsed(space, indicator, name, typed.get(name, "")) for name in TYPED}
    after = {**values, "by": space.person or None}
    id = record_id(NAME, "", period.id, indicator.id)
    now = space.store.row(NAME, id)
    if now is None:
        keys = {"id": id, "unit": "", "period": period.id, "line": indicator.id, "position": 0}
        return [Change(NAME, id, None, {**keys, "indicator": indicator.id, **after})]
    changed = {n: v for n, v in after.items() if now[n] != v}
    return [Change(NAME, id, {n: now[n] for n in changed}, changed)] if changed else []


def remove_official(space: Workspace, period: Period, indicator: Indicator) -> list[Change]:
    """The change that takes an official figure away; none where there is none. Raises UserError."""
    _may_write(space, period)
    now = official_figures(space, period).get(indicator.id)
    return [Change(NAME, now["id"], now, None)] if now else []


def _may_write(space: Workspace, period: Period) -> None:
    if space.is_closed(period.id):
        raise UserError("official.closed-off", period=period.name)


def _parsed(space: Workspace, indicator: Indicator, name: str, typed: str) -> Value:
    field = OFFICIAL_FIGURES.field(name)
    try:
        value = field.parse(typed, space.plan.year)
    except Unreadable as why:
        raise UserError("official.unreadable", indicator=indicator.name, field=field.label, why=why) from None
    if value is None:
        raise UserError("official.empty", indicator=indicator.name, field=field.label)
    return value
