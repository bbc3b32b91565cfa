"""A record on paper: label and value side by side, long texts across the page."""

from collections.abc import Iterator

from exports.fonts import HEI, SONG, widths
from exports.layout import AIR, MM, PAD, Band, Cell, Item, even
from exports.table import Sheet
from exports.wrap import wrap
from forms.form import Field, Row
from forms.kind import Text

LABEL, SIZE, LEAST, LONG = 38 * MM, 10.5, 26.0, 86.0


def record_bands(sheet: Sheet, width: float) -> Iterator[Band]:
    """Two fields to a band, a long one alone."""
    values = next((line.values for line in sheet.lines if line.kind == "row"), {})
    waiting: list[Field] = []
    for f in sheet.columns:
        if isinstance(f.kind, Text) and f.kind.long:
            if waiting:
                yield _band(waiting, values, width, 2)
                waiting = []
            yield _band([f], values, width, 1)
            continue
        waiting.append(f)
        if len(waiting) == 2:
            yield _band(waiting, values, width, 2)
            waiting = []
    if waiting:
        yield _band(waiting, values, width, 2)


def _band(fields: list[Field], values: Row, width: float, pairs: int) -> Band:
    share, cells = width / pairs, []
    for n in range(pairs):
        x = n * share
        f = fields[n] if n < len(fields) else None
        label = even(f.heading, LABEL - 2 * PAD, SIZE, HEI) if f else []
        text = f.kind.show(values.get(f.name)) if f else ""
        lines = wrap(text, share - LABEL - 4 * PAD, SIZE, widths(SONG))
        cells.append(Cell(x, LABEL, tuple(Item(t, size=SIZE) for t in label), "center", HEI))
        cells.append(Cell(x + LABEL, share - LABEL, tuple(Item(t, size=SIZE) for t in lines)))
    count = max(len(c.items) for c in cells)
    least = LONG if pairs == 1 else LEAST
    return Band("row", max(count * SIZE * 1.36 + 2 * AIR, least), tuple(cells))
