"""Writing 汇总表 and 通报 beside the window: read first, then written in a thread, with progress in the foot."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from models.errors import UserError
from ui.operations import thread_job as background
from ui.session import Session


class SummaryWriter(QObject):
    """Writes the papers of the period in front; one writing at a time."""

    wrote = Signal(int, int)  # files done, of how many
    ended = Signal()  # written, or not

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session, self.busy = session, False
        self.work: background.Work | None = None
        self.wrote.connect(lambda n, of: session.told.emit(f"正在写出汇总表和通报：{n}／{of}", "saved"))

    def start(self, folder: Path, only: frozenset[str] = frozenset()) -> None:
        """Write everything, or what chosen units come to, into a folder."""
        from exports.county_papers import papers, write_papers

        if self.busy:
            return
        self.busy = True
        try:
            made = papers(self.session.space, self.session.period, only)
        except UserError as error:
            self._failed(str(error))
            return

        def job() -> list[Path]:
            return write_papers(made, folder, lambda n: self.wrote.emit(n, made.count))

        def done(paths: list[Path]) -> None:
            warned = f"；注意：{made.warning}" if made.warning else ""
            self.session.told.emit(f"已写出汇总表和{len(paths) - 1}份通报，在 {folder}{warned}", "saved")
            self._end()

        self.work = background.start(job, done, self._failed)

    def _failed(self, why: str) -> None:
        self.session.told.emit(why, "red")
        self._end()

    def _end(self) -> None:
        self.busy = False
        self.ended.emit()


def writer_of(session: Session) -> SummaryWriter:
    """The one writer of a session: it goes on, whatever page is in front when it ends."""
    found: list[SummaryWriter] = list(session.findChildren(SummaryWriter))
    return found[0] if found else SummaryWriter(session)
