"""汇总's left side: the period as a tree, grouped in one way or another."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout

from models.county.rollup import Node, Tree, counted_words
from ui.widgets.theme import Theme

PATH = Qt.ItemDataRole.UserRole


class RollupTree(QFrame):
    """`moved` is emitted when another node becomes the current one."""

    moved = Signal()

    def __init__(self, look: Theme, way: Tree) -> None:
        super().__init__()
        self.setObjectName("card")
        self.look, self.way = look, way
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (10, 8, 10, 8)))
        column.setSpacing(look.size(6))
        self.tree = QTreeWidget()
        self.tree.setObjectName("plain")
        self.tree.setAccessibleName("汇总的层次")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(look.size(12))
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.currentItemChanged.connect(lambda _new, _old: self.moved.emit())
        column.addWidget(self.tree, 1)

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
        item = QTreeWidgetItem([node.title, node.note or counted_words(self.way, node)])
        item.setData(0, PATH, list(node.path))
        item.setToolTip(0, node.title)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setFont(1, self.look.font(12))
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
        item: QTreeWidgetItem | None = self.tree.currentItem()
        return () if item is None else tuple(item.data(0, PATH))
