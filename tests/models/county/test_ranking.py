"""Ranking within each kind: lead weighs more than support, few tasks are not ranked, places move among comparable units."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from models.county.consolidation import Consolidation
from models.county.ranking import KindRanking, ranking
from models.plan.entries import Period
from models.workspace import Workspace
from tests.models.county_months import reported

CAME = "2024-10-20T09:00:00+08:00"


def tasks(space: Workspace, period: Period, unit: str, percents: Sequence[int], status: str = "doing") -> None:
    """A unit's report with so many task lines; the rest of its tasks is not in it."""
    given = [t.id for t, _ in space.plan.tasks_of(space.plan.unit(unit).code)]
    lines = [
        {"task": t, "status": status, "percent": Decimal(p)} for t, p in zip(given, percents, strict=False)
    ]  # fmt: skip
    reported(space, space.plan.unit(unit), period, {"tasks": lines}, CAME)


def towns(space: Workspace, period: Period) -> KindRanking:
    return next(k for k in ranking(Consolidation(space, period)) if k.kind == "township")


def test_units_are_ranked_by_the_mean_of_their_tasks_and_equal_ones_share_a_place(
    new_space: Callable[..., Workspace],
) -> None:
    space = new_space(role="office")
    period = space.plan.period("2024-10")
    for unit, percent in (("长铺镇", 60), ("武阳镇", 80), ("李熙桥镇", 60), ("红岩镇", 40)):
        tasks(space, period, unit, [percent] * 5, status="late")
    found = towns(space, period).ranked
    assert [(r.place, r.unit.short, r.percent, r.tasks, r.late, r.moved) for r in found] == [
        (1, "武阳镇", Decimal("80.0"), 5, 5, None),
        (2, "长铺镇", Decimal("60.0"), 5, 5, None),
        (2, "李熙桥镇", Decimal("60.0"), 5, 5, None),
        (4, "红岩镇", Decimal("40.0"), 5, 5, None),
    ]


def test_lead_weighs_as_the_plan_says(new_space: Callable[..., Workspace]) -> None:
    """Two lines of which one is led: 100 % of the led one counts twice, unless the plan says otherwise."""
    space = new_space(role="office")
    period, unit = space.plan.period("2024-10"), space.plan.unit("县科工局")
    parts = space.plan.tasks_of(unit.code)
    (led, *_), (backed, *_) = ([t.id for t, part in parts if part == p] for p in ("lead", "support"))
    done = [{"task": led, "percent": Decimal(100)}, {"task": backed, "percent": Decimal(40)}]
    reported(space, unit, period, {"tasks": done}, CAME)
    for given, mean in (({}, "80.0"), ({"weight.lead": Decimal(1)}, "70.0"), ({"weight.support": Decimal(0)}, "100.0")):
        space.plan = replace(space.plan, parameters={"ranking.least": 1, **given})
        ranked = [r for k in ranking(Consolidation(space, period)) for r in k.ranked]
        assert [(r.unit, r.percent) for r in ranked] == [(unit, Decimal(mean))]


def test_units_with_few_tasks_have_no_place(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    period = space.plan.period("2024-10")
    tasks(space, period, "长铺镇", [50] * 5)
    tasks(space, period, "武阳镇", [100] * 4)
    found = towns(space, period)
    assert [r.unit.short for r in found.ranked] == ["长铺镇"]
    assert [u.short for u in found.few] == ["武阳镇"]
    space.plan = replace(space.plan, parameters={"ranking.least": 4})
    assert [r.unit.short for r in towns(space, period).ranked] == ["武阳镇", "长铺镇"]


def test_places_move_among_the_units_that_are_in_both_months(new_space: Callable[..., Workspace]) -> None:
    """Who is new, or was not ranked, does not push the others down."""
    space = new_space(role="office")
    last, period = space.plan.period("2024-09"), space.plan.period("2024-10")
    for unit, percent in (("长铺镇", 50), ("武阳镇", 40), ("李熙桥镇", 99)):
        tasks(space, last, unit, [percent] * 5)
    for unit, percent in (("长铺镇", 60), ("武阳镇", 70), ("红岩镇", 90)):
        tasks(space, period, unit, [percent] * 5)
    found = towns(space, period).ranked
    assert [(r.place, r.unit.short, r.moved) for r in found] == [
        (1, "红岩镇", None),
        (2, "武阳镇", 1),
        (3, "长铺镇", -1),
    ]
