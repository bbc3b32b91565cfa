"""One cell of a conflict: its place, the value before, and a button for each side."""

from collections.abc import Sequence
from html import escape
from math import ceil
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from exports.incoming.conflicts import Conflict
from models.ledger.compare import CellDifference
from ui.county.feedback.return_dialog import line_words
from ui.widgets.theme import Theme

FEW = 14  # characters of a row's subject
SIDES = "甲乙丙丁戊己庚辛"
WHERE, BEFORE, SIDE = 3, 3, 8  # how the parts of a row share the width
LEFT, LOW, PAD = (
    32,
    42,
    6,
)  # px: words of a side begin there at 100 %, its least height at 100 %, what stays free around


class Chooser(Protocol):
    """What a conflict row calls on its page."""

    def pick(self, row: "CellRow", side: int) -> None: ...
    def step(self, row: "CellRow", way: int) -> None: ...
    def go(self, row: "CellRow", way: int) -> None: ...


class SideButton(QAbstractButton):
    """One side of a cell: a radio button; the beginning that all sides share in grey, the rest underlined."""

    def __init__(self, look: Theme, side: str, text: str, same: int) -> None:
        super().__init__()
        self.look, self.side = look, side
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setText(text)
        self.setToolTip(text)
        self.document = QTextDocument(self)
        self.document.setDocumentMargin(0)
        self.document.setDefaultFont(look.font(13))
        grey, ink = look.tokens["ink2"], look.tokens["ink"]
        begin, rest = escape(text[:same]), escape(text[same:])
        self.document.setHtml(
            f"<span style='color:{grey}'>{begin}</span><span style='color:{ink}'><u>{rest}</u></span>"
        )
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(220), self.look.size(LOW))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the complete text, as nobody can choose between texts that are cut off."""
        self.document.setTextWidth(width - self.look.size(LEFT) - PAD)
        return max(self.look.size(LOW), ceil(self.document.size().height()) + 2 * PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self.look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        painter.setPen(QPen(look.colour("acc" if on else "line2"), 2 if on else 1))
        painter.setBrush(look.colour("acc_sel" if on else "sheet"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        middle = min(self.height(), look.size(LOW)) / 2  # at the first line: a tall row's end may be hidden
        painter.setPen(QPen(look.colour("acc" if on else "edge"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        at = QPointF(look.size(17), middle)
        painter.drawEllipse(at, look.size(7), look.size(7))
        if on:
            painter.setBrush(look.colour("acc"))
            painter.drawEllipse(at, look.size(3), look.size(3))
        left = look.size(LEFT)
        room = QRectF(0, 0, self.width() - left - PAD, self.height() - PAD)
        self.document.setTextWidth(room.width())
        painter.translate(left, max(3, middle - QFontMetricsF(self.document.defaultFont()).height() / 2))
        self.document.drawContents(painter, room)


class CellRow(QFrame):
    """A cell that both sides changed; ← → choose a side, ↓ goes to the next cell."""

    def __init__(self, look: Theme, found: Conflict, cell: CellDifference, page: "Chooser") -> None:
        super().__init__()
        self.look, self.cell, self.page = look, cell, page
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("cellrow")
        form = found.form(cell.place[0])
        words = [shown(found, cell, v) for v in cell.values]
        label = form.field(cell.place[2]).label if cell.place[2] else "整行"
        self.setAccessibleName(f"{form.title}第{cell.row}行{label}")
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(10), look.size(3), look.size(8), look.size(3))
        place = f"{form.title} 第{cell.row}行\n{line_words(form, found.line(cell), FEW)}".strip()
        told = escape(place).replace("\n", "<br>")
        where = _words(f"<b>{escape(label)}</b><br><span style='font-size:{look.size(12)}px'>{told}</span>")
        before = _words(escape(shown(found, cell, cell.base)) if found.base is not None else "没有共同的来处")
        before.setProperty("tone", "second")
        for words_of, share in ((where, WHERE), (before, BEFORE)):
            words_of.setAlignment(Qt.AlignmentFlag.AlignTop)
            words_of.setContentsMargins(0, look.size(4), 0, 0)
            row.addWidget(words_of, share)
        same = _same(words)
        self.choices = [SideButton(look, SIDES[n], w, same) for n, w in enumerate(words)]
        for n, choice in enumerate(self.choices):
            choice.setAccessibleName(f"{SIDES[n]}：{words[n]}")
            choice.clicked.connect(lambda _on=False, n=n: page.pick(self, n))
            row.addWidget(choice, SIDE)

    def show_pick(self, side: int | None) -> None:
        """Mark the chosen side; None for no choice yet."""
        for n, choice in enumerate(self.choices):
            choice.setChecked(n == side)
        told = f"，选了{SIDES[side]}" if side is not None else "，还没有选"
        self.setAccessibleDescription(told.strip("，"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in keys:
            self.page.step(self, keys[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.page.go(self, 1)
        elif event.key() == Qt.Key.Key_Up:
            self.page.go(self, -1)
        else:
            super().keyPressEvent(event)


def _words(text: str) -> QLabel:
    """A label that does not widen its row."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


class ConflictHeader(QWidget):
    """Headings of the sides 甲, 乙: who made each and when, over its own column."""

    def __init__(self, look: Theme, base: str, cards: Sequence[QWidget]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.size(10), 0, look.size(8) + look.size(6), 0)
        for text, share in (("哪一格", WHERE), (base, BEFORE)):
            label = _words(text)
            label.setProperty("tone", "second")
            row.addWidget(label, share, Qt.AlignmentFlag.AlignBottom)
        for card in cards:
            card.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            row.addWidget(card, SIDE)


def shown(found: Conflict, cell: CellDifference, value: object) -> str:
    """The displayed value of a cell; for a complete row its first three values."""
    form = found.form(cell.place[0])
    if cell.place[2]:
        return form.field(cell.place[2]).kind.show(value) or "（空）"
    if value is None:
        return "（没有这一行）"
    said = [f.kind.show(value.get(f.name)) for f in form.stored if value.get(f.name) is not None]  # type: ignore[attr-defined]
    return "　".join(said[:3]) or "（空行）"


def _same(words: Sequence[str]) -> int:
    """The length of the common beginning of the texts."""
    count = 0
    for chars in zip(*words, strict=False):
        if len(set(chars)) > 1:
            break
        count += 1
    return count
