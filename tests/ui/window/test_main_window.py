"""The window driven by keys and mouse as a clerk would: fill, paste, undo, reasons, F8, zero report, units."""

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton, QToolButton

from models.reporting.sample import fill, live_on_sample_day
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import (
    CTRL,
    SHIFT,
    UNIT,
    Key,
    Open,
    add_projects,
    at_dialog,
    editor,
    inside,
    kept,
    of_kind,
    page,
    put,
    there,
)
from ui.filling.check_page import CheckPage
from ui.filling.record_page import RecordEditor
from ui.grid.paste import Pasted
from ui.handin.print_page import PrintPage
from ui.window.main_window import MainWindow
from ui.window.page import CHECK, PRINT


def test_typing_replaces_and_enter_goes_down(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    qtbot.keyClicks(grid, "S")
    assert isinstance(editor(grid), QLineEdit)
    qtbot.keyClicks(editor(grid), "hili")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "tasks", "chief")[0] == "Shili"
    assert there(grid.table.field(grid.currentIndex().column())).name == "chief"
    assert grid.table.lines[grid.currentIndex().row()].number == 2
    assert "已存好" in window.saved.text()


def test_tab_runs_right_and_enter_returns_to_where_the_run_began(open_window: Open, qtbot: Hands) -> None:
    grid = page(open_window(), "tasks").grid
    put(grid, "chief")
    for _ in range(3):
        qtbot.keyClick(grid, Key.Key_Tab)
    assert there(grid.table.field(grid.currentIndex().column())).name == "phone"
    qtbot.keyClick(grid, Key.Key_Return)
    assert there(grid.table.field(grid.currentIndex().column())).name == "chief"
    qtbot.keyClick(grid, Key.Key_Return, SHIFT)
    assert grid.table.lines[grid.currentIndex().row()].number == 1


def test_escape_leaves_the_cell_unchanged(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    qtbot.keyClicks(grid, "x")
    qtbot.keyClick(editor(grid), Key.Key_Escape)
    assert kept(window, "tasks", "chief")[0] is None


@pytest.mark.parametrize(("field", "text"), [("percent", "很多"), ("due", "2024年2月30日"), ("percent", "120")])
def test_what_cannot_be_read_stays_in_its_editor_with_the_reason(
    open_window: Open, qtbot: Hands, field: str, text: str
) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, field)
    before = kept(window, "tasks", field)[0]
    qtbot.keyClick(grid, Key.Key_F2)
    box = of_kind(QLineEdit, editor(grid))
    box.setText(text)
    qtbot.keyClick(box, Key.Key_Return)
    assert box.isVisible()
    assert box.text() == text
    assert box.property("wrong")
    assert kept(window, "tasks", field)[0] == before
    box.setText("66" if field == "percent" else "2024年3月5日")
    qtbot.keyClick(box, Key.Key_Return)
    assert kept(window, "tasks", field)[0] in (Decimal("66.0"), before.replace(month=3, day=5) if before else None)


def test_a_locked_cell_says_why(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "task")
    qtbot.keyClicks(grid, "x")
    assert "由县里在方案里定" in window.saved.toolTip()


def excel(rows: int, columns: int) -> str:
    return "".join("\t".join(f"内容{r}-{c}" for c in range(columns)) + "\r\n" for r in range(rows))


def test_a_block_of_200_cells_is_pasted_and_undone_as_one_step(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    steps = window.session.undo.count()
    put(grid, "place")
    QGuiApplication.clipboard().setText("".join(f"村{n}\t内容{n}\r\n" for n in range(100)))
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "place") == [f"村{n}" for n in range(100)]
    assert window.session.undo.count() == steps + 1
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "place") == [None]
    qtbot.keyClick(window, Key.Key_Y, CTRL)
    assert kept(window, "projects", "content")[-1] == "内容99"


