"""The last step: paper and file are brought to the county, which answers with a receipt (回执)."""

from PySide6.QtCore import Signal

from models.ledger.unit_files import reports_to
from models.reporting.lock import CLOSED, reopen
from ui.handin.step_box import StepBox, say
from ui.handin.step_state import TO_WAIT, StepState
from ui.session import Session
from ui.widgets.marks import Sign
from ui.widgets.relative_time import moment
from ui.widgets.theme import Theme

PLACE = "报送地点"  # the plan's entry for the room to which paper and drive are brought


class ReceiptStep(StepBox):
    """`files` asks for the dialog that loads files of the county."""

    files = Signal()

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__(look, "送到县办，等回执", last=True)
        self.session = session
        self.told, self.second = self.line(), self.line("second")
        row = self.row()
        self.load = self.button(
            row, "我有回执，装入", "任务包、回执、退回单都从这里装入；也可以直接拖到窗口里", self.files.emit, "inbox"
        )  # fmt: skip
        self.load_any = self.button(
            self.acts, "装入县里的文件", "任务包、回执、退回单；也可以直接拖到窗口里", self.files.emit, "inbox"
        )
        self.correct = self.button(row, "更正", "已报的还要改：打开这一期，改好后再传出一次", self.reopen)
        self.mains = [self.load]

    def tell(self, ending: StepState) -> None:
        """Show the county's answer."""
        now, lock = ending.step == TO_WAIT, self.session.lock.reason
        due = self.session.period.due
        self.show_state(Sign.DONE if ending.received else Sign.NOW if now else Sign.TODO, f"{due.month}月{due.day}日前")
        say(self.told, self._received(ending) or (self._bring() if now else ""))
        say(self.second, "装入回执之前，只算“已传出，待确认”" if not ending.received else self._closed(lock))
        self.load.setVisible(now)
        self.load_any.setVisible(not now)
        self.stress(self.load, now)
        self.correct.setVisible(bool(lock) and lock != CLOSED)

    def _received(self, ending: StepState) -> str:
        if not ending.received:
            return ""
        at = ending.now.received.get(ending.newest.id, "") if ending.newest else ""
        when = f"{moment(at, self.session.today())} " if at else ""
        which = f"第{ending.newest.revision}版" if ending.newest else "这一期"
        return f"{when}装入了回执：县里已收到{which}"

    def _bring(self) -> str:
        """The address for paper and drive, as far as plan or hand-out give it."""
        county, about = reports_to(self.session.space), self.session.space.plan.about
        where = str(county.get("name") or about.get("制表机关") or "县办")
        room, phone = about.get(PLACE, ""), county.get("phone") or about.get("联系电话", "")
        more = "　".join(filter(None, (room, f"电话 {phone}" if phone else "")))
        return f"连盖了章的纸一起送到{where}{f'（{more}）' if more else ''}"

    def _closed(self, lock: str) -> str:
        return "已经封存，内容不再变动" if lock == CLOSED else "还要改，先按“更正”，改好再传出一次" if lock else ""

    def reopen(self) -> None:
        """Unlock a reported period for a correction."""
        self.session.edit("更正", reopen(self.session.space, self.session.unit.code, self.session.period))
