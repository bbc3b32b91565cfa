"""Ctrl+H: find and replace in the cells of a form, with a preview; one step of undo."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from forms.kind import Unreadable
from models.store.change import Change
from ui.grid.grid import Grid


class ReplaceDialog(QDialog):
    """Stays open beside the grid. A selection of more than one cell limits it; hidden and locked cells are
    not changed.
    """

    def __init__(self, grid: Grid, old: str = "") -> None:
        super().__init__(grid.window())
        self.grid = grid
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"替换　{grid.table.form.title}")
        self.old, self.new = QLineEdit(old), QLineEdit()
        self.old.setAccessibleName("查找内容")
        self.new.setAccessibleName("替换为")
        rows = QFormLayout()
        rows.addRow("查找内容", self.old)
        rows.addRow("替换为", self.new)
        self.told = QLabel()
        self.told.setProperty("tone", "second")
        self.told.setWordWrap(True)
        self.next, self.all = QPushButton("找下一处"), QPushButton("全部替换")
        self.all.setProperty("tone", "main")
        self.all.setDefault(True)
        close = QPushButton("关闭")
        for button, do in ((self.next, self.find_next), (self.all, self.replace_all), (close, self.reject)):
            button.clicked.connect(do)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.next, self.all, close):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.addLayout(rows)
        column.addWidget(self.told)
        column.addLayout(buttons)
        self.old.textChanged.connect(lambda _text: self._count())
        self.new.textChanged.connect(lambda _text: self._count())
        self._count()

    def find_next(self) -> None:
        """Go to the next cell that contains the words."""
        if self.old.text() and not self.grid.seek(self.old.text()):
            self.told.setText(f"没有找到“{self.old.text()}”")

    def plan(self) -> tuple[list[Change], list[str]]:
        """The changes, and a sentence for each cell whose new text could not be read."""
        table, old, new = self.grid.table, self.old.text(), self.new.text()
        rows = self.grid.block()
        chosen = {(i.row(), i.column()) for row in rows for i in row} if sum(map(len, rows)) > 1 else None
        changes: list[Change] = []
        refused: list[str] = []
        for n, line in enumerate(table.lines if old else ()):
            values = {}
            for c, field in enumerate(table.fields, 1):
                index = table.index(n, c)
                hidden = self.grid.isRowHidden(n) or self.grid.isColumnHidden(c) or (chosen and (n, c) not in chosen)
                text = field.kind.show(line.row.get(field.name)) if line.row is not None and not hidden else ""
                if old not in text or table.why_locked(index):
                    continue
                try:
                    values[field.name] = field.parse(text.replace(old, new), table.session.year)
                except Unreadable as why:
                    refused.append(f"第{line.number}行“{field.label}”{why}")
            if line.row is not None and values:
                changes += table.report.set(line.row["id"], values)
        return changes, refused

    def _count(self) -> None:
        changes, refused = self.plan()
        count = sum(len(c.after or {}) if c.before is not None else 1 for c in changes)
        self.all.setEnabled(bool(changes))
        told = (
            f"会改{count}格"
            if count
            else "没有可以替换的格"
            if self.old.text()
            else "只改能改的格；选了一块就只在这一块里改"
        )
        self.told.setText("\n".join([told, *(f"不改：{why}" for why in refused[:3])]))

    def replace_all(self) -> None:
        """Replace in all these cells, as one step of undo."""
        changes, _ = self.plan()
        if changes:
            self.grid.session.carry_out(f"把“{self.old.text()}”替换为“{self.new.text()}”", changes, self._replaced)

    def _replaced(self, kept: bool) -> None:
        if kept:
            self._count()
            self.told.setText("替换好了；不对的按 Ctrl+Z")
