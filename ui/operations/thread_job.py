"""Long work beside the window: run in a thread, told when done, never blocking."""

import logging
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from shiboken6 import isValid

from models.errors import UserError
from ui.operations.gc_guard import garbage

log = logging.getLogger("qingdan")
RUNNING: set["Work"] = set()  # kept here till they are told, whoever forgets them
DONE: deque["Work"] = deque(maxlen=32)  # and a while longer: a thread may still be on its way out of one


class _Told(QObject):
    """Lives in the window's thread, so what it calls runs there, whatever it is."""

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        super().__init__()
        self.callbacks: tuple[Callable[[Any], None], ...] = done, failed
        owners = (getattr(told, "__self__", None) for told in (done, failed))
        self.owner = next((o for o in owners if isinstance(o, QObject)), None)  # of both: one may be a lambda
        self.done.connect(self._done)
        self.failed.connect(self._failed)

    def _done(self, result: Any) -> None:
        self._call(self.callbacks[0], result)

    def _failed(self, why: str) -> None:
        self._call(self.callbacks[1], why)

    def _call(self, told: Callable[[Any], None], what: Any) -> None:
        owner = self.owner
        _ended(self)
        if owner is None or isValid(owner):  # a page may be gone before its work is done
            told(what)


class Work(QRunnable):
    """A piece of work; `job` must not touch widgets nor the store."""

    def __init__(self, job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> None:
        super().__init__()
        self.job, self.told = job, _Told(done, failed)

    def run(self) -> None:
        """Do it, in the thread."""
        try:
            result = self.job()
        except UserError as error:
            self.told.failed.emit(str(error))
        except Exception:
            log.exception("background work")
            self.told.failed.emit("没有做成：程序出了意外，已存好的内容没有受影响；详情记在 qingdan.log 里")
        else:
            self.told.done.emit(result)


def start(job: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[str], None]) -> Work:
    """Run `job` in the background; `done` gets its result and `failed` a sentence, both in the window's thread."""
    work = Work(job, done, failed)
    work.setAutoDelete(False)
    RUNNING.add(work)
    garbage()  # from now on no thread looks for it
    QThreadPool.globalInstance().start(work)
    return work


def _ended(told: _Told) -> None:
    """Let go of a piece of work."""
    for work in [w for w in RUNNING if w.told is told]:
        RUNNING.discard(work)
        DONE.append(work)
        told.callbacks, told.owner, work.job = (
            (),
            None,
            _nothing,
        )  # what is over keeps no page, with all its pictures, from going


def _nothing() -> None:
    """The job of what is over."""
