"""Two rows, wherever a problem or a comment is shown: the reason for the problem, and the answer to the county."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from forms.field import Row
from forms.problem import REASON_LENGTH
from forms.states import CommentState
from models.ledger.return_comments import answer
from models.reporting.check import Finding, earlier_reasons, give_reason
from ui.operations.failure import reporting
from ui.session import Session

OFFERED = 3  # earlier reasons shown
DEALT: Mapping[str, str] = {CommentState.CHANGED: "✓ 已改", CommentState.ANSWERED: "✓ 已答复"}


class ReasonRow(QWidget):
    """The box for a reason, the characters it has and needs, and earlier reasons. Enter or leaving the box saves it."""

    def __init__(self, session: Session, finding: Finding) -> None:
        super().__init__()
        self.session, self.finding = session, finding
        self.giving: str | None = None
        self.least = REASON_LENGTH[finding.problem.level]
        self.box = QLineEdit(finding.reason, placeholderText=f"确实如此的，写明原因（至少{self.least}个字），回车存好")
        self.box.setAccessibleName("审核说明")
        self.box.returnPressed.connect(self.give)
        self.box.installEventFilter(self)
        self.count = QLabel()
        self.count.setProperty("tone", "second")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        row.addWidget(self.count)
        column.addLayout(row)
        self.offers = [self._offer(column, *o) for o in earlier_reasons(session.space, finding)[:OFFERED]]
        self.box.textChanged.connect(lambda _text: self._tell())
        self._tell()

    def _offer(self, column: QVBoxLayout, period: str, text: str) -> QPushButton:
        """A button that puts an earlier reason into the box."""
        button = QPushButton(f"{period}写过：{text}")
        button.setProperty("tone", "link")
        button.setToolTip("按一下填进来（Ctrl+L 填第一条）")
        button.clicked.connect(lambda: self._take(text))
        column.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
        return button

    def _take(self, text: str) -> None:
        self.box.setText(text)
        self.box.setFocus()

    def _tell(self) -> None:
        length = len(self.box.text().strip())
        enough = length >= self.least
        self.count.setText(f"{length}字，够了" if enough else f"{length}字，还差{self.least - length}字")

    def give(self) -> None:
        """Save the reason."""
        text = self.box.text().strip()
        if text in (self.finding.reason, self.giving):
            return  # saving rebuilds lists, which takes the focus from here and calls this again
        self.giving = text
        self.session.edit("审核说明", give_reason(self.session.space, self.finding, text))
        self.giving = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.give()
        return super().eventFilter(watched, event)


class CommentRow(QFrame):
    """The county's comment, and an answer where the cell is not changed. If `folded`, a button shows the box for the
    answer, and `unfolded` is emitted then.
    """

    unfolded = Signal()

    def __init__(self, session: Session, comment: Row, folded: bool = False) -> None:
        super().__init__()
        self.session, self.comment = session, comment
        self.setObjectName("amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        by = f"（{comment['by']}）" if comment["by"] else ""
        told = f"县里退回{by}：{comment['text']}"
        found = f"\n退回时填的是“{comment['found']}”" if comment["found"] else ""
        label = QLabel(told + found)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("tone", "amber")
        head = QHBoxLayout()
        head.addWidget(label, 1)
        column.addLayout(head)
        if comment["state"] != CommentState.OPEN:
            said = f"：{comment['answer']}" if comment["answer"] else ""
            column.addWidget(QLabel(DEALT.get(comment["state"], "✓ 已了结") + said))
        self._answering(column)
        if folded and not comment["answer"]:
            self._fold(head)

    def _answering(self, column: QVBoxLayout) -> None:
        self.box = QLineEdit(self.comment["answer"] or "")
        self.box.setPlaceholderText("改了这一格就算办好；不改的，写一句答复，按回车")
        self.box.setAccessibleName("答复退回意见")
        self.box.returnPressed.connect(self.reply)
        self.say = QPushButton("答复")
        self.say.clicked.connect(self.reply)
        row = QHBoxLayout()
        row.addWidget(self.box, 1)
        row.addWidget(self.say)
        column.addLayout(row)

    def _fold(self, head: QHBoxLayout) -> None:
        """Hide the box for the answer behind a button, as changing the cell is the usual way."""
        self.open = QPushButton("不改，回一句")
        self.open.setProperty("tone", "link")
        self.open.setToolTip("改了这一格就算办好；不改的，写一句答复")
        self.open.clicked.connect(self.unfold)
        head.addWidget(self.open, alignment=Qt.AlignmentFlag.AlignTop)
        self.box.hide()
        self.say.hide()

    def unfold(self) -> None:
        """Show the box for the answer, with the focus in it."""
        self.open.hide()
        self.box.show()
        self.say.show()
        self.box.setFocus()
        self.unfolded.emit()

    def reply(self) -> None:
        """Save the answer."""
        with reporting(self.session):
            self.session.edit("答复退回意见", answer(self.comment, CommentState.ANSWERED, self.box.text()))
