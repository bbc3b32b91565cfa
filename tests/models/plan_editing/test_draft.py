"""A draft of the plan: every step kept and taken back, checked by the reader, put in force as a new version."""

from collections.abc import Callable

import pytest

from forms.plan_tables import ACTIONS, ASSIGNMENTS, TASKS, UNITS
from models.errors import UserError
from models.plan.rows import tables_of, texts_of, tidied
from models.plan_editing.draft import PlanDraft
from models.plan_editing.next_year import new_year
from models.plan_editing.publish import Written, put_in_force, versions
from models.reporting.sample import fill
from models.store.change import Change, inverse
from models.workspace import Workspace

New = Callable[..., Workspace]


@pytest.fixture
def office(new_space: New) -> Workspace:
    space = new_space(role="office")
    space.set({"current": "2024-10", "person": "示例"})
    return space


def row(space: Workspace, table: str, **cells: str) -> str:
    """The record whose cells are as given."""
    draft = PlanDraft(space)
    return next(i for i in draft.ids(table) if cells.items() <= draft.cells[i].items())


def edit(space: Workspace, changes: list[Change]) -> list[Change]:
    done = [*PlanDraft(space).begin(), *changes]
    space.apply(done, "改方案")
    return done


def test_rows_and_files_say_the_same_to_the_letter(office: Workspace) -> None:
    tables = tables_of(office.plan.texts)
    assert tidied(tables) == tables
    assert texts_of(tables, office.plan.texts) == dict(office.plan.texts)


def test_a_step_is_kept_across_a_restart_and_can_be_taken_back(office: Workspace) -> None:
    id = row(office, "tasks", 编号="CY-002")
    done = edit(office, PlanDraft(office).set(TASKS, id, {"goal": "按季度完成"}))
    office.store.close()
    again = Workspace.open(office.folder)
    try:
        assert [(d.id, d.label, d.after) for d in PlanDraft(again).differences] == [
            ("CY-002", "年度目标", "按季度完成")
        ]
        again.apply(inverse(done), "撤销")
        assert not PlanDraft(again).started
    finally:
        again.close()
        office.store = again.store  # closed already; the fixture closes it once more


def test_rows_come_go_and_move(office: Workspace) -> None:
    first, second = PlanDraft(office).ids("tasks")[:2]
    edit(office, PlanDraft(office).add(TASKS, {"action": "CY", "text": "示例任务"}, after=first))
    draft = PlanDraft(office)
    new = draft.ids("tasks")[1]
    assert draft.cells[new]["编号"] == "CY-018", "a free number in the same style"
    edit(office, draft.move(TASKS, second, 1))
    edit(office, PlanDraft(office).remove([first]))
    assert PlanDraft(office).ids("tasks")[0] == new
    assert PlanDraft(office).cells[PlanDraft(office).ids("tasks")[2]]["编号"] == "CY-002"


def test_what_is_wrong_is_reported_at_its_row_and_not_put_in_force(office: Workspace) -> None:
    lead = row(office, "assignments", 任务="CY-001", 分工="牵头")
    edit(office, PlanDraft(office).remove([lead]))
    draft = PlanDraft(office)
    task = row(office, "tasks", 编号="CY-001")
    assert [(f.column, f.message, id) for f, id in draft.faults] == [
        ("编号", "任务CY-001还没有牵头单位，请在分工里补上", task)
    ]
    with pytest.raises(UserError, match="没有牵头单位"):
        put_in_force(office, draft.texts)
    assert office.plan.version == "2024.1"


def test_an_id_in_force_is_locked_a_name_is_not(office: Workspace) -> None:
    id = row(office, "units", 代码="430527106")
    with pytest.raises(UserError, match="已经下发"):
        PlanDraft(office).set(UNITS, id, {"code": "430527999"})
    edit(office, PlanDraft(office).set(UNITS, id, {"short": "示例镇"}))
    put_in_force(office, PlanDraft(office).texts)
    assert office.plan.unit("示例镇").code == "430527106"


def test_a_new_version_is_in_force_and_the_history_says_who(office: Workspace) -> None:
    old = office.plan
    draft = PlanDraft(office)
    unsure = [i for i in draft.ids("assignments") if draft.is_unsure(ASSIGNMENTS, i)]
    edit(office, draft.confirm(ASSIGNMENTS, unsure[:2]))
    put_in_force(office, PlanDraft(office).texts)
    assert (office.plan.version, office.plan.digest != old.digest) == ("2024.2", True)
    assert [(v["version"], v["by"], v["about"]) for v in versions(office)] == [("2024.2", "示例", "比2024.1版改动2处")]
    assert not PlanDraft(office).started
    office.store.close()
    again = Workspace.open(office.folder)
    try:
        assert again.plan.version == "2024.2"
    finally:
        again.close()


