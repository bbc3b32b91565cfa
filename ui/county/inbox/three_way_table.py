"""Three-way comparison (三方对照) of a submission, cell by cell."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from exports.incoming.preview import BOTH, NEW, Side
from ui.widgets.theme import Theme


class ThreeWayTable(QTableWidget):
    """Columns 位置, 已收, 新来, 本办更正; the selected row can be returned or corrected."""

    def __init__(self, look: Theme) -> None:
        super().__init__(0, 4)
        self.look, self.sides = look, list[Side]()
        self.setAccessibleName("逐格对照：已收、新来、本办更正")
        self.setHorizontalHeaderLabels(["位置", "已收", "新来", "本办更正"])
        self.verticalHeader().hide()
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setColumnWidth(0, look.size(150))

    def show_sides(self, sides: Sequence[Side], against: str, coming: int) -> None:
        """Show the differing cells; `against` names the revision compared with, `coming` is the new revision."""
        self.sides = list(sides)
        self.setHorizontalHeaderLabels(["位置", against.replace("的", "　", 1), f"新来　第{coming}版", "本办更正"])
        self.setRowCount(len(self.sides))
        for n, side in enumerate(self.sides):
            self.setRowHeight(n, self.look.size(46))
            back = "　退回过" if side.asked_back else ""
            words = (f"{side.label}{back}\n{side.where}", side.last, side.incoming, side.ours or "未改")
            for column, word in enumerate(words):
                item = QTableWidgetItem(word)
                item.setToolTip(word)
                self._paint(item, side, column)
                self.setItem(n, column, item)
        if self.sides:
            self.selectRow(0)

    def _paint(self, item: QTableWidgetItem, side: Side, column: int) -> None:
        """Tint the value that will count; where both sides changed a cell, both are red."""
        if side.kind == BOTH and column in (2, 3):
            item.setBackground(self.look.colour("red_tint"))
            item.setForeground(self.look.colour("red"))
        elif column == (2 if side.kind == NEW else 3):
            item.setBackground(self.look.colour("acc_tint"))
        elif column:
            item.setForeground(self.look.colour("ink2"))
        if column == 0 and side.asked_back:
            item.setForeground(self.look.colour("amb"))

    @property
    def side(self) -> Side | None:
        """The selected row; None for none."""
        return self.sides[self.currentRow()] if 0 <= self.currentRow() < len(self.sides) else None
