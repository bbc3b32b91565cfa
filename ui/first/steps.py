"""The three steps of setup: one is open, finished ones are folded to a line with a tick."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets import marks
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

LATER, NOW, PAST = "later", "now", "past"
SPOKEN = {LATER: "还没到", NOW: "现在这一步", PAST: "做完了，可以再打开"}
MARK, EDGE = 30, 54  # px: the round mark, and where the text begins


def label(text: str = "", tone: str = "", wrap: bool = True) -> QLabel:
    """A label in a tone of the theme."""
    made = QLabel(text)
    made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def toned(widget: QWidget, tone: str) -> None:
    """Change the tone of a widget that is already shown."""
    widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class WizardStep(QFrame):
    """One step. `title` and `second` are its texts in the present state; `again` asks to open it again when it is
    finished.
    """

    opened = Signal(int)

    def __init__(self, look: Theme, number: int, title: str, second: str, last: bool = False) -> None:
        super().__init__()
        self.look, self.number, self.last, self.state = look, number, last, LATER
        self.waits = title, second  # its text before it is reached
        column = QVBoxLayout(self)
        column.setContentsMargins(look.size(EDGE), 0, 0, 0 if last else look.size(26))
        column.setSpacing(look.size(8))
        self.title, self.second, self.again = label(), label(tone="second"), QPushButton()
        self.again.setProperty("tone", "fold")
        self.again.setToolTip("再打开这一步")
        self.again.clicked.connect(lambda: self.opened.emit(self.number))
        self.body = QWidget()
        for part in (self.title, self.again, self.second, self.body):
            column.addWidget(part)
        self.show_as(LATER)

    def fill(self, body: QWidget) -> None:
        """Set the content of the step."""
        holder = QVBoxLayout(self.body)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(body)

    def show_as(self, state: str, title: str = "", second: str = "", may: bool = False) -> None:
        """Show a state and its texts; `may`: it was reached already and can be opened."""
        self.state = state
        title, second = title or self.waits[0], second or ("" if title else self.waits[1])
        openable = may and state != NOW
        self.title.setText(title)
        toned(self.title, {LATER: "later", NOW: "figure", PAST: "section"}[state])
        toned(self.again, "fold" if state == PAST else "foldlater")
        self.again.setText(title)
        self.again.setAccessibleName(f"第{self.number}步，{title}，再打开")
        self.second.setText(second)
        self.title.setVisible(not openable)
        self.again.setVisible(openable)
        self.second.setVisible(bool(second))
        self.body.setVisible(state == NOW)
        self.setCursor(Qt.CursorShape.PointingHandCursor if openable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(f"第{self.number}步，{title}，{SPOKEN[state]}")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A folded step opens when it is clicked anywhere."""
        super().mouseReleaseEvent(event)
        if self.again.isVisible() and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.number)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, look = QPainter(self), self.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = self.again if self.again.isVisible() else self.title
        size = look.size(MARK)
        x, y = size / 2 + 1, max(head.geometry().center().y(), size / 2)
        if not self.last:
            painter.setPen(QPen(look.colour("line2"), 1.5))
            painter.drawLine(QPointF(x, y + size / 2 + 8), QPointF(x, self.height() - 7))
        if self.state == PAST:
            marks.sign(painter, look, Sign.DONE, x, y, size)
        else:
            self._ring(painter, QRectF(x - size / 2 + 1, y - size / 2 + 1, size - 2, size - 2))
        painter.end()

    def _ring(self, painter: QPainter, box: QRectF) -> None:
        look, now = self.look, self.state == NOW
        painter.setPen(QPen(look.colour("acc" if now else "line2"), 2))
        painter.setBrush(look.colour("acc" if now else "ground"))
        painter.drawEllipse(box)
        painter.setFont(look.font(14, bold=True))
        painter.setPen(look.colour("on_acc" if now else "ink2"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(self.number))
