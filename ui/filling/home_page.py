"""首页: how many open items there are, the period as a timeline, and the items; beside them saving, backups and
submissions.
"""

from functools import partial
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from ui.filling.home_side import WIDTH, HomeSide
from ui.filling.item_page import ItemPage
from ui.filling.open_items import counts, open_items
from ui.filling.period_timeline import PeriodTimeline, events
from ui.session import Session
from ui.widgets.theme import Theme

LOW = 300  # px; a lower page has no room for the timeline
DONE = "都填好了。接着按 F8：看一遍要打印的页，再传出上报包。"


class HomePage(ItemPage):
    """The page on which the window opens."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__(
            session, look, partial(open_items, session), lambda: counts(session).total()
        )  # returned cells first
        self.read.connect(self.tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(look.size(32), look.size(14), look.size(32), look.size(12))
        column.setSpacing(look.size(8))
        self.sentence, self.done = QLabel(), QLabel()
        self.sentence.setProperty("tone", "sentence")
        self.done.setProperty("tone", "second")
        head = QHBoxLayout()
        head.addWidget(self.sentence, 1)
        head.addWidget(self.done, alignment=Qt.AlignmentFlag.AlignBottom)
        column.addLayout(head)
        self.ruler = PeriodTimeline(look)
        column.addWidget(self.ruler)
        column.addWidget(self.list, 1)
        column.addWidget(self.more)
        self.nothing = QLabel(DONE)
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing, 1, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.ease = HomeSide(session, look)
        self.ease.files.connect(lambda: self.files_wanted.emit([]))
        row.addWidget(self.ease)
        self.follow([])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list most of the room."""
        super().resizeEvent(event)
        self.ease.setFixedWidth(min(self.look.size(WIDTH), round(self.width() * 0.32)))
        self.ruler.setVisible(
            self.height() >= self.look.size(LOW)
        )  # where the text is large, the open item gets the room

    def tell(self) -> None:
        """Show the sentence, the timeline and the sidebar."""
        session, left = self.session, self.count()
        self.nothing.setVisible(not left)
        month = session.period.name.removeprefix(f"{session.year}年")
        accent = self.look.tokens["acc"]
        shut = "已封存" if session.space.is_closed(session.period.id) else "已报"
        told = f"{month}{shut}" if session.lock.shut else f"{month}还剩 {left} 件" if left else f"{month}都填好了"
        self.nothing.setText(session.lock.shut or DONE)
        self.sentence.setAccessibleName(told)  # a rich text label, as the figure has another colour
        self.sentence.setText(escape(told).replace(f" {left} ", f' <span style="color:{accent}">{left}</span> '))
        lines = sum(len(session.ctx.rows[f.name]) for f in session.forms)
        open_ones = len({t.key[:2] for t in open_items(session) if t.row is not None})
        self.done.setVisible(not session.lock.shut)
        self.done.setText(f"{lines}行里{lines - open_ones}行已填好")
        self.ruler.show_days(session.period, session.today(), events(session))
        self.ease.tell()
