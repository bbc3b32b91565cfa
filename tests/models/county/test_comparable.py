"""Period on period over the units that are in both; a stray file of another month changes nobody's score."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D

import pytest

from exports.county_papers import papers
from exports.sheets.bulletin_facts import BulletinFacts
from exports.sheets.bulletin_sentences import basis
from forms.states import FileKind, Way
from models.county.asked_periods import is_asked
from models.county.consolidation import Consolidation
from models.county.overview import seats
from models.county.scoring_year import YearScoring
from models.ledger.ledger import Ledger, Package
from models.plan.reader import read_built_in, read_texts
from models.workspace import Workspace
from tests.models.county_months import reported

A, B, C = "瓦屋塘镇", "长铺镇", "县残联"
OCTOBER, NOVEMBER = "2024-10", "2024-11"


def month(space: Workspace, unit: str, period: str, percent: int) -> None:
    code = space.plan.unit(unit).code
    task = next(t.id for t, _ in space.plan.tasks_of(code) if t.action == "MS")
    rows = {"tasks": [{"task": task, "status": "doing", "percent": D(percent)}]}
    reported(space, space.plan.unit(unit), space.plan.period(period), rows, f"{period}-20T09:00:00+08:00")


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """October has A and C, November A and B: only A can be compared."""
    space = new_space(role="office")
    for unit, period, percent in ((A, OCTOBER, 40), (C, OCTOBER, 99), (A, NOVEMBER, 50), (B, NOVEMBER, 90)):
        month(space, unit, period, percent)
    return space


def on_time(year: YearScoring, unit: str) -> D:
    return next(y.items["S1"] for y in year.totals() if y.unit.short == unit)


def november(space: Workspace) -> Consolidation:
    return Consolidation(space, space.plan.period(NOVEMBER))


def test_only_units_in_both_months_are_compared_and_the_papers_name_how_many(office: Workspace) -> None:
    row = next(r for r in november(office).progress() if r["action"] == "MS")
    assert (row["percent"], row["same"], row["before"], row["comparable"]) == (D("70.0"), D("50.0"), D("40.0"), 1)
    assert "与上月比，只比两期都报的1家。" in basis(BulletinFacts(november(office), date(2024, 11, 25)))
    sheet = papers(office, office.plan.period(NOVEMBER)).workbook.sheets[0]
    assert "可比1家：平均完成本期50.0%，上期40.0%。" in sheet.notes


def test_with_nobody_in_both_there_is_no_comparison(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    month(space, C, OCTOBER, 99)
    month(space, A, NOVEMBER, 50)
    assert november(space).before is None
    assert {r["before"] for r in november(space).progress()} == {None}
    assert "没有上月的数可比。" in basis(BulletinFacts(november(space), date(2024, 11, 25)))


def test_a_stray_file_of_a_month_that_was_not_asked_costs_nobody(office: Workspace) -> None:
    october = office.plan.period(OCTOBER)
    assert not is_asked(office, october)
    year = YearScoring(office, office.plan.period(NOVEMBER), date(2024, 12, 1))
    assert [p.id for p in year.periods] == [NOVEMBER]
    assert on_time(year, B) == 15
    assert {s.before for s in seats(office, office.plan.period(NOVEMBER))} == {""}


def test_a_month_with_a_hand_out_counts(office: Workspace) -> None:
    october, unit = office.plan.period(OCTOBER), office.plan.unit(B)
    Ledger(office.store).keep(
        Package("handed", Way.OUT, FileKind.HANDOUT, unit.code, OCTOBER, at="2024-10-01T08:00:00+08:00")
    )
    assert is_asked(office, october)
    year = YearScoring(office, office.plan.period(NOVEMBER), date(2024, 12, 1))
    assert [p.id for p in year.periods] == [OCTOBER, NOVEMBER]
    assert on_time(year, B) == D("13.5"), "12 and 15 points"
    assert not is_asked(office, october._replace(scored=False))


def test_a_month_that_most_units_reported_counts(office: Workspace) -> None:
    for unit in office.units[:33]:
        if unit.short not in (A, C):
            reported(office, unit, office.plan.period(OCTOBER), {}, "2024-10-20T09:00:00+08:00")
    assert is_asked(office, office.plan.period(OCTOBER))


def test_a_plan_may_take_a_period_out_of_the_scores() -> None:
    texts = dict(read_built_in().texts)
    texts["periods"] = texts["periods"].replace("2024-10-25,是", "2024-10-25,否")
    plan = read_texts(texts)
    assert [p.id for p in plan.periods if not p.scored] == [OCTOBER]
    texts["periods"] = "\n".join(line.rsplit(",", 1)[0] for line in texts["periods"].splitlines())
    assert all(p.scored for p in read_texts(texts).periods), "plans of earlier versions do not say it"
