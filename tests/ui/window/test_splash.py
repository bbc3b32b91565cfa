"""The window that stands before its contents are read."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLineEdit

from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import Key, editor, of_kind, page, put
from ui import app
from ui.widgets.theme import Theme
from ui.window.page import HOME
from ui.window.splash import Splash, remembered


def memory(folder: Path) -> QSettings:
    return QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def shell(qtbot: Hands, look: Theme, tmp_path: Path) -> Splash:
    made = Splash(memory(tmp_path))
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.ready):
        made.show()
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    space = Workspace.create(tmp_path / "ws", "unit", ["瓦屋塘镇"])
    space.set({"current": "2024-10", "theme": "dark", "font_size": 125})
    space.close()
    return tmp_path / "ws"


def test_it_is_filled_and_bears_the_name_of_the_plan(shell: Splash, folder: Path, qtbot: Hands) -> None:
    assert shell.windowTitle() == "清单填报"
    window = app.filled(shell, app.workspace(folder))
    assert window.isVisible()
    assert window.window() is shell
    assert shell.windowTitle() == window.windowTitle()
    assert "总体方案" in shell.windowTitle()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    assert window.pages[HOME].isAncestorOf(shell.focusWidget())  # one may type at once
    shell.close()


def test_the_next_start_has_the_look_of_this_one(shell: Splash, folder: Path, tmp_path: Path) -> None:
    window = app.filled(shell, app.workspace(folder))
    kept = remembered(memory(tmp_path))
    assert (kept.theme, kept.percent) == ("dark", 125)
    window.session.space.set({"theme": "contrast"})
    window.look.change("contrast", 125)
    shell.close()
    kept = remembered(memory(tmp_path))
    assert (kept.theme, kept.percent) == ("contrast", 125)


@pytest.mark.parametrize("kept", ["", "dark", "pink 100", "dark -5", "dark 1e3", "dark 9999"])
def test_a_memory_that_makes_no_sense_is_the_usual_look(kept: str, tmp_path: Path) -> None:
    held = memory(tmp_path)
    held.setValue("look", kept)
    found = remembered(held)
    assert (found.theme, found.percent) == ("light", 100)


def test_what_cannot_be_read_keeps_it_open(shell: Splash, folder: Path, qtbot: Hands) -> None:
    window = app.filled(shell, app.workspace(folder))
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    grid = page(window, "tasks").grid
    put(grid, "percent")
    qtbot.keyClick(grid, Key.Key_F2)
    box = of_kind(QLineEdit, editor(grid))
    box.setText("很多")
    assert not shell.close()
    assert shell.isVisible()
    box.setText("70")
    assert shell.close()


def test_an_empty_window_may_be_closed(shell: Splash) -> None:
    assert shell.close()
