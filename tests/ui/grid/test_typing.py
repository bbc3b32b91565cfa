"""Chinese is typed through an input method: the first key opens the editor and is not lost."""

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit

from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, editor, kept, page, put, there


def words(box: object) -> str:
    if isinstance(box, QPlainTextEdit):
        return box.toPlainText()
    line = box.lineEdit() if isinstance(box, QComboBox) else box
    assert isinstance(line, QLineEdit)
    return line.text()


@pytest.mark.parametrize("field", ["chief", "progress", "status"])
def test_what_an_input_method_commits_replaces_the_cell(open_window: Open, qtbot: Hands, field: str) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, field)
    composing = QInputMethodEvent("zheng", [])
    QApplication.sendEvent(grid, composing)
    box = editor(grid)
    assert grid.is_typing()
    done = QInputMethodEvent("", [])
    done.setCommitString("正常推进")
    QApplication.sendEvent(QApplication.focusWidget() or box, done)
    assert words(box) == "正常推进"
    qtbot.keyClick(box, Key.Key_Return)
    assert kept(window, "tasks", field)[0] in ("正常推进", "doing")


def test_a_word_committed_at_once_is_taken_completely(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    event = QInputMethodEvent("", [])
    event.setCommitString("示例")
    QApplication.sendEvent(grid, event)
    assert words(editor(grid)) == "示例"


def test_an_input_method_does_not_open_a_locked_cell(open_window: Open) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "task")
    QApplication.sendEvent(grid, QInputMethodEvent("zheng", []))
    assert grid.cells.editing is None


def test_what_is_being_composed_is_seen_in_the_grown_editor(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "progress")
    cell = grid.visualRect(grid.currentIndex())
    qtbot.keyClick(grid, Key.Key_F2)
    box = editor(grid)
    assert isinstance(box, QPlainTextEdit)
    assert box.height() > cell.height()
    QApplication.sendEvent(box, QInputMethodEvent("wancheng", []))
    assert box.textCursor().block().layout().preeditAreaText() == "wancheng"
    done = QInputMethodEvent("", [])
    done.setCommitString("完成主体工程两处。")
    QApplication.sendEvent(box, done)
    qtbot.keyClick(box, Key.Key_Return)
    assert kept(window, "tasks", "progress")[0] == "完成主体工程两处。"


def test_chinese_is_composed_in_an_open_thing_and_in_the_search(open_window: Open) -> None:
    window = open_window()
    window.show_page("home")
    formed = page(window, "tasks")
    window.show_page("home")
    for box in (there(QApplication.focusWidget()), formed.search):
        done = QInputMethodEvent("", [])
        done.setCommitString("示例")
        QApplication.sendEvent(box, done)
        assert words(box) == "示例"
