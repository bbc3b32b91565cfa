"""A figure through the year: this year as a line, last year dashed, the target solid; bars where there are too few
points for a line.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from forms.verdict import plain_figure
from ui.widgets.theme import Theme

HEIGHT, LEAST_POINTS = 150, 3
LEFT, RIGHT, CENTRE = (a | Qt.AlignmentFlag.AlignVCenter for a in (
    Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter))  # fmt: skip


@dataclass(frozen=True)
class YearFigures:
    """The figures of one year by period: `names` of all periods of the year, the figures of this year and last year
    as far as they go (None for a gap), the target (None without one), whether the axis begins at zero, and whether the
    last figure misses the target.
    """

    names: Sequence[str]
    now: Sequence[Decimal | None]
    before: Sequence[Decimal | None]
    target: Decimal | None = None
    from_zero: bool = True
    missed: bool = False


class YearLine(QWidget):
    """The chart; its accessible description gives the figures in words."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.figures: YearFigures | None = None
        self.setAccessibleName("全年走势")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(300), self.look.size(HEIGHT))

    def show_year(self, figures: YearFigures | None) -> None:
        """Show another year; None hides the chart."""
        self.figures = figures if figures and any(v is not None for v in figures.now) else None
        self.setVisible(self.figures is not None)
        if self.figures:
            given = zip(self.figures.names, self.figures.now, strict=False)
            words = [f"{name}{plain_figure(v)}" for name, v in given if v is not None]
            goal = [f"目标{plain_figure(self.figures.target)}"] if self.figures.target is not None else []
            self.setAccessibleDescription("，".join(words + goal))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.figures is None:
            return
        painter, size = QPainter(self), self.look.size
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.look.colour("line"), 1))
        painter.setBrush(self.look.colour("sheet"))
        painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1), 6, 6)
        if sum(v is not None for v in self.figures.now) < LEAST_POINTS:
            self._bars(painter, self.figures)
        else:
            box = QRectF(size(44), size(24), self.width() - size(44 + 48), self.height() - size(24 + 24))
            YearPlot(painter, self.look, self.figures, box).draw()

    def _bars(self, painter: QPainter, f: YearFigures) -> None:
        """Bars of this year, last year and the target, one below the other, where there are too few points."""
        now = next((v for v in reversed(f.now) if v is not None), None)
        before = next((v for v in reversed(f.before) if v is not None), None)
        rows = [("本年", now, "red" if f.missed else "acc"), ("上年同期", before, "line2"), ("目标", f.target, "ink2")]
        rows = [(name, v, tone) for name, v, tone in rows if v is not None]
        size = self.look.size
        most = max([abs(float(v or 0)) for _, v, _ in rows] + [0.0]) or 1.0
        left, room = size(72), self.width() - size(72 + 74)
        step = min(size(36), (self.height() - size(24)) / max(len(rows), 1))
        top = (self.height() - step * len(rows)) / 2
        for n, (name, value, tone) in enumerate(rows):
            y = top + n * step
            painter.setFont(self.look.font(12))
            painter.setPen(self.look.colour("ink2"))
            painter.drawText(QRectF(0, y, left - size(8), step), RIGHT, name)
            length = room * abs(float(value or 0)) / most
            painter.fillRect(QRectF(left, y + step / 2 - size(5), max(length, 1.5), size(10)), self.look.colour(tone))
            painter.setFont(self.look.font(13, bold=n == 0))
            painter.setPen(self.look.colour("red" if n == 0 and f.missed else "ink"))
            painter.drawText(
                QRectF(left + length + size(6), y, size(90), step), LEFT, plain_figure(value or Decimal(0))
            )


