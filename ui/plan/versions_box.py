"""历次版本: all versions of the plan that were in force, newest first."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from ui.widgets.heading import section
from ui.widgets.theme import Theme

COLUMNS = ("版本", "生效时间", "生效人", "改动", "方案")


class VersionsBox(QDialog):
    """A read-only table of versions."""

    def __init__(self, versions: Sequence[Mapping[str, str]], look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("历次版本")
        self.resize(look.size(760), look.size(360))
        column = QVBoxLayout(self)
        section(column, f"方案的历次版本（{len(versions)}版，最新的在上面）")
        self.table = table = QTableWidget(len(versions), len(COLUMNS))
        table.setAccessibleName("历次版本")
        table.setHorizontalHeaderLabels(COLUMNS)
        table.verticalHeader().hide()
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        for n, v in enumerate(versions):
            when = (v["at"] or "")[:16].replace("T", " ")
            for c, text in enumerate((v["version"], when, v["by"] or "", v["about"] or "", v["name"] or "")):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(n, c, item)
        table.resizeColumnsToContents()
        table.horizontalHeader().setSectionResizeMode(len(COLUMNS) - 1, QHeaderView.ResizeMode.Stretch)
        column.addWidget(table, 1)
        buttons = QDialogButtonBox()
        buttons.addButton("关上", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
