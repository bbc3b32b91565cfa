"""Small bars of one cell through the year's periods: the current one dark, the expected pace as a dashed line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.theme import Theme

HEIGHT, FOOT, TOP = 108, 18, 18
PACE = "序时"


@dataclass(frozen=True)
class PeriodBar:
    """One period: its short name, its figure (None where there is none), and the figure as text."""

    name: str
    value: Decimal | None
    shown: str = ""
    now: bool = False


class YearBars(QWidget):
    """Its accessible name gives the figures in words. `goal` is what the last bar should reach, None without one."""

    def __init__(self, look: Theme, bars: Sequence[PeriodBar], goal: Decimal | None) -> None:
        super().__init__()
        self.look, self.bars, self.goal = look, bars, goal
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = [f"{b.name}{b.shown}" for b in bars if b.value is not None]
        self.setAccessibleName("各期：" + "，".join(told))
        self.setToolTip("　".join(told))

    def sizeHint(self) -> QSize:
        return QSize(200, self.look.size(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot, top, most, step = self._scale()
        painter.setPen(self.look.colour("line2"))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        for n, bar in enumerate(self.bars):
            self._bar(painter, bar, n, step, foot, self._height(bar, foot - top, most))
        figures = self.figures()
        if self.goal:
            painter.setPen(QPen(self.look.colour("ink2"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot - (foot - top) * float(self.goal / most)))
            painter.setFont(self.look.font(12))
            painter.drawText(self.pace(figures), Qt.AlignmentFlag.AlignCenter, PACE)
        for bar, box in figures:  # above the line, which would cross them out
            painter.fillRect(box, self.look.colour("head"))
            painter.setFont(self.look.font(12, bold=bar.now))
            painter.setPen(self.look.colour("ink" if bar.now else "ink2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, bar.shown)
        painter.end()

    def _scale(self) -> tuple[float, float, Decimal | int, float]:
        """Bottom of the bars and top of the highest in px, the value of the highest, and px from bar to bar."""
        most = max([self.goal or 0, *(b.value for b in self.bars if b.value is not None)], default=0) or 1
        size = self.look.size
        return self.height() - size(FOOT), size(TOP), most, self.width() / max(len(self.bars), 1)

    @staticmethod
    def _height(bar: PeriodBar, room: float, most: Decimal | int) -> float:
        return room * max(float((bar.value or 0) / most), 0)

    def figures(self) -> list[tuple[PeriodBar, QRectF]]:
        """The figures written out, of this period and the one before, with their rectangles."""
        foot, top, most, step = self._scale()
        found = []
        for n, bar in enumerate(self.bars):
            before = bool(self.bars[n + 1 : n + 2] and self.bars[n + 1].now)
            if bar.value is not None and (bar.now or before):
                words = QFontMetricsF(self.look.font(12, bold=bar.now)).horizontalAdvance(bar.shown) + 4
                left = min(max((n + 0.5) * step - words / 2, 0), self.width() - words)
                high = foot - self._height(bar, foot - top, most) - self.look.size(17)
                found.append((bar, QRectF(left, high, words, self.look.size(16))))
        return found

    def pace(self, figures: Sequence[tuple[PeriodBar, QRectF]]) -> QRectF:
        """The rectangle of the line's name: above the line, as far right as no figure is in the way."""
        foot, top, most, step = self._scale()
        width, high = QFontMetricsF(self.look.font(12)).horizontalAdvance(PACE) + 4, self.look.size(16)
        places = []
        for n in range(len(self.bars) + 1):
            x = max(self.width() - width - n * step, 0)
            y = foot - (foot - top) * float((self.goal or 0) / most) * (x + width) / max(self.width(), 1)
            places.append(QRectF(x, max(y - high - 2, 0), width, high))
        return next((p for p in places if not any(p.intersects(box) for _, box in figures)), places[-1])

    def _bar(self, painter: QPainter, bar: PeriodBar, n: int, step: float, foot: float, height: float) -> None:
        size, x = self.look.size, n * step
        painter.fillRect(
            QRectF(x + step * 0.12, foot - height, step * 0.76, height), self.look.colour("acc" if bar.now else "line2")
        )
        painter.setFont(self.look.font(12, bold=bar.now))
        painter.setPen(self.look.colour("ink" if bar.now else "ink2"))
        if bar.now or n % 3 == 0:
            box = QRectF(x - step, foot + 2, step * 3, size(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, bar.name)
