"""Hands for 收件: files are dropped, looked at, and taken."""

from pathlib import Path

from PySide6.QtCore import Qt

from tests.ui.conftest import Hands
from ui.county.inbox.inbox_page import InboxPage
from ui.operations.operation import running
from ui.window.main_window import MainWindow
from ui.window.page import INBOX


def inbox(window: MainWindow) -> InboxPage:
    page = window.pages[INBOX]
    assert isinstance(page, InboxPage)
    return page


def drop(qtbot: Hands, window: MainWindow, *paths: Path) -> InboxPage:
    """Drop files and wait until all are judged."""
    window.open_files(list(paths))
    page = inbox(window)
    qtbot.waitUntil(lambda: not running(page))
    return page


def take(qtbot: Hands, window: MainWindow, *paths: Path) -> InboxPage:
    """Drop files and take what is ticked."""
    page = drop(qtbot, window, *paths)
    qtbot.mouseClick(page.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not running(page))
    return page
