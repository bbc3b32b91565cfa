"""两版相撞: two revisions, neither an ancestor of the other, side by side. Only cells that both changed are asked about."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from exports.incoming.conflicts import Conflict, conflict, decide, decide_cells
from exports.incoming.messages import last_saved, saved
from models.county.overview import contact
from models.ledger.compare import CellDifference, Place
from models.ledger.ledger import Package
from ui.county.feedback.return_dialog import Comment, write_return
from ui.county.inbox.conflict_row import SIDES, CellRow, ConflictHeader, shown
from ui.operations.failure import reporting, run
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import heading, scrolled, yielding
from ui.widgets.theme import Theme


class ConflictPage(QWidget):
    """Settles the conflict of one unit. `done` is emitted when it was settled or closed undecided."""

    done = Signal()

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.picks: dict[Place, int] = {}
        self.rows: list[CellRow] = []
        self.found: Conflict | None = None
        column, size = scrolled(self), look.size
        column.setContentsMargins(size(20), size(12), size(20), size(10))
        column.setSpacing(size(6))
        self.sentence, self.second = heading(column)
        self.heads = QVBoxLayout()
        column.addLayout(self.heads)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        yielding(self.area, size(140))
        column.addWidget(self.area, 1)
        outer = self.layout()
        assert outer is not None
        outer.addWidget(self._foot())  # below the scrolled part, so that the buttons are always visible

    def _foot(self) -> QWidget:
        foot, wholes, size = QWidget(), QWidget(), self.look.size
        row = FlowLayout(foot, (size(20), size(4), size(20), size(8)), size(6))
        self.wholes = QHBoxLayout(wholes)
        self.wholes.setContentsMargins(0, 0, 0, 0)
        row.addWidget(wholes)
        self.back = QPushButton("都打回去，让单位自己定……")
        self.back.setToolTip("先按甲收下，每一格写一条退回意见，单位定好以后再报")
        self.back.clicked.connect(self.send_back)
        leave = QPushButton("以后再定")
        leave.clicked.connect(self.done)
        self.settle = QPushButton("就这样定")
        self.settle.setProperty("tone", "main")
        self.settle.clicked.connect(self.decide)
        self.count = QLabel()
        row.stretch()
        for widget in (self.count, self.back, leave, self.settle):
            row.addWidget(widget)
        return foot

    ## showing

    def open(self, code: str) -> bool:
        """Show the conflict of a unit; False, with a message in the foot, where it has none."""
        return run(self.session, lambda: self._open(code))

    def _open(self, code: str) -> None:
        self.found = conflict(self.session.space, code, self.session.period.id)
        self.found.cells  # noqa: B018 - everything is read now, so that a lost file is reported here
        self.picks = {}
        self._show_heads(self.found)
        self._show_cells(self.found)
        self._tell()

    def focusInEvent(self, event: object) -> None:
        if self.rows:
            self.rows[0].setFocus()

    def _show_heads(self, found: Conflict) -> None:
        unit = self.session.space.plan.unit(found.unit)
        heads, auto = found.standing.heads, len(found.cells) - len(found.asked)
        self.sentence.setText(f"{unit.short}：{len(heads)}份不一样的{self.session.period.name}上报")
        call = "　".join(c for c in contact(self.session.space, unit, self.session.period) if c.startswith("联络员"))
        merged = f"{auto}格只有一方改过，已自动并好；" if auto else ""
        common = (
            f"都从第{found.standing.counts.revision}版改来，"
            if found.base is not None and found.standing.counts
            else ""
        )
        self.second.setText(
            f"{common}互相不知道。{merged}{len(found.asked)}格要人定。　{call}　← → 选，↓ 下一格。两份原件都留着，定了以后还可以撤销。"
        )
        for layout in (self.heads, self.wholes):
            while (item := layout.takeAt(0)) is not None:
                item.widget().deleteLater()
        base = (
            f"第{found.standing.counts.revision}版（共同的来处）" if common and found.standing.counts else "共同的来处"
        )
        self.heads.addWidget(ConflictHeader(self.look, base, [_card(self.look, n, h) for n, h in enumerate(heads)]))
        last = last_saved(heads)
        for n, head in enumerate(heads):
            button = QPushButton(f"全用{SIDES[n]}" + ("，后存的那本" if head is last else ""))
            button.clicked.connect(lambda _on=False, n=n: self.pick_all(n))
            self.wholes.addWidget(button)

    def _show_cells(self, found: Conflict) -> None:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, self.look.size(6), 0)
        column.setSpacing(self.look.size(2))
        self.rows = [CellRow(self.look, found, cell, self) for cell in found.asked]
        for row in self.rows:
            column.addWidget(row)
        alone = [c for c in found.cells if c.pick is not None]
        if alone:
            self.fold = QPushButton(f"▸ 自动并好的{len(alone)}格")
            self.fold.setProperty("tone", "link")
            self.fold.setCheckable(True)
            text = QLabel("\n".join(_alone(found, c) for c in alone))
            text.setProperty("tone", "second")
            text.setWordWrap(True)
            text.hide()
            self.fold.toggled.connect(text.setVisible)
            column.addWidget(self.fold)
            column.addWidget(text)
        column.addStretch(1)
        self.area.setWidget(body)

    def _tell(self) -> None:
        left = len(self.rows) - len(self.picks)
        self.count.setText(f"定了{len(self.picks)}格，还有{left}格" if left else "都定了")
        self.settle.setEnabled(not left)
        self.settle.setText("就这样定")

    ## choosing

    def pick(self, row: CellRow, side: int) -> None:
        """Choose a side of a cell."""
        self.picks[row.cell.place] = side
        row.show_pick(side)
        row.setFocus()
        self._tell()

    def step(self, row: CellRow, way: int) -> None:
        """← takes the previous side (or the first), → the next one (or the last)."""
        now = self.picks.get(row.cell.place)
        last = len(row.choices) - 1
        self.pick(row, (0 if way < 0 else last) if now is None else max(0, min(last, now + way)))

    def go(self, row: CellRow, way: int) -> None:
        """Focus the next (1) or previous (-1) cell; after the last one the button that settles."""
        to = self.rows.index(row) + way
        if to >= len(self.rows):
            self.settle.setFocus()
        elif to >= 0:
            self.rows[to].setFocus()
            self.area.ensureWidgetVisible(self.rows[to])

    def pick_all(self, side: int) -> None:
        """Choose the same side for every cell."""
        for row in self.rows:
            self.picks[row.cell.place] = side
            row.show_pick(side)
        self._tell()

    def decide(self) -> None:
        """Store the choices as the settlement."""
        assert self.found is not None
        short = self.session.space.plan.unit(self.found.unit).short
        with reporting(self.session):
            decide_cells(self.found, self.picks)
            self.session.message.emit(f"{short}已定好，随回执发回，两台电脑都认它", "saved")
            self.done.emit()

    def send_back(self) -> None:
        """Keep the first revision for now and return every asked cell to the unit with a comment."""
        name = choosing.folder(self, "退回单放到哪个文件夹")
        if name:
            self.send_back_to(Path(name))

    def send_back_to(self, folder: Path) -> None:
        """Write that return into a folder."""
        assert self.found is not None
        found, space = self.found, self.session.space
        unit = space.plan.unit(found.unit)
        with reporting(self.session):
            decide(space, found.unit, found.period, found.standing.heads[0].id)
            path = write_return(self.session, unit, _comments(found), folder)
            self.session.message.emit(f"先按甲收下，退回{unit.short}自己定：{path}；回执也要发去", "saved")
            self.done.emit()


def _comments(found: Conflict) -> list[Comment]:
    forms = {f.name for f in found.space.forms}
    made = []
    for cell in found.asked:
        name, _, field = cell.place
        there = cell.values[0] is not None or bool(field)
        if name in forms and there:
            said = "，".join(f"{SIDES[n]}“{shown(found, cell, v)}”" for n, v in enumerate(cell.values))
            label = found.form(name).field(field).label if field else ""
            made.append((name, cell.row, label, f"两台电脑报的不一样：{said}；请核定后再报"[:500]))
    return made


def _alone(found: Conflict, cell: CellDifference) -> str:
    form = found.form(cell.place[0])
    label = form.field(cell.place[2]).label if cell.place[2] else "整行"
    assert cell.pick is not None
    return f"{form.title}第{cell.row}行 {label}：{shown(found, cell, cell.base)} → {shown(found, cell, cell.values[cell.pick])}（{SIDES[cell.pick]}）"


def _card(look: Theme, n: int, head: Package) -> QFrame:
    card = QFrame()
    card.setObjectName("card")
    column = QVBoxLayout(card)
    column.setContentsMargins(*(look.size(n) for n in (10, 5, 10, 6)))
    column.setSpacing(0)
    title = QLabel(f"{SIDES[n]}　第{head.revision}版")
    title.setProperty("tone", "section")
    made = head.made[5:16].replace("-", "月").replace("T", "日 ")
    code, person = head.about.get("code") or head.id[:8], head.about.get("person")
    book = str(head.about.get("workbook") or "")
    words = [book, saved(head)] if book else [f"{made}填好", person, f"电脑 {head.about.get('device') or '未知'}"]
    told = QLabel("　".join(filter(None, [code, *words])))
    told.setProperty("tone", "second")
    for label in (title, told):
        label.setWordWrap(True)
        column.addWidget(label)
    return card
