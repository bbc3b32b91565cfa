"""The trees of 汇总: totals are the sums of the lines below, every line leads to its package, nothing is made up."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest

from forms.kind import Option, Value
from models.county.consolidation import Consolidation
from models.county.rollup import MISSING, TREES, Node, tree, trend
from models.county.standings import standings
from models.workspace import Workspace
from tests.models.county_months import reported

A, B, C = "瓦屋塘镇", "长铺镇", "县残联"
BY = {t.name: t for t in TREES}


def project(name: str, action: str, kind: str, plan: str, done: str) -> dict[str, Value]:
    return {"name": name, "action": action, "kind": kind, "plan": D(plan), "year_done": D(done), "total": D(plan)}


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Two units report October, with September of one and of a third that has not reported October."""
    space = new_space(role="office")
    plan, month = space.plan, {n: space.plan.period(f"2024-{n}") for n in ("09", "10")}
    of_a = [t.id for t, _ in plan.tasks_of(plan.unit(A).code) if t.action == "CY"]
    of_b = [t.id for t, _ in plan.tasks_of(plan.unit(B).code) if t.action == "CY"]
    shared = next(t for t in of_a if t in of_b)
    one = {
        "tasks": [{"task": shared, "status": "doing", "percent": D(80)}],
        "projects": [project("甲", "CY", "farm", "100", "50"), project("乙", "MS", "farm", "40.50", "10.25")],
    }
    two = {
        "tasks": [{"task": shared, "status": "late", "percent": D(20)}],
        "projects": [project("丙", "CY", "infra", "60", "30")],
    }
    reported(space, plan.unit(A), month["10"], one, "2024-10-20T09:00:00+08:00", revision=3)
    reported(space, plan.unit(B), month["10"], two, "2024-10-21T09:00:00+08:00")
    then = {"tasks": [{"task": shared, "status": "doing", "percent": D(60)}]}
    reported(space, plan.unit(A), month["09"], then, "2024-09-20T09:00:00+08:00")
    reported(space, plan.unit(C), month["09"], {"projects": [project("旧", "CY", "farm", "999", "999")]},
             "2024-09-20T09:00:00+08:00")  # fmt: skip
    return space


def consolidated(space: Workspace, **more: Any) -> Consolidation:
    return Consolidation(space, space.plan.period("2024-10"), **more)


