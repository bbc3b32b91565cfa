"""Return comments of the county, above the steps: each with 去改这一格 and a reply."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.field import Row
from forms.states import CommentState, HandInState
from models.ledger.return_comments import answer
from models.ledger.submission_status import SubmissionStatus
from ui.handin.step_box import retone
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import label
from ui.widgets.theme import Theme

DEALT = {
    CommentState.OPEN: "○ 未办",
    CommentState.CHANGED: "✓ 已改",
    CommentState.ANSWERED: "✓ 已答复",
    CommentState.CLOSED: "✓ 已了结",
}
SHOWN, FOUND = 4, 30  # comments before the list scrolls; characters shown of the value at that time


class ReturnedBox(QFrame):
    """`wanted` asks for a cell: form, record, field."""

    wanted = Signal(str, str, str)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.now: SubmissionStatus | None = None
        self.setObjectName("amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (12, 8, 12, 10)))
        column.setSpacing(look.size(6))
        head = QHBoxLayout()
        self.title = label(head, tone="section")
        head.setStretch(0, 1)
        self.unfold = QPushButton("看看")
        self.unfold.setProperty("tone", "link")
        self.unfold.setCheckable(True)
        self.unfold.setAccessibleName("看看退回的意见")
        self.unfold.toggled.connect(lambda _on: self._fold())
        head.addWidget(self.unfold)
        column.addLayout(head)
        self.list = QListWidget()
        self.list.setAccessibleName("退回的意见")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.currentRowChanged.connect(lambda _n: self._chosen())
        self.list.viewport().installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self.go())
        column.addWidget(self.list)
        self.text = QLineEdit(placeholderText="不改的，在这里写一句答复，按回车")
        self.text.setAccessibleName("答复")
        self.text.returnPressed.connect(self.reply)
        column.addWidget(self.text)
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0), look.size(8))
        self.fix = self._button(row, "去改这一格", "转到被退回的那一格", self.go)
        self.say = self._button(row, "答复", "把这句话交给县里", self.reply)
        column.addWidget(holder)
        self.inside = (self.list, self.text, holder)

    def _button(self, row: FlowLayout, text: str, hint: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.clicked.connect(lambda: do())
        row.addWidget(button)
        return button

    def tell(self, now: SubmissionStatus) -> None:
        """Show the comments; hidden if there are none or all are closed."""
        typed = self.text.text() if self.text.isModified() else None
        self.now = now
        self.setVisible(any(c["state"] != CommentState.CLOSED for c in now.comments))
        at = self.list.currentRow()
        self.list.blockSignals(True)
        self.list.clear()
        for comment in now.comments:
            item = QListWidgetItem(f"{DEALT[comment['state']]}　{self._place(comment)}\n{self._comment_text(comment)}")
            self.list.addItem(item)
        self.list.setCurrentRow(self._first() if at < 0 or typed is None else at)
        self.list.blockSignals(False)
        left = len(now.open)
        dealt = f"退回的{len(now.comments)}处都办完了{'，请再报一次' if now.state == HandInState.AGAIN else ''}"
        self.title.setText(f"县里退回{len(now.comments)}处，还有{left}处要办" if left else dealt)
        self._chosen(typed)
        self._fold()
        self._fit()

    def _first(self) -> int:
        """The index of the first open comment; 0 if none is open."""
        assert self.now is not None
        return next((n for n, c in enumerate(self.now.comments) if c["state"] == CommentState.OPEN), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fold(self) -> None:
        """Hide the list when no comment is open, unless the user unfolds it."""
        left = bool(self.now and self.now.open)
        self.setObjectName(
            "amber" if self.now and self.now.state in (HandInState.RETURNED, HandInState.AGAIN) else "card"
        )
        self.style().unpolish(self)
        self.style().polish(self)
        self.unfold.setVisible(not left)
        retone(self.title, "section" if left else "strong")
        for part in self.inside:
            part.setVisible(left or self.unfold.isChecked())

    def _fit(self) -> None:
        """Make the list as high as its comments, up to a limit."""
        self.list.doItemsLayout()
        rows = [self.list.visualItemRect(self.list.item(n)).height() for n in range(min(self.list.count(), SHOWN))]
        high = min(sum(rows) + 4, self.look.size(230))
        if self.list.height() != high:
            self.list.setFixedHeight(high)

    def _place(self, comment: Row) -> str:
        form = self.session.space.form(comment["form"])
        field = form.find(comment["field"] or "")
        row = f"第{comment['row']}行" if comment["row"] else ""
        return f"{form.title}{row}{'“' + field.label + '”' if field else ''}"

    def _comment_text(self, comment: Row) -> str:
        before = comment["found"] or ""
        before = before if len(before) <= FOUND else before[: FOUND - 1] + "…"
        found = f"（退回时：{before}）" if before else ""
        answered = f"\n答复：{comment['answer']}" if comment["answer"] else ""
        return f"{comment['text']}{found}{answered}"

    def comment(self) -> Row | None:
        """The selected comment; None for none."""
        n = self.list.currentRow()
        return self.now.comments[n] if self.now and 0 <= n < len(self.now.comments) else None

    def _chosen(self, typed: str | None = None) -> None:
        comment = self.comment()
        if typed is None:
            self.text.setText((comment["answer"] or "") if comment else "")
        else:
            self.text.setText(typed)
            self.text.setModified(True)

    def go(self) -> None:
        """Ask for the cell of the selected comment."""
        comment = self.comment()
        if comment:
            self.wanted.emit(comment["form"], comment["record"] or "", comment["field"] or "")

    def reply(self) -> None:
        """Store a reply, for a cell that need not change."""
        comment, text = self.comment(), self.text.text()
        if comment is None:
            return
        with reporting(self.session):
            changes = answer(comment, CommentState.ANSWERED, text)
            self.text.setModified(False)
            if not self.session.edit("答复退回意见", changes):
                self.text.setModified(True)
