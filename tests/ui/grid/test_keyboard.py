"""Every key that the window promises, pressed: Excel's where Excel has one."""

from datetime import date

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit

from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, SHIFT, Key, Open, add_projects, editor, inside, kept, of_kind, page, put, there
from ui.window.key_help import GRID_KEYS, ITEM_KEYS, OTHER_KEYS, STEP_KEYS, KeyList
from ui.window.main_window import MainWindow
from ui.window.page import CHECK, HOME, PRINT, SEND

ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


def name(window: MainWindow) -> str:
    down = next(n for n, button in window.buttons.items() if button.isChecked())
    assert window.pages[down] is window.stack.currentWidget()
    return down


@pytest.mark.parametrize(
    ("key", "mods", "to"),
    [(Key.Key_F7, NONE, CHECK), (Key.Key_P, CTRL, PRINT), (Key.Key_1, ALT, HOME), (Key.Key_2, ALT, CHECK),
     (Key.Key_3, ALT, PRINT), (Key.Key_4, ALT, SEND), (Key.Key_1, CTRL, "cover"), (Key.Key_2, CTRL, "tasks"),
     (Key.Key_3, CTRL, "projects"), (Key.Key_6, CTRL, "publicity"), (Key.Key_PageDown, CTRL, "projects"),
     (Key.Key_PageUp, CTRL, "cover")],
)  # fmt: skip
def test_a_page_is_one_key_away(open_window: Open, qtbot: Hands, key: Key, mods: Qt.KeyboardModifier, to: str) -> None:
    window = open_window()
    page(window, "tasks")
    qtbot.keyClick(window, key, mods)
    assert name(window) == to
    QThreadPool.globalInstance().waitForDone()


def test_alt_arrow_goes_back_to_the_cell(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "progress", 3)
    at = grid.currentIndex()
    qtbot.keyClick(window, Key.Key_F7)
    qtbot.keyClick(window, Key.Key_3, CTRL)
    qtbot.keyClick(window, Key.Key_Left, ALT)
    assert name(window) == CHECK
    put(grid, "chief", 0)
    qtbot.keyClick(window, Key.Key_Left, ALT)
    assert name(window) == "tasks"
    assert grid.currentIndex() == at
    qtbot.keyClick(window, Key.Key_Left, ALT)
    assert name(window) == HOME


@pytest.mark.parametrize(
    ("where", "own"), [(HOME, ITEM_KEYS), ("tasks", GRID_KEYS), (SEND, STEP_KEYS), ("settings", OTHER_KEYS)]
)
def test_f1_lists_the_keys_of_the_page_and_esc_closes_it(
    open_window: Open, qtbot: Hands, where: str, own: KeyList
) -> None:
    window = open_window()
    window.show_page(where)
    qtbot.keyClick(window, Key.Key_F1)
    box = of_kind(QDialog, window.findChild(QDialog))
    texts = [label.text() for label in inside(box, QLabel)]
    assert texts[: 2 * len(own)] == [word for line in own for word in line]
    everywhere = dict(zip(texts[2 * len(own) :: 2], texts[2 * len(own) + 1 :: 2], strict=True))
    assert everywhere["Alt+1 … Alt+4"] == "填报、审核、打印、上报"
    assert (everywhere["F7"], everywhere["Ctrl+P"]) == ("审核", "打印")
    assert "Ctrl+Z / Ctrl+Y" in everywhere
    qtbot.keyClick(box, Key.Key_Escape)
    qtbot.waitUntil(lambda: window.findChild(QDialog) is None)


def test_f6_goes_to_the_panel_and_back(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "tasks")
    put(formed.grid, "chief")
    qtbot.keyClick(formed.grid, Key.Key_F6)
    assert formed.panel.hasFocus()
    qtbot.keyClick(formed.panel, Key.Key_F6)
    assert formed.grid.hasFocus()


def test_ctrl_f_finds(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "tasks")
    qtbot.keyClick(formed.grid, Key.Key_F, CTRL)
    assert QApplication.focusWidget() is formed.search


def test_ctrl_enter_fills_the_block_with_what_is_typed_as_one_step(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    for _ in range(2):
        qtbot.keyClick(grid, Key.Key_Down, SHIFT)
    put_back = kept(window, "tasks", "chief")
    qtbot.keyClick(grid, Key.Key_F2)
    of_kind(QLineEdit, editor(grid)).setText("示例")
    qtbot.keyClick(editor(grid), Key.Key_Return, CTRL)
    assert kept(window, "tasks", "chief")[:4] == ["示例", "示例", "示例", None]
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", "chief") == put_back


def test_ctrl_d_and_ctrl_r_fill_down_and_right(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    qtbot.keyClick(grid, Key.Key_F2)
    of_kind(QLineEdit, editor(grid)).setText("示例")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    put(grid, "chief")
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(grid, Key.Key_R, CTRL)
    assert kept(window, "tasks", "section")[0] == "示例"
    put(grid, "chief", 1)
    qtbot.keyClick(grid, Key.Key_D, CTRL)
    assert kept(window, "tasks", "chief")[1] == "示例"
    put(grid, "person")
    qtbot.keyClick(grid, Key.Key_R, CTRL)
    assert kept(window, "tasks", "person")[0] == "示例"


def test_ctrl_r_of_what_does_not_fit_says_so_and_changes_nothing(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    grid = page(window, "tasks").grid
    put(grid, "percent")
    before = kept(window, "tasks", "percent")
    qtbot.keyClick(grid, Key.Key_R, CTRL)
    assert kept(window, "tasks", "percent") == before
    assert "不能向右填充" in window.saved.toolTip()


def test_ctrl_semicolon_is_today(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.session.today = lambda: date(2024, 10, 22)  # type: ignore[method-assign]  # the test answers in the person's place
    grid = page(window, "tasks").grid
    grid.asked = lambda _read, _label: True  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    put(grid, "due")
    qtbot.keyClick(grid, Key.Key_Semicolon, CTRL)
    assert kept(window, "tasks", "due")[0] == date(2024, 10, 22)


def test_ctrl_l_takes_last_periods_values_into_the_block_only(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.space.plan.period("2024-09"))
    window.session.go()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    qtbot.keyClick(grid, Key.Key_Right, SHIFT)
    qtbot.keyClick(window, Key.Key_L, CTRL)
    assert [bool(v) for v in kept(window, "tasks", "chief")[:2]] == [True, False]
    assert kept(window, "tasks", "section")[:2] == ["示例股室", None]
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", "section")[0] is None


def test_ctrl_plus_and_minus_add_and_remove_a_line(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    qtbot.keyClick(grid, Key.Key_Plus, CTRL)
    assert len(kept(window, "projects", "name")) == 2
    qtbot.keyClick(grid, Key.Key_Minus, CTRL)
    assert len(kept(window, "projects", "name")) == 1


def test_page_down_and_up_move_a_screen(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    start = grid.currentIndex().row()
    qtbot.keyClick(grid, Key.Key_PageDown)
    assert grid.currentIndex().row() > start + 3
    qtbot.keyClick(grid, Key.Key_PageUp)
    assert grid.currentIndex().row() <= start + 1


def test_when_the_last_line_goes_the_cursor_stays_beside_it(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    put(grid, "place", 2)
    qtbot.keyClick(grid, Key.Key_Minus, CTRL)
    assert grid.table.lines[grid.currentIndex().row()].number == 2
    assert there(grid.table.field(grid.currentIndex().column())).name == "place"
