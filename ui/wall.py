"""The wall: a fixed seat per unit, by kind; its state by shape and look. Filters dim and never re-order."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QLabel, QVBoxLayout, QWidget

from models.county import STATES
from models.wall import Seat
from ui.seat_mark import unit_state
from ui.theme import Look

KINDS = {"township": "乡镇", "department": "县直部门", "park": "园区"}
TILE, GAP, BETWEEN = QSize(104, 43), 5, 9  # 65 seats of three kinds stand on the usual screen
STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
LOOKS = {  # state → fill, edge, words
    "missing": ("sheet", "ink2", "ink"),
    "returned": ("amb_tint", "amb_mark", "amb"),
    "conflict": ("red_tint", "red", "red"),
}
QUIET = ("sunk", "", "ink2")


class Tile(QAbstractButton):
    """One seat. A real button, so that a screen reader knows it."""

    def __init__(self, look: Look, seat: Seat, wall: "Wall") -> None:
        super().__init__(wall)
        self.look, self.wall, self.dim = look, wall, False
        self.setFixedHeight(look.size(TILE.height()))
        self.setMinimumWidth(look.size(TILE.width()))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(lambda: wall.choose(self))
        self.show_seat(seat)

    def show_seat(self, seat: Seat) -> None:
        """Another state of the same unit."""
        self.seat = seat
        self.setAccessibleName(f"{seat.unit.short}，{STATES[seat.state.state]}，{seat.second}")
        self.setToolTip(f"{seat.unit.name}　{seat.unit.code}\n{STATES[seat.state.state]}　{seat.second}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(TILE.width()), self.look.size(TILE.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, state = self.look, self.seat.state.state
        fill, edge, tone = LOOKS.get(state, QUIET)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(0.28 if self.dim else 1.0)
        front = self.wall.front is self
        box = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        pen = QPen(look.colour(edge), 1.2) if edge else QPen(Qt.PenStyle.NoPen)
        if state == "missing":
            pen.setDashPattern([3, 2.4])
        painter.setPen(pen)
        painter.setBrush(look.colour(fill))
        painter.drawRoundedRect(box, 4, 4)
        if front:
            painter.setPen(QPen(look.colour("acc"), 2.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
        unit_state(painter, look, state, look.size(15), self.height() * 0.32, look.size(14))
        self._words(painter, tone, bool(edge))

    def _words(self, painter: QPainter, tone: str, bold: bool) -> None:
        look, half = self.look, self.height() / 2
        left, width = look.size(28), self.width() - look.size(32)
        for text, font, colour, top in (
            (self.seat.unit.short, look.font(13, bold=bold), "ink" if bold else tone, 2),
            (self.seat.second, look.font(12), tone, half - 1),
        ):
            painter.setFont(font)
            painter.setPen(look.colour(colour))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(left, top, width, half), Qt.AlignmentFlag.AlignVCenter, shown)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.wall.opened.emit(self.seat)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wall.choose(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.wall.key(event) or super().keyPressEvent(event)


class Wall(QWidget):
    """All seats. `chosen` tells which is in front, `opened` that it was asked to open, `typed` what was typed on it."""

    chosen = Signal(object)
    opened = Signal(object)
    typed = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self.tiles: list[Tile] = []
        self.front: Tile | None = None
        self.heads: dict[str, QLabel] = {}
        self.grids: list[tuple[QGridLayout, list[Tile]]] = []
        self.columns = 8
        self.setAccessibleName("各单位报送情况")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.size(BETWEEN))

    def show_seats(self, seats: Sequence[Seat]) -> None:
        """The state of every unit; seats are made once, in the plan's order, and stay."""
        if [t.seat.unit.code for t in self.tiles] != [s.unit.code for s in seats]:
            self._build(seats)
        for tile, seat in zip(self.tiles, self._ordered(seats), strict=True):
            tile.show_seat(seat)
        for kind, head in self.heads.items():
            mine = [s for s in seats if s.unit.kind == kind]
            missing = sum(s.state.state == "missing" for s in mine)
            told = f"收到{len(mine) - missing}，差{missing}" if missing else "都收到了"
            head.setText(
                f"<b>{KINDS.get(kind, kind)} {len(mine)}</b><br>"
                f"<span style='color:{self.look.tokens['ink2']};font-size:{self.look.size(12)}px'>{told}</span>"
            )

    def _ordered(self, seats: Sequence[Seat]) -> list[Seat]:
        by_code = {s.unit.code: s for s in seats}
        return [by_code[t.seat.unit.code] for t in self.tiles]

    def _build(self, seats: Sequence[Seat]) -> None:
        for kind in dict.fromkeys(s.unit.kind for s in seats):
            head = self.heads[kind] = QLabel()
            head.setFixedHeight(self.look.size(TILE.height()))
            grid = QGridLayout()
            grid.setSpacing(self.look.size(GAP))
            grid.addWidget(head, 0, 0)
            tiles = [Tile(self.look, s, self) for s in seats if s.unit.kind == kind]
            self.grids.append((grid, tiles))
            self.tiles += tiles
            self.column.addLayout(grid)
        self.column.addStretch(1)
        self._place()
        self.front = self.tiles[0] if self.tiles else None
        if self.front:
            self.front.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _place(self) -> None:
        for grid, tiles in self.grids:
            for n in range(grid.columnCount()):
                grid.setColumnStretch(n, 0)
            for n, tile in enumerate(tiles, 1):  # the first place is the head's
                grid.addWidget(tile, n // self.columns, n % self.columns)
            for n in range(self.columns):
                grid.setColumnStretch(n, 1)
                grid.setColumnMinimumWidth(n, self.look.size(TILE.width()))

    def fit(self, width: int) -> None:
        """As many seats in a row as there is room for; the order stays."""
        columns = max(2, (width + self.look.size(GAP)) // self.look.size(110 + GAP))
        if columns != self.columns:
            self.columns = columns
            for grid, tiles in self.grids:
                for tile in tiles:
                    grid.removeWidget(tile)
                for n in range(grid.columnCount()):
                    grid.setColumnMinimumWidth(n, 0)
            self._place()

    def filter(self, wanted: Callable[[Seat], bool]) -> list[Tile]:
        """Dim the seats that are not wanted; gives the others."""
        for tile in self.tiles:
            tile.dim = not wanted(tile.seat)
            tile.update()
        return [t for t in self.tiles if not t.dim]

    def tile(self, code: str) -> Tile:
        """The seat of a unit."""
        return next(t for t in self.tiles if t.seat.unit.code == code)

    def choose(self, tile: Tile) -> None:
        """Put a seat in front; Tab comes back to it."""
        if self.front is not None and self.front is not tile:
            self.front.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self.front.update()
        self.front = tile
        tile.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tile.update()
        self.chosen.emit(tile.seat)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.front:
            self.front.setFocus()

    def key(self, event: QKeyEvent) -> bool:
        """Arrows go from seat to seat, Enter opens, letters look for a unit."""
        key, text = Qt.Key(event.key()), event.text()
        if key in STEPS:
            self._step(*STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.front:
            self.opened.emit(self.front.seat)
        elif text.strip() and text.isprintable() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(text)
        else:
            return False
        return True

    def _step(self, down: int, right: int) -> None:
        """The next seat in a direction, over the border of a kind."""
        at = self.tiles.index(self.front) if self.front in self.tiles else 0
        if right:
            to = at + right
        else:
            here = self.tiles[at].geometry().center()
            rows = [t for t in self.tiles if (t.y() - self.tiles[at].y()) * down > 0]
            row = min((t.y() * down for t in rows), default=None)
            line = [t for t in rows if t.y() * down == row]
            to = self.tiles.index(min(line, key=lambda t: abs(t.geometry().center().x() - here.x()))) if line else at
        if 0 <= to < len(self.tiles):
            self.tiles[to].setFocus(Qt.FocusReason.TabFocusReason)