def every(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from every(child)


@pytest.mark.parametrize("name", list(BY))
def test_the_lines_of_a_place_are_those_of_the_places_below(office: Workspace, name: str) -> None:
    for node in every(tree(consolidated(office), BY[name])):
        if node.children:
            below = [e.row["id"] for c in node.children for e in c.entries]
            assert sorted(below) == sorted(e.row["id"] for e in node.entries)


def test_by_project_the_sums_are_those_that_the_form_declares(office: Workspace) -> None:
    top = tree(consolidated(office), BY["project"])
    farm = top.find(("farm",))
    assert farm is not None
    assert (farm.totals["plan"], farm.totals["year_done"], farm.totals["share"]) == (
        D("140.50"),
        D("60.25"),
        D("42.88"),
    )
    assert {n.title for n in top.children} == {"农业农村", "基础设施"}
    assert top.totals["plan"] == D("200.50"), "a unit that has not reported October adds nothing of September"


def test_by_action_down_to_the_task_and_the_units_that_report_on_it(office: Workspace) -> None:
    made = consolidated(office)
    action = tree(made, BY["action"]).find(("CY",))
    assert action is not None
    assert (action.totals["lines"], action.totals["percent"], action.totals["status_late"]) == (2, D("50.0"), 1)
    assert action.totals["lag"] == D("50.0") - D("83.3")
    task = action.children[0]
    assert [(e.unit.short, made.sources[e.unit.code].revision) for e in task.entries] == [(B, 1), (A, 3)]
    assert made.sources[task.entries[1].unit.code].about["code"] == "CODE-3"


def test_units_that_have_not_reported_say_so(office: Workspace) -> None:
    units = [n for n in every(tree(consolidated(office), BY["unit"])) if len(n.path) == 2]
    assert len(units) == len(office.plan.units)
    assert {n.title for n in units if not n.note} == {A, B}
    assert {n.note for n in units if n.note} == {MISSING}


def test_chosen_units_only(office: Workspace) -> None:
    only = frozenset({office.plan.unit(B).code})
    top = tree(consolidated(office, only=only), BY["project"])
    assert top.totals["plan"] == D(60)


def test_last_period_is_compared_over_the_units_of_this_one(office: Workspace) -> None:
    row = next(r for r in consolidated(office).progress() if r["action"] == "CY")
    assert (row["percent"], row["before"]) == (D("50.0"), D("60.0"))


def test_a_lamp_is_the_worst_of_the_lines(office: Workspace) -> None:
    code, ids = office.plan.unit(A).code, [t.id for t, _ in office.plan.tasks_of(office.plan.unit(A).code)]
    assert {a: one.mark for a, one in consolidated(office).lamps()[code].items()} == {"CY": "doing"}
    row = {"task": ids[0], "status": "late"}
    reported(office, office.plan.unit(C), office.plan.period("2024-10"), {"tasks": [row, {**row, "status": "done"}]},
             "2024-10-20T09:00:00+08:00")  # fmt: skip
    lamps = consolidated(office).lamps()
    mine = lamps[office.plan.unit(C).code]
    assert {a: one.mark for a, one in mine.items()} == {office.plan.find("tasks", ids[0]).action: "late"}
    assert set(lamps) == {office.plan.unit(n).code for n in (A, B, C)}


@pytest.mark.parametrize(("way", "total"), [("sum", D(40)), ("last", D(10)), ("weighted", D("15.0000"))])
def test_indicators_over_units_as_each_says(office: Workspace, way: str, total: D) -> None:
    """Two units with 30 and 10, the 10 arriving last; weights 1 and 3."""
    entry = next(i for i in office.plan.indicators if i.nature == "total")
    weights = (Option(office.plan.unit(A).code, "1"), Option(office.plan.unit(B).code, "3"))
    changed = tuple(i._replace(rollup=way) if i.id == entry.id else i for i in office.plan.indicators)
    office.take_plan(replace(office.plan, indicators=changed, lists={**office.plan.lists, "weight": weights}))
    period = office.plan.period("2024-11")
    for unit, figure, day in ((A, 30, "20"), (B, 10, "22")):
        rows = {"indicators": [{"indicator": entry.id, "total": D(figure)}]}
        reported(office, office.plan.unit(unit), period, rows, f"2024-11-{day}T09:00:00+08:00")
    made = Consolidation(office, period)
    node = tree(made, BY["indicator"]).find((entry.action, entry.id))
    assert node is not None
    assert entry.target is not None
    assert node.totals["total"] == total
    assert node.totals["done"] == (total * 100 / entry.target).quantize(D("0.1"))
    points = dict(trend(made, entry.id).points)
    assert points["2024-11"] == total
    assert points["2024-10"] is None, "nothing came, nothing is drawn"
    assert len(points) == 11


def test_one_action_out_of_all_is_what_it_is_by_itself(office: Workspace) -> None:
    """Reading once for all gives each action the same as reading for it alone."""
    made = consolidated(office)
    for action in office.plan.actions:
        alone, shared = consolidated(office, action=action.id), made.of_action(action.id)
        assert shared.units == alone.units
        assert shared.progress() == alone.progress()
        assert standings(shared) == standings(alone)
        assert shared.open_obstacles() == alone.open_obstacles()
        assert [e.row for e in shared.entries] == [e.row for e in alone.entries]


def test_a_relation_is_judged_with_what_another_unit_reported(new_space: Callable[..., Workspace]) -> None:
    """居民收入增速 is measured against 经济增速, which another department reports: the county knows both."""
    space = new_space(role="office")
    plan, period = space.plan, space.plan.period("2024-10")
    income, economy = (plan.find("indicators", i) for i in ("ZB-QY-05", "ZB-QY-04"))
    lines = {"indicators": [{"indicator": income.id, "total": D("6.0"), "last_year": D("6.9")}]}
    reported(space, plan.unit(income.lead), period, lines, "2024-10-20T09:00:00+08:00")
    assert [r["verdict"] for r in consolidated(space).lines(space.form("indicators"))] == ["unknown"]
    lines = {"indicators": [{"indicator": economy.id, "total": D("6.2"), "last_year": D("7.1")}]}
    reported(space, plan.unit(economy.lead), period, lines, "2024-10-20T10:00:00+08:00")
    found = {r["indicator"]: r for r in consolidated(space).lines(space.form("indicators"))}
    assert (found[income.id]["verdict"], found[income.id]["growth"]) == ("behind", "−0.9 个百分点")
    assert (found[economy.id]["verdict"], found[economy.id]["done"]) == ("behind", None)
