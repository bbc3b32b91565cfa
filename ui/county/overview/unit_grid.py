"""The unit grid: a tile per unit at a fixed place, by unit kind. Filters dim tiles and never re-order them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from forms.plan_tables import UNIT_KIND
from forms.states import ReportState
from models.county.overview import UnitOverview
from models.county.unit_states import STATES
from ui.county.overview.unit_tile import TWO_LINES, paint_tile
from ui.widgets.theme import Theme

STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


@dataclass(frozen=True)
class Density:
    """How closely tiles are laid out, px at 100 %: their least width, their height, the gap between tiles and between
    kinds.
    """

    width: int
    height: int
    gap: int
    between: int


ROWS = 5  # a scrolled grid uses the loosest density if that shows so many rows, else the closest
DENSITIES = (  # the first that fits all tiles is taken; if none does, the grid scrolls
    Density(110, 43, 5, 9),
    Density(110, 38, 4, 6),
    Density(104, 38, 4, 6),
    Density(104, 36, 3, 4),
    Density(104, 26, 3, 4),
)


class Tile(QAbstractButton):
    """The tile of one unit; a QAbstractButton, for keyboard and screen readers."""

    def __init__(self, look: Theme, seat: UnitOverview, wall: "UnitGrid") -> None:
        super().__init__(wall)
        self.look, self.wall, self.dim = look, wall, False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.clicked.connect(lambda: wall.choose(self))
        self.show_unit(seat)

    def show_unit(self, seat: UnitOverview) -> None:
        """Show a new state of the same unit."""
        self.seat = seat
        self.setAccessibleName(f"{seat.unit.short}，{STATES[seat.state.state]}，{seat.second}")
        self.setToolTip(f"{seat.unit.name}　{seat.unit.code}\n{STATES[seat.state.state]}　{seat.second}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(0.28 if self.dim else 1.0)
        paint_tile(painter, self.look, self.seat, QRectF(self.rect()), self.wall.front is self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.wall.opened.emit(self.seat)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wall.choose(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.wall.key(event) or super().keyPressEvent(event)


class UnitGrid(QWidget):
    """All tiles. `chosen` carries the selected one, `opened` the one to open, `typed` the text typed on a tile."""

    chosen = Signal(object)
    opened = Signal(object)
    typed = Signal(str)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.tiles: list[Tile] = []
        self.front: Tile | None = None
        self.kinds: list[tuple[QLabel, list[Tile]]] = []
        self.columns, self.density = 8, DENSITIES[0]
        self.setAccessibleName("各单位报送情况")

    def show_seats(self, seats: Sequence[UnitOverview]) -> None:
        """Show the state of every unit; tiles are made once, in the order of the plan."""
        if [t.seat.unit.code for t in self.tiles] != [s.unit.code for s in seats]:
            self._build(seats)
        for tile, seat in zip(self.tiles, self._ordered(seats), strict=True):
            tile.show_unit(seat)
        self._say()

    def _say(self) -> None:
        """Write the heading of each kind: number of units, and how many of them reported."""
        for head, tiles in self.kinds:
            missing = sum(t.seat.state.state == ReportState.MISSING for t in tiles)
            told = f"收到{len(tiles) - missing}，差{missing}" if missing else "都收到了"
            kind = tiles[0].seat.unit.kind
            second = (
                f"<br><span style='color:{self.look.tokens['ink2']};font-size:{self.look.size(12)}px'>{told}</span>"
            )
            low = self.density.height < TWO_LINES
            head.setText(f"<b>{UNIT_KIND.show(kind)} {len(tiles)}</b>{'' if low else second}")
            head.setToolTip(told)

    def _ordered(self, seats: Sequence[UnitOverview]) -> list[UnitOverview]:
        by_code = {s.unit.code: s for s in seats}
        return [by_code[t.seat.unit.code] for t in self.tiles]

    def _build(self, seats: Sequence[UnitOverview]) -> None:
        for kind in dict.fromkeys(s.unit.kind for s in seats):
            head = QLabel(self)
            tiles = [Tile(self.look, s, self) for s in seats if s.unit.kind == kind]
            self.kinds.append((head, tiles))
            self.tiles += tiles
        self.front = self.tiles[0] if self.tiles else None
        if self.front:
            self.front.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    ## layout

    def fit(self, width: int, height: int, bar: int) -> None:
        """Lay the tiles out in `width` × `height` px as loosely as fits; if nothing fits, a scroll bar takes `bar` px
        of the width. The order stays.
        """
        for density in DENSITIES:
            self._stand(density, width)
            if self.minimumHeight() <= height:
                return
        low = height < ROWS * self.look.size(DENSITIES[0].height)
        self._stand(DENSITIES[-1 if low else 0], width - bar)

    def _stand(self, density: Density, width: int) -> None:
        """Place headings and tiles; the first place of each kind is its heading."""
        size, self.density = self.look.size, density
        high, gap = size(density.height), size(density.gap)
        self.columns = max(2, (width + gap) // (size(density.width) + gap))
        top = 0
        for head, tiles in self.kinds:
            for n, widget in enumerate((head, *tiles)):
                row, column = divmod(n, self.columns)
                left, right = (round(c * (width + gap) / self.columns) for c in (column, column + 1))
                widget.setGeometry(left, top + row * (high + gap), right - left - gap, high)
            top += (len(tiles) // self.columns + 1) * (high + gap) - gap + size(density.between)
        self.setMinimumHeight(top - size(density.between))
        self._say()

    def filter(self, wanted: Callable[[UnitOverview], bool]) -> list[Tile]:
        """Dim the tiles that are not wanted; return the others."""
        for tile in self.tiles:
            tile.dim = not wanted(tile.seat)
            tile.update()
        return [t for t in self.tiles if not t.dim]

    def tile(self, code: str) -> Tile:
        """The tile of a unit, by its code."""
        return next(t for t in self.tiles if t.seat.unit.code == code)

    def choose(self, tile: Tile) -> None:
        """Select a tile; Tab returns to it."""
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
        """Arrows move between tiles, Enter opens, letters search. True if the key was used."""
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
        """Select the next tile in a direction, also into the next kind."""
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


class UnitGridArea(QScrollArea):
    """The scroll area of the unit grid; it scrolls only if not all tiles fit."""

    def __init__(self, wall: UnitGrid) -> None:
        super().__init__()
        self.wall = wall
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(wall)
        wall.chosen.connect(self._follow)

    def _follow(self, _seat: object) -> None:
        """Scroll the selected tile into view."""
        if self.wall.front is not None:
            self.ensureWidgetVisible(self.wall.front, 0, 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.wall.fit(self.width(), self.height(), self.verticalScrollBar().sizeHint().width())
