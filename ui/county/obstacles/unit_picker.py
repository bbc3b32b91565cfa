"""谁办: units ticked in a list that is narrowed by typing; Enter in the box ticks the first one shown."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from models.plan.entries import Unit
from ui.widgets.pinyin import fits

CODE = Qt.ItemDataRole.UserRole


class UnitPicker(QWidget):
    """`picked` gives the units in the plan's order."""

    changed = Signal()

    def __init__(self, units: Sequence[Unit], chosen: Collection[str]) -> None:
        super().__init__()
        self.units = units
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.search = QLineEdit()
        self.search.setPlaceholderText("单位名或拼音首字母，回车选上")
        self.search.setAccessibleName("找单位")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._narrow)
        self.search.returnPressed.connect(self._tick)
        self.list = QListWidget()
        self.list.setAccessibleName("谁办")
        for unit in units:
            item = QListWidgetItem(unit.short, self.list)
            item.setData(CODE, unit.code)
            item.setCheckState(Qt.CheckState.Checked if unit.code in chosen else Qt.CheckState.Unchecked)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.summary.setProperty("tone", "second")
        for part in (self.search, self.list, self.summary):
            column.addWidget(part)
        self._tell()
        first = next((n for n, u in enumerate(units) if u.code in chosen), 0)
        self.list.setCurrentRow(first)

    @property
    def picked(self) -> list[Unit]:
        """The units that are ticked."""
        items = [self.list.item(n) for n in range(self.list.count())]
        codes = {i.data(CODE) for i in items if i.checkState() == Qt.CheckState.Checked}
        return [u for u in self.units if u.code in codes]

    def _narrow(self, typed: str) -> None:
        for n, unit in enumerate(self.units):
            self.list.item(n).setHidden(not (fits(typed, unit.short) or fits(typed, unit.name)))

    def _tick(self) -> None:
        """Tick or untick the first unit shown, and empty the box."""
        shown = next((i for n in range(self.list.count()) if not (i := self.list.item(n)).isHidden()), None)
        if shown is not None and self.search.text().strip():
            on = shown.checkState() == Qt.CheckState.Checked
            shown.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
            self.search.clear()

    def _tell(self) -> None:
        names = "、".join(u.short for u in self.picked)
        self.summary.setText(f"选了{len(self.picked)}家：{names}" if names else "还没有选单位")
        self.changed.emit()
