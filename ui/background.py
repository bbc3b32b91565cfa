"""Long work beside the window: run in a thread, told when done, never blocking."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from models.errors import UserError


class _Told(QObject):
    done = Signal(object)
    failed = Signal(str)


class Work(QRunnable):
    """A piece of work; `job` must not touch widgets nor the store."""

    def __init__(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        super().__init__()
        self.job, self.told = job, _Told()
        self.told.done.connect(done)
        self.told.failed.connect(failed)

    def run(self) -> None:
        """Do it, in the thread."""
        try:
            result = self.job()
        except UserError as error:
            self.told.failed.emit(str(error))
        else:
            self.told.done.emit(result)


def start(job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> Work:
    """Run `job` in the background; `done` gets its result and `failed` a sentence, both in the window's thread."""
    work = Work(job, done, failed)
    work.setAutoDelete(False)
    QThreadPool.globalInstance().start(work)
    return work
