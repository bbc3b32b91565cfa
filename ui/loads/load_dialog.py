"""装入 in the window: a preview of the changes, then, if the user agrees, the load itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from exports.incoming.kept_files import keep_refused_files
from exports.incoming.load import stopped
from exports.incoming.outcome import Outcome
from exports.incoming.workbooks import Answer
from exports.package.manifest import CAPTIONS
from exports.readback.sandbox import Sandbox
from forms.states import FileKind, Result
from models.errors import UserError
from models.plan.impact import GONE, News
from models.store.change import Change
from models.workspace import Workspace
from ui.loads.workbook_preview import WorkbookPreview
from ui.operations.file_judging import judged, kept_in
from ui.operations.wait_dialog import waited
from ui.widgets.theme import Theme

NAMES = {**CAPTIONS, FileKind.WORKBOOK: "Excel 工作簿", FileKind.PLAN: "方案工作簿"}
RESULTS = {
    Result.ACCEPTED: "可以装入",
    Result.UNCHANGED: "无变化",
    Result.CONFLICT: "有冲突",
    Result.REFUSED: "不能装入",
    Result.WAITING: "等您定",
}

GOOD = (Result.ACCEPTED, Result.CONFLICT)


def line(space: Workspace, arrival: Outcome) -> str:
    """One file as one line: its kind, its unit, and its outcome."""
    unit, period = space.plan.find("units", arrival.unit), space.plan.find("periods", arrival.period)
    version = f"第{arrival.revision}版" if arrival.revision else ""
    what = f"{NAMES.get(arrival.kind, '')}　{unit.short if unit else ''}　{period.name if period else arrival.period}　{version}".strip(
        "　"
    )
    return f"{RESULTS[arrival.result]}　{Path(arrival.path).name}　{what}\n　　{arrival.message}"


class LoadPreview(QDialog):
    """Shows the files and their changes before anything is taken in."""

    def __init__(
        self,
        space: Workspace,
        found: Sequence[Outcome],
        look: Theme,
        parent: QWidget | None = None,
        shown: Callable[[Outcome], Answer | None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self.found, self.shown, self.answers = found, shown, dict[str, Answer]()
        self.setWindowTitle("装入")
        self.resize(look.size(720), look.size(420))
        layout = QVBoxLayout(self)
        good = sum(a.result in GOOD for a in found)
        counted = tally(found, "可以装入", "不能装入")
        title = QLabel(f"{len(found)}个文件：{counted}" if found else "没有找到可以装入的文件")
        title.setProperty("tone", "section")
        layout.addWidget(title)
        self.list = QListWidget()
        self.list.setAccessibleName("要装入的文件")
        self.list.setWordWrap(True)
        self.list.addItems([line(space, a) for a in found])
        layout.addWidget(self.list, 1)
        told = [n for a in found for n in a.news]
        if told:
            title = QLabel("新方案与现在的对照（填过的内容都保留）")
            title.setProperty("tone", "section")
            layout.addWidget(title)
            layout.addWidget(self._news(told, look), 3)
            self.list.setMaximumHeight(look.size(90))
            self.resize(min(look.size(920), 1300), min(look.size(560), 640))
        self.buttons = QDialogButtonBox()
        self.take = self.buttons.addButton("装入", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("tone", "main")
        self.take.setEnabled(bool(good))
        self.buttons.addButton("不装入", QDialogButtonBox.ButtonRole.RejectRole)
        self.look_at = self.buttons.addButton("看这本工作簿的改动…", QDialogButtonBox.ButtonRole.ActionRole)
        self.look_at.setVisible(any(says_something(a) for a in found))
        self.look_at.setEnabled(False)
        self.look_at.clicked.connect(self._look_at)
        self.list.currentRowChanged.connect(lambda n: self.look_at.setEnabled(n >= 0 and says_something(found[n])))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)

    def _news(self, told: Sequence[News], look: Theme) -> QTableWidget:
        """A table of the changes in a newer plan, old beside new."""
        self.news = table = QTableWidget(len(told), 4)
        table.setAccessibleName("新旧方案对照")
        table.setHorizontalHeaderLabels(["变化", "哪一项", "现在", "新方案"])
        table.verticalHeader().hide()
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setWordWrap(True)
        for n, one in enumerate(told):
            for column, word in enumerate((one.kind, one.what, one.before or "—", one.after or "—")):
                item = QTableWidgetItem(word)
                item.setToolTip(word)
                if column == 0 and one.kind == GONE:
                    item.setForeground(look.colour("amb"))
                table.setItem(n, column, item)
        table.setColumnWidth(0, look.size(64))
        for column in (1, 2, 3):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        return table

    def _look_at(self) -> None:
        arrival = self.found[self.list.currentRow()]
        answer = self.shown(arrival)
        if answer is not None:
            self.answers[arrival.path] = answer


def load_files(
    space: Workspace,
    paths: Sequence[Path],
    look: Theme,
    parent: QWidget | None = None,
    written: Callable[[Sequence[Change]], None] = lambda _: None,
) -> str:
    """Preview files and take them in if the user agrees: the message for the foot, '' if nothing was taken in.
    `written` gets the changes of rows by workbooks.
    """
    try:
        with Sandbox() as apart:
            desk = LoadWorker(space, paths, look, parent, apart)
            foreseen = desk.judged(True)
            answers = None if foreseen is None else _asked(desk, foreseen)
            found = None if answers is None else desk.judged(False, answers)
    except UserError as error:
        return str(error)
    if answers is None or found is None:
        return ""
    keep_refused_files(space.folder, found)
    written([c for a in found for c in _changes(a, answers)])
    if desk.whys:
        return desk.whys[0]
    one = len(found) == 1 and found[0].result != Result.REFUSED
    told = found[0].message.split("\n")[0].rstrip("：") if one else tally(found, "装入了", "没有装入")
    bad = any(a.result == Result.REFUSED for a in found)
    return told + (f"；没有装入的，原件和原因放在：{space.folder / 'refused'}" if bad else "")


def tally(found: Sequence[Outcome], taken: str, refused: str) -> str:
    """How many files are taken in, present already, or refused; the preview and the result use the same words and
    figures.
    """
    good, bad = (sum(a.result in results for a in found) for results in (GOOD, (Result.REFUSED,)))
    counts = ((good, taken), (len(found) - good - bad, "无变化"), (bad, refused))
    return "，".join(f"{n}个{words}" for n, words in counts if n)


def _changes(arrival: Outcome, answers: Mapping[str, Answer]) -> Sequence[Change]:
    """The changes of a unit's rows by a workbook; empty for other files."""
    reading = arrival.reading
    if reading is None or reading.pure or arrival.result != Result.ACCEPTED:
        return []  # the county undoes a complete load instead
    said = answers.get(arrival.path)
    return reading.with_deletions() if said and said.delete else reading.changes


