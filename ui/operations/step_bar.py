"""Long work of several steps beside the window, with a bar that says how far it is and a button that leaves it off."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from ui.operations import thread_job as background

Step = tuple[str, Callable[[], Any]]  # what it makes, and how; steps touch neither widgets nor the store


class _Told(QObject):
    reached = Signal(int, str)


class StepsBar(QWidget):
    """Hidden until `start`; one work at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.stopped = self.busy = False
        self.work: background.Work | None = None
        self.told = _Told()
        self.told.reached.connect(self._reached)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        self.bar, self.label = QProgressBar(), QLabel()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(200, 10)
        self.bar.setAccessibleName("进度")
        self.leave = QPushButton("取消")
        self.leave.setToolTip("做完手上这一份就停；已经存好的留着")
        self.leave.clicked.connect(self.stop)
        row.addWidget(self.bar)
        row.addWidget(self.label, 1)
        row.addWidget(self.leave)
        self.hide()

    def start(self, steps: Sequence[Step], done: Callable[[int], None], failed: Callable[[str], None]) -> None:
        """Do the steps; `done` is told how many were done (fewer where it was left off), `failed` a sentence."""
        if self.busy:
            return
        self.busy, self.stopped = True, False
        self.bar.setRange(0, len(steps))
        self.show()

        def job() -> int:
            for n, (label, do) in enumerate(steps):
                if self.stopped:
                    return n
                self.told.reached.emit(n, label)
                do()
            return len(steps)

        self.callbacks = done, failed
        self.work = background.start(job, self._done, self._failed)

    def _done(self, count: int) -> None:
        self._end()
        self.callbacks[0](count)

    def _failed(self, why: str) -> None:
        self._end()
        self.callbacks[1](why)

    def _end(self) -> None:
        self.busy = False
        self.hide()

    def _reached(self, n: int, label: str) -> None:
        self.bar.setValue(n)
        self.label.setText(f"正在做第{n + 1}份，共{self.bar.maximum()}份：{label}")

    def stop(self) -> None:
        """Leave off after the step that is being done."""
        self.stopped = True
        self.label.setText("正在停下……")
