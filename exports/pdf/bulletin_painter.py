"""Paints the first page of a bulletin: sentences, marks of units × actions, bars, ranking, obstacles; then a page of
trends.
"""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path

from exports.pdf.fonts import HEI, SONG, TITLE, open_canvas, widths
from exports.pdf.painter import HIGH, WIDE, Painter
from exports.pdf.status_marks import mark
from exports.pdf.table_bands import shrunk
from exports.sheets.bulletin import Bulletin, CompletionBar, MatrixRow
from exports.sheets.line_breaking import wrap
from exports.sheets.sheet import Book
from forms.states import MARKS
from models.county.rollup import Trend
from models.store.atomic_file import replacing

NARROWEST = 142.0  # of a column of marks
TOP, LINE = 46.0, 13.0  # the title; a line of the sentences
BLOCKS, GAP, HEADS = 3, 14.0, 30.0  # columns of the marks, the space between them, the height of their heads
TALLEST = 200.0  # of the chart of an indicator
SIDE = 236.0  # width of the right part
WORDS = MARKS
GREY, DARK = "0.82 0.82 0.82", "0.35 0.35 0.35"


class BulletinPainter(Painter):
    """Paints the pages before the tables."""

    def front(self, front: Bulletin, total: int) -> None:
        """Paint the first page."""
        self.code = []
        y = self._title(front)
        y = self._sentences(front.sentences, y)
        edge = self.right - SIDE
        self._lamps(front, self.left, edge - GAP - self.left, y - 6)
        below = self._bars(front, edge, y - 6)
        below = self._ranking(front, edge, below - 10)
        self._obstacles(front, edge, below - 10)
        self._page_foot(front, 1, total)
        self._show()

    def trends(self, front: Bulletin, number: int, total: int) -> None:
        """Paint a page of small charts, one for each measured indicator."""
        self.code = []
        self.text(self.left, self.top - 14, f"{front.title}　指标完成走势（累计）", HEI, 13)
        self._sample_sign(front)
        shown, across, y0 = front.trends[:16], 4, self.top - 34
        tall = min(
            TALLEST, (y0 - self.bottom - 24) / max(-(-len(shown) // across), 1) - 8
        )  # few charts are drawn larger
        wide = (self.width - (across - 1) * GAP) / across
        for n, (_, trend) in enumerate(shown):
            self._trend(trend, self.left + n % across * (wide + GAP), y0 - n // across * (tall + 8), wide, tall)
        self._page_foot(front, number, total)
        self._show()

    def _show(self) -> None:
        self.canvas._code.append("\n".join(self.code))  # noqa: SLF001 - reportlab has no public way for raw operators
        self.canvas.showPage()

    def _page_foot(self, front: Bulletin, number: int, total: int) -> None:
        y = self.bottom + 3
        self.line(self.left, y + 10, self.right, y + 10, 0.5)
        sample = "　示例数据" if front.sample else ""
        self.text(self.left, y, f"{front.office}　方案版本 {front.plan}{sample}", SONG, 8.5)
        self.aligned(self.left, self.width, y, f"第 {number} 页　共 {total} 页", "center", SONG, 9.5)
        self.aligned(self.left, self.width, y, f"打印日期 {front.printed}", "right", SONG, 8.5)

    def _title(self, front: Bulletin) -> float:
        size = shrunk(front.title, self.width - 140, 22, TITLE)
        self.aligned(self.left, self.width, self.top - 24, front.title, "center", TITLE, size)
        self._sample_sign(front)
        self.line(self.left, self.top - 34, self.right, self.top - 34, 1.2)
        return self.top - TOP

    def _sample_sign(self, front: Bulletin) -> None:
        if front.sample:
            self._sample(self.right - 48, self.top - 13)

    def _sentences(self, sentences: Sequence[str], y: float) -> float:
        for text in sentences:
            head, colon, rest = text.partition("：")
            start = self.left + widths(HEI).of(head + colon) * 0.0105
            lines = wrap(rest, self.right - start, 10.5, widths(SONG))
            for n, line in enumerate(lines):
                y -= LINE + 2
                self.text(self.left, y, head + colon if not n else "", HEI, 10.5)
                self.text(start, y, line, SONG, 10.5)
        return y

    ## marks of units × actions

    def _lamps(self, front: Bulletin, x: float, width: float, top: float) -> None:
        self.text(x, top - 11, "各单位任务情况", HEI, 10.5)
        self._legend(x + 84, top - 11)
        rows: list[str | MatrixRow] = []
        for title, lamps in front.lamps:
            rows += [f"{title}（{len(lamps)}个）", *lamps]
        blocks = BLOCKS if width > BLOCKS * NARROWEST else BLOCKS - 1
        count = -(-len(rows) // blocks)
        wide = (width - (blocks - 1) * GAP) / blocks
        room = top - 18 - HEADS - (self.bottom + 16)
        step = min(14.5, room / max(count, 1))
        source = iter(rows)
        for block in range(blocks):
            here = list(islice(source, count))
            if here:
                self._block(front, here, x + block * (wide + GAP), wide, top - 18, step)

    def _block(
        self, front: Bulletin, rows: Sequence[str | MatrixRow], x: float, wide: float, top: float, step: float
    ) -> None:
        cells = self._columns(front, x, wide)
        for at, name in zip(cells, front.columns, strict=True):
            for n, char in enumerate(name[:4]):
                self.aligned(at - 10, 20, top - 5 - 6.8 * n, char, "center", SONG, 6.5)
        y = top - HEADS
        self.line(x, y, x + wide, y, 0.7)
        for row in rows:
            middle = y - step / 2
            if isinstance(row, str):
                size = min(8.0, step * 0.78)
                self.text(x, middle - size * 0.36, row, HEI, size)
            else:
                self._unit(row, cells, x, wide, middle, step)
            y -= step
            self.line(x, y, x + wide, y, 0.2)

    def _columns(self, front: Bulletin, x: float, wide: float) -> list[float]:
        """The middles of the columns of marks, between the name and the percentage."""
        first, last = x + 61, x + wide - 24
        step = min((last - first) / len(front.columns), 18)
        return [first + step * (n + 0.5) for n in range(len(front.columns))]

    def _unit(self, row: MatrixRow, cells: Sequence[float], x: float, wide: float, middle: float, step: float) -> None:
        size, small = shrunk(row.unit, 59, min(8.5, step * 0.78)), min(8.0, step * 0.78)
        self.text(x, middle - size * 0.36, row.unit, HEI if row.note else SONG, size)
        if row.note:
            self.code.append(f"q 0.6 w [2 2] 0 d {x + 62:.2f} {middle:.2f} m {x + 71:.2f} {middle:.2f} l S Q")
            self.text(x + 74, middle - small * 0.36, row.note, SONG, small)
            return
        for at, name in zip(cells, row.marks, strict=True):
            if name:
                self.code.append(mark(name, at, middle, min(3.7, step * 0.33), self.black))
            else:
                self.line(at - 2, middle, at + 2, middle, 0.3)
        figure = f"{row.percent:.0f}%" if row.percent is not None else "—"
        self.aligned(x, wide, middle - small * 0.36, figure, "right", SONG, small)

    def _legend(self, x: float, y: float) -> None:
        for name, word in WORDS.items():
            self.code.append(mark(name, x + 4, y + 3, 3.6, self.black))
            self.text(x + 10, y, word, SONG, 8)
            x += 16 + widths(SONG).of(word) * 0.008 + 4

    ## bars

    def _bars(self, front: Bulletin, x: float, top: float) -> float:
        self.text(x, top - 11, front.bars_title, HEI, 10.5)
        name, figure = (128.0, 30.0) if len(front.columns) == 1 else (62.0, 30.0)
        start, room, y = x + name, SIDE - name - figure, top - 32
        at = start + room * float(front.expected) / 100
        if not front.bars:
            self.text(x, y, "本期还没有收到", SONG, 9)
            return y - 8
        self.aligned(at - 40, 80, top - 23, f"序时{front.expected}%", "center", SONG, 7.5)
        for bar in front.bars:
            self._bar(bar, x, y, name, start, room)
            y -= 14.5
        self.code.append(f"q 0.7 w [2 1.5] 0 d {at:.2f} {top - 25:.2f} m {at:.2f} {y + 9:.2f} l S Q")
        self.text(x, y + 1, "深色为本期，竖线为上期（只算本期已报的单位），虚线为序时。", SONG, 7.5)
        return y - 4

    def _bar(self, bar: CompletionBar, x: float, y: float, name: float, start: float, room: float) -> None:
        text = wrap(bar.name, name - 4, 8.5, widths(SONG))
        self.text(x, y, text[0] if len(text) == 1 else text[0][:-1] + "…", SONG, 8.5)
        self.code.append(f"q {GREY} rg {start:.2f} {y - 1:.2f} {room:.2f} 8 re f Q")
        if bar.percent is None:
            self.aligned(start, room + 30, y, "—", "right", SONG, 8.5)
            return
        done = room * min(float(bar.percent), 100) / 100
        self.code.append(f"q {DARK} rg {start:.2f} {y - 1:.2f} {done:.2f} 8 re f Q")
        if bar.before is not None:
            before = start + room * min(float(bar.before), 100) / 100
            self.code.append(f"q 1 1 1 RG 2.6 w {before:.2f} {y - 1:.2f} m {before:.2f} {y + 7:.2f} l S Q")
            self.line(before, y - 3, before, y + 9, 0.9)
        self.aligned(start, room + 30, y, f"{bar.percent:f}%", "right", SONG, 8.5)

    ## ranking and obstacles

    def _ranking(self, front: Bulletin, x: float, top: float) -> float:
        self.text(x, top - 11, front.ranking_title, HEI, 10.5)
        half, y = SIDE / 2, top - 26
        if not front.ranking:
            self.text(x, y, "本期还没有收到", SONG, 9)
        rows = -(-len(front.ranking) // 2)
        for n, (place, unit, figure) in enumerate(front.ranking):
            left, line = x + n // rows * half, y - n % rows * 13
            self.text(left, line, place, HEI, 8.5)
            self.text(left + 16, line, unit, SONG, shrunk(unit, half - 62, 8.5))
            self.aligned(left, half - 10, line, figure, "right", SONG, 8.5)
        return y - max(rows, 1) * 13 + 8

    def _obstacles(self, front: Bulletin, x: float, top: float) -> None:
        self.text(x, top - 11, "未销号的中梗阻", HEI, 10.5)
        y = top - 26
        if not front.obstacles:
            self.text(x, y, "没有", SONG, 9)
            return
        shown = 0
        for level, unit, text, due in front.obstacles:
            lines = wrap(f"〔{level}〕{unit}：{text}{f'（{due}前）' if due else ''}", SIDE, 8.5, widths(SONG))[:2]
            if y - len(lines) * 11 < self.bottom + 30:
                break
            for line in lines:
                self.text(x, y, line, SONG, 8.5)
                y -= 11
            y, shown = y - 2, shown + 1
        more = front.more_obstacles + len(front.obstacles) - shown
        if more:
            self.text(x, y, f"{'另有' if shown else '共'}{more}件，见后面的台账。", SONG, 8.5)

    ## trends

    def _trend(self, trend: Trend, x: float, top: float, wide: float, tall: float) -> None:
        goal = f"目标{trend.target.normalize():f}" if trend.target else ""
        title, room = f"{trend.title}（{trend.measure}）", wide - widths(SONG).of(goal) * 0.0085 - 6
        self.text(x, top - 9, title, HEI, shrunk(title, room, 9, HEI))
        self.aligned(x, wide, top - 9, goal, "right", SONG, 8.5)
        floor, high = top - tall + 14, tall - 34
        figures = [v for _, v in trend.points if v is not None]
        most = float(max([*figures, trend.target or Decimal(0)])) or 1.0
        self.line(x, floor, x + wide, floor, 0.5)
        y = 0.0
        if trend.target:
            y = floor + high * float(trend.target) / most
            self.code.append(f"q 0.6 w [3 2] 0 d {x:.2f} {y:.2f} m {x + wide:.2f} {y:.2f} l S Q")
        step = wide / max(len(trend.points), 1)
        spots = [(x + step * (n + 0.5), floor + high * float(v) / most, v)
                 for n, (_, v) in enumerate(trend.points) if v is not None]  # fmt: skip
        self._curve(spots, x + wide, y)
        for n, (period, _) in enumerate(trend.points):
            self.aligned(x + step * n, step, floor - 8, period.rpartition("-")[2].lstrip("0"), "center", SONG, 6.5)

    def _curve(self, spots: Sequence[tuple[float, float, Decimal]], right: float, goal: float) -> None:
        """The curve of an indicator; its last value is printed below its point, or above where it would touch the curve
        or the line of the target.
        """
        path = " ".join(f"{a:.2f} {b:.2f} {'l' if n else 'm'}" for n, (a, b, _) in enumerate(spots))
        self.code.append(f"q 1.2 w {path} S Q" if spots else "")
        for a, b, _ in spots:
            self.code.append(f"{a - 1.6:.2f} {b - 1.6:.2f} 3.2 3.2 re f")
        if spots:
            a, b, value = spots[-1]
            rising = len(spots) > 1 and spots[-2][1] < b  # then the curve is below
            below, above = rising or b - 13 < goal < b - 2, b - 1 < goal < b + 13
            clear = 4 if below and not above else -11
            self.aligned(min(a + 30, right) - 60, 60, b + clear, f"{value.normalize():f}", "right", HEI, 8)


def write_bulletin(path: Path, book: Book, front: Bulletin, profile: str = "sheet", black: bool = False) -> int:
    """Write a bulletin; returns its number of pages. Raises UserError where it cannot be written."""
    stream = BytesIO()
    canvas = open_canvas(stream, (WIDE, HIGH), book.title, front.office)
    painter = BulletinPainter(canvas, profile, black)
    laid = [painter.lay(sheet) for sheet in book.sheets]
    first = 2 if front.trends else 1
    total = first + sum(len(one.pages) for one in laid)
    painter.front(front, total)
    if front.trends:
        painter.trends(front, 2, total)
    painter.paint(laid, before=first)
    canvas.save()
    with replacing(path) as part:
        part.write_bytes(stream.getvalue())
    return total
