"""What a grid does to blocks of cells and to lines; every action is one step of undo."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from forms.checks import repeated_text
from forms.field import Field
from forms.heading_match import headed, trimmed
from forms.kind import Unreadable, Value
from ui.grid import clipboard, paste
from ui.grid.paste import Block, Pasted, beyond
from ui.grid.paste_preview import PastePreview
from ui.grid.record_table import RecordTable
from ui.grid.source import GridSource
from ui.operations.failure import catching
from ui.widgets.confirm import chosen
from ui.widgets.theme import Theme

MORE, THESE, NOTHING = range(3)  # for a block longer than the plan: add lines, cut it, cancel


class BlockView(QTableView):
    """The base of Grid that edits blocks and lines; Grid adds layout and keys."""

    session: GridSource
    table: RecordTable
    look: Theme
    take_over: Callable[[Block], object] | None = None  # for tables with headings, where own lines are added

    def stand_on(self, index: QModelIndex) -> None:
        """Put the cursor on one cell."""
        self.setCurrentIndex(index)

    def is_typing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QTableView.State.EditingState

    def next_record(self, row: int, way: int) -> int:
        """The nearest record above (-1) or below (1) a row; the row itself at the edge."""
        n = row + way
        while 0 <= n < len(self.table.lines):
            if self.table.lines[n].row is not None:
                return n
            n += way
        return row

    def act(self, action: Callable[[], object]) -> None:
        """Do something to cells or lines; a UserError is shown in the status line, and then nothing was written."""
        with catching(lambda why: self.session.tell(why, "amber")):
            action()

    ## blocks

    def selected_cells(self) -> Iterator[tuple[int, list[int]]]:
        """The selected cells of records that are shown: per row its number and its columns, without column 0."""
        chosen, index = self.selectionModel().selection(), self.currentIndex()
        ranges = [chosen.at(n) for n in range(chosen.count())]
        spans = [(r.top(), r.bottom(), r.left(), r.right()) for r in ranges if r.isValid()]
        spans = spans or [(index.row(), index.row(), index.column(), index.column())] * index.isValid()
        edges = sorted({top for top, _, _, _ in spans} | {bottom + 1 for _, bottom, _, _ in spans})
        for first, last in pairwise(edges):  # rows between two edges have the same columns
            found = {c for top, bottom, a, b in spans if top <= first <= bottom for c in range(max(a, 1), b + 1)}
            columns = sorted(c for c in found if not self.isColumnHidden(c))
            for n in range(first, last if columns else first):
                if n < len(self.table.lines) and self.table.lines[n].row is not None and not self.isRowHidden(n):
                    yield n, columns

    def block(self) -> list[list[QModelIndex]]:
        """The selected cells as indexes, row by row."""
        return [[self.table.index(n, c) for c in columns] for n, columns in self.selected_cells()]

    def copy(self) -> None:
        """Copy the block to the clipboard, as Excel writes it."""
        texts = [[self.table.text(n, c) for c in columns] for n, columns in self.selected_cells()]
        QGuiApplication.clipboard().setText(clipboard.to_text(texts))
        self.session.tell(f"已复制{sum(map(len, texts))}格", "saved")

    def clear_cells(self) -> None:
        """Empty the editable cells of the block."""
        self._write_block("清除", lambda _field: None)

    def fill_down(self) -> None:
        """Copy the first line of the block into the lines below it."""
        rows = self.block()
        first = {i.column(): self.table.value(i) for i in rows[0]} if rows else {}
        if len(rows) == 1:  # nothing selected below: take from the line above, as Excel does
            above = self.next_record(rows[0][0].row(), -1)
            first = {c: self.table.value(self.table.index(above, c)) for c in first}
        self._write_block("向下填充", lambda column: first.get(column))

    def may_fill(self) -> bool:
        """Whether the block holds an editable cell, so that it can be filled."""
        return any(
            not self.table.why_locked(self.table.index(n, c)) for n, columns in self.selected_cells() for c in columns
        )

    def fill_to(self, bottom: int) -> None:
        """Repeat the block in the lines below it, down to row `bottom`."""
        rows = self.block()
        if not rows:
            return
        first = rows[-1][0].row() + 1
        below = [n for n in range(first, bottom + 1) if self.table.lines[n].row is not None and not self.isRowHidden(n)]
        changes = []
        for n, row in enumerate(below):
            record, source = self.table.lines[row].row, rows[n % len(rows)]
            cells = [(self.table.field(i.column()), i) for i in source]
            values = {f.name: self.table.value(i) for f, i in cells if f is not None and f.editable}
            if record is not None and values:
                changes += self.table.report.set(record["id"], values)
        top, left, right = rows[0][0].row(), rows[0][0].column(), rows[0][-1].column()

        def chosen(kept: bool) -> None:
            if kept and below:
                self.select_block(self.table.index(top, left), self.table.index(below[-1], right))

        self.session.carry_out(f"向下填充{len(below)}行", changes, chosen)

    def select_block(self, a: QModelIndex, b: QModelIndex) -> None:
        """Select the cells between two corners; the cursor does not move."""
        top, bottom = sorted((a.row(), b.row()))
        left, right = sorted((a.column(), b.column()))
        block = QItemSelection(self.table.index(top, left), self.table.index(bottom, right))
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _write_block(self, label: str, value: Callable[[int], Value]) -> None:
        changes = []
        for row in self.block():
            record = self.table.lines[row[0].row()].row
            fields = [(i.column(), self.table.field(i.column())) for i in row]
            values = {f.name: value(c) for c, f in fields if f is not None and f.editable}
            if record is not None and values:
                changes += self.table.report.set(record["id"], values)
        self.session.carry_out(label, changes)

    def paste(self) -> None:
        """Paste the clipboard's block at the current cell; changed or refused cells are shown first."""
        if why := self.session.long.why:  # before any question is asked
            self.session.tell(why, "amber")
            return
        block = clipboard.cells(QGuiApplication.clipboard().mimeData())
        if block and len(block) == 1 and len(block[0]) == 1 and sum(map(len, self.block())) > 1:
            self.put_text(block[0][0])  # one value into a whole block
        elif block and self.take_over and headed(block, self.table.form) is not None:
            self.take_over(block)
        elif block:
            self._put_lines(block, self.currentIndex())

    def _put_lines(self, block: Block, at: QModelIndex) -> None:
        """Paste a block without its headings and sums."""
        kept, left = trimmed(block, self.table.form, self._fields(at))
        if kept:
            self._put(kept, at, "粘贴", left=f"{'和'.join(left)}没有贴" if left else "")

    def _fields(self, at: QModelIndex) -> Sequence[Field]:
        return self.table.fields[max(at.column(), 1) - 1 :]

    def put_text(self, text: str) -> None:
        """Put one text into every editable cell of the block."""
        rows = [[i for i in row if not self.table.why_locked(i)] for row in self.block()]
        rows = [row for row in rows if row]
        if not rows:
            self.session.tell(self.table.why_locked(self.currentIndex()), "amber")
            return
        left = min(row[0].column() for row in rows)
        width = max(row[-1].column() for row in rows) - left + 1
        self._put([[text] * width] * len(rows), rows[0][0].siblingAtColumn(left), "填充", rows)

    def _put(
        self,
        block: Block,
        at: QModelIndex,
        label: str,
        rows: Sequence[list[QModelIndex]] = (),
        left: str = "",
    ) -> None:
        """Read a block of texts onto the lines from a cell down, or onto `rows`; cells that are not kept as typed are
        shown first. `left` says what was not pasted.
        """
        empty = not self.table.lines and self.table.form.own  # an empty form takes a block from its first column on
        if not (at.isValid() or empty):
            return
        fields = self._fields(at)
        below = [r[0].row() for r in rows] or range(max(at.row(), 0), len(self.table.lines))
        lines = [self.table.lines[n].row for n in below if not self.isRowHidden(n)]
        records = [row["id"] for row in lines if row is not None]
        row = self.table.row_above(below[0]) if records else None
        above = [f.kind.show(row.get(f.name)) for f in fields] if row is not None else []
        if self.table.form.seed and (more := beyond(block, fields, len(records))):
            way = self.more_lines(len(records), more)
            if way == NOTHING:
                return
            block = block[: len(records)] if way == THESE else block
        report, read = self.session.report(self.table.form), Pasted.of(block)
        reading = paste.reading(read, report, fields, records, block, above)
        self.session.long.run(f"正在读要{label}的", len(block), reading, lambda: self._read(read, label, left))

    def more_lines(self, there: int, more: int) -> int:
        """Ask what to do where a block has `more` lines than the plan; gives the number of the answer."""
        title = self.table.form.title
        text = f"多出{more}行，要新增吗？\n{title}的行来自方案，从这里往下只有{there}行；新增的是本单位自己加的行。"
        return chosen(self, "粘贴", text, (f"新增{more}行", f"只贴前{there}行", "不贴"))

    def _read(self, read: Pasted, label: str, left: str) -> None:
        """Write a block that was read, after the user's consent where there are notes."""
        if not read.notes or self.asked(read, label):
            refused = f"{len(read.refused)}格没有放进去" if read.refused else ""
            told = "，".join(filter(None, [f"{label}了{read.cells}格", refused, left])) if refused or left else ""
            self.session.carry_out(
                f"{label}{read.cells}格",
                read.changes,
                lambda kept: self.session.tell(told, "amber") if kept and told else None,
            )

    def fill_right(self) -> None:
        """Copy the block's first column into its others (Ctrl+R); each reads the text by its own kind."""
        changes = []
        for row in self.block():
            record, source = self.table.lines[row[0].row()].row, row[0]
            if len(row) == 1 and source.column() > 1:  # nothing selected: take from the left, as Excel does
                source = source.siblingAtColumn(source.column() - 1)
            fields = [f for f in map(self.table.field, [i.column() for i in row]) if f is not None and f.editable]
            try:
                values = {f.name: f.parse(str(source.data() or ""), self.session.year) for f in fields}
            except Unreadable as why:
                self.session.tell(f"不能向右填充：{why}", "red")
                return
            if record is not None and values:
                changes += self.table.report.set(record["id"], values)
        self.session.carry_out("向右填充", changes)

    def same_as_last(self) -> None:
        """Put last period's values into the editable cells of the block (Ctrl+L)."""
        changes, found, new = [], False, set[str]()
        for row in self.block():
            record = self.table.lines[row[0].row()].row
            before = self.session.ctx.before(self.table.form, record) if record is not None else None
            fields = [
                f for i in row if not self.table.why_locked(i) and (f := self.table.field(i.column())) is not None
            ]
            values = {f.name: before[f.name] for f in fields if before and before.get(f.name) is not None}
            again = (
                repeated_text(self.table.form, {**record, **values}, self.session.ctx) if record and values else set()
            )
            again &= values.keys()
            found, new = found or bool(values), new | {self.table.form.field(n).label for n in again}
            if record is not None:
                changes += self.table.report.set(record["id"], {n: v for n, v in values.items() if n not in again})
        told = f"“{'”“'.join(sorted(new))}”要写本期的新情况，没有沿用" if new else ""
        told = told if found else "这里上期没有可以沿用的内容"
        self.session.carry_out(
            "沿用上期", changes, lambda kept: self.session.tell(told, "amber") if kept and told else None
        )

    def asked(self, read: Pasted, label: str) -> bool:
        """Show what a paste would rewrite or refuse; True to go on."""
        preview = PastePreview(read, label, self.look, self)
        go = preview.exec() == PastePreview.DialogCode.Accepted
        preview.deleteLater()
        return go

    ## lines

    def insert_line(self) -> None:
        """Add a line of the unit's own below the current one, in the same group."""
        index, form = self.currentIndex(), self.table.form
        line = self.table.lines[index.row()] if index.isValid() and self.table.lines else None
        row = line.row if line else None
        with catching(lambda why: self.session.tell(why, "amber")):
            values = {}
            if form.group and row is not None and form.field(form.group).stored:
                values[form.group] = row.get(form.group)
            for f in form.fields:  # an own measure belongs to the same task of the plan
                if row is not None and f.locked and f.stored:
                    values[f.name] = row.get(f.name)
            changes = self.table.report.add(values, after=row["id"] if row else "")
            if self.session.edit("插入一行", changes):
                self.stand_on(self.table.place(changes[-1].id, self.table.fields[0].name))

    def remove_lines(self) -> None:
        """Delete the selected lines of the unit's own; undo restores them."""
        records = [self.table.lines[r[0].row()].row for r in self.block()]
        with catching(lambda why: self.session.tell(why, "amber")):
            changes = self.table.report.remove([r["id"] for r in records if r is not None])
            self.session.carry_out(f"删除{len(changes)}行", changes)

    def cut(self) -> None:
        """Copy the block, then empty it."""
        self.copy()
        self.clear_cells()

    def move_line(self, way: int) -> None:
        """Move the current line one place up (-1) or down (1) within its group."""
        if self.table.order:
            self.session.tell("现在是排序后的样子，不能移动行；请先回到原来的顺序", "amber")
            return
        index = self.currentIndex()
        row = self.table.lines[index.row()].row if index.isValid() else None
        field = self.table.field(index.column())
        if row is not None and self.session.edit("移动行", self.table.report.move(row["id"], way)):
            self.stand_on(self.table.place(row["id"], field.name if field else ""))
