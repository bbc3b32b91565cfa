"""A record as a vertical form: 单位信息, and the settings; every field is saved when it is left."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QPlainTextEdit, QScrollArea, QVBoxLayout, QWidget

from forms.form import Field, Form, Row
from forms.kind import Value
from ui import editors
from ui.banner import Banner
from ui.theme import Look


class RecordEditor(QScrollArea):
    """Editors for the fields of a form. `read` gives the record; `write` takes changed values and says if it could;
    `why` says why a field may not be changed.
    """

    def __init__(
        self,
        form: Form,
        look: Look,
        read: Callable[[], Row],
        write: Callable[[Mapping[str, Value]], bool],
        why: Callable[[str], str] = lambda _field: "",
    ) -> None:
        super().__init__()
        self.form, self.read, self.write, self.why = form, read, write, why
        self.setAccessibleName(form.title)
        self.boxes: dict[str, QWidget] = {}
        self.whys: dict[str, QLabel] = {}
        self.setWidgetResizable(True)
        body = QWidget()
        outer = QVBoxLayout(body)
        outer.setContentsMargins(24, 18, 24, 18)
        self.banner = Banner(look)
        outer.addWidget(self.banner)
        title = QLabel(form.title)
        title.setProperty("tone", "sentence")
        outer.addWidget(title)
        outer.addWidget(self._card(look))
        self.below = QVBoxLayout()  # for what else belongs on the page
        outer.addLayout(self.below)
        outer.addStretch(1)
        self.setWidget(body)
        self.show_values()

    def _card(self, look: Look) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(look.size(760))
        rows = QFormLayout(card)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for f in self.form.fields:
            if f.editable:
                rows.addRow(f.heading + ("　*" if f.required else ""), self._field(f, look))
        return card

    def _field(self, f: Field, look: Look) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        box = editors.make(f, holder)
        if isinstance(box, QPlainTextEdit):
            box.setMinimumHeight(look.size(110))
        box.installEventFilter(self)
        if isinstance(box, QComboBox):
            box.textActivated.connect(lambda _text, field=f: self._save(field))
            if (line := box.lineEdit()) is not None:
                line.editingFinished.connect(lambda field=f: self._save(field))
        why = QLabel()
        why.setProperty("tone", "red")
        why.setWordWrap(True)
        why.hide()
        column.addWidget(box)
        column.addWidget(why)
        self.boxes[f.name], self.whys[f.name] = box, why
        return holder

    def follow(self, _changes: object) -> None:
        """Show the values as they are now."""
        self.show_values()

    def let_go(self) -> None:
        """Save nothing more from here: the window closes."""
        self.boxes.clear()

    def show_values(self) -> None:
        """Fill the editors with what is kept; what is being typed stays."""
        row = self.read()
        self.banner.say(next(filter(None, map(self.why, self.boxes)), ""))
        for f in self.form.fields:
            box = self.boxes.get(f.name)
            if box is not None:
                editors.lock(box, bool(self.why(f.name)))
            if box is not None and not box.hasFocus() and not box.property("wrong"):
                text = f.kind.show(row.get(f.name))
                if editors.typed(box) != text:
                    editors.fill(box, text)

    def eventFilter(self, box: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            name = next((n for n, b in self.boxes.items() if b is box), "")
            if name:
                self._save(self.form.field(name))
        return super().eventFilter(box, event)

    def _save(self, f: Field) -> None:
        box, why = self.boxes[f.name], self.whys[f.name]
        told = editors.refusal(box, f)
        why.setText(told)
        why.setVisible(bool(told))
        if told:
            return  # what was typed stays where it is, with its reason
        value = f.parse(editors.typed(box))
        if value != self.read().get(f.name):
            self.write({f.name: value})

    def go_to(self, _record: str, field: str) -> None:
        """Put the cursor into a field."""
        if field in self.boxes:
            self.boxes[field].setFocus()
            self.ensureWidgetVisible(self.boxes[field])
