"""What goes wrong at a clerk's desk: nothing typed is lost, every refusal is one sentence, nothing is half done."""

import sqlite3
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from models.store.data_folder import FILE
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, editor, kept, of_kind, page, put
from ui.first.wizard import SetupWizard
from ui.grid.grid import Grid
from ui.grid.paste import Pasted
from ui.widgets.theme import Theme


def paste(qtbot: Hands, grid: Grid, text: str) -> list[str]:
    """Paste through the keyboard; gives what the preview refuses."""
    refused: list[str] = []

    def asked(read: Pasted, _label: str) -> bool:
        refused.extend(read.refused)
        return True

    grid.asked = asked  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    QGuiApplication.clipboard().setText(text)
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    return refused


def test_a_block_wider_than_the_form_is_reported_cell_by_cell(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    last = grid.table.fields[-1].name
    put(grid, last)
    refused = paste(qtbot, grid, "写在备注里\t右边没有栏了\t也没有\r\n")
    assert refused == ["第1行：多出2格，右边没有栏可放"]
    assert kept(window, "tasks", last)[0] == "写在备注里"
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "tasks", last)[0] is None


def test_ten_thousand_lines_onto_the_plans_own_lines_are_refused_with_their_number(
    open_window: Open, qtbot: Hands
) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "task")
    before = kept(window, "tasks", "task")
    refused = paste(qtbot, grid, "".join(f"改写任务{n}\r\n" for n in range(len(before))))
    assert len(refused) == len(before)
    assert all("由方案定，不能改" in why for why in refused)
    assert kept(window, "tasks", "task") == before


def test_another_program_cannot_take_the_store_away_while_it_is_open(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    qtbot.keyClick(grid, Key.Key_F2)
    qtbot.keyClicks(editor(grid), "Shili")
    other = sqlite3.connect(window.session.space.folder / FILE, timeout=0.05)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN EXCLUSIVE")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    other.close()
    assert kept(window, "tasks", "chief")[0] == "Shili"


@pytest.mark.parametrize(
    "found", [b"", b"age-encryption.org/v1\n-> X25519 half", b"PK\x03\x04 broken zip", b"\x00" * 4096]
)
def test_a_damaged_task_file_at_the_first_start_is_reported_and_nothing_is_made(
    tmp_path: Path, look: Theme, qtbot: Hands, found: bytes
) -> None:
    file = tmp_path / "任务包.qd"
    file.write_bytes(found)
    start = SetupWizard(tmp_path / "ws", look)
    qtbot.addWidget(start)
    start.take([file])
    assert start.space is None
    told = start.pack.told.text()
    assert told
    assert not told.isascii()
    assert "Traceback" not in told
    assert not (tmp_path / "ws" / FILE).exists()


def test_nothing_typed_into_an_open_thing_is_lost_when_the_store_is_gone(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.show_page("home")
    box = QApplication.focusWidget()
    qtbot.keyClicks(box, "Shili")
    path = window.session.space.folder / FILE
    away = path.rename(path.with_name("别处.db"))
    qtbot.keyClick(box, Key.Key_Return)
    assert of_kind(QLineEdit, box).text() == "Shili"
    assert "被移走或删去了" in window.saved.toolTip()
    away.rename(path)
    qtbot.keyClick(box, Key.Key_Return)
    window.close()
    again = Workspace.open(path.parent)
    row = again.store.rows("cover", again.units[0].code, "2024-10")[0]
    again.close()
    assert "Shili" in row.values()
