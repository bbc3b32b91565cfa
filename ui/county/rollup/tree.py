"""汇总's left side: the period as a tree, grouped in one of four ways."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.county.rollup import TREES, Node, Tree
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.theme import Theme

PATH = Qt.ItemDataRole.UserRole


class RollupTree(QFrame):
    """`turned` asks for another grouping; `moved` is emitted when another node becomes the current one."""

    turned = Signal(int)
    moved = Signal()

    def __init__(self, look: Theme, way: Tree) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look, self.way = look, way
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (10, 8, 10, 8)))
        column.setSpacing(look.size(6))
        column.addWidget(self._ways())
        self.tree = QTreeWidget()
        self.tree.setObjectName("plain")
        self.tree.setAccessibleName("汇总的层次")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(look.size(16))
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(lambda _new, _old: self.moved.emit())
        column.addWidget(self.tree, 1)

    def _ways(self) -> QWidget:
        holder, self.ways = QWidget(), QButtonGroup(self)
        row = FlowLayout(holder, (0, 0, 0, 0), 0)
        for n, way in enumerate(TREES):
            button = QPushButton(way.title)
            button.setProperty("tone", "flat")
            button.setStyleSheet(f"padding-left: {self.look.size(4)}px; padding-right: {self.look.size(4)}px;")
            button.setCheckable(True)
            button.setChecked(way is self.way)
            self.ways.addButton(button, n)
            row.addWidget(button)
        self.ways.idClicked.connect(self.turned)
        return holder

    def show_tree(self, way: Tree, top: Node, kept: tuple[str, ...]) -> None:
        """Show another tree and select the node at the path `kept`, or the root if there is no such node."""
        self.way = way
        self.tree.blockSignals(True)
        self.tree.clear()
        self._add(None, top, kept)
        self.tree.blockSignals(False)
        if self.tree.currentItem() is None:
            self.tree.setCurrentItem(self.tree.topLevelItem(0))

    def _add(self, parent: QTreeWidgetItem | None, node: Node, kept: tuple[str, ...]) -> None:
        item = QTreeWidgetItem([node.title, node.note or f"{len(node.entries)}行"])
        item.setData(0, PATH, list(node.path))
        item.setToolTip(0, node.title)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setForeground(1, self.look.colour("amb" if node.note else "ink2"))
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        for child in node.children:
            self._add(item, child, kept)
        item.setExpanded(len(node.path) < (1 if self.way.name != "unit" else 2))
        if node.path == kept:
            self.tree.setCurrentItem(item)

    @property
    def path(self) -> tuple[str, ...]:
        """The path of the current node. Not that of the selected one: with the mouse, Qt changes the selection only
        after it has said that another item is current.
        """
        item = self.tree.currentItem()
        return tuple(item.data(0, PATH)) if item else ()
