"""中梗阻: the obstacle board, and the office's decisions: number, responsible unit and deadline, striking off."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from forms.parameters import OBSTACLE_WEEKS
from models.county.consolidation import Consolidation
from models.county.obstacles import CLOSED, ObstacleList, TrackedObstacle
from models.store.change import Change
from ui.county.obstacles.lanes import SUBJECT, ObstacleLanes
from ui.county.obstacles.obstacle_panel import WIDTH, ObstaclePanel
from ui.operations.failure import catching
from ui.session import Session
from ui.widgets.heading import heading
from ui.widgets.icons import dress_search
from ui.widgets.pinyin import fits
from ui.widgets.theme import Theme
from ui.window.page import Page, override

WEEKS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 8: "八"}
EMPTY = "还没有单位报来中梗阻。单位在问题清单里填的，随上报包装入后排在这里。"


class ObstaclePage(Page):
    """The obstacle list of the period; `read` gives its lines. `supervised` asks for a 督办 paper on an obstacle, `back`
    to leave the list.
    """

    supervised = Signal(object)
    back = Signal()

    def __init__(self, session: Session, look: Theme, read: Callable[[], Consolidation]) -> None:
        super().__init__()
        self.read = read
        self.setObjectName("ground")
        self.session, self.look = session, look
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(look.size(24), look.size(14), look.size(12), look.size(10))
        column.setSpacing(look.size(8))
        out = QPushButton("‹ 核验与督办　Esc")
        out.setProperty("tone", "link")
        out.clicked.connect(lambda: self.back.emit())
        column.addWidget(out, alignment=Qt.AlignmentFlag.AlignLeft)
        self.sentence, self.second = heading(column)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找：单位、问题里的字，或拼音首字母")
        dress_search(self.search, self.look)
        self.search.setAccessibleName("找中梗阻")
        self.search.setClearButtonEnabled(True)
        self.search.setMaximumWidth(look.size(340))
        self.search.textChanged.connect(lambda _t: self._fill())
        column.removeWidget(self.second)  # the box is beside it
        tools = QHBoxLayout()
        tools.addWidget(self.second, 1)
        tools.addWidget(self.search, 1)
        column.addLayout(tools)
        self.nothing = QLabel(EMPTY)
        self.nothing.setProperty("tone", "second")
        self.nothing.setWordWrap(True)
        column.addWidget(self.nothing)
        self.board = ObstacleLanes(look, int(session.space.plan.parameter(OBSTACLE_WEEKS)))
        column.addWidget(self.board, 10**4)
        column.addStretch()  # without a board the message goes to the top
        row.addLayout(column, 1)
        self.panel = ObstaclePanel(session, look)
        row.addWidget(self.panel)
        self.board.chosen.connect(self._front)
        self.board.opened.connect(self._open)
        self.panel.opened.connect(self._open)
        self.board.struck.connect(lambda h: self.reopen() if h.paper.get("closed") else self.close_it())
        self.board.supervised.connect(self.supervised.emit)
        self.panel.supervise.clicked.connect(lambda: self.supervised.emit(self.panel.hanging))
        for asked, done in (
            (self.panel.registered, self.assign_number), (self.panel.decided, self.decide),
            (self.panel.struck, self.close_it), (self.panel.back, self.reopen),
        ):  # fmt: skip
            asked.connect(done)
        self.docket: ObstacleList | None = None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.board.take_focus()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if self.isVisible():
            self.refresh()

    def choose(self, hanging: TrackedObstacle | None) -> None:
        """Show an obstacle, whatever is typed in the search; None: as it was."""
        if hanging is not None:
            self.search.clear()
            self.board.choose(hanging.key)

    def refresh(self) -> None:
        """Read the obstacle list again and show it."""
        period, long_ago = self.session.period, int(self.session.space.plan.parameter(OBSTACLE_WEEKS))
        self.docket = ObstacleList(self.read(), self.session.today())
        hanging = [h for h in self.docket.all if h.state != CLOSED]
        long, several = sum(h.weeks > long_ago for h in hanging), sum(bool(h.beside) for h in hanging)
        self.sentence.setText(
            f"{long}件挂了{WEEKS.get(long_ago, long_ago)}周以上"
            if long
            else f"在办{len(hanging)}件"
            if hanging
            else "没有在办的中梗阻"
        )
        claimed = sum(h.claimed for h in hanging)
        told = [period.name, f"在办{len(hanging)}件，已销号{len(self.docket.all) - len(hanging)}件"]
        told += [f"{several}件是几个单位卡在同一件事上"] if several else []
        told += [f"{claimed}件单位报已解决，等核实销号"] if claimed else []
        self.second.setText("　".join(told))
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow the panel where large text would leave the board too little room."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(min(self.look.size(WIDTH), self.width() * 2 // 5))

    def _fill(self) -> None:
        if self.docket is None:
            return
        plan, typed = self.session.space.plan, self.search.text()
        found = [h for h in self.docket.all if fits(typed, h.unit.short) or fits(typed, h.row[SUBJECT] or "")]
        self.nothing.setVisible(not found)
        self.search.setVisible(bool(self.docket.all))
        self.nothing.setText(EMPTY if not self.docket.all else f"没有单位或内容带“{typed}”的中梗阻")
        self.board.setVisible(bool(found))
        self.board.show_all(found, plan.options("level"), {u.code: u.short for u in plan.units})

    def _front(self, hanging: TrackedObstacle | None) -> None:
        self.panel.show_one(self.docket, hanging)

    def _open(self, hanging: TrackedObstacle) -> None:
        form = "obstacles" if self.docket is None else self.docket.source
        self.line_wanted.emit(hanging.unit.code, form, hanging.row["id"], SUBJECT)

    ## actions of the office

    def _now(self) -> TrackedObstacle | None:
        return self.board.front.hanging if self.board.front else None

    def assign_number(self) -> None:
        """挂号: give the selected obstacle a number."""
        self._write("挂号", lambda book, h: book.assign_number(h))

    def decide(self, typed: dict[str, str]) -> None:
        """督办: store the typed values; one that cannot be read stays in its box, with the reason beside it."""
        self._write("批办", lambda book, h: book.decide(h, typed))

    def close_it(self) -> None:
        """销号 with today's date, as that is the day of closing whichever period is open."""
        self._write("销号", lambda book, h: book.close(h, self.session.today()))

    def reopen(self) -> None:
        """Undo the striking off."""
        self._write("取消销号", lambda book, h: book.reopen(h))

    def _write(self, label: str, change: Callable[[ObstacleList, TrackedObstacle], list[Change]]) -> None:
        h = self._now()
        if h is None or self.docket is None:
            return
        with catching(self._refuse):
            if self.session.edit(f"{label}：{h.unit.short}", change(self.docket, h)):
                self.board.take_focus()

    def _refuse(self, why: str) -> None:
        self.session.message.emit(why, "red")
        self.panel.say(why)
