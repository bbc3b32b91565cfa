"""An open item in the list: its cells to fill in, last period's values, the reason, and the county's comment."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.checks import repeated_text
from forms.field import Field
from forms.kind import Value
from forms.problem import REASON_LENGTH, REQUIRED
from ui.filling.item_parts import FindingLabels, both_sides, in_rows, labelled
from ui.filling.open_items import OpenItem
from ui.filling.reason_row import CommentRow, ReasonRow
from ui.session import Session
from ui.widgets import editors
from ui.widgets.day_edit import DayEdit
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icon_label import IconLabel
from ui.widgets.theme import Theme

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


class ItemEditor(QFrame):
    """Enter saves the cell and goes to the next empty one; `wanted` asks for the cell in its form, `turned` for the
    item above (-1) or below (1).
    """

    wanted = Signal()
    turned = Signal(int)
    grown = Signal()  # it needs another height

    def __init__(self, session: Session, look: Theme, thing: OpenItem) -> None:
        super().__init__()
        self.session, self.look, self.thing = session, look, thing
        self.setObjectName("open")
        self.boxes: dict[str, QWidget] = {}
        self.reasons: list[ReasonRow] = []
        self.comment: CommentRow | None = None
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(14, 10, 18, 12)
        self.column.setSpacing(8)
        self.column.addLayout(self._head())
        self.body = QWidget()
        self.column.addWidget(self.body)
        self._fill()

    ## shape

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self.sign, self.title, self.where = IconLabel(self.look, self.thing.mark), QLabel(), QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.title.setProperty("tone", "strong")
        self.where.setProperty("tone", "second")
        row.addWidget(self.sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.title, 1)
        row.addWidget(self.where, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _fill(self) -> None:
        column = QVBoxLayout(self.body)
        column.setContentsMargins(self.look.size(28), 0, 0, 0)
        column.setSpacing(8)
        if self.thing.comment is not None:
            self.comment = CommentRow(self.session, self.thing.comment, folded=bool(self.thing.fields()))
            self.comment.unfolded.connect(self.grown)
            column.addWidget(self.comment)
        self.told = FindingLabels(self.look)
        column.addWidget(self.told)
        for finding in self.thing.findings:
            if finding.problem.sides:
                column.addLayout(both_sides(finding.problem.sides))
        column.addLayout(self._cells())
        for finding in self.thing.findings:
            if finding.problem.level in REASON_LENGTH:
                self.reasons.append(ReasonRow(self.session, finding))
                column.addWidget(self.reasons[-1])
        column.addWidget(self._buttons())
        self._tell()

    def _cells(self) -> QGridLayout:
        """The editors of the cells: short ones side by side; a long one below, or beside if it is the only one."""
        fields = self.thing.fields()
        before = (self.session.ctx.before(self.thing.form, self.thing.row) if self.thing.row else None) or {}
        holders = [self._cell(f, before.get(f.name)) for f in fields]
        long = [isinstance(self.boxes[f.name], QPlainTextEdit) for f in fields]
        return in_rows(holders, long)

    def _cell(self, f: Field, before: Value) -> QWidget:
        holder, box = labelled(f, before, self.thing.row.get(f.name) if self.thing.row else None, self.look)
        box.installEventFilter(self)
        editors.inner(box).installEventFilter(self)
        if isinstance(box, QComboBox):
            box.textActivated.connect(lambda _text: self._keep([f.name]))
        self.boxes[f.name] = box
        return holder

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0))
        self.next = self._button(row, "存好，下一件", self.save, "回车", "main")
        self.same = self._button(row, "与上期相同", self.same_as_last, "Ctrl+L")
        self.jump = self._button(row, "到表里看", self.wanted.emit, "Ctrl+G", "flat")
        row.stretch()
        hint = QLabel("回车 存好　Ctrl+L 同上期　Ctrl+G 到那一格　Ctrl+↑↓ 上下一件")
        hint.setProperty("tone", "second")
        row.addWidget(hint)
        may = not self.session.lock.shut
        self.next.setVisible(may and bool(self.boxes or self.reasons))
        self.same.setVisible(may and (bool(self._last()) or any(r.offers for r in self.reasons)))
        return holder

    def _button(
        self, row: FlowLayout, text: str, action: Callable[[], object], keys: str, tone: str = ""
    ) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("tone", tone)
        button.setToolTip(f"{text}（{keys}）")
        button.clicked.connect(lambda: action())
        row.addWidget(button)
        return button

    ## what it says

    def show_thing(self, thing: OpenItem) -> None:
        """Show the same item after an edit; text being typed is kept."""
        fresh = {f.problem.code for f in thing.findings if f.problem.level in REASON_LENGTH}
        asked = {r.finding.problem.code for r in self.reasons}
        fields = [f.name for f in thing.fields() if f.name not in self.boxes]
        typed = self.unsaved()
        clean = [n for n in self.boxes if not self._changed(n)]
        self.thing = thing
        if (fields or fresh - asked) and not typed:
            self._again()
            return
        for row in self.reasons:
            now = [f for f in thing.findings if f.problem.code == row.finding.problem.code]
            row.finding = now[0] if now else row.finding
        for name, box in self.boxes.items():
            text = thing.form.field(name).kind.show(thing.row.get(name)) if thing.row else ""
            if name in clean and editors.typed(box) != text:
                editors.fill(box, text)
        self._tell()

    def _again(self) -> None:
        """Make all rows again."""
        here = QApplication.focusWidget()
        focus = here is not None and self.isAncestorOf(here)
        old, self.body = self.body, QWidget()
        self.boxes, self.reasons, self.comment = {}, [], None
        self._fill()
        self.column.replaceWidget(old, self.body)
        old.hide()
        old.deleteLater()
        if focus:
            self.enter()

    def _tell(self) -> None:
        self.sign.show_mark(self.thing.mark)
        self.title.setText(self.thing.title)
        self.where.setText(self.thing.where)
        self.same.setVisible(not self.session.lock.shut and (bool(self._last()) or any(r.offers for r in self.reasons)))
        told = [(f.problem.level, f.problem.message) for f in self.thing.findings if f.problem.code != REQUIRED.code]
        self.told.say(told if len(told) > 1 or self.thing.comment is not None else [])

    ## doing

    def first(self) -> QWidget | None:
        """The widget to type in first: an empty cell, a missing reason, an answer; None where nothing can be typed."""
        empty = [editors.inner(b) for b in self.boxes.values() if not editors.typed(b)]
        reasons = [r.box for r in self.reasons if not r.box.text()]
        full = [editors.inner(b) for b in self.boxes.values()]
        return next(iter([*empty, *reasons, *full, *([self.comment.box] if self.comment else [])]), None)

    def enter(self) -> bool:
        """Put the focus into that widget; False where there is none."""
        box = self.first()
        if box is not None:
            box.setFocus(Qt.FocusReason.TabFocusReason)
        return box is not None

    def _changed(self, name: str) -> bool:
        """Whether a cell's text is not saved yet."""
        value = self.thing.row.get(name) if self.thing.row else None
        return editors.typed(self.boxes[name]) != self.thing.form.field(name).kind.show(value)

    def _field(self, name: str) -> Field:
        """A field in this line's unit of measure."""
        field, row = self.thing.form.field(name), self.thing.row
        return field.of(self.thing.form.complete(row, self.session.ctx)) if row is not None else field

    def unsaved(self) -> bool:
        """Whether the text of any cell is not saved yet."""
        return any(map(self._changed, self.boxes))

    def _keep(self, names: Sequence[str]) -> bool:
        """Save the text of these cells; False where one cannot be read or saved, and then none is."""
        fields = [self._field(n) for n in names if self._changed(n)]
        if not fields or self.thing.row is None:
            return True
        whys = [(f, editors.refusal(self.boxes[f.name], f, self.session.year)) for f in fields]
        for f, why in whys:
            if why:
                self.session.message.emit(f"“{f.label}”{why}", "red")
                return False
        texts = {f.name: editors.typed(self.boxes[f.name]) for f in fields}
        values = {f.name: f.parse(texts[f.name], self.session.year) for f in fields}
        typed = {f.name: texts[f.name] for f in fields if not f.literal(texts[f.name], values[f.name])}
        label = f"修改{fields[0].label}" if len(fields) == 1 else f"修改{len(fields)}格"
        report = self.session.report(self.thing.form)
        return self.session.edit(label, report.set(str(self.thing.row["id"]), values, typed))

    def readable(self) -> bool:
        """Whether the text of every cell can be read; the first reason why not is shown."""
        told = [(self._field(n), b) for n, b in self.boxes.items()]
        whys = [f"“{f.label}”{why}" for f, b in told if (why := editors.refusal(b, f, self.session.year))]
        if whys:
            self.session.message.emit(whys[0], "red")
        return not whys

    def enter_wrong(self) -> None:
        """Put the focus into a cell whose text cannot be read."""
        for box in self.boxes.values():
            if box.property("wrong"):
                editors.inner(box).setFocus()

    def keep_all(self) -> bool:
        """Save every changed cell, and the reasons; False where a cell could not be saved."""
        kept = self._keep(list(self.boxes))
        for row in list(self.reasons):
            row.give()
        return kept

    def save(self) -> None:
        """Save everything, and go to the next item unless something here is still empty."""
        if self.keep_all() and not self._more():
            self.turned.emit(1)

    def _more(self) -> bool:
        """Put the focus into what is still empty. True where there is something, or the item is closed."""
        left = [editors.inner(b) for b in self.boxes.values() if not editors.typed(b)]
        left += [r.box for r in self.reasons if not r.finding.settled and not r.box.text()]
        if self.isVisible() and left:
            left[0].setFocus(Qt.FocusReason.TabFocusReason)
        return not self.isVisible() or bool(left)

    def _last(self) -> dict[str, Value]:
        """Last period's values of the empty cells, without texts that have to be new in each period."""
        before = (self.session.ctx.before(self.thing.form, self.thing.row) if self.thing.row else None) or {}
        last = {n: before[n] for n, b in self.boxes.items() if not editors.typed(b) and before.get(n) is not None}
        new = repeated_text(self.thing.form, {**(self.thing.row or {}), **last}, self.session.ctx) if last else set()
        return {n: value for n, value in last.items() if n not in new}

    def same_as_last(self) -> None:
        """Put last period's values into the empty cells, and the earlier reason into its box."""
        for name, value in self._last().items():
            editors.fill(self.boxes[name], self.thing.form.field(name).kind.show(value))
        for row in self.reasons:
            if row.offers and not row.box.text():
                row.offers[0].click()
        self.save()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        name = next((n for n, b in self.boxes.items() if watched in (b, editors.inner(b))), "")
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and name:
            return self._key(name, event)
        left = event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in PASSING
        if left and name and not self._popup(name):
            self._keep([name])
        return super().eventFilter(watched, event)

    def _popup(self, name: str) -> bool:
        box = self.boxes[name]
        completer = box.completer() if isinstance(box, QComboBox) else None
        return bool(completer and completer.popup().isVisible()) or (isinstance(box, DayEdit) and box.popup is not None)

    def _key(self, name: str, event: QKeyEvent) -> bool:
        box, mods = self.boxes[name], event.modifiers()
        if event.key() in ENTER:
            if isinstance(box, QPlainTextEdit) and mods & Qt.KeyboardModifier.AltModifier:
                box.insertPlainText("\n")
            elif self._keep([name]) and not self._more():
                self.turned.emit(1)
            return True
        if mods & Qt.KeyboardModifier.ControlModifier and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.turned.emit(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        return False
