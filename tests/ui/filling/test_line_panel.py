"""A form's page around its grid: the line's panel, the kinds of lines, what a block comes to, and the empty form."""

from decimal import Decimal

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, SHIFT, Key, Open, editor, inside, kept, of_kind, page, put, sent_back, there
from ui.filling.check_page import CheckPage
from ui.filling.home_page import HomePage
from ui.filling.reason_row import CommentRow
from ui.grid.grid import Grid
from ui.grid.record_table import STATE
from ui.widgets.theme import Theme
from ui.widgets.year_bars import PeriodBar, YearBars
from ui.window.main_window import MainWindow
from ui.window.page import CHECK, HOME


def months(open_window: Open) -> MainWindow:
    """Three months behind each other."""
    window = open_window()
    for month in ("2024-08", "2024-09", "2024-10"):
        fill(window.session.space, window.session.space.plan.period(month))
    window.session.go()
    return window


def type_in(qtbot: Hands, grid: Grid, word: str) -> None:
    """Type a word into the current cell: its first key opens the editor."""
    qtbot.keyClick(grid, word[0])
    qtbot.keyClicks(editor(grid), word[1:])
    qtbot.keyClick(editor(grid), Key.Key_Return)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in inside(widget, QLabel)]


def test_a_figure_is_shown_through_the_year_against_its_pace(open_window: Open) -> None:
    window = months(open_window)
    formed = page(window, "tasks")
    put(formed.grid, "percent")
    bars = of_kind(YearBars, formed.panel.findChild(YearBars))
    shown = [str(formed.grid.currentIndex().data())]
    assert [b.name for b in bars.bars] == [f"{n}月" for n in range(1, 13)]
    assert [b.shown for b in bars.bars if b.now] == shown
    assert sum(b.value is not None for b in bars.bars) == 3
    assert bars.goal == Decimal(100)
    assert f"10月{shown[0]}" in bars.accessibleName()
    put(formed.grid, "progress")
    assert formed.panel.findChild(YearBars) is not bars
    assert [t.split("　")[0] for t in texts(formed.panel) if t.startswith(("8月", "9月"))] == ["9月", "8月"]


def test_the_former_value_of_a_cell_is_one_press_away(open_window: Open, qtbot: Hands) -> None:
    window = months(open_window)
    formed = page(window, "tasks")
    before = kept(window, "tasks", "chief")[0]
    put(formed.grid, "chief")
    type_in(qtbot, formed.grid, "Shili")
    put(formed.grid, "chief")
    button = next(b for b in inside(formed.panel, QPushButton) if b.text().startswith("改回"))
    button.click()
    assert kept(window, "tasks", "chief")[0] == before
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", "chief")[0] == "Shili"


def test_what_came_back_is_first_everywhere_and_is_answered_beside_its_cell(open_window: Open, qtbot: Hands) -> None:
    window = months(open_window)
    record = sent_back(window, "percent", "累计数不应减少，请核实")
    assert window.buttons["tasks"].text() == "任务清单 1"
    window.show_page(CHECK)
    assert of_kind(CheckPage, window.pages[CHECK]).sentence.text() == "再办完退回的 1 条就能传出"
    window.show_page(HOME)
    first = of_kind(HomePage, window.pages[HOME])
    assert there(first.list.thing()).mark == "back"
    assert any("累计数不应减少" in t for t in texts(first.ease))
    qtbot.keyClick(window, Key.Key_G, CTRL)
    formed = page(window, "tasks")
    assert formed.grid.currentIndex() == formed.table.place(record, "percent")
    formed.chips["退回"].click()
    assert [x.number for n, x in enumerate(formed.table.lines) if not formed.grid.isRowHidden(n)] == [1]
    row = of_kind(CommentRow, formed.panel.findChild(CommentRow))
    row.box.setText("上月多报了，本月按实数报")
    qtbot.keyClick(row.box, Key.Key_Return)
    assert window.session.returned == []
    assert window.buttons["tasks"].text() == "任务清单 ✓"
    assert any("已答复：上月多报了" in t for t in texts(formed.panel))


def test_changing_the_cell_deals_with_what_came_back(open_window: Open, qtbot: Hands) -> None:
    window = months(open_window)
    sent_back(window, "chief", "请写全名")
    formed = page(window, "tasks")
    put(formed.grid, "chief")
    type_in(qtbot, formed.grid, "Shili")
    assert window.session.returned == []
    window.session.undo.undo()
    assert len(window.session.returned) == 1


