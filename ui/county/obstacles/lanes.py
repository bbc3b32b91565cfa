"""The obstacle board: a lane per deciding level, a column per state, a card per obstacle."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QTextOption
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.field import Meaning
from forms.kind import Option
from forms.obstacles import OBSTACLES
from models.county.obstacles import CLOSED, STATES, TO_CONFIRM, TrackedObstacle
from ui.widgets.theme import Theme

SUBJECT, CONCERNS = OBSTACLES.means(Meaning.SUBJECT), OBSTACLES.means(Meaning.CONCERNS)
WANTED, ENDED = OBSTACLES.means(Meaning.WANTED), OBSTACLES.means(Meaning.ENDED)
MOST_BOXES = 12
SHOWN = 4  # cards shown of a cell until the others are expanded
HEIGHT = 74  # px at 100 %: two lines of the obstacle, and the foot
NARROW = 140
LANE, WIDE = 100, 600  # px at 100 %: width of a lane's name, and the board width from which it is at the left


class Card(QAbstractButton):
    """One obstacle; a QAbstractButton, for keyboard and screen readers."""

    def __init__(self, look: Theme, hanging: TrackedObstacle, asked: str, long: int) -> None:
        super().__init__()
        self.look, self.hanging, self.asked, self.long = look, hanging, asked, long
        self.setCheckable(True)
        self.setFixedHeight(look.size(HEIGHT))
        self.setMinimumWidth(look.size(NARROW))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # the states share the width
        h = hanging
        words = [h.unit.short, h.row[SUBJECT] or "", f"{h.days}天", STATES[h.state], self.who, self.more]
        self.setAccessibleName("，".join(w for w in words if w))
        self.setToolTip("\n".join(w for w in (h.row[SUBJECT], h.row[WANTED], self.more) if w))

    @property
    def who(self) -> str:
        """The unit that has to clear it, and the deadline; of a closed one the day of striking off."""
        h = self.hanging
        if h.state == CLOSED:
            closed = h.paper.get("closed") or h.row[ENDED]
            return f"{closed.month}月{closed.day}日销号" if closed else "已销号"
        until = f"{h.due.month}月{h.due.day}日前" if h.due else ""
        return "，".join(w for w in (f"{self.asked}办" if self.asked else "", until) if w)

    @property
    def more(self) -> str:
        """Other notes that the office needs at a glance."""
        h = self.hanging
        if h.claimed and h.state != CLOSED:
            return TO_CONFIRM
        return f"同一件事还卡着{h.beside_words}" if h.beside else ""

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(250), self.look.size(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, h = self.look, self.hanging
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        front = self.isChecked() or self.hasFocus()
        painter.setPen(QPen(look.colour("acc" if front else "line"), 2 if front else 1))
        painter.setBrush(look.colour("sunk" if h.state == CLOSED else "sheet"))
        painter.drawRoundedRect(box, 5, 5)
        pad, right = look.size(10), look.size(64)
        self._days(painter, box, pad)
        painter.setPen(look.colour("ink2" if h.state == CLOSED else "ink"))
        painter.setFont(look.font(13, bold=h.state != CLOSED))
        words = QRectF(box.left() + pad, box.top() + pad - 2, box.width() - right - pad * 2, look.size(40))
        self._wrapped(painter, words, h.row[SUBJECT] or "（没有写问题）")
        self._foot(painter, box, pad)

    def _wrapped(self, painter: QPainter, box: QRectF, text: str) -> None:
        """Paint the text in two lines, elided at the end."""
        option = QTextOption(Qt.AlignmentFlag.AlignTop)
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        metrics = painter.fontMetrics()
        text = text.replace("\n", " ")
        painter.drawText(box, metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(box.width() * 1.85)), option)

    def _days(self, painter: QPainter, box: QRectF, pad: int) -> None:
        look, h = self.look, self.hanging
        right = box.right() - pad
        painter.setPen(look.colour("ink2" if h.state == CLOSED else "ink"))
        painter.setFont(look.font(12))
        unit = painter.fontMetrics().horizontalAdvance("天")
        top = QRectF(box.left(), box.top() + pad - 4, right - box.left(), look.size(26))
        painter.drawText(top.adjusted(0, 4, 0, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, "天")
        painter.setFont(look.font(20, bold=True))
        painter.drawText(
            top.adjusted(0, 0, -unit - 2, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(h.days)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        size, y, count = look.size(4), top.bottom() + 3, min(h.weeks, MOST_BOXES)
        for n in range(count):
            red = h.state != CLOSED and n >= self.long
            painter.setBrush(look.colour("red" if red else "line2"))
            x = right - (count - n) * (size + 1.5)
            painter.drawRect(QRectF(x, y, size, size))

    def _foot(self, painter: QPainter, box: QRectF, pad: int) -> None:
        look, h = self.look, self.hanging
        y = box.bottom() - look.size(25)
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(int(box.left() + pad), int(y), int(box.right() - pad), int(y))
        foot = QRectF(box.left() + pad, y, box.width() - pad * 2, look.size(24))
        painter.setFont(look.font(12))
        number = f"{h.paper['number']}号　" if h.paper.get("number") else ""
        metrics = painter.fontMetrics()
        amber = bool(self.more) and h.state != CLOSED
        said = self.more if amber else self.who
        left = metrics.elidedText(f"{number}{h.unit.short}", Qt.TextElideMode.ElideRight, int(foot.width() * 0.45))
        painter.setPen(look.colour("ink2"))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, left)
        room = int(foot.width() - metrics.horizontalAdvance(left) - 8)
        painter.setPen(look.colour("amb" if amber else "ink2"))
        told = metrics.elidedText(said, Qt.TextElideMode.ElideRight, room)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, told)


class ObstacleLanes(QScrollArea):
    """All cards. `chosen` carries the selected obstacle; `opened` asks for its row, `struck` (X) to strike it off,
    `supervised` (D) for a paper on it. Boxes turn red after `long` weeks.
    """

    chosen = Signal(object)
    opened = Signal(object)
    struck = Signal(object)
    supervised = Signal(object)

    def __init__(self, look: Theme, long: int) -> None:
        super().__init__()
        self.look, self.long = look, long
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: dict[tuple[int, str], list[Card]] = {}
        self.unfolded: set[tuple[int, str]] = set()
        self.front: Card | None = None
        self.narrow = False
        self.show_all((), (), {})

    def show_all(self, found: Sequence[TrackedObstacle], levels: Sequence[Option], names: dict[str, str]) -> None:
        """Show other obstacles; the selection is kept."""
        kept = self.front.hanging.key if self.front else None
        self.found, self.levels, self.names = list(found), list(levels), names
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(0, 0, self.look.size(8), 0)
        grid.setHorizontalSpacing(self.look.size(10))
        grid.setVerticalSpacing(self.look.size(8))
        for column, (state, name) in enumerate(STATES.items(), 1):
            count = sum(h.state == state for h in found)
            head = QLabel(f"{name}　{count}")
            head.setProperty("tone", "section")
            grid.addWidget(head, 0, column)
            grid.setColumnStretch(column, 3 if count else 1)
        self.cards = {}
        for lane, level in enumerate(reversed(self.levels)):
            self._lane(grid, lane, level)
        grid.setRowStretch(grid.rowCount(), 1)
        old = self.takeWidget()
        self.front = None
        self.setWidget(body)
        if old is not None:
            old.deleteLater()
        cards = [c for group in self.cards.values() for c in group]
        self._choose(next((c for c in cards if c.hanging.key == kept), cards[0] if cards else None))

    def _lane(self, grid: QGridLayout, lane: int, level: Option) -> None:
        """Add a lane: a hairline, its name (at the left, or above in a narrow board), and its cards."""
        row, across = 1 + 3 * lane, len(STATES) + 1
        line, label = QFrame(), QLabel()
        line.setObjectName("rule")
        grid.addWidget(line, row, 0, 1, across)
        note = f"<span style='color:{self.look.tokens['ink2']};font-size:{self.look.size(12)}px'>{escape(level.note)}</span>"
        title = f"<b style='font-size:{self.look.size(16)}px'>{escape(level.name)}</b>"
        label.setText(f"{title}　{note}" if self.narrow else f"{title}<br>{note}")
        label.setWordWrap(True)
        if self.narrow:
            grid.addWidget(label, row + 1, 0, 1, across)
        else:
            label.setFixedWidth(self.look.size(LANE))
            grid.addWidget(label, row + 2, 0, Qt.AlignmentFlag.AlignTop)
        for column, state in enumerate(STATES, 1):
            mine = [h for h in self.found if h.state == state and h.level == level.id]
            grid.addLayout(self._place((lane, state), mine), row + 2, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.look.size(WIDE)
        if narrow != self.narrow:
            self.narrow = narrow
            self.show_all(self.found, self.levels, self.names)

    def _place(self, place: tuple[int, str], mine: Sequence[TrackedObstacle]) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(self.look.size(6))
        shown = mine if place in self.unfolded else mine[:SHOWN]
        self.cards[place] = []
        for h in shown:
            card = Card(self.look, h, self.names.get(h.paper.get("asked") or "", ""), self.long)
            card.clicked.connect(lambda _on=False, c=card: self._choose(c))
            card.installEventFilter(self)
            self.cards[place].append(card)
            box.addWidget(card)
        if len(mine) > len(shown):
            more = QPushButton(f"还有{len(mine) - len(shown)}件")
            more.setProperty("tone", "link")
            more.clicked.connect(lambda: self._unfold(place))
            box.addWidget(more, alignment=Qt.AlignmentFlag.AlignLeft)
        box.addStretch(1)
        return box

    def _unfold(self, place: tuple[int, str]) -> None:
        self.unfolded.add(place)
        self.show_all(self.found, self.levels, self.names)

    def _choose(self, card: Card | None) -> None:
        if self.front is not None:
            self.front.setChecked(False)
        self.front = card
        if card is not None:
            card.setChecked(True)
        self.chosen.emit(card.hanging if card else None)

    def choose(self, key: tuple[str, str]) -> None:
        """Select the card of an obstacle; its place is unfolded where it needs that."""
        h = next((h for h in self.found if h.key == key), None)
        if h is None:
            return
        lanes = [level.id for level in reversed(self.levels)]
        if h.level in lanes:
            self._unfold((lanes.index(h.level), h.state))
        card = next((c for group in self.cards.values() for c in group if c.hanging.key == key), None)
        if card is not None:
            self._choose(card)
            self.ensureWidgetVisible(card)

    def take_focus(self) -> None:
        """Focus the selected card."""
        if self.front is not None:
            self.front.setFocus()

    def eventFilter(self, card: object, event: object) -> bool:
        if isinstance(card, Card) and isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            return self._key(card, Qt.Key(event.key()))
        return super().eventFilter(card, event)  # type: ignore[arg-type]

    def _key(self, card: Card, key: Qt.Key) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(card.hanging)
            return True
        if key in (Qt.Key.Key_X, Qt.Key.Key_D):
            (self.struck if key == Qt.Key.Key_X else self.supervised).emit(card.hanging)
            return True
        other = self._beside(card, key)
        if other is None:
            return key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        self._choose(other)
        other.setFocus()
        self.ensureWidgetVisible(other)
        return True

    def _beside(self, card: Card, key: Qt.Key) -> Card | None:
        """The next card in the direction of an arrow key; across columns the nearest in height. None at the border."""
        cards = [c for group in self.cards.values() for c in group]
        here = card.geometry()
        column, way = (
            (key in (Qt.Key.Key_Left, Qt.Key.Key_Right)),
            1 if key in (Qt.Key.Key_Right, Qt.Key.Key_Down) else -1,
        )
        if column:
            ahead = [c for c in cards if (c.x() - card.x()) * way > 0]
            return min(ahead, key=lambda c: (abs(c.x() - card.x()), abs(c.y() - here.y())), default=None)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            ahead = [c for c in cards if c.x() == card.x() and (c.y() - card.y()) * way > 0]
            return min(ahead, key=lambda c: abs(c.y() - card.y()), default=None)
        return None
