"""The layout of a worksheet: the parts that tables and records share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from exports.excel.rows_xml import XmlCell, XmlRow
from exports.excel.styles import CellStyle, Styles
from exports.sheets.line_breaking import PLAIN, wrap
from exports.sheets.sheet import Sheet
from forms.field import Field

ID, NUMBER = "A", "B"  # letters of the hidden column of record ids and of 序号
CHARS_PER_MM = 0.54  # width of a half-width character at 10 pt is 7 pixels of 96 to the inch
PADDING = 1.2  # padding of a column, in half-width characters
SURE = 0.95  # share of a width that can be used for text in every program
LINE = 14.0  # height of a line at 10 pt, in points
ROOM = 6.0  # height of a row beyond its lines, in points
TALLEST = 409.0  # what Excel allows, in points
A4, A3 = 9, 8  # paper sizes as Excel numbers them
ACROSS = {A4: 148.0, A3: 214.0}  # half-width characters across a landscape page at full size, in Excel
DOWN = {A4: 490.0, A3: 735.0}  # points down such a page, with a margin
LEGIBLE = 157.0  # up to this width A4 can be read in every program; some draw characters a quarter wider
WIDEST = 180.0  # up to this width, in half-width characters, a column grows for a text that is too tall


@dataclass(frozen=True)
class WorksheetColumn:
    """A visible column: its letter, its name in the hidden row, its field (None: 序号), its width in half-width
    characters.
    """

    letter: str
    name: str
    width: float
    field: Field | None = None


@dataclass
class WorksheetLayout:
    """A worksheet laid out. `places` has row numbers by name (the format in exports.excel.workbook); `spare` is the
    empty row that is repeated from `places["spare_first"]` to `places["spare_last"]`.
    """

    name: str
    sheet: Sheet
    columns: Sequence[WorksheetColumn]
    rows: list[XmlRow] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)
    spare: XmlRow | None = None
    charts: list[tuple[int, int]] = field(
        default_factory=list
    )  # the row at which each chart begins, and how many it takes

    @property
    def last(self) -> str:
        """Letter of the last column."""
        return self.columns[-1].letter

    @property
    def width(self) -> float:
        """The width of all visible columns, in half-width characters."""
        return sum(c.width for c in self.columns)

    @property
    def paper(self) -> int:
        """The paper size, A4 or A3, on which the sheet can be read when fitted to one page across."""
        return A4 if self.width <= LEGIBLE else A3

    @property
    def on_one_page(self) -> bool:
        """Whether there are charts and everything above them fits on the first page."""
        return bool(self.charts) and self.points(self.charts[0][0] - 1) <= self.page

    @property
    def page(self) -> float:
        """The height of a page in points, at the scale of the print."""
        return DOWN[self.paper] / min(1.0, ACROSS[self.paper] / self.width)

    def points(self, rows: int) -> float:
        """The height in points of the first rows."""
        return sum(r.height or 15 for r in self.rows[:rows] if not r.hidden)

    def add(self, row: XmlRow) -> int:
        """Append a row; returns its number."""
        self.rows.append(row)
        return len(self.rows)

    def across(self, text: str, style: int, size: float = 10, least: float = 0) -> int:
        """Append a row with one text over all columns; `size` in points decides how many lines it needs."""
        count = lines(text, (self.width - PADDING) * 10 / size)
        number = self.add(XmlRow([XmlCell(NUMBER, style, text)], max(least, count * size * 1.4 + 4), fixed=True))
        if len(self.columns) > 1:
            self.merges.append(f"{NUMBER}{number}:{self.last}{number}")
        return number


def half_widths(text: str) -> int:
    """The width of a text in half-width characters."""
    return sum(1 if c < "\u1100" else 2 for c in text)


def lines(text: str, width: float) -> int:
    """The largest number of lines that a text needs at `width` half-width characters: marks do not hang over the end as
    in PDF, and each spreadsheet program measures a little differently.
    """
    room = max(2.0, width * SURE - 1)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return max(1, len(wrap(text, room / 2, 1, PLAIN)))


def height(texts: Iterable[tuple[str, float]], least: float = 0) -> float:
    """The height in points of a row with these texts at these column widths."""
    most = max((lines(text, width - PADDING) for text, width in texts), default=1)
    return min(TALLEST, max(least, most * LINE + ROOM))


def wide_enough(texts: Sequence[str], width: float) -> float:
    """The width at which the longest of the texts fits the tallest row, at most the widest column allowed."""
    longest = [t for t in texts if len(t) * LINE > TALLEST]
    while width < WIDEST and any(lines(t, width - PADDING) * LINE + ROOM > TALLEST for t in longest):
        width = min(WIDEST, width * 1.15)
    return width


def add_head(laid: WorksheetLayout, styles: Styles) -> None:
    """Append place, title and the line below it."""
    head = laid.sheet.head
    if laid.sheet.stamp.sample:
        laid.across("示例数据（由程序生成，不是真实填报）", styles.number(CellStyle("sample", "center")), 14)
    _corners(laid, styles)
    laid.across(head.title, styles.number(CellStyle("title", "center")), 18, 32)
    if head.below:
        laid.across(head.below, styles.number(CellStyle("below", "center")), 12)


def _corners(laid: WorksheetLayout, styles: Styles) -> None:
    head = laid.sheet.head
    place, right = styles.number(CellStyle("place", wrap=False)), styles.number(CellStyle("head", wrap=False))
    column = _right_block(laid.columns, max((half_widths(t) for t in head.right), default=0) * 1.1 + 2)
    if laid.sheet.form.record:
        right = styles.number(CellStyle("head", "right", wrap=False))
    for n in range(max(len(head.right), 1 if head.place else 0)):
        cells = [XmlCell(NUMBER, place, head.place)] if not n and head.place else []
        if n < len(head.right):
            cells.append(XmlCell(column, right, head.right[n]))
        laid.add(XmlRow(cells, 20 if not n else 16, fixed=True))


def _right_block(columns: Sequence[WorksheetColumn], width: float) -> str:
    """The letter of the last column from which at least that width remains to the right."""
    have = 0.0
    for column in reversed(columns):
        have += column.width
        if have >= width:
            return column.letter
    return columns[-1].letter


def add_line(laid: WorksheetLayout, styles: Styles) -> None:
    """Append the line directly above the table: unit, date, measure."""
    head = laid.sheet.head
    if not (head.left or head.middle or head.measure):
        return
    if len(laid.columns) < 4:
        laid.across(
            "　　".join(t for t in (head.left, head.middle, head.measure) if t), styles.number(CellStyle("head")), 11
        )
        return
    middle = laid.columns[len(laid.columns) // 2].letter
    parts = ((NUMBER, "left", head.left), (middle, "center", head.middle), (laid.last, "right", head.measure))
    cells = [
        XmlCell(at, styles.number(CellStyle("head", align, wrap=False)), text) for at, align, text in parts if text
    ]
    laid.add(XmlRow(cells, 20, fixed=True))


def tail(laid: WorksheetLayout, styles: Styles) -> None:
    """Append the notes and the sign line."""
    note, notes = styles.number(CellStyle("note")), laid.sheet.notes
    for n, text in enumerate(notes):
        mark = f"{n + 1}．" if len(notes) > 1 else ""
        laid.across(("　　　" if n else "说明：") + mark + text, note, 9)
    if laid.sheet.signatures:
        laid.across(_signs(laid.sheet.signatures, laid.width), styles.number(CellStyle("sign")), 11, 36)


def _signs(signatures: Sequence[str], width: float) -> str:
    """The labels spread over the line, with space to write after each."""
    labels = [s.rstrip("：:") + "：" for s in signatures]
    left = width * 10 / 11 - half_widths("".join(labels))
    return ("　" * max(2, int(left / 2 / len(labels)))).join(labels)


def marker(sheet: Sheet) -> str:
    """The text of the hidden corner cell, by which a worksheet is known without its workbook."""
    return f"qingdan 1 {sheet.form.name} {sheet.stamp.unit} {sheet.stamp.period}"


CHART_ROWS, LOWEST, CHART_ROW = 22, 12, 18.0  # what a chart takes below the table: rows, at least; points a row


def room_for_charts(laid: WorksheetLayout) -> None:
    """Append empty rows for each chart: fewer where the page ends with them, or all on the next page."""
    for _ in laid.sheet.charts:
        laid.add(XmlRow([], 8, fixed=True))
        fits = int((laid.page - laid.points(len(laid.rows))) / CHART_ROW)
        count = min(CHART_ROWS, fits) if fits >= LOWEST else CHART_ROWS
        laid.charts.append((len(laid.rows) + 1, count))
        for _ in range(count):
            laid.add(XmlRow([], CHART_ROW, fixed=True))
