"""The one row that shows how far long work is (进度条、说明、取消)."""

from typing import Protocol

from PySide6.QtCore import QSize, Qt, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.widgets.follow import follow


class Progress(Protocol):
    """What can be followed: an operation, or an owner's operations one after another."""

    @property
    def progressed(self) -> SignalInstance: ...

    @property
    def ended(self) -> SignalInstance: ...

    def cancel(self) -> None: ...


class ProgressRow(QWidget):
    """Hidden while nothing is under way. `bar` is the bar's size in pixels, None where it is as high as a usual one."""

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
        self.bar, self.label = QProgressBar(textVisible=False), QLabel()  # words on the bar would lie half on green
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
        """Esc, anywhere in the window, cancels while the row is shown."""
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._cancel)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)

    def follow(self, source: Progress) -> None:
        """Show how far this is, from now on."""
        self._source = source
        follow(self, source.progressed, self._show)
        follow(self, source.ended, self.hide)

    def _show(self, count: int, total: int, caption: str) -> None:
        self.bar.setRange(0, total)
        if total:  # otherwise the bar only says that something goes on
            self.bar.setValue(min(count, total))
        self.label.setText(caption)
        self.show()

    def _cancel(self) -> None:
        if self._source is not None:
            self._source.cancel()
