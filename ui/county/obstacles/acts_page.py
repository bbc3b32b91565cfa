"""中梗阻与督办: what waits for the county's word, the papers of 督办, and the obstacles; the full list of these behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from forms.field import Meaning
from forms.obstacles import OBSTACLES
from forms.records import CONFIRMATIONS, DOCKET, SUPERVISION_REPLIES, SUPERVISIONS
from forms.states import Role
from forms.tasks import TASKS
from models.county.confirmations import Confirmations, Key
from models.county.consolidation import Consolidation
from models.county.obstacles import ObstacleList, TrackedObstacle
from models.county.request_details import reading, waiting_days
from models.county.supervisions import Supervisions
from models.store.change import Change
from ui.county.obstacles.aside import Aside
from ui.county.obstacles.group_list import GroupRow
from ui.county.obstacles.obstacle_page import ObstaclePage
from ui.county.obstacles.queue_column import QueueColumn
from ui.county.obstacles.queue_rows import queue_rows
from ui.county.obstacles.request_acts import RequestActs
from ui.county.obstacles.request_card import short_day
from ui.county.obstacles.supervision_dialog import TEAM, begin_supervision, show_supervision
from ui.operations.operation import Operation
from ui.operations.progress_row import ProgressRow
from ui.operations.work import Sliced
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.page import Page, override

OWN = {
    CONFIRMATIONS.name,
    DOCKET.name,
    SUPERVISIONS.name,
    SUPERVISION_REPLIES.name,
}  # records that leave the lines as read
NARROW, ASIDE, LEAST, MARGIN = 1200, 650, 560, 40  # px at 100 %
SUBJECT, STATUS = OBSTACLES.means(Meaning.SUBJECT), TASKS.means(Meaning.STATUS)
READING = "正在读各单位的清单，读完就好……"


class ActsPage(Page):
    """Reads the period in slices once; an act of the county is shown without reading it again."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.read: Consolidation | None = None
        self.requests: Confirmations | None = None
        self.later: list[Key] = []
        self.open_aside = False
        self.stack = QStackedLayout(self)
        self.desk = QWidget()
        self.acts = RequestActs(self)
        self.column = QueueColumn(session, look, self.acts.card)
        self.aside = Aside(session, look)
        for part in (self.column, self.aside):
            part.setParent(self.desk)
        self.progress = ProgressRow("停下")
        self.progress.setParent(self.desk)
        self.stack.addWidget(self.desk)
        self.board: ObstaclePage | None = None
        self._connect()

    def _connect(self) -> None:
        aside, office = self.aside, self.session.space.role == Role.OFFICE
        self.column.agreed_all.connect(self.acts.agree_all)
        self.column.aside_wanted.connect(self.turn_aside)
        aside.new.connect(self.begin)
        aside.paper.connect(self.show_paper)
        aside.about.connect(self.begin_for)
        aside.obstacle.connect(self.show_board)
        aside.all_obstacles.connect(lambda: self.show_board(None))
        for part in (aside.open_new, self.column.every):
            part.setEnabled(office)
            part.setToolTip(part.toolTip() if office else TEAM)
        key = QShortcut(QKeySequence("F6"), self.desk, self.turn_aside)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    ## reading

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.read is None:
            self._read()
        else:
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.column.stop()

    def _read(self) -> None:
        space, period = self.session.space, self.session.period
        self.column.show_rows([], READING)
        self.column.sentence.setText("正在读")
        work = Operation(self, self.session, Sliced(reading(space, period)), "正在读各单位的清单")
        work.with_progress(self.progress, len(space.units), lambda n: f"正在读各单位的清单：{n}家")
        work.on_done(lambda found: self._have(found[-1])).replacing().start()

    def _have(self, read: Consolidation) -> None:
        self.read = read
        self.refresh()
        self.step_changed.emit()  # F8 knows now what is next
        if self.isVisible() and self.stack.currentWidget() is self.desk and self.hasFocus():
            self.take_focus()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if not changes or any(c.form not in OWN for c in changes):
            self.read = None
            if self.isVisible():
                self._read()
        elif self.isVisible() and self.read is not None:
            decided = [c for c in changes if c.form == CONFIRMATIONS.name]
            self.refresh(self.acts.waiting_again(decided))

    def refresh(self, key: Key | None = None) -> None:
        """Show the county's acts as they are kept now, with the request of `key` open."""
        if self.read is None:
            return
        session, today = self.session, self.session.today()
        until = min(today, max(session.period.end, session.period.due))
        self.requests = Confirmations(session.space, session.period, self.read.confirmations.lines)
        days = waiting_days(self.requests, until)
        self.column.show_rows(queue_rows(self.requests, days, self.later, session.year), self._empty(), key)
        self.aside.show_papers(today)
        found = ObstacleList(self.read, today)
        self.aside.show_obstacles(found)
        self.column.beside.setText(f"{self.aside.title.text()}　{self.aside.obstacle_title.text()}　F6")
        if self.board is not None and self.stack.currentWidget() is not self.desk:
            self.board.refresh()

    def _empty(self) -> str:
        """What to do where nothing waits."""
        if self.read is not None and not self.read.confirmations.lines:
            return "这一期还没有单位报来任务清单。在“收件”里装入上报包以后，报已完成、申请延期、申请终止的排在这里。"
        done = len(self.requests.all) if self.requests else 0
        words = (
            f"这一期报来的请示{done}件都定了，随下一份回执告诉单位。"
            if done
            else "这一期没有单位报已完成，也没有申请延期、终止的。"
        )
        live = Supervisions(self.session.space, self.session.today()).open
        if live:
            s = live[0]
            words += f"督办里最近到期的是{self.aside.papers.number(s)}：{s.paper['text']}，{short_day(s.paper['due'], self.session.year)}，{s.days_words}。"
        return words

    ## places

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @property
    def narrow(self) -> bool:
        """Whether the right side has no room of its own."""
        return self.width() < self.look.size(NARROW)

    def _place(self) -> None:
        wide, high, size = self.desk.width() or self.width(), self.desk.height() or self.height(), self.look.size
        aside = min(size(ASIDE), wide - size(MARGIN if self.narrow else LEAST))
        left = wide if self.narrow else wide - aside
        foot = size(40)
        self.column.setGeometry(0, 0, left, high)
        self.progress.setGeometry(size(16), high - foot, min(size(560), left - size(32)), foot)
        self.aside.setGeometry(wide - aside, 0, aside, high)
        self.aside.setVisible(not self.narrow or self.open_aside)
        self.column.beside.setVisible(self.narrow)
        self.aside.raise_()

    def turn_aside(self) -> None:
        """F6: between the queue and the right side; in a narrow window it comes over the queue, and goes."""
        focus = QApplication.focusWidget()
        inside = self.aside.isVisible() and focus is not None and self.aside.isAncestorOf(focus)
        self.open_aside = not inside
        self._place()
        if inside:
            self.take_focus()
        else:
            self.aside.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: end the looking through, close the right side of a narrow window, or leave the full list."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.column.walk.isActive():
            self.column.stop(told=True)
        elif self.stack.currentWidget() is not self.desk:
            self.show_desk()
        elif self.narrow and self.open_aside:
            self.open_aside = False
            self._place()
            self.take_focus()

    def take_focus(self) -> None:
        """The keys into the queue, or where it is empty, into the right side."""
        if self.column.queue.isVisibleTo(self.desk):
            self.column.queue.setFocus()
        elif self.aside.isVisible():
            self.aside.take_focus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.stack.currentWidget() is self.desk:
            if self.read is not None:  # while it is being read, the page keeps the focus for the queue
                self.take_focus()
        elif self.board is not None:
            self.board.setFocus()

    ## F8, Ctrl+G

    @override
    def next_item(self, way: int) -> bool:
        queue = self.column.queue
        count = len(queue.items.rows)
        if self.stack.currentWidget() is not self.desk or not count or not queue.isVisible():
            return False
        queue.setCurrentIndex(queue.items.index((queue.currentIndex().row() + way) % count))
        queue.setFocus()
        return True

    @property
    @override
    def next_words(self) -> str:
        here = self.stack.currentWidget() is self.desk and self.read is not None
        return "下一件请示" if here and self.column.queue.current is not None else ""

    @override
    def show_item_cell(self) -> None:
        row = self.column.queue.current
        if row is not None and self.stack.currentWidget() is self.desk:
            self.line_wanted.emit(row.request.unit.code, TASKS.name, row.request.row["id"], STATUS)

    ## 督办 and the full list

    def begin(self) -> None:
        """新开督办单."""
        if self.aside.open_new.isEnabled() and begin_supervision(self, self.session):
            self.aside.papers.setFocus()

    def begin_for(self, row: GroupRow) -> None:
        """A paper on an obstacle, or on a kind of obstacle as a whole."""
        h, group = row.one, row.group
        if not self.aside.open_new.isEnabled():
            return
        if h is not None:
            self.supervise(h)
        else:
            begin_supervision(
                self, self.session, "", f"{group.kind.name}{len(group.obstacles)}件，最久的挂了{group.oldest.days}天"
            )
        self.aside.groups.setFocus()

    def supervise(self, h: TrackedObstacle) -> None:
        """A paper on one obstacle, for the unit that the county asked, else for the one that reported it."""
        asked = self.session.space.plan.find("units", h.paper.get("asked") or "")
        tied = f"{OBSTACLES.name}/{h.key[0]}/{h.key[1]}"
        begin_supervision(self, self.session, tied, h.row[SUBJECT] or "", asked or h.unit)

    def show_paper(self, paper: object) -> None:
        """Open a paper of 督办."""
        if self.aside.open_new.isEnabled():
            show_supervision(self, self.session, paper)  # type: ignore[arg-type]
            self.aside.papers.setFocus()

    def show_board(self, h: TrackedObstacle | None) -> None:
        """The full list of obstacles, with one of them chosen."""
        if self.board is None:
            self.board = ObstaclePage(
                self.session, self.look, lambda: self.read or Consolidation(self.session.space, self.session.period)
            )
            self.board.line_wanted.connect(self.line_wanted.emit)
            self.board.supervised.connect(self.supervise)
            self.board.back.connect(self.show_desk)
            self.stack.addWidget(self.board)
        self.stack.setCurrentWidget(self.board)
        self.board.choose(h)
        self.board.setFocus()
        self.step_changed.emit()

    def show_desk(self) -> None:
        """Back from the full list."""
        self.stack.setCurrentWidget(self.desk)
        self.refresh()
        self.step_changed.emit()
        self.aside.take_focus() if self.aside.isVisible() else self.take_focus()
