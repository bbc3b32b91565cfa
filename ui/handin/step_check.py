"""The first of the last steps: whether the check (审核) allows the submission."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from forms.problem import LEVELS, REASON_LENGTH
from ui.handin.step_box import StepBox, say
from ui.handin.step_state import TO_CHECK, StepState
from ui.session import Session
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icon_label import IconLabel
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

COUNTED = ("A", *REASON_LENGTH)  # levels that block the submission


class CheckStep(StepBox):
    """`wanted` asks for the first blocking cell: form, record, field."""

    wanted = Signal(str, str, str)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__(look, "审核")
        self.session = session
        self.told = self.line("second")
        buttons = self.row()
        self.fix = self.button(buttons, "去改第一处", "到第一处要改的地方（在哪一页都可以按 F8）", self.go)
        self.mains = [self.fix]

    def add_counts(self, head: FlowLayout) -> None:
        """Add the number of problems of each level."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.size(4))
        self.counts = {level: self._count(row, level) for level in dict.fromkeys(COUNTED)}
        head.addWidget(holder)

    def _count(self, row: QHBoxLayout, level: str) -> QLabel:
        row.addSpacing(self.look.size(8))
        row.addWidget(IconLabel(self.look, level))
        count = QLabel()
        row.addWidget(count)
        return count

    def tell(self, ending: StepState) -> None:
        """Show the number of problems, and those that do not block."""
        found = [f for f in self.session.findings if not f.settled]  # as 审核 counts them
        for level, count in self.counts.items():
            number = sum(f.problem.level == level for f in found)
            count.setText(str(number))
            count.setAccessibleName(f"{LEVELS[level]}{number}处")
        reasons = sum(bool(f.reason) for f in self.session.findings)
        along = f"{reasons}条理由随文件走" if reasons else ""
        self.title.setText("审核" if ending.open_count else "审核通过")
        state = Sign.DONE if not ending.open_count else Sign.NOW if ending.step == TO_CHECK else Sign.BACK
        self.show_state(state, f"还有{ending.open_count}处" if ending.open_count else along)  # fmt: skip
        ask = "解决了才能传出；打印可以先看，先不要盖章" if ending.open_count else self._back(ending)
        say(self.told, "" if self.session.lock.shut else ask)
        self.fix.setVisible(bool(ending.open_count) and not self.session.lock.shut)

    def _back(self, ending: StepState) -> str:
        return f"县里退回的还有{len(ending.now.open)}处没有办，办完才能传出" if ending.now.open else ""

    def go(self) -> None:
        """Ask for the first blocking cell."""
        first = self.session.open_findings[0].problem
        self.wanted.emit(first.form, first.record, first.field)
