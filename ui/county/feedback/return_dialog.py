"""退回: collect comments on cells with reasons, then write the return into a folder."""

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from exports.outgoing.handout import send_back as make_return
from exports.outgoing.write_out import send
from forms.field import Row
from forms.form import Form
from models.act_backup import backed_up
from models.ledger.return_comments import comments
from models.plan.entries import Unit
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.heading import label
from ui.widgets.theme import Theme

Comment = tuple[str, int, str, str]
SHORT, LONG = 16, 120  # characters of a line's words in the list, and above the cell


class ReturnDialog(QDialog):
    """Collects comments; row number 0 means the complete form."""

    def __init__(self, session: Session, unit: Unit, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"退回{unit.short}")
        self.resize(look.size(640), look.size(420))
        self.session, self.comments = session, list[Comment]()
        self.ctx = session.space.context(unit.code, session.period)
        self.forms = [f for f in session.space.forms if self.ctx.rows[f.name]]
        column = QVBoxLayout(self)
        self.title = QLabel(f"{unit.short}{session.period.name}，指出哪一格不对")
        self.title.setProperty("tone", "section")
        self.title.setWordWrap(True)
        column.addWidget(self.title)
        column.addLayout(self._place())
        self.about, self.found = label(column), label(column, tone="second")
        row = self.writing = QHBoxLayout()
        self.text = QLineEdit()
        self.text.setPlaceholderText("意见：哪里不对，请单位怎么改；回车加上")
        self.text.setAccessibleName("意见")
        self.more = QPushButton("加上")
        self.more.clicked.connect(lambda: self.add())
        row.addWidget(self.text, 1)
        row.addWidget(self.more)
        column.addLayout(row)
        self.list = QListWidget()
        self.list.setAccessibleName("要退回的意见")
        column.addWidget(self.list, 1)
        self.buttons = QDialogButtonBox()
        self.send = self.buttons.addButton("写退回单……", QDialogButtonBox.ButtonRole.ActionRole)
        self.send.setProperty("tone", "main")
        self.send.setEnabled(False)
        self.leave = self.buttons.addButton("不退回", QDialogButtonBox.ButtonRole.RejectRole)
        for button in (self.more, self.send, self.leave):
            button.setAutoDefault(False)  # Enter adds a comment
        self.text.returnPressed.connect(lambda: self.add())
        self.send.clicked.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        self._form_changed()

    def _place(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.form_box, self.number, self.field_box = QComboBox(), QSpinBox(), QComboBox()
        self.form_box.addItems([f.title for f in self.forms])
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setToolTip("直接打行号，或用上下键；0 是整张表")
        self.number.setPrefix("第")
        self.number.setSuffix("行")
        self.number.setSpecialValueText("整张表")
        for widget, name in ((self.form_box, "表"), (self.number, "行"), (self.field_box, "栏")):
            widget.setAccessibleName(name)
            row.addWidget(widget)
        self.form_box.currentIndexChanged.connect(self._form_changed)
        self.number.valueChanged.connect(self._shown)
        self.field_box.currentIndexChanged.connect(self._shown)
        return row

    @property
    def form(self) -> Form:
        """The chosen form."""
        return self.forms[self.form_box.currentIndex()]

    def _form_changed(self) -> None:
        self.number.setRange(0, len(self.ctx.rows[self.form.name]))
        self.number.setValue(1)
        self.field_box.clear()
        self.field_box.addItems([f.label for f in self.form.stored if f.editable])
        self._shown()

    def _shown(self) -> None:
        """Show the current value of the chosen cell."""
        field, number = self.form.find(self.field_box.currentText()), self.number.value()
        self.field_box.setEnabled(bool(number))
        row = self.ctx.rows[self.form.name][number - 1] if number else {}
        self.about.setText(line_words(self.form, row, LONG))
        self.about.setVisible(bool(self.about.text()))
        now = field.kind.show(row.get(field.name)) if field and number else ""
        self.found.setText(f"单位填的：{now or '（空）'}" if number else "说的是整张表")

    def point_at(self, form: str, record: str, field: str) -> None:
        """Choose a cell and put the keyboard focus into the box for the comment."""
        ids = [r["id"] for r in self.ctx.rows[form]]
        self.form_box.setCurrentText(self.session.space.form(form).title)
        self.number.setValue(ids.index(record) + 1 if record in ids else 1)
        self.field_box.setCurrentText(self.form.field(field).label)
        self._begin()

    def _begin(self) -> None:
        self.text.setFocus()

    def place(self, form: Form, number: int, field: str) -> str:
        """A cell as it is named on paper, with the subject of its row."""
        words = line_words(form, self.ctx.rows[form.name][number - 1], SHORT)
        return f"{form.title}第{number}行{words and f'（{words}）'}“{field}”"

    def add(self) -> None:
        """Add the typed comment to the list."""
        text, number = self.text.text().strip(), self.number.value()
        if not text:
            self.text.setFocus()
            return
        field = self.field_box.currentText() if number else ""
        self.comments.append((self.form.name, number, field, text))
        place = self.place(self.form, number, field) if number else self.form.title
        self.list.addItem(f"{place}：{text}")
        self.text.clear()
        self.send.setEnabled(True)


def line_words(form: Form, row: Row, most: int) -> str:
    """The subject of a row: its first column after the group's, at most `most` characters; '' for an empty row."""
    first = next((f for f in form.fields if f.name != form.group), None)
    words = first.kind.show(row.get(first.name)).replace("\n", " ") if first and row and not form.record else ""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def send_back(
    session: Session, unit: Unit, look: Theme, parent: QWidget, cell: tuple[str, str, str] | None = None
) -> bool:
    """Ask for comments, beginning with a cell (form, record, field), and write the return. True if one was written.
    Raises UserError.
    """
    box = ReturnDialog(session, unit, look, parent)
    if cell:
        box.point_at(*cell)
    if box.exec() != QDialog.DialogCode.Accepted:
        return False
    folder = choosing.folder(parent, "退回单放到哪个文件夹")
    if not folder:
        return False
    before = _comment_count(session, unit)
    path = write_return(session, unit, box.comments, Path(folder))
    added = _comment_count(session, unit) - before
    same = f"；{len(box.comments) - added}条已经退回过、单位还没有办理，没有重复添加"
    session.message.emit(f"已退回{unit.short}{added}条意见{same if added < len(box.comments) else ''}：{path}", "saved")
    return True


def _comment_count(session: Session, unit: Unit) -> int:
    return len(comments(session.space, unit.code, session.period))


def write_return(session: Session, unit: Unit, comments: list[Comment], folder: Path) -> Path:
    """Write a return into a folder; its path."""
    space = session.space
    with backed_up(space, "return"):
        return send(space, make_return(space, unit, session.period, comments), folder)
