"""考核排名 of one kind of unit: the rows of the page's table, of one period or of the year, with what they moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forms.parameters import SCORE_LOW
from forms.plan_tables import UNIT_KIND
from models.county.scoring import UnitScore
from models.county.scoring_year import YearScore, YearScoring
from models.plan.entries import Unit


@dataclass(frozen=True)
class RankRow:
    """A unit's row: its place (0 for none, `unranked` says why), by how many places it rose (None: not known), its
    numbers of tasks, the points by item (None: not counted), the items that were corrected and those far below the
    mean, the places month by month up to now, and the state of its sheet ("" in the year's ranking).
    """

    unit: Unit
    rank: int
    change: int | None
    unranked: str
    lead: int
    support: int
    total: Decimal
    items: Mapping[str, Decimal | None]
    corrected: frozenset[str] = frozenset()
    low: frozenset[str] = frozenset()
    places: tuple[int, ...] = ()
    state: str = ""


def kinds(year: YearScoring) -> list[tuple[str, str, int]]:
    """The kinds of the units: id, name and number of units, in the plan's order."""
    units = year.scoring(year.period).whole.units
    return [(k, UNIT_KIND.show(k), sum(u.kind == k for u in units)) for k in dict.fromkeys(u.kind for u in units)]


def month_rows(year: YearScoring, kind: str, history: bool = True) -> list[RankRow]:
    """The units of a kind in the period, the best first; without `history` nothing of the earlier periods."""
    scoring = year.scoring(year.period)
    rows = [_of_month(year, r, history) for r in scoring.of_kind(kind)]
    return _marked(year, rows)


def _of_month(year: YearScoring, r: UnitScore, history: bool) -> RankRow:
    code = r.unit.code
    return RankRow(
        r.unit,
        r.rank,
        year.change(code) if history else None,
        r.unranked,
        r.lead,
        r.support,
        r.total,
        {i.score.id: i.points for i in r.items},
        frozenset(i.score.id for i in r.items if i.correction),
        places=tuple(n for _, n in year.ranks(code)) if history else (),
        state=year.scoring(year.period).sheets.of(r.unit).word,
    )


def year_rows(year: YearScoring, kind: str) -> list[RankRow]:
    """The units of a kind over the year up to the period, the best first."""
    changes = year.year_change()
    rows = [_of_year(year, y, changes.get(y.unit.code)) for y in year.totals() if y.unit.kind == kind]
    return _marked(year, rows)


def _of_year(year: YearScoring, y: YearScore, change: int | None) -> RankRow:
    now = year.scoring(year.period).by_unit[y.unit.code]
    items = {s.id: y.items.get(s.id) for s in year.space.plan.scoring}
    places = tuple(n for _, n in year.ranks(y.unit.code))
    return RankRow(y.unit, y.rank, change, y.unranked, now.lead, now.support, y.total, items, places=places)


def _marked(year: YearScoring, rows: Sequence[RankRow]) -> list[RankRow]:
    """The rows with the items far below the mean of those that have a place."""
    room = Decimal(year.space.plan.parameter(SCORE_LOW)) / 100
    bars: dict[str, Decimal] = {}
    for s in year.space.plan.scoring:
        points = [p for r in rows if not r.unranked and (p := r.items.get(s.id)) is not None]
        if points:
            bars[s.id] = sum(points, Decimal(0)) / len(points) - s.points * room
    return [
        replace(r, low=frozenset(i for i, p in r.items.items() if p is not None and i in bars and p <= bars[i]))
        if not r.unranked
        else r
        for r in rows
    ]


def headline(rows: Sequence[RankRow], kind: str) -> str:
    """Who is first, and who fell most: 乡镇里长铺镇第一，关峡乡掉了6名."""
    placed = [r for r in rows if r.rank]
    if not placed:
        return ""
    best = [r.unit.short for r in placed if r.rank == 1]
    names = "、".join(best[:3]) + (f"等{len(best)}家并列" if len(best) > 3 else "并列" if len(best) > 1 else "")
    first = f"{kind}里{names}第一"
    fallen = min(placed, key=lambda r: (r.change or 0, r.rank))
    fell = -(fallen.change or 0)
    return f"{first}，{fallen.unit.short}掉了{fell}名" if fell > 1 else f"{first}，{placed[0].total:f}分"
