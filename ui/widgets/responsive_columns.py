"""Parts of a page side by side; below one another where the window is narrow or the text large."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.theme import Theme


@dataclass(frozen=True)
class ColumnPart:
    """One part; px at 100 %: preferred width, least width, least height; and whether it takes the spare width."""

    widget: QWidget
    width: int
    least: int
    height: int
    grows: bool


class ResponsiveColumns(QWidget):
    """The parts in one row; those that no longer fit go into rows below, and the page around them scrolls."""

    def __init__(self, look: Theme, gap: int = 12) -> None:
        super().__init__()
        self.look, self.gap = look, look.size(gap)
        self.parts: list[ColumnPart] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def add(self, widget: QWidget, width: int, least: int, height: int, grows: bool = False) -> None:
        """Add a part at the right."""
        widget.setParent(self)
        self.parts.append(ColumnPart(widget, width, least, height, grows))

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        size, rows = self.look.size, self._rows()
        one = len(rows) == 1  # in several rows the page scrolls instead of its parts
        least = [
            max(size(p.height) if one else max(size(p.height), p.widget.sizeHint().height()) for p in r) for r in rows
        ]
        self.setMinimumHeight(sum(least) + self.gap * (len(rows) - 1))
        spare = max(self.height() - self.minimumHeight(), 0) // max(len(rows), 1)
        top = 0
        for row, height in zip(rows, least, strict=True):
            self._stand(row, top, height + spare)
            top += height + spare + self.gap

    def _rows(self) -> list[list[ColumnPart]]:
        rows: list[list[ColumnPart]] = []
        left = 0
        for part in self.parts:
            wide = self.look.size(part.least) + self.gap
            if not rows or wide > left:
                rows.append([])
                left = self.width() + self.gap
            rows[-1].append(part)
            left -= wide
        return rows

    def _stand(self, row: list[ColumnPart], top: int, height: int) -> None:
        """Place one row: each part has its share of the width, at least its least; where one grows, the others have no
        more than their preferred width.
        """
        room, size = self.width() - self.gap * (len(row) - 1), self.look.size
        whole = sum(p.width for p in row)
        widths = [max(room * p.width // whole, size(p.least)) for p in row]
        if any(p.grows for p in row):
            widths = [0 if p.grows else min(w, size(p.width)) for p, w in zip(row, widths, strict=True)]
            widths = [w or room - sum(widths) for w in widths]
        left = 0
        for part, width in zip(row, widths, strict=True):
            part.widget.setGeometry(left, top, width, height)
            left += width + self.gap
