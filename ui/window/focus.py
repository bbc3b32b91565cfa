"""Where the cursor goes when its place is hidden, shut or gone: into the page, never into the boxes of the corners, where
the next arrow key would turn to another unit or month.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow


def lost(window: MainWindow) -> bool:
    """Whether the cursor stands where nothing can be typed or pressed any more."""
    place = place_of(window)
    return place is None or not (place.isVisible() and place.isEnabled())


def place_of(window: MainWindow) -> QWidget | None:
    """The widget with the cursor, also while another window is in front; None where there is none."""
    return window.window().focusWidget()


def stay(window: MainWindow) -> bool:
    """Keep the cursor in the page in front; where in it is decided once the page has settled. Gives whether there is one."""
    page = window.stack.currentWidget()
    if not window.stack.count() or not page.isVisible():
        return False
    page.setFocus()

    def settled() -> None:
        if place_of(window) is page and window.stack.currentWidget() is page:
            window.enter()

    QTimer.singleShot(0, page, settled)
    return True
