"""批量修改: edits of many rows, computed in slices with a progress row, and written only when all is computed, as one
step of undo. A cancelled edit has changed nothing.
"""

import gc
from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QSize, Signal

from ui.operations.gc_guard import garbage
from ui.operations.operation import Operation, running
from ui.operations.progress_row import ProgressRow
from ui.operations.work import Sliced
from ui.widgets.theme import Theme

MANY = 1000  # rows; fewer take no time that anybody notices


class BulkEdit(QObject):
    """A session's edits of many rows, one at a time. `progressed` and `ended` are the signals of the running edit."""

    progressed = Signal(int, int, str)
    ended = Signal()
    message = Signal(str, str)  # text and tone for the status line

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.title = ""

    @property
    def running(self) -> bool:
        """Whether an edit is being computed."""
        return running(self) is not None

    @property
    def why(self) -> str:
        """Why nothing may be edited now; '' while no edit is being computed."""
        return f"{self.title}，做完再改；不想等就按“取消”" if self.running else ""

    def run(self, title: str, lines: int, work: Iterator[None], done: Callable[[], object], steps: int = 1) -> None:
        """Compute an edit with `work`, which yields `steps` times for each of `lines` rows, then write it with `done`.
        Few rows are computed before this returns. `done` is not called where the work was cancelled or failed.
        """
        if self.running:
            self.message.emit(self.why, "amber")
            return
        self.title = title = f"{title}{lines:,}行"
        operation = Operation(self, self, Sliced(work), title).on_done(lambda _: done())
        if lines < MANY:
            operation.start()
            operation.finish()
            return
        operation.with_progress(total=lines * steps, caption=lambda n: f"{title}：做完{min(n // steps, lines):,}行")
        operation.on_done(lambda _: self._write(done)).on_cancel(lambda _: self._cancelled(title)).on_error(self._fail)
        operation.progressed.connect(self.progressed)
        operation.ended.connect(self.ended)
        garbage().asleep = True  # collections would run over and over, and none of this is garbage
        operation.start()

    def _write(self, done: Callable[[], object]) -> None:
        try:
            done()
        finally:
            self._keep_lines()

    def _cancelled(self, title: str) -> None:
        self._keep_lines()
        self.message.emit(f"已取消{title.removeprefix('正在')}，什么都没有改", "amber")

    def _fail(self, why: str) -> None:
        self._keep_lines()
        self.message.emit(why, "red")

    def _keep_lines(self) -> None:
        """Freeze what the edit made: else garbage collections would walk it, and every hundredth key stroke
        would wait.
        """
        gc.freeze()
        garbage().asleep = self.running

    def cancel(self) -> None:
        """Stop computing; nothing was written."""
        if (operation := running(self)) is not None:
            operation.cancel()


def edit_row(edits: BulkEdit, look: Theme) -> ProgressRow:
    """The row for edits of many lines; Esc cancels."""
    row = ProgressRow(
        "取消　Esc", "停下来，什么都不改", QSize(look.size(200), look.size(10)), (look.size(12), look.size(4))
    )
    row.cancel_by_escape()
    row.follow(edits)
    return row
