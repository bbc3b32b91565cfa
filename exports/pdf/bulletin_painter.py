"""Paints the first pages of a bulletin: what a leader reads on one page, and the indicators against their targets."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from exports.pdf.bulletin_charts import paint_charts
from exports.pdf.bulletin_matrix import LEGEND, LOWEST, ROW, MatrixLayout, paint_block, paint_legend
from exports.pdf.bulletin_tables import (
    HEAD,
    LOW,
    ROWS,
    obstacles_height,
    paint_bars,
    paint_indicators,
    paint_obstacles,
    paint_ranking,
)
from exports.pdf.column_widths import MM
from exports.pdf.fonts import HEI, SONG, TITLE, open_canvas
from exports.pdf.page_canvas import PageCanvas
from exports.pdf.painter import HIGH, WIDE
from exports.pdf.table_bands import shrunk
from exports.sheets.bulletin_content import Bulletin
from exports.sheets.sheet import Book
from models.store.atomic_file import replacing

LEFT, RIGHT, FOOT = 12.0, 285.0, 203.2  # mm; these pages have margins of their own, whatever the profile
SENTENCES, PITCH = 25.0, 5.0
TABLES = 1.6 + HEAD + 8.6  # from the tables' headings to the next heading, without their rows
ALONE = 56.0  # height of the tables' rows where the matrix has pages of its own
ENDS = FOOT - 3.4  # of what is printed above the foot
MATRIX_TITLE = "四、单位×"


class BulletinPainter(PageCanvas):
    """Paints the pages before the tables."""

    def __init__(self, canvas: Any, profile: str, black: bool) -> None:
        super().__init__(canvas, profile, black)
        self.pages: list[list[str]] = []  # what is painted on each, without its foot

    def front(self, first: Bulletin) -> None:
        """Paint the first page, and further ones for a matrix that does not fit on it."""
        layout = MatrixLayout(first.matrix, RIGHT - LEFT)
        top = self._front_head(first)
        high, row, lines = self._fitting(first, layout, top)
        for paint, x in ((paint_indicators, LEFT), (paint_bars, 133.0), (paint_ranking, 205.0)):
            paint(self, first, x, top, high)
        below = top + TABLES + high
        if row:
            paint_legend(self, first.matrix, self._matrix_title(first), LEFT, RIGHT, below)
            below = paint_block(self, layout, layout.blocks[0], LEFT, below + LEGEND, row) + 3.6
        self._obstacles(first, below, lines)
        if not row:
            self._matrix_pages(first, layout)

    def charts(self, first: Bulletin) -> None:
        """Paint the page of indicators against their targets."""
        self._begin()
        paint_charts(self, first)

    def finish(self, first: Bulletin, titles: Sequence[str], total: int) -> None:
        """Put the feet below the pages and hand them to the canvas; `titles` are those of the tables after them."""
        for number, code in enumerate(self.pages, 1):
            self.code = code
            self._foot_line(first, titles if number == 1 else (), f"第 {number} 页　共 {total} 页")
            self.canvas._code.append("\n".join(code))  # noqa: SLF001 - reportlab has no public way for raw operators
            self.canvas.showPage()

    def _begin(self) -> None:
        self.code = []
        self.pages.append(self.code)

    def _front_head(self, first: Bulletin) -> float:
        """The title and the sentences; returns the baseline of the tables' headings."""
        self._begin()
        room = 150.0 if first.sample else 168.0
        self.put(LEFT, 16.6, first.title, shrunk(first.title, room * MM * 1.2, 20, TITLE), TITLE)
        if first.sample:
            self.box(RIGHT - 17, 8.8, 17, 5.2, 0.6)
            self.put(RIGHT - 8.5, 12.6, "示例数据", 8.5, HEI, "c")
        self.put(RIGHT, 18, f"{first.office}　　打印日期 {first.printed}", 8.5, SONG, "r")
        self.rule(LEFT, 19.6, RIGHT, 19.6, 1.2)
        y = SENTENCES
        for word, text in first.sentences:
            self.put(LEFT, y, word, 10.5, HEI)
            y = self.paragraph(LEFT + 10, y, RIGHT - LEFT - 10, text, 10.2, 4.6, 2) + PITCH
        self.rule(LEFT, y - 2.2, RIGHT, y - 2.2, 0.5)
        return y + 2.4

    def _fitting(self, first: Bulletin, layout: MatrixLayout, top: float) -> tuple[float, float, int]:
        """The height of the tables' rows, of the matrix's rows, and the lines of an obstacle with which all fits on the
        page; a height of 0 where the matrix does not.
        """
        count = len(first.matrix.rows)
        if len(layout.blocks) == 1:
            for high, lines, least in ((ROWS, 2, ROW), (ROWS, 1, 3.5), (45.0, 1, 3.4), (LOW, 1, LOWEST)):
                room = ENDS - top - TABLES - high - LEGEND - 3.6
                row = (room - obstacles_height(self, first, lines) - layout.height(0)) / max(count, 1)
                if row >= least:
                    return high, min(row, ROW + (2.0 if count < 6 else 0.0)), lines
        return ALONE, 0.0, 3

    def _matrix_title(self, first: Bulletin) -> str:
        return f"{MATRIX_TITLE}{first.matrix.word}"

    def _matrix_pages(self, first: Bulletin, layout: MatrixLayout) -> None:
        """The matrix on pages of its own."""
        y = ENDS
        for block in layout.blocks:
            if y + layout.height(ROW) > ENDS:
                self._begin()
                self.put(LEFT, 17, first.title, 13, HEI)
                self.rule(LEFT, 19.6, RIGHT, 19.6, 1.0)
                paint_legend(self, first.matrix, self._matrix_title(first), LEFT, RIGHT, 25)
                y = 28.0
            y = paint_block(self, layout, block, LEFT, y, ROW) + 4

    def _obstacles(self, first: Bulletin, top: float, lines: int) -> None:
        end = paint_obstacles(self, first, LEFT, top, lines)
        x, high = LEFT + 207, max(end, top + 22) - top + 3.2
        self.box(x, top - 3.2, RIGHT - x, high, 0.8)
        self.put(x + 1.5, top + 0.7, "这些数字依据什么", 8.8, HEI)
        size = 7.6
        while size > 6 and self.line_count(first.basis, RIGHT - x - 3, size) * size * 0.475 > high - 6:
            size -= 0.2
        self.paragraph(
            x + 1.5, top + 4.5, RIGHT - x - 3, first.basis, size, size * 0.475, int((high - 6) / (size * 0.475)) + 1
        )

    def _foot_line(self, first: Bulletin, titles: Sequence[str], place: str) -> None:
        sample = "　示例数据" if first.sample else ""
        self.put(LEFT, FOOT, f"{first.office}　方案 {first.plan}{sample}", 7)
        self.put((LEFT + RIGHT) / 2, FOOT, place, 8, SONG, "c")
        after = "　".join(f"{n}{title}" for n, title in enumerate(titles, 1))
        self.put(RIGHT, FOOT, f"后附：{after}" if after else "", 7, SONG, "r")


def write_bulletin(path: Path, book: Book, first: Bulletin, profile: str = "sheet", black: bool = False) -> int:
    """Write a bulletin; returns its number of pages. Raises UserError where it cannot be written."""
    stream = BytesIO()
    canvas = open_canvas(stream, (WIDE, HIGH), book.title, first.office)
    painter = BulletinPainter(canvas, profile, black)
    laid = [painter.lay(sheet) for sheet in book.sheets]
    painter.front(first)
    if first.charts:
        painter.charts(first)
    count = len(painter.pages)
    total = count + sum(len(one.pages) for one in laid)
    painter.finish(first, [s.form.title for s in book.sheets], total)
    painter.paint(laid, before=count)
    canvas.save()
    with replacing(path) as part:
        part.write_bytes(stream.getvalue())
    return total
