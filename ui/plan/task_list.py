"""The plan's tasks as a list, each with the number of its unconfirmed assignments."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QWidget

from models.plan_editing.assignments import TaskAssignments
from ui.widgets import marks
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme

Role = Qt.ItemDataRole.UserRole
HEIGHT, PILL, NUMBER = 38, 34, 76


class TaskLine(QStyledItemDelegate):
    """Paints a task: number, text, and the count in a dashed ring, or a tick."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        look, size, task = self.look, self.look.size, index.data(Role)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(option.rect, look.colour("acc_tint" if chosen else "sheet"))
        box = QRectF(option.rect)
        if chosen:
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), look.colour("acc"))
        painter.setPen(look.colour("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        self._text(painter, box.adjusted(size(12), 0, 0, 0), 12, "ink2", task.id, False)
        words = box.adjusted(size(12 + NUMBER), 0, -size(PILL + 20), 0)
        self._text(painter, words, 14, "ink" if task.unsure else "ink2", task.text, chosen)
        self._count(painter, box, task.unsure)
        painter.restore()

    def _text(self, painter: QPainter, box: QRectF, pixels: int, tone: str, text: str, bold: bool) -> None:
        painter.setFont(self.look.font(pixels, bold=bold))
        painter.setPen(self.look.colour(tone))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)

    def _count(self, painter: QPainter, box: QRectF, count: int) -> None:
        size = self.look.size
        if not count:
            marks.sign(painter, self.look, Sign.TICK, box.right() - size(12 + PILL // 2), box.center().y(), size(15))
            return
        high = size(22)
        pill = QRectF(box.right() - size(12 + PILL), box.center().y() - high / 2, size(PILL), high)
        pen = QPen(self.look.colour("acc"), 1.4)
        pen.setDashPattern([3, 2.2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(pill, high / 2, high / 2)
        painter.setPen(self.look.colour("acc"))
        painter.setFont(self.look.font(13, bold=True))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, str(count))

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(self.look.size(200), self.look.size(HEIGHT))


class TaskList(QListWidget):
    """The tasks; the current one is selected."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setObjectName("things")
        self.setAccessibleName("重点任务")
        self.setItemDelegate(TaskLine(look, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)

    def show_tasks(self, tasks: Sequence[TaskAssignments], front: str) -> None:
        """Show tasks; the one with the id `front` is selected, else the first."""
        if [t.id for t in tasks] != [t.id for t in self.tasks()]:
            self.clear()
            for _ in tasks:
                QListWidgetItem(self)
        for n, task in enumerate(tasks):
            item = self.item(n)
            item.setData(Role, task)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{task.id}，{task.text}，待确认{task.unsure}处")
            item.setToolTip(f"{task.action}　{task.text}")
        at = next((n for n, t in enumerate(tasks) if t.id == front), 0)
        if tasks and self.currentRow() != at:
            self.setCurrentRow(at)

    def tasks(self) -> list[TaskAssignments]:
        """The tasks shown."""
        return [t for n in range(self.count()) if (t := self.item(n).data(Role)) is not None]

    def chosen(self) -> TaskAssignments | None:
        """The selected task; None for none."""
        task: TaskAssignments | None = self.currentIndex().data(Role)
        return task
