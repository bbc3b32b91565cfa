"""The two ways in which long work (长操作) is done: in a thread, or in slices on the window's event loop."""

import logging
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from enum import Enum
from threading import Event
from time import monotonic
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, QThread, QThreadPool, QTimer, Signal

from models.errors import UserError
from ui.operations.gc_guard import garbage

R = TypeVar("R")
T = TypeVar("T")
log = logging.getLogger("qingdan")
SLICE = 0.04  # longest time in seconds without handling events
NAP = 15  # milliseconds before sliced work that waits for a thread is resumed
POLL = 50  # milliseconds between looks whether a thread has ended


class Wait(Enum):
    """Yielded by sliced work while it waits for a thread: it is resumed after NAP milliseconds."""

    FOR_THREAD = "thread"


WAIT = Wait.FOR_THREAD


@dataclass(frozen=True)
class Done(Generic[R]):
    """Work that was completed, or cancelled: then `result` is what it had so far."""

    result: R
    cancelled: bool


@dataclass(frozen=True)
class Failed:
    """Work that ended with an error."""

    error: Exception


WorkEnd = Done[R] | Failed
Reached = Callable[[int, str], None]  # number of items done, and a caption or ''


class ThreadJob(ABC, Generic[R]):
    """Work that can be begun once. All its methods are called, and all its callbacks come, in the window's thread."""

    @abstractmethod
    def begin(self, parent: QObject, reached: Reached, over: Callable[[WorkEnd[R]], None]) -> None:
        """Begin; `over` is called once, unless the work is dropped. `parent` lives as long as the work is wanted."""

    @abstractmethod
    def cancel(self) -> None:
        """End early; `over` gets the result so far."""

    @abstractmethod
    def finish(self) -> None:
        """Do the rest before this call returns."""

    @abstractmethod
    def drop(self) -> None:
        """End early; `over` is not called."""


class Sliced(ThreadJob[list[T]]):
    """Work that needs the session's store or paints: a generator, run for SLICE seconds at a time between the window's
    events. Its result is the list of what it yields; it is cancelled between two items.
    """

    def __init__(self, items: Iterator[T | Wait]) -> None:
        self._items: Iterator[T | Wait] | None = items
        self._made: list[T] = []
        self._timer: QTimer | None = None  # from the beginning on

    def begin(self, parent: QObject, reached: Reached, over: Callable[[WorkEnd[list[T]]], None]) -> None:
        self._reached, self._over = reached, over
        self._timer = timer = QTimer(parent)
        timer.timeout.connect(self._slice)
        timer.start(0)

    def cancel(self) -> None:
        if self._close():
            self._over(Done(self._made, cancelled=True))

    def finish(self) -> None:
        while self._items is not None:
            if self._slice():
                QThread.msleep(NAP)

    def drop(self) -> None:
        self._close()

    def _close(self) -> bool:
        """Close the generator; False where the work was over already."""
        items, self._items = self._items, None
        if items is None:
            return False
        self._pace(None)
        if isinstance(items, Generator):
            items.close()
        return True

    def _pace(self, pause: int | None) -> None:
        """Resume after so many milliseconds; None: do not resume."""
        if self._timer is not None and pause is None:
            self._timer.stop()
        elif self._timer is not None and pause != self._timer.interval():
            self._timer.setInterval(pause or 0)

    def _slice(self) -> bool:
        """Take items for SLICE seconds; gives whether the work waits for a thread now."""
        until = monotonic() + SLICE
        while self._items is not None and monotonic() < until:
            try:
                item = next(self._items)
            except StopIteration:
                self._close()
                self._over(Done(self._made, cancelled=False))
                return False
            except Exception as error:  # the operation shows it, and logs it where it is a bug
                self._close()
                self._over(Failed(error))
                return False
            if isinstance(item, Wait):
                self._pace(NAP)
                return True
            self._made.append(item)
            self._pace(0)
        if self._items is not None:
            self._reached(len(self._made), "")
        return False


