"""收件: dropped files are judged one by one, compared three-way, then taken in, put aside, or taken back by load."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QInputDialog, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from exports.incoming.batch_effects import with_batch_effects
from exports.incoming.conflicts import undo_load
from exports.incoming.kept_files import keep_refused_files
from exports.incoming.load import stopped
from exports.incoming.load_log import LoadLog
from exports.incoming.outcome import Outcome
from exports.incoming.preview import content
from forms.states import FileKind, Result
from models.ledger.intake_log import IntakeRecord
from models.store.change import Change
from ui.county.inbox.conflict_page import ConflictPage
from ui.county.inbox.file_list import InboxList
from ui.county.inbox.file_panel import InboxPanel
from ui.county.inbox.messages import done_sentence, taken_sentence, waiting_sentences, ways
from ui.county.inbox.toolbar import InboxToolbar
from ui.filling.empty_form import EmptyForm
from ui.handin.drives import removable
from ui.operations.failure import run
from ui.operations.file_judging import judged, kept_in
from ui.operations.operation import Operation, running
from ui.operations.work import Sliced
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import heading, scrolled
from ui.widgets.responsive_columns import ResponsiveColumns
from ui.widgets.theme import Theme
from ui.window.page import Page, override


class InboxPage(Page):
    """`loaded` is emitted when a hand-out was taken in, as plan and units may have changed; changed rows are announced
    by the session.
    """

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.space, self.look = session, session.space, look
        self.paths: list[Path] = []
        self.pending: list[Outcome] = []
        self.taking, self.why, self.done = False, "", ""
        self.views = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.views)
        self.views.addWidget(self._desk())
        self.conflict = ConflictPage(session, look)
        self.conflict.done.connect(self._settled)
        self.views.addWidget(self.conflict)
        self.refresh()

    ## layout

    def _desk(self) -> QWidget:
        desk = QWidget()
        column = scrolled(desk)
        size = self.look.size
        column.setContentsMargins(size(16), size(10), size(16), size(8))
        column.setSpacing(size(6))
        self.sentence, self.second = heading(column)
        column.addWidget(self._tools())
        self.empty = EmptyForm(self.look)
        column.addWidget(self.empty, 1)
        self.body = ResponsiveColumns(self.look)
        column.addWidget(self.body, 1)
        self.list = InboxList(self.space, self.look)
        self.list.currentItemChanged.connect(lambda _now, _before: self._show())
        self.list.itemChanged.connect(lambda _item: self._counts())
        self.body.add(self.list, 400, 250, 200)
        self.body.add(self._right(), 924, 360, 200, grows=True)
        return desk

    def _tools(self) -> InboxToolbar:
        tools = self.tools = InboxToolbar()
        self.undo = tools.undo
        for asked, action in (
            (tools.files, self.choose),
            (tools.folder, self.choose_folder),
            (tools.stick, self.from_stick),
            (tools.taken_back, self.take_back),
        ):
            asked.connect(partial(run, self.session, action))
        return tools

    def _right(self) -> QWidget:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        self.side = InboxPanel(self.space, self.look)
        column.addWidget(self.side, 1)
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0))
        self.settle = self._button("逐格选定……", "两份不一样的上报，逐格选定", self._settle_current)
        self.again = self._button("再收一次", "原因消除以后，把这份再装一次", self.take_up)
        self.later = self._button("先放着……", "现在不装，写明原因放在一边，随时可以再收", self.put_aside)
        self.drop = self._button("都不装", "把还没有装入的从清单上拿掉；文件不动", self.forget)
        self.take = self._button("装入", "装入打勾的", self.take_ticked, "main")
        row.addWidget(self.settle)
        row.addWidget(self.again)
        row.stretch()
        for button in (self.later, self.drop, self.take):
            row.addWidget(button)
        column.addWidget(holder)
        return right

    def _button(self, text: str, hint: str, action: Callable[[], object], tone: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.setProperty("tone", tone)
        button.clicked.connect(lambda: run(self.session, action))
        return button

    ## state

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if not self.busy:
            self.refresh()

    @property
    def busy(self) -> bool:
        """Whether files are being judged or taken in."""
        return running(self) is not None

    def refresh(self) -> None:
        """Show the pending files and the intake log."""
        book = self.space.intake.recent()
        self.list.show_files(self.pending, book)
        self.body.setVisible(bool(book or self.pending))
        self.empty.setVisible(self.body.isHidden())
        if self.body.isHidden():
            choose, folder, stick = (
                partial(run, self.session, a) for a in (self.choose, self.choose_folder, self.from_stick)
            )
            self.empty.say(*ways(choose, folder, stick if removable() else None))
        self.tools.offer(self.empty.isHidden())
        self._busy()
        self._show()

    def _busy(self) -> None:
        """Enable the buttons that can be used now."""
        busy = self.busy
        for button in (self.take, self.later, self.drop):
            button.setEnabled(not busy)
        self.empty.setVisible(self.body.isHidden() and not busy)
        self.tools.show_state(busy, self.space.intake.last_load())
        self._counts()

    def _counts(self) -> None:
        ticked, waiting = len(self.list.ticked), len(self.pending)
        self.take.setText(f"装入打勾的{ticked}个" if ticked else "装入")
        self.take.setEnabled(bool(ticked) and not self.busy)
        for button in (self.take, self.later, self.drop):
            button.setVisible(bool(waiting))
        sentence, second = waiting_sentences(self.pending, self.busy, self.taking, self.done)
        self.sentence.setText(sentence)
        self.second.setText(second)

    def _show(self) -> None:
        """Show the selected file on the right."""
        about = self.list.current
        self.settle.setVisible(
            about is not None and about.result == Result.CONFLICT and isinstance(about, IntakeRecord)
        )
        self.again.setVisible(isinstance(about, IntakeRecord) and bool(about.file) and not about.ended)
        self.later.setEnabled(isinstance(about, Outcome) and not self.busy)
        self.side.show_file(about, self.pending)

    ## taking in

    @override
    def take_in(self, paths: Sequence[Path]) -> None:
        """Judge dropped or chosen files; none of them is taken in yet."""
        if self.busy or not paths:
            return
        self.views.setCurrentIndex(0)
        self.paths, self.taking, self.done = list(paths), False, ""
        self._begin(None)

    def _begin(self, only: set[str] | None) -> None:
        self.why = ""
        files = sum(sum(1 for f in p.rglob("*") if f.is_file()) if p.is_dir() else 1 for p in self.paths)
        word = "装入" if self.taking else "查看"
        made: list[Outcome] = []
        work = Sliced(kept_in(made, judged(self.space, self.paths, not self.taking, only)))
        operation = Operation(self, self.session, work, f"正在{word}文件")
        operation.with_progress(self.tools.progress, max(files, 1), lambda n: f"{word}了{n}个" if n else "")
        operation.on_done(lambda _: self._ended(made, True)).on_cancel(lambda _: self._ended(made, False))
        operation.on_error(lambda why: self._stopped(made, why)).start()
        self._busy()

    def _stopped(self, made: list[Outcome], why: str) -> None:
        self.why = why
        self._ended(made, False)

    def _ended(self, found: list[Outcome], whole: bool) -> None:
        if not self.taking:
            self.pending = with_batch_effects(self.space, found)
            self.refresh()
            self.list.setCurrentRow(0)
            self._say(self.why or f"看过{len(found)}个" + ("" if whole else "，停下了"))
            return
        keep_refused_files(self.space.folder, found)
        done = {a.path for a in found}
        self.pending = [a for a in self.pending if a.path not in done]
        self.done = done_sentence(found)
        self.session.renew()
        self._say(str(stopped(found, self.why)) if self.why else taken_sentence(found, whole))
        if any(a.kind == FileKind.HANDOUT and a.result == Result.ACCEPTED for a in found):
            self.loaded.emit()

    def _say(self, told: str) -> None:
        self.session.message.emit(told, "red" if self.why else "saved")

    def take_ticked(self) -> None:
        """Take in the checked files; the others stay in the list."""
        only = {a.path for a in self.list.ticked}
        if only and not self.busy:
            self.taking = True
            self._begin(only)

    def put_aside(self) -> None:
        """Ask for a reason and put the selected file aside."""
        about = self.list.current
        if isinstance(about, Outcome):
            reason, ok = QInputDialog.getText(self, "先放着", "为什么先不装（以后看得到）")
            if ok:
                self.leave(about, reason.strip() or "先放着")

    def leave(self, about: Outcome, reason: str) -> None:
        """Put a file aside: its content is kept, the intake log gets a line with the reason."""
        LoadLog(self.space).put_aside(about.record, content(about.path).data, reason)
        self.pending = [a for a in self.pending if a.path != about.path]
        self.refresh()
        self.session.message.emit(f"{Path(about.path).name}先放着，可以随时再收", "saved")

    def forget(self) -> None:
        """Empty the list without taking anything in; the files themselves are not touched."""
        self.pending = []
        self.refresh()

    def take_up(self) -> None:
        """Judge a file of the intake log again: one that was refused or put aside."""
        about = self.list.current
        if isinstance(about, IntakeRecord) and about.file:
            self.take_in([self.space.folder / about.file])

    def take_back(self) -> None:
        """Undo all files of the last load."""
        last = self.space.intake.last_load()
        lines = undo_load(self.space, last)
        self.session.message.emit(f"已撤销第{last}次装入的{len(lines)}份；原件还在，可以再装", "saved")
        self.session.renew()

    ## settling

    def _settle_current(self) -> None:
        about = self.list.current
        if isinstance(about, IntakeRecord):
            self.show_conflict(about.unit)

    @override
    def show_conflict(self, unit: str) -> None:
        """Turn to the conflict of a unit, if it has one."""
        if self.conflict.open(unit):
            self.views.setCurrentIndex(1)
            self.conflict.setFocus()

    def _settled(self) -> None:
        self.views.setCurrentIndex(0)
        self.session.renew()

    ## where files come from

    def choose(self) -> None:
        """Ask for files and judge them."""
        names = choosing.files(self, "收件")
        self.take_in([Path(n) for n in names])

    def choose_folder(self) -> None:
        """Ask for a folder and judge all files in it."""
        name = choosing.folder(self, "收哪个文件夹")
        self.take_in([Path(name)] if name else [])

    def from_stick(self) -> None:
        """Judge all files on the removable drives that are plugged in."""
        self.take_in([drive.folder for drive in removable()])
