"""The open request of the queue: what the unit asks, the line's year, its words, and the county's word on it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from forms.dates import Day
from forms.field import Meaning
from forms.states import REQUESTS, Decision, Request
from forms.tasks import TASKS
from models.county.confirmations import Confirmation
from models.county.request_details import RequestDetails
from ui.county.obstacles.year_chart import YearChart
from ui.widgets import act_marks
from ui.widgets.day_edit import DayEdit
from ui.widgets.heading import label
from ui.widgets.theme import Theme

NONE = "没有佐证"
LONG = 160  # characters of the unit's words on the card; the line has all of them


def short_day(day: date, year: int) -> str:
    """A day as people say it: 12月31日, with the year where it is not the plan's."""
    return f"{day.month}月{day.day}日" if day.year == year else f"{day.year}年{day.month}月{day.day}日"


def request_words(c: Confirmation, year: int) -> str:
    """What a unit asks: 报已完成, 申请延期到12月31日, 申请终止."""
    if c.kind == Request.COMPLETION:
        return "报已完成"
    return f"申请{REQUESTS[c.kind]}" + (f"到{short_day(c.asked_due, year)}" if c.asked_due else "")


class RequestSign(QWidget):
    """The sign of what is asked."""

    def __init__(self, look: Theme, kind: str) -> None:
        super().__init__()
        self.look, self.kind = look, kind
        self.setFixedSize(look.size(20), look.size(22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        act_marks.request(painter, self.look, self.kind, self.width() / 2, self.height() / 2, self.look.size(16))
        painter.end()


class RequestCard(QFrame):
    """Its signals ask for the acts: `agreed` and `refused` carry the word, `agreed` the new day as typed too; `left` says
    that the keys go back to the list.
    """

    agreed = Signal(str, str)
    refused = Signal(str)
    later = Signal()
    taken_back = Signal()
    line = Signal()
    left = Signal()
    grown = Signal()

    def __init__(self, look: Theme, found: RequestDetails, waited: int, periods: int, pace: Decimal, shut: str) -> None:
        """`pace`: 序时 in percent; `shut` why nothing can be decided here, "" where it can."""
        super().__init__()
        self.look, self.found, self.shut = look, found, shut
        self.setObjectName("open")
        c = found.request
        self.refusing = False
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (14, 10, 14, 12)))
        column.setSpacing(look.size(5))
        column.addLayout(self._head(c, waited))
        inner = QVBoxLayout()
        inner.setContentsMargins(look.size(28), 0, 0, 0)
        inner.setSpacing(look.size(5))
        column.addLayout(inner)
        label(inner, found.task)
        inner.addLayout(self._facts(c, periods, pace))
        self._unit_words(inner)
        if c.state == Decision.WAITING:
            inner.addLayout(self._boxes(c))
        else:
            label(inner, f"县里：{c.sentence}", "strong")
        self.wrong = label(inner, tone="red")
        self.wrong.hide()
        inner.addLayout(self._acts(c))

    def _head(self, c: Confirmation, waited: int) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.size(8))
        row.addWidget(RequestSign(self.look, c.kind), alignment=Qt.AlignmentFlag.AlignTop)
        title = QLabel(f"{c.unit.short}　{request_words(c, self._year)}")
        title.setProperty("tone", "strong")
        title.setWordWrap(True)
        row.addWidget(title, 1)
        since = QLabel(f"等了{waited}天　{self.found.task_id}" if c.state == Decision.WAITING else self.found.task_id)
        since.setProperty("tone", "second")
        row.addWidget(since)
        return row

    @property
    def _year(self) -> int:
        return self.found.bars[-1][0].end.year

    def _facts(self, c: Confirmation, periods: int, pace: Decimal) -> QHBoxLayout:
        """Goal, old day and asked day, beside the year's bars."""
        row, grid = QHBoxLayout(), QGridLayout()
        grid.setHorizontalSpacing(self.look.size(18))
        grid.setVerticalSpacing(self.look.size(2))
        due = self.found.due
        facts = [
            ("年度目标", self.found.goal or "没有写", ""),
            ("原时限", short_day(due, self._year) if due else "没有写", ""),
        ]
        if c.kind == Request.DELAY:
            days = self.found.later
            late = f"　晚{days}天" if days is not None and days > 0 else ""
            asked = short_day(c.asked_due, self._year) + late if c.asked_due else "没有写到哪一天"
            facts.append(("申请改到", asked, "amber"))
        for n, (name, value, tone) in enumerate(facts):
            head, words = QLabel(name), QLabel(value)
            head.setProperty("tone", "second")
            words.setProperty("tone", tone)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setWordWrap(n == 0)
            grid.addWidget(head, 0, n)
            grid.addWidget(words, 1, n, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(2, 1)
        row.addLayout(grid, 1)
        row.addSpacing(self.look.size(18))
        chart = QVBoxLayout()
        share = TASKS.field(TASKS.means(Meaning.DONE)).kind.show(self.found.done)
        label(chart, f"完成{share}%，序时{pace:g}%" if share else f"没有写完成多少，序时{pace:g}%", "second")
        self.chart = YearChart(self.look, self.found.bars, periods, pace)
        chart.addWidget(self.chart)
        row.addLayout(chart)
        return row

    def _unit_words(self, column: QVBoxLayout) -> None:
        label(column, "单位的话", "second")
        text = self.found.words
        cut = text if len(text) <= LONG else f"{text[: LONG - 1]}…"
        label(column, f"“{cut}”" if text else "没有写").setToolTip(text)
        files = self.found.evidence
        row = QHBoxLayout()
        names = "、".join(a.name for a in files)
        shown = label(row, f"佐证{len(files)}件：{names}" if files else NONE, "small" if files else "amber")
        shown.setToolTip("佐证在那一行里打开（Ctrl+G）" if files else "")
        if self.found.request.kind == Request.DELAY:
            n = self.found.delays
            before = QLabel(f"这一项以前同意过{n}次延期" if n else "这一项以前没有延过期")
            before.setProperty("tone", "amber" if n else "second")
            row.addWidget(before)
        row.setStretch(0, 1)
        column.addLayout(row)

    def _boxes(self, c: Confirmation) -> QGridLayout:
        """The county's word, and for a delay the new day."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.look.size(12))
        grid.setVerticalSpacing(self.look.size(2))
        self.word, self.due = QLineEdit(), DayEdit(Day(), None)
        self.word.setAccessibleName("县里的话")
        self.word.setPlaceholderText("可以不写；不同意的写明理由，至少6个字")
        self.word.setMaxLength(500)
        self.due.setAccessibleName("新时限")
        head = QLabel("县里的话（随回执送去）")
        head.setProperty("tone", "second")
        grid.addWidget(head, 0, 0)
        grid.addWidget(self.word, 1, 0)
        grid.setColumnStretch(0, 1)
        if c.kind == Request.DELAY:
            self.due.setText(self.due.kind.show(c.asked_due))
            name = QLabel("新时限")
            name.setProperty("tone", "second")
            grid.addWidget(name, 0, 1)
            grid.addWidget(self.due, 1, 1)
            self.due.setMinimumWidth(self.look.size(160))
        else:
            self.due.setParent(self)
            self.due.hide()
        for box in (self.word, self.due):
            box.returnPressed.connect(self.enter)
            box.setEnabled(not self.shut)
        return grid

    def _acts(self, c: Confirmation) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.look.size(8))
        if c.state == Decision.WAITING:
            self.yes = self._button(row, "同意　Enter", self.agree)
            self.no = self._button(row, "不同意　N", self.refuse)
            self.wait = self._button(row, "先放着　空格", self.later.emit)
            self._fill()
            hint = QLabel(self.shut or "定了就到下一件")
        else:
            self.back = self._button(row, "收回这个决定", self.taken_back.emit)
            hint = QLabel(self.shut or "收回以后重新等县里定")
        hint.setProperty("tone", "second")
        hint.setWordWrap(True)
        row.addWidget(hint, 1)
        go = QPushButton("看这一行　Ctrl+G")
        go.setProperty("tone", "link")
        go.clicked.connect(lambda: self.line.emit())
        row.addWidget(go)
        self.go = go
        return row

    def _button(self, row: QHBoxLayout, text: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text.split("　")[0])
        button.clicked.connect(lambda: act())
        button.setEnabled(not self.shut)
        row.addWidget(button)
        return button

    def _fill(self) -> None:
        """Fill the button that Enter in the boxes presses."""
        for button, on in ((self.yes, not self.refusing), (self.no, self.refusing)):
            button.setProperty("tone", "main" if on else "")
            button.style().unpolish(button)
            button.style().polish(button)
        self.yes.setText("同意" if self.refusing else "同意　Enter")
        self.no.setText("不同意　Enter" if self.refusing else "不同意　N")

    ## acts

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in this order."""
        if self.found.request.state != Decision.WAITING:
            return [self.back, self.go]
        dated = [self.due] if self.found.request.kind == Request.DELAY else []
        return [self.word, *dated, self.yes, self.no, self.wait, self.go]

    def enter(self) -> None:
        """Enter: what the filled button does."""
        if self.found.request.state == Decision.WAITING:
            (self.refuse if self.refusing else self.agree)()

    def agree(self) -> None:
        """同意."""
        if not self.shut:
            self.agreed.emit(self.word.text(), self.due.text())

    def refuse(self) -> None:
        """不同意: with no word yet, the keys go into its box, and Enter there refuses."""
        if self.shut or self.found.request.state != Decision.WAITING:
            return
        if not self.refusing and not self.word.text().strip():
            self.refusing = True
            self._fill()
            self.word.setFocus()
            return
        self.refusing = True
        self._fill()
        self.refused.emit(self.word.text())

    def say(self, why: str) -> None:
        """Show why nothing was written."""
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))
        self.grown.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: back to the list, and Enter agrees again."""
        if event.key() == Qt.Key.Key_Escape:
            if self.refusing:
                self.refusing = False
                self._fill()
            self.left.emit()
            return
        super().keyPressEvent(event)
