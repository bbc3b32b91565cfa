"""The paste preview: cells that would not be kept as typed, with the text pasted and the value read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui.grid.paste import FIXED, NO_ROOM, UNSURE, Pasted, PasteNote, short
from ui.widgets.theme import Theme

MOST = 200  # rows of the list; beyond it the refused cells come first
MOST_HIGH = 460
HEADS = ("位置", "原来写的", "将存成", "")


class PastePreview(QDialog):
    """Counts and list of the cells, and two buttons: Enter pastes, Esc changes nothing."""

    def __init__(self, read: Pasted, label: str, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 14)
        column.setSpacing(12)
        self.head = QLabel(f"要{label}{read.rows}行 × {read.columns}列：{counts(read)}")
        self.head.setProperty("tone", "section")
        self.head.setWordWrap(True)
        column.addWidget(self.head)
        self.list = self._list(read.notes)
        column.addWidget(self.list, 1)
        if len(read.notes) > MOST:
            column.addWidget(self._second(f"只列出{MOST}格，放不进去的在前；还有{len(read.notes) - MOST}格没有列出。"))
        column.addLayout(self._buttons(read, label))
        self.setAccessibleName(self.head.text())
        (self.take if read.cells else self.leave).setFocus()
        self._fit()

    def _list(self, told: list[PasteNote]) -> QTableWidget:
        """The list, a row per cell; a long one is cut, refused cells first."""
        shown = told if len(told) <= MOST else sorted(told, key=lambda t: not t.why)[:MOST]
        table = QTableWidget(len(shown), len(HEADS))
        table.setAccessibleName("换了写法和放不进去的格")
        table.setHorizontalHeaderLabels(HEADS)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.horizontalHeader().setHighlightSections(False)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for n, one in enumerate(shown):
            self._show(table, n, one)
        return table

    def _show(self, table: QTableWidget, n: int, told: PasteNote) -> None:
        kept = f"不填，留原值 {short(told.as_read)}" if told.as_read else "不填，空着"
        as_read = f"{kept}\n{told.why}" if told.why else f"→ {short(told.as_read)}"
        if told.sort in (FIXED, NO_ROOM):
            as_read = told.why
        for column, text in enumerate((told.place, short(told.pasted), as_read, told.sort)):
            item = QTableWidgetItem(text)
            item.setToolTip((told.place, told.pasted, told.why or told.as_read, told.sort)[column])
            if told.tone:
                item.setBackground(self.look.colour(f"{told.tone}_tint"))
            if told.tone and column > 1:
                item.setForeground(self.look.colour(told.tone))
            elif column in (0, 3):
                item.setForeground(self.look.colour("ink2"))
            table.setItem(n, column, item)

    def _buttons(self, read: Pasted, label: str) -> QHBoxLayout:
        row = QHBoxLayout()
        self.take = QPushButton(f"{label} {read.cells} 格")
        self.take.setProperty("tone", "main")
        self.take.setDefault(True)
        self.take.clicked.connect(self.accept)
        self.take.setVisible(bool(read.cells))
        self.leave = QPushButton(f"不{label}" if read.cells else "知道了")
        self.leave.setAutoDefault(not read.cells)
        self.leave.clicked.connect(self.reject)
        row.addWidget(self.take)
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(
            self._second(f"Enter {label}　Esc 不{label}　一次撤销（Ctrl+Z）全部退回" if read.cells else "Esc 关闭")
        )
        return row

    def _second(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setProperty("tone", "second")
        return label

    def _fit(self) -> None:
        """Set the columns as wide as their texts."""
        head = self.list.horizontalHeader()
        for column, width in enumerate((170, 150, 0, 60)):
            self.list.setColumnWidth(column, self.look.size(width))
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.list.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.resize(self.look.size(760), self.look.size(MOST_HIGH))

    def showEvent(self, event: QShowEvent) -> None:
        """Set the height to the rows, whose widths are known only now, within the screen."""
        super().showEvent(event)
        self.list.resizeRowsToContents()
        rows = self.list.verticalHeader().length() + self.list.horizontalHeader().height() + 4
        self.resize(self.width(), min(self.height() - self.list.height() + rows, self.look.size(MOST_HIGH)))


def counts(read: Pasted) -> str:
    """A sentence: how many cells are kept in other words, and how many are refused."""
    unsure = sum(t.sort == UNSURE for t in read.notes)
    refused = sum(bool(t.why) for t in read.notes) - unsure
    plainly = len(read.notes) - unsure - refused
    parts = ((plainly, "格换了写法"), (unsure, "格拿不准"), (refused, "格放不进去"))
    return "，".join(f"{n}{words}" for n, words in parts if n)