def test_each_kind_of_line_is_counted_and_shown(open_window: Open) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    formed = page(window, "tasks")
    count = len(kept(window, "tasks", "task"))
    assert formed.chips["全部"].text() == f"全部 {count}"
    assert not formed.chips["没填"].isVisible()
    put(formed.grid, "chief", 2)
    formed.grid.clear_cells()
    assert formed.chips["没填"].text() == "没填 1"
    assert formed.chips["没填"].isVisible()


def test_the_foot_says_what_a_block_comes_to(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    grid = page(window, "tasks").grid
    put(grid, "percent")
    assert window.foot.picked.text() == ""
    figures = kept(window, "tasks", "percent")[:2]
    qtbot.keyClick(grid, Key.Key_Down, SHIFT)
    told = f"选中2格　平均 {sum(figures) / 2:,.2f}　求和 {sum(figures):,f}"
    assert window.foot.picked.text() == told
    put(grid, "chief")
    assert window.foot.picked.text() == ""


def test_typing_into_an_empty_form_makes_its_first_line(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "projects")
    assert not formed.panel.isVisible()
    type_in(qtbot, formed.grid, "Shili")
    assert kept(window, "projects", "name") == ["Shili"]
    assert formed.panel.isVisible()
    assert not formed.empty.isVisible()


def test_a_block_is_pasted_into_an_empty_form(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "publicity")
    formed.grid.asked = lambda _read, _label: True  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    QGuiApplication.clipboard().setText("示例标题一\r\n示例标题二\r\n")
    qtbot.keyClick(formed.grid, Key.Key_V, CTRL)
    assert kept(window, "publicity", formed.table.fields[0].name) == ["示例标题一", "示例标题二"]


def test_the_usual_way_on_comes_first_and_no_report_last(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    plan = window.session.space.plan
    window.session.go(period=plan.period("2024-09"))
    type_in(qtbot, page(window, "projects").grid, "Shili")
    window.session.go(period=plan.period("2024-10"))
    formed = page(window, "projects")
    titles = [b.way.title for b in formed.empty.buttons]
    assert titles == ["从2024年9月带过来1行", "从 Excel 粘贴", "加一行", "零报告"]
    formed.empty.buttons[0].click()
    assert kept(window, "projects", "name") == ["Shili"]


def test_the_first_edit_of_a_line_is_no_history_of_its_other_cells(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "tasks")
    put(formed.grid, "chief")
    type_in(qtbot, formed.grid, "Shili")
    edited = {f.name: formed.table.data(formed.table.place(kept(window, "tasks", "id")[0], f.name), STATE).edited
              for f in formed.table.fields}  # fmt: skip
    assert [name for name, is_edited in edited.items() if is_edited] == ["chief"]
    for field, count in (("chief", 1), ("section", 0), ("task", 0)):
        put(formed.grid, field)
        assert sum(t.startswith("这一格改过") for t in texts(formed.panel)) == count, field


def test_what_was_undone_is_neither_marked_nor_counted_nor_reported_as_done(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "tasks")
    put(formed.grid, "note")
    QGuiApplication.clipboard().setText("甲\r\n乙\r\n")
    qtbot.keyClick(formed.grid, Key.Key_V, CTRL)
    QGuiApplication.clipboard().clear()
    assert formed.chips["本期改过"].text() == "本期改过 2"
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert not formed.chips["本期改过"].isVisible()
    put(formed.grid, "task")
    assert not formed.table.data(formed.grid.currentIndex(), STATE).edited
    assert not any("改过" in t for t in texts(formed.panel))
    window.session.go()  # as after a new start
    assert window.session.dated(formed.form) == set()


def test_no_figure_of_the_year_lies_under_the_name_of_the_line_or_under_another(qtbot: Hands, look: Theme) -> None:
    for now, value in ((11, 97), (10, 90), (9, 97), (5, 40), (0, 3)):
        values = [Decimal(value - (now - n)) if n <= now else None for n in range(12)]
        bars = YearBars(
            look, [PeriodBar(f"{n + 1}月", v, str(v), n == now) for n, v in enumerate(values)], Decimal(100)
        )
        qtbot.addWidget(bars)
        bars.resize(290, bars.sizeHint().height())
        figures = bars.figures()
        name = bars.pace(figures)
        assert len(figures) == min(now + 1, 2)
        assert not any(name.intersects(box) for _, box in figures), (now, value)
        for box in (name, *(b for _, b in figures)):
            assert 0 <= box.left() <= box.right() <= bars.width(), (now, value)
