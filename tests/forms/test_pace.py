"""序时: of the plan, of a task through its own days, and through its 节点."""

from datetime import date
from decimal import Decimal

import pytest

from forms.field import Context
from forms.pace import next_milestone, pace, reference_day, row_pace
from models.plan.plan import Plan
from models.plan.reader import read_built_in
from tests.plan_changes import changed, with_head_rows

MAR, JUN = date(2024, 3, 31), date(2024, 6, 30)


def with_task(**cells: str) -> Plan:
    """The built-in plan with other cells in the row of task CY-001."""
    return changed(read_built_in(), "tasks", "编号", {"CY-001": cells})


@pytest.mark.parametrize(
    ("today", "seen_from"),
    [
        ("2024-03-10", "2024-03-10"),
        ("2024-02-01", "2024-03-01"),
        ("2024-04-01", "2024-03-31"),
        ("2026-12-01", "2024-03-31"),
    ],
)
def test_a_period_is_seen_from_today_while_it_runs_and_from_its_last_day_ever_after(today: str, seen_from: str) -> None:
    march = read_built_in().period("2024-03")
    assert reference_day(march, date.fromisoformat(today)) == date.fromisoformat(seen_from)


@pytest.mark.parametrize(
    ("day", "share"), [(date(2023, 12, 31), "0"), (date(2024, 1, 1), "0.3"), (JUN, "49.7"), (date(2024, 12, 31), "100"), (date(2025, 3, 1), "100")]
)  # fmt: skip
def test_the_plan_s_own_share_is_of_days(day: date, share: str) -> None:
    plan = read_built_in()
    ctx = Context(plan, "", plan.periods[0], day=day)
    assert ctx.expected == Decimal(share)
    assert ctx.year_over == (day >= date(2024, 12, 31))


def test_a_plan_that_starts_in_may_is_hardly_begun_on_its_first_day() -> None:
    plan = with_head_rows(read_built_in(), 开始="2024-05-01", 结束="2024-10-31")
    assert Context(plan, "", plan.period("2024-05"), day=date(2024, 5, 1)).expected == Decimal("0.5")
    assert Context(plan, "", plan.period("2024-10")).year_over


def test_a_task_due_in_march_is_not_measured_like_one_due_in_december() -> None:
    plan = with_task(完成时限="2024-03-31")
    assert pace(plan.find("tasks", "CY-001"), plan, date(2024, 2, 15)) == Decimal("50.5")
    assert pace(plan.find("tasks", "CY-002"), plan, date(2024, 2, 15)) == Decimal("12.6")
    assert pace(plan.find("tasks", "CY-001"), plan, JUN) == Decimal(100)


def test_a_task_begins_on_its_own_day() -> None:
    plan = with_task(开始="2024-03-01", 完成时限="2024-03-31")
    task = plan.find("tasks", "CY-001")
    assert [pace(task, plan, date(2024, 3, d)) for d in (1, 31)] == [Decimal("3.2"), Decimal(100)]
    assert pace(task, plan, date(2024, 2, 1)) == 0


def test_a_due_day_in_words_has_no_pace_and_no_finding() -> None:
    plan = with_task(完成时限="持续推进")
    task = plan.find("tasks", "CY-001")
    assert (task.due, task.due_text, task.due_day) == (None, "持续推进", "持续推进")
    assert pace(task, plan, JUN) is None
    assert row_pace({"task": "CY-001"}, Context(plan, "", plan.period("2024-06"))) is None


def test_through_milestones_the_pace_is_a_broken_line() -> None:
    plan = with_task(完成时限="2024-12-31")
    rows = "任务,名称,日期,应完成,确认\nCY-001,开工,2024-03-31,20,已确认\nCY-001,主体完工,2024-06-30,80,已确认\n"
    plan = changed(plan, "milestones", "任务", {}, text=rows)
    task = plan.find("tasks", "CY-001")
    days = [date(2023, 12, 31), MAR, date(2024, 5, 15), JUN, date(2024, 9, 30), date(2024, 12, 31), date(2025, 2, 1)]
    assert [f"{pace(task, plan, d):f}" for d in days] == ["0.0", "20.0", "49.7", "80.0", "90.0", "100.0", "100.0"]
    assert next_milestone("CY-001", plan, MAR).name == "主体完工"
    assert next_milestone("CY-001", plan, JUN) is None
