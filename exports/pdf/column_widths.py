"""The columns of a printed table: their fields and headings, and how the width of the paper is divided among them.

Lengths are in pt.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from exports.pdf.fonts import HEI, SONG, widths
from exports.sheets.line_breaking import wrap
from exports.sheets.sheet import LineKind, Sheet
from forms.field import Field, Row
from forms.kind import Value

MM = 72 / 25.4
PAD = 2.4  # inside a cell, left and right
NUMBER_MM = 9.0  # the column of running numbers
WIDEST_MM = 34.0  # unbreakable text widens its column up to here: a web address must not fill the page
THREE = 3.05  # em: three characters, the least for a text
WORD = 5  # an option of up to so many characters is not broken
UNBROKEN = re.compile(r"[0-9A-Za-z][0-9A-Za-z.,:/\-]*[%％]?")


@dataclass(frozen=True)
class PrintColumn:
    """A printed column: one field, or several beneath one another; no field for the running numbers. `labels` has a
    heading per field.
    """

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


def columns(sheet: Sheet, width: float, size: float) -> list[PrintColumn]:
    """The columns placed on `width` pt in the proportions of their fields. A column whose figures, dates or telephone
    numbers would not fit at `size` gets more, taken from the others. Where even that is not enough, numbers inside
    texts may be broken, then figures are set smaller.
    """
    first, *others = declared(sheet)
    for figures, whole in ((size, True), (size, False), (8.0, False), (7.0, False)):
        least = [max(_least(f, sheet, size, figures, whole) for f in c.fields) for c in others]
        if sum(least) <= width - first.width:
            break
    shared = share([c.width for c in others], least, width - first.width)
    x, placed = first.width, [first]
    for column, wide in zip(others, shared, strict=True):
        placed.append(replace(column, x=x, width=wide))
        x += wide
    return placed


def declared(sheet: Sheet) -> list[PrintColumn]:
    """The printed columns with their declared widths, not yet placed."""
    found = [PrintColumn((), 0, NUMBER_MM * MM, ("序号",))]
    for f in sheet.columns:
        if not f.below:
            fields = (f, *(g for g in sheet.columns if g.below == f.name))
            found.append(
                PrintColumn(fields, 0, max(g.width for g in fields) * MM, tuple(map(_heading, fields)), f.over)
            )
    return found


def share(weights: Sequence[float], least: Sequence[float], width: float) -> list[float]:
    """`width` divided in proportion to `weights`, where each gets at least its `least`; all `least` are scaled down
    where their sum is larger than `width`.
    """
    if sum(least) >= width:
        return [n * width / sum(least) for n in least]
    fixed: set[int] = set()
    while True:
        free = [n for n in range(len(weights)) if n not in fixed]
        scale = (width - sum(least[n] for n in fixed)) / sum(weights[n] for n in free)
        short = {n for n in free if weights[n] * scale < least[n]}
        if not short:
            return [least[n] if n in fixed else weights[n] * scale for n in range(len(weights))]
        fixed |= short


def _least(f: Field, sheet: Sheet, size: float, figures: float, whole: bool) -> float:
    """The width in pt that fits everything in a field that must not be broken, with figures at size `figures`."""
    size = figures if f.kind.numeric else size
    texts = {(part, line.kind) for line in sheet.lines for part in _solid(f, line.values)}
    wide = (
        max((widths(SONG if kind == LineKind.ROW else HEI).of(text) for text, kind in texts), default=0) * size / 1000
    )
    if f.kind.set_as == "text" and not whole:
        wide = min(wide, THREE * size)
    return min(wide, WIDEST_MM * MM) + 2 * PAD + 0.1


def _solid(f: Field, values: Row) -> Iterable[str]:
    """The parts of a value that must not be broken."""
    value = values.get(f.name)
    if value is None:
        return ()
    text = shown(f, value)
    if f.kind.on_one_line:
        return f.kind.broken(text)
    if f.kind.chosen and len(text) <= WORD:
        return (text,)
    return UNBROKEN.findall(text)


def shown(f: Field, value: Value) -> str:
    """The value as printed: a percentage under another value gets its sign, as it has no heading of its own."""
    text = f.kind.show(value)
    return f"{text}%" if text and f.unit == "%" and f.below else text


def _heading(f: Field) -> str:
    """The label with its unit, which is omitted where the merged heading has it; a percent sign has no brackets."""
    if f.unit == "%":
        return f"{f.label}%"
    return f.label if f.unit and f.unit in f.over else f.heading


@lru_cache(maxsize=2000)
def heading(label: str, width: float, size: float) -> tuple[float, tuple[str, ...]]:
    """Size and lines of a heading: up to 1.5 pt smaller where that saves a third line or makes it fit the width."""
    tried = [(size - n / 2, even(label, width, size - n / 2)) for n in range(4)]
    return min(tried, key=lambda t: (_too_wide(t[1], t[0], width), max(len(t[1]), 2), -t[0]))


def _too_wide(lines: Iterable[str], size: float, width: float) -> bool:
    return any(widths(HEI).of(line) * size > width * 1000 for line in lines)


@lru_cache(maxsize=8000)
def even(label: str, width: float, size: float, face: str = HEI) -> tuple[str, ...]:
    """A text on as few lines as it needs, all of about the same length: 完成/时限, not 完成时/限. It is broken at a
    slash, and a unit in brackets is kept in one piece.
    """
    measure = widths(face)
    if measure.of(label) * size <= width * 1000:
        return (label,)
    if "/" in label:
        *first, last = label.split("/")
        return (*(f"{part}/" for part in first), last)
    base, sign, unit = label.partition("（")
    if unit:
        return (*even(base, width, size, face), *wrap(sign + unit, width, size, measure))
    lines = narrowed = wrap(label, width, size, measure)
    narrow = width
    while len(lines) > 1 and len(narrowed) == len(lines) and narrow > size * 1.2:
        lines, narrow = narrowed, narrow - size / 20
        narrowed = wrap(label, narrow, size, measure)
    return tuple(lines)
