"""Paints the tables of a bulletin's first page: indicators, bars of completion, rankings, obstacles. Lengths in mm."""

from exports.pdf.column_widths import MM
from exports.pdf.fonts import HEI, SONG
from exports.pdf.page_canvas import PageCanvas
from exports.pdf.table_bands import shrunk
from exports.sheets.bulletin_content import Bulletin, CompletionBar, IndicatorLine, ObstacleLine, RankLine, RankTable

ROWS, LOW = 48.5, 42.0  # height of the rows of a table, and where it has to be small
HEAD = 5.0  # height of its head
ROW = 4.85
EMPTY = "本期还没有收到"
FEW = 10  # rows of a ranking


def paint_indicators(page: PageCanvas, first: Bulletin, x: float, top: float, high: float) -> None:
    """The table of the main indicators."""
    width, y = 117.0, top + 1.6
    edges = [x + e for e in (0, 41, 54, 66, 78, 98, width)]  # name, target, figure, last year, change, verdict
    page.put(x, top, "一、主要指标", 10.5, HEI)
    page.put(x + 27, top, "（累计；增速、占比与上年比按百分点）", 7.5)
    page.rule(x, y, x + width, y, 0.9)
    for n, head in enumerate(("指标", "年度目标", "累计", "上年同期", "增减", "判定")):
        at = edges[n] + 1 if not n else (edges[n] + edges[n + 1]) / 2
        page.put(at, y + 3.6, head, 8, HEI, "c" if n else "l")
    y += HEAD
    page.rule(x, y, x + width, y, 0.5)
    pitch = min(ROW, high / max(len(first.indicators), 1))
    for line in first.indicators:
        _indicator(page, line, edges, y + pitch * 0.72, pitch)
        y += pitch
        page.rule(x, y, x + width, y, 0.2)
    if not first.indicators:
        page.put(x + 1, y + 3.6, "方案里没有这方面的指标", 8.5)
        y += ROW
    page.rule(x, y, x + width, y, 0.9)
    page.paragraph(x, top + 1.6 + HEAD + high + 2.9, width, first.indicators_note, 6.8, 2.8, 1)


def _indicator(page: PageCanvas, line: IndicatorLine, edges: list[float], y: float, pitch: float) -> None:
    face, size = HEI if line.bad else SONG, min(8.5, pitch * 1.78)
    page.fit(edges[0] + 1, y, edges[1] - edges[0] - 1.5, line.name, size, face, pitch)
    for n, (text, bold) in enumerate(((line.target, SONG), (line.total, HEI), (line.last_year, SONG)), 1):
        room = edges[n + 1] - edges[n] - 1.4
        page.put(edges[n + 1] - 1.2, y, text, shrunk(text, room * MM, size, bold), bold, "r")
    page.put(edges[5] - 1, y, line.change, shrunk(line.change, 18.5 * MM, size - 0.6), SONG, "r")
    page.sign(line.sign, edges[5] + 2.4, y - 1.1, 1.15)
    page.put(edges[5] + 4.4, y, line.verdict, min(7.9, size), face)


## bars


def paint_bars(page: PageCanvas, first: Bulletin, x: float, top: float, high: float) -> None:
    """A bar for each action (or task), with a white tick for last time and a dashed line for 序时."""
    tasks = any(len(b.name) > 12 for b in first.bars)
    name, room, width = (22.0, 20.0, 68.0) if tasks else (16.0, 26.0, 68.0)
    end, y = top + 1.6 + HEAD + high, top + 4.6
    page.put(x, top, f"二、{first.bars_title}", 10.5, HEI)
    bars = x + name
    at = bars + room * min(float(first.expected), 100) / 100
    if not first.bars or all(b.percent is None for b in first.bars):
        page.put(x, y + 5, EMPTY, 8.5)
        return
    page.put(at, y, f"序时{first.expected}%", 7.2, HEI, "c")
    page.put(x + 57.5, y, f"比{first.last}", 7, SONG, "r")
    page.put(x + width, y, first.late_word[:5], 7, SONG, "r")
    pitch = min((end - y - 2.4) / len(first.bars), 8.0)
    for n, bar in enumerate(first.bars):
        middle = y + 1.4 + pitch * (n + 0.5)
        _bar(page, bar, x, middle, (name, room, pitch))
        own = bars + room * min(float(first.expected if bar.expected is None else bar.expected), 100) / 100
        page.rule(own, middle - pitch / 2, own, middle + pitch / 2, 0.9, (2, 1.5))
    page.paragraph(x, end + 2.9, width + 2, first.bars_note, 6.8, 2.8, 2)


