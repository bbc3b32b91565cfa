"""An empty form: a sentence and at most four actions, the usual one first, 零报告 last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.widgets.theme import Theme

WIDTH, HEIGHT = 620, 58


@dataclass(frozen=True)
class EmptyFormAction:
    """One action: title, explanation, key, and what to call."""

    title: str
    second: str
    keys: str
    do: Callable[[], object]


class EmptyFormButton(QPushButton):
    """A wide button with title and explanation, and the key at the right."""

    def __init__(self, look: Theme, way: EmptyFormAction, first: bool) -> None:
        super().__init__()
        self.look, self.way, self.first = look, way, first
        self.setAccessibleName(f"{way.title}，{way.second}")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: way.do())

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(WIDTH), self.look.size(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), self.look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        strong = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(look.colour("acc" if strong else "line2"), 2 if strong else 1))
        painter.setBrush(look.colour("acc_tint" if self.first else "sheet"))
        painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(look.size(18), look.size(8), -look.size(18), -look.size(8))
        self._words(painter, inner, 12, False, "ink2", self.way.keys, Qt.AlignmentFlag.AlignRight)
        half = inner.height() / 2
        top = QRectF(inner.left(), inner.top(), inner.width(), half)
        self._words(painter, top, 14, True, "ink", self.way.title)
        self._words(painter, top.translated(0, half), 12, False, "ink2", self.way.second)
        painter.end()

    def _words(
        self, painter: QPainter, box: QRectF, size: int, bold: bool, colour: str, text: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:  # fmt: skip
        painter.setFont(self.look.font(size, bold=bold))
        painter.setPen(self.look.colour(colour))
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), text)


class EmptyForm(QWidget):
    """Shown instead of the grid while a form is empty."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.buttons: list[EmptyFormButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(24, look.size(20), 24, 12)
        self.holder = QWidget()
        self.holder.setMaximumWidth(look.size(WIDTH))
        self.inner = QVBoxLayout(self.holder)
        self.inner.setSpacing(look.size(8))
        self.title, self.second = QLabel(), QLabel()
        self.title.setProperty("tone", "figure")
        self.second.setProperty("tone", "second")
        self.second.setWordWrap(True)
        self.inner.addWidget(self.title)
        self.inner.addWidget(self.second)
        column.addWidget(self.holder, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, title: str, second: str, ways: Sequence[EmptyFormAction]) -> None:
        """Show another sentence and other actions."""
        self.title.setText(title)
        self.second.setText(second)
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [EmptyFormButton(self.look, way, n == 0) for n, way in enumerate(ways)]
        for button in self.buttons:
            self.inner.addWidget(button)
