"""Loads a foreign table (外来表格): maps its columns to fields, shows how every cell would be read, then adds the rows
as one edit that can be undone.
"""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from exports.readback.foreign_table import ForeignTable
from forms.field import Field
from forms.form import Form
from forms.heading_match import (
    Match,
    asked,
    doubted_unit,
    heading,
    heading_row,
    is_sum,
    lines,
    matches,
    score,
    unit_above,
)
from forms.kind import Unreadable
from forms.states import Role
from forms.typed_text import spelled_out
from models.errors import UserError, cause
from models.reporting.column_mappings import remember, remembered
from ui.grid import paste
from ui.grid.paste import Block
from ui.operations.wait_dialog import waited
from ui.session import Session
from ui.widgets.heading import label
from ui.widgets.theme import Theme

SKIP = "（不要）"
ENDINGS = (".xlsx", ".xls", ".et", ".csv")


class ColumnMapping(QDialog):
    """The dialog: sheet, form, a field box over every column, and a preview of every row."""

    def __init__(
        self,
        session: Session,
        name: str,
        tables: list[ForeignTable],
        look: Theme,
        parent: QWidget | None = None,
        meant: Form | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self.tables, self.look, self.meant = session, tables, look, meant
        self.setWindowTitle(f"把“{name}”里的内容加进来")
        self.resize(look.size(980), look.size(560))
        column = QVBoxLayout(self)
        label(column, "这不是本程序生成的表。请核对每一栏放到哪里，下面是各行加进来以后的样子。", "section")
        self.last = label(column, "各栏按上次的对应放好了（标题和上次一样）；要改的请在下面改。", "amber")
        column.addLayout(self._choices())
        self.grid = QTableWidget()
        self.grid.setAccessibleName("加进来以后的样子")
        self.grid.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for head in (self.grid.horizontalHeader(), self.grid.verticalHeader()):
            head.setStyleSheet("QHeaderView { background: transparent }")
        column.addWidget(self.grid, 1)
        self.told = label(column)
        column.addWidget(self._buttons())
        self.sheet.currentIndexChanged.connect(self._sheet)
        self.form.currentIndexChanged.connect(self._form)
        self._sheet()

    def _choices(self) -> QHBoxLayout:
        """The row that chooses the sheet (if there are several) and the form."""
        self.sheet, self.form = QComboBox(), QComboBox()
        self.sheet.addItems([t.title for t in self.tables])
        row = QHBoxLayout()
        for words, box in (("工作表", self.sheet), ("加到哪张表", self.form)):
            buddy = QLabel(words)
            buddy.setBuddy(box)
            box.setAccessibleName(words)
            row.addWidget(buddy)
            row.addWidget(box)
            buddy.setVisible(box is not self.sheet or len(self.tables) > 1)
        self.sheet.setVisible(len(self.tables) > 1)
        row.addStretch(1)
        return row

    def _buttons(self) -> QDialogButtonBox:
        self.buttons = QDialogButtonBox()
        self.take = self.buttons.addButton("加进来", QDialogButtonBox.ButtonRole.AcceptRole)
        self.take.setProperty("tone", "main")
        self.buttons.addButton("不加", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        return self.buttons

    def _sheet(self) -> None:
        """Turn to the chosen sheet: find its headings and list the forms, the likeliest first."""
        rows = self.tables[self.sheet.currentIndex()].rows
        forms = [f for f in self.session.forms if f.own and not f.record]
        at = heading_row(rows, forms)
        self.headings, self.rows = rows[at], rows[at + 1 :]
        self.above = unit_above(rows[:at])
        known = {f.name for f in forms if remembered(self.session.space, f, self.headings) is not None}
        self.forms = sorted(forms, key=lambda f: (f != self.meant, f.name not in known, -score(f, self.headings)))
        self.form.blockSignals(True)
        self.form.clear()
        self.form.addItems([f.title for f in self.forms])
        self.form.blockSignals(False)
        self._form()

    @property
    def chosen_form(self) -> Form:
        """The form that the rows are added to."""
        return self.forms[max(self.form.currentIndex(), 0)]

    def _form(self) -> None:
        """Turn to the chosen form: each column gets the field chosen for it last time, else the best heading match."""
        self.fields = [f for f in self.chosen_form.fields if f.editable]
        proposed = self._proposed()
        kept = lines(self.rows, {n: Match(n, self.fields[0], 0) for n in range(len(self.headings))})
        self.grid.clear()
        self.grid.setRowCount(len(kept) + 1)
        self.grid.setColumnCount(len(self.headings))
        self.grid.setHorizontalHeaderLabels([" ".join(h.split()) or "（没有标题）" for h in self.headings])
        self.grid.setVerticalHeaderLabels(["放到"] + [str(n) for n in range(1, len(kept) + 1)])
        self.boxes: list[QComboBox] = []
        for n, words in enumerate(self.headings):
            box = QComboBox()
            box.addItems([SKIP, *(f.heading for f in self.fields)])
            match = proposed.get(n)
            box.setCurrentIndex(self.fields.index(match.field) + 1 if match else 0)
            box.setAccessibleName(f"“{words}”放到")
            if match and not match.sure:
                box.setProperty("tone", "amber")
                box.setToolTip("标题不完全一样，是程序猜的，请核对")
            box.currentIndexChanged.connect(self._show)
            self.boxes.append(box)
            self.grid.setCellWidget(0, n, box)
        self._show()

    def _proposed(self) -> dict[int, Match]:
        last = remembered(self.session.space, self.chosen_form, self.headings)
        self.last.setVisible(last is not None)
        if last is None:
            return {m.column: m for m in matches(self.chosen_form, self.headings)}
        return {n: Match(n, self.chosen_form.field(name), 1) for n, name in last.items()}

    @property
    def chosen(self) -> dict[int, Match]:
        """By column the chosen field, with the unit of measure in its heading."""
        picked = [(n, b.currentIndex() - 1) for n, b in enumerate(self.boxes) if b.currentIndex() > 0]
        return {n: self._match(n, self.fields[i]) for n, i in picked}

    def _match(self, n: int, field: Field) -> Match:
        words = self.headings[n]
        return Match(n, field, 1, heading(words)[1], doubted_unit(words, self.above))

    @property
    def block(self) -> list[list[str]]:
        """The rows as texts, one per mapped column."""
        return lines(self.rows, self.chosen)

    def _show(self) -> None:
        """Preview every cell: unchanged, read differently (amber), or unreadable (red)."""
        everything = {n: Match(n, self.fields[0], 0) for n in range(len(self.headings))}
        plain = lines(self.rows, everything)
        chosen, counts = self.chosen, {"amb": 0, "red": 0, "asked": 0}
        order = sorted(chosen)
        block = spelled_out(self.block)
        for r, row in enumerate(plain):
            for c, cell in enumerate(row):
                text, colour, tip = cell, "ink3", "这一栏不要"
                if c in chosen:
                    said = block[r][order.index(c)]
                    text, colour, tip = self._cell(chosen[c].field, cell, said)
                    sort = "asked" if text.startswith("？ ") else colour
                    counts[sort] = counts.get(sort, 0) + 1
                item = QTableWidgetItem(" ".join(text.split()))
                item.setForeground(self.look.colour(colour))
                item.setToolTip(tip)
                self.grid.setItem(r + 1, c, item)
        self.grid.resizeColumnsToContents()
        for c in range(len(self.headings)):
            width = min(max(self.grid.columnWidth(c), self.look.size(140)), self.look.size(300))
            self.grid.setColumnWidth(c, width)
        self._tell(len(plain), counts)

    def _cell(self, field: Field, cell: str, said: str) -> tuple[str, str, str]:
        if question := asked(said) if field.kind.numeric else "":
            return f"？ {said}", "amb", question
        try:
            value = field.parse(said, self.session.year)
        except Unreadable as why:
            return f"✗ {cell}", "red", f"{why}；这一格先空着"
        shown = field.kind.show(value)
        if said == cell and field.literal(cell, value):
            return shown, "ink", shown
        return f"{cell} → {shown or '（空）'}", "amb", f"“{cell}”读作“{shown or '（空）'}”"

    def _tell(self, count: int, counts: dict[str, int]) -> None:
        names = [self.fields[b.currentIndex() - 1].label for b in self.boxes if b.currentIndex() > 0]
        twice = sorted({n for n in names if names.count(n) > 1})
        told = f"将在“{self.chosen_form.title}”里加{count}行"
        sums = sum(map(is_sum, self.rows))
        told += f"；{sums}行合计不加" if sums else ""
        told += f"；{counts['amb']}格换了写法（箭头后是读作的内容）" if counts["amb"] else ""
        told += f"；{counts['asked']}格拿不准单位（？，指着看为什么），先空着" if counts["asked"] else ""
        told += f"；{counts['red']}格读不懂（✗），先空着" if counts["red"] else ""
        if twice:
            told = f"有两栏都放到“{twice[0]}”，请改掉一栏"
        self.told.setText(told)
        self.take.setEnabled(bool(names) and not twice and bool(count))

    def write(self) -> str:
        """Add the rows as one edit and remember the mapping; the message for the foot."""
        form, names = self.chosen_form, {n: m.field.name for n, m in self.chosen.items()}
        fields = [m.field for _, m in sorted(self.chosen.items())]
        report = self.session.report(form)
        read = paste.read(report, fields, [], self.block)
        kept = remember(self.session.space, form, self.headings, names)
        if not self.session.edit(f"从别的表格加{len(self.block)}行", [*read.changes, *kept]):
            return ""
        left = f"，{len(read.refused)}格读不懂，先空着" if read.refused else ""
        return f"“{form.title}”加了{len(self.block)}行{left}；不对的按 Ctrl+Z"


def pasted_over(session: Session, form: Form, block: Block, look: Theme, parent: QWidget) -> None:
    """Open the dialog for a table with headings from the clipboard, to be added to `form`."""
    dialog = ColumnMapping(session, "剪贴板", [ForeignTable("", [list(r) for r in block])], look, parent, form)
    if dialog.exec() == QDialog.DialogCode.Accepted and (told := dialog.write()):
        session.message.emit(told, "saved")
    dialog.deleteLater()


def take_over(session: Session, path: Path, look: Theme, parent: QWidget | None = None) -> str | None:
    """Open the dialog for a foreign table: the message for the foot, '' if cancelled; None where the file is no such
    table. Raises Refused, or UserError if the file cannot be read.
    """
    from exports.readback.sandbox import Sandbox
    from ui.operations.file_judging import foreign_tables

    if session.space.role != Role.UNIT or path.suffix.lower() not in ENDINGS or not path.is_file():
        return None
    try:
        data = path.read_bytes()
    except OSError as why:
        raise UserError("file.copy-again", cause=cause(why), file=path.name) from None
    with Sandbox() as apart:
        found = waited("正在打开这个表格……", foreign_tables(path.name, data, apart), look, parent)
    if found is None:
        return ""
    tables = found[0]
    if tables is None:
        return None
    dialog = ColumnMapping(session, path.name, tables, look, parent)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    return dialog.write() if dialog.exec() == QDialog.DialogCode.Accepted else ""
