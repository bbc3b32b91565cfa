"""灯: the tasks of a unit in an action make one lamp, by the rule of the plan."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal as D

import pytest

from exports.sheets.bulletin import unit_lamps
from models.county.consolidation import Consolidation
from models.county.lamps import lamp, lamp_rule
from models.plan.plan import Plan
from models.workspace import Workspace
from tests.models.county_months import reported


@pytest.fixture
def plan(new_space: Callable[..., Workspace]) -> Plan:
    return new_space(role="office").plan


def rows(marks: Sequence[str]) -> list[tuple[str, dict[str, object]]]:
    return [(mark, {"task": f"T{n}", "percent": D(10 * n)}) for n, mark in enumerate(marks, 1)]


@pytest.mark.parametrize(
    ("marks", "shown", "counts"),
    [
        (["late", "doing", "doing"], "late", "滞后1/3"),
        (["late", "doing", "doing", "done"], "warn", "滞后1/4"),
        (["late", "late", *["doing"] * 4], "late", "滞后2/6"),
        (["warn", "doing", "doing"], "warn", "偏慢1/3"),
        (["idle", "doing", "done"], "warn", "未启动1/3"),
        (["doing", "done"], "doing", "正常1/2"),
        (["done", "done"], "done", "已完成2/2"),
    ],
)
def test_by_the_share_of_late_tasks(plan: Plan, marks: list[str], shown: str, counts: str) -> None:
    made = lamp(plan, rows(marks))
    assert made is not None
    assert (made.mark, made.counts) == (shown, counts)


def test_the_least_advanced_of_the_worst_is_named(plan: Plan) -> None:
    made = lamp(plan, [("late", {"task": "A", "percent": D(40)}), ("late", {"task": "B", "percent": D(5)}),
                       ("doing", {"task": "C", "percent": D(1)})])  # fmt: skip
    assert made is not None
    assert made.row["task"] == "B"
    assert lamp(plan, []) is None


def test_the_rule_and_its_share_are_the_plans(plan: Plan) -> None:
    half, worst = (replace(plan, parameters=p) for p in ({"lamp.share": D(50)}, {"lamp.rule": "worst"}))
    few = rows(["late", "doing", "doing"])
    assert [made.mark for p in (plan, half, worst) if (made := lamp(p, few))] == ["late", "warn", "late"]
    assert lamp_rule(plan) == "灯：滞后的任务占1/3及以上为滞后；有滞后、偏慢或未启动的为偏慢；其余正常、完成。"
    assert "占1/2及以上" in lamp_rule(half)
    assert "占40%及以上" in lamp_rule(replace(plan, parameters={"lamp.share": D(40)}))
    assert lamp_rule(worst) == "灯：看最差的一项任务。"


def test_the_county_s_papers_show_the_same_lamps_with_what_they_rest_on(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    unit, period = space.plan.unit("瓦屋塘镇"), space.plan.period("2024-10")
    mine = [t for t, _ in space.plan.tasks_of(unit.code)]
    action = next(a.id for a in space.plan.actions if sum(t.action == a.id for t in mine) >= 4)
    tasks = [t for t in mine if t.action == action][:4]
    lines = [{"task": t.id, "status": "late" if n == 2 else "doing", "percent": D(30 + n)} for n, t in enumerate(tasks)]
    reported(space, unit, period, {"tasks": lines}, "2024-10-20T09:00:00+08:00")
    whole = Consolidation(space, period)
    assert whole.lamps()[unit.code][action].mark == "warn", "one of four is less than a third"
    row = dict(unit_lamps(whole))[unit.code]
    at = [a.id for a in whole.actions].index(action)
    assert row.marks[at] == "warn"
    assert row.worst[at] == f"滞后1/4：{space.plan.forms[1].field('task').kind.show(tasks[2].id)} 32%"
    alone = dict(unit_lamps(whole.of_action(action)))[unit.code]
    assert (alone.marks, alone.worst) == (("warn",), (row.worst[at],))
