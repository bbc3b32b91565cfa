"""A vertical timeline: a dot, a day and a text for each step; the dot of the newest is open."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.theme import Theme

DAY, WORDS, GAP = 18, 76, 8  # px at 100 %: where days and words begin, and from step to step
WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft


class Timeline(QWidget):
    """The steps of one unit; its height follows from its text."""

    def __init__(self, look: Theme, name: str) -> None:
        super().__init__()
        self.look, self.name = look, name
        self.steps: Sequence[tuple[date, str]] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_steps(self, steps: Sequence[tuple[date, str]]) -> None:
        """Show other steps, oldest first."""
        self.steps = steps
        self.setAccessibleName(f"{self.name}：" + "；".join(f"{_day(day)}{text}" for day, text in steps))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(box.height() + self.look.size(GAP) for box in self._boxes(width))

    def _boxes(self, width: int) -> list[QRect]:
        """The rectangle of each step's text, for a width in px."""
        metrics, left, top, found = QFontMetrics(self.look.font(12)), self.look.size(WORDS), 0, []
        for _, text in self.steps:
            box = metrics.boundingRect(QRect(left, top, max(width - left, 40), 10**4), WRAP, text)
            found.append(QRect(left, top, width - left, box.height()))
            top += box.height() + self.look.size(GAP)
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        look, painter, boxes = self.look, QPainter(self), self._boxes(self.width())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(look.font(12))
        radius = look.size(4)
        dots = [QPointF(radius + 1, box.top() + painter.fontMetrics().height() / 2) for box in boxes]
        painter.setPen(QPen(look.colour("line2"), 1.5))
        if dots:
            painter.drawLine(dots[0], dots[-1])
        for n, ((day, text), box, dot) in enumerate(zip(self.steps, boxes, dots, strict=True)):
            last = n == len(boxes) - 1
            painter.setPen(QPen(look.colour("acc" if last else "ink2"), 1.6))
            painter.setBrush(look.colour("head" if last else "ink2"))
            painter.drawEllipse(dot, radius, radius)
            painter.setPen(look.colour("ink2"))
            painter.drawText(QPointF(look.size(DAY), box.top() + painter.fontMetrics().ascent()), _day(day))
            painter.setPen(look.colour("ink"))
            painter.drawText(box, WRAP, text)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
