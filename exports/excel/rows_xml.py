"""Rows of a worksheet as XML: cells have numbers, or text that is never read as a formula."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from forms.kind import Kind, Value
from models.errors import UserError

Content = str | int | Decimal | None  # what a cell holds: text, a number, nothing
SERIAL_ZERO = date(1899, 12, 30).toordinal()  # day 0 of the 1900 date system, for days from March 1900 on
FIRST_SERIAL = date(1900, 3, 1)
LONGEST = 32_767  # characters in a cell
DIGITS = 15  # digits that Excel keeps of a number; a longer one is written as text
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
ENTITIES = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


class XmlCell(NamedTuple):
    """A cell: column letter, number of its format in the workbook, content, and a formula whose result it is."""

    column: str
    style: int
    content: Content = None
    formula: str = ""


class XmlRow(NamedTuple):
    """A row with its height in points (0: chosen by the program that opens it). A `fixed` height does not follow later
    edits.
    """

    cells: list[XmlCell]
    height: float = 0
    fixed: bool = False
    hidden: bool = False


def content(kind: Kind, value: Value) -> Content:
    """The cell content of a value: figures as numbers, days as serial numbers, all else as the text
    that people read.
    """
    if value is None:
        return None
    held = kind.cell(value)
    if isinstance(held, int | Decimal) and len(Decimal(held).as_tuple().digits) <= DIGITS:
        return held
    if isinstance(held, date) and held >= FIRST_SERIAL:
        return held.toordinal() - SERIAL_ZERO
    text = kind.show(value)
    if len(text) > LONGEST:
        raise UserError("workbook.text-too-long", start=text[:20], length=len(text), limit=LONGEST)
    return text or None


def clean(text: str) -> str:
    """Text as XML allows it: without control characters except tab and line break, and with text that looks like an
    escape escaped.
    """
    text = FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return LOOKS_ESCAPED.sub("_x005F_", text).translate(ENTITIES)


def cell_xml(cell: XmlCell, number: int) -> str:
    """One <c> element in row `number`."""
    column, style, value, formula = cell
    start = f'<c r="{column}{number}" s="{style}"'
    if value is None and not formula:
        return start + "/>"
    if value.__class__ is str:
        return f'{start} t="inlineStr"><is><t xml:space="preserve">{clean(value)}</t></is></c>'
    shown = "" if value is None else f"<v>{value:f}</v>" if isinstance(value, Decimal) else f"<v>{value}</v>"
    return f"{start}>{f'<f>{clean(formula)}</f>' if formula else ''}{shown}</c>"


def row_xml(row: XmlRow, number: int) -> str:
    """One <row> element."""
    height = f' ht="{row.height:g}"' if row.height else ""
    marks = (' customHeight="1"' if row.fixed and row.height else "") + (' hidden="1"' if row.hidden else "")
    return f'<row r="{number}"{height}{marks}>' + "".join(cell_xml(c, number) for c in row.cells) + "</row>"


def repeated_xml(row: XmlRow, first: int, count: int) -> Iterator[str]:
    """The XML of `count` copies of an empty row; one is made and the others get their numbers by text replacement, for
    speed.
    """
    template = row_xml(row, 0).replace('<row r="0"', '<row r="#"').replace('0" s=', '#" s=')
    return (template.replace("#", str(n)) for n in range(first, first + count))


def rows_xml(rows: Iterable[XmlRow], first: int = 1) -> Iterator[str]:
    """<row> elements, numbered from `first`."""
    return (row_xml(row, n) for n, row in enumerate(rows, first))
