"""A unit's assignment to a task as a chip: black for the lead, dashed with “?” while unconfirmed."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from models.plan_editing.assignments import DraftAssignment
from ui.widgets.theme import Theme

HEIGHT, PAD, PLATE = 34, 11, 34
LEAD_WORD, OTHER_WORD = "牵头", "配合"


class AssignmentChip(QAbstractButton):
    """One assignment; a QAbstractButton for screen readers, checked while it is selected. `keys` handles the keys that
    act on it.
    """

    def __init__(self, look: Theme, part: DraftAssignment, keys: Callable[[QKeyEvent], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self.look, self.part, self.keys = look, part, keys
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setText(part.name)
        state = "已确认" if part.sure else "待确认"
        self.setAccessibleName(f"{part.name}，{LEAD_WORD if part.lead else OTHER_WORD}，{state}")
        self.setToolTip(f"{part.full}　{part.unit}\n{state}" + (f"，依据：{part.why}" if part.why else ""))

    def sizeHint(self) -> QSize:
        size, part = self.look.size, self.part
        words = QFontMetrics(self.look.font(14, bold=True)).horizontalAdvance(part.name)
        width = words + 2 * size(PAD) + (0 if part.sure else size(16)) + (size(PLATE) if part.lead else 0)
        return QSize(width, size(HEIGHT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys(event) or super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, part = self.look, self.part
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if self.isChecked():
            painter.setPen(QPen(look.colour("acc"), 2.2))
            painter.setBrush(look.colour("acc_tint") if self.hasFocus() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(-2.6, -2.6, 2.6, 2.6), 5, 5)
        pen = QPen(look.colour("line2" if part.sure else "acc"), 1.2 if part.sure else 1.6)
        if not part.sure:
            pen.setDashPattern([3, 2.2])
        painter.setPen(pen)
        painter.setBrush(look.colour("head" if part.sure else "sheet"))
        painter.drawRoundedRect(box, 4, 4)
        self._words(painter, box)

    def _words(self, painter: QPainter, box: QRectF) -> None:
        look, part = self.look, self.part
        left = box.left() + look.size(PAD) - 4
        if part.lead:
            plate = QRectF(left - look.size(4), box.top() + 4, look.size(PLATE - 4), box.height() - 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("ink"))
            painter.drawRoundedRect(plate, 3, 3)
            painter.setPen(look.colour("sheet"))
            painter.setFont(look.font(12, bold=True))
            painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, LEAD_WORD)
            left += look.size(PLATE)
        painter.setPen(look.colour("ink"))
        painter.setFont(look.font(14, bold=part.lead))
        painter.drawText(
            QRectF(left, box.top(), box.right() - left, box.height()), Qt.AlignmentFlag.AlignVCenter, part.name
        )
        if not part.sure:
            painter.setPen(look.colour("acc"))
            painter.setFont(look.font(14, bold=True))
            mark = box.adjusted(0, 0, -look.size(PAD) + 4, 0)
            painter.drawText(mark, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "?")
