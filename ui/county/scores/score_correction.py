"""The form in which the office replaces the points of one scoring item."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from forms.kind import Number, Unreadable
from models.county.scoring import ItemScore
from models.errors import UserError
from ui.widgets.theme import Theme

POINTS = Number(2, low=Decimal(0))


class CorrectionBox(QWidget):
    """Points and reason for one item. `given` carries both as typed."""

    given = Signal(str, str)
    taken_back = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.which = QLabel()
        self.which.setProperty("tone", "second")
        self.which.setWordWrap(True)
        column.addWidget(self.which)
        row = QHBoxLayout()
        self.points, self.reason = QLineEdit(), QLineEdit()
        self.points.setFixedWidth(look.size(72))
        self.points.setAccessibleName("改为多少分")
        self.points.setPlaceholderText("改为")
        self.reason.setAccessibleName("更正理由")
        self.reason.setPlaceholderText("理由和依据，至少6个字")
        self.change, self.back = QPushButton("更正"), QPushButton("撤销更正")
        self.change.clicked.connect(self._give)
        self.reason.returnPressed.connect(self._give)
        self.back.clicked.connect(self.taken_back)
        row.addWidget(self.points)
        row.addWidget(self.reason, 1)
        row.addWidget(self.change)
        row.addWidget(self.back)
        column.addLayout(row)

    def _give(self) -> None:
        self.given.emit(self.points.text(), self.reason.text())

    def offer(self, item: ItemScore) -> None:
        """Show another item."""
        self.which.setText(f"更正“{item.score.name}”（满分{item.score.points.normalize():f}）：{item.score.rule}")
        self.points.setText("")
        self.reason.setText(item.correction["text"] if item.correction else "")
        self.back.setEnabled(item.correction is not None)


def points_of(typed: str, item: str) -> Decimal:
    """The typed points as a Decimal; `item` names the item in the error. Raises UserError if they are not points."""
    try:
        points: Decimal | None = POINTS.parse(typed)
    except Unreadable as why:
        raise UserError("score.unreadable", why=why) from None
    if points is None:
        raise UserError("score.no-points", item=item)
    return points
