"""While a file is opened the window lives on; after a moment a bar stands over it, and 取消 takes nothing in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from models.errors import UserError
from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, at_dialog, inside, kept, page
from ui.loads.column_mapping import ColumnMapping
from ui.operations.wait_dialog import WaitDialog, waited
from ui.operations.work import WAIT
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import SEND


def by_key(dialog: WaitDialog, qtbot: Hands) -> None:
    qtbot.keyClick(dialog, Key.Key_Escape)


def by_button(dialog: WaitDialog, qtbot: Hands) -> None:
    qtbot.mouseClick(dialog.row.cancel, Qt.MouseButton.LeftButton)


def by_closing(dialog: WaitDialog, _qtbot: Hands) -> None:
    dialog.close()


@pytest.mark.parametrize("leave", [by_key, by_button, by_closing])
def test_it_shows_a_bar_after_a_moment_and_can_be_cancelled(
    qtbot: Hands, look: Theme, leave: Callable[..., None]
) -> None:
    shown: list[tuple[str, str, bool]] = []

    def work() -> Iterator[object]:
        yield 1
        while True:
            yield WAIT  # something that never comes to its end

    def act(dialog: WaitDialog) -> None:
        shown.append((dialog.row.label.text(), dialog.accessibleName(), dialog.row.bar.isVisible()))
        leave(dialog, qtbot)

    at_dialog(WaitDialog, act)
    assert waited("正在打开……", work(), look) is None
    assert shown == [("正在打开……", "正在打开……", True)]


def test_quick_work_shows_nothing_and_gives_all_results(qtbot: Hands, look: Theme) -> None:
    assert waited("正在打开……", iter("甲乙丙"), look) == ["甲", "乙", "丙"]


def test_what_cannot_be_done_is_reported_by_the_caller(qtbot: Hands, look: Theme) -> None:
    def work() -> Iterator[object]:
        yield 1
        raise UserError("intake.nothing-to-undo")

    with pytest.raises(UserError) as why:
        waited("正在打开……", work(), look)
    assert why.value.id == "intake.nothing-to-undo"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A table that somebody made himself."""
    made = Workbook()
    for line in (["工程名称", "建设地点"], ["示例一路", "大坪村"]):
        made.active.append(line)
    made.save(tmp_path / "台账.xlsx")
    return tmp_path / "台账.xlsx"


def beats(window: MainWindow) -> list[bool]:
    """How often the window could do something else, and whether it did so before a dialog stood there."""
    told: list[bool] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: told.append(any(isinstance(w, ColumnMapping) for w in inside(window, QWidget))))
    timer.start(5)
    return told


def test_the_window_lives_on_while_a_table_is_opened(open_window: Open, qtbot: Hands, book: Path) -> None:
    window = open_window()
    page(window, "projects")
    told, seen = beats(window), list[list[bool]]()
    at_dialog(ColumnMapping, lambda dialog: (seen.append(list(told)), dialog.accept()))  # type: ignore[func-returns-value]  # it notes, and then answers
    window.open_files([book])
    assert window.in_front == SEND
    assert False in seen[0]
    assert kept(window, "projects", "name") == ["示例一路"]


def test_opening_can_be_cancelled_and_takes_nothing_in(open_window: Open, qtbot: Hands, book: Path) -> None:
    window = open_window()
    page(window, "projects")

    def leave() -> None:
        for dialog in inside(window, WaitDialog):
            dialog.reject()
            return
        QTimer.singleShot(1, leave)

    QTimer.singleShot(0, leave)
    window.open_files([book])
    assert not inside(window, ColumnMapping)
    assert kept(window, "projects", "name") == []
