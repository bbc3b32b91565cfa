"""The heads of a painted list's columns, painted at the places that its rows use."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.county.obstacles.row_list import RowList
from ui.widgets.theme import Theme

RIGHT_ALIGNED = ("件数", "还有", "最久")


class ColumnHeads(QWidget):
    """`heads`: word and place of each column in px at 100 %, from the right edge where it is below 0."""

    def __init__(self, look: Theme, heads: Sequence[tuple[str, int]], rows: RowList) -> None:
        super().__init__()
        self.look, self.heads, self.rows = look, heads, rows
        rows.verticalScrollBar().rangeChanged.connect(lambda *_range: self.update())
        self.setFixedHeight(look.size(26))
        self.setAccessibleName("、".join(word for word, _ in heads))

    def sizeHint(self) -> QSize:
        return QSize(200, self.look.size(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.look.font(12, bold=True))
        painter.setPen(self.look.colour("ink2"))
        for word, place in self.heads:
            edge = self.rows.viewport().geometry()
            x = self.look.size(place) + (edge.left() if place >= 0 else edge.right())
            wide = self.look.size(120)
            if word in RIGHT_ALIGNED:
                box = QRect(x - wide, 0, wide, self.height())
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, word)
            else:
                painter.drawText(QRect(x, 0, wide, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
        painter.end()
