"""The column of the last steps: returned cells, then 审核 → 打印盖章 → 写进U盘 → 送到县办，等回执, then earlier
submissions.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from exports.outgoing.submission import again
from models.ledger.ledger import Package
from models.reporting.edit_log import clock_warning
from models.reporting.lock import CLOSED
from ui.handin.earlier_list import EarlierList
from ui.handin.returned_box import ReturnedBox
from ui.handin.score_box import ScoreBox
from ui.handin.step_box import StepBox, say
from ui.handin.step_check import CheckStep
from ui.handin.step_print import PrintStep
from ui.handin.step_receipt import ReceiptStep
from ui.handin.step_state import StepState, ending
from ui.handin.step_write import WriteStep
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.heading import label
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

WIDTH = 416


class LastSteps(QScrollArea):
    """The scrolling column. `wanted` asks for a cell: form, record, field."""

    wanted = Signal(str, str, str)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("打印与上报的各步")
        body = QFrame()
        body.setObjectName("side")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(*(look.size(n) for n in (18, 12, 16, 10)))
        self.column.setSpacing(0)
        self.note = label(self.column, tone="amber")
        self.returned = ReturnedBox(session, look)
        self.column.addWidget(self.returned)
        self.scores = ScoreBox(session, look)
        self.column.addWidget(self.scores)
        self.column.addSpacing(look.size(8))
        self.check, self.paper = CheckStep(session, look), PrintStep(session, look)
        self.write, self.wait = WriteStep(session, look), ReceiptStep(session, look)
        self.steps: tuple[StepBox, ...] = (self.check, self.paper, self.write, self.wait)
        for step in self.steps:
            self.column.addWidget(step)
        self.column.addStretch(1)
        self.earlier = EarlierList(session, look)
        self.column.addWidget(self.earlier)
        self.setWidget(body)
        self.returned.wanted.connect(self.wanted)
        self.check.wanted.connect(self.wanted)
        self.earlier.wanted.connect(self.write_again)
        self.plugged = QTimer(self, interval=2000)  # a drive may be plugged in at any time
        self.plugged.timeout.connect(self.write.show_sticks)

    def tell(self) -> None:
        """Show the present state of every step."""
        self.now: StepState = ending(self.session)
        closed = CLOSED if self.session.lock.reason == CLOSED else ""
        say(self.note, "\n".join(filter(None, (closed, clock_warning(self.session.space)))))
        self.returned.tell(self.now.now)
        self.scores.tell()
        self.check.tell(self.now)
        self.paper.tell(self.now)
        self.write.tell(self.now)
        self.wait.tell(self.now)
        self.earlier.tell(self.now)

    def step(self) -> StepBox:
        """The step to do now; the last one if all are done."""
        return next((s for s in self.steps if s.state == Sign.NOW), self.steps[-1])

    def stand_on(self, step: StepBox | None = None) -> bool:
        """Focus the next button to press, in `step` or in the present one. False if there is none."""
        back = self.now.now.open and step is None
        button = self.returned.fix if back else (step or self.step()).main()
        if button is None:
            return False
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(button)
        return True

    def walk(self, way: int) -> None:
        """Focus the next (1) or previous (-1) step with a button that can be pressed."""
        ready = [s for s in self.steps if s.main()]
        at = next((n for n, s in enumerate(ready) if s.main() is self.focusWidget()), None)
        if ready:
            self.stand_on(self.step() if at is None and self.step() in ready else ready[((at or 0) + way) % len(ready)])

    def write_again(self, package: Package) -> None:
        """Write an earlier submission again, from the copy kept in the workspace."""
        drive = self.write.stick.drive()
        folder = drive.folder if drive else self.write.ask("再写到哪个U盘或文件夹")
        if folder is None:
            return
        with reporting(self.session):
            parcel = again(self.session.space, package)
            self.write.sending.start(folder, parcel=parcel, place=drive.caption if drive else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Poll for drives while visible."""
        super().showEvent(event)
        self.plugged.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop polling for drives while hidden."""
        super().hideEvent(event)
        self.plugged.stop()
