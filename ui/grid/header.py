"""The column headings of a grid: a padlock on columns that the county fills, a bar over the selected block, the sort
arrow.
"""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from ui.grid.block_view import BlockView
from ui.widgets import marks


class GridHeader(QHeaderView):
    """The headings of a grid or of its frozen columns."""

    def __init__(self, view: QTableView, grid: BlockView) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.grid = grid
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        painter.save()
        super().paintSection(painter, rect, index)
        painter.restore()
        look, field = self.grid.look, self.grid.table.field(index)
        chosen = self.grid.selectionModel().selection()
        if index > 0 and any(chosen.at(n).left() <= index <= chosen.at(n).right() for n in range(chosen.count())):
            painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width() - 1, 3), look.colour("acc"))
        if self.grid.table.sorted is not None and self.grid.table.sorted[0] == index:
            down = self.grid.table.sorted[1] == Qt.SortOrder.DescendingOrder
            self._arrow(painter, rect, down)
        if field is not None and field.locked:
            marks.lock(painter, look, rect.right() - look.size(9), rect.top() + look.size(10), look.size(11))

    def _arrow(self, painter: QPainter, rect: QRect, down: bool) -> None:
        """Paint the sort arrow: up for ascending, down for descending."""
        size = self.grid.look.size
        x, y, way = rect.left() + size(10), rect.top() + size(10), 1 if down else -1
        points = [
            QPointF(x - size(4), y - way * size(2)),
            QPointF(x + size(4), y - way * size(2)),
            QPointF(x, y + way * size(2)),
        ]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.grid.look.colour("acc"))
        painter.drawPolygon(points)
        painter.restore()
