"""One thing left, answered on the spot: the field's own editor, with last period's value beside it."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from forms.form import Field
from models.checking import Finding
from ui import editors
from ui.session import Session
from ui.theme import Look

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerBox(QWidget):
    """Shows the editor of a finding's cell; Enter writes it, Alt+Enter makes a new line in long texts."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.editor: QWidget | None = None
        self.finding: Finding | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.row = QHBoxLayout()
        column.addLayout(self.row)
        self.save = QPushButton("填好（回车）")
        self.save.clicked.connect(self.answer)
        self.row.addWidget(self.save)
        self.before = QLabel()
        self.before.setProperty("tone", "second")
        self.before.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(self.before)

    def show_finding(self, finding: Finding) -> None:
        """Open the editor of its cell; nothing where there is no cell to write."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self.finding, field = finding, self.field(finding)
        self.setVisible(field is not None)
        if field is None:
            return
        report = self.session.report(self.session.space.form(finding.problem.form))
        row = report.row(finding.problem.record)
        self.editor = editors.make(field, self)
        editors.fill(self.editor, field.kind.show(row.get(field.name)))
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setFixedHeight(self.look.size(62))
        self.editor.installEventFilter(self)
        if isinstance(self.editor, QComboBox) and (line := self.editor.lineEdit()) is not None:
            line.installEventFilter(self)
        self.row.insertWidget(0, self.editor, 1)
        last = (self.session.ctx.before(report.form, row) or {}).get(field.name)
        self.before.setText(f"上期：{field.kind.show(last)}" if last is not None else "")

    def field(self, finding: Finding) -> Field | None:
        """The field to write, if the finding sits on one that the unit may write."""
        p = finding.problem
        field = self.session.space.form(p.form).field(p.field) if p.field and p.record else None
        return field if field is not None and field.editable else None

    def answer(self) -> None:
        """Write what stands in the editor; what cannot be read stays there with its reason."""
        field = self.field(self.finding) if self.finding else None
        if self.editor is None or self.finding is None or field is None:
            return
        why = editors.refusal(self.editor, field, self.session.year)
        if why:
            self.session.told.emit(f"“{field.label}”{why}", "red")
            return
        value = field.parse(editors.typed(self.editor), self.session.year)
        report = self.session.report(self.session.space.form(self.finding.problem.form))
        self.session.edit(f"修改{field.label}", report.set(self.finding.problem.record, {field.name: value}))
        if self.editor is not None:
            self.editor.setFocus()  # the next thing's editor by now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            if isinstance(self.editor, QPlainTextEdit) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.editor.insertPlainText("\n")
            else:
                self.answer()
            return True
        return super().eventFilter(watched, event)
