"""A record as a vertical form: 单位信息, and the settings; a field is saved when the focus leaves it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.field import Field, Row
from forms.form import Form
from forms.kind import Value
from forms.states import Role
from models.ledger.county_feedback import sentence
from models.store.change import Change
from ui.filling.item_parts import FindingLabels
from ui.filling.line_panel import LinePanel
from ui.session import Session
from ui.widgets import editors
from ui.widgets import file_dialogs as choosing
from ui.widgets.banner import Banner
from ui.widgets.heading import label
from ui.widgets.icons import dress_button
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme
from ui.window.page import Page, override

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDTH, SIDE = 760, 320  # px of the fields, and of the panel beside them


@dataclass(frozen=True)
class Source:
    """How a record is read and written. `read` gives it; `write` takes changed values, and is False where they could
    not be written; `why` says why a field may not be changed, `findings` gives levels and sentences of its problems,
    `above` what the county says, `offer` a text proposed for an empty field.
    """

    read: Callable[[], Row]
    write: Callable[[Mapping[str, Value]], bool]
    why: Callable[[str], str] = lambda _field: ""
    findings: Callable[[str], Sequence[tuple[str, str]]] = lambda _field: ()
    above: Callable[[], str] = lambda: ""
    offer: Callable[[str], str] = lambda _field: ""


class RecordEditor(Page):
    """Editors for the fields of a form; the panel `beside`, if any, shows the field with the cursor."""

    def __init__(self, form: Form, look: Theme, source: Source, beside: LinePanel | None = None) -> None:
        super().__init__()
        self.at = ""  # field with the cursor
        self.form, self.look, self.source, self.beside = form, look, source, beside
        self.setAccessibleName(form.title)
        self.boxes: dict[str, QWidget] = {}
        self.whys: dict[str, QLabel] = {}
        self.told: dict[str, FindingLabels] = {}
        self.offers: dict[str, QPushButton] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._area(), 1)
        if beside is not None:
            across.addWidget(beside)
        self.show_values()

    def _area(self) -> QScrollArea:
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        outer = QVBoxLayout(body)
        outer.setContentsMargins(24, 18, 24, 18)
        self.banner = Banner(self.look)
        outer.addWidget(self.banner)
        label(outer, self.form.title, "sentence")
        outer.addWidget(self._card())
        self.below = QVBoxLayout()  # for other widgets of the page
        outer.addLayout(self.below)
        outer.addStretch(1)
        self.area.setWidget(body)
        return self.area

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(self.look.size(WIDTH))
        rows = QFormLayout(card)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for f in self.form.fields:
            if f.editable:
                star = f' <span style="color:{self.look.tokens["red"]}">*</span>' if f.required else ""
                rows.addRow(escape(f.heading) + star, self._field(f))
        return card

    def _field(self, f: Field) -> QWidget:
        holder = QWidget()
        column, row = QVBoxLayout(holder), QHBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        box = editors.make(f, holder)
        if isinstance(box, QPlainTextEdit):
            box.setMinimumHeight(self.look.size(110))
        box.installEventFilter(self)
        if isinstance(box, QComboBox):
            box.textActivated.connect(lambda _text, field=f: self._save(field))
            if (line := box.lineEdit()) is not None:
                line.editingFinished.connect(lambda field=f: self._save(field))
        row.addWidget(box, 1)
        if f.kind.names_folder:
            row.addWidget(self._choose(f))
        if f.offer:
            row.addWidget(self._offer(f))
        column.addLayout(row)
        if f.help:
            label(column, f.help, "second")
        self.told[f.name] = FindingLabels(self.look)
        column.addWidget(self.told[f.name])
        self.boxes[f.name], self.whys[f.name] = box, label(column, "", "red")
        self.whys[f.name].hide()
        return holder

    def _offer(self, f: Field) -> QPushButton:
        """A button that writes the text proposed for a field."""
        self.offers[f.name] = button = QPushButton()
        button.setProperty("tone", "link")
        button.clicked.connect(lambda: self._chosen(f, self.source.offer(f.name)))
        return button

    def _choose(self, f: Field) -> QPushButton:
        button = QPushButton("选择……")
        dress_button(button, self.look, "folder-open")
        button.setAccessibleName(f"选择{f.label}")
        button.clicked.connect(lambda: self._chosen(f, choosing.folder(self, f"选择{f.label}")))
        return button

    def _chosen(self, f: Field, text: str) -> None:
        if text:
            editors.fill(self.boxes[f.name], text)
            self._save(f)
            self.go_to("", f.name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the fields most of the width."""
        super().resizeEvent(event)
        if self.beside is not None:
            self.beside.setFixedWidth(min(self.look.size(SIDE), round(self.width() * 0.3)))

    def show_values(self) -> None:
        """Put the saved values into the editors, except into one being typed in."""
        row = self.source.read()
        shut = next(filter(None, map(self.source.why, self.boxes)), "")
        self.banner.say("\n".join(filter(None, [self.source.above(), shut])))
        for f in self.form.fields:
            box = self.boxes.get(f.name)
            if box is None:
                continue
            editors.lock(box, bool(self.source.why(f.name)))
            if not box.hasFocus() and not box.property("wrong"):
                text = f.kind.show(row.get(f.name))
                if editors.typed(box) != text:
                    editors.fill(box, text)
            self._tell(f, row)

    def _tell(self, f: Field, row: Row) -> None:
        """Show the findings on a field; one that is only empty is dotted, as on paper."""
        blank = f.required and row.get(f.name) is None
        editors.mark(self.boxes[f.name], "missing", blank)
        if f.name in self.offers:
            words = self.source.offer(f.name)
            self.offers[f.name].setText(f"填“{words}”")
            self.offers[f.name].setVisible(bool(words))
        self.told[f.name].say([] if blank else self.source.findings(f.name))

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        name = next((n for n, b in self.boxes.items() if b is box), "")
        if name and event.type() == QEvent.Type.FocusOut:
            self._save(self.form.field(name))
        elif name and event.type() == QEvent.Type.FocusIn:
            self._show_beside(name)
        elif name and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
            return self._enter_key(name, event)
        return super().eventFilter(box, event)

    def _enter_key(self, name: str, event: QKeyEvent) -> bool:
        """Enter saves the field and goes to the next one; Alt+Enter begins a new line in a long text."""
        box = self.boxes[name]
        if isinstance(box, QPlainTextEdit) and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            box.insertPlainText("\n")
        elif self._save(self.form.field(name)):
            names = list(self.boxes)
            open_ones = [n for n in names[names.index(name) + 1 :] if not self.source.why(n)]
            self.go_to("", open_ones[0] if open_ones else name, choose=True)
        return True

    def _save(self, f: Field) -> bool:
        """Save a field; False where its text cannot be read or written."""
        box, why = self.boxes[f.name], self.whys[f.name]
        told = editors.refusal(box, f)
        why.setText(told)
        why.setVisible(bool(told))
        if told:
            return False  # the text stays in the box, with the reason
        value = f.parse(editors.typed(box))
        return value == self.source.read().get(f.name) or self.source.write({f.name: value})

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        self.show_values()
        self._show_beside(self.at)

    @override
    def release(self) -> None:
        self.boxes.clear()  # nothing is saved after this

    def _show_beside(self, field: str) -> None:
        """Show a field in the panel: the cursor is in it, or it was written."""
        self.at = field
        if self.beside is not None and field:
            self.beside.show_cell(self.form, self.form.field(field), self.source.read())

    @override
    def go_to(self, record: str, field: str, choose: bool = False) -> None:
        """Put the focus into a field; `choose` selects its text, so that typing replaces it."""
        if field in self.boxes:
            self.at = field
            self.boxes[field].setFocus()
            self.area.ensureWidgetVisible(self.boxes[field])
            if choose and not isinstance(self.boxes[field], QPlainTextEdit):
                editors.inner(self.boxes[field]).selectAll()  # type: ignore[attr-defined]

    @override
    def current_cell(self) -> tuple[str, str]:
        return str(self.source.read().get("id") or ""), self.at

    @override
    def enter(self, name: str) -> None:
        """Put the focus into the last field used, else into the first empty one."""
        open_ones = [n for n, b in self.boxes.items() if b.isEnabled()]
        waiting = [n for n in open_ones if self.boxes[n].property("missing")]
        self.go_to("", self.at if self.at in open_ones else next(iter([*waiting, *open_ones]), ""))


