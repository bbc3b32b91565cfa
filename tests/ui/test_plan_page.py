"""方案 in the county's window: rows changed in the grid, confirmed, and put in force."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from forms.plan_tables import ASSIGNMENTS, TASKS
from models.plan_force import versions
from tests.travel import Desk
from ui.main_window import MainWindow
from ui.plan_page import PlanPage

Open = Callable[..., MainWindow]


@pytest.fixture
def page(tmp_path: Path, open_window: Open) -> PlanPage:
    window = open_window(Desk.county(tmp_path / "county").work)
    window.show_page("plan")
    found = window.pages["plan"]
    assert isinstance(found, PlanPage)
    return found


def test_a_guess_is_confirmed_and_the_count_goes_down_and_back(page: PlanPage, qtbot) -> None:
    before = page.desk.draft.unsure["assignments"]
    assert page.segments["assignments"].text() == f"分工 {before}"
    page.show_table(ASSIGNMENTS)
    qtbot.mouseClick(page.buttons["下一处待确认"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.buttons["确认选中的"], Qt.MouseButton.LeftButton)
    assert page.segments["assignments"].text() == f"分工 {before - 1}"
    page.session.undo.undo()
    assert page.segments["assignments"].text() == f"分工 {before}"
    assert not page.buttons["生效……"].isEnabled()


def test_a_cell_is_changed_by_typing_and_put_in_force(page: PlanPage, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    page.show_table(TASKS)
    grid = page.grid
    grid.stand_on(grid.table.place(page.desk.draft.ids("tasks")[1], "goal"))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert "有1处不对" in page.second.text()
    assert not page.buttons["生效……"].isEnabled()
    page.session.undo.undo()
    grid.stand_on(grid.table.place(page.desk.draft.ids("tasks")[1], "confirmed"))
    qtbot.mouseClick(page.buttons["确认选中的"], Qt.MouseButton.LeftButton)
    asked: list[str] = []
    monkeypatch.setattr(page, "asked", lambda *words: not asked.append(words[1]))
    space = page.session.space
    qtbot.mouseClick(page.buttons["生效……"], Qt.MouseButton.LeftButton)
    assert "“确认”：待确认 → 已确认" in asked[0]
    assert space.plan.version == "2024.2"
    assert [v["version"] for v in versions(space)] == ["2024.2"]


def test_an_id_in_force_says_why_it_is_locked(page: PlanPage) -> None:
    page.show_table(TASKS)
    table = page.grid.table
    assert "已经下发" in table.why_locked(table.place(page.desk.draft.ids("tasks")[0], "id_"))
    assert table.why_locked(table.place(page.desk.draft.ids("tasks")[0], "goal")) == ""


def test_a_whole_task_is_confirmed_at_once(page: PlanPage, qtbot) -> None:
    page.show_table(ASSIGNMENTS)
    draft = page.desk.draft
    mine = [i for i in draft.ids("assignments") if draft.cells[i]["任务"] == "CY-001"]
    page.grid.stand_on(page.grid.table.place(mine[2], "confirmed"))
    qtbot.mouseClick(page.buttons["确认整项任务"], Qt.MouseButton.LeftButton)
    assert {page.desk.draft.cells[i]["确认"] for i in mine} == {"已确认"}
    assert page.desk.draft.unsure["assignments"] == draft.unsure["assignments"] - len(mine)
