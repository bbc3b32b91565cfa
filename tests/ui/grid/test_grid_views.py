"""Sorting, row heights, the fill handle, groups' boxes and the calendar: what makes a grid easy on eye and hand."""

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCalendarWidget, QComboBox

from forms.choices import Choice
from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, add_projects, editor, inside, kept, of_kind, page, put
from ui.filling.form_page import FormPage
from ui.grid.grid import FEW, ONE, ROWS, TWO, WHOLE, Grid
from ui.grid.replace_dialog import ReplaceDialog
from ui.widgets.day_edit import DayEdit
from ui.window.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


@pytest.fixture
def full(open_window: Open) -> MainWindow:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    return window


def paste(qtbot: Hands, grid: Grid, field: str, text: str) -> None:
    put(grid, field)
    grid.asked = lambda _read, _label: True  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(grid, Key.Key_V, CTRL)


def shown(formed: FormPage, field: str) -> list[str]:
    column = formed.table.column(field)
    return [formed.table.index(n, column).data() for n, x in enumerate(formed.table.lines) if x.row]


## sorting


def test_sorting_is_a_view_says_so_and_goes_back(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 4)
    formed = page(window, "projects")
    paste(qtbot, grid, "total", "300\r\n20\r\n\r\n1000\r\n")
    steps = window.session.undo.count()
    formed.menus.sort(formed.table.column("total"), UP)
    assert shown(formed, "total") == ["20.00", "300.00", "1,000.00", ""]
    assert [x.number for x in formed.table.lines] == [2, 1, 4, 3]
    assert "现在按“总投资”从小到大排着看" in formed.sorted.label.text()
    assert window.session.undo.count() == steps
    formed.menus.sort(formed.table.column("total"), DOWN)
    assert shown(formed, "total") == ["1,000.00", "300.00", "20.00", ""]
    formed.menus.unsort()
    assert shown(formed, "total") == ["300.00", "20.00", "", "1,000.00"]
    assert formed.sorted.isHidden()


@pytest.mark.parametrize(
    ("field", "typed", "order"),
    [
        ("place", "瓦屋\r\n安江\r\n李熙\r\n", ["安江", "李熙", "瓦屋"]),
        ("status", "已完工\r\n未开工\r\n在建\r\n", None),
        ("start", "2024年11月\r\n2023年2月\r\n2024年9月\r\n", ["2023年2月", "2024年9月", "2024年11月"]),
    ],
)
def test_words_go_by_pinyin_months_by_time_and_choices_by_their_order(
    open_window: Open, qtbot: Hands, field: str, typed: str, order: list[str] | None
) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    formed = page(window, "projects")
    if order is None:
        order = [o.name for o in of_kind(Choice, window.session.space.form("projects").field(field).kind).options][:3]
        typed = "\r\n".join([order[2], order[0], order[1]]) + "\r\n"
    paste(qtbot, grid, field, typed)
    formed.menus.sort(formed.table.column(field), UP)
    assert shown(formed, field) == order


def test_editing_a_sorted_line_changes_that_line_and_leaves_it_in_its_place(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    formed = page(window, "projects")
    paste(qtbot, grid, "total", "3\r\n2\r\n1\r\n")
    formed.menus.sort(formed.table.column("total"), UP)
    put(grid, "place")
    qtbot.keyClicks(grid, "x")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    put(grid, "total")
    qtbot.keyClicks(grid, "9")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert shown(formed, "total") == ["9.00", "2.00", "3.00"]
    assert kept(window, "projects", "place") == [None, None, "x"]
    put(grid, "place")
    qtbot.keyClick(grid, Key.Key_Down, ALT | Qt.KeyboardModifier.ShiftModifier)
    assert "不能移动行" in window.saved.toolTip()


def test_a_filter_stays_when_lines_are_sorted(full: MainWindow) -> None:
    formed = page(full, "tasks")
    put(formed.grid, "chief", 2)
    formed.grid.clear_cells()
    formed.chips["没填"].click()
    formed.menus.sort(formed.table.column("percent"), DOWN)
    assert [x.number for n, x in enumerate(formed.table.lines) if not formed.grid.isRowHidden(n)] == [3]


def test_a_paste_goes_into_the_lines_that_are_seen(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 4)
    paste(qtbot, grid, "place", "甲\r\n\r\n丙\r\n\r\n")
    grid.show_only(lambda table: set())
    for n in (0, 2):
        row = grid.table.place([x.row["id"] for x in grid.table.lines if x.row][n], "place").row()
        grid.setRowHidden(row, False)
    paste(qtbot, grid, "content", "一\r\n三\r\n")
    assert kept(window, "projects", "content") == ["一", None, "三", None]


## rows, widths, groups


def test_rows_have_three_heights_and_the_choice_is_remembered(full: MainWindow, open_window: Open) -> None:
    formed = page(full, "tasks")
    row = next(n for n, x in enumerate(formed.table.lines) if x.row)
    heights = {}
    for rows in (ONE, TWO, WHOLE):
        formed._set_rows(rows)
        heights[rows] = formed.grid.rowHeight(row)
        assert formed.grid.frozen.rowHeight(row) == heights[rows]
    assert heights[ONE] < heights[TWO] < heights[WHOLE]
    formed._set_rows(ONE)
    full.session.go()
    assert page(full, "tasks").grid.rowHeight(row) == heights[ONE]


def test_of_very_many_rows_those_that_are_seen_are_as_high_as_their_texts(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "publicity").grid
    formed = page(window, "publicity")
    QGuiApplication.clipboard().setText("".join(f"示例标题{n}{'很长' * 60}\r\n" for n in range(FEW + 100)))
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    formed._set_rows(WHOLE)
    low, high = ROWS[WHOLE][0], grid.rowHeight(0)
    assert high > grid.look.size(low)
    last = len(grid.table.lines) - 1
    assert grid.rowHeight(last) == grid.look.size(low)
    qtbot.keyClick(grid, Key.Key_End, CTRL)
    assert grid.rowHeight(last) == grid.frozen.rowHeight(last) == high
    put(grid, "title", last)
    qtbot.keyClicks(grid, "x")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert grid.rowHeight(last) == grid.frozen.rowHeight(last) < high
    assert grid.rowHeight(0) == high


def test_a_width_set_by_hand_stays_when_lines_come(open_window: Open) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    grid.setColumnWidth(3, 217)
    grid.insert_line()
    assert grid.columnWidth(3) == 217


def test_a_groups_boxes_show_what_is_open(full: MainWindow, qtbot: Hands) -> None:
    grid = page(full, "tasks").grid
    assert not any(any(x.boxes) for x in grid.table.lines)
    put(grid, "chief", 1)
    qtbot.keyClick(grid, Key.Key_Delete)
    boxes = next(x for x in grid.table.lines if x.row is None).boxes
    assert boxes == (False, True, *[False] * (len(boxes) - 2))


## fill handle


@pytest.mark.parametrize("field", ["place", "name"])
def test_dragging_the_handle_fills_down(open_window: Open, qtbot: Hands, field: str) -> None:
    window = open_window()
    grid = add_projects(window, 4)
    paste(qtbot, grid, field, "甲\r\n")
    put(grid, field)
    view = grid if grid.currentIndex().column() > 1 else grid.frozen
    start = view.frame.handle().center()
    end = QPoint(
        start.x() - 8,
        view.visualRect(grid.table.index(grid.currentIndex().row() + 2, grid.currentIndex().column())).center().y(),
    )
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view.viewport(), end)
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=end)
    assert kept(window, "projects", field) == ["甲", "甲", "甲", None]
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", field) == ["甲", None, None, None]


