"""Opens a workbook and gives each worksheet (工作表) as plain cells, with texts as a person would have typed them. Runs
in the sandbox (exports/readback/sandbox.py).
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from exports.readback.number_format import shown
from exports.readback.sandbox import Sandbox
from exports.readback.zip_guard import NOT_A_BOOK, guard
from models.refusals import INCOMPLETE, Refused

FROM_1904 = "number from 1904"


class CellContent(NamedTuple):
    """The content of a cell: `text` as a person would type it ('' for a formula without a result), the `formula`, and
    what it `holds`: text, number, day, yes (是否), error, or a number of a workbook that counts days from 1904. `ditto`
    is the sign in the cell (同上, 〃) where the other values are those of the cell above. `seen`: what the number
    format shows where the user may mean that and not the number; `unit`: the unit of money that the format names
    without scaling the figure ('' where it scales it).
    """

    text: str
    formula: str = ""
    holds: str = "text"
    ditto: str = ""
    seen: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Worksheet:
    """A worksheet: its cells with content by row and column, counted from 1, and its merged ranges as left, top, right,
    bottom.
    """

    title: str
    rows: dict[int, dict[int, CellContent]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False

    def text(self, row: int, column: int) -> str:
        """The text of a cell; '' where there is none."""
        told = self.rows.get(row, {}).get(column)
        return told.text if told else ""


def open_worksheets(data: bytes, apart: Sandbox) -> list[Worksheet]:
    """The worksheets of a workbook, after the zip guard; those opened last are cached in `apart`. Raises Refused."""
    digest = sha256(data).hexdigest()
    if apart.last[0] != digest:
        guard(data)
        apart.last = digest, apart.do(read_worksheets, data)
    pages: list[Worksheet] = apart.last[1]
    if not pages:
        raise Refused(NOT_A_BOOK)
    return pages


def read_worksheets(data: bytes) -> list[Worksheet]:
    """`open_worksheets` in this process."""
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    results, written = _opened(data, data_only=True), _opened(data, data_only=False)
    number = FROM_1904 if results.epoch == CALENDAR_MAC_1904 else "number"
    pairs = zip(results.worksheets, written.worksheets, strict=True)
    return [_worksheet(page, formulas, number) for page, formulas in pairs]


def _opened(data: bytes, data_only: bool) -> Any:
    """The workbook, if all worksheets that it lists can be read. Raises Refused: the library silently omits a missing
    one.
    """
    from openpyxl.reader.excel import ExcelReader

    reader = ExcelReader(io.BytesIO(data), data_only=data_only, keep_links=False)
    reader.read()
    if len(reader.parser.sheets) != len(reader.wb.sheetnames):
        raise Refused(INCOMPLETE)
    return reader.wb


def _worksheet(page: Any, written: Any, number: str) -> Worksheet:
    rows: dict[int, dict[int, CellContent]] = {}
    for (row, column), cell in sorted(_cells(page).items()):
        formula = _formula(_cells(written)[row, column])
        if cell.value is not None or formula:
            rows.setdefault(row, {})[column] = _content(cell, formula, number)
    merged = tuple(r.bounds for r in page.merged_cells.ranges)
    return Worksheet(page.title, rows, merged, page.sheet_state != "visible")


def _cells(page: Any) -> dict[tuple[int, int], Any]:
    """The cells that exist: the library's public iterators visit every empty cell up to the farthest one."""
    cells: dict[tuple[int, int], Any] = page._cells  # noqa: SLF001 - no other way
    return cells


def _formula(cell: Any) -> str:
    """The formula of a cell, as it would be typed."""
    if cell.data_type != "f":
        return ""
    text = str(getattr(cell.value, "text", cell.value) or "=")
    return text if text.startswith("=") else f"={text}"


def _content(cell: Any, formula: str, number: str) -> CellContent:
    value = cell.value
    if value is None:
        return CellContent("", formula)
    if cell.data_type == "e":
        return CellContent(str(value), formula, "error")
    if isinstance(value, bool):
        return CellContent("是" if value else "否", formula, "yes")
    if isinstance(value, int | float):
        return _number(value, str(cell.number_format), formula, number)
    if isinstance(value, datetime | date | time | timedelta):
        return CellContent(_day(value), formula, "day")
    return CellContent(_text(str(value)), formula)


def _number(value: int | float, number_format: str, formula: str, number: str) -> CellContent:
    """A number as it was typed: Excel keeps fifteen digits, and 0.85 shown as 85% was typed as 85%. A percent sign that
    is only text is put after the number as it is.
    """
    exact = Decimal(value if isinstance(value, int) else f"{value:.15g}")
    look = shown(number_format, exact)
    text = f"{_bare(exact * 100)}%" if look.percent and not look.is_scaled else _bare(exact)
    text += "%" if look.literal_percent and not look.is_scaled else ""
    return CellContent(text, formula, number, "", look.seen(exact), "" if look.is_scaled else look.unit)


def _bare(figure: Decimal) -> str:
    text = f"{figure:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: datetime | date | time | timedelta) -> str:
    return value.strftime("%Y-%m-%d") if isinstance(value, date) else str(value)


def _text(value: str) -> str:
    from openpyxl.utils.escape import unescape

    return str(unescape(value)).replace("\r\n", "\n").replace("\r", "\n")
