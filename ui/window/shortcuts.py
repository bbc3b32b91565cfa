"""The keys that work on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from ui.window.page_registry import CHECK, PRINT, ask

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow


def shortcuts(window: MainWindow) -> None:
    """Every key of the window as a whole; help.py tells the clerk."""

    def front(name: str) -> None:
        """Whatever the page in front makes of it: last period's values for its cells; to the cell of the open thing."""
        ask(window.stack.currentWidget(), name)

    for keys, action in (
        ("F8", lambda: window.walk(1)), ("Shift+F8", lambda: window.walk(-1)), ("F7", lambda: window.show_page(CHECK)),
        ("Ctrl+P", lambda: print_paper(window)), ("Ctrl+PgDown", lambda: turn(window, 1)),
        ("Ctrl+PgUp", lambda: turn(window, -1)), ("Ctrl+L", lambda: front("same_as_last")), ("Ctrl+G", lambda: front("jump")),
        ("Alt+Left", window.back), ("F1", lambda: show_keys(window)),
        ("Ctrl+Z", window.session.take_back),
        ("Ctrl+Y", window.session.do_again), ("Ctrl+Shift+Z", window.session.do_again),
        *((f"Alt+{n}", lambda name=name: window.show_page(name)) for n, (name, _) in enumerate(window.rail, 1)),
        *((f"Ctrl+{n}", lambda n=n: turn_to(window, n - 1)) for n in range(1, 9)),
    ):  # fmt: skip
        QShortcut(QKeySequence(keys), window, action)


def turn_to(window: MainWindow, n: int) -> None:
    """The n-th form."""
    if n < len(window.names):
        window.show_page(window.names[n])


def turn(window: MainWindow, way: int) -> None:
    """The next or last form."""
    names, current = window.names, window.in_front
    at = names.index(current) if current in names else (-1 if way > 0 else 0)
    window.show_page(names[(at + way) % len(names)])


def print_paper(window: MainWindow) -> None:
    """To the pages; from there to the printer."""
    if window.in_front == PRINT:
        ask(window.pages[PRINT], "print")
    else:
        window.show_page(PRINT)


def show_keys(window: MainWindow) -> None:
    """The keys of the page in front."""
    from ui.window.key_help import show_help

    show_help(getattr(window.stack.currentWidget(), "keys", "other"), window.look, window)
