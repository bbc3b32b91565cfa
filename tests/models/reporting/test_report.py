"""Lines of a form: from the plan, of one's own, carried over from last period; statements and reasons."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from forms.field import Row
from models.errors import UserError
from models.reporting.check import Finding, check, give_reason
from models.reporting.report import Report
from models.reporting.sample import fill
from models.store.change import Change, inverse
from models.workspace import Workspace

UNIT = "430527106"


def report(space: Workspace, form: str, period: str = "2024-10") -> Report:
    return space.report(space.form(form), space.context(UNIT, space.plan.period(period)))


def edit(space: Workspace, changes: list[Change]) -> None:
    space.apply(changes, "修改")


def project(space: Workspace, name: str, period: str = "2024-10", **values: object) -> str:
    changes = report(space, "projects", period).add({"name": name, "action": "CY", **values})
    edit(space, changes)
    return changes[-1].id


def names(space: Workspace, period: str = "2024-10") -> list[str]:
    return [r["name"] for r in report(space, "projects", period).rows]


def test_tasks_start_with_the_lines_of_the_plan(space: Workspace) -> None:
    rows = report(space, "tasks").rows
    assert [r["task"] for r in rows] == [t.id for t, _ in space.plan.tasks_of(UNIT)]
    assert rows[0]["goal"] == space.plan.tasks_of(UNIT)[0][0].goal
    assert space.store.rows("tasks", UNIT, "2024-10") == []  # nothing is written by looking


def test_the_first_writing_into_a_plan_line_keeps_all_of_it_and_can_be_undone(space: Workspace) -> None:
    first = report(space, "tasks").rows[0]
    changes = report(space, "tasks").set(first["id"], {"chief": "示例"})
    edit(space, changes)
    assert report(space, "tasks").rows[0] == {**first, "chief": "示例"}
    edit(space, inverse(changes))
    assert report(space, "tasks").rows[0] == first


@pytest.mark.parametrize(("field", "told"), [("task", "由县里在方案里定"), ("role", "由程序算出")])
def test_what_is_not_the_units_to_change_says_why(space: Workspace, field: str, told: str) -> None:
    first = report(space, "tasks").rows[0]["id"]
    with pytest.raises(UserError, match=told):
        report(space, "tasks").set(first, {field: "x"})


def test_lines_of_ones_own_stand_where_they_were_put(space: Workspace) -> None:
    a = project(space, "甲")
    project(space, "丙")
    for name in ("乙2", "乙1"):
        edit(space, report(space, "projects").add({"name": name, "action": "CY"}, after=a))
    assert names(space) == ["甲", "乙1", "乙2", "丙"]


def test_room_is_made_between_two_neighbours(space: Workspace) -> None:
    a = project(space, "甲")
    project(space, "丙")
    for n in range(14):  # more than a gap of 1000 can be halved
        edit(space, report(space, "projects").add({"name": f"乙{n:02}", "action": "CY"}, after=a))
    assert names(space) == ["甲", *(f"乙{n:02}" for n in reversed(range(14))), "丙"]


def test_plan_lines_cannot_be_removed_but_ones_own_can(space: Workspace) -> None:
    with pytest.raises(UserError, match="来自方案"):
        report(space, "tasks").remove([report(space, "tasks").rows[0]["id"]])
    id = project(space, "甲")
    changes = report(space, "projects").remove([id])
    edit(space, changes)
    assert names(space) == []
    edit(space, inverse(changes))
    assert names(space) == ["甲"]


def test_indicators_take_no_lines_of_ones_own(space: Workspace) -> None:
    with pytest.raises(UserError, match="不能自己增加"):
        report(space, "indicators").add({})


def test_copying_last_period_carries_what_carries_and_leaves_finished_lines_behind(space: Workspace) -> None:
    project(space, "在建", "2024-09", total=Decimal(5), progress="主体完工", status="doing")
    project(space, "建成", "2024-09", status="done")
    edit(space, report(space, "projects").copy_last())
    (row,) = report(space, "projects").rows
    assert (row["name"], row["total"], row["progress"], row["status"]) == ("在建", Decimal("5.00"), None, None)
    assert report(space, "projects").copy_last() == []  # a second time changes nothing


def test_copying_never_overwrites_a_value(space: Workspace) -> None:
    first = report(space, "tasks", "2024-09").rows[0]["id"]
    edit(space, report(space, "tasks", "2024-09").set(first, {"chief": "旧示例", "section": "示例股室"}))
    now = report(space, "tasks").rows[0]["id"]
    edit(space, report(space, "tasks").set(now, {"chief": "新示例"}))
    edit(space, report(space, "tasks").copy_last())
    row = report(space, "tasks").rows[0]
    assert (row["chief"], row["section"]) == ("新示例", "示例股室")


def codes(space: Workspace, form: str) -> list[str]:
    return [f.problem.code for f in check(space, UNIT, space.plan.period("2024-10")) if f.problem.form == form]


def test_an_empty_form_is_not_a_zero_report(space: Workspace) -> None:
    assert codes(space, "projects") == ["empty_form"]
    edit(space, space.state(UNIT, "2024-10", "projects", "zero"))
    assert codes(space, "projects") == []
    project(space, "甲")
    assert codes(space, "projects") == ["zero_but_filled"]


def test_a_form_for_which_the_plan_gives_the_unit_nothing_is_not_asked_for(space: Workspace) -> None:
    assert codes(space, "indicators") == []


def full(space: Workspace) -> list[Finding]:
    fill(space, space.plan.period("2024-10"))
    return check(space, UNIT, space.plan.period("2024-10"))


def test_sample_data_passes_the_check_and_says_what_it_is(space: Workspace) -> None:
    assert full(space) == []
    assert space.is_sample(UNIT, "2024-10")
    assert not space.is_sample(UNIT, "2024-09")


def test_sample_data_never_covers_real_data(space: Workspace) -> None:
    project(space, "真的")
    with pytest.raises(UserError, match="已经有数据"):
        fill(space, space.plan.period("2024-10"))
    assert names(space) == ["真的"]


def test_a_year_of_sample_data_has_no_faults_of_its_own(new_space: Callable[..., Workspace]) -> None:
    space = new_space("瓦屋塘镇", "县科工局", "园区管委会")
    for period in space.plan.periods[:12]:
        fill(space, period, seed=7)
        assert [f for u in space.units for f in check(space, u.code, period)] == []


def test_a_reason_settles_a_doubt_if_it_is_long_enough(space: Workspace) -> None:
    full(space)
    row: Row = report(space, "tasks").rows[0]
    edit(space, report(space, "tasks").set(row["id"], {"progress": "正常"}))
    (finding,) = check(space, UNIT, space.plan.period("2024-10"))
    for text, settled in (("好", False), ("本期确实没有变化", True)):
        edit(space, give_reason(space, finding, text))
        (finding,) = check(space, UNIT, space.plan.period("2024-10"))
        assert (finding.reason, finding.settled) == (text, settled)
    edit(space, give_reason(space, finding, ""))
    assert check(space, UNIT, space.plan.period("2024-10"))[0].reason == ""


def test_a_team_answers_for_the_units_of_its_action(new_space: Callable[..., Workspace]) -> None:
    team = new_space(role="team", action="AQ")
    assert team.plan.unit("县应急局") in team.units
    assert len(team.units) < len(team.plan.units)


def test_a_workspace_is_opened_with_the_plan_it_was_made_with(space: Workspace) -> None:
    space.set({"person": "示例"})
    space.close()
    again = Workspace.open(space.folder)
    assert (again.person, again.role, [u.short for u in again.units]) == ("示例", "unit", ["瓦屋塘镇"])
    assert again.plan == space.plan
    again.close()


def test_a_workspace_is_never_made_over_another(space: Workspace) -> None:
    with pytest.raises(UserError, match="已经有工作区"):
        Workspace.create(space.folder, "office")


@pytest.mark.parametrize(("typed", "value"), [("1.2亿元", "1.2"), ("146.5", "146.5"), ("2000万元", "0.2")])
def test_a_figure_is_read_in_the_unit_of_its_indicator(
    new_space: Callable[..., Workspace], typed: str, value: str
) -> None:
    space = new_space(role="office")
    plan = space.plan
    unit, one = next((u, i) for u in plan.units for i in plan.indicators_of(u.code) if i.measure == "亿元")
    lines = space.report(space.form("indicators"), space.context(unit.code, plan.period("2024-10")))
    row = next(r for r in lines.rows if r["indicator"] == one.id)
    assert lines.field_at(row["id"], "total").parse(typed, plan.year) == Decimal(value)
    with pytest.raises(ValueError, match="这一栏按亿元填数字"):
        lines.field_at(row["id"], "total").parse("85%", plan.year)
