"""操作: long work of the window (长操作), the one way to do it: begin, progress, cancel, error, done.

    Operation(page, session, Threaded(job), "正在存 Excel").on_done(page.saved).start()

The work decides where it is done: `Threaded` in a thread, `Sliced` between the window's events.
"""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QObject, Signal

from models.errors import UserError
from ui.operations.failure import Foot, handle, user_error
from ui.operations.progress_row import ProgressRow
from ui.operations.work import Failed, ThreadJob, WorkEnd

R = TypeVar("R")


def _no_caption(_count: int) -> str:
    return ""


class Operation(QObject, Generic[R]):
    """One piece of work of an owner, who has one at a time. When the owner is destroyed, the work is cancelled and its
    outcome dropped. `progressed` gives how many items are done, of how many (0: unknown), and a caption; `ended` comes
    before the outcome goes to the handlers below.
    """

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, owner: QObject, foot: Foot, work: ThreadJob[R], title: str) -> None:
        """`title` says what is being done, as 正在…… without a full stop; messages go to `foot`."""
        super().__init__(owner)
        self.title, self.running = title, False
        self.error: UserError | None = None  # what ended the work
        self._foot, self._work = foot, work
        self._total = 0
        self._row: ProgressRow | None = None
        self._caption: Callable[[int], str] = _no_caption
        self._replaces = self._finishes = False
        self._done: Callable[[R], object] | None = None
        self._cancelled: Callable[[R], object] | None = None
        self._failed: Callable[[str], object] = lambda why: foot.message.emit(why, "red")
        self.destroyed.connect(lambda: work.drop())

    ## what is wanted

    def with_progress(
        self, row: ProgressRow | None = None, total: int = 0, caption: Callable[[int], str] = _no_caption
    ) -> "Operation[R]":
        """Show in a row how many of `total` items are done; `caption` makes the text where the work itself
        gives none.
        """
        self._total, self._caption = total, caption
        self._row = row
        return self

    def on_progress(self, action: Callable[[int, str], object]) -> "Operation[R]":
        """`action` gets the number of items done and the caption."""
        self.progressed.connect(lambda count, _total, caption: action(count, caption))
        return self

    def on_done(self, action: Callable[[R], object]) -> "Operation[R]":
        """`action` gets the result of completed work."""
        self._done = action
        return self

    def on_cancel(self, action: Callable[[R], object]) -> "Operation[R]":
        """`action` gets what cancelled work had made so far."""
        self._cancelled = action
        return self

    def on_error(self, action: Callable[[str], object]) -> "Operation[R]":
        """`action` gets the sentence, instead of the status line. A bug of ours is logged and shown in a box all the
        same.
        """
        self._failed = action
        return self

    def replacing(self) -> "Operation[R]":
        """Drop the owner's running work, if any, instead of refusing to start."""
        self._replaces = True
        return self

    def to_the_end(self) -> "Operation[R]":
        """A closing window waits until the work is done, instead of cancelling it."""
        self._finishes = True
        return self

    ## doing it

    def start(self) -> bool:
        """Begin; False, with a message, where the owner's other work is running."""
        other = running(self.parent())
        if other is not None and not self._replaces:
            self._foot.message.emit(f"{other.title}，做完再来", "amber")
            self.deleteLater()
            return False
        if other is not None:
            other.drop()
        self.running = True
        if self._row is not None:
            self._row.follow(self)
        self._reach(0, "")
        self._work.begin(self, self._reach, self._over)
        return True

    def cancel(self) -> None:
        """End the work early: sliced work at once, a thread when its job returns. `on_cancel` gets the
        result so far.
        """
        if self.running:
            self._work.cancel()

    def finish(self) -> None:
        """Do the rest of the work and call the handlers before this returns."""
        if self.running:
            self._work.finish()

    def drop(self) -> None:
        """End the work early and call no handler."""
        if self.running:
            self._work.drop()
            self._end()

    def close(self) -> None:
        """Called when the window closes: cancel the work, or finish it after `to_the_end`."""
        if self._finishes:
            self.finish()
        else:
            self.cancel()

    def _reach(self, count: int, caption: str) -> None:
        self.progressed.emit(count, self._total, caption or self._caption(count))

    def _end(self) -> None:
        self.running = False
        self.deleteLater()
        self.ended.emit()

    def _over(self, outcome: WorkEnd[R]) -> None:
        done, cancelled, failed = self._done, self._cancelled, self._failed
        self._end()
        if isinstance(outcome, Failed):
            self.error = user_error(outcome.error)
            failed(handle(outcome.error))
            return
        action = cancelled if outcome.cancelled else done
        if action is not None:
            action(outcome.result)


def running(owner: QObject) -> Operation[object] | None:
    """The owner's running operation; None where there is none."""
    return next((c for c in owner.children() if isinstance(c, Operation) and c.running), None)


def close_operations(*roots: QObject) -> None:
    """Close every operation running under these objects, as their window closes: cancelled, or finished after
    `to_the_end`.
    """
    for root in roots:
        for operation in cast("Iterable[Operation[object]]", root.findChildren(Operation)):
            operation.close()