@dataclass(frozen=True)
class LoadWorker:
    """Judges and takes in files behind a wait dialog, while the window stays responsive."""

    space: Workspace
    paths: Sequence[Path]
    look: Theme
    parent: QWidget | None
    sandbox: Sandbox
    whys: list[str] = field(default_factory=list)  # why the load stopped before its end

    def judged(self, dry_run: bool, answers: Mapping[str, Answer] | None = None) -> list[Outcome] | None:
        """The outcome of each file; None if cancelled before any was taken in. Raises UserError."""
        words = "正在看要装入的文件……" if dry_run else "正在装入……"
        work = judged(self.space, self.paths, dry_run, None, answers, self.sandbox)
        done: list[Outcome] = []
        try:
            found = waited(words, kept_in(done, work), self.look, self.parent)
        except UserError as why:
            if dry_run or not done:
                raise
            self.whys.append(str(stopped(done, why)))
            return done
        return found if found is not None or dry_run else done or None  # after a cancel, what was taken in stays


def _asked(desk: LoadWorker, foreseen: Sequence[Outcome]) -> dict[str, Answer] | None:
    """The answers for the workbooks among the files, by path; None if the user cancels. A single workbook is previewed
    cell by cell at once; of several, the user opens those of interest.
    """
    space, look, parent = desk.space, desk.look, desk.parent

    def again(arrival: Outcome, answer: Answer) -> Outcome:
        found = desk.judged(True, {arrival.path: answer})
        return next((a for a in found or () if a.path == arrival.path), arrival)

    def shown(arrival: Outcome) -> Answer | None:
        book = WorkbookPreview(space, arrival, lambda answer: again(arrival, answer), look, parent)
        return book.answer if book.exec() == QDialog.DialogCode.Accepted else None

    if len(foreseen) == 1 and says_something(foreseen[0]):
        answer = shown(foreseen[0])
        return None if answer is None else {foreseen[0].path: answer}
    preview = LoadPreview(space, foreseen, look, parent, shown)
    return preview.answers if preview.exec() == QDialog.DialogCode.Accepted else None


def says_something(arrival: Outcome) -> bool:
    """Whether a workbook has changes, deletions or problems to preview."""
    r = arrival.reading
    return r is not None and bool(r.changes or r.gone or r.problems)
