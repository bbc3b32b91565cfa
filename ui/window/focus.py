"""Where the cursor goes when its place is hidden, shut or gone: into the page, never into the boxes of the corners, where
the next arrow key would turn to another unit or month.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget


def lost(window: QWidget) -> bool:
    """Whether the cursor stands where nothing can be typed or pressed any more."""
    place = place_of(window)
    return place is None or not (place.isVisible() and place.isEnabled())


def place_of(window: QWidget) -> QWidget | None:
    """The widget with the cursor, also while another window is in front; None where there is none."""
    return window.window().focusWidget()


def stay(pages: QStackedWidget, enter: Callable[[], None]) -> bool:
    """Keep the cursor in the page in front; `enter` decides where in it, once the page has settled. Gives whether there
    is one.
    """
    page = pages.currentWidget()
    if not pages.count() or not page.isVisible():
        return False
    page.setFocus()

    def settled() -> None:
        if place_of(pages) is page and pages.currentWidget() is page:
            enter()

    QTimer.singleShot(0, page, settled)
    return True
