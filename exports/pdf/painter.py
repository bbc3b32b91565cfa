"""排印: paints the sheets of a book on A4 pages as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from exports.pdf.column_widths import MM, PAD
from exports.pdf.fonts import HEI, SONG, TITLE, open_canvas, operators, widths
from exports.pdf.pagination import Band, Box, BoxLine, PageHeights, PageLayout, paginate
from exports.pdf.record_bands import record_bands
from exports.pdf.status_marks import mark
from exports.pdf.table_bands import Table, shrunk
from exports.sheets.line_breaking import spread, wrap
from exports.sheets.sheet import Book, Sheet, SheetHead
from models.store.atomic_file import replacing

WIDE, HIGH = 841.89, 595.28  # A4 landscape in pt
# page profile → margins in mm: top, right, bottom, left
PROFILES = {"sheet": (18, 18, 17, 18), "annex": (28, 36, 26, 36)}
FOOT = 22.0  # the line with the page number
SQUARE = 38.0  # the side of the square code
HEAD, AGAIN = 88.0, 24.0  # height above the table on the first page and on the others
SEAL = 42 * MM
NOTE, SIGN = 8.5, 10.5


@dataclass
class PaginatedSheet:
    """A sheet divided into pages."""

    sheet: Sheet
    head: list[Band]
    pages: list[PageLayout]


class Painter:
    """Paints the sheets of a book onto one canvas. `black` draws marks in black only."""

    def __init__(self, canvas: Any, profile: str, black: bool) -> None:
        self.canvas, self.black = canvas, black
        top, right, bottom, left = (m * MM for m in PROFILES[profile])
        self.left, self.right, self.top, self.bottom = left, WIDE - right, HIGH - top, bottom
        self.width = self.right - self.left
        self.code: list[str] = []

    ## layout

    def lay(self, sheet: Sheet) -> PaginatedSheet:
        """Divide a sheet into pages."""
        table = None if sheet.form.record else Table(sheet, self.width)
        head = table.head() if table else []
        used = self.bottom + FOOT + sum(b.height for b in head)
        room = PageHeights(self.top - HEAD - used, self.top - AGAIN - used, self._tail_height(sheet))
        bands = table.bands() if table else record_bands(sheet, self.width, room)
        return PaginatedSheet(sheet, head, paginate(bands, room))

    def _tail_height(self, sheet: Sheet) -> float:
        notes = len(self._note_lines(sheet, self._notes_width(sheet))) * NOTE * 1.45
        return max(notes + (96 if sheet.signatures else 0), SEAL if sheet.signatures else 0) + 10

    def _notes_width(self, sheet: Sheet) -> float:
        return self.width - (SEAL + 14 if sheet.signatures else 0)

    def _note_lines(self, sheet: Sheet, width: float) -> list[str]:
        """The lines of all notes, without the word 说明 before them."""
        many = len(sheet.notes) > 1
        parts = [f"{n}. {text}" if many else text for n, text in enumerate(sheet.notes, 1)]
        return wrap("　".join(parts), width - NOTE * 3, NOTE, widths(SONG))

    ## painting

    def paint(self, laid: Sequence[PaginatedSheet], before: int = 0) -> int:
        """Paint all pages, numbered after `before` others; returns the number of all."""
        total = before + sum(len(one.pages) for one in laid)
        number = before
        for one in laid:
            for page in one.pages:
                number += 1
                self._page(one, page, number, total)
        return total

    def _page(self, laid: PaginatedSheet, page: PageLayout, number: int, total: int) -> None:
        self.code = []
        y = self._head(laid.sheet) if page.head else self._again(laid.sheet)
        if page.bands:
            y = self._table(laid, page, y)
        if page.tail:
            self._tail(laid.sheet, y - 8)
        self._foot(laid.sheet, number, total)
        self.canvas._code.append("\n".join(self.code))  # noqa: SLF001 - reportlab has no public way for raw operators
        self.canvas.showPage()

    def text(self, x: float, y: float, text: str, face: str = SONG, size: float = 9.0, gap: float = 0.0) -> None:
        """Paint one line with its baseline at (x, y); `gap` is extra space after each character, in pt."""
        if text:
            shown = operators(text, face, size, self.canvas._doc)  # noqa: SLF001
            spaced = f"{gap:.3f} Tc {shown} 0 Tc" if gap else shown
            self.code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {spaced} ET")

    def aligned(self, x: float, width: float, y: float, text: str, align: str, face: str, size: float) -> None:
        """Paint one line within a width; `align` is left, center or right."""
        wide = widths(face).of(text) * size / 1000
        at = {"left": x, "center": x + (width - wide) / 2, "right": x + width - wide}[align]
        self.text(at, y, text, face, size)

    def line(self, x1: float, y1: float, x2: float, y2: float, weight: float) -> None:
        """Paint a straight rule."""
        self.code.append(f"{weight:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def _head(self, sheet: Sheet) -> float:
        head, top = sheet.head, self.top
        self.text(self.left, top - 13, head.place, HEI, 16)
        block = max((widths(SONG).of(line) for line in head.right), default=0) * 0.009
        for n, line in enumerate(head.right):
            self.text(self.right - block, top - 8 - 12 * n, line, SONG, 9)
        if sheet.stamp.version:
            self._square_code(f"{sheet.stamp.unit} {sheet.stamp.period} {sheet.stamp.version}", top - 20)
        size = shrunk(head.title, self.width - 2 * SQUARE - 12, 22, TITLE)
        self.aligned(self.left, self.width, top - 42, head.title, "center", TITLE, size)
        self.aligned(self.left, self.width, top - 60, head.below, "center", SONG, 12)
        self._line_above(head, top - HEAD + 8)
        if sheet.stamp.sample:
            self._sample(self.left + (54 if head.place else 0), top - 13)
        return top - HEAD

    def _line_above(self, head: SheetHead, y: float) -> None:
        """Paint unit, date and measure in one line; the date moves right for a long unit, and all are set smaller
        before they touch.
        """
        texts = (head.left, head.middle, head.measure)
        size = shrunk("　".join(t for t in texts if t), self.width, 10.5)
        left, middle, right = (widths(SONG).of(t) * size / 1000 for t in texts)
        x = max(self.left + (self.width - middle) / 2, self.left + left + size)
        x = min(x, self.right - right - size - middle) if head.measure else x
        self.text(self.left, y, head.left, SONG, size)
        self.text(x, y, head.middle, SONG, size)
        self.text(self.right - right, y, head.measure, SONG, size)

    def _sample(self, x: float, y: float) -> None:
        """Paint the mark 示例数据."""
        self.code.append(f"0.6 w {x:.2f} {y - 3.5:.2f} 48 15 re S")
        self.aligned(x, 48, y + 0.5, "示例数据", "center", HEI, 9.5)

    def _square_code(self, text: str, top: float) -> None:
        """Paint the version code as a QR code (unit, period and code) at the left of the head."""
        import segno

        rows = list(segno.make(text, micro=False, error="m").matrix)
        step = SQUARE / len(rows)
        boxes = (
            f"{self.left + x * step:.2f} {top - (y + 1) * step:.2f} {step:.3f} {step:.3f} re"
            for y, row in enumerate(rows) for x, dark in enumerate(row) if dark
        )  # fmt: skip
        self.code.append("\n".join(boxes) + " f")

    def _again(self, sheet: Sheet) -> float:
        head, y = sheet.head, self.top - AGAIN + 9
        title = head.again or head.title
        right = "　　".join(t for t in (head.left, head.below.strip("（）"), head.measure) if t)
        size = min(shrunk(f"{title}　{right}", self.width - (60 if sheet.stamp.sample else 0), 10.5, HEI), 10.5)
        self.text(self.left, y, title, HEI, size)
        if sheet.stamp.sample:
            self._sample(self.left + widths(HEI).of(title) * size / 1000 + 8, y)
        self.aligned(self.left, self.width, y, right, "right", SONG, size)
        return self.top - AGAIN

    def _foot(self, sheet: Sheet, number: int, total: int) -> None:
        stamp, y = sheet.stamp, self.bottom + 3
        self.line(self.left, y + 10, self.right, y + 10, 0.5)
        code = f"　版本码 {stamp.version}" if stamp.version else ""
        sample = "　示例数据" if stamp.sample else ""
        self.text(self.left, y, f"方案版本 {stamp.plan}{code}{sample}", SONG, 8.5)
        self.aligned(self.left, self.width, y, f"第 {number} 页　共 {total} 页", "center", SONG, 9.5)
        self.aligned(self.left, self.width, y, f"打印时间 {stamp.printed}" if stamp.printed else "", "right", SONG, 8.5)

    ## the table

    def _table(self, laid: PaginatedSheet, page: PageLayout, y: float) -> float:
        top = y
        for n, band in enumerate([*laid.head, *page.bands]):
            if n:
                weight = 1 if n == len(laid.head) else 0.5
                self._rule_above(band, y, weight, laid.head)
            self._band(band, y, laid.head)
            y -= band.height
        self.code.append(f"1 w {self.left:.2f} {y:.2f} {self.width:.2f} {top - y:.2f} re S")
        return y

    def _rule_above(self, band: Band, y: float, weight: float, head: list[Band]) -> None:
        if len(head) == 2 and band is head[1]:  # drawn only under merged headings
            for cell in head[0].cells:
                if cell.items:
                    self.line(self.left + cell.x, y, self.left + cell.x + cell.width, y, 0.5)
            return
        self.line(self.left, y, self.right, y, weight)

    def _band(self, band: Band, y: float, head: list[Band]) -> None:
        for cell in band.cells:
            x = self.left + cell.x
            if cell.x > 0.1:
                self.line(x, y, x, y - band.height, 0.5)
            tall = head[0].height if len(head) == 2 and band is head[1] and self._alone(cell, head[0]) else 0.0
            self._cell(cell, x, y + tall, band.height + tall)

    def _alone(self, cell: Box, over: Band) -> bool:
        """Whether a heading has no merged heading above it, so that it extends over both rows."""
        return any(abs(c.x - cell.x) < 0.1 and not c.items for c in over.cells)

    def _cell(self, cell: Box, x: float, y: float, height: float) -> None:
        parts = 1 + sum(i.rule for i in cell.items)
        air = (height - cell.height) / parts / 2  # above and below each of the values between rules
        top = y - air
        for n, item in enumerate(cell.items):
            follows = cell.items[n + 1 : n + 2]
            top -= air if item.rule else 0
            self._item(cell, item, x, top - item.lead / 2, not follows or follows[0].rule)
            top -= item.lead + (air if item.rule else 0)

    def _item(self, cell: Box, item: BoxLine, x: float, middle: float, last: bool) -> None:
        if item.rule:
            self.line(x, middle, x + cell.width, middle, 0.25)
            return
        if item.mark:
            self.code.append(mark(item.mark, x + cell.width / 2, middle, item.size * 0.48, self.black))
            return
        inner, y = cell.width - 2 * PAD, middle - item.size * 0.36
        gap = spread(item.text, inner, item.size, widths(cell.face)) if cell.align == "left" and not last else 0.0
        if gap:
            self.text(x + PAD, y, item.text, cell.face, item.size, gap)
        else:
            self.aligned(x + PAD, inner, y, item.text, cell.align, cell.face, item.size)

    ## the tail

    def _tail(self, sheet: Sheet, y: float) -> None:
        top = y
        self.text(self.left, y - NOTE * 1.45 + 3, "说明：" if sheet.notes else "", HEI, NOTE)
        for line in self._note_lines(sheet, self._notes_width(sheet)):
            y -= NOTE * 1.45
            self.text(self.left + NOTE * 3, y + 3, line, SONG, NOTE)
        if sheet.signatures:
            self._signatures(sheet.signatures, y - 14)
            self._seal(top)

    def _signatures(self, labels: Sequence[str], y: float) -> None:
        """Paint the labels, three to a row, each with a line to sign on."""
        width = (self.width - SEAL - 14) / 3
        for n, label in enumerate(labels):
            x, line = self.left + n % 3 * width, y - 14 - n // 3 * 36
            text = f"{label}："
            self.text(x, line, text, SONG, SIGN)
            start = x + widths(SONG).of(text) * SIGN / 1000 + 2
            self.line(start, line - 2, x + width - 12, line - 2, 0.5)

    def _seal(self, top: float) -> None:
        x, y = self.right - SEAL, top - SEAL
        self.code.append(f"q 0.6 0.6 0.6 RG 0.5 w [3 3] 0 d {x:.2f} {y:.2f} {SEAL:.2f} {SEAL:.2f} re S Q")
        self.code.append("0.55 0.55 0.55 rg")
        self.aligned(x, SEAL, y + SEAL / 2 - 4, "（盖章处）", "center", SONG, 10)
        self.code.append("0 0 0 rg")


def paint_book(book: Book, profile: str = "sheet", black: bool = False) -> tuple[bytes, int]:
    """The PDF of a book and its number of pages."""
    data, counts = paint_sheets(book, profile, black)
    return data, sum(counts)


def paint_sheets(book: Book, profile: str = "sheet", black: bool = False) -> tuple[bytes, list[int]]:
    """The PDF of a book and the number of pages of each of its sheets."""
    stream = BytesIO()
    author = book.sheets[0].head.left.rpartition("：")[2] if book.sheets else ""
    canvas = open_canvas(stream, (WIDE, HIGH), book.title, author)
    painter = Painter(canvas, profile, black)
    laid = [painter.lay(sheet) for sheet in book.sheets]
    painter.paint(laid)
    canvas.save()
    return stream.getvalue(), [len(one.pages) for one in laid]


def write_pdf(path: Path, book: Book, profile: str = "sheet", black: bool = False) -> int:
    """Write the PDF of a book; returns its number of pages. Raises UserError where it cannot be written."""
    data, pages = paint_book(book, profile, black)
    with replacing(path) as part:
        part.write_bytes(data)
    return pages
