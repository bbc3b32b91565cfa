"""方案's tables as people see them: in Chinese, from their first column on; and the question before handing out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox

from forms.form import Form
from forms.plan_tables import ASSIGNMENTS, CHOICES, SCORING, TASKS
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, at_dialog, there
from ui.grid.paste_preview import PastePreview
from ui.plan.plan_page import GRID, PlanPage
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow


@pytest.fixture
def page(tmp_path: Path, open_window: Open) -> PlanPage:
    return shown(open_window(Desk.county(tmp_path / "county").work))


def shown(window: MainWindow) -> PlanPage:
    window.show_page("plan")
    found = window.pages["plan"]
    assert isinstance(found, PlanPage)
    return found


@pytest.mark.parametrize(("table", "field", "seen"), [(SCORING, "basis", "审核质量"), (CHOICES, "mark", "偏慢")])
def test_the_programs_own_words_are_shown_in_chinese(page: PlanPage, table: Form, field: str, seen: str) -> None:
    page.show_table(table)
    model = page.grid.table
    column = [f.name for f in model.fields].index(field) + 1
    words = {model.index(n, column).data() or "" for n in range(model.rowCount())}
    assert seen in words
    assert [w for w in words if any("a" <= c <= "z" for c in w)] == []
    assert not page.desk.draft.changed


def test_a_basis_is_chosen_by_its_chinese_name_and_kept_by_its_own(page: PlanPage, qtbot: Hands) -> None:
    page.show_table(SCORING)
    id = page.desk.draft.ids("scoring")[0]
    assert page.desk.edit(
        "改", page.desk.draft.set(SCORING, id, {"basis": SCORING.field("basis").kind.parse("填报完整")})
    )
    assert page.desk.draft.cells[id]["依据数据"] == "complete"
    assert not page.desk.draft.faults


def test_a_table_opens_at_its_first_columns_in_large_text(tmp_path: Path, open_window: Open, look: Theme) -> None:
    window = open_window(Desk.county(tmp_path / "county").work)
    look.change("light", 150)
    window.session.appearance_changed.emit()
    window.resize(1366, 696)
    page = shown(window)
    page.show_as(GRID)
    assert page.table is ASSIGNMENTS
    bar = page.grid.horizontalScrollBar()
    assert bar.maximum() > bar.value() == 0


def test_enter_alone_hands_nothing_out(page: PlanPage, qtbot: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    folders: list[object] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: folders.append(_) or "")  # type: ignore[func-returns-value, redundant-expr]  # it notes, and then answers
    words: list[str] = []

    def enter(box: QMessageBox) -> None:
        words.append(box.text())
        qtbot.keyClick(box, Key.Key_Return)

    at_dialog(QMessageBox, enter)
    qtbot.mouseClick(page.handing, Qt.MouseButton.LeftButton)
    assert "还有847处待确认，其中分工639处" in words[0]
    assert folders == []


def test_a_cell_that_cannot_be_read_is_named_when_a_block_is_pasted(page: PlanPage, qtbot: Hands) -> None:
    page.show_table(TASKS)
    grid, id = page.grid, page.desk.draft.ids("tasks")[1]
    day = page.desk.report(TASKS).row(id)["due"]
    grid.stand_on(grid.table.place(id, "due"))
    QGuiApplication.clipboard().setText("2月30日")
    seen: list[str] = []

    def look_and_go_on(box: PastePreview) -> None:
        seen.extend(there(box.list.item(0, n)).text() for n in range(2))
        box.accept()

    at_dialog(PastePreview, look_and_go_on)
    grid.paste()
    assert seen == ["第2行“完成时限”", "2月30日"]
    assert page.desk.report(TASKS).row(id)["due"] == day


def test_today_is_typed_by_a_key_in_a_day_of_the_plan(page: PlanPage, qtbot: Hands) -> None:
    page.show_table(TASKS)
    grid, id = page.grid, page.desk.draft.ids("tasks")[1]
    grid.stand_on(grid.table.place(id, "due"))
    before = page.session.today()
    qtbot.keyClick(grid, Key.Key_Semicolon, CTRL)
    assert before <= page.desk.report(TASKS).row(id)["due"] <= page.session.today()  # it may be midnight
