"""The plan's tables answer everything that the grid asks of a form: every key of the grid in every table."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from forms.form import Form
from forms.plan_tables import PLAN_TABLES, TASKS
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, SHIFT, Key, Open, put
from ui.plan.plan_page import GRID, PlanPage
from ui.window.main_window import MainWindow

NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(tmp_path: Path, open_window: Open) -> MainWindow:
    return open_window(Desk.county(tmp_path / "county").work)


def shown(window: MainWindow, table: Form) -> PlanPage:
    window.show_page("plan")
    found = window.pages["plan"]
    assert isinstance(found, PlanPage)
    found.show_table(table)
    found.show_as(GRID)
    found.grid.asked = lambda _read, _label: True  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    return found


def goals(plan: PlanPage) -> list[object]:
    return [plan.desk.draft.values(TASKS, id)["goal"] for id in plan.desk.draft.ids("tasks")[:3]]


def test_a_block_is_pasted_into_the_tasks_of_the_plan(window: MainWindow, qtbot: Hands) -> None:
    plan = shown(window, TASKS)
    before = goals(plan)
    put(plan.grid, "goal")
    QGuiApplication.clipboard().setText("示例目标一\r\n示例目标二\r\n")
    with qtbot.captureExceptions() as raised:
        qtbot.keyClick(plan.grid, Key.Key_V, CTRL)
    assert raised == []
    assert goals(plan) == ["示例目标一", "示例目标二", before[2]]
    with qtbot.waitSignal(window.session.changed):
        qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert goals(plan) == before


def test_what_cannot_be_pasted_is_refused_with_the_present_value(window: MainWindow, qtbot: Hands) -> None:
    plan, seen = shown(window, TASKS), list[list[str]]()
    plan.grid.asked = lambda read, _label: bool(seen.append(read.refused))  # type: ignore[assignment, func-returns-value, method-assign]  # the test answers in the person's place
    put(plan.grid, "due")
    before = plan.grid.currentIndex().data()
    QGuiApplication.clipboard().setText("大概吧\r\n")
    with qtbot.captureExceptions() as raised:
        qtbot.keyClick(plan.grid, Key.Key_V, CTRL)
    assert raised == []
    assert seen[0][0].startswith("第1行“完成时限”")
    assert plan.grid.currentIndex().data() == before


@pytest.mark.parametrize("table", PLAN_TABLES, ids=lambda t: t.name)
def test_every_key_of_the_grid_works_in_every_table(window: MainWindow, qtbot: Hands, table: Form) -> None:
    plan = shown(window, table)
    grid = plan.grid
    if not any(x.row for x in grid.table.lines):  # a plan may say nothing here
        grid.insert_line()
    QGuiApplication.clipboard().setText("示例\t示例\r\n示例\t示例\r\n")
    for field in [f.name for f in grid.table.fields]:
        put(grid, field)
        with qtbot.captureExceptions() as raised:
            for key, mods in (
                (Key.Key_C, CTRL), (Key.Key_V, CTRL), (Key.Key_D, CTRL), (Key.Key_R, CTRL), (Key.Key_Return, CTRL),
                (Key.Key_Semicolon, CTRL), (Key.Key_Delete, NONE), (Key.Key_X, CTRL),
            ):  # fmt: skip
                qtbot.keyClick(grid, key, mods)
        assert raised == [], field
    with qtbot.captureExceptions() as raised:
        for key, mods in (
            (Key.Key_Plus, CTRL), (Key.Key_V, CTRL), (Key.Key_Minus, CTRL), (Key.Key_L, CTRL),
            (Key.Key_Down, Qt.KeyboardModifier.AltModifier | SHIFT),
        ):  # fmt: skip
            qtbot.keyClick(grid, key, mods)
    assert raised == []
