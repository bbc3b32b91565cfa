"""下发和回执: the button that makes the hand-outs and receipts of all units and writes them in a background thread."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton
from shiboken6 import isValid

from forms.states import FileKind, Role
from models.act_backup import back_up, backed_up
from models.county.unit_states import on_this_plan
from models.errors import UserError
from models.plan.entries import Unit
from models.plan.rows import unconfirmed_sentence, unsure
from models.plan_editing.draft import PlanDraft
from ui.operations.operation import Operation, running
from ui.operations.work import Sliced, Threaded
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.confirm import asked

if TYPE_CHECKING:  # imported late: the window opens faster without it
    from exports.package.container import PackageFile

TEXT, HINT = "下发和回执……", "每个单位一个任务包，收到上报的另写回执"


class HandoutButton(QPushButton):
    """Hands out to all units; pressed while the files are being made, it cancels."""

    def __init__(self, session: Session) -> None:
        super().__init__(TEXT)
        self.session, self.folder = session, Path()
        self.told = ""  # message for when everything is written
        self.without: list[str] = []  # why units got no file, a sentence each
        self.standing: list[PackageFile] = []  # the files written so far
        self.setToolTip(HINT)
        if session.space.role != Role.OFFICE:
            self.hide()
        self.clicked.connect(lambda _on=False: self._clicked())

    def _clicked(self) -> None:
        if (making := running(self)) is not None:
            making.cancel()
        elif (folder := self.choose()) is not None:
            self.to(folder)

    ## questions before

    def choose(self) -> Path | None:
        """The folder to write to; None if the user cancels."""
        doubts = self.doubts()
        if doubts and not self.asked(doubts):
            return None
        name = choosing.folder(self, "任务包和回执放到哪个文件夹")
        return Path(name) if name else None

    def doubts(self) -> str:
        """Reasons not to hand the plan out yet: unconfirmed guesses, draft changes not in force; '' for none."""
        space, told = self.session.space, []
        if (open_ones := unsure(space.plan.texts)).total():
            told.append(f"还有{unconfirmed_sentence(open_ones)}，下发后单位会看到“待确认”。可以先到“方案”确认。")
        if PlanDraft(space).changed:
            told.append(f"草稿里的改动还没有生效，发下去的仍是{space.plan.version}版。可以先到“方案”生效。")
        return "\n".join([*told, self.spread()]) if told else ""

    def spread(self) -> str:
        """How many units have reported with the plan version in force, as a sentence."""
        space = self.session.space
        return f"{len(space.units)}家里已有{len(on_this_plan(space))}家报来的文件用的是{space.plan.version}版。"

    def asked(self, text: str) -> bool:
        """Ask before handing out in spite of doubts; True to go on."""
        return asked(self, "下发", text, "照样下发", "先不下发")

    ## making and writing

    def to(self, folder: Path) -> None:
        """Make the hand-outs and receipts of all units in slices, then write them to `folder` in the background."""
        self.folder, self.without = folder, []
        self.setToolTip("停下：已经做好的也不写出")
        back_up(self.session.space)
        making = Operation(self, self.session, Sliced(self._parcels()), "正在做任务包和回执")
        making.on_progress(lambda n, _: self.setText(f"停下（{n}／{len(self.session.space.units)}）"))
        making.ended.connect(self._over)
        making.on_done(self._made).on_cancel(lambda _: self._cancelled()).on_error(self._not_written).start()

    def _parcels(self) -> Iterator["list[PackageFile]"]:
        """The files of one unit at each step; runs in the window's thread, as the store is bound to it."""
        from exports.outgoing.handout import files_for

        for unit in self.session.space.units:
            try:
                yield files_for(self.session.space, unit)
            except UserError as why:  # of this unit; the others get their files
                self.without.append(str(why))
                yield []

    def _over(self) -> None:
        self.setText(TEXT)
        self.setToolTip(HINT)

    def _cancelled(self) -> None:
        self.session.message.emit("已停下，没有写出任务包和回执", "amber")

    def _made(self, units: "list[list[PackageFile]]") -> None:
        from exports.outgoing.write_out import file_name, write_all

        made, folder = [p for parcels in units for p in parcels], self.folder
        files = [(p, file_name(self.session.space, p)) for p in made]
        receipts = sum(p.kind == FileKind.RECEIPT for p in made)
        self.told = f"已写出{len(made) - receipts}个任务包、{receipts}个回执，已读回核对，可以安全拔出：{folder}。{self.spread()}"
        self.session.message.emit(f"正在把{len(made)}个文件写到 {folder}，先不要拔", "amber")
        standing: list[PackageFile] = []
        self.standing = standing
        job = Threaded(lambda _: write_all(files, folder, standing))
        writing = Operation(self.session, self.session, job, f"正在写到 {folder}").to_the_end()  # longer than the page
        self._free(not writing.on_done(self._wrote).on_error(self._not_written).start())

    def _free(self, free: bool = True) -> None:
        if isValid(self):
            self.setEnabled(free)

    def again(self, unit: Unit) -> None:
        """补发: write a new hand-out for one unit; the computers it enrolled before can no longer sign."""
        from exports.outgoing.handout import handout
        from exports.outgoing.write_out import send

        if (folder := self.choose()) is None:
            return
        with backed_up(self.session.space, "handout"):
            path = send(self.session.space, handout(self.session.space, unit, again=True), folder)
        self.session.message.emit(f"已补发：{path}；原来登记的电脑停用，要重新装入这个任务包", "saved")

    def _wrote(self, _count: int) -> None:
        self._note()
        self._free()
        self.session.message.emit("；".join([*self.without, self.told]), "amber" if self.without else "saved")

    def _not_written(self, why: str) -> None:
        self._note()
        self._free()
        self.session.message.emit(why, "red")

    def _note(self) -> None:
        """Record in the ledger the files that were really written, and no others."""
        from exports.outgoing.write_out import went_out

        went_out(self.session.space, self.standing)
        self.standing = []
