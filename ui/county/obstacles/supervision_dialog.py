"""督办单: the dialog that opens one, and the one that shows, changes, closes or strikes one off."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.dates import Day
from forms.kind import Unreadable
from forms.records import SUPERVISIONS
from forms.states import Role
from models.county.supervisions import CLOSED, Supervision, Supervisions, sources
from models.errors import UserError
from models.plan.entries import Unit
from models.store.change import Change
from ui.county.obstacles.unit_picker import UnitPicker
from ui.operations.failure import catching
from ui.session import Session
from ui.widgets.day_edit import DayEdit
from ui.widgets.heading import label

OBSTACLE, INDICATOR = "obstacles/", "indicators/"  # how a tied place begins
TEAM = "核验和督办由领导小组办公室定，专班只看"


class SupervisionDialog(QDialog):
    """The boxes of one paper; `paper` None opens a new one. What cannot be written stays in its box, with the reason."""

    def __init__(
        self, session: Session, parent: QWidget | None, paper: Supervision | None = None, tied: str = "", text: str = "",
        units: Sequence[Unit] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.session, self.paper, self.tied = session, paper, tied
        self.desk = Supervisions(session.space, session.today())
        self.setWindowTitle(f"督办单　{paper.number}" if paper else "新开督办单")
        em = self.fontMetrics().height()
        self.resize(em * 30, em * 27)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        form = QFormLayout()
        form.setSpacing(8)
        column.addLayout(form, 1)
        self._boxes(form, paper, text, units)
        if paper:
            self._replies(column, paper)
        self.result_word = QLineEdit((paper.paper["result"] or "") if paper else "")
        self.result_word.setAccessibleName("销号说明")
        self.result_word.setPlaceholderText("怎么办结的，可以不写；随回执告诉单位")
        self.result_word.setMaxLength(500)
        if paper:
            form.addRow("销号说明", self.result_word)
        self.wrong = label(column, tone="red")
        self.wrong.hide()
        column.addWidget(self._buttons(paper))

    def _boxes(self, form: QFormLayout, paper: Supervision | None, text: str, units: Sequence[Unit]) -> None:
        plan, em = self.session.space.plan, self.fontMetrics().height()
        self.text, self.due = QPlainTextEdit(paper.paper["text"] if paper else text), DayEdit(Day(), self)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText("哪件事、做到什么程度")
        self.text.setFixedHeight(em * 4)
        chosen = {u.code for u in (paper.units if paper else units)}
        self.picker = UnitPicker(plan.units, chosen)
        self.due.setPlaceholderText("2024年11月15日，F4 选日子" if not paper else "")
        self.due.setText(self.due.kind.show(paper.paper["due"]) if paper else "")
        self.source = QComboBox()
        for o in sources(plan):
            self.source.addItem(o.name, o.id)
        usual = paper.paper["source"] if paper else "indicator" if self.tied.startswith(INDICATOR) else ""
        self.source.setCurrentIndex(max(self.source.findData(usual), 0))
        self.source.setEnabled(paper is None)
        rows = (("督办什么", self.text), ("谁办", self.picker), ("时限", self.due), ("来源", self.source))
        for name, box in rows:
            if box is not self.picker:
                box.setAccessibleName(name)
            form.addRow(name, box)
        (self.due if text or paper else self.text).setFocus()

    def _replies(self, column: QVBoxLayout, paper: Supervision) -> None:
        """What the units answered."""
        lines = []
        for unit in paper.units:
            comment = paper.replies.get(unit.code)
            said = f"（{comment['day'].month}月{comment['day'].day}日）{comment['text']}" if comment else "还没有答复"
            lines.append(f"{unit.short}：{said}")
        self.replies = QLabel("\n".join(lines))
        self.replies.setWordWrap(True)
        self.replies.setAccessibleName("单位的答复")
        column.addWidget(self.replies)

    def _buttons(self, paper: Supervision | None) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.save = box.addButton("存" if paper else "开督办单", QDialogButtonBox.ButtonRole.ActionRole)
        self.save.clicked.connect(self._save)
        self.save.setProperty("tone", "main")
        self.close_it, self.discard = QPushButton(), QPushButton()
        if paper is not None:
            closed = paper.state == CLOSED
            self.close_it = box.addButton("取消销号" if closed else "销号", QDialogButtonBox.ButtonRole.ActionRole)
            self.close_it.clicked.connect(lambda: self._reopen(paper) if closed else self._close(paper))
            self.discard = box.addButton("作废", QDialogButtonBox.ButtonRole.DestructiveRole)
            self.discard.setToolTip("开错了的，从督办里拿掉，编号不再用；Ctrl+Z 找回")
            self.discard.clicked.connect(lambda: self._discard(paper))
            self.save.setEnabled(not closed)
            for part in (self.text, self.picker, self.due, self.result_word):
                part.setEnabled(not closed)
        self.leave = box.addButton("不改了" if paper else "不开了", QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.save, self.close_it, self.discard, self.leave):
            button.setAutoDefault(False)  # Enter in a box ticks a unit or goes on
        box.rejected.connect(self.reject)
        return box

    ## acts

    def _day(self) -> date:
        """The due day in the box. Raises UserError."""
        field = SUPERVISIONS.field("due")
        try:
            day = field.parse(self.due.text(), self.session.year)
        except Unreadable as why:
            raise UserError("cell.unreadable", field=field.label, why=why) from None
        if not isinstance(day, date):
            raise UserError("supervision.no-due")
        return day

    def _save(self) -> None:
        text, units, paper = self.text.toPlainText(), self.picker.picked, self.paper
        if paper is not None:
            self._write(f"改督办{paper.number}", lambda: self.desk.change(paper, units, text, self._day()))
        else:
            self._write(
                "开督办单", lambda: self.desk.begin(self.source.currentData(), units, text, self._day(), self.tied)
            )

    def _close(self, paper: Supervision) -> None:
        word = self.result_word.text()
        self._write(f"督办{paper.number}销号", lambda: self.desk.close(paper, self.session.today(), word))

    def _reopen(self, paper: Supervision) -> None:
        self._write(f"督办{paper.number}取消销号", lambda: self.desk.reopen(paper))

    def _discard(self, paper: Supervision) -> None:
        self._write(f"督办{paper.number}作废", lambda: self.desk.discard(paper))

    def _write(self, words: str, changes: Callable[[], list[Change]]) -> None:
        with catching(self.say):
            if self.session.edit(words, changes()):
                self.accept()

    def say(self, why: str) -> None:
        """Show why nothing was written."""
        self.wrong.setText(why)
        self.wrong.show()


def begin_supervision(
    parent: QWidget, session: Session, tied: str = "", text: str = "", unit: Unit | None = None
) -> bool:
    """Ask for a new paper, with its text and its unit given to begin with, tied to a place (`form/unit/line`, or
    `indicators//id`; "" for none). True if one was opened; it is a step of undo, and the bottom right says so.
    At a work team the bottom right says that this is the office's.
    """
    if session.space.role != Role.OFFICE:
        session.message.emit(TEAM, "red")
        return False
    return bool(SupervisionDialog(session, parent, None, tied, text, [unit] if unit else ()).exec())


def show_supervision(parent: QWidget, session: Session, paper: Supervision) -> bool:
    """Show a paper with the replies, to change it, close it, take the closing back or strike it out. True if written."""
    return bool(SupervisionDialog(session, parent, paper).exec())
