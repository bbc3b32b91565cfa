"""Files at setup: whether one is a backup, sentences on refused ones, and the wait cursor."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

STORE = b"SQLite format 3\0"  # the first bytes of a backup


def sentence(refused: list[str]) -> str:
    """The first sentence, and the number of the others."""
    more = f"（另有{len(refused) - 1}个文件也不行）" if len(refused) > 1 else ""
    return refused[0] + more if refused else "这里没有文件，请选县里发的任务包"


def is_store(path: Path) -> bool:
    """Whether a file is a backup, by its first bytes and not its name."""
    try:
        with path.open("rb") as file:
            return file.read(len(STORE)) == STORE
    except OSError:
        return False


@contextmanager
def waiting() -> Iterator[None]:
    """Show the wait cursor during the `with` block."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
