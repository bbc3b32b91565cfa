"""What scores are worked out from, and the lines that explain points."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from models.county.consolidation import Consolidation
from models.county.unit_states import UnitState
from models.plan.entries import Score, Unit

NOTHING_CAME = "本期未报，没有可以计分的内容"


@dataclass(frozen=True)
class ScoreInputs:
    """What the scores of a period are worked out from. `today` decides whether a report that is due counts as not
    reported.
    """

    whole: Consolidation
    today: date

    @cached_property
    def states(self) -> dict[str, UnitState]:
        """By unit code the state of its report."""
        return {s.unit.code: s for s in self.whole.states}

    def has_reported(self, unit: Unit) -> bool:
        """Whether there are lines of the unit that count."""
        return unit.code in self.whole.contexts


@dataclass(frozen=True)
class Why:
    """One line that explains points: the text, and its place (form, record, field; '' where it is no cell)."""

    text: str
    form: str = ""
    record: str = ""
    field: str = ""


Worked = tuple[Decimal, list[Why]]
Basis = Callable[[ScoreInputs, Score, Unit], Worked]


def points_text(points: Decimal | None) -> str:
    """Points as people read them; 未计 for None."""
    return "未计" if points is None else f"{points.normalize():f}"


def when_reported(function: Basis) -> Basis:
    """A basis that gives no points to a unit that has not reported."""

    def worked(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
        return function(scoring, score, unit) if scoring.has_reported(unit) else (Decimal(0), [Why(NOTHING_CAME)])

    return worked


def tenth(value: Decimal) -> Decimal:
    """A percentage as sentences give it, with one decimal."""
    return value.quantize(Decimal("0.1"))


def listed(names: Collection[str], most: int = 3) -> str:
    """The first names, and 等 where there are more."""
    shown = "、".join(list(names)[:most])
    return shown + ("等" if len(names) > most else "")