def test_cells_with_line_breaks_and_quotes_are_pasted_completely(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    put(grid, "place")
    QGuiApplication.clipboard().setText('"一村\n二村"\t"他说""好"""\r\n')
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert (kept(window, "projects", "place"), kept(window, "projects", "content")) == (["一村\n二村"], ['他说"好"'])
    put(grid, "place")
    grid.selectionModel().select(
        grid.table.place(there(grid.table.lines[-1].row)["id"], "content"), grid.selectionModel().SelectionFlag.Select
    )
    qtbot.keyClick(grid, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == '"一村\n二村"\t"他说""好"""\r\n'


def test_what_a_paste_would_rewrite_or_refuse_is_shown_first(
    open_window: Open, qtbot: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    shown: list[tuple[list[str], list[str]]] = []

    def answer(read: Pasted, go: bool) -> bool:
        shown.append((read.rewritten, read.refused))
        return go

    put(grid, "total")
    QGuiApplication.clipboard().setText("1860.5万元\t两千\r\n")
    grid.asked = lambda read, _label: answer(read, False)  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "total") == [None]
    grid.asked = lambda read, _label: answer(read, True)  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "total") == [Decimal("1860.50")]
    assert kept(window, "projects", "past") == [None]
    assert "“1860.5万元” 读作 “1,860.50”" in shown[1][0][0]
    assert "“两千”没有说是元还是万元" in shown[1][1][0]


def test_a_paste_into_plan_columns_changes_nothing_there(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    refused: list[str] = []
    grid.asked = lambda read, _label: refused.extend(read.refused) or True  # type: ignore[assignment, func-returns-value, method-assign, redundant-expr]  # the test answers in the person's place
    before = kept(window, "tasks", "task")
    put(grid, "task")
    QGuiApplication.clipboard().setText("别的任务\t牵头\t自己的举措\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "tasks", "task") == before
    assert kept(window, "tasks", "measure")[0] == "自己的举措"
    assert len(refused) == 2


def test_more_lines_than_the_plan_gives_are_reported_not_lost(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.session.go(unit=window.session.space.units[1])
    grid = page(window, "indicators").grid
    told: list[str] = []
    put(grid, "note")
    QGuiApplication.clipboard().setText(excel(10_000, 1))
    at_dialog(QMessageBox, lambda box: (told.append(box.text()), box.defaultButton().click()))  # type: ignore[func-returns-value]  # it notes, and then answers
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert f"多出{10_000 - len(kept(window, 'indicators', 'note'))}行" in told[0]
    assert set(kept(window, "indicators", "note")) == {None}


def test_delete_fill_down_insert_and_remove(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    put(grid, "place")
    QGuiApplication.clipboard().setText("甲\r\n乙\r\n丙\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    put(grid, "place", 1)
    qtbot.keyClick(grid, Key.Key_D, CTRL)
    assert kept(window, "projects", "place") == ["甲", "甲", "丙"]
    qtbot.keyClick(grid, Key.Key_Delete)
    assert kept(window, "projects", "place") == ["甲", None, "丙"]
    qtbot.keyClick(grid, Key.Key_Minus, CTRL)
    assert kept(window, "projects", "place") == ["甲", "丙"]
    for _ in range(3):
        qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "place") == ["甲", "乙", "丙"]


def test_undo_reaches_across_pages(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    qtbot.keyClicks(grid, "a")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    window.show_page(CHECK)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", "chief")[0] is None


def test_ctrl_arrows_home_end_and_find(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "tasks")
    grid = formed.grid
    put(grid, "task")
    qtbot.keyClick(grid, Key.Key_Down, CTRL)
    assert grid.table.lines[grid.currentIndex().row()].number == len(kept(window, "tasks", "task"))
    qtbot.keyClick(grid, Key.Key_Home, CTRL)
    assert (grid.table.lines[grid.currentIndex().row()].number, grid.currentIndex().column()) == (1, 1)
    qtbot.keyClick(grid, Key.Key_End)
    assert grid.currentIndex().column() == grid.table.columnCount() - 1
    formed.search.setText("三查一曝光")
    qtbot.keyClick(formed.search, Key.Key_Return)
    assert "三查一曝光" in grid.currentIndex().data()


def test_f8_walks_through_open_items_and_ends_at_the_printing(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    assert window.session.open_findings == []
    grid = page(window, "tasks").grid
    for field in ("chief", "progress"):
        put(grid, field)
        qtbot.keyClick(grid, Key.Key_Delete)
    window.show_page("projects")
    seen = []
    for _ in range(2):
        qtbot.keyClick(window, Key.Key_F8)
        seen.append(there(grid.table.field(grid.currentIndex().column())).name)
    assert seen == ["chief", "progress"]
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    qtbot.keyClick(window, Key.Key_F8)
    assert isinstance(window.stack.currentWidget(), PrintPage)
    QThreadPool.globalInstance().waitForDone()


def test_a_reason_is_typed_where_the_problem_is_listed(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    grid = page(window, "tasks").grid
    put(grid, "progress")
    qtbot.keyClick(grid, Key.Key_F2)
    box = editor(grid)
    assert isinstance(box, QPlainTextEdit)
    box.setPlainText("正常")
    qtbot.keyClick(box, Key.Key_Return)
    window.show_page(CHECK)
    checked = window.pages[CHECK]
    assert isinstance(checked, CheckPage)
    assert "再写 1 条理由" in checked.sentence.text()
    reason = there(checked.list.card).reasons[0]
    reason.box.setText("太短")
    assert reason.count.text() == "2字，还差4字"
    reason.box.setText("本期确实没有新的变化")
    assert "够了" in reason.count.text()
    steps = window.session.undo.count()
    qtbot.keyClick(reason.box, Key.Key_Return)
    assert "审核通过" in checked.sentence.text()
    assert checked.list.count() == 1
    assert window.session.undo.count() - steps == 1


def test_a_zero_report_is_stated_and_taken_back(open_window: Open) -> None:
    window = open_window()
    formed = page(window, "policies")
    assert [b.way.title for b in formed.empty.buttons] == ["从 Excel 粘贴", "加一行", "零报告"]
    formed.zero()
    assert window.buttons["policies"].text() == "政策清单 ✓"
    assert formed.empty.title.text() == "已声明零报告"
    window.session.undo.undo()
    assert window.buttons["policies"].text() == "政策清单 1"


def test_the_units_sheet_saves_each_field_when_focus_leaves_it(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.show_page("cover")
    sheet = window.pages["cover"]
    assert isinstance(sheet, RecordEditor)
    box = sheet.boxes["head"]
    box.setFocus()
    qtbot.keyClicks(box, "Shili")
    qtbot.keyClick(box, Key.Key_Tab)
    assert kept(window, "cover", "head") == ["Shili"]


def test_another_unit_is_one_choice_away(open_window: Open) -> None:
    window = open_window()
    window.units.setCurrentIndex(1)
    window.units.activated.emit(1)
    assert window.session.unit.short == "县科工局"
    assert "indicators" in window.buttons


def test_copying_last_period_fills_what_carries(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    space: Workspace = window.session.space
    fill(space, space.plan.period("2024-09"))
    window.session.go()
    page(window, "tasks")
    qtbot.keyClick(window, Key.Key_L, CTRL | SHIFT)
    assert set(kept(window, "tasks", "section")) == {"示例股室"}
    assert set(kept(window, "tasks", "progress")) == {None}


def test_the_model_keeps_qts_rules(open_window: Open, qtmodeltester: Any) -> None:
    qtmodeltester.check(page(open_window(), "tasks").table)


def test_the_preview_shows_every_page(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    window.show_page(PRINT)
    preview = window.pages[PRINT]
    assert isinstance(preview, PrintPage)
    qtbot.waitUntil(lambda: "共" in preview.state.text())
    assert len(preview.pages) > 10
    assert preview.data.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("letters", "status"), [("zctj", "doing"), ("滞后", "late"), ("ywc", "done"), ("进度滞后", "late")]
)
def test_a_choice_is_searched_by_pinyin_initials_or_by_a_piece(
    open_window: Open, qtbot: Hands, letters: str, status: str
) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "status")
    qtbot.keyClick(grid, Key.Key_F2)
    box = of_kind(QComboBox, editor(grid))
    box.setCurrentText(letters)
    qtbot.keyClick(box, Key.Key_Return)
    assert kept(window, "tasks", "status")[0] == status


def test_a_month_is_filled_as_a_clerk_would(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    space: Workspace = window.session.space
    grid = page(window, "tasks").grid
    count = len(kept(window, "tasks", "task"))
    put(grid, "measure")  # more than 200 cells, as they come from last year's workbook
    people = "明确专人负责\t年度目标\t示例\t示例股室\t示例\t0739-0000000\t2024年12月31日\t\t正常推进\t80\t完成主体工程{n}处。\t\t抓好收尾。\r\n"
    QGuiApplication.clipboard().setText("".join(people.format(n=n) for n in range(count)))
    grid.asked = lambda _read, _label: True  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert count * 11 > 200
    assert [f.problem.code for f in window.session.open_findings if f.problem.form == "tasks"] == []

    for form in ("projects", "policies", "obstacles", "publicity"):
        page(window, form).zero()
    window.show_page("cover")
    sheet = window.pages["cover"]
    assert isinstance(sheet, RecordEditor)
    for name in ("head", "deputy", "liaison", "liaison_phone", "filler", "filler_phone"):
        sheet.boxes[name].setFocus()
        qtbot.keyClicks(sheet.boxes[name], "0739-0000000" if "phone" in name else "Shili")
        qtbot.keyClick(sheet.boxes[name], Key.Key_Tab)

    put(page(window, "tasks").grid, "progress")
    qtbot.keyClick(grid, Key.Key_F2)
    of_kind(QPlainTextEdit, editor(grid)).setPlainText("正常")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    qtbot.keyClick(window, Key.Key_F7)
    checked = window.pages[CHECK]
    assert isinstance(checked, CheckPage)
    reason = there(checked.list.card).reasons[0].box
    reason.setText("本期确实没有新的变化")
    qtbot.keyClick(reason, Key.Key_Return)
    assert window.session.open_findings == []
    assert window.buttons[CHECK].text() == "审核 ✓"
    window.close()
    reopened = Workspace.open(space.folder)  # what was typed is in the store, not only in the window
    assert [r["percent"] for r in reopened.store.rows("tasks", UNIT, "2024-10")] == [Decimal("80.0")] * count
    reopened.close()


def test_a_window_with_unreadable_text_in_an_editor_does_not_close_over_it(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "percent")
    qtbot.keyClick(grid, Key.Key_F2)
    box = of_kind(QLineEdit, editor(grid))
    box.setText("很多")
    window.close()
    assert window.isVisible()
    assert box.text() == "很多"
    box.setText("70")
    window.close()
    assert not window.isVisible()


def test_no_change_this_period_brings_everything_over_and_says_so(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    space: Workspace = window.session.space
    fill(space, space.plan.period("2024-09"))
    window.session.go()
    page(window, "tasks").unchanged()
    assert [f.problem.code for f in window.session.open_findings if f.problem.form == "tasks"] == []
    assert space.statements(UNIT, "2024-10")["tasks"] == "unchanged"
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert set(kept(window, "tasks", "progress")) == {None}


def test_only_lines_with_open_findings_can_be_shown(open_window: Open) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    formed = page(window, "tasks")
    put(formed.grid, "chief", 2)
    formed.grid.clear_cells()
    formed.chips["没填"].click()
    shown = [x.number for n, x in enumerate(formed.table.lines) if not formed.grid.isRowHidden(n)]
    assert shown == [3]
    formed.chips["全部"].click()
    assert not any(formed.grid.isRowHidden(n) for n in range(len(formed.table.lines)))


def test_lines_change_places_within_their_group(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    put(grid, "place")
    QGuiApplication.clipboard().setText("甲\r\n乙\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    put(grid, "place")
    qtbot.keyClick(grid, Key.Key_Down, Qt.KeyboardModifier.AltModifier | SHIFT)
    assert kept(window, "projects", "place") == ["乙", "甲"]
    assert grid.currentIndex().data() == "甲"
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "place") == ["甲", "乙"]


def test_closing_after_a_change_leaves_a_backup_and_widths_are_remembered(open_window: Open) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    grid.setColumnWidth(3, 217)
    folder = window.session.space.folder
    window.close()
    assert len(list((folder / "backups").glob("*.db"))) == 1
    again = open_window(Workspace.open(folder))
    assert page(again, "projects").grid.columnWidth(3) == 217


def test_office_figures_and_days_are_understood_and_shown(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    for field, typed, value in (("total", "1.2亿", Decimal("12000.00")), ("start", "3月", "2024-03")):
        put(grid, field)
        qtbot.keyClick(grid, Key.Key_F2)
        of_kind(QLineEdit, editor(grid)).setText(typed)
        qtbot.keyClick(editor(grid), Key.Key_Return)
        assert kept(window, "projects", field) == [value]
        assert f"“{typed}”读作" in window.saved.toolTip()
    shown: list[str] = []
    grid.asked = lambda read, _label: shown.extend([*read.rewritten, *read.refused]) or True  # type: ignore[assignment, func-returns-value, method-assign, redundant-expr]  # the test answers in the person's place
    put(grid, "total")
    QGuiApplication.clipboard().setText("2000万\t约500万\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "total") == [Decimal("2000.00")]
    assert kept(window, "projects", "past") == [None]
    assert "“2000万” 读作 “2,000.00”" in shown[0]
    assert "不是确切的数" in shown[1]


def test_text_that_cannot_be_saved_stays_in_its_editor(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    store = window.session.space.store
    grid = page(window, "tasks").grid
    put(grid, "chief")
    aside = store.path.rename(store.path.with_name("moved.db"))
    qtbot.keyClick(grid, Key.Key_F2)
    of_kind(QLineEdit, editor(grid)).setText("Shili")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert grid.is_typing()
    assert of_kind(QLineEdit, editor(grid)).text() == "Shili"
    assert "被移走或删去了" in window.saved.toolTip()
    aside.rename(store.path)
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "tasks", "chief")[0] == "Shili"


def test_a_full_disk_while_typing_loses_nothing(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    db = window.session.space.store.db
    grid = page(window, "tasks").grid
    db.execute(f"PRAGMA max_page_count={db.execute('PRAGMA page_count').fetchone()[0]}")
    put(grid, "progress")
    qtbot.keyClick(grid, Key.Key_F2)
    text = "进展" * 900
    of_kind(QPlainTextEdit, editor(grid)).setPlainText(text)
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert of_kind(QPlainTextEdit, editor(grid)).toPlainText() == text
    assert "磁盘满了" in window.saved.toolTip()
    db.execute("PRAGMA max_page_count=1000000")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "tasks", "progress")[0] == text


def test_one_choice_leaves_the_columns_that_are_filled_each_period(open_window: Open) -> None:
    window = open_window()
    space = window.session.space
    fill(space, space.plan.period("2024-09"))
    fill(space, window.session.period)
    window.session.go()
    formed = page(window, "tasks")
    put(formed.grid, "due")
    formed.grid.clear_cells()
    shown = [f.name for f in formed.table.fields]
    menu = next(b.menu() for b in inside(formed, QPushButton) if b.text() == "栏")
    one, every = menu.actions()[:2]
    assert one.text() == "只看每期要填的栏"
    one.trigger()
    hidden = {n for n in shown if formed.grid.isColumnHidden(formed.table.column(n))}
    carried = {f.name for f in formed.table.fields[1:] if f.carry}  # the first stands still
    assert hidden == carried - {"due"}  # something is left there
    assert {"chief", "person"} <= hidden
    every.trigger()
    assert not any(formed.grid.isColumnHidden(formed.table.column(n)) for n in shown)


def test_columns_are_hidden_remembered_and_shown_again_by_open_findings(open_window: Open) -> None:
    window = open_window()
    formed = page(window, "tasks")
    assert "progress" not in formed.menus.columns  # must be filled
    formed.menus.tick()
    formed.menus.columns["trouble"].setChecked(False)
    column = formed.table.column("trouble")
    assert formed.grid.isColumnHidden(column)
    folder = window.session.space.folder
    window.close()
    again = page(open_window(Workspace.open(folder)), "tasks")
    assert again.grid.isColumnHidden(column)
    again.go_to(there(again.table.lines[1].row)["id"], "trouble")
    assert not again.grid.isColumnHidden(column)


def test_the_action_of_ones_own_line_is_chosen_in_the_grid_and_groups_it(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    put(grid, "action")
    qtbot.keyClick(grid, Key.Key_F2)
    of_kind(QComboBox, editor(grid)).setCurrentText("安全")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "projects", "action") == ["AQ"]
    qtbot.waitUntil(lambda: grid.table.lines[0].title == "安全守底行动（1项）")


def test_made_up_data_is_called_so_in_the_window(open_window: Open) -> None:
    window = open_window()
    assert not window.top.sample.isVisible()
    fill(window.session.space, window.session.period)
    window.session.go()
    assert window.top.sample.isVisible()
    assert window.top.sample.text() == "示例数据"


def test_a_workspace_of_sample_data_lives_on_its_own_day_which_can_be_changed(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    space = window.session.space
    assert "sample_day" not in settings_of(window).boxes
    fill(space, window.session.period)
    assert live_on_sample_day(space)
    window.session.go()
    assert window.top.sample.text() == "示例数据\n示例日期10月22日"
    assert window.top.due_texts[1] == "还有3天"
    box = of_kind(QLineEdit, settings_of(window).boxes["sample_day"])
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "2024-10-26")
    qtbot.keyClick(box, Key.Key_Return)
    qtbot.waitUntil(lambda: window.top.due_texts[1] == "已过1天")
    assert window.top.sample.text() == "示例数据\n示例日期10月26日"


def settings_of(window: MainWindow) -> RecordEditor:
    window.show_page("settings")
    page = window.pages["settings"]
    assert isinstance(page, RecordEditor)
    return page


def test_the_arrows_take_back_and_do_again_and_say_what(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    formed = page(window, "tasks")
    arrows = {b.accessibleName(): b for b in inside(formed, QToolButton)}
    back, again = arrows["撤销"], arrows["重做"]
    assert (back.isEnabled(), again.isEnabled()) == (False, False)
    put(formed.grid, "section")
    qtbot.keyClicks(formed.grid, "x")
    qtbot.keyClick(editor(formed.grid), Key.Key_Return)
    assert back.toolTip() == "撤销：修改责任股室（Ctrl+Z）"
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert kept(window, "tasks", "section")[0] is None
    assert again.toolTip() == "重做：修改责任股室（Ctrl+Y）"
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert kept(window, "tasks", "section")[0] == "x"
