"""The content of a bulletin's first page, without any format: what its tables, bars and sentences hold."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from models.county.rollup import Trend
from models.plan.entries import Indicator


@dataclass(frozen=True)
class MatrixRow:
    """The marks of a unit, one for each column ('' where it has no row), and its mean completion in percent; `note`
    where it has not reported; `worst` by column the words on what the mark rests on.
    """

    unit: str
    marks: tuple[str, ...]
    percent: Decimal | None
    note: str = ""
    worst: tuple[str, ...] = ()


@dataclass(frozen=True)
class CompletionBar:
    """Completion of an action or task in percent, in this period and the last; `change` in points over the units that
    reported both, 序时 of its tasks, and the number of late lines; `slowest` where it is one of the slowest.
    """

    name: str
    percent: Decimal | None
    before: Decimal | None = None
    change: Decimal | None = None
    expected: Decimal | None = None
    late: int = 0
    slowest: bool = False


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator in words: what it should be, what it is, what is made of it (`sign` is the mark of the verdict)."""

    name: str
    target: str
    total: str
    last_year: str
    change: str
    verdict: str
    sign: str
    bad: bool
    goal: str = ""  # what the figure is measured against; "" where there is nothing
    share: Decimal | None = None  # of the figure in that, in percent; None where it makes no sense
    less: bool = False  # less is better


@dataclass(frozen=True)
class RankLine:
    """A unit's place; `moved` is how many places it went up, None where it cannot be compared."""

    place: int
    unit: str
    tasks: int
    moved: int | None
    percent: Decimal


@dataclass(frozen=True)
class RankTable:
    """The ranking of one kind of units, best first."""

    title: str
    lines: tuple[RankLine, ...]


class CellLevel(StrEnum):
    """How a unit is getting on in an action, in three levels; EMPTY without lines, ABSENT without a report."""

    LATE = "late"
    SLOW = "slow"
    FINE = "fine"
    EMPTY = "empty"
    ABSENT = "absent"


@dataclass(frozen=True)
class MatrixCell:
    """A unit's lines in an action: their level, and the number of late and slow ones."""

    level: CellLevel
    count: int


@dataclass(frozen=True)
class MatrixColumn:
    """A unit, and a cell per action; no cells where it has not reported. `doubt` is the word under its column."""

    unit: str
    cells: tuple[MatrixCell, ...]
    doubt: str = ""
    slowest: bool = False


@dataclass(frozen=True)
class Matrix:
    """Units × actions (`word`): the groups of units with a title each, the names of the rows, the legend by level."""

    word: str
    groups: tuple[tuple[str, tuple[MatrixColumn, ...]], ...]
    rows: tuple[str, ...]
    legend: tuple[tuple[CellLevel, str], ...]
    note: str


@dataclass(frozen=True)
class ObstacleLine:
    """An obstacle to be decided."""

    unit: str
    text: str
    days: int
    wanted: str
    asked: str


@dataclass(frozen=True)
class Bulletin:
    """The content of the first page, and the indicators for the charts of the second."""

    title: str
    office: str
    plan: str
    printed: str
    sample: bool
    sentences: tuple[tuple[str, str], ...]
    indicators: tuple[IndicatorLine, ...]
    indicators_note: str
    bars_title: str
    bars: tuple[CompletionBar, ...]
    bars_note: str
    late_word: str
    last: str
    expected: Decimal
    ranking: tuple[RankTable, ...]
    ranking_note: str
    matrix: Matrix
    obstacles: tuple[ObstacleLine, ...]
    obstacles_note: str
    basis: str
    charts: tuple[IndicatorLine, ...]
    trends: tuple[tuple[Indicator, Trend], ...]
