"""Paints units × actions: the units are columns with upright names, the actions rows. Lengths in mm."""

from dataclasses import dataclass

from exports.pdf.column_widths import MM
from exports.pdf.fonts import HEI, SONG, width
from exports.pdf.page_canvas import PageCanvas
from exports.pdf.table_bands import shrunk
from exports.sheets.bulletin_content import CellLevel, Matrix, MatrixCell, MatrixColumn

NARROWEST, WIDEST = 3.55, 7.0  # of a column
ROW, LOWEST = 3.75, 3.1  # height of a row
NAMES = 18.6  # height of the names of units at most
APART = 2.0  # between two groups
LEGEND, TITLES, DOUBTS = 2.2, 4.0, 4.0  # height of the legend's line, of the groups' titles, of the last row


@dataclass(frozen=True)
class Block:
    """The columns of one band of the matrix: pieces of groups with their titles."""

    parts: tuple[tuple[str, tuple[MatrixColumn, ...]], ...]

    @property
    def columns(self) -> int:
        """The number of columns."""
        return sum(len(units) for _, units in self.parts)


@dataclass(frozen=True)
class MatrixLayout:
    """The matrix divided into bands that fit a width; `left` is the width of the rows' names."""

    matrix: Matrix
    width: float
    left: float = 17.5

    @property
    def blocks(self) -> list[Block]:
        """The bands, of nearly equal length."""
        total = sum(len(units) for _, units in self.matrix.groups)
        room = int((self.width - self.left - APART * (len(self.matrix.groups) - 1)) / NARROWEST)
        count = max(1, -(-total // room))
        return _bands(self.matrix, -(-total // count))

    @property
    def names(self) -> float:
        """The height that the names of units need."""
        longest = max((len(u.unit) for _, units in self.matrix.groups for u in units), default=1)
        return min(NAMES, longest * 2.6 + 1)

    def height(self, row: float) -> float:
        """The height of one band with rows of that height."""
        return TITLES + self.names + row * len(self.matrix.rows) + DOUBTS


def _bands(matrix: Matrix, most: int) -> list[Block]:
    blocks: list[list[tuple[str, tuple[MatrixColumn, ...]]]] = [[]]
    room = most
    for title, units in matrix.groups:
        rest, again = units, ""
        while rest:
            blocks[-1].append((title + again, rest[:room]))
            rest, again, room = rest[room:], "（续）", room - len(rest[:room])
            if not room:
                blocks.append([])
                room = most
    return [Block(tuple(parts)) for parts in blocks if parts]


def paint_legend(page: PageCanvas, matrix: Matrix, title: str, x: float, right: float, y: float) -> None:
    """The heading and what the cells mean."""
    page.put(x, y, title, 10.5, HEI)
    texts = [text for _, text in matrix.legend]
    size = 7.4
    room = right - x - 31
    while size > 5.4 and _legend_width(page, [*texts, matrix.note], size) > room:
        size -= 0.1
    at = x + 29
    for level, text in matrix.legend:
        paint_cell(page, MatrixCell(level, 2 if level == CellLevel.LATE else 1), at, y - 2.8, 3.3, 3.3)
        at += 4.2 + page.put(at + 4.2, y - 0.1, text, size) + 2.6
    page.put(right, y - 0.1, matrix.note, size, SONG, "r")


def _legend_width(page: PageCanvas, texts: list[str], size: float) -> float:
    return sum(width(text, SONG, size) / MM + 6.8 for text in texts) - 6.8


def paint_block(page: PageCanvas, layout: MatrixLayout, block: Block, x: float, top: float, row: float) -> float:
    """One band; returns where it ends."""
    matrix, names = layout.matrix, layout.names
    cells, start = top + TITLES + names, x + layout.left
    wide = min(WIDEST, (layout.width - layout.left - APART * (len(block.parts) - 1)) / max(block.columns, 1))
    for n, name in enumerate(matrix.rows):
        page.fit(x, cells + row * n + row * 0.76, layout.left - 1, name, min(8.0, row * 2.15), SONG, row)
    for title, units in block.parts:
        end = start + wide * len(units)
        _title(page, f"{title}（由慢到快）", start, top, wide * len(units))
        page.rule(start, top + 3.5, end, top + 3.5, 0.6)
        for n, unit in enumerate(units):
            _column(page, unit, len(matrix.rows), (start + wide * n, cells, wide, row), names)
        page.box(start, cells, wide * len(units), row * len(matrix.rows), 0.8)
        start = end + APART
    if any(u.doubt for _, units in block.parts for u in units):
        page.put(x, cells + row * len(matrix.rows) + 2.7, "数据状态", 6.8)
    return cells + row * len(matrix.rows) + DOUBTS


def _title(page: PageCanvas, text: str, x: float, top: float, room: float) -> None:
    """The title of a group, without its bracket where that is too long."""
    short = text.partition("（由")[0]
    shown = text if width(text, HEI, 7.2) / MM <= room else short
    if width(shown, HEI, 7.2) / MM <= room:
        page.put(x, top + 2.6, shown, 7.2, HEI)
    else:
        page.put(x + room, top + 2.6, shown, max(5.0, shrunk(shown, (room + APART) * MM, 7.2, HEI)), HEI, "r")


def _column(
    page: PageCanvas, unit: MatrixColumn, rows: int, place: tuple[float, float, float, float], names: float
) -> None:
    x, top, wide, row = place
    page.upright(x + wide / 2, top - 0.5, names - 1, unit.unit, 6.9, HEI if unit.slowest else SONG)
    for n in range(rows):
        cell = unit.cells[n] if unit.cells else MatrixCell(CellLevel.ABSENT, 0)
        paint_cell(page, cell, x, top + row * n, wide, row)
    if unit.doubt:
        page.put(x + wide / 2, top + row * rows + 2.7, unit.doubt, 6.5 if len(unit.doubt) == 1 else 4.8, HEI, "c")


def paint_cell(page: PageCanvas, cell: MatrixCell, x: float, y: float, w: float, h: float) -> None:
    """A cell: black with a white number, a black number, a dot, empty, or crossed out."""
    size, base = min(7.3, h * 1.95), y + h * 0.76
    if cell.level == CellLevel.LATE:
        page.box(x, y, w, h, filled=True)
        page.cut(x + w, y, y + h, 0.3)
        page.cut(x, y, y + h, 0.3)
        page.white(x + w / 2, base, str(cell.count), size, HEI)
        return
    page.box(x, y, w, h, 0.25)
    if cell.level == CellLevel.ABSENT:
        page.rule(x, y + h, x + w, y, 0.3)
        page.rule(x, y, x + w, y + h, 0.3)
    elif cell.level == CellLevel.SLOW:
        page.put(x + w / 2, base, str(cell.count), size, HEI, "c")
    elif cell.level == CellLevel.FINE:
        page.dot(x + w / 2, y + h / 2, 0.42)
