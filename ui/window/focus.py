"""Keeps the keyboard focus in the page when the focused widget is hidden, disabled or destroyed. In the boxes for unit
and period, the next arrow key would switch to another one.
"""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget


def lost(window: QWidget) -> bool:
    """Whether the focused widget is missing, hidden or disabled."""
    place = place_of(window)
    return place is None or not (place.isVisible() and place.isEnabled())


def place_of(window: QWidget) -> QWidget | None:
    """The widget that has the focus, or will have it when the window is active again; None where there is none."""
    return window.window().focusWidget()


def stay(pages: QStackedWidget, enter: Callable[[], None]) -> bool:
    """Put the focus into the current page; `enter` then chooses the widget, once the page has settled. False where no
    page is visible.
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
