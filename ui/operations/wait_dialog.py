"""Work that a question waits for: done in slices while the window responds; after a moment a dialog shows a bar with
取消.
"""

from collections.abc import Iterator
from copy import copy
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from ui.operations.operation import Operation
from ui.operations.progress_row import ProgressRow
from ui.operations.work import Sliced, Wait
from ui.widgets.theme import Theme

T = TypeVar("T")
MOMENT = 300  # milliseconds before the dialog is shown


class WaitDialog(QDialog):
    """Blocks the window while the work runs; keys typed before it is shown are handled afterwards. Esc and closing it
    cancel the work.
    """

    message = Signal(str, str)  # messages of the operation: `wait` raises them

    def __init__(self, title: str, look: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("装入")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAccessibleName(title)
        self.title = title
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[look.size(16)] * 4)
        self.row = ProgressRow("取消　Esc", bar=QSize(look.size(200), look.size(10)), spacing=look.size(12))
        layout.addWidget(self.row)

    def wait(self, items: Iterator[T | Wait]) -> list[T] | None:
        """All items of the work; None where it was cancelled. Raises UserError."""
        loop, made = QEventLoop(), list[list[T]]()
        self.operation = Operation(self, self, Sliced(items), self.title).with_progress(
            self.row, caption=lambda _: self.title
        )
        self.operation.on_done(made.append).on_error(lambda _: None).ended.connect(loop.quit)
        QTimer.singleShot(MOMENT, loop, loop.quit)
        self.operation.start()
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if self.operation.running:
            self.show()
            loop.exec()
        self.hide()
        if self.operation.error is not None:
            raise copy(self.operation.error)
        return made[0] if made else None

    def reject(self) -> None:
        """Cancel the work: Esc, or the dialog's close button."""
        self.operation.cancel()


def waited(title: str, items: Iterator[T | Wait], look: Theme, parent: QWidget | None = None) -> list[T] | None:
    """Do the work while the window responds. Gives all its items; None where it was cancelled. Raises UserError."""
    dialog = WaitDialog(title, look, parent)
    try:
        return dialog.wait(items)
    finally:
        dialog.deleteLater()
