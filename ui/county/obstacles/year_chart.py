"""The twelve small bars of a request's card: the share done by period, this one in the accent, 序时 as a dashed line."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from forms.field import Meaning
from forms.tasks import TASKS
from models.plan.entries import Period
from ui.widgets.theme import Theme

WIDE, HIGH, FULL = 172, 52, 100  # px at 100 %; the share done is in percent
DONE = TASKS.field(TASKS.means(Meaning.DONE))


class YearChart(QWidget):
    """`bars` up to this period out of `count` in the year; its accessible name gives the figures."""

    def __init__(
        self, look: Theme, bars: Sequence[tuple[Period, Decimal | None]], count: int, expected: Decimal
    ) -> None:
        super().__init__()
        self.look, self.bars, self.count, self.expected = look, bars, max(count, len(bars), 1), expected
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = "，".join(f"{p.name}{DONE.kind.show(v)}%" for p, v in bars if v is not None)
        self.setAccessibleName(f"各期完成：{words}；序时{expected:g}%")
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(WIDE), self.look.size(HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        foot, step = self.height() - 1.0, self.width() / self.count
        painter.setPen(self.look.colour("edge"))
        painter.drawLine(QPointF(0, foot), QPointF(self.width(), foot))
        for n, (_period, value) in enumerate(self.bars):
            high = (foot - 4) * min(max(float(value or 0), 0), FULL) / FULL
            now = n == len(self.bars) - 1
            bar = QRectF(n * step + step * 0.15, foot - high, step * 0.7, high)
            painter.fillRect(bar, self.look.colour("acc" if now else "line2"))
        painter.setPen(QPen(self.look.colour("ink2"), 1.2, Qt.PenStyle.DashLine))
        end = len(self.bars) * step
        painter.drawLine(QPointF(0, foot), QPointF(end, foot - (foot - 4) * min(float(self.expected), FULL) / FULL))
        painter.end()
