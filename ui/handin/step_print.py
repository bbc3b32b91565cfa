"""The second of the last steps: the paper to stamp and sign. It shows only printings that were recorded."""

from PySide6.QtCore import Signal

from ui.handin.step_box import StepBox, say
from ui.handin.step_state import TO_PRINT, StepState
from ui.session import Session
from ui.widgets.marks import Sign
from ui.widgets.relative_time import moment
from ui.widgets.theme import Theme


class PrintStep(StepBox):
    """`asked` asks for the print dialog."""

    asked = Signal()

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__(look, "打印盖章")
        self.session = session
        self.told, self.second = self.line(), self.line("second")
        row = self.row()
        self.go = self.button(row, "打印……", "用本机的打印机打印（Ctrl+P）", self.asked.emit, "printer")
        self.again = self.button(self.acts, "再打印", "用本机的打印机再打印（Ctrl+P）", self.asked.emit, "printer")
        self.mains = [self.go, self.again]

    def tell(self, ending: StepState) -> None:
        """Show the last printing, and whether the printed values are still the present ones."""
        last = ending.prints[-1] if ending.prints else None
        now, done = ending.step == TO_PRINT, ending.printed
        self.show_state(Sign.DONE if done else Sign.NOW if now else Sign.BACK if last and ending.out else Sign.TODO)
        self.go.setVisible(not done and ending.checked)
        self.stress(self.go, now)
        self.again.setText("再打印" if ending.prints else "先打印看看")
        self.again.setVisible(done or not ending.checked)
        say(self.told, self._last(ending) if last else "")
        say(self.second, self._how(ending), "second" if done or not last else "amber")

    def _last(self, ending: StepState) -> str:
        last = ending.prints[-1]
        pages = f"{last.pages}页×{last.copies}份"
        when = moment(last.at, self.session.today())
        return "　".join(filter(None, (f"{when} 交给打印机", pages, last.printer)))

    def _how(self, ending: StepState) -> str:
        if ending.printed or not ending.checked:
            return ""
        if not ending.prints:
            return "" if ending.out else "末页有签字、盖章的地方；在别处打印的，直接做下一步"
        if ending.prints[-1].code == ending.code:
            return "只打印了一部分，还没有打全"
        return "打印以后又改过，纸上的版本码旧了，请再打印"