class JobHandle:
    """What a job in a thread uses to report progress and to learn that it is cancelled."""

    def __init__(self, reached: Reached) -> None:
        self._reached, self._cancel = reached, Event()

    @property
    def cancelled(self) -> bool:
        """Whether the job should return what it has. A job that cannot stop may ignore it."""
        return self._cancel.is_set()

    def reach(self, count: int, caption: str = "") -> None:
        """Report how many items are done."""
        self._reached(count, caption)

    def cancel(self) -> None:
        """Ask the job to return."""
        self._cancel.set()


class _Relay(QObject):
    """Carries a thread's signals over to the window's thread, in which it lives."""

    reached = Signal(int, str)
    over = Signal()

    def __init__(self, reached: Reached, over: Callable[[], None]) -> None:
        super().__init__()
        self._callbacks = reached, over
        self.reached.connect(self._reach)
        self.over.connect(self._end)

    def _reach(self, count: int, caption: str) -> None:
        self._callbacks[0](count, caption)

    def _end(self) -> None:
        self._callbacks[1]()


RUNNING: set["Threaded[object]"] = set()  # kept until they end, even where nothing else refers to them


class Threaded(ThreadJob[R]):
    """Work in a thread: `job` uses no widgets, and no store but one that it opens itself."""

    def __init__(self, job: Callable[[JobHandle], R]) -> None:
        self._job: Callable[[JobHandle], R] | None = job
        self._outcome: WorkEnd[R] | None = None
        self._over: Callable[[WorkEnd[R]], None] | None = None
        self._reached: Reached | None = None
        self._relay = _Relay(self._reach, self._end)
        self._task = JobHandle(self._relay.reached.emit)

    def begin(self, parent: QObject, reached: Reached, over: Callable[[WorkEnd[R]], None]) -> None:
        self._reached, self._over = reached, over
        RUNNING.add(self)  # type: ignore[arg-type]  # a set of all kinds
        in_pool(self._run)

    def cancel(self) -> None:
        self._task.cancel()

    def finish(self) -> None:
        while self in RUNNING:
            QThreadPool.globalInstance().waitForDone(POLL)
            QCoreApplication.processEvents()

    def drop(self) -> None:
        self._task.cancel()
        self._reached = self._over = None

    def _run(self) -> None:
        """Runs in the thread. The outcome is kept for the window's thread, as objects of the job must not be freed in
        this one.
        """
        self._outcome = self._try()
        self._relay.over.emit()

    def _try(self) -> WorkEnd[R]:
        assert self._job is not None
        try:
            result = self._job(self._task)
        except Exception as error:  # the operation shows it, and logs it where it is a bug
            return Failed(error)
        return Done(result, self._task.cancelled)

    def _reach(self, count: int, caption: str) -> None:
        if self._reached is not None:
            self._reached(count, caption)

    def _end(self) -> None:
        outcome, over = self._outcome, self._over
        RUNNING.discard(self)
        self._outcome = self._job = self._over = self._reached = None  # keep no page alive
        assert outcome is not None
        if over is not None:
            over(outcome)
        elif isinstance(outcome, Failed):
            log_dropped(outcome.error)


def in_pool(job: Callable[[], None]) -> None:
    """Run a job, which must not raise, in a thread that the closing window waits for."""
    garbage()  # no thread collects garbage from now on
    QThreadPool.globalInstance().start(job)


def log_dropped(error: BaseException | None) -> None:
    """Log the error of work whose outcome was dropped, but only where it is a bug of ours."""
    if error is not None and not isinstance(error, UserError):
        log.warning("an error after the work was cancelled", exc_info=error)


def beside(job: Callable[[], T]) -> Generator[Wait, None, T]:
    """For sliced work: the result of a job in a thread, yielding WAIT meanwhile. The job uses neither widgets nor the
    store. Raises what the job raises.
    """
    future: Future[T] = Future()

    def do() -> None:
        try:
            future.set_result(job())
        except BaseException as error:  # raised by `result` below
            future.set_exception(error)

    in_pool(do)
    try:
        while not future.done():
            yield WAIT
    except GeneratorExit:
        future.add_done_callback(lambda ended: log_dropped(ended.exception()))
        raise
    return future.result()