def _bar(page: PageCanvas, bar: CompletionBar, x: float, y: float, sizes: tuple[float, float, float]) -> None:
    name, room, pitch = sizes
    start, high = x + name, min(3.0, pitch * 0.62)
    if len(bar.name) > 12:
        page.paragraph(x, y - 0.3, name - 1, bar.name, 6.2, 2.4, 2)
    else:
        page.fit(x, y + 1.1, name - 0.6, bar.name, min(8.8, pitch * 2), HEI if bar.slowest else SONG, pitch)
    page.box(start, y - high / 2, room, high, 0.3)
    if bar.percent is None:
        page.put(x + 50, y + 1.1, "—", 8.8, HEI, "r")
        return
    page.box(start, y - high / 2, room * min(float(bar.percent), 100) / 100, high, filled=True)
    if bar.before is not None:
        tick = start + room * min(float(bar.before), 100) / 100
        page.cut(tick, y - high / 2, y + high / 2, 1.0)
        if bar.before > bar.percent:  # it lies in the white: drawn black
            page.rule(tick, y - high / 2, tick, y + high / 2, 1.0)
    page.put(x + 50, y + 1.1, f"{bar.percent}", 8.8, HEI, "r")
    page.put(x + 58.5, y + 1.1, "—" if bar.change is None else f"{bar.change:+}".replace("-", "−"), 8.2, SONG, "r")
    page.put(x + 68, y + 1.1, f"{bar.late}项", 8.2, SONG, "r")


## ranking


