"""本办更正: the office records its own value and a reason for a reported cell; the unit's report is not changed."""

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from models.county.corrections import CLASHES, Correction, correct, corrections, keep, lift
from models.plan.entries import Unit
from models.store.change import Change
from ui.county.feedback.return_dialog import ReturnDialog
from ui.operations.failure import catching
from ui.session import Session
from ui.widgets.theme import Theme

STATES = {
    "stands": "有效",
    "agreed": "单位已改成一样",
    "clashes": "单位又报了别的，请定",
    "gone": "单位删去了这一行",
}


class CorrectionDialog(ReturnDialog):
    """Corrections of one unit's period: a form for a new one above the list of those that exist."""

    def __init__(self, session: Session, unit: Unit, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, unit, look, parent)
        self.unit, self.there = unit, list[Correction]()
        self.setWindowTitle(f"更正{unit.short}")
        self.title.setText(f"{unit.short}{session.period.name}，本办更正哪一格；单位报的原样留着，更正随回执告诉单位")
        self.number.setSpecialValueText("")
        self.number.setMinimum(1)
        self.value = QLineEdit()
        self.value.setPlaceholderText("更正为")
        self.value.setAccessibleName("更正为")
        self.writing.insertWidget(0, self.value, 1)
        self.text.setPlaceholderText("理由；回车就更正")
        self.text.setAccessibleName("理由")
        self.more.setText("更正")
        self.list.setAccessibleName("本办的更正")
        self.list.currentRowChanged.connect(lambda _row: self._can())
        self.send.hide()
        self.leave.setText("关上")
        self.ours = QPushButton("仍用本办的")
        self.theirs = QPushButton("撤销更正，用单位的")
        for button, action in ((self.ours, keep), (self.theirs, lift)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, action=action: self._apply_to_selected(action))
            self.buttons.addButton(button, self.buttons.ButtonRole.ActionRole)
        self._refresh()

    def _form_changed(self) -> None:
        super()._form_changed()
        self.number.setMinimum(1)

    def _begin(self) -> None:
        self.value.setFocus()

    def _refresh(self) -> None:
        self.there = corrections(self.session.space, self.session.space.context(self.unit.code, self.session.period))
        self.list.clear()
        self.list.addItems([self._words(c) for c in self.there])
        self.list.setCurrentRow(next((n for n, c in enumerate(self.there) if c.state == CLASHES), -1))
        self._can()

    def _words(self, c: Correction) -> str:
        rows = self.ctx.rows[c.form.name]
        number = next((n for n, r in enumerate(rows, 1) if r["id"] == c.row["record"]), 0)
        shown = c.field.kind.show
        told = f"单位报的 {shown(c.reported) or '（空）'}，本办更正为 {shown(c.value) or '（空）'}"
        return f"{self.place(c.form, number, c.field.label) if number else c.form.title}：{told}（{c.row['reason']}）　{STATES[c.state]}"

    def _can(self) -> None:
        row = self.list.currentRow()
        chosen = self.there[row] if 0 <= row < len(self.there) else None
        self.theirs.setEnabled(chosen is not None)
        self.ours.setEnabled(chosen is not None and chosen.state == CLASHES)

    def add(self) -> None:
        """Store the correction that was typed."""
        field = self.form.find(self.field_box.currentText())
        if field is None:
            return
        record = self.ctx.rows[self.form.name][self.number.value() - 1]["id"]
        place = (self.form.name, str(record), field.name)
        with catching(self.found.setText):
            space = self.session.space
            changes = correct(space, self.unit, self.session.period, place, self.value.text(), self.text.text())
            self._write(changes, "本办更正")
            self.value.clear()
            self.text.clear()

    def _apply_to_selected(self, action: Callable[[Correction], list[Change]]) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.there):
            self._write(action(self.there[row]), "仍用本办的" if action is keep else "撤销本办更正")

    def _write(self, changes: list[Change], label: str) -> None:
        if self.session.edit(f"{label}：{self.unit.short}", changes):
            self._refresh()
