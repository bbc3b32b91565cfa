"""分从哪里来: the items of one unit, each with its bar, its change and the sentence it was counted from; the lines below
open with the right arrow key or a click.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

from models.county.score_inputs import Why
from models.county.scoring import ItemScore
from ui.county.scores.rank_marks import share_bar
from ui.widgets.theme import Theme

WHY, ITEM = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class ShownItem:
    """One item as it is shown: `points` of `full`, by how much they rose (None: not known), the sentence, the lines
    below, and whether it stands out.
    """

    name: str
    full: Decimal
    points: Decimal | None
    change: Decimal | None
    sentence: str
    whys: Sequence[Why]
    low: bool = False
    item: ItemScore | None = None

    @property
    def points_words(self) -> str:
        """14.5／15."""
        return ("未计" if self.points is None else f"{self.points:.1f}") + f"／{self.full.normalize():f}"

    @property
    def change_words(self) -> str:
        """−0.5, +0.6, 0; "" where it is not known."""
        if self.change is None:
            return ""
        return "0" if not round(self.change, 1) else f"{'+' if self.change > 0 else '−'}{abs(self.change):.1f}"


class ScoreItemPainter(QStyledItemDelegate):
    """Paints an item in two lines: name, bar, change and points; below them the sentence."""

    def __init__(self, look: Theme, parent: QTreeWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if index.data(ITEM) is None:
            size = super().sizeHint(option, index)
            return QSize(size.width(), max(size.height(), self.look.size(22)))
        return QSize(self.look.size(200), self.look.size(48))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown: ShownItem | None = index.data(ITEM)
        if shown is None:
            super().paint(painter, option, index)
            return
        blank = QStyleOptionViewItem(option)
        self.initStyleOption(blank, index)
        blank.text = ""  # type: ignore[attr-defined]
        tree = self.parent()
        assert isinstance(tree, QTreeWidget)
        tree.style().drawControl(tree.style().ControlElement.CE_ItemViewItem, blank, painter, tree)
        self._item(painter, QRectF(option.rect), shown)  # type: ignore[attr-defined]

    def _item(self, painter: QPainter, box: QRectF, shown: ShownItem) -> None:
        look, size, tone = self.look, self.look.size, "amb" if shown.low else "ink"
        painter.save()
        top = QRectF(box.left(), box.top() + size(4), box.width() - size(4), size(20))
        painter.setFont(look.font(14, bold=True))
        painter.setPen(look.colour("ink"))
        room = top.width() - size(66)
        painter.drawText(QRectF(top.left(), top.top(), size(90), top.height()), LEFT, shown.name)
        painter.setPen(look.colour(tone))
        painter.drawText(top, RIGHT, shown.points_words)
        painter.setFont(look.font(12))
        painter.setPen(look.colour("amb" if (shown.change or 0) < 0 else "ink2"))
        painter.drawText(QRectF(top.left(), top.top(), room - size(8), top.height()), RIGHT, shown.change_words)
        start, end = top.left() + size(92), top.left() + room - size(48)
        if end - start > size(20):
            share = float(shown.points or 0) / float(shown.full) if shown.full else 0.0
            bar = QRectF(start, top.center().y() - size(2), end - start, size(5))
            share_bar(painter, look, bar, share, "amb_mark" if shown.low else "acc")
        painter.setPen(look.colour("ink2"))
        below = QRectF(box.left(), box.top() + size(25), box.width() - size(4), size(18))
        text = painter.fontMetrics().elidedText(shown.sentence, Qt.TextElideMode.ElideRight, int(below.width()))
        painter.drawText(below, LEFT, text)
        painter.restore()


class ScoreItems(QTreeWidget):
    """`opened` carries the line of explanation that was activated; `item_changed` says that another item is chosen."""

    opened = Signal(object)
    item_changed = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("plain")
        self.setAccessibleName("每一分的来由")
        self.setHeaderHidden(True)
        self.setColumnCount(1)
        self.setWordWrap(True)
        self.setIndentation(look.size(14))
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(ScoreItemPainter(look, self))
        self.itemActivated.connect(lambda item, _n: self.opened.emit(item.data(0, WHY)))
        self.currentItemChanged.connect(lambda _new, _old: self.item_changed.emit())

    def show_items(self, items: Sequence[ShownItem]) -> None:
        """Show other items; the cursor stays on the item of the same place, and open ones stay open."""
        at, unfolded = (
            max(self.at, 0),
            {n for n in range(self.topLevelItemCount()) if self.topLevelItem(n).isExpanded()},
        )
        self.blockSignals(True)
        self.clear()
        for n, shown in enumerate(items):
            self.addTopLevelItem(self._made(shown))
            self.topLevelItem(n).setExpanded(n in unfolded)
        if items:
            self.setCurrentItem(self.topLevelItem(min(at, len(items) - 1)))
        self.blockSignals(False)
        self.item_changed.emit()

    def _made(self, shown: ShownItem) -> QTreeWidgetItem:
        top = QTreeWidgetItem([f"{shown.name}，{shown.points_words}分，{shown.sentence}"])
        top.setData(0, ITEM, shown)
        top.setToolTip(0, "\n".join([shown.sentence, *(w.text for w in shown.whys)]))
        for why in shown.whys:
            child = QTreeWidgetItem([why.text])
            child.setToolTip(0, why.text + ("　回车到那一行" if why.form else ""))
            child.setData(0, WHY, why)
            child.setForeground(0, self.look.colour("ink2"))
            top.addChild(child)
        return top

    @property
    def at(self) -> int:
        """The index of the item with the cursor; -1 for none."""
        index = self.currentIndex()
        above = index.parent()
        return above.row() if above.isValid() else index.row()

    @property
    def shown(self) -> ShownItem | None:
        """The item with the cursor; None for none."""
        top = self.topLevelItem(self.at) if self.at >= 0 else None
        found: ShownItem | None = top.data(0, ITEM) if top else None
        return found
