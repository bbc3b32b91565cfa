"""The rail 填报 → 审核 → 打印 → 上报: a button per step, painted with its state."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QWidget

from ui.widgets import marks
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

SIGN, GAP = 24, 6


class RailStep(QPushButton):
    """One step. The text's first word is its name, the rest its count or words; `state` is todo, now or done."""

    def __init__(self, look: Theme, text: str) -> None:
        super().__init__(text)
        self.look = look
        self.state = Sign.TODO
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_step(self, text: str, state: Sign) -> None:
        """Show another text and state."""
        self.state = state
        self.setText(text)
        self.setAccessibleName(text + ("，做完了" if state == Sign.DONE else ""))
        self.updateGeometry()
        self.update()

    def _parts(self) -> tuple[str, str]:
        name, _, rest = self.text().partition(" ")
        return name, rest

    def _widths(self) -> tuple[float, float]:
        name, rest = self._parts()
        bold, small = QFontMetricsF(self.look.font(14, bold=True)), QFontMetricsF(self.look.font(12))
        return bold.horizontalAdvance(name), small.horizontalAdvance(rest)

    def sizeHint(self) -> QSize:
        size = self.look.size
        return QSize(round(sum(self._widths())) + size(SIGN) + size(GAP) * 3, size(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = self.look.size, self.height() / 2
        name, rest = self._parts()
        mark = Sign.DONE if self.state == Sign.DONE else Sign.NOW if self.isChecked() else Sign.TODO
        marks.sign(painter, self.look, mark, size(GAP) + size(9), middle, size(17))
        x = float(size(GAP) + size(SIGN))
        wide = self._widths()[0]
        painter.setFont(self.look.font(14, bold=self.isChecked()))
        painter.setPen(self.look.colour("ink" if self.isChecked() else "ink2"))
        painter.drawText(QRectF(x, 0, wide + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(self.look.font(12))
        painter.setPen(self.look.colour("acc" if self.isChecked() else "ink2"))
        box = QRectF(x + wide + size(GAP), 1, self.width(), self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, rest)
        if self.isChecked():
            painter.fillRect(QRectF(0, self.height() - 3, self.width(), 3), self.look.colour("acc"))
        if self.hasFocus():
            painter.setPen(QPen(self.look.colour("acc"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(1, 1, self.width() - 2, self.height() - 2), 4, 4)
        painter.end()


class Between(QWidget):
    """The line between two steps."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.setFixedSize(look.size(26), look.size(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(self.look.colour("line2"), 1.5))
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))
        painter.end()
