"""One step on a vertical line: its mark, name and state, its content and its buttons."""

from collections.abc import Callable

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets import marks
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import label
from ui.widgets.icons import dress_button
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

SIGN, INDENT = 18, 32  # px: the mark, and the indent of everything else
TITLES = {Sign.DONE: "strong", Sign.NOW: "section", Sign.TODO: "dim", Sign.BACK: "section"}
SAID = {Sign.DONE: "做完了", Sign.NOW: "现在做这一步", Sign.TODO: "还没有到", Sign.BACK: "要再做"}


def retone(widget: QWidget, tone: str) -> None:
    """Change the tone (of theme.SHEET) of a widget that is already shown."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class StepBox(QWidget):
    """`body` holds the step's content, `buttons` its row of buttons, `acts` the link buttons beside its name."""

    def __init__(self, look: Theme, name: str, last: bool = False) -> None:
        super().__init__()
        self.look, self.name, self.last, self.state = look, name, last, Sign.TODO
        column = QVBoxLayout(self)
        column.setContentsMargins(look.size(INDENT), 0, 0, look.size(4 if last else 14))
        column.setSpacing(look.size(6))
        holder = QWidget()
        head = self.acts = FlowLayout(holder, (0, 0, 0, 0), look.size(8))
        self.title, self.tail = QLabel(name), QLabel()
        self.tail.setProperty("tone", "second")
        head.addWidget(self.title)
        self.add_counts(head)
        head.stretch()
        head.addWidget(self.tail)
        column.addWidget(holder)
        self.body = column
        self.icons: dict[QPushButton, str] = {}
        self.mains: list[QPushButton] = []  # where F8 stops, in this order

    def add_counts(self, head: FlowLayout) -> None:
        """Add counts beside the name; none by default."""

    def line(self, tone: str = "") -> QLabel:
        """Add a line to the body; it is hidden while empty."""
        made = label(self.body, tone=tone)
        made.hide()
        return made

    def row(self) -> FlowLayout:
        """Add a row of buttons, which wraps."""
        holder = QWidget()
        self.body.addWidget(holder)
        return FlowLayout(holder, (0, 0, 0, 0), self.look.size(8))

    def button(
        self, row: object, text: str, hint: str, do: Callable[[], object], icon: str = "", tone: str = ""
    ) -> QPushButton:
        """Add a button to a row; in `acts` it looks like a link."""
        made = QPushButton(text)
        made.setToolTip(hint)
        made.setProperty("tone", tone or ("link" if row is self.acts else ""))
        if icon:
            self.icons[made] = icon
            dress_button(made, self.look, icon)
        made.clicked.connect(lambda: do())
        row.addWidget(made)  # type: ignore[attr-defined]
        return made

    def stress(self, button: QPushButton, yes: bool) -> None:
        """Set whether a button is the main one to press now."""
        tone = "main" if yes else ""
        if button.property("tone") != tone:
            retone(button, tone)
            if button in self.icons:
                dress_button(button, self.look, self.icons[button])

    def show_state(self, state: Sign, tail: str = "") -> None:
        """Show the state (done, now, todo or back), and `tail` at the right of the name."""
        self.state = state
        retone(self.title, TITLES[state])
        self.tail.setText(tail)
        self.setAccessibleName("，".join(filter(None, (self.name, SAID[state], tail))))
        self.update()

    def main(self) -> QPushButton | None:
        """The button to press next in this step; None for none."""
        return next((b for b in self.mains if b.isVisible() and b.isEnabled()), None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        size, x = self.look.size, self.look.size(SIGN) / 2 + 1
        y = self.title.mapTo(self, self.title.rect().center()).y() + 1.0
        if not self.last:
            painter.setPen(QPen(self.look.colour("line2"), 1))
            painter.drawLine(QPointF(x, y + size(SIGN) / 2 + 3), QPointF(x, self.height() + 2))
        marks.sign(painter, self.look, self.state, x, y, size(SIGN))
        painter.end()


def say(line: QLabel, text: str, tone: str | None = None) -> None:
    """Set the text of a line; an empty one is hidden."""
    line.setText(text)
    line.setVisible(bool(text))
    if tone is not None:
        retone(line, tone)
