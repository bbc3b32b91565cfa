"""表格: the grid in which a form is filled in, with Excel's keys."""

from collections.abc import Callable, Set

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QInputMethodEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from ui.grid.delegate import MOST, CellDelegate
from ui.grid.frozen import COLUMNS, Frozen
from ui.grid.header import GridHeader
from ui.grid.keyboard import KeyView
from ui.grid.record_table import Index, RecordTable
from ui.grid.selection_frame import SelectionFrame
from ui.grid.source import GridSource
from ui.widgets import editors
from ui.widgets.theme import Theme

PX_PER_MM = 4.6
ROOM = 40  # px beside the widest text of a kind, for the sign for “unchanged”
ONE, TWO, WHOLE = "一行", "两行", "全文"
ROWS = {ONE: (34, 1), TWO: (44, 2), WHOLE: (44, MOST)}  # height in px, lines of text
GROUP = 29
FEW = 500  # rows measured at once
Trigger = QAbstractItemView.EditTrigger
ENSURE = QAbstractItemView.ScrollHint.EnsureVisible
NO_MOD = Qt.KeyboardModifier.NoModifier


class Grid(KeyView):
    """A view over a RecordTable. `asked` shows the paste preview and gives True to go on; tests replace it."""

    moved = Signal(QModelIndex)

    def __init__(self, session: GridSource, model: RecordTable, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.table, self.look = session, model, look
        self.rows, self._fitted = TWO, set[int]()  # rows as high as their texts
        self.setModel(model)
        model.hidden = self.isRowHidden
        self.cells = CellDelegate(look, self)
        self.cells.edit_ended.connect(self._after_edit)
        self.cells.filled.connect(self.fill_block)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(model.form.title)
        self.setShowGrid(False)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.setHorizontalHeader(GridHeader(self, self))
        self.horizontalHeader().setSelectionModel(
            QItemSelectionModel(model, self)
        )  # else Qt measures all lines needlessly
        self.horizontalHeader().setMinimumHeight(look.size(44))
        self.wanted: Callable[[RecordTable], Set[str]] | None = None
        self.verticalScrollBar().valueChanged.connect(lambda _v: self._fit_seen())
        self.frozen = Frozen(self)
        self.frame = SelectionFrame(self, self)
        self.horizontalScrollBar().valueChanged.connect(lambda _v: self.viewport().update())  # for frozen columns
        self._set_widths()
        self.lay_out()
        model.modelReset.connect(self._after_reset)
        model.modelAboutToBeReset.connect(self._before_reset)
        self._kept: tuple[str, str] = ("", "")
        self._row = 0

    ## shape

    def _set_widths(self) -> None:
        """Set the column widths declared by the form."""
        self.setColumnWidth(0, self.look.size(44))
        words = QFontMetrics(self.look.font(14))
        for n, field in enumerate(self.table.fields, 1):
            widest = field.kind.widest
            least = words.horizontalAdvance(widest) + ROOM if widest else 0
            self.setColumnWidth(n, max(self.look.size(round(field.width * PX_PER_MM)), self.look.size(64), least))

    def lay_out(self) -> None:
        """Let group titles span all columns, and set the row heights."""
        self.clearSpans()
        for n, line in enumerate(self.table.lines):
            if line.row is None:
                self.setSpan(n, 0, 1, self.table.columnCount())
        self.set_rows(self.rows)

    def set_rows(self, rows: str) -> None:
        """Rows of one line of text, of two, or as high as their texts."""
        self.rows = rows
        height, lines = ROWS[rows]
        self.cells.lines = self.frozen.cells.lines = lines
        self.verticalHeader().setDefaultSectionSize(self.look.size(height))
        for n, line in enumerate(self.table.lines):
            wanted = self.look.size(GROUP if line.row is None else height)
            if self.rowHeight(n) != wanted:  # most rows have this height already
                self.setRowHeight(n, wanted)
        self._fit()
        self.frozen.lay_out()

    def _fit(self) -> None:
        """Set rows to the height of their texts; in long forms only the visible ones, as measuring all
        takes seconds.
        """
        if self.rows == WHOLE and len(self.table.lines) <= FEW:
            self.resizeRowsToContents()
        elif self.rows == WHOLE:
            self._fitted.clear()
            self._fit_seen()

    def _fit_seen(self) -> None:
        if self.rows != WHOLE or len(self.table.lines) <= FEW:
            return
        n, known = max(self.rowAt(0), 0), len(self._fitted)
        while n < len(self.table.lines) and self.rowViewportPosition(n) < self.viewport().height():
            if n not in self._fitted and not self.isRowHidden(n):
                self._fit_row(n)
            n += 1
        if len(self._fitted) > known:
            self.updateGeometries()  # at once: it must be possible to scroll that much further

    def _fit_row(self, n: int) -> None:
        self._fitted.add(n)
        self.resizeRowToContents(n)
        self.frozen.setRowHeight(n, self.rowHeight(n))

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE) -> None:
        """Scroll a cell into view, and again where rows measured meanwhile pushed it out."""
        for _ in range(4):
            super().scrollTo(index, hint)
            self._fit_seen()
            if self.visualRect(index).bottom() <= self.viewport().height():
                return

    def fit_anew(self) -> None:
        """Measure the rows again after an edit, where rows are as high as their texts."""
        if len(self.table.lines) <= FEW:
            self.set_rows(self.rows)
        else:
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.frame.paint()

    def height_when_empty(self) -> int:
        """The height in px of the headings and one line."""
        return self.horizontalHeader().minimumHeight() + self.look.size(ROWS[TWO][0]) + 16

    def sums(self) -> str:
        """Count and sum of the selected cells, in words; '' for one cell."""
        rows = list(self.selected_cells())
        count = sum(len(columns) for _, columns in rows)
        if count < 2:
            return ""
        numeric = {c for c, f in enumerate(self.table.fields, 1) if f.kind.numeric}
        values = (self.table.value_at(n, c) for n, columns in rows for c in numeric.intersection(columns))
        figures = [v for v in values if v is not None]
        told = f"选中{count}格"
        if len(figures) > 1:
            told += f"　平均 {sum(figures) / len(figures):,.2f}　求和 {sum(figures):,f}"
        return told

    def _before_reset(self) -> None:
        index = self.currentIndex()
        line = self.table.lines[index.row()] if index.isValid() else None
        field = self.table.field(index.column()) if index.isValid() else None
        self._kept = (line.row["id"] if line and line.row else "", field.name if field else "")
        self._row = index.row()

    def _after_reset(self) -> None:
        self.lay_out()
        index = self.table.place(*self._kept)
        if not index.isValid() and self._row > 0:  # the line was deleted: the one now in its place
            at = self.next_record(min(self._row + 1, len(self.table.lines)), -1)
            index = self.table.index(at, self.table.column(self._kept[1]))
        self.stand_on(index if index.isValid() else self.first_cell())
        self.show_only(self.wanted)

    def stand_on(self, index: QModelIndex) -> None:
        """Put the cursor on one cell, whatever modifier keys are held down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        across = self.horizontalScrollBar().value()
        self.scrollTo(index)
        if index.column() < COLUMNS:  # frozen columns are always visible: no sideways scrolling
            self.horizontalScrollBar().setValue(across)
        self.frozen.uncover(index)

    def first_cell(self) -> QModelIndex:
        """The first editable cell; invalid where there is none."""
        for n, line in enumerate(self.table.lines):
            if line.row is not None:
                column = next((c for c, f in enumerate(self.table.fields, 1) if f.editable), 1)
                return self.table.index(n, column)
        return QModelIndex()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(self.table.index(current.row(), current.column()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.place()

    def moveCursor(self, action: QAbstractItemView.CursorAction, mods: Qt.KeyboardModifier) -> QModelIndex:
        """Move the cursor as Qt does, and scroll so that the frozen columns do not cover the cell."""
        index = super().moveCursor(action, mods)
        self.frozen.uncover(index)
        return index

    def show_only(self, wanted: Callable[[RecordTable], Set[str]] | None) -> None:
        """Show only the lines whose records `wanted` gives; None shows all."""
        self.wanted = wanted
        records = wanted(self.table) if wanted else set()
        for n, line in enumerate(self.table.lines):
            hidden = wanted is not None and (line.row is None or line.row["id"] not in records)
            if self.isRowHidden(n) != hidden:
                self.setRowHidden(n, hidden)
            if self.frozen.isRowHidden(n) != hidden:
                self.frozen.setRowHidden(n, hidden)

    def finish_typing(self) -> bool:
        """Save the text of an open editor; False where it cannot be read, and then the editor stays open."""
        editor = self.cells.editing
        if not self.is_typing() or editor is None or self.cells.finish(editor):
            return True
        editor.setFocus()
        return False

    ## keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not self.table.lines and self.table.form.own and plain and event.text().strip():
            self.insert_line()  # typing into the first line of an empty form adds the line
        if self.is_typing() or (not self.command(event) and not self.travel(event)):
            self._tell_locked(event)
            self._tab_from = None
            super().keyPressEvent(event)

    def edit(self, index: Index, trigger: Trigger = Trigger.AllEditTriggers, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """Open an editor: F2 and a double click continue the cell's text, typing replaces it."""
        self.cells.replaces = trigger not in (Trigger.EditKeyPressed, Trigger.DoubleClicked)
        return bool(super().edit(index, trigger, event))  # type: ignore[arg-type]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Open the editor for text from an input method. Qt passes on text being composed; a word that comes complete,
        as from handwriting or a symbol table, is passed on here.
        """
        index = self.currentIndex()
        whole = bool(event.commitString()) and not self.is_typing()
        if not whole or not self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            super().inputMethodEvent(event)
            return
        self.edit(index)
        if self.cells.editing is not None:
            QApplication.sendEvent(editors.inner(self.cells.editing), event)

    def _tell_locked(self, event: QKeyEvent) -> None:
        """Show why a locked cell cannot be typed into."""
        typing = bool(event.text().strip()) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if typing or event.key() == Qt.Key.Key_F2:
            self._tell_why(self.currentIndex())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show why a locked cell does not open."""
        super().mouseDoubleClickEvent(event)
        self._tell_why(self.indexAt(event.position().toPoint()))

    def open_cell(self, index: QModelIndex) -> None:
        """Edit a cell, or show why it is locked."""
        self._tell_why(index)
        if self.table.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index, Trigger.EditKeyPressed)

    def _tell_why(self, index: QModelIndex) -> None:
        if why := self.table.why_locked(index):
            self.session.tell(why, "amber")

    def _after_edit(self, way: int) -> None:
        if self.rows == WHOLE:
            self._fit_row(self.currentIndex().row())
        self.step(way)
        self.setFocus()
