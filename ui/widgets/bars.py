"""The year in small bars: one cell through the periods, this one dark, the pace of the year as a dashed line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.theme import Look

HEIGHT, FOOT, TOP = 108, 18, 18


@dataclass(frozen=True)
class Bar:
    """One period: its short name, the figure (None where there is none), the same as it is shown."""

    name: str
    value: Decimal | None
    shown: str = ""
    now: bool = False


class Bars(QWidget):
    """Painted; its accessible name says the same in words. `goal` is what the last bar should reach, None without one."""

    def __init__(self, look: Look, bars: Sequence[Bar], goal: Decimal | None) -> None:
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
        size = self.look.size
        foot, top = self.height() - size(FOOT), size(TOP)
        most = max([self.goal or 0, *(b.value for b in self.bars if b.value is not None)], default=0) or 1
        step = self.width() / max(len(self.bars), 1)
        painter.setPen(self.look.colour("line2"))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        for n, bar in enumerate(self.bars):
            self._bar(painter, bar, n, step, foot, (foot - top) * max(float((bar.value or 0) / most), 0))
        if self.goal:
            painter.setPen(QPen(self.look.colour("ink2"), 1.2, Qt.PenStyle.DashLine))
            end = foot - (foot - top) * float(self.goal / most)
            painter.drawLine(QPointF(0, foot), QPointF(self.width(), end))
            painter.setFont(self.look.font(12))
            box = QRectF(self.width() - size(64), max(end - size(18), 0), size(64), size(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight, "序时")
        painter.end()

    def _bar(self, painter: QPainter, bar: Bar, n: int, step: float, foot: float, height: float) -> None:
        size, x = self.look.size, n * step
        painter.fillRect(
            QRectF(x + step * 0.12, foot - height, step * 0.76, height), self.look.colour("acc" if bar.now else "line2")
        )
        painter.setFont(self.look.font(12, bold=bar.now))
        painter.setPen(self.look.colour("ink" if bar.now else "ink2"))
        before = bool(self.bars[n + 1 : n + 2] and self.bars[n + 1].now)
        if bar.value is not None and (bar.now or before):
            box = QRectF(x - step, foot - height - size(17), step * 3, size(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, bar.shown)
        if bar.now or n % 3 == 0:
            box = QRectF(x - step, foot + 2, step * 3, size(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter, bar.name)
