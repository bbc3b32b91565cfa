"""A plan workbook that was loaded by mistake is taken back with its load; every version stays known."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.incoming.conflicts import undo_load
from exports.plan.workbook import write_plan
from models.errors import UserError
from models.ledger.intake_log import IntakeLog
from models.plan_editing.draft import PlanDraft
from models.plan_editing.publish import all_versions, put_in_force
from models.workspace import Workspace
from tests.travel import Desk

A = "瓦屋塘镇"
Book = Callable[[str], Path]


@pytest.fixture
def book(county: Desk, tmp_path: Path) -> Book:
    """Makes a workbook of the plan in force with another goal of its first task."""

    def make(goal: str) -> Path:
        path = write_plan(county.work.plan, tmp_path / f"{goal}.xlsx")
        made = load_workbook(path)
        head = next(c for row in made["重点任务"].iter_rows() for c in row if c.value == "年度目标")
        made["重点任务"].cell(head.row + 1, head.column).value = goal
        made.save(path)
        return path

    return make


def undo(county: Desk) -> list[str]:
    lines = undo_load(county.work, IntakeLog(county.work.store).last_load())
    return [a.kind for a in lines]


def test_the_version_from_before_is_in_force_again(county: Desk, tmp_path: Path, book: Book) -> None:
    unit, before = Desk(tmp_path / "unit"), county.work.plan
    unit.load(county.hand_out(A))
    unit.fill()
    county.load(book("装错的目标"), unit.submit())
    assert (county.work.plan.version, county.work.plan.tasks[0].goal) == ("2024.2", "装错的目标")
    assert undo(county) == ["plan", "submission"]
    assert (county.work.plan.version, county.work.plan.digest) == ("2024.1", before.digest)
    assert county.work.plan.tasks == before.tasks
    assert county.work.store.rows("tasks", county.work.plan.unit(A).code, "2024-10") == []
    assert [(v["version"], v["about"]) for v in all_versions(county.work)] == [
        ("2024.1", "比2024.2版改动1处"), ("2024.2", "比2024.1版改动1处"),
    ]  # fmt: skip
    assert unit.results(county.hand_out(A)) == ["accepted"]
    assert unit.work.plan.tasks[0].goal == before.tasks[0].goal
    unit.close()
    county.close()
    again = Workspace.open(county.folder)
    assert again.plan.digest == before.digest
    again.close()


def test_the_same_workbook_may_be_loaded_again(county: Desk, book: Book) -> None:
    path = book("新的目标")
    assert county.results(path) == ["accepted"]
    assert county.results(path) == ["unchanged"]
    undo(county)
    assert county.results(path) == ["accepted"]
    assert county.work.plan.tasks[0].goal == "新的目标"
    assert [v["version"] for v in all_versions(county.work)] == ["2024.3", "2024.1", "2024.2"]


def test_a_plan_that_was_changed_since_is_kept_and_so_is_the_rest(county: Desk, tmp_path: Path, book: Book) -> None:
    county.load(book("装入的"))
    draft = PlanDraft(county.work)
    texts = {**draft.texts, "tasks": draft.texts["tasks"].replace("装入的", "后来改的")}
    put_in_force(county.work, texts)
    with pytest.raises(UserError, match="那以后方案又改过"):
        undo(county)
    assert county.work.plan.tasks[0].goal == "后来改的"
    assert IntakeLog(county.work.store).last_load() == 1


def test_what_units_wrote_into_is_not_taken_from_under_them(county: Desk, tmp_path: Path) -> None:
    path = write_plan(county.work.plan, tmp_path / "加一项.xlsx")
    made = load_workbook(path)
    sheet = made["分工"]
    labels = {
        c.value: c.column for row in sheet.iter_rows() for c in row if c.value in ("任务", "单位", "分工", "确认")
    }
    row = sheet.max_row + 1
    task = next(t.id for t in county.work.plan.tasks if (t.id, county.work.plan.unit(A).code) not in {
        (a.task, a.unit) for a in county.work.plan.assignments
    })  # fmt: skip
    for name, text in {"任务": task, "单位": county.work.plan.unit(A).code, "分工": "配合", "确认": "已确认"}.items():
        sheet.cell(row, labels[name]).value = text
    made.save(path)
    county.load(path)
    unit = Desk(tmp_path / "unit")
    unit.load(county.hand_out(A))
    unit.fill()
    county.load(unit.submit())
    with pytest.raises(UserError, match="单位已经填过"):
        undo_load(county.work, 1)
    assert county.work.plan.version == "2024.2"
    assert [undo(county), undo(county)] == [["submission"], ["plan"]]
    assert county.work.plan.version == "2024.1"
    unit.close()
