"""传出 beside the window: pages painted, file sealed, written, read back; and the line that says where it stands."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QThreadPool, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from models.errors import UserError
from ui import background
from ui.session import Session

if TYPE_CHECKING:  # read when something is sent, not when the window opens
    from exports.parcel import Parcel
    from exports.submission import Draft

PAINTING, WRITING = "正在排版盖章用的表……", "正在写到 {folder}，先不要拔"
DONE = {False: "✓ 已读回核对，可以安全拔出", True: "✓ 邮件草稿已做好，双击它，用邮件程序发出"}


class Sending(QObject):
    """One file on its way out. Only the threads' steps run beside the window; the store is asked in the window's own.
    `said` tells text, tone and how far it is in percent; `ended` that nothing more happens.
    """

    said = Signal(str, str, int)
    ended = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.session = session
        self.busy = self.stoppable = self.stopped = False
        self.work: background.Work | None = None
        self.last = "", "", 0

    def start(self, folder: Path, mail: bool = False, parcel: "Parcel | None" = None) -> None:
        """Write a submission, or `parcel` once more, or a mail with it, into a folder."""
        from exports.submission import Draft, prepare

        if self.busy:
            return
        self.folder, self.mail, self.stopped, self.busy = folder, mail, False, True
        session = self.session
        self.subject = f"{session.unit.short}{session.period.name}清单上报包"
        self._say(PAINTING, "second", 10)
        try:
            draft = parcel or prepare(session.space, session.unit, session.period)
        except UserError as why:
            self._failed(str(why))
            return
        if isinstance(draft, Draft):
            self.stoppable = True
            self._step(draft.paint, lambda papers: self._painted(draft, papers))
        else:
            self._write(draft)

    def stop(self) -> None:
        """Leave off; nothing was written so far. The file is not stopped while it is being written."""
        self.stopped = self.stoppable

    def wait(self) -> None:
        """Bring what is on its way to its end: before the window closes."""
        while self.busy:
            QThreadPool.globalInstance().waitForDone(50)
            QCoreApplication.processEvents()

    def _step(self, job: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.work = background.start(job, done, self._failed)

    def _painted(self, draft: "Draft", papers: dict[str, bytes]) -> None:
        from exports.submission import finish

        self.stoppable = False
        if self.stopped:
            self._failed("已取消，没有传出")
            return
        try:
            self._write(finish(self.session.space, draft, papers))
        except UserError as why:
            self._failed(str(why))

    def _write(self, parcel: "Parcel") -> None:
        from exports.handout import write_out
        from exports.mail import draft
        from exports.submission import file_name

        self._say(WRITING.format(folder=self.folder), "amber", 60)
        name, folder, subject = file_name(parcel.about, parcel.id), self.folder, self.subject
        job = (lambda: draft(parcel.data, name, subject, folder)) if self.mail else (
            lambda: write_out(parcel, folder, name))  # fmt: skip
        self._step(job, lambda path: self._written(parcel, path))

    def _written(self, parcel: "Parcel", path: Path) -> None:
        self.session.told.emit(f"第{parcel.about['revision']}版已写到 {path}；{DONE[self.mail][2:]}", "saved")
        self._end(f"{DONE[self.mail]}：{path.name}", "ok", 100)

    def _failed(self, why: str) -> None:
        self.session.told.emit(why, "red")
        self._end(why, "red", 0)

    def _end(self, text: str, tone: str, percent: int) -> None:
        self.busy = self.stoppable = False
        self._say(text, tone, percent)
        self.ended.emit()

    def _say(self, text: str, tone: str, percent: int) -> None:
        self.last = text, tone, percent
        self.said.emit(text, tone, percent)


def sending_of(session: Session) -> Sending:
    """The one way out of a session."""
    found: list[Sending] = list(session.findChildren(Sending))
    return found[0] if found else Sending(session)


class SendBar(QWidget):
    """Where the file stands: a bar, a sentence, and 取消 while it can still be left off."""

    def __init__(self, sending: Sending) -> None:
        super().__init__()
        self.sending = sending
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setFixedSize(160, 10)
        self.bar.setAccessibleName("传出的进度")
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.leave = QPushButton("取消")
        self.leave.clicked.connect(sending.stop)
        row.addWidget(self.bar)
        row.addWidget(self.label, 1)
        row.addWidget(self.leave)
        self.hide()
        sending.said.connect(self.show_step)
        if sending.busy:
            self.show_step(*sending.last)

    def show_step(self, text: str, tone: str, percent: int) -> None:
        """Show a step; the bar goes when there is nothing more to wait for."""
        self.label.setText(text)
        self.label.setProperty("tone", tone)
        self.label.style().unpolish(self.label)
        self.label.style().polish(self.label)
        self.bar.setValue(percent)
        self.bar.setVisible(0 < percent < 100)
        self.leave.setVisible(0 < percent < 50)
        self.show()
