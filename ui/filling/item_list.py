"""The list of open items: the current one is expanded and filled in there, the others are a line each."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QWidget,
)

from ui.filling.item_editor import ENTER, ItemEditor
from ui.filling.open_items import OpenItem, last_values, level_name
from ui.session import Session
from ui.widgets import marks
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

Role = Qt.ItemDataRole
HEIGHT = 46


class ItemDelegate(QStyledItemDelegate):
    """Paints a line of the list: sign, title, last period's values, place."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        thing: OpenItem = index.data(Role.UserRole)
        second, size = index.data(Role.UserRole + 1), self.look.size
        painter.save()
        painter.fillRect(option.rect, self.look.colour("sheet"))
        painter.setPen(self.look.colour("grid"))
        painter.drawLine(option.rect.left() + size(44), option.rect.bottom(), option.rect.right(), option.rect.bottom())
        settled = bool(thing.findings) and all(f.settled for f in thing.findings)
        mark = Sign.TICK if settled and thing.findings[0].reason else thing.mark
        marks.sign(painter, self.look, mark, option.rect.left() + size(24), option.rect.center().y(), size(17))
        box = option.rect.adjusted(size(44), 3, -size(14), -3)
        self._words(painter, box, self.look.font(12), "ink2", thing.where, Qt.AlignmentFlag.AlignRight)
        box.setRight(box.right() - painter.fontMetrics().horizontalAdvance(thing.where) - size(16))
        half = box.height() // 2
        top = QRect(box.left(), box.top(), box.width(), half if second else box.height())
        self._words(painter, top, self.look.font(14), "ink3" if settled else "ink", thing.title)
        below = QRect(box.left(), box.top() + half, box.width(), half)
        self._words(painter, below, self.look.font(12), "ink2", second)
        painter.restore()

    def _words(
        self, painter: QPainter, box: QRect, font: QFont, colour: str, text: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        painter.setFont(font)
        painter.setPen(self.look.colour(colour))
        told = painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), told)


class ItemList(QListWidget):
    """A list of items. `wanted` asks to go to a cell: form, record, field."""

    wanted = Signal(str, str, str)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.card: ItemEditor | None = None
        self.setObjectName("things")
        self.setAccessibleName("还剩的事")
        self.setItemDelegate(ItemDelegate(look, self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(look.size(HEIGHT) // 2)
        self.currentItemChanged.connect(self._turned)
        self.itemDoubleClicked.connect(lambda _item: self.go())

    def thing(self) -> OpenItem | None:
        """The expanded item."""
        return self.currentItem().data(Role.UserRole) if self.currentRow() >= 0 else None

    def show_items(self, things: Sequence[OpenItem]) -> None:
        """Show these items. The expanded one stays expanded, with the text typed in it, unless it is done; then the
        item now in its place is expanded.
        """
        at, now, card = max(self.currentRow(), 0), self.thing(), self.card
        keys = [t.key for t in things]
        if now is not None and card is not None and now.key in keys:
            same = things[keys.index(now.key)]
            if not _settled(same) or _settled(now):
                self._around(things, keys.index(now.key))
                card.show_thing(same)
                self._fit()
                return
        elif now is not None and now.key in keys:
            at = keys.index(now.key)
        focus = QApplication.focusWidget()
        typing = card is not None and focus is not None and card.isAncestorOf(focus)
        self.blockSignals(True)  # half a list asks for nothing
        self.clear()
        for thing in things:
            self.addItem(self._item(thing))
        self.setCurrentRow(min(at, self.count() - 1))
        self.blockSignals(False)
        self._open()
        if typing:
            self.enter()

    def _around(self, things: Sequence[OpenItem], at: int) -> None:
        """Replace the other items; the expanded one is not touched."""
        self.blockSignals(True)
        current = self.currentItem()
        for n in reversed(range(self.count())):
            if self.item(n) is not current:
                self.takeItem(n)
        for n, thing in enumerate(things):
            if n == at:
                current.setData(Role.UserRole, thing)
            else:
                self.insertItem(n, self._item(thing))
        self.blockSignals(False)

    def _item(self, thing: OpenItem) -> QListWidgetItem:
        item = QListWidgetItem()
        reason = next((f"✓ 已说明：{f.reason}" for f in thing.findings if f.reason), "")
        item.setData(Role.UserRole, thing)
        item.setData(Role.UserRole + 1, reason or last_values(self.session, thing))
        item.setData(Role.AccessibleTextRole, f"{level_name(thing)}　{thing.where}　{thing.title}")
        item.setSizeHint(QSize(100, self.look.size(HEIGHT)))
        return item

    def _turned(self, now: QListWidgetItem | None, old: QListWidgetItem | None) -> None:
        """Expand another item. The text of the former one is saved first; where it cannot be read, the former one stays
        expanded.
        """
        card = self.card
        if card is not None and old is not None:
            if not card.readable():
                QTimer.singleShot(0, self, lambda: self._stay(card))
                return
            self.card = None
            card.keep_all()
            if self.card is not None:
                return  # saving made the list again
            card.hide()  # Qt deletes it later; until then it would cover the next item
            self.removeItemWidget(old)
            old.setSizeHint(QSize(100, self.look.size(HEIGHT)))
        self._open()

    def _stay(self, card: ItemEditor) -> None:
        """Return to the item that is still expanded."""
        for n in range(self.count()):
            if self.card is card and self.item(n).data(Role.UserRole).key == card.thing.key:
                self.blockSignals(True)
                self.setCurrentRow(n)
                self.blockSignals(False)
                card.enter_wrong()
                return

    def _open(self) -> None:
        thing, item = self.thing(), self.currentItem()
        self.card = None
        if thing is None:
            return
        self.card = ItemEditor(self.session, self.look, thing)
        self.card.wanted.connect(self.go)
        self.card.turned.connect(self.turn)
        self.card.grown.connect(self._fit)
        self.setItemWidget(item, self.card)
        self._fit()

    def _fit(self) -> None:
        """Give the expanded item the height that it needs."""
        card = self.card
        if card is None or self.currentRow() < 0:
            return
        width = self.viewport().width()
        card.column.activate()
        height = card.column.totalHeightForWidth(width) if card.hasHeightForWidth() else card.sizeHint().height()
        self.currentItem().setSizeHint(QSize(100, max(height, self.look.size(HEIGHT))))
        self.doItemsLayout()
        self.scrollToItem(self.currentItem())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    ## going

    def turn(self, way: int) -> None:
        """Expand the item above (-1) or below (1), with the focus in it."""
        row = self.currentRow() + way
        if 0 <= row < self.count():
            self.setCurrentRow(row)
            self.enter()

    def walk(self, way: int) -> bool:
        """Expand the next (1) or last (-1) item that is not settled, wrapping around; False where there is none."""
        rows = [(self.currentRow() + n * way) % self.count() for n in range(1, self.count() + 1)]
        left = [n for n in rows if not _settled(self.item(n).data(Role.UserRole))]
        if left:
            self.setCurrentRow(left[0])
            self.enter()
        return bool(left)

    def enter(self) -> None:
        """Put the focus into the expanded item, or onto the list where nothing can be typed."""
        if self.card is None or not self.card.enter():
            self.setFocus()

    def go(self) -> None:
        """Ask for the item's cell in its form."""
        thing = self.thing()
        if thing is not None:
            self.wanted.emit(*thing.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.enter()
        else:
            super().keyPressEvent(event)


def _settled(thing: OpenItem) -> bool:
    return thing.comment is None and bool(thing.findings) and all(f.settled for f in thing.findings)
