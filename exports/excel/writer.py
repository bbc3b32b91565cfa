"""Writes the parts of a workbook: openpyxl makes everything except the cells; the rows are streamed into its
worksheets.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from exports.excel.formulas import enliven
from exports.excel.layout import ID, WorksheetLayout
from exports.excel.record import lay_record
from exports.excel.rows_xml import XmlCell, XmlRow, repeated_xml, rows_xml
from exports.excel.sheet_settings import furnish
from exports.excel.styles import Styles, body_font
from exports.excel.table import lay_table
from exports.excel.validation import LISTS, Lists
from exports.sheets.print_codes import key_of
from exports.sheets.sheet import Book
from models.reporting.version_code import PROGRAM

FORMAT = "1"
KEYS = "_qingdan"  # the very hidden sheet
ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
LONGEST_NAME = 31
EPOCH = (1980, 1, 1, 0, 0, 0)  # equal content gives equal bytes
CHUNK = 1000  # rows written at a time
NO_CELLS = re.compile(r"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
SIZE = re.compile(r'<dimension ref="[^"]*"\s*/>')
TIMES = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


class WorksheetRows(NamedTuple):
    """The range of cells of a worksheet, and its rows as XML."""

    range: str
    rows: Iterator[str]


def write(path: Path, book: Book) -> None:
    """Write the workbook of a book that has sheets."""
    workbook, lists = Workbook(), Lists()
    body_font(workbook)
    laid = _lay(workbook, book, lists)
    cells = [_cells(x) for x in laid]
    if lists.columns:
        cells.append(_add_lists(workbook, lists))
    cells.append(_add_keys(workbook, book, laid))
    workbook.properties.title, workbook.properties.creator = book.title, "清单填报"
    _splice(path, workbook, cells)


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Worksheet names for the titles that Excel accepts, all different."""
    names: list[str] = []
    taken = {KEYS, LISTS, "history"}  # Excel reserves "History"
    for title in titles:
        base = ILLEGAL.sub("", title).strip(" '") or "表"
        name, n = base[:LONGEST_NAME], 1
        while name.casefold() in taken:
            n += 1
            name = f"{base[: LONGEST_NAME - 5]}（{n}）"
        taken.add(name.casefold())
        names.append(name)
    return names


def _lay(workbook: Workbook, book: Book, lists: Lists) -> list[WorksheetLayout]:
    names = sheet_names(s.form.title for s in book.sheets)
    pages = [workbook.worksheets[0], *(workbook.create_sheet() for _ in names[1:])]
    styles, laid = Styles(workbook), []
    for sheet, name, page in zip(book.sheets, names, pages, strict=True):
        page.title = name
        lay = lay_record if sheet.form.record else lay_table
        laid.append(lay(sheet, name, styles))
        furnish(page, laid[-1], lists)
        page.sheet_view.tabSelected = page is pages[0]
    enliven(laid)
    return laid


def _cells(laid: WorksheetLayout) -> WorksheetRows:
    rows, last = rows_xml(laid.rows), laid.places.get("spare_last", len(laid.rows))
    if laid.spare:
        first = laid.places["spare_first"]
        rows = chain(rows, repeated_xml(laid.spare, first, last - first + 1))
    return WorksheetRows(f"{ID}1:{laid.last}{last}", rows)


def _add_lists(workbook: Workbook, lists: Lists) -> WorksheetRows:
    """Add the very hidden sheet of options; returns its rows."""
    workbook.create_sheet(LISTS).sheet_state = "veryHidden"
    for name, where in lists.defined():
        workbook.defined_names[name] = DefinedName(name, attr_text=where)
    return _text_rows(list(zip_longest(*lists.columns)))


def _add_keys(workbook: Workbook, book: Book, laid: Sequence[WorksheetLayout]) -> WorksheetRows:
    """Add the very hidden sheet that identifies the workbook; returns its rows."""
    workbook.create_sheet(KEYS).sheet_state = "veryHidden"
    stamp = book.sheets[0].stamp
    pairs = {
        "format": FORMAT,
        "program": PROGRAM,
        "unit": stamp.unit,
        "period": stamp.period,
        "plan": stamp.plan,
        "version": stamp.version,
        "printed": stamp.printed,
        "sample": "yes" if stamp.sample else "no",
    }
    for n, x in enumerate(laid, 1):
        pairs |= {f"sheet.{n}.name": x.name, f"sheet.{n}.form": x.sheet.form.name}
        pairs |= {f"sheet.{n}.{place}": str(row) for place, row in x.places.items() if row}
        pairs |= key_of(x.sheet)
    return _text_rows(list(pairs.items()))


def _text_rows(table: Sequence[Sequence[str | None]]) -> WorksheetRows:
    rows = (XmlRow([XmlCell(get_column_letter(c), 0, t) for c, t in enumerate(texts, 1) if t]) for texts in table)
    return WorksheetRows(f"A1:{get_column_letter(len(table[0]))}{len(table)}", rows_xml(rows))


def _splice(path: Path, workbook: Workbook, cells: Sequence[WorksheetRows]) -> None:
    """Save the workbook with these rows in its worksheets, without times."""
    shell = BytesIO()
    workbook.save(shell)
    by_part = {f"xl/worksheets/sheet{n}.xml": c for n, c in enumerate(cells, 1)}
    with zipfile.ZipFile(shell) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            _copy(target, name, source.read(name), by_part.get(name))


def timeless(data: bytes) -> bytes:
    """The workbook without the times of its making, so that equal content gives equal bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            _copy(target, name, source.read(name), None)
    return out.getvalue()


def _copy(target: zipfile.ZipFile, name: str, data: bytes, cells: WorksheetRows | None) -> None:
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type, info._compresslevel = zipfile.ZIP_DEFLATED, 1  # type: ignore[attr-defined]  # noqa: SLF001 - no other way
    if cells is None:
        target.writestr(info, TIMES.sub(b"", data) if name == "docProps/core.xml" else data)
        return
    text = SIZE.sub(f'<dimension ref="{cells.range}"/>', data.decode())
    hole = NO_CELLS.search(text)
    assert hole
    with target.open(info, "w") as file:
        file.write((text[: hole.start()] + "<sheetData>").encode())
        while chunk := "".join(islice(cells.rows, CHUNK)):
            file.write(chunk.encode())
        file.write(("</sheetData>" + text[hole.end() :]).encode())
