"""Filters the lines of a form: a button per kind of line, with their number."""

from collections.abc import Callable, Set

from PySide6.QtWidgets import QButtonGroup, QPushButton

from ui.grid.grid import Grid
from ui.grid.record_table import RecordTable

# which lines to show → the ids of their records
FILTERS: dict[str, Callable[[RecordTable], Set[str]] | None] = {
    "全部": None,
    "没填": RecordTable.blank_lines,
    "退回": RecordTable.returned_lines,
    "有问题": RecordTable.odd_lines,
    "本期改过": RecordTable.dated_lines,
}


class LineFilter(dict[str, QPushButton]):
    """The buttons by kind of line; the one that is down filters the grid."""

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid
        group = QButtonGroup(grid)
        for name, wanted in FILTERS.items():
            chip = self[name] = QPushButton(name)
            chip.setCheckable(True)
            chip.setProperty("tone", "chip")
            chip.setToolTip("显示全部行" if wanted is None else f"只看{name}的行")
            chip.clicked.connect(lambda _on, wanted=wanted: self.grid.show_only(wanted))
            group.addButton(chip)
        self["全部"].setChecked(True)

    def count(self) -> None:
        """Show on each button how many lines it would show."""
        table = self.grid.table
        records = {x.row["id"] for x in table.lines if x.row is not None}
        for name, wanted in FILTERS.items():
            count = len(records if wanted is None else records & wanted(table))
            self[name].setText(f"{name} {count}")
            self[name].setVisible(wanted is None or bool(count) or self[name].isChecked())
