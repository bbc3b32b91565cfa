"""页面: what the window may ask of a page, and what a page may ask of the window. A page knows no window: it gets the
session and the look, answers these methods, and emits these signals.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.store.change import Change

if TYPE_CHECKING:
    from typing_extensions import override  # mypy then refuses a method that Page does not have
else:

    def override(method: Callable) -> Callable:
        """Mark a method of a page that the window calls."""
        method.__override__ = True
        return method


__all__ = ["CHECK", "HOME", "INBOX", "PLAN", "PRINT", "ROLLUP", "SEND", "SET", "Page", "WindowFrame", "override"]

HOME, CHECK, PRINT, SEND, SET = "home", "check", "print", "send", "settings"
INBOX, ROLLUP, OBSTACLES, SCORES, PLAN = "inbox", "rollup", "docket", "scores", "plan"


class Page(QWidget):
    """One page. Every method has a default that does nothing, so that a page writes only what it has; it marks each
    with `@override`. The signals ask the window for something:

    - `cell_wanted`: go to a cell of the current unit: form, record, field
    - `line_wanted`: go to a cell of another unit: unit's code, form, record, field
    - `unit_wanted`: open a unit's forms, by its code
    - `conflict_wanted`: show the conflict of a unit, by its code
    - `files_wanted`: load these paths; none: let the user choose
    - `loaded`: files were loaded, so that plan, units and periods may have changed
    - `step_changed`: a step of the rail has another state
    """

    cell_wanted = Signal(str, str, str)
    line_wanted = Signal(str, str, str, str)
    unit_wanted = Signal(str)
    conflict_wanted = Signal(str)
    files_wanted = Signal(list)
    loaded = Signal()
    step_changed = Signal()

    def enter(self, name: str) -> None:
        """Put the cursor where the page wants it. `name` is that of the registry row that was opened, as a page may
        have two.
        """
        self.setFocus()

    def follow(self, changes: Sequence[Change]) -> None:
        """Show what was written; no changes: read everything again."""

    def finish_typing(self) -> bool:
        """Save what is being typed; False where it cannot be read, so that the window has to stay open."""
        return True

    def release(self) -> None:
        """The window closes: stop what runs, and write nothing more."""

    def current_cell(self) -> tuple[str, str]:
        """Record and field under the cursor; '' where there is none."""
        return "", ""

    def go_to(self, record: str, field: str) -> None:
        """Put the cursor on a cell."""

    def next_item(self, way: int) -> bool:
        """F8: to the page's next (1) or last (-1) open item; False where it has none, and the window goes on."""
        return False

    def next_step(self, way: int) -> None:
        """F8 without open items: to the next (1) or last (-1) step of handing in."""

    @property
    def next_words(self) -> str:
        """What F8 does on this page, for the main button; '' for the window's own text."""
        return ""

    def same_as_last(self) -> None:
        """Ctrl+L: last period's values for the chosen cells."""

    def show_item_cell(self) -> None:
        """Ctrl+G: go to the cell of the open item in its form."""

    def print_pages(self) -> bool:
        """Ctrl+P on the page itself: send it to a printer; False where the page is not one of paper."""
        return False

    def take_in(self, paths: Sequence[Path]) -> None:
        """Load files of any kind."""

    def show_conflict(self, unit: str) -> None:
        """Show the conflict of a unit, by its code."""

    def show_corrections(self, unit: str) -> None:
        """Show a unit whose reported values changed after the county corrected them, by its code."""


class WindowFrame(Protocol):
    """What keys and counts need of the window."""

    @property
    def in_front(self) -> str:
        """The name of the current page."""

    @property
    def page(self) -> Page:
        """The current page."""

    @property
    def names(self) -> list[str]:
        """The names of the forms in their order."""

    def show_page(self, name: str) -> None:
        """Switch to a page."""

    def walk(self, way: int) -> None:
        """To the next (1) or last (-1) open item."""

    def back(self) -> None:
        """Return to the former page and cell."""

    def show_keys(self) -> None:
        """Show the keys of the current page."""
