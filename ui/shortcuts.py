"""The keys that work on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut

from ui.pages import CHECK

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def shortcuts(window: MainWindow) -> None:
    """Every key of the window as a whole; help.py tells the clerk."""
    for keys, action in (
        ("F8", lambda: window.walk(1)), ("Shift+F8", lambda: window.walk(-1)), ("F7", lambda: window.show_page(CHECK)),
        ("Ctrl+P", window.print), ("Ctrl+PgDown", lambda: window.turn(1)),
        ("Ctrl+PgUp", lambda: window.turn(-1)), ("Ctrl+L", window.copy_last), ("Ctrl+G", window.jump), ("Alt+Left", window.back), ("F1", window.help),
        ("Ctrl+Z", window.session.take_back),
        ("Ctrl+Y", window.session.do_again), ("Ctrl+Shift+Z", window.session.do_again),
        *((f"Alt+{n}", lambda name=name: window.show_page(name)) for n, (name, _) in enumerate(window.rail, 1)),
        *((f"Ctrl+{n}", lambda n=n: window.turn_to(n - 1)) for n in range(1, 9)),
    ):  # fmt: skip
        QShortcut(QKeySequence(keys), window, action)
