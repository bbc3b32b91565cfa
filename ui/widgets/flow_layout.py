"""A layout for a row of tools that continues in a second row where the window is narrow or the text large."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

TIGHT = 2  # px between items that would otherwise need a second row


class FlowLayout(QLayout):
    """Items from left to right, closer together where that keeps them in one row; spare room goes where `stretch` was
    called.
    """

    def __init__(self, parent: QWidget, margins: tuple[int, int, int, int], gap: int = 6) -> None:
        super().__init__(parent)
        self.items: list[QLayoutItem] = []
        self.pushed: list[int] = []  # indexes of the items before which spare room goes
        self.setContentsMargins(*margins)
        self.setSpacing(gap)

    def stretch(self) -> None:
        """Put spare room before the item added next."""
        self.pushed.append(len(self.items))

    def addItem(self, item: QLayoutItem) -> None:
        self.items.append(item)

    def count(self) -> int:
        return len(self.items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self.items[index] if 0 <= index < len(self.items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self.items.pop(index) if 0 <= index < len(self.items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        widths = [i.sizeHint().width() + self.spacing() for i in self._shown()]
        return QSize(sum(widths), self.heightForWidth(10**5))

    def minimumSize(self) -> QSize:
        return QSize(max([i.minimumSize().width() for i in self._shown()], default=0), self.heightForWidth(10**5))

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [i for i in self.items if not i.isEmpty()]

    def _gap(self, room: int) -> int:
        """The px between items."""
        shown = self._shown()
        tight = min(TIGHT, self.spacing())
        needed = sum(i.sizeHint().width() for i in shown)
        loose = needed + self.spacing() * (len(shown) - 1) <= room
        return tight if not loose and needed + tight * (len(shown) - 1) <= room else self.spacing()

    def _rows(self, room: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = [[]]
        used, gap = 0, self._gap(room)
        for item in self._shown():
            width = item.sizeHint().width()
            if rows[-1] and used + width > room:
                rows.append([])
                used = 0
            rows[-1].append(item)
            used += width + gap
        return rows

    def _place(self, rect: QRect, move: bool) -> int:
        """Put the items into `rect`, or only measure where not `move`; gives the height in px that they take."""
        edge = self.contentsMargins()
        left, top, right, bottom = edge.left(), edge.top(), edge.right(), edge.bottom()
        rows = self._rows(rect.width() - left - right)
        y = rect.y() + top
        for row in rows:
            height = max((i.sizeHint().height() for i in row), default=0)
            if move:
                self._line(row, QRect(rect.x() + left, y, rect.width() - left - right, height), len(rows) == 1)
            y += height + self.spacing()
        return y - self.spacing() + bottom - rect.y()

    def _line(self, row: list[QLayoutItem], box: QRect, push: bool) -> None:
        gap = self._gap(box.width())
        spare = box.width() - sum(i.sizeHint().width() + gap for i in row) + gap
        share = max(spare, 0) // max(len(self.pushed), 1) if push else 0
        shown = {id(item) for item in row}
        behind = [
            next((id(i) for i in self.items[n:] if id(i) in shown), 0) for n in self.pushed
        ]  # skipping hidden items
        x = box.x()
        for item in row:
            x += share * behind.count(id(item))
            size = item.sizeHint()
            width = min(size.width(), box.width())
            item.setGeometry(QRect(x, box.y() + (box.height() - size.height()) // 2, width, size.height()))
            x += width + gap
