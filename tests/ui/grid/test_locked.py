"""What may not be changed says why and who can change it; a closed period is there to be read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from models.reporting.sample import fill
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, kept, page, put
from ui.filling.record_page import RecordEditor
from ui.window.main_window import MainWindow


@pytest.fixture
def closed(open_window: Open) -> MainWindow:
    """October is filled and closed off; November is open."""
    window = open_window()
    space: Workspace = window.session.space
    fill(space, window.session.period)
    space.apply(space.close_off("2024-10"), "封存")
    window.session.go()
    return window


def test_a_closed_period_is_read_only_and_says_why(closed: MainWindow, qtbot: Hands) -> None:
    formed = page(closed, "tasks")
    assert "已经封存" in formed.banner.label.text()
    assert not formed.banner.isHidden()
    before = kept(closed, "tasks", "chief")
    put(formed.grid, "chief")
    qtbot.keyClicks(formed.grid, "x")
    qtbot.keyClick(formed.grid, Key.Key_Delete)
    assert kept(closed, "tasks", "chief") == before
    assert "已经封存" in closed.saved.toolTip()
    assert not any(b.isEnabled() for b in formed.editing)


def test_the_units_sheet_of_a_closed_period_can_be_read_and_copied_only(closed: MainWindow, qtbot: Hands) -> None:
    closed.show_page("cover")
    sheet = closed.pages["cover"]
    assert isinstance(sheet, RecordEditor)
    box = sheet.boxes["head"]
    assert isinstance(box, QLineEdit)
    assert box.isReadOnly()
    assert "已经封存" in sheet.banner.label.text()


def test_another_period_is_one_choice_away_and_open(closed: MainWindow, qtbot: Hands) -> None:
    n = closed.periods.findText("2024年11月")
    closed.periods.setCurrentIndex(n)
    closed.periods.activated.emit(n)
    formed = page(closed, "tasks")
    assert formed.banner.isHidden()
    put(formed.grid, "chief")
    qtbot.keyClicks(formed.grid, "S")
    qtbot.keyClick(formed.grid.cells.editing, Key.Key_Return)
    assert kept(closed, "tasks", "chief")[0] == "S"


@pytest.mark.parametrize(
    ("form", "field", "why"), [("tasks", "task", "领导小组办公室"), ("projects", "share", "由程序算出")]
)
def test_double_click_and_f2_on_a_locked_cell_say_who_can_change_it(
    open_window: Open, qtbot: Hands, form: str, field: str, why: str
) -> None:
    window = open_window()
    grid = page(window, form).grid
    if form == "projects":
        grid.insert_line()
    put(grid, field)
    qtbot.keyClick(grid, Key.Key_F2)
    assert why in window.saved.toolTip()
    window.foot.tell("", "saved")
    view = grid.frozen if grid.currentIndex().column() < 2 else grid
    place = view.visualRect(grid.currentIndex()).center()
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert why in window.saved.toolTip()
    assert grid.cells.editing is None