def paint_ranking(page: PageCanvas, first: Bulletin, x: float, top: float, high: float) -> None:
    """The ranking of each kind of units in two columns: the first and the last ones."""
    wide, gap = 38.4, 3.2
    page.put(x, top, "三、排名", 10.5, HEI)
    page.put(x + 17, top, f"（按平均完成；△升▼降，比{first.last}几位）", 7.5)
    end = top + 1.6 + HEAD + high
    page.paragraph(x, end + 2.9, 80, first.ranking_note, 6.8, 2.8, 2)
    tables = list(first.ranking)
    if not tables:
        page.put(x, top + 9.6, EMPTY, 8.5)
        return
    if len(tables) == 1 and len(tables[0].lines) > FEW:
        tables = _halves(tables[0])
    deep = -(-len(tables) // 2)  # tables in a column
    tall = (HEAD + high - (deep - 1) * 1.6) / deep
    for n, table in enumerate(tables):
        column, place = divmod(n, deep)
        _rank_table(page, table, x + column * (wide + gap), top + 1.6 + place * (tall + 1.6), wide, tall)


def _halves(table: RankTable) -> list[RankTable]:
    return [RankTable(table.title, table.lines[:FEW]), RankTable("最后几位", table.lines[FEW:][-FEW:])]


def _rank_table(page: PageCanvas, table: RankTable, x: float, y: float, wide: float, high: float) -> None:
    rows = min(max(2, round((high - HEAD) / 4.4)), FEW)
    pitch = min(ROW, (high - HEAD) / rows)
    page.rule(x, y, x + wide, y, 0.9)
    page.fit(x + 0.5, y + 3.6, wide - 10, table.title, 8, HEI, pitch)
    page.put(x + wide, y + 3.6, "完成%", 6.8, SONG, "r")
    y += HEAD
    page.rule(x, y, x + wide, y, 0.5)
    cut = len(table.lines) > rows
    ends = -(-rows // 2)
    lines = [*table.lines[:ends], *table.lines[-(rows - ends) :]] if cut else list(table.lines)
    for n, line in enumerate(lines):
        if cut and n == ends:
            page.rule(x, y + 0.1, x + wide, y + 0.1, 0.5, (1, 1))
        _rank_line(page, line, x, y + pitch * 0.73, wide, (cut and n >= ends, pitch))
        y += pitch
    page.rule(x, y, x + wide, y, 0.9)


def _rank_line(page: PageCanvas, line: RankLine, x: float, y: float, wide: float, look: tuple[bool, float]) -> None:
    last, pitch = look
    face, size = HEI if last else SONG, min(8.4, pitch * 1.74)
    page.put(x + 3.2, y, str(line.place), size - 0.4, SONG, "r")
    page.fit(x + 4.2, y, 14.9, line.unit, size, face, pitch)
    page.put(x + 25.6, y, f"{line.tasks}项", min(6.8, size), SONG, "r")
    if line.moved:
        page.triangle(x + 27.6, y - 1, line.moved > 0)
        page.put(x + 28.7, y, str(abs(line.moved)), min(6.8, size))
    else:
        page.put(x + 27.9, y, "—", 6.5, SONG, "c")
    page.put(x + wide, y, f"{line.percent}", size, face, "r")


## obstacles


def obstacles_height(page: PageCanvas, first: Bulletin, lines: int) -> float:
    """How high the obstacles are with so many lines in a row at most."""
    return 6.1 + max(sum(_row_height(page, o, lines) for o in first.obstacles), 6.0)


def _row_height(page: PageCanvas, o: ObstacleLine, lines: int) -> float:
    count = max(page.line_count(o.text, 73.5, 8.2), page.line_count(o.wanted, 65.5, 8.2))
    return 4.5 + 3.3 * (min(count, lines) - 1)


def paint_obstacles(page: PageCanvas, first: Bulletin, x: float, top: float, lines: int) -> float:
    """The obstacles to be decided; returns where they end."""
    edges = [x + e for e in (0, 8, 30, 105, 118, 185, 203)]
    y = top + 1.5
    page.put(x, top, "五、请决定的中梗阻", 10.5, HEI)
    page.paragraph(x + 39, top, 163, first.obstacles_note, 7.5, 3, 1)
    page.rule(x, y, edges[-1], y, 0.9)
    for n, head in enumerate(("序号", "提出单位", "什么问题", "挂账天数", "要定什么", "建议牵头")):
        page.put((edges[n] + edges[n + 1]) / 2, y + 3.4, head, 7.8, HEI, "c")
    y += 4.6
    page.rule(x, y, edges[-1], y, 0.5)
    for n, o in enumerate(first.obstacles, 1):
        high = _row_height(page, o, lines)
        page.put((edges[0] + edges[1]) / 2, y + 3.3, str(n), 8.2, SONG, "c")
        page.fit(edges[1] + 1, y + 3.3, 20.5, o.unit, 8.2, SONG, 4.5)
        page.paragraph(edges[2] + 0.7, y + 3.3, 73.5, o.text, 8.2, 3.3, lines)
        page.put((edges[3] + edges[4]) / 2, y + 3.3, str(o.days), 9, HEI, "c")
        page.paragraph(edges[4] + 0.7, y + 3.3, 65.5, o.wanted, 8.2, 3.3, lines, HEI)
        page.fit(edges[5] + 0.7, y + 3.3, 17, o.asked, 8.2, SONG, 4.5)
        y += high
        page.rule(x, y, edges[-1], y, 0.2)
    if not first.obstacles:
        page.put(x + 1, y + 3.6, "没有要定的", 8.5)
        y += 5
    page.rule(x, y, edges[-1], y, 0.9)
    return y
