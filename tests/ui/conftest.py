"""A real window on a real store, offscreen."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from models.workspace import Workspace
from ui.session import Session
from ui.widgets.theme import Look, dress, load_fonts
from ui.window.main_window import MainWindow


@pytest.fixture(scope="session")
def faces(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture
def look(qapp: QApplication, faces: None) -> Look:
    """Every test begins in the usual look, whatever colours and text size the one before has put on the program."""
    look = Look()
    dress(qapp, look)
    return look


@pytest.fixture
def open_window(qtbot, look: Look, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows: open_window() of one township in October, or on a prepared workspace."""
    made: list[MainWindow] = []

    def make(space: Workspace | None = None) -> MainWindow:
        if space is None:
            space = Workspace.create(tmp_path / f"ui{len(made)}", "unit", ["瓦屋塘镇", "县科工局"])
            space.set({"current": "2024-10", "person": "示例"})
        window = MainWindow(Session(space), look)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
