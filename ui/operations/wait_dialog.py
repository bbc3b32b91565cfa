"""Work that has to be over before a question can be asked: in slices, the window lives on, and after a moment a bar says
what is done, with 取消.
"""

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from models.errors import UserError
from ui.operations.slices import Slices
from ui.widgets.theme import Look

MOMENT = 300  # milliseconds in which nobody wonders


class Waiting(QDialog):
    """Over the window while the work goes on; what is typed in the first moment counts afterwards."""

    def __init__(self, words: str, look: Look, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("装入")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.why = ""
        self.slices = Slices(self)
        self.slices.failed.connect(self._failed)
        row = QHBoxLayout(self)
        row.setContentsMargins(*[look.size(16)] * 4)
        row.setSpacing(look.size(12))
        self.bar, self.label = QProgressBar(textVisible=False), QLabel(words)
        self.bar.setRange(0, 0)
        self.bar.setFixedSize(look.size(200), look.size(10))
        self.bar.setAccessibleName("进度")
        self.leave = QPushButton("取消　Esc")
        self.leave.clicked.connect(self.slices.stop)
        for part in (self.bar, self.label, self.leave):
            row.addWidget(part)
        self.setAccessibleName(words)

    def _failed(self, why: str) -> None:
        self.why = why

    def wait(self, work: Iterator[Any]) -> list[Any] | None:
        """What the work gives, one by one; None where it was left off. Raises UserError."""
        loop, told = QEventLoop(), list[tuple[list[Any], bool]]()
        self.slices.ended.connect(lambda found, whole: told.append((found, whole)))
        self.slices.ended.connect(loop.quit)
        QTimer.singleShot(MOMENT, loop, loop.quit)
        self.slices.start(work)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if not told:
            self.show()
            loop.exec()
        self.hide()
        if self.why:
            raise UserError(self.why)
        found, whole = told[0]
        return found if whole else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.slices.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        """To close it is to leave off."""
        self.slices.stop()
        super().closeEvent(event)


def waited(words: str, work: Iterator[Any], look: Look, parent: QWidget | None = None) -> list[Any] | None:
    """Do the work while the window lives on; what it gives, None where it was left off. Raises UserError."""
    dialog = Waiting(words, look, parent)
    try:
        return dialog.wait(work)
    finally:
        dialog.deleteLater()
