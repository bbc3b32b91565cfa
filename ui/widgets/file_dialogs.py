"""The system's dialogs for files and folders; each begins in the folder used last, on this PC and in this
data folder.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget

LAST = "folder"  # key of the window's settings
ALL = "所有文件 (*)"


class RememberingWindow(QMainWindow):
    """A window with `memory`, its settings: the program's outer window, kept beside the data folder."""

    memory: QSettings


def files(parent: QWidget, title: str, kinds: str = ALL) -> list[str]:
    """Paths of existing files; [] where none was chosen."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, begin(parent), kinds)
    return list(_kept(parent, names))


def file(parent: QWidget, title: str, kinds: str = ALL) -> str:
    """The path of one existing file; '' where none was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, begin(parent), kinds)
    return "".join(_kept(parent, [name]))


def new_file(parent: QWidget, title: str, name: str, kinds: str = "") -> str:
    """The path of a file to be written, with `name` proposed; '' where none was chosen."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(Path(begin(parent), name)), kinds)
    return "".join(_kept(parent, [chosen]))


def folder(parent: QWidget, title: str) -> str:
    """The path of a folder; '' where none was chosen."""
    chosen = QFileDialog.getExistingDirectory(parent, title, begin(parent))
    if chosen:
        _remember(parent, Path(chosen))
    return chosen


def begin(parent: QWidget) -> str:
    """The folder used last; the user's documents where it no longer exists, such as on a drive that was removed."""
    memory = _memory(parent)
    last = str(memory.value(LAST) or "") if memory is not None else ""
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return last if last and Path(last).is_dir() else usual


def _kept(parent: QWidget, names: Sequence[str]) -> Sequence[str]:
    if names and names[0]:
        _remember(parent, Path(names[0]).parent)
    return names


def _remember(parent: QWidget, place: Path) -> None:
    memory = _memory(parent)
    if memory is not None:
        memory.setValue(LAST, str(place))


def _memory(parent: QWidget) -> QSettings | None:
    """The settings of the window around a page or a dialog; None for a page without one."""
    around: QWidget | None = parent
    while around is not None:
        if isinstance(around, RememberingWindow):
            return around.memory
        around = around.parentWidget()
    return None
