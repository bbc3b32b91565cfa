"""Whole tables on the clipboard: more lines than the plan has, headings and sums among them."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, add_projects, at_dialog, kept, page, put
from ui.grid.grid import Grid
from ui.loads.column_mapping import ColumnMapping


@pytest.fixture(autouse=True)
def _clipboard_emptied() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


def paste(qtbot: Hands, grid: Grid, *lines: str) -> None:
    QGuiApplication.clipboard().setText("".join(f"{line}\r\n" for line in lines))
    qtbot.keyClick(grid, Key.Key_V, CTRL)


@pytest.mark.parametrize(("way", "new", "filled"), [("不贴", 0, 0), ("只贴", 0, 1), ("新增", 3, 4)])
def test_more_lines_than_the_plan_has_raise_a_question(
    open_window: Open, qtbot: Hands, way: str, new: int, filled: int
) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    there = len(kept(window, "tasks", "note"))
    put(grid, "note", there - 1)
    seen: list[str] = []

    def act(box: QMessageBox) -> None:
        seen.extend([box.text(), box.defaultButton().text()])
        next(b for b in box.buttons() if b.text().startswith(way)).click()

    at_dialog(QMessageBox, act)
    paste(qtbot, grid, "甲", "乙", "丙", "", "丁")
    assert seen == ["<b>多出3行，要新增吗？</b>", "不贴"]
    notes = kept(window, "tasks", "note")
    assert len(notes) == there + new
    assert sum(n is not None for n in notes) == filled


def test_as_many_lines_as_the_plan_has_raise_no_question(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    there = len(kept(window, "tasks", "note"))
    put(grid, "note", there - 2)
    paste(qtbot, grid, "甲", "乙", "", "")
    assert kept(window, "tasks", "note")[-2:] == ["甲", "乙"]
    assert len(kept(window, "tasks", "note")) == there


def test_a_table_with_headings_and_sums_is_taken_over_by_its_headings(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "projects").grid
    seen: list[str] = []

    def act(dialog: ColumnMapping) -> None:
        seen.extend([dialog.chosen_form.name, *(b.currentText() for b in dialog.boxes), dialog.told.text()])
        dialog.take.click()

    at_dialog(ColumnMapping, act)
    paste(
        qtbot,
        grid,
        "某镇项目表",
        "总投资（元）\t工程名称\t微信",
        "1000000\t示例一路\t甲",
        "2000000\t示例二路\t乙",
        "3000000\t合计\t",
    )
    told = "将在“项目清单”里加2行；1行合计不加；2格换了写法（箭头后是读作的内容）"
    assert seen == ["projects", "总投资（万元）", "项目名称", "（不要）", told]
    assert kept(window, "projects", "name") == ["示例一路", "示例二路"]
    assert [str(v) for v in kept(window, "projects", "total")] == ["100.00", "200.00"]
    window.activateWindow()  # nobody but a desktop's own manager hands it back
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "name") == []


def test_a_heading_over_one_column_and_a_sum_under_it_are_skipped_and_named(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    put(grid, "name")
    paste(qtbot, grid, "项目名称", "示例一路", "示例二路", "合计")
    assert kept(window, "projects", "name") == ["示例一路", "示例二路"]
    assert window.saved.text().endswith("粘贴了2格，标题行和1行合计没有贴")


def test_words_like_a_heading_among_others_are_no_heading(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    put(grid, "name")
    paste(qtbot, grid, "建设地点", "示例二路")
    assert kept(window, "projects", "name") == ["建设地点", "示例二路"]


def test_lines_take_the_zero_report_back_in_the_same_step(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    form_page = page(window, "publicity")
    form_page.zero()
    said = window.session.space.statements
    assert said("430527106", "2024-10") == {"publicity": "zero"}
    form_page.grid.setFocus()
    paste(qtbot, form_page.grid, "示例报道一", "示例报道二")
    assert len(kept(window, "publicity", "title")) == 2
    assert said("430527106", "2024-10") == {}
    assert "撤销零报告" in window.saved.text()
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "publicity", "title") == []
    assert said("430527106", "2024-10") == {"publicity": "zero"}
    form_page.grid.insert_line()
    assert said("430527106", "2024-10") == {}
