"""以前传出的: earlier submissions, what the county answered to each, and a button to write its unchanged file again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from models.ledger.ledger import Package
from models.ledger.submission_status import SubmissionStatus, submission_status
from models.ledger.unit_files import submissions_out
from ui.handin.step_box import say
from ui.handin.step_state import StepState, fate
from ui.session import Session
from ui.widgets.heading import label, rule
from ui.widgets.icon_label import IconLabel
from ui.widgets.relative_time import moment
from ui.widgets.theme import Theme

SHOWN = 3


class EarlierList(QWidget):
    """`wanted` carries the package to write again."""

    wanted = Signal(object)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look, self.whole = session, look, False
        self.ending: StepState | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, look.size(6), 0, 0)
        self.column.setSpacing(look.size(6))
        rule(self.column)
        self.title = label(self.column, "以前传出的", "dim")
        self.none = label(self.column, tone="second")
        self.rows: list[QWidget] = []
        self.rest = QPushButton()
        self.rest.setProperty("tone", "link")
        self.rest.clicked.connect(self._unfold)
        self.column.addWidget(self.rest, alignment=Qt.AlignmentFlag.AlignLeft)

    def tell(self, ending: StepState) -> None:
        """Show all submissions except the one that the steps are showing."""
        self.ending = ending
        space, unit = self.session.space, self.session.unit.code
        inside = ending.newest.id if ending.newest and ending.current else ""
        sent = [p for p in submissions_out(space, unit) if p.id != inside]
        known: dict[str, SubmissionStatus] = {}
        for p in sent:
            if p.period not in known:
                known[p.period] = submission_status(space, unit, space.plan.period(p.period))
        for row in self.rows:
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = sent if self.whole else sent[:SHOWN]
        self.rows = [self._row(p, *fate(known[p.period], p)) for p in shown]
        for n, row in enumerate(self.rows):
            self.column.insertWidget(3 + n, row)
        nothing = "上面这一版是第一次传出的" if inside else "还没有；传出的每一版，有没有回执，都列在这里"
        say(self.none, "" if sent else nothing)
        self.rest.setText(f"还有{len(sent) - len(shown)}版")
        self.rest.setVisible(len(shown) < len(sent))

    def _unfold(self) -> None:
        self.whole = True
        if self.ending is not None:
            self.tell(self.ending)

    def _row(self, package: Package, mark: str, words: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.size(12))
        row.addWidget(IconLabel(self.look, mark), alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        row.addLayout(column, 1)
        name = f"{self._short(package)} 第{package.revision}版"
        label(column, f"{name}　{words}")
        when = moment(package.at, self.session.today())
        label(column, f"{when} 传出　版本码 {package.about.get('code', '')}", "second")
        again = QPushButton("再写一份")
        again.setProperty("tone", "link")
        again.setToolTip("把这一版原样再写到U盘或文件夹")
        again.setAccessibleName(f"再写一份{name}")
        again.clicked.connect(lambda: self.wanted.emit(package))
        row.addWidget(again, alignment=Qt.AlignmentFlag.AlignTop)
        return holder

    def _short(self, package: Package) -> str:
        name = self.session.space.plan.period(package.period).name
        return name.removeprefix(f"{self.session.year}年")
