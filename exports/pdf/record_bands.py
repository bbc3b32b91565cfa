"""A record as bands: label and value in one row, long texts over the full width."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from exports.pdf.column_widths import MM, PAD, even
from exports.pdf.fonts import HEI, SONG, widths
from exports.pdf.pagination import Band, Box, BoxLine, PageHeights, band_of
from exports.sheets.line_breaking import wrap
from exports.sheets.sheet import LineKind, Sheet
from forms.field import Field, Row

LABEL, SIZE, LEAD = 38 * MM, 10.5, 10.5 * 1.36
LEAST, LONG = 27.0, 150.0  # heights of a short field, and the most a long one is stretched to


def record_bands(sheet: Sheet, width: float, room: PageHeights) -> list[Band]:
    """The bands of a record: two short fields to a band, a long one alone; long ones share the height that the page has
    to spare, for writing.
    """
    values = next((line.values for line in sheet.lines if line.kind == LineKind.ROW), {})
    pairs = list(_pairs(sheet.columns))
    bands = [_band(fields, values, width) for fields in pairs]
    long = [n for n, fields in enumerate(pairs) if _is_long(fields[0])]
    spare = room.first - room.tail - sum(b.height for b in bands)
    for n in long:
        more = min(max(spare / len(long), 0.0), max(LONG - bands[n].height, 0.0))
        bands[n] = replace(bands[n], height=bands[n].height + more)
    return bands


def _is_long(f: Field) -> bool:
    return f.kind.prose


def _pairs(fields: Sequence[Field]) -> Iterator[list[Field]]:
    """The fields of each band, in order."""
    waiting: list[Field] = []
    for f in fields:
        if waiting and (_is_long(f) or len(waiting) == 2):
            yield waiting
            waiting = []
        waiting.append(f)
        if _is_long(f):
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def _band(fields: list[Field], values: Row, width: float) -> Band:
    """Labels and values of one or two fields over the full width."""
    share, cells = width / len(fields), []
    for n, f in enumerate(fields):
        label = even(f.heading, LABEL - 2 * PAD, SIZE)
        value = wrap(f.kind.show(values.get(f.name)), share - LABEL - 6 * PAD, SIZE, widths(SONG))
        cells.append(Box(n * share, LABEL, tuple(BoxLine(t, size=SIZE, lead=LEAD) for t in label), "center", HEI))
        cells.append(Box(n * share + LABEL, share - LABEL, tuple(BoxLine(t, size=SIZE, lead=LEAD) for t in value)))
    return band_of(LineKind.ROW, cells, LEAST)
