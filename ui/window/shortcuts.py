"""The keys that work on every page; key_help.py lists them for the clerk."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.session import Session
from ui.window.page import WindowFrame


def add_shortcuts(
    window: QWidget, frame: WindowFrame, session: Session, steps: Sequence[str], keys: Mapping[str, str]
) -> None:
    """Add the keys to the window. `steps` are the pages of the rail; `keys` gives the page of each further key."""
    acts: list[tuple[str, Callable[[], object]]] = [
        ("F8", lambda: frame.walk(1)), ("Shift+F8", lambda: frame.walk(-1)),
        ("Ctrl+PgDown", lambda: turn(frame, 1)), ("Ctrl+PgUp", lambda: turn(frame, -1)),
        ("Ctrl+L", lambda: frame.page.same_as_last()), ("Ctrl+G", lambda: frame.page.show_item_cell()),
        ("Alt+Left", frame.back), ("F1", frame.show_keys),
        ("Ctrl+Z", session.take_back), ("Ctrl+Y", session.do_again), ("Ctrl+Shift+Z", session.do_again),
        *((key, partial(show_or_print, frame, name)) for key, name in keys.items()),
        *((f"Alt+{n}", partial(frame.show_page, name)) for n, name in enumerate(steps, 1)),
        *((f"Ctrl+{n}", partial(turn_to, frame, n - 1)) for n in range(1, 9)),
    ]  # fmt: skip
    for keys_of, act in acts:
        QShortcut(QKeySequence(keys_of), window, act)


def turn_to(frame: WindowFrame, n: int) -> None:
    """Open the n-th form."""
    if n < len(frame.names):
        frame.show_page(frame.names[n])


def turn(frame: WindowFrame, way: int) -> None:
    """Open the next (1) or last (-1) form."""
    names, current = frame.names, frame.in_front
    at = names.index(current) if current in names else (-1 if way > 0 else 0)
    frame.show_page(names[(at + way) % len(names)])


def show_or_print(frame: WindowFrame, name: str) -> None:
    """Open a page of paper; where it is the current page already, print it."""
    if frame.in_front != name or not frame.page.print_pages():
        frame.show_page(name)
