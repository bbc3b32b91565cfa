"""What the panel of 考核 shows of a unit's items, of one period or of the year."""

from collections.abc import Sequence
from decimal import Decimal

from models.county.score_inputs import Why
from models.county.score_ranking import RankRow
from models.county.scoring import ItemScore, UnitScore
from models.county.scoring_year import YearScoring
from ui.county.scores.score_items import ShownItem


def month_items(year: YearScoring, row: RankRow, result: UnitScore, history: bool) -> list[ShownItem]:
    """The items of a unit in the period; with `history` how they changed."""
    code = row.unit.code
    return [
        ShownItem(
            i.score.name,
            i.score.points,
            i.points,
            year.item_change(code, i.score.id) if history else None,
            _sentence(i),
            i.whys if i.correction else i.whys[1:],
            i.score.id in row.low,
            i,
        )
        for i in result.items
    ]


def _sentence(i: ItemScore) -> str:
    if i.correction and i.points is not None:
        worked = "未计分" if i.worked is None else f"{i.worked:f}"
        return f"{worked} → {i.points:f}，更正：{i.correction['text']}"
    return i.whys[0].text if i.whys else i.score.rule


def year_items(year: YearScoring, row: RankRow) -> list[ShownItem]:
    """The items of a unit over the year, each with its points of every period below."""
    found = []
    for s in year.space.plan.scoring:
        months = [(p, year.month(p, row.unit.code)) for p in year.periods]
        parts = [
            (p.name, next((i.points for i in m.items if i.score.id == s.id), None)) for p, m in months if m is not None
        ]
        whys = [Why(f"{name}：{'未计' if points is None else f'{points:f}分'}") for name, points in parts]
        found.append(
            ShownItem(
                s.name, s.points, row.items.get(s.id), None, f"{len(whys)}期：{_range(parts)}", whys, s.id in row.low
            )
        )
    return found


def _range(parts: Sequence[tuple[str, Decimal | None]]) -> str:
    return "、".join("未计" if points is None else f"{points:.1f}" for _, points in parts)
