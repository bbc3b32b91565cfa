"""收件's list: files to take in, with check boxes; below them the intake log, load by load."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from exports.incoming.outcome import Outcome
from forms.states import FileKind, ReportState, Result
from models.ledger.intake_log import IntakeRecord
from models.workspace import Workspace
from ui.county.inbox.messages import became, came_from, load_sentence
from ui.county.overview.state_mark import icon_size, state_icon
from ui.loads.load_dialog import NAMES
from ui.widgets.theme import Theme

FORESEEN = {
    Result.ACCEPTED: "可以装入",
    Result.UNCHANGED: "无变化",
    Result.CONFLICT: "两版相撞",
    Result.REFUSED: "不能装入",
    Result.WAITING: "等您定",
}
GOOD = (Result.ACCEPTED, Result.CONFLICT)
SIGNS: Mapping[str, str] = {
    Result.ACCEPTED: ReportState.SUBMITTED,
    Result.UNCHANGED: ReportState.ZERO,
    Result.ASIDE: ReportState.LATE,
    Result.WAITING: ReportState.LATE,
}  # result → the mark of the overview with the same meaning
ABOUT = Qt.ItemDataRole.UserRole


class InboxList(QListWidget):
    """Received files, the waiting ones first."""

    def __init__(self, space: Workspace, look: Theme) -> None:
        super().__init__()
        self.space, self.look, self.waiting = space, look, 0
        self.setAccessibleName("收到的文件")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(icon_size(look))

    def show_files(self, pending: Sequence[Outcome], book: Sequence[IntakeRecord]) -> None:
        """Show the waiting files, then the intake log."""
        self.blockSignals(True)
        self.clear()
        self.waiting = len(pending)
        for arrival in pending:
            self._pending(arrival, pending)
        for _, lines in groupby(book, key=lambda line: line.load):
            together = list(lines)
            self._add(load_sentence(together), None).setToolTip(came_from(together))
            for line in together:
                self._add(_row(self.space, line.path, line.unit, line.revision, line.kind, became(line)), line)
        self.setCurrentRow(0 if pending else min(1, self.count() - 1))
        self.blockSignals(False)

    def _pending(self, a: Outcome, pending: Sequence[Outcome]) -> None:
        others = [o for o in pending if o is not a and o.unit and (o.unit, o.revision) == (a.unit, a.revision)]
        row = _row(self.space, a.path, a.unit, a.revision, a.kind, FORESEEN[a.result])
        item = self._add(f"{row}　{_distinguishing_text(a)}" if others else row, a)
        if a.result in GOOD:
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)

    def _add(self, text: str, about: Outcome | IntakeRecord | None) -> QListWidgetItem:
        item = QListWidgetItem(text)
        item.setData(ABOUT, about)
        item.setToolTip(about.path if about else text)
        if about is None:
            item.setFlags(Qt.ItemFlag.ItemIsEnabled)
            item.setForeground(self.look.colour("ink2"))
            self.addItem(item)
            return item
        ended = about.ended if isinstance(about, IntakeRecord) else ""
        item.setIcon(state_icon(self.look, ReportState.RETURNED if ended else SIGNS.get(about.result, about.result)))
        if ended:
            item.setForeground(self.look.colour("ink2"))
        elif about.result in (Result.REFUSED, Result.CONFLICT):
            item.setForeground(self.look.colour("red"))
        self.addItem(item)
        return item

    @property
    def ticked(self) -> list[Outcome]:
        """The waiting files that are checked."""
        items = [self.item(n) for n in range(self.waiting)]
        return [i.data(ABOUT) for i in items if i.checkState() == Qt.CheckState.Checked]

    @property
    def current(self) -> Outcome | IntakeRecord | None:
        """The selected file; None for a heading or no selection."""
        found: Outcome | IntakeRecord | None = (
            self.item(self.currentRow()).data(ABOUT) if self.currentRow() >= 0 else None
        )
        return found


def _distinguishing_text(a: Outcome) -> str:
    """The name of a workbook or package, to distinguish files of the same unit and revision."""
    return a.would.id[:8] if a.would and a.kind == FileKind.SUBMISSION else Path(a.path).name


def version(revision: int) -> str:
    """第N版; '' for revision 0."""
    return f"第{revision}版" if revision else ""


def _row(space: Workspace, path: str, unit: str, revision: int, kind: str, word: str) -> str:
    entry = space.plan.find("units", unit)
    name = entry.short if entry else Path(path).name
    return "　".join(filter(None, (name, version(revision) or NAMES.get(kind, ""), word)))
