"""The row that shows how far long work is (进度条、说明、取消)."""

from typing import Protocol

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.widgets.follow import follow


class Progress(Protocol):
    """What a ProgressRow can follow: one operation, or an object that passes on the signals of its operations."""

    @property
    def progressed(self) -> SignalInstance: ...

    @property
    def ended(self) -> SignalInstance: ...

    def cancel(self) -> None: ...


class ProgressRow(QWidget):
    """Hidden while nothing is running. `bar` is the bar's size in pixels; None for the usual height."""

    def __init__(
        self,
        cancel: str = "取消",
        hint: str = "",
        bar: QSize | None = None,
        margins: tuple[int, int] = (0, 0),
        spacing: int | None = None,
    ) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(*margins, *margins)
        if spacing is not None:
            row.setSpacing(spacing)
        self.bar, self.label = QProgressBar(textVisible=False), QLabel()  # text on the bar would lie half on green
        if bar is not None:
            self.bar.setFixedSize(bar)
        self.bar.setAccessibleName("进度")
        self.cancel = QPushButton(cancel)
        self.cancel.setToolTip(hint)
        for part, stretch in ((self.bar, 0), (self.label, 1), (self.cancel, 0)):
            row.addWidget(part, stretch)
        self._source: Progress | None = None
        self.cancel.clicked.connect(self._cancel)
        self.hide()

    def cancel_by_escape(self) -> None:
        """Let Esc, anywhere in the window, cancel while the row is shown."""
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._cancel)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)

    def follow(self, source: Progress) -> None:
        """Show the progress of `source` from now on, in place of the former one."""
        self._source = source
        follow(self, source.progressed, self._show)
        follow(self, source.ended, self.hide)

    def _show(self, count: int, total: int, caption: str) -> None:
        self.bar.setRange(0, total)
        if total:  # without a total the bar only moves back and forth
            self.bar.setValue(min(count, total))
        self.label.setText(caption)
        self.show()

    def _cancel(self) -> None:
        if self._source is not None:
            self._source.cancel()
