"""Formats of cells: the role of a cell decides its font, borders and protection."""

from dataclasses import dataclass, field
from functools import cache

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

SONG, HEI, TITLE = "宋体", "黑体", "方正小标宋简体"
FONTS = {
    "title": (TITLE, 18, "000000"),
    "below": (SONG, 12, "000000"),
    "place": (HEI, 14, "000000"),
    "head": (SONG, 10.5, "000000"),
    "sample": (HEI, 14, "C00000"),
    "heading": (HEI, 10.5, "000000"),
    "group": (HEI, 10, "000000"),
    "total": (HEI, 10, "000000"),
    "note": (SONG, 9, "404040"),
    "sign": (SONG, 10.5, "000000"),
    "spare": (HEI, 10, "595959"),
    "hidden": (SONG, 8, "808080"),
}
GRID = ("heading", "total", "body", "label")  # roles with all four borders
BAND = "group"  # top and bottom border only: its title extends over the cells beside it
SHADED = ("heading", "label")


@dataclass(frozen=True)
class CellStyle:
    """The format of a cell: its role on the sheet, alignment, number format; `open` cells may be edited."""

    role: str = "body"
    align: str = "left"
    format: str = "General"
    open: bool = False
    wrap: bool = True
    top: bool = False
    indent: int = 0
    edge: str = ""  # the side of a group row that this cell closes


HIDDEN = CellStyle("hidden", wrap=False)


@dataclass
class Styles:
    """The numbers of the cell formats of one workbook; equal formats share a number."""

    book: Workbook
    _numbers: dict[CellStyle, int] = field(default_factory=dict)

    def number(self, look: CellStyle) -> int:
        """The number for a cell's `s` attribute."""
        if look not in self._numbers:
            self._numbers[look] = self._add(look)
        return self._numbers[look]

    def _add(self, look: CellStyle) -> int:
        cell = Cell(self.book.worksheets[0], row=1, column=1)
        cell.font, cell.border, cell.fill = _font(look.role), _border(look.role, look.edge), _fill(look)
        cell.alignment = _alignment(look)
        cell.number_format = look.format
        cell.protection = _protection(look.open)
        number: int = cell.style_id
        return number


def body_font(book: Workbook) -> None:
    """Make the body font the workbook's default font, because Excel measures column widths in its characters."""
    book._named_styles["Normal"].font = _font("body")  # noqa: SLF001 - no other way
    book._fonts[0] = _font("body")  # noqa: SLF001 - no other way


@cache
def _font(role: str) -> Font:
    name, size, colour = FONTS.get(role, (SONG, 10, "000000"))
    if role == "label":
        name = HEI
    return Font(name=name, size=size, color="FF" + colour)


@cache
def _border(role: str, edge: str) -> Border:
    thin, none = Side(style="thin", color="FF000000"), Side()
    grid, band = role in GRID, role == BAND
    left, right = (thin if grid or (band and edge == side) else none for side in ("left", "right"))
    flat = thin if grid or band else none
    return Border(left=left, right=right, top=flat, bottom=flat)


@cache
def _fill(look: CellStyle) -> PatternFill:
    if look.role in SHADED:
        return PatternFill("solid", fgColor="FFEFEDE6")
    closed = look.role == "body" and not look.open
    return PatternFill("solid", fgColor="FFF7F6F2") if closed else PatternFill()


@cache
def _alignment(look: CellStyle) -> Alignment:
    vertical = "top" if look.top else "center"
    return Alignment(horizontal=look.align, vertical=vertical, wrap_text=look.wrap, indent=look.indent)


@cache
def _protection(open: bool) -> Protection:
    return Protection(locked=not open)
