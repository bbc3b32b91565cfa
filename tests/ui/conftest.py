"""A real window on a real store, offscreen."""

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.workspace import Workspace
from tests.effort import HANG
from tests.ui.hands import AWAITED
from ui.operations.gc_guard import garbage
from ui.session import Session
from ui.widgets.theme import Theme, dress, load_fonts
from ui.window.main_window import MainWindow
from ui.window.page_registry import ROWS, PageRow


class Hands(QtBot):
    """The window's hands and eyes; whatever they wait for, they give up only where something hangs."""

    def waitUntil(self, callback: Callable[[], Any], *, timeout: int = HANG * 1000) -> None:
        super().waitUntil(callback, timeout=HANG * 1000)

    def waitSignal(self, signal: Any, **more: Any) -> Any:
        return super().waitSignal(signal, timeout=HANG * 1000, **more)

    @staticmethod
    def keyClick(*args: Any, **more: Any) -> None:
        QTest.keyClick(*args, **more)

    @staticmethod
    def keyClicks(*args: Any, **more: Any) -> None:
        QTest.keyClicks(*args, **more)

    @staticmethod
    def mouseClick(*args: Any, **more: Any) -> None:
        QTest.mouseClick(*args, **more)

    @staticmethod
    def mouseDClick(*args: Any, **more: Any) -> None:
        QTest.mouseDClick(*args, **more)

    @staticmethod
    def mousePress(*args: Any, **more: Any) -> None:
        QTest.mousePress(*args, **more)

    @staticmethod
    def mouseMove(*args: Any, **more: Any) -> None:
        QTest.mouseMove(*args, **more)

    @staticmethod
    def mouseRelease(*args: Any, **more: Any) -> None:
        QTest.mouseRelease(*args, **more)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Hands:
    return Hands(request)


@pytest.fixture(autouse=True)
def every_dialog_opened() -> Iterator[None]:
    """A test that waits for a dialog meets it: one that never opens would be found by the next test's dialog."""
    yield
    left = [kind.__name__ for kind, _ in AWAITED]
    AWAITED.clear()
    assert left == []


@pytest.fixture(autouse=True)
def clean_application(qapp: QApplication) -> Iterator[None]:
    """No test finds windows, a look, a clipboard or a cursor of the test before it on the one application."""
    style, font, sheet = qapp.style().name(), qapp.font(), qapp.styleSheet()
    yield
    for window in [w for w in QApplication.topLevelWidgets() if w.parent() is None]:
        window.hide()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    while QApplication.overrideCursor() is not None:
        QApplication.restoreOverrideCursor()
    QGuiApplication.clipboard().clear()
    garbage().asleep = False
    gc.collect(1)  # its timer seldom comes while a test runs: hundreds of windows would be kept
    qapp.setStyle(style)
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)


@pytest.fixture(scope="session")
def faces(qapp: QApplication) -> None:
    load_fonts()


@pytest.fixture
def look(qapp: QApplication, faces: None) -> Theme:
    """Every test begins in the usual look, whatever colours and text size the one before has put on the program."""
    look = Theme()
    dress(qapp, look)
    return look


@pytest.fixture
def open_window(qtbot: Hands, look: Theme, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens windows: open_window() of one township in October, or on a prepared workspace; with these pages."""
    made: list[MainWindow] = []

    def make(space: Workspace | None = None, rows: Sequence[PageRow] = ROWS) -> MainWindow:
        if space is None:
            space = Workspace.create(tmp_path / f"ui{len(made)}", "unit", ["瓦屋塘镇", "县科工局"])
            space.set({"current": "2024-10", "person": "示例"})
        window = MainWindow(Session(space), look, rows)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()