def test_what_units_wrote_is_taken_away_only_after_saying_so(office: Workspace) -> None:
    fill(office, office.period)
    part = row(office, "assignments", 任务="CY-002", 单位="430527507")
    edit(office, PlanDraft(office).remove([part]))
    with pytest.raises(Written) as told:
        put_in_force(office, PlanDraft(office).texts)
    assert told.value.details == ("重点任务CY-002不再是县科工局的，它在“任务清单”里填过",)
    before = office.store.rows("tasks", "430527507", "2024-10")
    put_in_force(office, PlanDraft(office).texts, sure=True)
    assert office.store.rows("tasks", "430527507", "2024-10") == before, "what was written stays"


def test_only_the_office_puts_a_plan_in_force(space: Workspace) -> None:
    with pytest.raises(UserError, match="领导小组办公室"):
        put_in_force(space, PlanDraft(space).texts)


def test_a_new_year_goes_on_from_the_last_and_leaves_it_as_it_was(office: Workspace) -> None:
    fill(office, office.period)
    before = office.store.rows("tasks", "430527106", "2024-10")
    office.apply(PlanDraft(office).replace(new_year(PlanDraft(office).tables)), "新年度")
    draft = PlanDraft(office)
    assert draft.unsure["assignments"] == len(draft.ids("assignments"))
    assert draft.unsure["units"] == sum(not u.confirmed for u in office.plan.units)
    put_in_force(office, draft.texts)
    plan = office.plan
    assert (plan.year, plan.version, office.period.id) == (2025, "2025.1", plan.current(office.period.end).id)
    february = plan.period("2025-02")
    assert [d.isoformat() for d in (february.start, february.end, february.due)] == [
        "2025-02-01",
        "2025-02-28",
        "2025-02-25",
    ]
    assert {t.due.year for t in plan.tasks if t.due} == {2025}
    assert office.store.rows("tasks", "430527106", "2024-10") == before


def test_a_new_year_without_the_tasks_of_the_last(office: Workspace) -> None:
    tables = new_year(PlanDraft(office).tables, keep=("units",))
    assert (tables["tasks"], tables["assignments"], tables["indicators"]) == ([], [], [])
    assert len(tables[ACTIONS.name]) == len(office.plan.actions)
    office.apply(PlanDraft(office).replace(tables), "新年度")
    assert PlanDraft(office).faults == []


def test_a_new_year_is_called_as_asked_and_may_come_later(office: Workspace) -> None:
    said = {"名称": "绥宁县“七大攻坚”总体方案", "简称": "“七大攻坚”", "年度": "2026"}
    tables = new_year(PlanDraft(office).tables, about=said)
    about = {r["项目"]: r["内容"] for r in tables["plan"]}
    assert {n: about[n] for n in ("名称", "简称", "年度", "版本")} == {**said, "版本": "2026.1"}
    february = next(r for r in tables["periods"] if r["编号"] == "2026-02")
    assert (february["名称"], february["结束"]) == ("2026年2月", "2026-02-28")
    office.apply(PlanDraft(office).replace(tables), "新年度")
    assert PlanDraft(office).faults == []
    with pytest.raises(UserError, match="要在2024年以后"):
        new_year(tables_of(office.plan.texts), about={"年度": "2024"})


def test_indicators_without_their_goals_must_be_given_new_ones(office: Workspace) -> None:
    tables = new_year(PlanDraft(office).tables, goals=False)
    assert {(r["目标值"], r["目标表述"]) for r in tables["indicators"]} == {("", "")}
    assert [r["指标名称"] for r in tables["indicators"]] == [i.name for i in office.plan.indicators]
    office.apply(PlanDraft(office).replace(tables), "新年度")
    assert {f.table for f, _ in PlanDraft(office).faults} == {"indicators"}
    assert {f.row for f, _ in PlanDraft(office).faults} == set(range(2, 2 + len(office.plan.indicators)))


def test_without_units_or_tasks_nobody_has_a_part(office: Workspace) -> None:
    tables = new_year(PlanDraft(office).tables, keep=("tasks", "assignments", "indicators"))
    assert (tables["units"], tables["assignments"]) == ([], [])
    assert {r["牵头单位"] for r in tables["actions"]} == {""}
