"""The queue of what waits for the county's word: one row a request, the current one open as a card."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from forms.states import Decision, Request
from models.county.confirmations import Confirmation
from models.county.request_details import evidence_of
from ui.county.obstacles.request_card import NONE, RequestCard, request_words
from ui.county.obstacles.row_list import RIGHT, ROW, Index, RowList
from ui.widgets import act_marks
from ui.widgets.theme import Theme


@dataclass(frozen=True)
class QueueRow:
    """A request in the queue: its task's words, the days it waits, whether it was put off here."""

    request: Confirmation
    task: str
    waited: int
    year: int
    later: bool

    @property
    def side(self) -> tuple[str, str]:
        """What stands at the right, and its token."""
        c = self.request
        if c.state != Decision.WAITING:
            return c.sentence, "ink2"
        if self.later:
            return "先放着", "ink2"
        due = self.request.asked_due
        if c.kind == Request.DELAY:
            return ("跨年度", "amb") if due and due.year > self.year else ("", "ink2")
        files = evidence_of(c)
        return (f"佐证{len(files)}件", "ink2") if files else (NONE, "amb")


class RequestQueue(RowList):
    """`chosen` carries the current row's card as it opens; `make` builds it."""

    chosen = Signal(object)
    HEIGHT = 46

    def __init__(self, look: Theme, make: Callable[[QueueRow], RequestCard]) -> None:
        super().__init__(look, "等县里一句话的")
        self.make = make
        self.card: RequestCard | None = None
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        enter = Qt.Key.Key_Return, Qt.Key.Key_Enter
        self.acts = {
            **dict.fromkeys(enter, lambda: self._act(RequestCard.enter)),
            Qt.Key.Key_N: lambda: self._act(RequestCard.refuse),
            Qt.Key.Key_Space: lambda: self._act(lambda card: card.later.emit()),
        }

    def fit_height(self) -> None:
        """The queue takes the room there is."""

    def _act(self, act: Callable[[RequestCard], object]) -> None:
        """A key of the open card; one that was decided has none but those of its buttons."""
        if self.card is not None and self.card.found.request.state == Decision.WAITING:
            act(self.card)

    def words(self, row: Any) -> str:
        wait = f"等了{row.waited}天" if row.request.state == Decision.WAITING else ""
        parts = (row.request.unit.short, request_words(row.request, row.year), row.task, row.side[0], wait)
        return "，".join(p for p in parts if p)

    def height_of(self, n: int) -> int:
        if self.card is None or n != self.currentIndex().row():
            return self.look.size(self.HEIGHT)
        wide = self.viewport().width()
        layout = self.card.layout()
        high = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else -1
        return max(high, self.card.sizeHint().height() if high < 0 else high)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if previous.isValid():
            self.setIndexWidget(previous, None)  # type: ignore[arg-type]
        self.card = None
        if current.isValid():
            self.open_card(current)

    def open_card(self, index: Index) -> None:
        """Open the card of a row in its place."""
        card = self.card = self.make(index.data(ROW))
        self.setIndexWidget(index, card)
        card.grown.connect(self.scheduleDelayedItemsLayout)
        before: QWidget = self
        for stop in card.stops():
            QWidget.setTabOrder(before, stop)
            before = stop
        self.scheduleDelayedItemsLayout()
        self.scrollTo(index)
        self.chosen.emit(card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paint_row(self, painter: QPainter, row: Any, box: QRect, chosen: bool) -> None:
        if chosen and self.card is not None:
            return
        size = self.look.size
        self.ground(painter, box, False, size(44))
        act_marks.request(painter, self.look, row.request.kind, box.left() + size(25), box.center().y(), size(16))
        wait = f"等了{row.waited}天" if row.request.state == Decision.WAITING else ""
        right = box.adjusted(0, 0, -size(14), 0)
        if wait:
            wide = self.text(painter, wait, right, "ink2", 12, align=RIGHT)
            right.setRight(right.right() - max(wide, size(56)) - size(14))
        side, token = row.side
        room = box.width() * 2 // 5 if row.request.state != Decision.WAITING else size(120)
        wide = self.text(
            painter, side, QRect(right.right() - room, right.top(), room, right.height()), token, 12, align=RIGHT
        )
        left = QRect(
            box.left() + size(44),
            box.top() + size(3),
            right.right() - wide - size(10) - box.left() - size(44),
            size(22),
        )
        self.text(painter, f"{row.request.unit.short}　{request_words(row.request, row.year)}", left, px=14)
        self.text(painter, row.task, left.translated(0, size(19)), "ink2", 12)
