"""The left side of 中梗阻与督办: the headline, the chips, the queue of requests, and agreeing to many one by one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from forms.parameters import CONFIRM_COUNTS
from forms.states import REQUESTS, Decision, Request
from models.county.confirmations import Confirmation, Key
from models.county.request_details import evidence_of
from ui.county.obstacles.request_card import RequestCard
from ui.county.obstacles.request_queue import QueueRow, RequestQueue
from ui.session import Session
from ui.widgets import act_marks
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import label
from ui.widgets.theme import Theme

ALL, DECIDED = "all", "decided"
MOMENT = 700  # milliseconds that each request is open while all are looked through
NAMES = {ALL: "全部", Request.COMPLETION: "报已完成", DECIDED: "已定"}


class QueueColumn(QWidget):
    """`agreed_all` carries the requests that were each open for a moment; `aside_wanted` asks for the right side."""

    agreed_all = Signal(list)
    aside_wanted = Signal()

    def __init__(self, session: Session, look: Theme, make: Callable[[QueueRow], RequestCard]) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.rows: list[QueueRow] = []
        self.chosen: str = ALL
        self.seen: list[Confirmation] = []
        self.walk = QTimer(self, interval=MOMENT)
        self.walk.timeout.connect(self._next_seen)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (16, 8, 16, 10)))
        column.setSpacing(look.size(6))
        self._heading(column)
        self._chips(column)
        self.nothing = label(column)
        self.queue = RequestQueue(look, make)
        column.addWidget(self.queue, 10**4)
        self._bulk(column)
        column.addStretch(1)

    def _heading(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.sentence = QLabel()
        self.sentence.setProperty("tone", "sentence")
        self.sentence.setWordWrap(True)
        self.beside = QPushButton()
        self.beside.setToolTip("右边的督办和中梗阻（F6）")
        self.beside.clicked.connect(lambda: self.aside_wanted.emit())
        row.addWidget(self.sentence, 1)
        row.addWidget(self.beside, alignment=Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)

    def _chips(self, column: QVBoxLayout) -> None:
        self.holder = QWidget()
        self.flow = FlowLayout(self.holder, (0, 0, 0, 0))
        self.group, self.chips = QButtonGroup(self), dict[str, QPushButton]()
        for name in (ALL, *Request, DECIDED):
            chip = QPushButton()
            chip.setProperty("tone", "chip")
            chip.setCheckable(True)
            if name in tuple(Request):
                chip.setIcon(self._sign(name))
                chip.setIconSize(QSize(self.look.size(16) + 3, self.look.size(16)))
            chip.clicked.connect(lambda _on=False, n=str(name): self.choose(n))
            self.group.addButton(chip)
            self.chips[str(name)] = chip
            self.flow.addWidget(chip)
        self.rule = QLabel()
        self.rule.setProperty("tone", "second")
        self.flow.stretch()
        self.flow.addWidget(self.rule)
        column.addWidget(self.holder)

    def _sign(self, kind: str) -> QIcon:
        side = self.look.size(16)
        drawn = QPixmap((side + 3) * 2, side * 2)  # room before the word
        drawn.setDevicePixelRatio(2)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        act_marks.request(painter, self.look, kind, side / 2, side / 2, self.look.size(14))
        painter.end()
        return QIcon(drawn)

    def _bulk(self, column: QVBoxLayout) -> None:
        self.bulk = QWidget()
        row = QHBoxLayout(self.bulk)
        row.setContentsMargins(self.look.size(4), 0, 0, 0)
        self.others = label(row, tone="small")
        row.setStretch(0, 1)
        self.every = QPushButton("逐件看过，全部同意")
        self.every.setToolTip("一件件打开给你看一眼，看完才一起同意；中途按 Esc 停下，一件也不定")
        self.every.clicked.connect(self.see_all)
        row.addWidget(self.every)
        column.addWidget(self.bulk)

    ## display

    def show_rows(self, rows: Sequence[QueueRow], empty: str, key: Key | None = None) -> None:
        """Show other requests, with the one of `key` open; `empty` is said where there are none."""
        self.stop()
        self.rows = list(rows)
        waiting = [r for r in rows if r.request.state == Decision.WAITING]
        n = len(waiting)
        acc = self.look.tokens["acc"]
        self.sentence.setText(f"等县里一句话的<span style='color:{acc}'> {n} </span>件" if n else "没有要定的")
        self.sentence.setAccessibleName(f"等县里一句话的{n}件" if n else "没有要定的")
        counts = {ALL: n, DECIDED: len(rows) - n} | {str(k): sum(r.request.kind == k for r in waiting) for k in Request}
        for name, chip in self.chips.items():
            words = NAMES.get(name) or f"申请{REQUESTS[Request(name)]}"
            chip.setText(f"{words} {counts[name]}")
            chip.setVisible(bool(counts[name]) or name == ALL)
        if not counts[self.chosen]:
            self.chosen = ALL
        self.holder.setVisible(bool(rows))
        counts_now = self.session.space.plan.parameter(CONFIRM_COUNTS) == "yes"
        self.rule.setText("没核验的完成，先计入已完成" if counts_now else "没核验的完成，先不计入已完成")
        self.rule.setVisible(bool(rows))
        self.nothing.setText(empty)
        self._fill(key)

    def choose(self, name: str) -> None:
        """Show the requests of one chip."""
        self.stop()
        self.chosen = name
        self._fill(None, first=True)
        self.queue.setFocus()

    def _fill(self, key: Key | None, first: bool = False) -> None:
        self.chips[self.chosen].setChecked(True)
        shown = [r for r in self.rows if self._fits(r)]
        at = next((n for n, r in enumerate(shown) if r.request.key == key), 0 if first else None)
        self.queue.show_rows(shown, at)
        self.queue.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        ready = self.ready
        self.others.setText(f"{len(ready)}件是“报已完成”，都有佐证")
        self.bulk.setVisible(len(ready) > 1 and self.every.isEnabled())

    def _fits(self, row: QueueRow) -> bool:
        waits = row.request.state == Decision.WAITING
        if self.chosen == DECIDED:
            return not waits
        return waits and self.chosen in (ALL, row.request.kind)

    @property
    def ready(self) -> list[int]:
        """The rows that can be agreed to one after the other: completions with evidence that were not put off."""
        return [
            n
            for n, r in enumerate(self.queue.items.rows)
            if r.request.state == Decision.WAITING
            and r.request.kind == Request.COMPLETION
            and evidence_of(r.request)
            and not r.later
        ]

    ## all of them, each seen

    def see_all(self) -> None:
        """Open each of the ready requests for a moment; then they are agreed to in one step."""
        if self.walk.isActive():
            self.stop(told=True)
            return
        self.seen = []
        self.left = self.ready
        self.every.setText("停下　Esc")
        self._open_next()
        self.walk.start()
        self.queue.setFocus()

    def _open_next(self) -> None:
        index = self.queue.items.index(self.left.pop(0))
        self.queue.setCurrentIndex(index)
        self.session.tell(f"正在看第{len(self.seen) + 1}件，还有{len(self.left)}件；Esc 停下", "saved")

    def _next_seen(self) -> None:
        row = self.queue.current
        if row is None or not self.queue.isVisible():
            self.stop(told=True)
            return
        self.seen.append(row.request)
        if self.left:
            self._open_next()
            return
        seen, self.seen = self.seen, []
        self.stop()
        self.agreed_all.emit(seen)

    def stop(self, told: bool = False) -> None:
        """End the looking through; nothing is agreed to."""
        if self.walk.isActive() and told:
            self.session.tell(f"看到第{len(self.seen) + 1}件停下了，一件也没有定", "amber")
        self.walk.stop()
        self.every.setText("逐件看过，全部同意")
