"""A small sign beside a line of text: painted, with a name for those who cannot see it."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from forms.problem import LEVELS
from ui import marks
from ui.theme import Look

NAMES = {"back": "退回", "todo": "没填", "tick": "好了", "done": "完成", **LEVELS}


class Sign(QWidget):
    """One of marks.any_of."""

    def __init__(self, look: Look, mark: str) -> None:
        super().__init__()
        self.look = look
        self.setFixedSize(look.size(20), look.size(20))
        self.show_mark(mark)

    def show_mark(self, mark: str) -> None:
        """Another sign."""
        self.mark = mark
        self.setAccessibleName(NAMES.get(mark, ""))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        marks.sign(painter, self.look, self.mark, self.width() / 2, self.height() / 2, self.look.size(17))
        painter.end()
