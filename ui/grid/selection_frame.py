"""The frame around the selected cells, and the handle at its corner that fills down by mouse."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QTableView

from ui.grid.block_view import BlockView
from ui.widgets import marks

HANDLE = 8
SCROLL = 24  # px scrolled per mouse move beyond the edge


def area(view: QTableView, top: int, bottom: int, left: int, right: int) -> QRect:
    """The rectangle of a block of cells in a view, without columns that the view does not show."""
    model = view.model()
    shown = [c for c in range(left, right + 1) if not view.isColumnHidden(c)]
    first = next((r for r in range(top, bottom + 1) if not view.isRowHidden(r)), None)
    last = next((r for r in range(bottom, top - 1, -1) if not view.isRowHidden(r)), None)
    if not shown or first is None or last is None:
        return QRect()
    return view.visualRect(model.index(first, shown[0])).united(view.visualRect(model.index(last, shown[-1])))


class SelectionFrame(QObject):
    """Belongs to one view over a grid's cells: paints the frame and lets the handle be dragged."""

    def __init__(self, view: QTableView, grid: BlockView) -> None:
        super().__init__(view)
        self.view, self.grid = view, grid
        self.to: int | None = None  # row to which the handle is dragged
        view.viewport().setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.selectionModel().selectionChanged.connect(lambda _new, _old: view.viewport().update())

    def _block(self) -> tuple[int, int, int, int] | None:
        ranges = self.view.selectionModel().selection()
        if ranges.count() == 1:
            r = ranges.first()
            return r.top(), r.bottom(), r.left(), r.right()
        index = self.view.selectionModel().currentIndex()
        return (index.row(), index.row(), index.column(), index.column()) if index.isValid() else None

    def handle(self) -> QRect:
        """The handle's rectangle; empty where the block ends in another view or has no editable cell."""
        block = self._block()
        if block is None or self.view.isColumnHidden(block[3]) or self.grid.is_typing() or not self.grid.may_fill():
            return QRect()
        box = area(self.view, *block)
        if box.isEmpty():
            return QRect()
        corner = QPoint(box.right() - HANDLE // 2, box.bottom() - HANDLE // 2)
        return QRect(corner.x() - 2, corner.y() - 2, HANDLE, HANDLE)

    def paint(self) -> None:
        """Paint frame and handle; called after the view has painted its cells."""
        if not self.grid.table.lines and self.grid.table.form.own:
            self._blank()
        block = self._block()
        if block is None or not self.grid.table.lines or self.grid.table.lines[block[0]].row is None:
            return
        painter = QPainter(self.view.viewport())
        look = self.grid.look
        colour = look.colour("acc" if self.grid.hasFocus() or self.grid.is_typing() else "edge")
        self._outline(painter, area(self.view, *block), QPen(colour, 2), block)
        if self.to is not None:
            reach = block[0], max(self.to, block[1]), block[2], block[3]
            self._outline(painter, area(self.view, *reach), QPen(colour, 2, Qt.PenStyle.DashLine), block)
        if not (handle := self.handle()).isEmpty():
            painter.setPen(look.colour("sheet"))
            painter.setBrush(colour)
            painter.drawRect(handle)
        painter.end()

    def _blank(self) -> None:
        """Paint the first line of an empty form, as on paper: a dotted line in every cell."""
        painter, height = QPainter(self.view.viewport()), self.grid.look.size(44)
        for n in range(1, self.grid.table.columnCount()):
            if not self.view.isColumnHidden(n):
                cell = QRectF(self.view.columnViewportPosition(n), 0, self.view.columnWidth(n), height)
                marks.dotted(painter, self.grid.look, cell)
        painter.setPen(self.grid.look.colour("grid"))
        painter.drawLine(0, height, self.view.viewport().width(), height)
        painter.end()

    def _outline(self, painter: QPainter, box: QRect, pen: QPen, block: tuple[int, int, int, int]) -> None:
        """Paint the frame; a side is open where the block continues in the other view."""
        if box.isEmpty():
            return
        painter.setPen(pen)
        box = box.adjusted(1, 1, -1, -1)
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if not self.view.isColumnHidden(block[2]):
            painter.drawLine(box.topLeft(), box.bottomLeft())
        if not self.view.isColumnHidden(block[3]):
            painter.drawLine(box.topRight(), box.bottomRight())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        place, kind = event.position().toPoint(), event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            if self.handle().adjusted(-3, -3, 3, 3).contains(place):
                self.to = -1
                return True
        elif kind == QEvent.Type.MouseMove:
            return self._drag(place)
        elif kind == QEvent.Type.MouseButtonRelease and self.to is not None:
            self._drop()
            return True
        return False

    def _drag(self, place: QPoint) -> bool:
        port = self.view.viewport()
        if self.to is None:
            over = self.handle().adjusted(-3, -3, 3, 3).contains(place)
            port.setCursor(Qt.CursorShape.CrossCursor if over else Qt.CursorShape.ArrowCursor)
            return False
        bar = self.grid.verticalScrollBar()
        beyond = (place.y() > port.height() - HANDLE) - (place.y() < HANDLE)
        bar.setValue(bar.value() + SCROLL * beyond)
        row = self.view.rowAt(min(max(place.y(), 0), port.height() - 1))
        self.to = row if row >= 0 else self.grid.model().rowCount() - 1
        port.update()
        return True

    def _drop(self) -> None:
        block, to, self.to = self._block(), self.to, None
        self.view.viewport().update()
        if block is not None and to is not None and to > block[1]:
            self.grid.act(lambda: self.grid.fill_to(to))
