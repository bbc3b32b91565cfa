"""Cursor movement in a grid, as in Excel."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel

from forms.field import Field
from ui.grid.block_view import BlockView
from ui.grid.delegate import DOWN, LEFT, RIGHT
from ui.operations.bulk_edit import MANY

NoUpdate = QItemSelectionModel.SelectionFlag.NoUpdate


class MovingView(BlockView):
    """The base of Grid that moves the cursor."""

    _tab_from: int | None = None  # the column where a run of Tabs began

    def step(self, way: int) -> None:
        """Enter and Tab as in Excel: Enter after a run of Tabs goes back to the column where the run began."""
        index = self.currentIndex()
        column = index.column()
        if way in (RIGHT, LEFT):
            self._tab_from = column if self._tab_from is None else self._tab_from
            column += 1 if way == RIGHT else -1
            row = index.row()
        else:
            column = self._tab_from if way == DOWN and self._tab_from is not None else column
            self._tab_from = None
            row = self.next_record(index.row(), 1 if way == DOWN else -1)
        column = min(max(column, 1), self.table.columnCount() - 1)
        self.stand_on(self.table.index(row, column))

    def jump(self, down: int, right: int, extend: bool) -> None:
        """Ctrl and an arrow: to the edge of the filled block, as in Excel."""
        index = self.currentIndex()
        row, column = index.row(), index.column()
        last, width = len(self.table.lines), self.table.columnCount()
        filled = 0 <= row + down < last and 0 <= column + right < width and self._says(row + down, column + right)
        while True:
            r, c = row + down, column + right
            if not (0 <= r < last and 1 <= c < width):
                break
            here = self._says(r, c) and self.table.lines[r].row is not None
            if filled and not here and self.table.lines[r].row is not None:
                break
            row, column = r, c
            if not filled and here:
                break
        self._go(row, column, extend)

    def _says(self, row: int, column: int) -> bool:
        return bool(self.table.text(row, column))

    def edge(self, end: bool, whole: bool, extend: bool) -> None:
        """Home and End: to the first or last column; with Ctrl (`whole`) to the first or last cell."""
        row = self.currentIndex().row()
        if whole:
            row = self.next_record(len(self.table.lines), -1) if end else self.next_record(-1, 1)
        self._go(row, self.table.columnCount() - 1 if end else 1, extend)

    def _go(self, row: int, column: int, extend: bool) -> None:
        index = self.table.index(row, column)
        if extend:
            anchor = self.selectionModel().currentIndex()
            self.selectionModel().setCurrentIndex(index, NoUpdate)
            self.select_block(anchor, index)
        else:
            self.stand_on(index)

    def seek(self, text: str) -> bool:
        """Go to the next cell that contains the text; False where there is none."""
        start, count = self.currentIndex(), len(self.table.lines)
        for step in range(count + 1 if count else 0):  # the first row again at the end, for cells before the cursor
            row = (start.row() + step) % count
            fields = self.table.fields[max(start.column(), 0) :] if step == 0 else self.table.fields
            if (found := self._holding(row, fields, text)) is not None:
                self.stand_on(self.table.index(row, self.table.column(found.name)))
                return True
        return False

    def among(self, text: str) -> str:
        """Which of the cells that contain the text the cursor is on, in words; '' in a form too long to
        count quickly.
        """
        if len(self.table.lines) > MANY:
            return ""
        here = self.currentIndex()
        cells = [
            (n, c)
            for n, line in enumerate(self.table.lines)
            for c, f in enumerate(self.table.fields, 1)
            if line.row is not None and line.row[f.name] is not None and text in f.kind.show(line.row[f.name])
        ]
        return f"“{text}”共{len(cells)}处，这是第{cells.index((here.row(), here.column())) + 1}处"

    def _holding(self, row: int, fields: Sequence[Field], text: str) -> Field | None:
        """The first of these fields that shows the text in a row."""
        line = self.table.lines[row].row
        shown = ((f, f.kind.show(line[f.name])) for f in fields if line[f.name] is not None) if line else ()
        return next((f for f, said in shown if text in said), None)
