"""What a user of Excel expects of a grid without a lesson; each promise that no other file presses."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, SHIFT, Key, Open, add_projects, editor, kept, of_kind, page, put
from ui.grid.cell_foot import CellFoot
from ui.grid.grid import Grid
from ui.grid.replace_dialog import ReplaceDialog
from ui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def grid(open_window: Open) -> Grid:
    window: MainWindow = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    return page(window, "tasks").grid


def window_of(grid: Grid) -> MainWindow:
    found = grid.window()
    assert isinstance(found, MainWindow)
    return found


def at(grid: Grid) -> tuple[str, int]:
    index = grid.currentIndex()
    field = grid.table.field(index.column())
    return field.name if field else "", grid.table.lines[index.row()].number


def middle(grid: Grid, field: str, n: int) -> QPoint:
    """The middle of a cell of the n-th record."""
    records = [x.row["id"] for x in grid.table.lines if x.row]
    index = grid.table.place(records[n], field)
    grid.scrollTo(index)
    grid.frozen.uncover(index)
    return grid.visualRect(index).center()


def test_enter_and_tab_go_back_with_shift(grid: Grid, qtbot: Hands) -> None:
    put(grid, "section", 1)
    qtbot.keyClick(grid, Key.Key_Return, SHIFT)
    assert at(grid) == ("section", 1)
    qtbot.keyClick(grid, Key.Key_Backtab, SHIFT)
    assert at(grid) == ("chief", 1)


def test_a_double_click_edits_the_value(grid: Grid, qtbot: Hands) -> None:
    before = kept(window_of(grid), "tasks", "chief")[0]
    place = middle(grid, "chief", 0)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(grid.viewport(), LEFT, pos=place)
    assert of_kind(QLineEdit, editor(grid)).text() == before
    qtbot.keyClick(editor(grid), Key.Key_End)
    qtbot.keyClicks(editor(grid), "2")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window_of(grid), "tasks", "chief")[0] == before + "2"


def test_a_block_is_chosen_with_the_mouse_and_with_shift(grid: Grid, qtbot: Hands) -> None:
    a, b = middle(grid, "chief", 0), middle(grid, "section", 2)
    QTest.mousePress(grid.viewport(), LEFT, pos=a)
    QTest.mouseMove(grid.viewport(), b)
    QTest.mouseRelease(grid.viewport(), LEFT, pos=b)
    put(grid, "chief", 0)
    qtbot.mouseClick(grid.viewport(), LEFT, SHIFT, b)
    by_mouse = {(i.row(), i.column()) for i in grid.selectedIndexes()}
    put(grid, "chief", 0)
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right):
        qtbot.keyClick(grid, key, SHIFT)
    assert {(i.row(), i.column()) for i in grid.selectedIndexes()} == by_mouse
    assert len(by_mouse) == 6


def test_a_block_is_copied_as_excel_reads_it(grid: Grid, qtbot: Hands) -> None:
    put(grid, "chief", 0)
    for key in (Key.Key_Down, Key.Key_Right):
        qtbot.keyClick(grid, key, SHIFT)
    qtbot.keyClick(grid, Key.Key_C, CTRL)
    window = window_of(grid)
    rows = zip(kept(window, "tasks", "chief")[:2], kept(window, "tasks", "section")[:2], strict=True)
    assert QGuiApplication.clipboard().text() == "".join("\t".join(row) + "\r\n" for row in rows)


def test_f2_and_a_double_click_go_on_with_a_long_text_and_typing_replaces_it(grid: Grid, qtbot: Hands) -> None:
    window = window_of(grid)
    before = kept(window, "tasks", "progress")[0]
    put(grid, "progress", 0)
    qtbot.keyClick(grid, Key.Key_F2)
    qtbot.keyClicks(editor(grid), "2")
    foot = of_kind(CellFoot, editor(grid).findChild(CellFoot))
    assert foot.isVisible()
    assert foot.keys.text() == "Enter 存　Alt+Enter 换行　Esc 不改"
    assert foot.count.text() == f"{len(before) + 1}字"
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "tasks", "progress")[0] == f"{before}2"
    place = middle(grid, "progress", 0)
    qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(grid.viewport(), LEFT, pos=place)
    qtbot.keyClicks(editor(grid), "3")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "tasks", "progress")[0] == f"{before}23"
    put(grid, "progress", 0)
    qtbot.keyClick(grid, Key.Key_4)
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "tasks", "progress")[0] == "4"


def marked(grid: Grid) -> set[tuple[str, int]]:
    """Field and number of every chosen cell."""
    cells = ((grid.table.field(c), grid.table.lines[n].number) for n, columns in grid.selected_cells() for c in columns)
    return {(field.name, number) for field, number in cells if field}


def test_blocks_are_chosen_with_shift_to_the_edges(grid: Grid, qtbot: Hands) -> None:
    fields = [f.name for f in grid.table.fields]
    lines = max(x.number for x in grid.table.lines)
    put(grid, "chief", 1)
    qtbot.keyClick(grid, Key.Key_End, SHIFT)
    assert marked(grid) == {(f, 2) for f in fields[fields.index("chief") :]}
    put(grid, "chief", 1)
    qtbot.keyClick(grid, Key.Key_Home, SHIFT)
    assert marked(grid) == {(f, 2) for f in fields[: fields.index("chief") + 1]}
    put(grid, "chief", 1)
    qtbot.keyClick(grid, Key.Key_Down, CTRL | SHIFT)
    assert marked(grid) == {("chief", n) for n in range(2, lines + 1)}
    put(grid, "section", 0)
    qtbot.keyClick(grid, Key.Key_End, CTRL | SHIFT)
    assert marked(grid) == {(f, n) for f in fields[fields.index("section") :] for n in range(1, lines + 1)}


def test_what_is_copied_is_what_is_seen_of_the_block(grid: Grid, qtbot: Hands) -> None:
    window = window_of(grid)
    put(grid, "chief", 0)
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right):
        qtbot.keyClick(grid, key, SHIFT)
    grid.setColumnHidden(grid.table.column("section"), True)
    qtbot.keyClick(grid, Key.Key_C, CTRL)
    rows = zip(kept(window, "tasks", "chief")[:2], kept(window, "tasks", "person")[:2], strict=True)
    assert QGuiApplication.clipboard().text() == "".join("\t".join(row) + "\r\n" for row in rows)
    assert window.saved.toolTip() == "已复制4格"
    grid.setRowHidden(grid.currentIndex().row(), True)  # as a filter does
    assert {number for _, number in marked(grid)} == {1}


def test_cells_here_and_there_are_emptied_at_once(grid: Grid, qtbot: Hands) -> None:
    window = window_of(grid)
    before = kept(window, "tasks", "chief")
    put(grid, "chief", 0)
    qtbot.mouseClick(grid.viewport(), LEFT, CTRL, middle(grid, "section", 1))
    assert marked(grid) == {("chief", 1), ("section", 2)}
    qtbot.keyClick(grid, Key.Key_Delete)
    assert kept(window, "tasks", "chief")[:2] == [None, before[1]]
    assert kept(window, "tasks", "section")[1] is None
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", "chief") == before


def test_what_is_cut_is_on_the_clipboard_and_comes_back_with_one_undo(grid: Grid, qtbot: Hands) -> None:
    window = window_of(grid)
    before = kept(window, "tasks", "chief")
    put(grid, "chief", 0)
    qtbot.keyClick(grid, Key.Key_Down, SHIFT)
    qtbot.keyClick(grid, Key.Key_X, CTRL)
    assert kept(window, "tasks", "chief")[:3] == [None, None, before[2]]
    assert QGuiApplication.clipboard().text().split() == before[:2]
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", "chief") == before
    qtbot.keyClick(window, Key.Key_Y, CTRL)
    assert kept(window, "tasks", "chief")[0] is None


def test_the_first_columns_stand_still_while_the_others_move(grid: Grid, qtbot: Hands) -> None:
    put(grid, "measure", 0)
    before = grid.frozen.visualRect(grid.table.index(1, 1))
    qtbot.keyClick(grid, Key.Key_End)
    assert grid.horizontalScrollBar().value() > 0
    assert grid.frozen.isVisible()
    assert grid.frozen.visualRect(grid.table.index(1, 1)) == before
    qtbot.keyClick(grid, Key.Key_Home)
    last = grid.table.index(grid.currentIndex().row(), 3)
    grid.stand_on(last)
    assert grid.visualRect(last).left() >= grid.frozen.width() - 1  # nothing lies underneath


def test_frozen_columns_go_up_and_down_with_the_others(grid: Grid, qtbot: Hands) -> None:
    put(grid, "chief", 20)
    assert grid.verticalScrollBar().value() > 0
    assert grid.frozen.verticalScrollBar().value() == grid.verticalScrollBar().value()


def test_undo_of_lines_and_of_several_pages_goes_back_step_by_step(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    projects = add_projects(window, 2)
    put(projects, "name", 0)
    qtbot.keyClick(projects, Key.Key_F2)
    qtbot.keyClicks(editor(projects), "Shili")
    qtbot.keyClick(editor(projects), Key.Key_Return)
    put(projects, "name", 0)
    qtbot.keyClick(projects, Key.Key_Down, Qt.KeyboardModifier.AltModifier | SHIFT)
    assert kept(window, "projects", "name") == [None, "Shili"]
    tasks = page(window, "tasks").grid
    put(tasks, "chief")
    QGuiApplication.clipboard().setText("示例一\r\n示例二\r\n")
    qtbot.keyClick(tasks, Key.Key_V, CTRL)
    seen = []
    for _ in range(5):
        qtbot.keyClick(window, Key.Key_Z, CTRL)
        seen.append((kept(window, "tasks", "chief")[:2], kept(window, "projects", "name")))
    assert seen == [
        ([None, None], [None, "Shili"]), ([None, None], ["Shili", None]), ([None, None], [None, None]),
        ([None, None], [None]), ([None, None], []),
    ]  # fmt: skip
    for _ in range(5):
        qtbot.keyClick(window, Key.Key_Y, CTRL)
    assert kept(window, "tasks", "chief")[:2] == ["示例一", "示例二"]
    assert kept(window, "projects", "name") == [None, "Shili"]


def test_the_model_keeps_qts_rules_with_lines_problems_and_a_sorted_view(grid: Grid, qtmodeltester: Any) -> None:
    qtmodeltester.check(grid.table)
    grid.table.sort(grid.table.column("percent"))
    qtmodeltester.check(grid.table)
    put(grid, "chief", 2)
    grid.clear_cells()
    qtmodeltester.check(grid.table)


def test_words_are_replaced_in_what_may_be_changed_as_one_step(grid: Grid, qtbot: Hands) -> None:
    window = window_of(grid)
    before, tasks = kept(window, "tasks", "section"), kept(window, "tasks", "task")
    qtbot.keyClick(grid, Key.Key_H, CTRL)
    box = of_kind(ReplaceDialog, window.findChild(ReplaceDialog))
    assert not box.all.isEnabled()
    box.old.setText("示例股室")
    box.new.setText("示例办公室")
    assert box.told.text() == f"会改{len(before)}格"
    qtbot.keyClick(box.new, Key.Key_Return)
    assert set(kept(window, "tasks", "section")) == {"示例办公室"}
    assert kept(window, "tasks", "task") == tasks
    window.session.undo.undo()
    assert kept(window, "tasks", "section") == before
    box.reject()


def test_replacing_stays_in_the_block_and_leaves_what_could_not_be_read(grid: Grid, qtbot: Hands) -> None:
    window = window_of(grid)
    put(grid, "section", 0)
    qtbot.keyClick(grid, Key.Key_Down, SHIFT)
    box = ReplaceDialog(grid)
    box.old.setText("示例")
    box.new.setText("样本")
    box.replace_all()
    assert kept(window, "tasks", "section")[:3] == ["样本股室", "样本股室", "示例股室"]
    put(grid, "percent", 0)
    qtbot.keyClick(grid, Key.Key_Down, SHIFT)
    figures = kept(window, "tasks", "percent")
    box.old.setText(f"{figures[0]:f}"[:1])
    box.new.setText("不是数")
    assert "不改：第1行“完成进度”" in box.told.text()
    box.replace_all()
    assert kept(window, "tasks", "percent") == figures
