"""传出 in the background: render the pages, seal the file, write it, read it back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from models.ledger.submission_status import WRITTEN, Writing, note_writing
from models.store.clock import now_here
from ui.operations.failure import catching, reporting
from ui.operations.operation import Operation, running
from ui.operations.work import JobHandle, Threaded
from ui.session import Session

if TYPE_CHECKING:  # imported late: the window opens faster without it
    from exports.outgoing.submission import SubmissionDraft
    from exports.package.container import PackageFile

PAINTING = "排版"
STAGES = (PAINTING, "写入", "落盘", "读回核对", "改名")  # the first, then those of exports.outgoing.removable
DONE = {False: "已读回核对，可以安全拔出", True: "邮件草稿已做好，双击它，用邮件程序发出"}
STOPPED = "已取消，没有传出"


class SubmissionJob(QObject):
    """Writes one submission at a time. Rendering and writing run in threads; the store is read in the window's thread.
    `progressed` is emitted when `stage` or `why` changed, `ended` at the end. stage: one of STAGES, the last one
    reached; why: the error, '' for none; id: the package's id, '' until it is sealed; before: the revisions that
    were in the folder before.
    """

    progressed = Signal()
    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.busy = self.stoppable = self.mail = False
        self.stage = self.why = self.id = self.place = ""
        self.of: tuple[str, str] = "", ""  # unit and period of the submission
        self.before: list[int] = []
        self.folder = Path()
        self.path: Path | None = None  # the file written last

    def wrong(self, unit: str, period: str) -> str:
        """Why the last writing of a unit's period failed; '' if it did not, or was cancelled."""
        return self.why if self.of == (unit, period) and self.why != STOPPED else ""

    def start(self, folder: Path, mail: bool = False, parcel: "PackageFile | None" = None, place: str = "") -> None:
        """Write into a folder: a new submission, the given `parcel` again, or a mail with it; `place` is the drive's
        name.
        """
        from exports.outgoing.submission import prepare

        if self.busy:
            return
        self.folder, self.mail, self.place, self.busy = folder, mail, place, True
        self.why, self.id, self.path, self.before = "", "", None, []
        session = self.session
        self.of = session.unit.code, session.period.id
        self.subject = f"{session.unit.short}{session.period.name}清单上报包"
        self._say(PAINTING)
        with catching(self._failed):
            self._make(parcel or prepare(session.space, session.unit, session.period))

    def _make(self, draft: "SubmissionDraft | PackageFile") -> None:
        """Render and seal a new submission, then write it; a package file is only written."""
        from exports.outgoing.submission import SubmissionDraft

        if isinstance(draft, SubmissionDraft):
            self.stoppable = True
            self.progressed.emit()
            painting = Operation(self, self.session, Threaded(lambda _: draft.paint()), "正在排版").to_the_end()
            painting.on_done(lambda papers: self._painted(draft, papers)).on_cancel(lambda _: self._failed(STOPPED))
            painting.on_error(self._failed).start()
        else:
            self._write(draft)

    def stop(self) -> None:
        """Cancel before anything is written; the writing of the file itself is not interrupted."""
        if self.stoppable and (painting := running(self)) is not None:
            painting.cancel()

    def wait(self) -> None:
        """Wait for the end of a job that is running, before the window closes."""
        while (step := running(self)) is not None:
            step.finish()

    def _painted(self, draft: "SubmissionDraft", papers: dict[str, bytes]) -> None:
        from exports.outgoing.submission import finish

        self.stoppable = False
        with catching(self._failed):
            self._write(finish(self.session.space, draft, papers, {WRITTEN: []}))

    def _write(self, parcel: "PackageFile") -> None:
        from exports.outgoing.mail_draft import draft
        from exports.outgoing.removable import lying
        from exports.outgoing.submission import file_name
        from exports.outgoing.write_out import write_out
        from exports.package.manifest import Submission

        head = parcel.expect(Submission)
        self.id, self.before = parcel.id, lying(self.folder, head.unit, head.period)
        name, folder, subject, mail = file_name(parcel), self.folder, self.subject, self.mail
        self._say(STAGES[1])

        def job(task: JobHandle) -> Path:
            if mail:
                return draft(parcel.data, name, subject, folder)
            return write_out(parcel, folder, name, lambda stage: task.reach(0, stage))

        writing = Operation(self, self.session, Threaded(job), f"正在写到 {folder}").to_the_end()
        writing.on_progress(lambda _, stage: self._say(stage or STAGES[1]))
        writing.on_done(lambda path: self._written(parcel, path)).on_error(self._failed).start()

    def _written(self, parcel: "PackageFile", path: Path) -> None:
        from exports.package.manifest import Submission

        self.path = path
        with reporting(self.session):  # if the ledger cannot be written, the file is complete all the same
            note_writing(
                self.session.space, parcel.id, Writing(self.session.space.stamp, str(path), self.place, self.mail)
            )
            told = f"第{parcel.expect(Submission).revision}版已写到 {path}；{DONE[self.mail]}　{now_here():%H:%M:%S}"
            self.session.message.emit(told, "saved")
        self._end()

    def _failed(self, why: str) -> None:
        self.why = why
        self.session.message.emit(why, "red")
        self._end()

    def _end(self) -> None:
        self.busy = self.stoppable = False
        self.progressed.emit()
        self.ended.emit()

    def _say(self, stage: str) -> None:
        if self.busy:
            self.stage = stage
            self.progressed.emit()


def sending_of(session: Session) -> SubmissionJob:
    """The session's only SubmissionJob."""
    found: list[SubmissionJob] = list(session.findChildren(SubmissionJob))
    return found[0] if found else SubmissionJob(session)
