"""状态矩阵: a table of units × actions; marks differ by shape first, and each has a word for screen readers."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from exports.sheets.bulletin_content import MatrixRow
from forms.states import MARKS, Mark
from ui.widgets import marks
from ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
WORDS = MARKS
TINTS: Mapping[str, str] = {Mark.LATE: "red_tint", Mark.WARN: "amb_tint"}
Role = Qt.ItemDataRole


class StatusMatrixModel(QAbstractTableModel):
    """A row per unit: name, a mark per action, mean completion. For one action there is room to name what its mark
    rests on.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[str, ...] = ()
        self.rows: list[MatrixRow] = []

    def show_lamps(self, columns: tuple[str, ...], rows: list[MatrixRow]) -> None:
        """Show other units."""
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns) + 2 + self.alone

    @property
    def alone(self) -> bool:
        """Whether there is one action only."""
        return len(self.columns) == 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Role.DisplayRole:
            return None
        worst = ("最差的有几项，最慢的是哪一项",) * self.alone
        names = ("单位", *(f"{c[:2]}\n{c[2:]}" for c in self.columns), *worst, "平均\n完成")
        return names[section]

    def mark(self, index: Index) -> str:
        """The name of the mark in a cell, or ''."""
        row, n = self.rows[index.row()], index.column() - 1
        return row.marks[n] if 0 <= n < len(row.marks) else ""

    def text(self, index: Index) -> str:
        """The text of a cell."""
        row, n = self.rows[index.row()], index.column()
        if not n:
            return row.unit
        if row.note:
            return row.note if n == 1 else ""
        if n == self.columnCount() - 1:
            return f"{row.percent}%" if row.percent is not None else "—"
        if n > len(self.columns):
            return "".join(row.worst)
        return WORDS.get(self.mark(index), "没有任务")

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role in (Role.DisplayRole, Role.AccessibleTextRole):
            return self.text(index)
        if role == Role.ToolTipRole:
            column = self.headerData(index.column(), Qt.Orientation.Horizontal).replace("\n", "")
            worst = self.rows[index.row()].worst
            n = index.column() - 1
            why = f"\n{worst[n]}" if 0 <= n < len(worst) and worst[n] else ""
            return f"{self.rows[index.row()].unit}　{column}　{self.text(index)}{why}"
        if role == Role.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight if index.column() == self.columnCount() - 1 else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class StatusMatrixDelegate(QStyledItemDelegate):
    """Paints the marks; a unit that has not reported gets a dashed line across."""

    def __init__(self, look: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, StatusMatrixModel)
        row, n = model.rows[index.row()], index.column()
        if not n or n > len(model.columns):
            super().paint(painter, option, index)
            return
        box, mark = QRectF(option.rect), model.mark(index)  # type: ignore[attr-defined]
        tone = TINTS.get(mark)
        if tone:
            painter.fillRect(box.adjusted(0, 0, -1, -1), self.look.colour(tone))
        middle = box.center()
        if mark:
            marks.status(painter, self.look, mark, middle.x(), middle.y(), self.look.size(13))
        elif row.note:
            self._absent(painter, model, row, n, box)
        else:
            painter.setPen(QPen(self.look.colour("line2"), 1.4))
            painter.drawLine(int(middle.x()) - 4, int(middle.y()), int(middle.x()) + 4, int(middle.y()))
        if option.state & option.state.State_Selected:  # type: ignore[attr-defined]
            painter.setPen(QPen(self.look.colour("acc"), 1.5))
            painter.drawRect(box.adjusted(1, 1, -2, -2))

    def _absent(self, painter: QPainter, model: StatusMatrixModel, row: MatrixRow, n: int, box: QRectF) -> None:
        painter.setPen(QPen(self.look.colour("edge"), 1, Qt.PenStyle.DashLine))
        middle = (len(model.columns) + 1) // 2
        if n != middle:
            painter.drawLine(QPointF(box.left() + 4, box.center().y()), QPointF(box.right() - 4, box.center().y()))
            return
        painter.setPen(self.look.colour("ink2"))
        painter.setFont(self.look.font(12))
        painter.drawText(box.adjusted(-8, 0, 8, 0), Qt.AlignmentFlag.AlignCenter, row.note)


class StatusMatrix(QTableView):
    """The view of the status matrix."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look, self.lamps = look, StatusMatrixModel(self)
        self.setModel(self.lamps)
        self.setItemDelegate(StatusMatrixDelegate(look, self))
        self.setAccessibleName("各单位各行动任务情况")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.size(26))
        header = self.horizontalHeader()
        header.setMinimumSectionSize(look.size(32))
        header.setFixedHeight(look.size(46))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share()
        super().resizeEvent(event)

    def _share(self) -> None:
        """Limit the name column, so that all marks fit."""
        self.setColumnWidth(0, min(self.look.size(140), self.width() // 5))

    def show_lamps(self, columns: tuple[str, ...], rows: list[MatrixRow]) -> None:
        """Show other units; the mark columns share the width."""
        self.lamps.show_lamps(columns, rows)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        last = self.lamps.columnCount() - 1
        for column, wide in ((last, 60), *(((1, 64),) if self.lamps.alone else ())):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, self.look.size(wide))
        self._share()
        if rows:
            self.setCurrentIndex(self.lamps.index(0, 0))
