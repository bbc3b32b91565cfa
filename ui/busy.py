"""A sign that work is going on, where it must finish before the next key counts."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.session import Session

MANY = 1000  # lines; fewer take no time that anybody notices


@contextmanager
def busy(session: Session, widget: QWidget, words: str, lines: int) -> Iterator[None]:
    """Say at the foot what is being done, at once, and show the waiting cursor; nothing for a few lines."""
    if lines < MANY:
        yield
        return
    session.told.emit(f"{words}{lines:,}行，请稍等……", "amber")
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    widget.window().repaint()  # now: no event is taken until the work is done
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
