"""The right side of 中梗阻与督办: the papers of 督办, and the obstacles by kind."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from forms.parameters import OBSTACLE_WEEKS
from models.county.obstacle_groups import asked_of, grouped
from models.county.obstacles import CLOSED, ObstacleList
from models.county.supervisions import CLOSED as STRUCK
from models.county.supervisions import LEVELS, Supervision, Supervisions
from ui.county.obstacles.group_list import HEADS as GROUP_HEADS
from ui.county.obstacles.group_list import GroupList, GroupRow
from ui.county.obstacles.heads import ColumnHeads
from ui.county.obstacles.supervision_list import HEADS, SupervisionList
from ui.session import Session
from ui.widgets.heading import label
from ui.widgets.theme import Theme

NO_PAPERS = "没有在办的督办。会议议定、领导批示、通报点名的事，点“新开督办单”记一件；编号、时限和答复都在这里。"
NO_OBSTACLES = "没有在办的中梗阻。单位在问题清单里填的，随上报包装入后排在这里。"


class Aside(QWidget):
    """`new` asks for a new paper, `paper` to open one, `about` for a paper on an obstacle or kind (a GroupRow);
    `obstacle` and `all_obstacles` ask for the full list.
    """

    new = Signal()
    paper = Signal(object)
    about = Signal(object)
    obstacle = Signal(object)
    all_obstacles = Signal()

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.closed_too = False
        self.setObjectName("aside")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (16, 10, 16, 10)))
        column.setSpacing(look.size(4))
        self._papers(column)
        column.addSpacing(look.size(8))
        self._obstacles(column)

    def _papers(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.title, self.counts = QLabel(), QLabel()
        self.title.setProperty("tone", "section")
        self.counts.setProperty("tone", "second")
        self.more = self._link(self._turn)
        self.open_new = QPushButton("新开督办单")
        self.open_new.setToolTip("在督办的列表里按 D")
        self.open_new.clicked.connect(lambda: self.new.emit())
        row.addWidget(self.title)
        row.addSpacing(self.look.size(10))
        row.addWidget(self.counts, 1)
        row.addWidget(self.more)
        row.addWidget(self.open_new)
        column.addLayout(row)
        self.papers = SupervisionList(self.look, self.session.year)
        self.paper_heads = ColumnHeads(self.look, HEADS, self.papers)
        column.addWidget(self.paper_heads)
        self.papers.acts = {Qt.Key.Key_D: self.new.emit, Qt.Key.Key_X: lambda: self._open(self.papers.current)}
        self.papers.opened.connect(self._open)
        self.no_papers = label(column, NO_PAPERS, "second")
        column.addWidget(self.papers, 100)

    def _obstacles(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.obstacle_title, note = QLabel(), QLabel("同一种并成一行，挂得最久的在前")
        self.obstacle_title.setProperty("tone", "section")
        note.setProperty("tone", "second")
        self.all = self._link(self.all_obstacles.emit)
        row.addWidget(self.obstacle_title)
        row.addSpacing(self.look.size(10))
        row.addWidget(note, 1)
        row.addWidget(self.all)
        column.addLayout(row)
        self.groups = GroupList(self.look, int(self.session.space.plan.parameter(OBSTACLE_WEEKS)))
        self.group_heads = ColumnHeads(self.look, GROUP_HEADS, self.groups)
        column.addWidget(self.group_heads)
        self.groups.acts = {**self.groups.acts, Qt.Key.Key_D: self._subject}
        self.groups.opened.connect(self._show)
        self.no_obstacles = label(column, NO_OBSTACLES, "second")
        column.addWidget(self.groups, 100)
        column.addStretch(1)
        for part in (self.more, self.all, self.papers, self.paper_heads, self.groups, self.group_heads, self.no_papers,
                     self.no_obstacles):  # fmt: skip
            part.hide()  # until the period is read

    def _link(self, act: Callable[[], object]) -> QPushButton:
        button = QPushButton()
        button.setProperty("tone", "link")
        button.clicked.connect(lambda: act())
        return button

    def _open(self, s: Supervision | None) -> None:
        if s is not None:
            self.paper.emit(s)

    def _subject(self) -> None:
        if self.groups.current is not None:
            self.about.emit(self.groups.current)

    def _show(self, row: GroupRow) -> None:
        if row.one is not None:
            self.obstacle.emit(row.one)
        elif row.rest:
            self.all_obstacles.emit()

    def _turn(self) -> None:
        self.closed_too = not self.closed_too
        self.show_papers(self.session.today())
        self.papers.setFocus()

    ## display

    def show_papers(self, today: date) -> None:
        """Show the papers: the open ones, or all of them."""
        every = Supervisions(self.session.space, today).all
        live = [s for s in every if s.state != STRUCK]
        struck = len(every) - len(live)
        shown = every if self.closed_too and struck else live
        self.title.setText(f"督办{len(live)}件")
        levels = ((name, sum(s.level == id for s in live)) for id, name in reversed(list(LEVELS.items())))
        self.counts.setText("　".join(f"{name}{n}" for name, n in levels if n))
        self.more.setText("只看在办的" if len(shown) > len(live) else f"连已销号的{struck}件 ›")
        self.more.setVisible(bool(struck))
        self.papers.show_rows(shown)
        self._either(self.papers, self.no_papers, self.paper_heads, bool(shown))

    def show_obstacles(self, found: ObstacleList) -> None:
        """Show the open obstacles by kind."""
        groups = grouped(found)
        count = sum(len(g.obstacles) for g in groups)
        self.obstacle_title.setText(f"中梗阻{count}件")
        closed = sum(h.state == CLOSED for h in found.all)
        self.all.setText(f"全部{len(found.all)}件 ›" if closed else f"全部{count}件 ›")
        self.all.setVisible(bool(found.all))
        asked: list[Sequence[str]] = [[asked_of(found, h) for h in g.obstacles] for g in groups]
        self.groups.show_groups(list(zip(groups, asked, strict=True)))
        self._either(self.groups, self.no_obstacles, self.group_heads, bool(groups))

    @staticmethod
    def _either(rows: QWidget, nothing: QWidget, heads: QWidget, some: bool) -> None:
        rows.setVisible(some)
        heads.setVisible(some)
        nothing.setVisible(not some)

    def take_focus(self) -> None:
        """The keys into the first list that has rows."""
        stops: Sequence[QWidget] = (self.papers, self.groups)
        next((w for w in stops if w.isVisibleTo(self)), self.open_new).setFocus()
