"""Functions shared by several forms for derived fields (算出): attributes of a plan entry, and shares in percent."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from forms.field import Context, Derive, Row
from forms.kind import Value


def share(part: Value, whole: Value, places: int = 1) -> Decimal | None:
    """Part ÷ total in percent, half rounded up; None where either is missing or the total is not above zero."""
    if part is None or whole is None or whole <= 0:
        return None
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def of_plan(of: str, key: str, attribute: str) -> Derive:
    """A derive function: the attribute of the plan entry of list `of` that the row's `key` names."""

    def look_up(row: Row, ctx: Context) -> Value:
        entry = ctx.plan.find(of, row.get(key) or "")
        return getattr(entry, attribute) if entry else None

    return look_up


@dataclass(frozen=True)
class Ratio:
    """A derive function that names its two fields, so that a workbook can hold it as a formula."""

    part: str
    whole: str
    places: int = 1

    def __call__(self, row: Row, _ctx: Context) -> Value:
        return share(row.get(self.part), row.get(self.whole), self.places)


def ratio(part: str, whole: str, places: int = 1) -> Ratio:
    """A derive function: field `part` in percent of field `whole`."""
    return Ratio(part, whole, places)


def worked_out(_row: Row, _ctx: Context) -> Value:
    """Marks a field of a painted sheet as derived: always None, for its rows already hold the value."""
    return None
