"""Parts of an expanded item: the findings; two figures that disagree; a cell with its heading and last period's value,
and the rows of cells.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from forms.field import Field
from forms.kind import Value
from ui.widgets import editors
from ui.widgets.icon_label import IconLabel
from ui.widgets.theme import Theme

ACROSS = 3  # short cells in a row


class FindingLabels(QWidget):
    """The sentences of the findings, each with the sign of its level."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2)

    def say(self, told: Sequence[tuple[str, str]]) -> None:
        """Show other levels and sentences."""
        while (item := self.column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for level, message in told:
            holder, label = QWidget(), QLabel(message)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(IconLabel(self.look, level), alignment=Qt.AlignmentFlag.AlignTop)
            row.addWidget(label, 1)
            self.column.addWidget(holder)
        self.setVisible(bool(told))


def in_rows(holders: Sequence[QWidget], long: Sequence[bool]) -> QGridLayout:
    """Cells in rows of ACROSS: a long one has a row of its own, or the rest of the row where it is the only one."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(6)
    if sum(long) == 1 and len(holders) in (2, 3):
        for n, holder in enumerate(holders):
            grid.addWidget(holder, 0, n)
            grid.setColumnStretch(n, ACROSS if long[n] else 1)
        return grid
    at = 0
    for holder, alone in zip(holders, long, strict=True):
        at += -at % ACROSS if alone else 0
        grid.addWidget(holder, at // ACROSS, at % ACROSS, 1, ACROSS if alone or len(holders) == 1 else 1)
        at += ACROSS if alone else 1
    for n in range(ACROSS):
        grid.setColumnStretch(n, 1)
    return grid


def both_sides(sides: Sequence[str]) -> QHBoxLayout:
    """The two figures that disagree, side by side."""
    row = QHBoxLayout()
    for name, figure in (sides[:2], sides[3:]):
        if row.count():
            sign = QLabel(sides[2])
            sign.setProperty("tone", "figure")
            row.addWidget(sign)
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(0)
        label, value = QLabel(name), QLabel(figure)
        label.setProperty("tone", "second")
        value.setProperty("tone", "strong")
        column.addWidget(label)
        column.addWidget(value)
        row.addWidget(card, 1)
    return row


def labelled(f: Field, before: Value, now: Value, look: Theme) -> tuple[QWidget, QWidget]:
    """An editor below its heading and last period's value; gives the widget around all of them, and the editor."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    last = f.kind.show(before) if before is not None else ""
    label = QLabel(f"{f.heading}　上期 {last}" if last else f.heading)
    label.setProperty("tone", "second")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)  # a long text must not push the others aside
    label.setToolTip(last)
    box = editors.make(f, holder)
    editors.fill(box, f.kind.show(now))
    if isinstance(box, QPlainTextEdit):
        box.setFixedHeight(look.size(60))
    column.addWidget(label)
    column.addWidget(box)
    column.addStretch(1)
    return holder, box
