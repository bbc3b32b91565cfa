"""Paints the page of indicators against their targets: a bar each, and curves of those with at least three figures.
Lengths in mm.
"""

from collections.abc import Sequence
from decimal import Decimal

from exports.pdf.fonts import HEI, SONG
from exports.pdf.page_canvas import PageCanvas
from exports.sheets.bulletin_content import Bulletin, IndicatorLine
from models.county.rollup import Trend

LEFT, RIGHT, BOTTOM = 12.0, 285.0, 196.0
MOST = 150.0  # percent of the target that a bar can show
CURVE = 3  # figures from which on a curve says something
CURVES, CURVE_HEIGHT = 3, 46.0


def paint_charts(page: PageCanvas, first: Bulletin) -> None:
    """The bars in two columns, and below them the curves where there are any."""
    page.put(LEFT, 17, f"{first.title}　指标与目标", 13, HEI)
    page.rule(LEFT, 19.6, RIGHT, 19.6, 1.0)
    page.put(
        LEFT,
        24.2,
        "累计／目标（与上年比的，是上年同期；高于某项的，是那一项）。横条是累计占目标的百分比，竖线是目标，最多画到150%；空心的越少越好。",
        8,
    )
    curves = [t for _, t in first.trends if sum(v is not None for _, v in t.points) >= CURVE][:CURVES]
    bottom = BOTTOM - (CURVE_HEIGHT + 4 if curves else 0)
    rows = -(-len(first.charts) // 2) if len(first.charts) > 12 else len(first.charts)
    pitch = min(8.5, (bottom - 28) / max(rows, 1))
    wide = (RIGHT - LEFT - 10) / 2
    for n, line in enumerate(first.charts):
        column, place = divmod(n, rows)
        _bar(page, line, LEFT + column * (wide + 10), 28 + pitch * place, wide, pitch)
    _curves(page, curves)


def _bar(page: PageCanvas, line: IndicatorLine, x: float, top: float, wide: float, pitch: float) -> None:
    y, face = top + pitch * 0.62, HEI if line.bad else SONG
    page.fit(x, y, 50, line.name, min(8.6, pitch * 1.7), face, pitch)
    page.put(x + 62, y, line.total, 8.6, HEI, "r")
    page.put(x + 62.4, y, f"／{line.goal}", 7.4)
    start, room, high = x + 76, wide - 76 - 20, min(3.2, pitch * 0.5)
    goal = start + room * 100 / MOST
    if line.share is not None:
        part = min(max(float(line.share), 0.0), MOST)
        page.box(start, y - 1 - high / 2, room * part / MOST, high, 0.6, filled=not line.less)
    page.rule(start, y - 1 - high / 2, start, y - 1 + high / 2, 0.4)
    page.cut(goal, y - 1 - high / 2 + 0.2, y - 1 + high / 2 - 0.2, 1.8)
    page.rule(goal, y - 2 - high / 2, goal, y + high / 2, 0.9)
    page.sign(line.sign, x + wide - 17, y - 1.1, 1.15)
    page.put(x + wide - 15, y, line.verdict, 7.9, face)


def _curves(page: PageCanvas, trends: Sequence[Trend]) -> None:
    if not trends:
        return
    gap = 10.0
    wide = (RIGHT - LEFT - gap * (len(trends) - 1)) / len(trends)
    for n, trend in enumerate(trends):
        _curve(page, trend, LEFT + n * (wide + gap), BOTTOM - CURVE_HEIGHT, wide)


def _curve(page: PageCanvas, trend: Trend, x: float, top: float, wide: float) -> None:
    goal = f"目标{trend.target.normalize():f}" if trend.target else ""
    page.put(x, top + 4, f"{trend.title}（{trend.measure}）", 9, HEI)
    page.put(x + wide, top + 4, goal, 8.5, SONG, "r")
    floor, high = top + CURVE_HEIGHT - 5, CURVE_HEIGHT - 16
    figures = [v for _, v in trend.points if v is not None]
    most = float(max([*figures, trend.target or Decimal(0)])) or 1.0
    page.rule(x, floor, x + wide, floor, 0.5)
    if trend.target:
        y = floor - high * float(trend.target) / most
        page.rule(x, y, x + wide, y, 0.7, (3, 2))
    step, last = wide / len(trend.points), None
    given = [p for p, v in trend.points if v is not None]
    ends = (given[0], given[-1])  # only these are labelled: the others would hide the curve
    for n, (period, value) in enumerate(trend.points):
        at = x + step * (n + 0.5)
        page.put(at, floor + 3.4, period.rpartition("-")[2].lstrip("0"), 7, SONG, "c")
        if value is None:
            continue
        spot = (at, floor - high * max(float(value), 0) / most)
        if last:
            page.rule(*last, *spot, 1.2)
        page.dot(*spot, 0.7)
        if period in ends:
            page.put(at, spot[1] - 1.6, f"{value.normalize():f}", 7, HEI, "c")
        last = spot