class YearPlot:
    """Draws the lines of one year into a box."""

    def __init__(self, painter: QPainter, look: Theme, figures: YearFigures, box: QRectF) -> None:
        self.painter, self.look, self.figures, self.box = painter, look, figures, box
        given = [float(v) for v in (*figures.now, *figures.before, figures.target) if v is not None]
        low, high = min(given), max(given)
        self.step = _step((high - (min(low, 0.0) if figures.from_zero else low)) or abs(high) or 1.0)
        self.low = (min(0.0, math.floor(low / self.step) * self.step)
                    if figures.from_zero else math.floor(low / self.step) * self.step)  # fmt: skip
        self.high = max(math.ceil(high / self.step) * self.step, self.low + self.step)

    def _x(self, n: int) -> float:
        return self.box.left() + self.box.width() * n / max(len(self.figures.names) - 1, 1)

    def _y(self, value: Decimal | float) -> float:
        return self.box.bottom() - self.box.height() * (float(value) - self.low) / (self.high - self.low)

    def draw(self) -> None:
        """Everything: axis, target, last year, this year, the gap to the target."""
        self._axis()
        f, look = self.figures, self.look
        before = self._spots(f.before)
        if f.target is not None:
            y = self._y(f.target)
            self.painter.setPen(QPen(look.colour("ink"), 1.5))
            self.painter.drawLine(QPointF(self.box.left(), y), QPointF(self.box.right(), y))
        self.painter.setPen(QPen(look.colour("ink3"), 1.3, Qt.PenStyle.DashLine))
        self.painter.drawPolyline(QPolygonF(before))
        now = self._spots(f.now)
        self.painter.setPen(QPen(look.colour("acc"), 2.2))
        self.painter.drawPolyline(QPolygonF(now))
        self._last(now[-1], before[-1] if before else None)

    def _spots(self, figures: Sequence[Decimal | None]) -> list[QPointF]:
        return [QPointF(self._x(n), self._y(v)) for n, v in enumerate(figures) if v is not None]

    def _axis(self) -> None:
        size, box = self.look.size, self.box
        self.painter.setFont(self.look.font(12))
        self.painter.setPen(self.look.colour("ink3"))
        for n in range(round((self.high - self.low) / self.step) + 1):
            value = self.low + n * self.step
            place = QRectF(0, self._y(value) - size(9), box.left() - size(8), size(18))
            self.painter.drawText(place, RIGHT, _tick(value, self.step))
        names, last = self.figures.names, len(self.figures.names) - 1
        for n, name in enumerate(names):
            if n == last or (n % max(round(len(names) / 4), 1) == 0 and last - n > 1):
                place = QRectF(self._x(n) - size(30), box.bottom() + size(3), size(60), size(18))
                self.painter.drawText(place, CENTRE, name)
        self.painter.setPen(QPen(self.look.colour("line2"), 1))
        self.painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _last(self, spot: QPointF, before: QPointF | None) -> None:
        """The last point with its figure, the gap to a target that is missed, and the names of the lines."""
        f, look, size = self.figures, self.look, self.look.size
        value = next(v for v in reversed(f.now) if v is not None)
        below = f.target is not None and f.target > value
        if f.target is not None and f.missed:
            goal = QPointF(spot.x(), self._y(f.target))
            self.painter.setPen(QPen(look.colour("red"), 1.4))
            self.painter.drawLine(spot, goal)
            self.painter.drawLine(goal + QPointF(-4, 0), goal + QPointF(4, 0))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(look.colour("acc"))
        self.painter.drawEllipse(spot, 3.5, 3.5)
        at = spot.y() + size(5) if below and spot.y() + size(22) < self.box.bottom() else spot.y() - size(22)
        self.painter.setFont(look.font(13, bold=True))
        words = plain_figure(value)
        wide = self.painter.fontMetrics().horizontalAdvance(words) + 4
        left = min(spot.x() - wide / 2, self.box.right() + size(46) - wide)
        self.painter.setPen(look.colour("acc"))
        self.painter.drawText(QRectF(left, at, wide, size(18)), CENTRE, words)
        self._names(before)

    def _names(self, before: QPointF | None) -> None:
        """目标 and 上年 at the right end, apart from one another."""
        look, size, f = self.look, self.look.size, self.figures
        goal = self._y(f.target) - size(9) if f.target is not None else None
        if goal is not None:
            self.painter.setFont(look.font(12, bold=True))
            self.painter.setPen(look.colour("ink"))
            self.painter.drawText(QRectF(self.box.right() + size(4), goal, size(46), size(18)), LEFT, "目标")
        if before is not None:
            y = before.y() - size(9)
            if goal is not None and abs(y - goal) < size(17):
                y = goal + size(17) if y > goal else goal - size(17)
            self.painter.setFont(look.font(12))
            self.painter.setPen(look.colour("ink2"))
            self.painter.drawText(QRectF(self.box.right() + size(4), y, size(46), size(18)), LEFT, "上年")


def _step(span: float) -> float:
    """A round distance between the ticks of an axis, so that there are three to six of them."""
    raw = span / 3
    power = 10.0 ** math.floor(math.log10(raw))
    return float(next(n * power for n in (1, 2, 5, 10) if n * power >= raw * 0.8))


def _tick(value: float, step: float) -> str:
    places = max(-math.floor(math.log10(step)), 0)
    return f"{value:,.{places}f}"
