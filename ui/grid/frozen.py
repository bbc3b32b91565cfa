"""The first columns of a grid, which do not scroll sideways: a second view over the same model and selection."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from ui.grid.delegate import CellDelegate
from ui.grid.header import GridHeader
from ui.grid.keyboard import KeyView
from ui.grid.selection_frame import SelectionFrame

COLUMNS = 2  # the running number and the first field


class Frozen(QTableView):
    """Lies over the left edge of its grid; clicks and keys act on the grid's selection."""

    def __init__(self, grid: KeyView) -> None:
        super().__init__(grid)
        self.grid = grid
        self.setModel(grid.model())
        self.setSelectionModel(grid.selectionModel())
        self.cells = CellDelegate(grid.look, self)
        self.setItemDelegate(self.cells)  # a delegate of its own: editors belong to the grid
        self.setFocusProxy(grid)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.setVerticalScrollMode(grid.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(GridHeader(self, grid))
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(grid.table, self))
        self.setAccessibleName("")
        self.frame = SelectionFrame(self, grid)
        grid.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(grid.verticalScrollBar().setValue)
        grid.horizontalHeader().sectionResized.connect(lambda n, _old, width: self._resized(n, width))

    def _resized(self, column: int, width: int) -> None:
        if column < COLUMNS:
            self.setColumnWidth(column, width)
            self.place()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the editor in the grid, which owns all editors."""
        super().mouseDoubleClickEvent(event)
        index = self.indexAt(event.position().toPoint())
        self.grid.open_cell(self.grid.table.index(index.row(), index.column()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.frame.paint()

    def lay_out(self) -> None:
        """Take over the grid's row heights and group titles, and show its first columns only."""
        self.verticalHeader().setDefaultSectionSize(self.grid.verticalHeader().defaultSectionSize())
        self.clearSpans()
        for n in range(self.model().columnCount()):
            self.setColumnHidden(n, n >= COLUMNS)
            if n < COLUMNS:
                self.setColumnWidth(n, self.grid.columnWidth(n))
        for n, line in enumerate(self.grid.table.lines):
            if line.row is None:
                self.setSpan(n, 0, 1, COLUMNS)
            if self.rowHeight(n) != self.grid.rowHeight(n):
                self.setRowHeight(n, self.grid.rowHeight(n))
        self.place()

    def place(self) -> None:
        """Move exactly over the grid's own first columns."""
        width = sum(self.grid.columnWidth(n) for n in range(COLUMNS))
        head = self.grid.horizontalHeader().height()
        self.horizontalHeader().setFixedHeight(head)
        self.setGeometry(self.grid.frameWidth(), self.grid.frameWidth(), width, self.grid.viewport().height() + head)
        self.grid.cells.tally = width
        self.raise_()

    def uncover(self, index: QModelIndex) -> None:
        """Scroll the grid so that the frozen columns do not cover a cell."""
        if not index.isValid() or index.column() < COLUMNS:
            return
        hidden = self.width() - self.grid.visualRect(index).left() - self.grid.frameWidth()
        if hidden > 0:
            bar = self.grid.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)
