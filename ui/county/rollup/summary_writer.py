"""Writes 汇总表 and 通报: reads the store in the window's thread, then writes in the background."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ui.operations.failure import run
from ui.operations.operation import Operation, running
from ui.operations.work import JobHandle, Threaded
from ui.session import Session


class SummaryWriter(QObject):
    """Writes the papers of the current period, one job at a time."""

    ended = Signal()  # emitted at the end, after a failure too

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session

    @property
    def busy(self) -> bool:
        """Whether papers are being written."""
        return running(self) is not None

    def start(self, folder: Path, only: frozenset[str] = frozenset()) -> None:
        """Write the papers of all units, or of those in `only` (codes), into a folder."""
        if not run(self.session, lambda: self._write(folder, only)):
            self.ended.emit()

    def _write(self, folder: Path, only: frozenset[str]) -> None:
        """Read now, write in a thread. Raises UserError where there is nothing to write."""
        from exports.county_papers import papers, write_papers

        made, session = papers(self.session.space, self.session.period, only), self.session

        def job(task: JobHandle) -> list[Path]:
            return write_papers(made, folder, task.reach)

        def progress(count: int, _caption: str) -> None:
            if count:
                session.message.emit(f"正在写出汇总表和通报：{count}／{made.count}", "saved")

        def done(paths: list[Path]) -> None:
            warned = f"；注意：{made.warning}" if made.warning else ""
            session.message.emit(f"已写出汇总表和{len(paths) - 1}份通报，在 {folder}{warned}", "saved")

        operation = Operation(self, session, Threaded(job), "正在写出汇总表和通报").on_progress(progress)
        operation.ended.connect(self.ended)
        operation.on_done(done).start()


def writer_of(session: Session) -> SummaryWriter:
    """The session's only SummaryWriter; it continues when the user turns to another page."""
    found: list[SummaryWriter] = list(session.findChildren(SummaryWriter))
    return found[0] if found else SummaryWriter(session)