def sheet_page(session: Session, form: Form, look: Theme) -> RecordEditor:
    """The page of a form that holds one record, with the line panel beside it."""

    def row() -> dict[str, Value]:
        return dict(session.report(form).rows[0])

    def write(values: Mapping[str, Value]) -> bool:
        report = session.report(form)
        return session.edit(f"修改{form.title}", report.set(report.rows[0]["id"], values))

    def why(field: str) -> str:
        return session.lock.why(form.name, str(row()["id"]), field)

    def findings(field: str) -> list[tuple[str, str]]:
        of = [f for f in session.findings if (f.problem.form, f.problem.field) == (form.name, field)]
        return [
            (f.problem.level, f.problem.message) if not f.reason else (Sign.TICK, f"已说明：{f.reason}") for f in of
        ]

    def above() -> str:
        return sentence(session.corrected.values(), form.name) if session.space.role == Role.UNIT else ""

    def offer(field: str) -> str:
        asked = row()[field] is None and not why(field)
        return str(session.space.settings.get(form.field(field).offer) or "") if asked else ""

    panel = LinePanel(session, look)
    page = RecordEditor(form, look, Source(row, write, why, findings, above, offer), panel)
    QShortcut(QKeySequence("F6"), page, lambda: page.boxes.get(page.at if panel.hasFocus() else "", panel).setFocus())
    return page
