"""The base of 首页 and 审核: a page around a list of items."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel

from models.store.change import Change
from ui.filling.item_list import ItemList
from ui.filling.open_items import OpenItem
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.page import Page, override

MOST = 300  # items listed; the next one appears when one is done


class ItemPage(Page):
    """A page around a list of items: `things` gives at most so many, `count` how many there are. `read` is emitted
    after the list was read again.
    """

    read = Signal()

    def __init__(
        self, session: Session, look: Theme, things: Callable[[int], list[OpenItem]], count: Callable[[], int]
    ) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look, self.things, self.count = session, look, things, count
        self.shown = self.fresh = False
        self.list = ItemList(session, look)
        self.list.wanted.connect(self.cell_wanted)
        self.more = QLabel()
        self.more.setProperty("tone", "second")
        self.more.hide()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        """Read everything again; a hidden page does so when it is shown."""
        self.fresh = not self.shown or self.isVisible()
        if not self.fresh:
            return
        self.shown = True
        self.list.show_items(self.things(MOST))
        self.list.setVisible(self.list.count() > 0)
        rest = self.count() - self.list.count()
        self.more.setVisible(rest > 0)
        self.more.setText(
            f"先列出{MOST}件，办好一件补上一件；还有{rest:,}件，也可以在各张表里成片地填" if rest > 0 else ""
        )
        self.read.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.fresh:  # a new page has just read it
            self.follow([])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.fresh = False

    @override
    def enter(self, name: str) -> None:
        self.list.enter()

    @override
    def next_item(self, way: int) -> bool:
        """Expand the next (1) or last (-1) item of the list; False where it has none."""
        return self.list.walk(way)

    @override
    def same_as_last(self) -> None:
        """Ctrl+L: last period's values, or the earlier reason."""
        if self.list.card is not None:
            self.list.card.same_as_last()

    @override
    def show_item_cell(self) -> None:
        self.list.go()

    @override
    def finish_typing(self) -> bool:
        """Save the text in the expanded item; False where it cannot be read."""
        return self.list.card is None or self.list.card.keep_all()
