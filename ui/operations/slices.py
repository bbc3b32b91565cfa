"""Long work that must touch the store, in slices on the event loop: the window stays alive, and it can be stopped."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from models.errors import UserError
from ui.operations.gc_guard import garbage

SLICE = 0.04  # seconds between looks at the keyboard
WAIT = object()  # given by work that waits for something beside the window
NAP = 15  # milliseconds before it is asked again


def beside(job: Callable[[], Any]) -> Iterator[Any]:
    """Wait for a job in a thread that touches neither widgets nor the store; what it gives or raises does not matter."""

    def run() -> None:
        with suppress(Exception):  # it may have been stopped half-way
            job()

    garbage()  # from now on no thread looks for it
    thread = Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        yield WAIT


class Slices(QObject):
    """Runs a generator bit by bit. `moved` tells the number of items so far, `ended` gives all of them and whether the
    work came to its end, `failed` a sentence.
    """

    moved = Signal(int)
    ended = Signal(list, bool)
    failed = Signal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._slice)
        self.work: Iterator[Any] | None = None
        self.found: list[Any] = []

    @property
    def running(self) -> bool:
        """Whether there is work."""
        return self.work is not None

    def start(self, work: Iterator[Any]) -> None:
        """Begin; what was running is stopped."""
        self.stop()
        self.work, self.found = work, []
        self.timer.start(0)

    def stop(self) -> None:
        """Stop between two items: what is done is done."""
        if self.work is not None:
            self._end(False)

    def finish(self) -> None:
        """Do the rest at once, for a window that closes."""
        while self.work is not None:
            self._slice()

    def _end(self, whole: bool) -> None:
        work, self.work = self.work, None
        self.timer.stop()
        close: Callable[[], None] | None = getattr(work, "close", None)
        if close:
            close()
        self.ended.emit(self.found, whole)

    def _slice(self) -> None:
        until = monotonic() + SLICE
        while self.work is not None and monotonic() < until:
            try:
                item = next(self.work)
            except StopIteration:
                self._end(True)
                return
            except UserError as error:
                self.failed.emit(str(error))
                self._end(False)
                return
            if item is WAIT:
                self.timer.start(NAP)
                return
            self.found.append(item)
            self.timer.setInterval(0)
        self.moved.emit(len(self.found))