def test_a_block_of_two_lines_is_filled_in_turn(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 5)
    paste(qtbot, grid, "place", "甲\r\n乙\r\n")
    put(grid, "place")
    first = grid.currentIndex()
    grid.select_block(first, grid.table.index(first.row() + 1, first.column()))
    grid.fill_to(first.row() + 4)
    assert kept(window, "projects", "place") == ["甲", "乙", "甲", "乙", "甲"]


def test_locked_cells_have_no_handle(full: MainWindow) -> None:
    grid = page(full, "tasks").grid
    put(grid, "task")
    assert grid.frame.handle().isEmpty()
    assert grid.frozen.frame.handle().isEmpty()
    put(grid, "chief")
    assert not grid.frame.handle().isEmpty()


## calendar


@pytest.mark.parametrize("keys", [(Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Key.Key_Down, ALT)])
def test_a_day_is_picked_from_a_calendar_or_typed(full: MainWindow, qtbot: Hands, keys: tuple[Any, ...]) -> None:
    grid = page(full, "tasks").grid
    put(grid, "due")
    qtbot.keyClick(grid, *keys)
    box = editor(grid)
    assert isinstance(box, DayEdit)
    calendar = of_kind(QCalendarWidget, box.findChild(QCalendarWidget))
    day = kept(full, "tasks", "due")[0]
    assert calendar.selectedDate() == QDate(day.year, day.month, day.day)
    calendar.clicked.emit(QDate(2024, 11, 8))
    assert box.text() == "2024年11月8日"
    qtbot.keyClick(box, Key.Key_Return)
    assert kept(full, "tasks", "due")[0] == date(2024, 11, 8)


def test_the_options_of_a_choice_unfold_by_the_same_key(full: MainWindow, qtbot: Hands) -> None:
    grid = page(full, "tasks").grid
    put(grid, "status")
    qtbot.keyClick(grid, Key.Key_F4)
    assert of_kind(QComboBox, editor(grid)).view().isVisible()
    of_kind(QComboBox, editor(grid)).hidePopup()


def test_sorting_shows_the_first_line_and_marks_the_column(full: MainWindow) -> None:
    formed = page(full, "tasks")
    grid, column = formed.grid, formed.table.column("percent")
    put(grid, "note", 20)
    grid.scrollToBottom()
    for way in (UP, DOWN):
        plain = grid.horizontalHeader().grab().toImage()
        formed.menus.sort(column, way)
        assert formed.table.sorted == (column, way)
        assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, column)
        assert grid.visualRect(grid.currentIndex()).top() >= 0
        assert grid.horizontalHeader().grab().toImage() != plain
        assert (
            len({grid.rowHeight(n) for n in range(len(formed.table.lines))}) == 1
        )  # no line as low as a group's title
    formed.menus.unsort()
    assert formed.table.sorted is None


def test_searching_counts_and_replacing_takes_the_word_over(full: MainWindow, qtbot: Hands) -> None:
    formed = page(full, "tasks")
    word = "示例股室"
    cells = sum(x == word for x in kept(full, "tasks", "section"))
    assert cells > 2
    put(formed.grid, "task")
    formed.search.setText(word)
    for n in (1, 2):
        qtbot.keyClick(formed.search, Key.Key_Return)
        assert full.saved.text() == f"“{word}”共{cells}处，这是第{n}处"
    qtbot.keyClick(formed, Key.Key_H, CTRL)
    [box] = inside(full, ReplaceDialog)
    assert box.old.text() == word
    box.close()
