"""A small sign beside a line of text: painted, with a name for screen readers."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from forms.problem import LEVELS
from ui.widgets import icons, marks
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

NAMES = {Sign.BACK: "退回", Sign.TODO: "没填", Sign.NOW: "正在做", Sign.TICK: "好了", Sign.DONE: "完成", **LEVELS}


class IconLabel(QWidget):
    """A sign of `marks`, by one of NAMES, or an icon of the set in the colour of a token."""

    def __init__(self, look: Theme, mark: str, token: str = "ink2") -> None:
        super().__init__()
        self.look, self.token = look, token
        self.setFixedSize(look.size(20), look.size(20))
        self.show_mark(mark)

    def show_mark(self, mark: str) -> None:
        """Show another sign."""
        self.mark = mark
        self.setAccessibleName(NAMES.get(mark, ""))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.mark in NAMES:
            marks.sign(painter, self.look, self.mark, self.width() / 2, self.height() / 2, self.look.size(17))
        else:
            side, edge = self.look.size(icons.SIZE), self.look.size(2)
            icons.paint(painter, self.look, self.mark, QRectF(edge, edge, side, side), self.token)
        painter.end()
