"""The panel beside the unit grid: the selected unit, its months, files and contacts; without one, the most urgent
units.
"""

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.states import ReportState, Role, Trust
from models.county import overview as wall
from models.county.overview import UnitOverview
from models.county.unit_states import STATES
from models.ledger.ledger import ACCEPTED, Package
from models.plan.entries import Period
from ui.county.overview.state_mark import dress_state, unit_state
from ui.session import Session
from ui.widgets.theme import Theme

FIRST = 6  # units shown under 先办这几家
CALL = 4  # lines of contact
LEAST, MOST = 80, 260  # px at 100 %: height of the text for copying


class Months(QWidget):
    """A state mark for each month of the year."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.months: list[tuple[Period, str]] = []
        self.setFixedHeight(look.size(38))

    def show_months(self, months: list[tuple[Period, str]]) -> None:
        """Show each period with its state."""
        self.months = months[-12:]
        told = "，".join(f"{p.name}{STATES[s]}" for p, s in self.months)
        self.setAccessibleName(f"各月报送：{told}")
        self.setToolTip(told)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self.look, QPainter(self)
        step = min(self.width() / max(1, len(self.months)), look.size(32))
        for n, (period, state) in enumerate(self.months):
            x = (n + 0.5) * step
            unit_state(painter, look, state, x, look.size(9), look.size(14))
            last = n == len(self.months) - 1
            painter.setFont(look.font(11 if len(self.months) > 10 else 12, bold=last))
            painter.setPen(look.colour("ink" if last else "ink2"))
            word = f"{period.end.month}月" if period.monthly else period.id[-2:]
            painter.drawText(
                QRectF(x - step, look.size(19), 2 * step, look.size(18)), Qt.AlignmentFlag.AlignHCenter, word
            )


class UnitAction(StrEnum):
    """What the buttons of the panel ask for (办理)."""

    LOOK = "look"
    BACK = "back"
    CORRECT = "correct"
    AGAIN = "again"
    SETTLE = "settle"
    COPY = "copy"


class UnitPanel(QScrollArea):
    """`asked` names the action for the selected unit: look, copy, back, correct, again, settle; `wanted` carries the
    code of another to select.
    """

    asked = Signal(str)
    wanted = Signal(str)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("这个单位")
        body = QWidget()
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(look.size(16), look.size(12), look.size(16), look.size(10))
        self.column.setSpacing(look.size(7))
        self.setWidget(body)
        self._unit()
        self._reminding()
        self.first = QVBoxLayout()
        self.first.setSpacing(0)
        self.column.addLayout(self.first)
        self.column.addStretch(1)

    def _unit(self) -> None:
        self.name, self.second = QLabel(), _second()
        self.name.setProperty("tone", "section")
        self.months = Months(self.look)
        self.call, self.came = _second(), _second()
        for widget in (self.name, self.second, self.months, self.call, self.came):
            self.column.addWidget(widget)
        row = QHBoxLayout()
        self.buttons: dict[str, QPushButton] = {}
        for name, text, hint in (
            (UnitAction.LOOK, "看填报", "打开这个单位报来的各张表（回车）"),
            (UnitAction.BACK, "退回……", "指出哪一格不对，写退回单"),
            (UnitAction.CORRECT, "更正……", "本办更正一格，写明理由；单位报的原样留着"),
            (UnitAction.AGAIN, "补发任务包……", "换新的登记码，原来登记的电脑停用"),
            (UnitAction.SETTLE, "逐格选定……", "两份不一样的上报，逐格选定"),
        ):
            button = self.buttons[name] = QPushButton(text)
            button.setToolTip(hint)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(lambda _on=False, name=name: self.asked.emit(name))
            row.addWidget(button)
        row.setSpacing(self.look.size(6))
        self.column.addLayout(row)

    def _reminding(self) -> None:
        row = QHBoxLayout()
        self.remind_title = QLabel()
        self.remind_title.setProperty("tone", "section")
        self.all, self.one = QPushButton("全部"), QPushButton("只这家")
        for button, name in ((self.all, "催报全部没有报的单位"), (self.one, "只催报这个单位")):
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setProperty("tone", "flat")
            button.setAccessibleName(name)
            button.clicked.connect(self.show_reminder)
        self.all.setChecked(True)
        row.addWidget(self.remind_title, 1)
        row.addWidget(self.all)
        row.addWidget(self.one)
        self.column.addLayout(row)
        self.remind_back = _second()
        self.column.addWidget(self.remind_back)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("催报的话，可以改")
        self.text.setTabChangesFocus(True)
        self.column.addWidget(self.text)
        self.copy = QPushButton("复制催报的话")
        self.copy.clicked.connect(lambda: self.asked.emit(UnitAction.COPY))
        self.column.addWidget(self.copy)

    ## display

    def show_unit(self, seat: UnitOverview) -> None:
        """Show a unit in its present state."""
        self.seat = seat
        space, period, unit = self.session.space, self.session.period, seat.unit
        self.name.setText(f"{unit.short}　{STATES[seat.state.state]}")
        lead, support = wall.parts(space, unit)
        self.second.setText(f"{unit.code}　牵头{lead}项，配合{support}项")
        self.months.show_months(wall.months(space, unit, period))
        calls = wall.contact(space, unit, period)
        useful = [c for c in calls if c.startswith(("联络员", "填报人", "办公电话", "分管领导　"))][:CALL]
        self.call.setText("\n".join(useful or ["还没有报过单位信息，没有联系电话"]))
        self._show_came(wall.came(space, unit, period))
        state = seat.state.state
        self.buttons[UnitAction.LOOK].setEnabled(state != ReportState.MISSING)
        self.buttons[UnitAction.BACK].setVisible(
            space.role == Role.OFFICE and state not in (ReportState.MISSING, ReportState.CONFLICT)
        )
        self.buttons[UnitAction.CORRECT].setVisible(
            space.role == Role.OFFICE and state not in (ReportState.MISSING, ReportState.CONFLICT)
        )
        self.buttons[UnitAction.CORRECT].setText(
            f"定{seat.state.contested}格更正……" if seat.state.contested else "更正……"
        )
        self.buttons[UnitAction.AGAIN].setVisible(space.role == Role.OFFICE and state == ReportState.MISSING)
        self.buttons[UnitAction.SETTLE].setVisible(state == ReportState.CONFLICT)
        self.show_reminder()

    def _show_came(self, packages: Sequence[Package]) -> None:
        self.came.setVisible(bool(packages))
        self.came.setText("\n".join(_came(p) for p in packages[:4]))

    def show_all(self, seats: Sequence[UnitOverview], reminder: str) -> None:
        """Without a selection: the reminder for all units, and the most urgent ones."""
        self.everybody = reminder
        missing, back = (
            sum(s.state.state == state for s in seats) for state in (ReportState.MISSING, ReportState.RETURNED)
        )
        self.remind_title.setText(f"催报{missing + back}家" if missing + back else "不用催报")
        self.remind_back.setText(f"其中{back}家退回待改")
        self.remind_back.setVisible(bool(back))
        while (item := self.first.takeAt(0)) is not None:
            item.widget().deleteLater()  # nothing but widgets is put there
        todo = wall.first_of_all(seats)
        if todo:
            title = QLabel("先办这几家")
            title.setProperty("tone", "section")
            self.first.addWidget(title)
        for seat in todo[:FIRST]:
            button = QPushButton(f"{seat.unit.short}　{seat.second}")
            button.setProperty("tone", "link")
            dress_state(button, self.look, seat.mark)
            button.clicked.connect(lambda _on=False, code=seat.unit.code: self.wanted.emit(code))
            self.first.addWidget(button)

    def show_reminder(self) -> None:
        """Show the reminder text: for the selected unit or for all, as chosen."""
        one = wall.reminder_of(self.session.period, self.seat.state, self.session.today())
        self.one.setEnabled(bool(one))
        if not one and self.one.isChecked():
            self.all.setChecked(True)
        self.text.setPlainText(one if self.one.isChecked() else self.everybody)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the text for copying as high as its content, up to a limit."""
        lines = self.text.document().size().height()  # QPlainTextEdit counts in lines
        high = round(lines * self.text.fontMetrics().lineSpacing()) + self.look.size(24)
        self.text.setFixedHeight(max(self.look.size(LEAST), min(self.look.size(MOST), high)))


def _second() -> QLabel:
    label = QLabel()
    label.setProperty("tone", "second")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _came(package: Package) -> str:
    at = package.at[5:16].replace("-", "月", 1).replace("T", "日 ")
    words = [
        f"第{package.revision}版",
        at,
        package.about.get("device") or "",
        package.about.get("code") or package.id[:8],
    ]
    notes = ["未验证"] * (package.trust != Trust.VERIFIED) + ["已撤销"] * (package.state != ACCEPTED)
    return "　".join(filter(None, [*words, *notes]))
