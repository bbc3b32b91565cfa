"""Parts of an open thing: two figures that do not go together; a cell with its heading and last period's value."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from forms.form import Field
from forms.kind import Value
from ui import editors
from ui.theme import Look


def both_sides(sides: Sequence[str]) -> QHBoxLayout:
    """Both figures that do not go together."""
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


def labelled(f: Field, before: Value, now: Value, look: Look) -> tuple[QWidget, QWidget]:
    """An editor below its heading and last period's value; gives the whole, and the editor."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    last = f.kind.show(before) if before is not None else ""
    label = QLabel(f"{f.heading}　上期 {last}" if last else f.heading)
    label.setProperty("tone", "second")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(1)  # a long text of last period does not push the others aside
    label.setToolTip(last)
    box = editors.make(f, holder)
    editors.fill(box, f.kind.show(now))
    if isinstance(box, QPlainTextEdit):
        box.setFixedHeight(look.size(60))
    column.addWidget(label)
    column.addWidget(box)
    column.addStretch(1)
    return holder, box
