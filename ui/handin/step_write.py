"""The third of the last steps: write the file to a drive, a folder or a mail, and verify it; also again on demand."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from models.ledger.ledger import Package
from models.ledger.submission_status import Writing, writings
from models.ledger.unit_files import reports_to
from ui.handin.drive_box import DriveBox
from ui.handin.drives import Drive, removable, size
from ui.handin.file_card import FileCard
from ui.handin.step_box import StepBox, say
from ui.handin.step_state import TO_WRITE, StepState
from ui.handin.submission_job import PAINTING, STAGES, STOPPED, sending_of
from ui.operations.operation import Operation
from ui.operations.work import JobHandle, Threaded
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.follow import follow
from ui.widgets.marks import Sign
from ui.widgets.relative_time import moment
from ui.widgets.theme import Theme

SAFE, WRITTEN, MAIL = "可以安全拔出", "已经写好", "邮件草稿做好了"
OPEN_TO_ALL = "本机还没有装入县里的任务包：文件不加密，县里会看到“未验证”"


class WriteStep(StepBox):
    """`plugged` returns the drives that are plugged in."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__(look, "写进U盘")
        self.session = session
        self.plugged: Callable[[], list[Drive]] = removable
        self.ending: StepState | None = None
        self.again: tuple[str, str, str] = "", "", ""  # last verification: path, difference, time
        self.sending = sending_of(session)
        self.note = self.line("second")
        self.file, self.stick = FileCard(look), DriveBox(look, STAGES)
        self.stick.chosen.connect(self._words)
        self.body.addWidget(self.file)
        self.open_note = self.line("amber")
        self.body.addWidget(self.stick)
        row = self.row()
        self.write = self.button(row, "写进U盘", "写完读回核对，再说可以拔", self.write_out)
        self.leave = self.button(row, "取消", "还没有写到U盘，可以取消", self.sending.stop)
        self.show_folder = self.button(row, "打开文件夹", "看看写好的文件", self.open_folder, "folder-open", "link")
        self.look_again = self.button(
            row, "再核对一次", "把U盘上的文件再读一遍，和本机留的原件逐字比；拔下再插上以后核对，最可靠", self.compare, "refresh-cw", "link"
        )  # fmt: skip
        self.more = self.button(row, "再写一个U盘", "同一份再写到另一个U盘或文件夹", self.write_more, "usb", "link")
        self.meanwhile = self.line("second")
        self.mail = self.button(
            self.acts, "改用邮件", "生成一封带附件的邮件，双击用邮件程序发出", self.write_mail, "mail"
        )
        self.folder = self.button(self.acts, "存到文件夹", "不用U盘，写到一个文件夹", self.write_folder, "folder")
        self.mains = [self.write, self.look_again]
        follow(self, self.sending.progressed, self.show_sending)

    ## state

    def tell(self, ending: StepState) -> None:
        """Show the present state."""
        self.ending = ending
        done = ending.out and not self.differs  # a file that failed its verification is not done
        state = (
            Sign.DONE if done else Sign.NOW if ending.out or ending.step == TO_WRITE or self.sending.busy else Sign.TODO
        )
        self.show_state(state)
        shown = ending.checked or ending.current
        self.file.setVisible(shown)
        encrypted = bool(reports_to(self.session.space))
        say(self.open_note, OPEN_TO_ALL if shown and not encrypted else "")
        say(self.note, self._stale(ending))
        self._show_file(ending, encrypted)
        self.show_sticks()
        self.show_sending()

    def _stale(self, ending: StepState) -> str:
        newest = ending.newest
        if not ending.checked and not ending.current:
            return "审核通过、退回的办完以后，在这里写"
        if ending.received and (writing := self.writing()):
            return (
                f"{moment(writing.at, self.session.today())} 写进 {writing.place or writing.path}，读回来与原文一字不差"
            )
        if newest is None or ending.current:
            return ""
        return f"第{newest.revision}版传出以后又改过，再写一版，县里认新的"

    def _show_file(self, ending: StepState, encrypted: bool) -> None:
        package = ending.newest if ending.current else None
        who = "只有县办能打开" if encrypted else ""
        if package is None:
            number = ending.newest.revision + 1 if ending.newest else 1
            self.file.tell(f"第{number}版上报包", ending.code, who)
            return
        kept = self.kept(package)
        room = size(kept.stat().st_size) if kept.is_file() else ""
        self.file.tell(kept.name, f"第{package.revision}版", str(package.about.get("code", "")), room, who)

    def kept(self, package: Package) -> Path:
        """The path of the copy kept in the workspace."""
        return self.session.space.folder / package.file

    def show_sticks(self) -> None:
        """Show the drives that are plugged in now."""
        self.stick.show_drives(self.plugged())
        self._words()

    def show_sending(self) -> None:
        """Show the progress or the result of writing."""
        sending = self.sending
        if sending.busy:
            painting = sending.stage == PAINTING
            doing = "正在排版盖章用的表……" if painting else f"正在{sending.stage}：{sending.folder}"
            self.stick.show_stage(sending.stage, doing, painting)
            self.again = "", "", ""
        elif self.failed:
            self.stick.show_wrong("没有写成", self.failed)
        elif writing := self.writing():
            self._show_written(writing)
        else:
            self.stick.show_nothing()
        self._words()

    @property
    def failed(self) -> str:
        """Why the last writing failed; '' if it did not."""
        return self.sending.wrong(self.session.unit.code, self.session.period.id)

    @property
    def differs(self) -> str:
        """Why the file on the drive failed its verification; '' if it did not."""
        writing = self.writing()
        return self.again[1] if writing and self.again[0] == writing.path else ""

    def writing(self) -> Writing | None:
        """The last writing of the newest submission; None if it was not written or is outdated."""
        package = self.ending.newest if self.ending and self.ending.current else None
        found = writings(package) if package else None
        return found[-1] if found else None

    def _show_written(self, writing: Writing) -> None:
        path, (of, _, at) = Path(writing.path), self.again
        today = self.session.today()
        if self.differs:
            self.stick.show_wrong("核对不上", self.differs)
            return
        here = self.stick.holds(path) or not writing.place
        verdict = MAIL if writing.mail else SAFE if writing.place and here else WRITTEN
        read = "双击它，用邮件程序发出" if writing.mail else "读回来与原文一字不差"
        read += "" if writing.mail or writing.place else "；如果是U盘，可以拔了"
        drive = self.stick.drive()
        where = "" if drive and path.is_relative_to(drive.folder) else writing.place or str(path.parent)
        second = f"{moment(at, today, True)} 又核对过一次，一字不差" if of == writing.path else self._lay_before()
        self.stick.show_safe(verdict, [f"{moment(writing.at, today, True)} 写完，{read}", where, second])

    def _lay_before(self) -> str:
        """A sentence on older revisions that were on the drive before; '' for none."""
        newest = self.ending.newest if self.ending else None
        others = [r for r in self.sending.before if newest and r != newest.revision and self.sending.id == newest.id]
        if not others or newest is None:
            return ""
        told = "、".join(str(r) for r in sorted(others))
        return f"盘里原有的第{told}版没有动，县里认第{max(*others, newest.revision)}版"

    def _words(self) -> None:
        """Enable and label the buttons."""
        busy, ending, drive = self.sending.busy, self.ending, self.stick.drive()
        if ending is None:
            return
        bad = bool(self.failed or self.differs)
        self.stick.setVisible((ending.checked or ending.current) and (busy or bad or not ending.received))
        ready, out = ending.checked and not busy, ending.out and not bad
        where = f"写进 {drive.caption}" if drive else "存到文件夹……"
        self.write.setText("再写一次" if bad and drive else where)
        self.write.setVisible(ready and not out)
        self.write.setEnabled(ready and (drive is None or drive.writable))
        self.stress(self.write, ending.step == TO_WRITE or bad)
        self.more.setText(f"再写进 {drive.caption}" if drive and out and not self._is_on(drive) else "再写一个U盘")
        self.more.setVisible(out and ready)
        writing = self.writing() if ending.out and not busy else None
        self.show_folder.setVisible(writing is not None)
        self.look_again.setVisible(writing is not None and not writing.mail)
        self.leave.setVisible(self.sending.stoppable)
        self.mail.setVisible(ready)
        self.folder.setVisible(ready and drive is not None and not out)
        stopped = self.sending.why == STOPPED and not busy and not ending.out
        say(self.meanwhile, "可以先去做别的" if busy else STOPPED if stopped else "")

    def _is_on(self, drive: Drive) -> bool:
        writing = self.writing()
        return writing is not None and Path(writing.path).is_relative_to(drive.folder)

    ## actions

    def write_out(self) -> None:
        """Write the submission to the chosen drive, or ask for a folder if there is none."""
        drive = self.stick.drive()
        if drive is None:
            self.write_folder()
        else:
            self.sending.start(drive.folder, place=drive.caption)

    def write_more(self) -> None:
        """Write it again: to the chosen drive, or to another place if that one has it already."""
        drive = self.stick.drive()
        if drive is None or self._is_on(drive):
            self.write_folder()
        else:
            self.write_out()

    def write_folder(self) -> None:
        """Ask for a folder and write it there."""
        folder = self.ask("传出到哪个U盘或文件夹")
        if folder is not None:
            self.sending.start(folder)

    def write_mail(self) -> None:
        """Write a mail draft with the submission attached."""
        folder = self.ask("邮件草稿放到哪个文件夹")
        if folder is not None:
            self.sending.start(folder, mail=True)

    def ask(self, title: str) -> Path | None:
        """Ask for a folder; None if the user cancels."""
        parent: QWidget = self
        name = choosing.folder(parent, title)
        return Path(name) if name else None

    def open_folder(self) -> None:
        """Open the folder of the file."""
        if writing := self.writing():
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(writing.path).parent)))

    def compare(self) -> None:
        """Read the file on the drive again and compare it with the copy kept in the workspace."""
        from exports.outgoing.removable import compare

        writing, package = self.writing(), self.ending.newest if self.ending else None
        if writing is None or package is None:
            return
        kept, name = self.kept(package), Path(writing.path).name
        places = [Path(writing.path), *(d.folder / name for d in self.stick.drives)]
        self.look_again.setEnabled(False)
        self.looked_at = writing.path

        def job(_task: JobHandle) -> str:
            compare(kept, next((p for p in places if p.exists()), places[0]))
            return ""

        operation = Operation(self, self.session, Threaded(job), "正在再核对一次")
        operation.on_done(self._compared).on_error(self._compared).start()

    def _compared(self, why: str) -> None:
        self.again = self.looked_at, why, self.session.space.stamp
        self.look_again.setEnabled(True)
        self.session.message.emit(why or "又核对过一次，与本机的原件一字不差", "red" if why else "saved")
        if self.ending is not None:
            self.tell(self.ending)
