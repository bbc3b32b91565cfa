"""Where everything of a sheet stands on paper: columns, bands of cells, pages. Nothing is drawn here.

Lengths are in pt; y counts downwards from the top of the table.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from exports.fonts import HEI, SONG, widths
from exports.table import Line, Sheet
from exports.wrap import fit, wrap
from forms.form import Field
from forms.kind import Day, Month, Text

MM = 72 / 25.4
PAD = 2.4  # inside a cell, left and right
AIR = 2.6  # above and below the text of a band
NUMBER_MM = 8.5  # the column of running numbers
ROOMY, TIGHT = 10.0, 9.0  # sizes of body text
SMALLEST = 7.6  # a short text that nearly fits is set smaller down to this, not broken
TALL = 26.0  # a line to be written on by hand


@dataclass(frozen=True)
class Item:
    """One line of a cell: text at a size, or a mark."""

    text: str = ""
    mark: str = ""
    size: float = TIGHT


@dataclass(frozen=True)
class Cell:
    """A box of a band with its lines. align: left, center or right."""

    x: float
    width: float
    items: tuple[Item, ...] = ()
    align: str = "left"
    face: str = SONG


@dataclass(frozen=True)
class Band:
    """A horizontal strip of cells. kind: head, row, group, total, record."""

    kind: str
    height: float
    cells: tuple[Cell, ...]
    title: str = ""


@dataclass(frozen=True)
class Column:
    """A printed column: one field, or several beneath one another."""

    fields: tuple[Field, ...]
    x: float
    width: float
    labels: tuple[str, ...]
    over: str = ""

    @property
    def align(self) -> str:
        return self.fields[0].kind.align if self.fields else "center"

    @property
    def total(self) -> bool:
        return any(f.total for f in self.fields)


@dataclass
class Page:
    """The bands of one page, below its table head."""

    bands: list[Band] = field(default_factory=list)
    head: bool = False  # has the sheet's head (the first page)
    tail: bool = False  # has notes and signatures (the last page)

    @property
    def height(self) -> float:
        return sum(b.height for b in self.bands)


@dataclass(frozen=True)
class Room:
    """The heights a page offers to bands: first page, continued page; and what notes and signatures take."""

    first: float
    again: float
    tail: float


class Table:
    """The columns of a sheet on a width of paper, and its lines as bands."""

    def __init__(self, sheet: Sheet, width: float) -> None:
        self.sheet, self.width = sheet, width
        self.columns = _columns(sheet, width)
        nominal = sum(c.width for c in _nominal(sheet))
        self.size = ROOMY if nominal <= width * 1.02 else TIGHT
        self.leading = self.size * 1.36

    def head(self) -> list[Band]:
        """The table head: one band, or two where merged headings stand above."""
        size = TIGHT + 0.5
        two = any(c.over for c in self.columns)
        low = max(len(self._label(c, size)) for c in self.columns)
        height = low * size * 1.3 + 2 * AIR + 3
        if not two:
            return [Band("head", height, tuple(self._head_cell(c, size) for c in self.columns))]
        top = size * 1.3 + 2 * AIR
        height = max(height - top, 0.0)
        below = max(len(self._label(c, size)) for c in self.columns if c.over) * size * 1.3 + 2 * AIR
        return [
            Band("over", top, tuple(self._over_cells(size))),
            Band("head", max(height, below), tuple(self._head_cell(c, size) for c in self.columns)),
        ]

    def _label(self, column: Column, size: float) -> list[str]:
        return [line for label in column.labels for line in even(label, column.width - 2 * PAD, size, HEI)]

    def _head_cell(self, column: Column, size: float) -> Cell:
        items = tuple(Item(t, size=size) for t in self._label(column, size))
        return Cell(column.x, column.width, items, "center", HEI)

    def _over_cells(self, size: float) -> Iterator[Cell]:
        """Merged headings; columns without one leave an empty cell, which the head band fills."""
        done = -1.0
        for c in self.columns:
            if not c.over:
                yield Cell(c.x, c.width)
            elif c.x > done:
                same = [d for d in self.columns if d.over == c.over]
                done = same[-1].x
                yield Cell(c.x, same[-1].x + same[-1].width - c.x, (Item(c.over, size=size),), "center", HEI)

    def bands(self) -> list[Band]:
        """All lines as bands; an empty sheet says so."""
        if not self.sheet.lines:
            item = Item(self.sheet.empty, size=self.size)
            return [Band("row", TALL, (Cell(0, self.width, (item,), "center"),))]
        return [self._band(line) for line in self.sheet.lines]

    def _band(self, line: Line) -> Band:
        if line.kind == "row":
            cells = tuple(self._cell(c, line) for c in self.columns)
            least = TALL if self.sheet.blank else 0.0
        else:
            cells, least = tuple(self._sums(line)), self.size * 1.9
        return Band(line.kind, max(_lines(cells) * self.leading + 2 * AIR, least), cells, line.title)

    def _cell(self, column: Column, line: Line) -> Cell:
        if not column.fields:
            return Cell(column.x, column.width, (Item(str(line.number), size=self.size),), "center")
        items = tuple(i for f in column.fields for i in self._items(f, line, column.width))
        return Cell(column.x, column.width, items, column.align)

    def _items(self, f: Field, line: Line, width: float) -> Iterator[Item]:
        value = line.values.get(f.name)
        text, sign = f.kind.show(value), f.kind.mark(value)
        if sign:
            yield Item(mark=sign, size=self.size)
        if text and f.unit == "%" and not f.over and f.below:
            text += "%"
        if f.kind.align == "right":  # a figure is never broken: it is set smaller instead
            yield from [Item(text, size=_shrunk(text, width - 2 * PAD, self.size))] if text else []
            return
        inner = width - 2 * PAD
        if isinstance(f.kind, Day | Month) and _shrunk(text, inner, self.size) < SMALLEST:
            text = text.replace("年", "年\n")
        short = (isinstance(f.kind, Text) and not f.kind.long) or isinstance(f.kind, Day | Month)
        if short and "\n" not in text and _shrunk(text, inner, self.size) >= SMALLEST:
            yield from [Item(text, size=_shrunk(text, inner, self.size))] if text else []
            return
        size, lines = fit(text, inner, self.size, widths(SONG))
        yield from (Item(t, size=size) for t in lines)

    def _sums(self, line: Line) -> Iterator[Cell]:
        """Title, sums in their columns, empty cells between."""
        first = next((n for n, c in enumerate(self.columns) if c.total), len(self.columns))
        edge = self.columns[first].x if first < len(self.columns) else self.width
        align = "center" if line.kind == "total" else "left"
        lines = wrap(line.title, edge - 2 * PAD, self.size, widths(HEI))
        yield Cell(0, edge, tuple(Item(t, size=self.size) for t in lines), align, HEI)
        start = edge
        for c in self.columns[first:]:
            if c.total:
                if c.x - start > 0.1:
                    yield Cell(start, c.x - start)
                texts = [f.kind.show(line.values.get(f.name)) for f in c.fields if f.total]
                items = tuple(Item(t, size=_shrunk(t, c.width - 2 * PAD, self.size, HEI)) for t in texts if t)
                yield Cell(c.x, c.width, items, "right", HEI)
                start = c.x + c.width
        if self.width - start > 0.1:
            yield Cell(start, self.width - start)


def even(label: str, width: float, size: float, face: str) -> list[str]:
    """A heading on as few lines as it needs, all of about one length: 完成/时限, not 完成时/限."""
    if "/" in label and widths(face).of(label) * size / 1000 > width:
        return [part + "／" for part in label.split("/")[:-1]] + [label.rpartition("/")[2]]
    lines = wrap(label, width, size, widths(face))
    narrow = width
    while len(lines) > 1 and narrow > size * 2:
        narrow -= size / 4
        tried = wrap(label, narrow, size, widths(face))
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def _shrunk(text: str, width: float, size: float, face: str = SONG) -> float:
    wide = widths(face).of(text) * size / 1000
    return size if wide <= width else max(5.0, math.floor(size * width / wide * 10) / 10)


def _nominal(sheet: Sheet) -> list[Column]:
    """The printed columns with their declared widths, in pt."""
    shown = [f for f in sheet.columns if not f.below]
    under = {f.below: [g for g in sheet.columns if g.below == f.below] for f in sheet.columns if f.below}
    found = [Column((), 0, NUMBER_MM * MM, ("序号",))]
    for f in shown:
        fields = (f, *under.get(f.name, ()))
        labels = tuple(_heading(g) for g in fields)
        found.append(Column(fields, 0, max(g.width for g in fields) * MM, labels, f.over))
    return found


def _heading(f: Field) -> str:
    """The label, with its unit unless the merged heading says it; a percent sign needs no brackets."""
    if f.unit == "%":
        return f"{f.label}%"
    return f.label if f.unit and f.unit in f.over else f.heading


def _columns(sheet: Sheet, width: float) -> list[Column]:
    """The columns scaled to fill `width`."""
    nominal = _nominal(sheet)
    scale = (width - nominal[0].width) / sum(c.width for c in nominal[1:])
    x, placed = 0.0, []
    for n, c in enumerate(nominal):
        wide = c.width if n == 0 else c.width * scale
        placed.append(replace(c, x=x, width=wide))
        x += wide
    return placed


def _lines(cells: Sequence[Cell]) -> int:
    return max((len(c.items) for c in cells), default=1) or 1


def paginate(bands: Sequence[Band], room: Room, leading: float) -> list[Page]:
    """The bands on pages: a group stays with its first row, a row too tall for a page is split between lines, a group
    that goes on says so, and the tail stands under at least one band.
    """
    pages, group = [Page(head=True)], None
    queue = list(bands)
    while queue:
        band = queue.pop(0)
        page = pages[-1]
        left = (room.first if page.head else room.again) - page.height
        need = band.height + (min(queue[0].height, room.again / 2) if band.kind == "group" and queue else 0)
        if need <= left + 0.01:
            page.bands.append(band)
        elif part := _split(band, left, room, leading, bool(page.bands)):
            page.bands.append(part[0])
            queue.insert(0, part[1])
        else:
            pages.append(Page())
            queue.insert(0, band)
            if group and band.kind == "row":
                pages[-1].bands.append(_continued(group))
            continue
        group = band if band.kind == "group" else None if band.kind == "total" else group
    return _with_tail(pages, room)


def _continued(group: Band) -> Band:
    first, *rest = group.cells
    items = tuple(replace(i, text=i.text + "（续）") for i in first.items[-1:])
    return replace(
        group, cells=(replace(first, items=(*first.items[:-1], *items)), *(replace(c, items=()) for c in rest))
    )


def _split(band: Band, left: float, room: Room, leading: float, begun: bool) -> tuple[Band, Band] | None:
    """The band in two, the first part filling what is left; None where it should rather go to a new page whole."""
    fits = int((left - 2 * AIR) / leading)
    whole = band.height <= room.again * 0.6
    if band.kind != "row" or (whole and begun) or fits < (6 if begun else 1):
        return None
    top = tuple(replace(c, items=c.items[:fits]) for c in band.cells)
    rest = tuple(replace(c, items=c.items[fits:]) for c in band.cells)
    return (
        replace(band, cells=top, height=left),
        replace(band, cells=rest, height=_lines(rest) * leading + 2 * AIR),
    )


def _moved(bands: list[Band], room: Room) -> list[Band]:
    """What goes to the last page with the tail: the last band, and a group title that would stand alone."""
    moved: list[Band] = []
    while len(bands) > 1 and (not moved or bands[-1].kind == "group") and bands[-1].height < room.again / 3:
        moved.insert(0, bands.pop())
    return moved


def _with_tail(pages: list[Page], room: Room) -> list[Page]:
    last = pages[-1]
    left = (room.first if last.head else room.again) - last.height
    if left < room.tail:
        pages.append(Page(_moved(last.bands, room)))
    pages[-1].tail = True
    return pages
