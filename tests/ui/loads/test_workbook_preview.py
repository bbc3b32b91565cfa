"""A filled workbook in the window: every cell that changes is seen, and what is uncertain is asked, before it goes in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QTableWidget

from exports.excel.workbook import write_workbook
from exports.sheets.unit_sheets import unit_book
from models.reporting.sample import fill
from models.workspace import Workspace
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import Open, at_dialog, there
from ui.handin.hand_in_page import HandInPage
from ui.loads.load_dialog import LoadPreview, load_files
from ui.loads.workbook_preview import WorkbookPreview
from ui.widgets.theme import Theme
from ui.window.page import SEND

UNIT, PERIOD = "县科工局", "2024-10"


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "pc", Workspace.create(tmp_path / "pc", "unit", (UNIT,)))
    made.work.set({"current": PERIOD})
    fill(made.work, made.work.period)
    yield made
    made.close()


def workbook(pc: Desk, path: Path, **texts: object) -> Path:
    """The unit's workbook; the first task's cells say these texts, and the first project is deleted."""
    space = pc.work
    write_workbook(path, unit_book(space, space.units[0], space.period, space.forms))
    book = load_workbook(path)
    rows = space.context(space.units[0].code, space.period).rows
    sheet = book["任务清单"]
    names = {c.value: c.column for row in sheet.iter_rows(max_row=30) for c in row if c.value}
    at = {c.value: c.row for (c,) in sheet.iter_rows(max_col=1) if c.value}
    for name, text in texts.items():
        sheet.cell(at[rows["tasks"][0]["id"]], names[name]).value = text
    projects = book["项目清单"]
    projects.delete_rows(next(c.row for (c,) in projects.iter_rows(max_col=1) if c.value == rows["projects"][0]["id"]))
    book.save(path)
    return path


def texts(table: QTableWidget) -> list[list[str]]:
    return [[there(table.item(r, c)).text() for c in range(table.columnCount())] for r in range(table.rowCount())]


def test_the_cells_are_shown_and_taken_in_with_enter(qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path) -> None:
    path = workbook(pc, tmp_path / "十月.xlsx", due="11月底", percent="差不多")
    seen: dict[str, Any] = {}

    def read(dialog: WorkbookPreview) -> None:
        seen["title"], seen["changes"], seen["problems"] = (
            dialog.title.text(),
            texts(dialog.changes),
            texts(dialog.problems),
        )
        seen["gone"] = dialog.gone.isVisible(), dialog.keep.isChecked()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    at_dialog(WorkbookPreview, read)
    projects = len(pc.report("projects").rows)
    told = load_files(pc.work, [path], look)
    ((sheet, row, column, label, before, after, how),) = seen["changes"]
    assert seen["title"] == "十月.xlsx：改1格，1处没有采用"
    assert (sheet, row.isdigit(), column.isalpha(), label) == ("任务清单", True, True, "完成时限")
    assert (before != after, after, how) == (True, "2024年11月30日", "11月底→2024年11月30日")
    assert [p[3] for p in seen["problems"]] == ["差不多"]
    assert seen["gone"] == (True, True)
    assert str(pc.cell("tasks", 1, "due")) == "2024-11-30"
    assert len(pc.report("projects").rows) == projects
    assert told.startswith("改了1格")


def test_lines_deleted_in_the_workbook_go_only_when_asked_to(
    qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path
) -> None:
    path = workbook(pc, tmp_path / "十月.xlsx")
    gone = pc.report("projects").rows[0]["id"]

    def delete(dialog: WorkbookPreview) -> None:
        dialog.delete.setFocus()
        qtbot.keyClick(dialog.delete, Qt.Key.Key_Space)
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)

    at_dialog(WorkbookPreview, delete)
    load_files(pc.work, [path], look)
    assert gone not in {r["id"] for r in pc.report("projects").rows}


def test_escape_leaves_everything_as_it_is(qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path) -> None:
    path, before = workbook(pc, tmp_path / "十月.xlsx", note="不要的"), pc.lines(UNIT)
    at_dialog(WorkbookPreview, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert load_files(pc.work, [path], look) == ""
    assert pc.lines(UNIT) == before


def test_a_workbook_of_another_month_raises_a_question(qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path) -> None:
    path = workbook(pc, tmp_path / "十月.xlsx", note="写在上月的本子里")
    pc.work.set({"current": "2024-11"})

    def move(dialog: WorkbookPreview) -> None:
        assert dialog.periods.isVisible()
        dialog.there.click()
        assert "当作2024年11月读入" in dialog.whose.text()
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    at_dialog(WorkbookPreview, move)
    load_files(pc.work, [path], look)
    notes = [
        pc.work.context(pc.work.units[0].code, pc.work.plan.period(p)).rows["tasks"][0]["note"]
        for p in (PERIOD, "2024-11")
    ]
    assert (notes[0] != "写在上月的本子里", notes[1]) == (True, "写在上月的本子里")


def test_the_problems_can_be_kept_as_a_workbook(
    qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, kept = workbook(pc, tmp_path / "十月.xlsx", percent="差不多"), tmp_path / "问题.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(kept), ""))  # the system's own dialog

    def keep(dialog: WorkbookPreview) -> None:
        qtbot.mouseClick(dialog.marks, Qt.MouseButton.LeftButton)
        assert str(kept) in dialog.whose.text()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    at_dialog(WorkbookPreview, keep)
    load_files(pc.work, [path], look)
    assert load_workbook(kept)["装入问题"].cell(2, 5).value == "差不多"


def test_among_several_files_a_workbook_can_be_looked_at(qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path) -> None:
    path = workbook(pc, tmp_path / "十月.xlsx", note="好的")
    (tmp_path / "别的.txt").write_text("不是给程序的", encoding="utf-8")
    gone = pc.report("projects").rows[0]["id"]

    def delete(dialog: WorkbookPreview) -> None:
        dialog.delete.click()
        dialog.take.click()

    def look_at(preview: LoadPreview) -> None:
        row = next(n for n, a in enumerate(preview.found) if a.kind == "workbook")
        preview.list.setCurrentRow(row)
        at_dialog(WorkbookPreview, delete)
        qtbot.mouseClick(preview.look_at, Qt.MouseButton.LeftButton)
        preview.take.click()

    at_dialog(LoadPreview, look_at)
    load_files(pc.work, [path, tmp_path / "别的.txt"], look)
    assert pc.cell("tasks", 1, "note") == "好的"
    assert gone not in {r["id"] for r in pc.report("projects").rows}


def test_the_county_sees_what_a_workbook_says_before_it_counts(
    qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path
) -> None:
    path, county = workbook(pc, tmp_path / "十月.xlsx", note="邮件发来的"), Desk.county(tmp_path / "county")
    seen: list[str] = []

    def read(dialog: WorkbookPreview) -> None:
        seen.extend([dialog.whose.text(), str(dialog.gone.isVisible())])
        seen.extend(row[5] for row in texts(dialog.changes))
        qtbot.keyClick(dialog, Qt.Key.Key_Return)

    at_dialog(WorkbookPreview, read)
    told = load_files(county.work, [path], look)
    assert "未验证" in seen[0]
    assert seen[1] == "False"
    assert "邮件发来的" in seen
    assert "未验证" in told
    assert county.cell("tasks", 1, "note", UNIT) == "邮件发来的"
    county.close()


def test_a_loaded_workbook_is_taken_back_with_one_undo(
    qtbot: Hands, pc: Desk, look: Theme, tmp_path: Path, open_window: Open
) -> None:
    path, before = workbook(pc, tmp_path / "十月.xlsx", note="写在工作簿里", percent=71.5), pc.lines(UNIT)
    window = open_window(pc.work)
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    at_dialog(WorkbookPreview, lambda dialog: (dialog.delete.click(), dialog.take.click()))
    page.take_in([path])
    assert pc.lines(UNIT) != before
    window.show_page("tasks")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert pc.lines(UNIT) == before
    pc.space = None  # the window closes it
