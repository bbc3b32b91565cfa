"""A list whose rows are painted: one line each, with a name for screen readers. Its keys act only while it has the focus,
and no input method swallows them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
CENTRE, RIGHT = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowModel(QAbstractListModel):
    """The rows as they were given, each with its words."""

    def __init__(self, words: Callable[[Any], str], parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Any] = []
        self.words = words

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.words(row)
        return None

    def give(self, rows: Sequence[Any]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()


class Painted(QStyledItemDelegate):
    """Paints a row by its list."""

    def __init__(self, owner: "RowList") -> None:
        super().__init__(owner)
        self.owner = owner

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(10, self.owner.height_of(index.row()))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        owner, box = self.owner, option.rect  # type: ignore[attr-defined]
        painter.save()
        chosen = index.row() == owner.currentIndex().row()
        owner.paint_row(painter, index.data(ROW), box, chosen)
        if chosen and owner.hasFocus():
            painter.setPen(owner.look.colour("acc"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0, 0, -1, -1))
        painter.restore()


class RowList(QListView):
    """Rows of one height; `acts` are its keys, `opened` asks for the current row (Enter, double click)."""

    opened = Signal(object)
    HEIGHT = 32

    def __init__(self, look: Theme, name: str) -> None:
        super().__init__()
        self.look = look
        self.acts: Mapping[Qt.Key, Callable[[], object]] = {}
        self.setObjectName("painted")
        self.setAccessibleName(name)
        self.items = RowModel(self.words, self)
        self.setModel(self.items)
        self.setItemDelegate(Painted(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    ## what a list says of its rows

    def words(self, row: Any) -> str:
        """The row in words."""
        raise NotImplementedError

    def paint_row(self, painter: QPainter, row: Any, box: QRect, chosen: bool) -> None:
        """Paint one row."""
        raise NotImplementedError

    def height_of(self, _n: int) -> int:
        """The height of a row in px."""
        return self.look.size(self.HEIGHT)

    ## painting

    def ground(self, painter: QPainter, box: QRect, chosen: bool, left: int = 0) -> None:
        """The ground of a row and the hairline below it, from `left` on."""
        painter.fillRect(box, self.look.colour("acc_sel" if chosen and self.hasFocus() else "sheet"))
        painter.setPen(self.look.colour("line"))
        painter.drawLine(box.left() + left, box.bottom(), box.right() - self.look.size(12), box.bottom())

    def text(
        self, painter: QPainter, text: str, box: QRect, token: str = "ink", px: int = 13, bold: bool = False,
        align: Qt.AlignmentFlag = CENTRE,
    ) -> int:  # fmt: skip
        """Paint a text into a box, cut at its end; gives its width in px."""
        painter.setFont(self.look.font(px, bold=bold))
        painter.setPen(self.look.colour(token))
        cut = painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, align, cut)
        return painter.fontMetrics().horizontalAdvance(cut)

    ## rows

    @property
    def current(self) -> Any:
        """The current row, None without one."""
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None

    def show_rows(self, rows: Sequence[Any], at: int | None = None) -> None:
        """Show other rows; the current one is the row `at`, or the one at the same place as before."""
        n = max(self.currentIndex().row(), 0) if at is None else at
        self.items.give(rows)
        if rows:
            self.setCurrentIndex(self.items.index(min(n, len(rows) - 1)))
        self.fit_height()
        self.viewport().update()

    def fit_height(self) -> None:
        """No higher than its rows."""
        self.setMaximumHeight(max(len(self.items.rows), 1) * self.height_of(-1) + 6)

    ## keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key of the list, only where the list itself has the focus: a box in a row keeps its own keys."""
        if not self.hasFocus():
            event.ignore()
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        key = Qt.Key(event.key())
        if plain and key in self.acts:
            self.acts[key]()
        elif plain and key in ENTER and self.currentIndex().isValid():
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _typed: str) -> None:
        """Letters are the list's keys and seek nothing."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
