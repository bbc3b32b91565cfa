"""全年得分: month by month and in total, as the plan says; how places moved over the months that were asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from forms.parameters import EXCLUDED_SCORES, SCORE_YEAR
from forms.states import FileKind, Way
from models.county.exclusions import exclude
from models.county.scoring_year import NO_PERIOD, YearScore, YearScoring
from models.ledger.ledger import Ledger, Package
from models.workspace import Workspace
from tests.models.county_months import reported

A, B, C = "瓦屋塘镇", "长铺镇", "寨市乡"
DEPARTMENT = "县残联"
MONTHS = ("2024-08", "2024-09", "2024-10")
TODAY = date(2024, 11, 1)
NEWS = {"county": D(1), "city": D(2), "province": D(4)}  # points of a piece in the built-in plan


def news(space: Workspace, unit: str, month: str, level: str, day: int = 20) -> None:
    """A report with one piece of news: what its month scores for 宣传信息 is that piece's points."""
    rows = {"publicity": [{"title": "一", "media": "报", "level": level, "day": date(2024, int(month[-2:]), 3)}]}
    reported(space, space.plan.unit(unit), space.plan.period(month), rows, f"{month}-{day:02}T09:00:00+08:00")


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Three months that were handed out, scored by 按时报送 (15) and 宣传信息 (10)."""
    space = new_space(role="office")
    kept = tuple(s for s in space.plan.scoring if s.basis in ("on_time", "publicity"))
    space.take_plan(replace(space.plan, scoring=kept))
    for month in MONTHS:
        line = Package(
            f"out-{month}", Way.OUT, FileKind.HANDOUT, space.plan.unit(A).code, month, at=f"{month}-01T08:00:00+08:00"
        )
        Ledger(space.store).keep(line)
    for month, level in zip(MONTHS, ("province", "city", "county"), strict=True):
        news(space, A, month, level)
    for month in MONTHS[1:]:
        news(space, B, month, "city")
    for month in MONTHS:
        news(space, DEPARTMENT, month, "county", day=26 if month == MONTHS[0] else 20)
    return space


def year(space: Workspace, month: str = MONTHS[-1], today: date = TODAY) -> YearScoring:
    return YearScoring(space, space.plan.period(month), today)


def of(found: YearScoring, unit: str) -> YearScore:
    return next(y for y in found.totals() if y.unit.short == unit)


def test_the_year_is_the_mean_of_the_months(office: Workspace) -> None:
    a, b = of(year(office), A), of(year(office), B)
    assert (a.items["S1"], a.items["S6"], a.total, a.counted) == (D(15), D("2.33"), D("17.33"), 3)
    # B did not report August: 12 and 0 points of it, then 15 and 2
    assert (b.items["S1"], b.items["S6"], b.total) == (D(14), D("1.33"), D("15.33"))
    assert (a.rank, b.rank) == (1, 2), "among the townships"
    assert of(year(office), DEPARTMENT).rank == 1, "a kind of its own"
    assert of(year(office), DEPARTMENT).items["S1"] == D("14.67"), "late once"


def test_an_excluded_month_is_no_month_of_the_mean_and_nought_in_the_sum(office: Workspace) -> None:
    unit, august = office.plan.unit(A), office.plan.period(MONTHS[0])
    office.apply(exclude(office, unit, august, "投资数大于计划九倍，待核实", TODAY), "不计入")
    a = of(year(office), A)
    assert (a.counted, a.asked, a.items["S6"]) == (2, 3, D("1.50"))
    office.take_plan(replace(office.plan, parameters={SCORE_YEAR.id: "sum", EXCLUDED_SCORES.id: "no"}))
    a = of(year(office), A)
    assert (a.items["S1"], a.items["S6"]) == (D(10), D(1))


def test_who_never_had_a_month_has_no_place(office: Workspace) -> None:
    early = year(office, MONTHS[0], date(2024, 8, 22))
    assert (of(early, C).unranked, of(early, C).rank) == (NO_PERIOD, 0), "there is still time to report"
    assert of(early, A).rank == 1
    assert of(year(office), C).rank == 3, "with what is left for a unit that never reported"


def test_places_are_compared_over_the_months_that_were_asked_for(office: Workspace) -> None:
    now, code = year(office), {u: office.plan.unit(u).code for u in (A, B, C)}
    assert now.change(code[A]) == -1, "1 of 2 in September (equal points), 2 of 2 in October"
    assert now.change(code[B]) == 0
    assert now.change(code[C]) is None, "C has no place"
    assert [r for _, r in now.ranks(code[A])] == [1, 1, 2]
    assert now.item_change(code[A], "S6") == D("-1.00")
    early = year(office, MONTHS[1])
    assert early.change(code[B]) is None, "no place in August"


def test_a_month_that_nobody_was_asked_for_is_passed_over(office: Workspace) -> None:
    november, december = office.plan.period("2024-11"), office.plan.period("2024-12")
    news(office, B, "2024-11", "province")  # a stray file
    news(office, A, "2024-12", "province")
    found = YearScoring(office, december, date(2025, 1, 5))
    assert november.id not in [p.id for p in found.periods]
    assert found.period_before == office.plan.period(MONTHS[-1])


def test_the_year_ranking_moves_too(office: Workspace) -> None:
    news(office, C, MONTHS[2], "province")
    changes = year(office).year_change()
    assert changes[office.plan.unit(A).code] == 0
    assert changes[office.plan.unit(DEPARTMENT).code] == 0


def test_the_same_by_sql(office: Workspace) -> None:
    """宣传信息 of the year straight from the tables: points by level, at most ten a month, the mean of three months."""
    sql = "SELECT period, level FROM publicity WHERE unit=?"
    rows = office.store.conn.execute(sql, (office.plan.unit(A).code,)).fetchall()
    by_month = {m: min(D(10), sum((NEWS[level] for p, level in rows if p == m), D(0))) for m in MONTHS}
    assert of(year(office), A).items["S6"] == (sum(by_month.values(), D(0)) / 3).quantize(D("0.01"))
