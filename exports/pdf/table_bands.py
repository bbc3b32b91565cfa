"""The lines of a sheet as bands of cells: table head, rows, group rows, totals. Nothing is drawn here; lengths are in
pt.
"""

import math
from collections.abc import Iterator

from exports.pdf.column_widths import MM, PAD, PrintColumn, columns, declared, heading, shown
from exports.pdf.fonts import HEI, SONG, widths
from exports.pdf.pagination import Band, Box, BoxLine, band_of
from exports.sheets.line_breaking import fit, wrap
from exports.sheets.sheet import LineKind, Sheet, SheetLine
from forms.field import Field

ROOMY, TIGHT = 10.0, 9.0  # sizes of body text
HEADING = 9.5
SMALLEST = 7.0  # a figure is set smaller down to this before it is broken
LEADING = 1.36  # line height by size
BETWEEN = 5.0  # the rule between two values in one cell, with the space around it
FLOOR = 9.0  # a date is set smaller down to this before it is broken
TALL, TALLER = 10 * MM + 0.5, 14 * MM  # height of a row to be filled in by hand; of one with two values in a cell


class Table:
    """The columns of a sheet on a width of paper, and its lines as bands."""

    def __init__(self, sheet: Sheet, width: float) -> None:
        self.sheet, self.width = sheet, width
        nominal = sum(c.width for c in declared(sheet))
        self.size = ROOMY if nominal <= width * 1.02 else TIGHT
        self.leading = self.size * LEADING
        self.columns = columns(sheet, width, self.size)
        tall = TALLER if any(len(c.fields) > 1 for c in self.columns) else TALL
        self.least = tall if sheet.blank else 0.0

    def head(self) -> list[Band]:
        """The table head: one band, or two with merged headings above; the lower one then has all other headings."""
        cells = [self._head_cell(c) for c in self.columns]
        if not any(c.over for c in self.columns):
            return [band_of(LineKind.HEAD, cells, HEADING * 3.2)]
        over = band_of(LineKind.OVER, tuple(self._over_cells()))
        low = [cell for cell, c in zip(cells, self.columns, strict=True) if c.over]
        least = band_of(LineKind.HEAD, cells).height - over.height
        return [over, Band(LineKind.HEAD, max(band_of(LineKind.HEAD, low).height, least), tuple(cells))]

    def _head_cell(self, column: PrintColumn) -> Box:
        items: list[BoxLine] = []
        for label in column.labels:
            size, lines = heading(label, column.width - 2 * PAD, HEADING)
            items += [*([_rule()] if items else []), *(_text(t, size, 1.28) for t in lines)]
        return Box(column.x, column.width, tuple(items), "center", HEI)

    def _over_cells(self) -> Iterator[Box]:
        """The cells of merged headings; a column without one has an empty cell, over which the band below extends."""
        done = -1.0
        for c in self.columns:
            if not c.over:
                yield Box(c.x, c.width)
            elif c.x > done:
                done = max(d.x + d.width for d in self.columns if d.over == c.over) - 0.01
                size, lines = heading(c.over, done - c.x - 2 * PAD, HEADING)
                yield Box(c.x, done + 0.01 - c.x, tuple(_text(t, size) for t in lines), "center", HEI)

    def bands(self) -> list[Band]:
        """All lines as bands; for an empty sheet one band with its text."""
        if not self.sheet.lines:
            return [band_of(LineKind.ROW, [Box(0, self.width, (_text(self.sheet.empty, self.size),), "center")], TALL)]
        return [self._band(line) for line in self.sheet.lines]

    def _band(self, line: SheetLine) -> Band:
        if line.kind == LineKind.ROW:
            return band_of(LineKind.ROW, [self._cell(c, line) for c in self.columns], self.least)
        return band_of(line.kind, tuple(self._sums(line)), self.size * 1.9)

    def _cell(self, column: PrintColumn, line: SheetLine) -> Box:
        if not column.fields:
            return Box(column.x, column.width, self._figure(str(line.number), column.width), "center")
        parts = [tuple(self._items(f, line, column.width)) for f in column.fields]
        ruled = (any(parts) or self.sheet.blank) and not (parts[0] and parts[0][0].mark)
        if len(parts) == 1 or not ruled:
            return Box(column.x, column.width, tuple(i for p in parts for i in p), column.align)
        first, *rest = (p or (BoxLine(lead=self.leading),) for p in parts)
        items = (*first, *(i for p in rest for i in (_rule(), *p)))
        return Box(column.x, column.width, items, column.align)

    def _items(self, f: Field, line: SheetLine, width: float) -> Iterator[BoxLine]:
        value, inner = line.values.get(f.name), width - 2 * PAD
        text, sign = shown(f, value), f.kind.mark(value)
        if sign:
            yield BoxLine(mark=sign, size=self.size, lead=self.leading)
        if f.kind.on_one_line:
            parts = f.kind.broken(text) if shrunk(text, inner, self.size) < FLOOR else [text]
            yield from (i for part in parts for i in self._figure(part, width))
        else:
            size, lines = fit(text, inner, self.size, widths(SONG))
            yield from (BoxLine(t, size=size, lead=self.leading) for t in lines)

    def _figure(self, text: str, width: float, face: str = SONG) -> tuple[BoxLine, ...]:
        """The lines of a figure: set smaller where it does not fit, and broken only where even that does not help."""
        inner = width - 2 * PAD
        size = max(shrunk(text, inner, self.size, face), SMALLEST)
        return tuple(BoxLine(t, size=size, lead=self.leading) for t in wrap(text, inner, size, widths(face)))

    def _sums(self, line: SheetLine) -> Iterator[Box]:
        """The cells of a sum row: title, sums in their columns, empty cells between."""
        first = next((n for n, c in enumerate(self.columns) if c.total), len(self.columns))
        edge = self.columns[first].x if first < len(self.columns) else self.width
        align = "center" if line.kind == LineKind.TOTAL else "left"
        room = edge - 2 * PAD - (3 * self.size if line.kind == LineKind.GROUP else 0)  # for （续）
        lines = wrap(line.title, room, self.size, widths(HEI))
        yield Box(0, edge, tuple(_text(t, self.size) for t in lines), align, HEI)
        start = edge
        for c in self.columns[first:]:
            if c.total:
                if c.x - start > 0.1:
                    yield Box(start, c.x - start)
                texts = [f.kind.show(line.values.get(f.name)) for f in c.fields if f.total]
                items = tuple(i for t in texts for i in self._figure(t, c.width, HEI))
                yield Box(c.x, c.width, items, "right", HEI)
                start = c.x + c.width
        if self.width - start > 0.1:
            yield Box(start, self.width - start)


def _text(text: str, size: float, leading: float = LEADING) -> BoxLine:
    return BoxLine(text, size=size, lead=size * leading)


def _rule() -> BoxLine:
    return BoxLine(lead=BETWEEN, rule=True)


def shrunk(text: str, width: float, size: float, face: str = SONG) -> float:
    """The size at which a line fits the width: `size`, or smaller in steps of 0.1 pt."""
    wide = widths(face).of(text) * size / 1000
    return size if wide <= width else max(1.0, math.floor(size * width / wide * 10) / 10)
