"""The column of the last steps: what came back, then 审核 → 打印盖章 → 写进U盘 → 送到县办，等回执, then what went out before."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from exports.outgoing.submission import again
from models.ledger.ledger import Package
from models.reporting.edit_log import clock_warning
from models.reporting.lock import CLOSED
from ui.handin.earlier_list import EarlierList
from ui.handin.returned_box import ReturnedBox
from ui.handin.step_box import StepBox, say
from ui.handin.step_check import CheckStep
from ui.handin.step_print import PrintStep
from ui.handin.step_receipt import ReceiptStep
from ui.handin.step_state import StepState, ending
from ui.handin.step_write import WriteStep
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.heading import label
from ui.widgets.theme import Theme

WIDTH = 416


class LastSteps(QScrollArea):
    """Only this column scrolls. `wanted` asks for a cell: form, record, field; `turned` that something stands otherwise."""

    wanted = Signal(str, str, str)
    turned = Signal()

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
        self.plugged = QTimer(self, interval=2000)  # a stick may come at any time
        self.plugged.timeout.connect(self.write.show_sticks)

    def tell(self) -> None:
        """Everything as it is now."""
        self.now: StepState = ending(self.session)
        closed = CLOSED if self.session.lock.reason == CLOSED else ""
        say(self.note, "\n".join(filter(None, (closed, clock_warning(self.session.space)))))
        self.returned.tell(self.now.now)
        self.check.tell(self.now)
        self.paper.tell(self.now)
        self.write.tell(self.now)
        self.wait.tell(self.now)
        self.earlier.tell(self.now)

    def step(self) -> StepBox:
        """The step that is to be done now; the last one where all are."""
        return next((s for s in self.steps if s.state == "now"), self.steps[-1])

    def stand_on(self, step: StepBox | None = None) -> bool:
        """The cursor on what is pressed next, in a step or wherever the month stands; False where nothing is."""
        back = self.now.now.open and step is None
        button = self.returned.fix if back else (step or self.step()).main()
        if button is None:
            return False
        button.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(button)
        return True

    def walk(self, way: int) -> None:
        """To the next (1) or last (-1) step in which something can be pressed."""
        ready = [s for s in self.steps if s.main()]
        at = next((n for n, s in enumerate(ready) if s.main() is self.focusWidget()), None)
        if ready:
            self.stand_on(self.step() if at is None and self.step() in ready else ready[((at or 0) + way) % len(ready)])

    def write_again(self, package: Package) -> None:
        """Write one of those that went out once more, from the copy kept here."""
        drive = self.write.stick.drive()
        folder = drive.folder if drive else self.write.ask("再写到哪个U盘或文件夹")
        if folder is None:
            return
        with reporting(self.session):
            parcel = again(self.session.space, package)
            self.write.sending.start(folder, parcel=parcel, place=drive.caption if drive else "")

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks while somebody looks here."""
        super().showEvent(event)
        self.plugged.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.plugged.stop()
