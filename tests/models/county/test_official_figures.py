"""官方数: kept beside the unit's figure, judged in its place only where the plan says so, never over it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal as D

import pytest

from models.county.consolidation import Consolidation
from models.county.indicator_results import IndicatorResult, indicator_results
from models.county.official_figures import differ, official_figures, remove_official, set_official
from models.county.rollup import TREES, tree, trend
from models.errors import UserError
from models.workspace import Workspace
from tests.models.county_months import reported

GROWTH = "ZB-XQ-01"  # 社会消费品零售总额增速, at least 8 %
TYPED = {"value": "8.2", "source": "县统计局", "published": "10月18日"}


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """The unit that answers for the growth of retail sales reports 7.4 % in October."""
    space = new_space(role="office")
    lead = space.plan.find("units", space.plan.find("indicators", GROWTH).lead)
    rows = {"indicators": [{"indicator": GROWTH, "total": D("7.4"), "last_year": D("8.1")}]}
    reported(space, lead, space.plan.period("2024-10"), rows, "2024-10-20T09:00:00+08:00")
    return space


def result(space: Workspace) -> IndicatorResult:
    found = indicator_results(Consolidation(space, space.plan.period("2024-10")))
    return next(r for r in found if r.indicator.id == GROWTH)


def write(space: Workspace, **typed: str) -> None:
    indicator = space.plan.find("indicators", GROWTH)
    space.apply(set_official(space, space.plan.period("2024-10"), indicator, {**TYPED, **typed}), "写官方数")


def by_official(space: Workspace) -> None:
    space.take_plan(replace(space.plan, parameters={"official.counts": "official"}))


def test_both_figures_are_kept_and_the_units_is_judged(office: Workspace) -> None:
    write(office)
    r = result(office)
    assert (r.total, r.reported["total"], r.judgement.word) == (D("7.4"), D("7.4"), "滞后")
    assert r.official is not None
    assert (r.official["value"], r.official["source"], r.official["published"].isoformat()) == (
        D("8.2"),
        "县统计局",
        "2024-10-18",
    )
    assert r.official_differs


def test_where_the_plan_says_so_the_official_one_is_judged_everywhere(office: Workspace) -> None:
    write(office)
    by_official(office)
    r = result(office)
    assert (r.total, r.reported["total"], r.judgement.word) == (D("8.2"), D("7.4"), "已达到")
    whole = Consolidation(office, office.plan.period("2024-10"))
    assert whole.known_figures[GROWTH] == D("8.2")
    node = tree(whole, next(t for t in TREES if t.name == "indicator")).find((r.indicator.action, GROWTH))
    assert node is not None
    assert node.totals["verdict"] == "reached"
    assert dict(trend(whole, GROWTH).points)["2024-10"] == D("8.2")
    line = office.store.rows("indicators", r.lead.code, "2024-10")[0]
    assert line["total"] == D("7.4"), "what the unit wrote is never changed"


def test_an_official_figure_without_a_report_counts_only_where_the_plan_says_so(office: Workspace) -> None:
    period, other = office.plan.period("2024-10"), office.plan.find("indicators", "ZB-XQ-02")
    office.apply(set_official(office, period, other, {**TYPED, "value": "7.8"}), "写官方数")

    def other_result() -> IndicatorResult:
        return next(r for r in indicator_results(Consolidation(office, period)) if r.indicator.id == other.id)

    assert (other_result().total, other_result().judgement.word) == (None, "无法判断")
    by_official(office)
    assert (other_result().total, other_result().judgement.word) == (D("7.8"), "已达到")


def test_written_again_it_changes_only_what_is_new_and_undo_brings_back_what_was(office: Workspace) -> None:
    write(office)
    period, indicator = office.plan.period("2024-10"), office.plan.find("indicators", GROWTH)
    again = set_official(office, period, indicator, {**TYPED, "value": "7.2"})
    assert [(c.before, c.after) for c in again] == [({"value": D("8.2")}, {"value": D("7.2")})]
    assert set_official(office, period, indicator, TYPED) == [], "the same again is no change"
    office.apply(again, "写官方数")
    office.apply([c.inverse for c in reversed(again)], "撤销")
    assert official_figures(office, period)[GROWTH]["value"] == D("8.2")
    office.apply(remove_official(office, period, indicator), "删去官方数")
    assert official_figures(office, period) == {}
    assert remove_official(office, period, indicator) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": ""}, "“社会消费品零售总额增速”的官方数没有填"),
        ({"value": "很多"}, "“社会消费品零售总额增速”的官方数：“很多”不是确切的数"),
        ({"source": " "}, "“社会消费品零售总额增速”的来源没有填"),
        ({"published": "前天"}, "“社会消费品零售总额增速”的日期："),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(office: Workspace, typed: dict[str, str], told: str) -> None:
    with pytest.raises(UserError) as caught:
        write(office, **typed)
    assert str(caught.value).startswith(told)
    assert official_figures(office, office.plan.period("2024-10")) == {}


def test_a_period_closed_off_takes_none(office: Workspace) -> None:
    office.apply(office.close_off("2024-10"), "封存")
    with pytest.raises(UserError, match="已经封存，不能改官方数"):
        write(office)


@pytest.mark.parametrize(
    ("indicator", "one", "other", "differs"),
    [
        ("ZB-XQ-01", "7.4", "7.2", True),
        ("ZB-XQ-01", "7.44", "7.4", False),  # rounded to the coarser
        ("ZB-XQ-01", "7.45", "7.4", True),
        ("ZB-XQ-01", "7.3", "7", True),  # 7 % is 7.0 %
        ("ZB-CY-01", "118.37", "118.4", False),
        ("ZB-CY-01", "118.37", "118", False),
        ("ZB-ZT-03", "25031", "25030", True),
    ],
)
def test_they_differ_after_rounding_to_the_coarser(
    office: Workspace, indicator: str, one: str, other: str, differs: bool
) -> None:
    entry = office.plan.find("indicators", indicator)
    assert differ(entry, D(one), D(other)) == differ(entry, D(other), D(one)) == differs
