"""Choosing a removable drive (U盘), the progress of writing to it, and whether it may be pulled out."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ui.handin.drives import Drive
from ui.handin.step_box import say
from ui.widgets import marks
from ui.widgets.heading import label
from ui.widgets.icon_label import IconLabel
from ui.widgets.icons import icon
from ui.widgets.marks import Sign
from ui.widgets.theme import Theme


class DriveCard(QAbstractButton):
    """One drive to choose; painted, with an accessible name for screen readers."""

    def __init__(self, look: Theme, drive: Drive) -> None:
        super().__init__()
        self.look, self.drive = look, drive
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setText(drive.caption)
        self.setAccessibleName(f"{drive.caption}，{drive.details.replace('　', '，')}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(200), self.look.size(50))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, look = self.look.size, self.look
        side, x = size(24), size(44)
        icon(look, "usb").paint(painter, size(10), (self.height() - side) // 2, side, side)
        room = QRectF(x, 0, self.width() - x - size(26), self.height())
        for text, font, token, top in (
            (self.drive.caption, look.font(14, bold=True), "ink", 5),
            (self.drive.details, look.font(12), "ink2" if self.drive.writable else "red", 26),
        ):
            painter.setFont(font)
            painter.setPen(look.colour(token))
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(room.width()))
            painter.drawText(QRectF(x, size(top), room.width(), size(20)), Qt.AlignmentFlag.AlignVCenter, shown)
        if len(self._others()) > 1:
            mark = Sign.NOW if self.isChecked() else Sign.TODO
            marks.sign(painter, look, mark, self.width() - size(18), self.height() / 2, size(17))
        if self.hasFocus():
            painter.setPen(QPen(look.colour("acc"), 2))
            painter.drawRoundedRect(QRectF(2, 2, self.width() - 4, self.height() - 4), 4, 4)
        painter.end()

    def _others(self) -> list["DriveCard"]:
        parent = self.parentWidget()
        return list(parent.findChildren(DriveCard)) if parent else []


class Stages(QWidget):
    """A bar for each stage: finished ones have a tick, the present one is bold."""

    def __init__(self, look: Theme, names: Sequence[str]) -> None:
        super().__init__()
        self.look, self.names, self.at = look, names, -1
        self.setFixedHeight(look.size(32))

    def show_stage(self, name: str) -> None:
        """Mark a stage as the present one."""
        self.at = self.names.index(name) if name in self.names else -1
        self.setAccessibleName(f"{name}，第{self.at + 1}步，共{len(self.names)}步")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, size, gap = self.look, self.look.size, self.look.size(6)
        wide = (self.width() - gap * (len(self.names) - 1)) / len(self.names)
        for n, name in enumerate(self.names):
            x, over = n * (wide + gap), n < self.at
            painter.setPen(QPen(look.colour("acc" if n <= self.at else "line2"), 1))
            painter.setBrush(look.colour("acc" if over else "acc_sel" if n == self.at else "sunk"))
            painter.drawRoundedRect(QRectF(x + 0.5, 1.5, wide - 1, size(6)), 3, 3)
            if over:
                marks.sign(painter, look, Sign.TICK, x + size(6), size(20), size(11))
            painter.setFont(look.font(12, bold=n == self.at))
            painter.setPen(look.colour("ink" if n == self.at else "ink2"))
            left = x + (size(14) if over else 0)
            painter.drawText(QRectF(left, size(11), wide, size(18)), Qt.AlignmentFlag.AlignVCenter, name)
        painter.end()


class DriveBox(QFrame):
    """The drives that are plugged in, one of them chosen, above the state of writing. `chosen` is emitted when another
    is chosen.
    """

    chosen = Signal()

    def __init__(self, look: Theme, stages: Sequence[str]) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("stick")
        self.drives: list[Drive] = []
        self.cards: list[DriveCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        holder = QWidget()
        self.holder = QVBoxLayout(holder)
        self.holder.setContentsMargins(0, 0, 0, 0)
        self.holder.setSpacing(0)
        column.addWidget(holder)
        self.none = self._words(column)
        self.writing = QFrame()
        column.addWidget(self.writing)
        self._fill_writing(stages)
        self.safe = QFrame()
        self.safe.setObjectName("safe")
        column.addWidget(self.safe)
        self._fill_safe()
        self.wrong = QFrame()
        self.wrong.setObjectName("wrong")
        column.addWidget(self.wrong)
        self._fill_wrong()
        self._only(None)

    def _words(self, column: QVBoxLayout) -> QLabel:
        words = label(column, "插上U盘，这里马上就会认出来", "second")
        words.setContentsMargins(*(self.look.size(n) for n in (12, 12, 12, 12)))
        return words

    def _inside(self, frame: QFrame) -> QVBoxLayout:
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(self.look.size(n) for n in (12, 8, 12, 10)))
        column.setSpacing(self.look.size(3))
        return column

    def _fill_writing(self, stages: Sequence[str]) -> None:
        column = self._inside(self.writing)
        self.stop = label(column, "先不要拔", "stop")
        self.stages = Stages(self.look, stages)
        column.addWidget(self.stages)
        self.doing = label(column)
        self.calm = label(column, "这时停电也不要紧：旧文件还在，重写一次就行", "second")

    def _beside(self, frame: QFrame, mark: str, token: str = "ink2") -> QVBoxLayout:
        row = QHBoxLayout(frame)
        row.setContentsMargins(*(self.look.size(n) for n in (12, 8, 12, 10)))
        row.setSpacing(self.look.size(10))
        row.addWidget(IconLabel(self.look, mark, token), alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(self.look.size(2))
        row.addLayout(column, 1)
        return column

    def _fill_safe(self) -> None:
        column = self._beside(self.safe, Sign.DONE)
        self.verdict = label(column, tone="figure")
        self.facts = [label(column, tone="second") for _ in range(3)]

    def _fill_wrong(self) -> None:
        column = self._beside(self.wrong, "circle-alert", "red")
        self.failure, self.why = label(column, "没有写成", "figure"), label(column)

    ## display

    def show_drives(self, drives: Sequence[Drive]) -> None:
        """Show the drives that are plugged in; the choice is kept."""
        if self.cards and list(drives) == self.drives:
            return
        before, focus = self.drive(), any(c.hasFocus() for c in self.cards)
        self.drives = list(drives)
        for card in self.cards:
            self.holder.removeWidget(card)
            card.setParent(None)
            card.deleteLater()
        self.cards = [DriveCard(self.look, d) for d in drives]
        for card in self.cards:
            self.holder.addWidget(card)
            card.toggled.connect(lambda on: self.chosen.emit() if on else None)
        self._only(next((p for p in (self.writing, self.safe, self.wrong) if not p.isHidden()), None))
        self._choose(before, focus)

    def _choose(self, before: Drive | None, focus: bool) -> None:
        same = [c for c in self.cards if before and c.drive.folder == before.folder]
        card = next(iter([*same, *(c for c in self.cards if c.drive.writable), *self.cards]), None)
        if card is not None:
            card.setChecked(True)
            if focus:
                card.setFocus()

    def drive(self) -> Drive | None:
        """The chosen drive; None for none."""
        return next((c.drive for c in self.cards if c.isChecked()), None)

    def show_nothing(self) -> None:
        """Show the drives only, without a state of writing."""
        self._only(None)

    def show_stage(self, stage: str, words: str, pull: bool) -> None:
        """Show the progress of writing; `pull` is True while nothing is on the drive yet, so that it may be pulled
        out.
        """
        self.stages.show_stage(stage)
        for line in (self.stop, self.calm):
            line.setVisible(not pull)
        self.doing.setText(words)
        self._only(self.writing)

    def show_safe(self, verdict: str, facts: Sequence[str]) -> None:
        """Show that the file was written and read back."""
        self.verdict.setText(verdict)
        for line, fact in zip(self.facts, [*facts, "", "", ""], strict=False):
            say(line, fact)
        self._only(self.safe)

    def show_wrong(self, failure: str, why: str) -> None:
        """Show that the file could not be written, or differs from what was written."""
        self.failure.setText(failure)
        self.why.setText(why)
        self._only(self.wrong)

    def _only(self, shown: QFrame | None) -> None:
        for part in (self.writing, self.safe, self.wrong):
            part.setVisible(part is shown)
        self.none.setVisible(not self.cards and shown is None)
        bad, vacant = "yes" if shown is self.wrong else "", "yes" if not self.cards and shown is None else ""
        if (self.property("bad"), self.property("vacant")) != (bad, vacant):
            self.setProperty("bad", bad)
            self.setProperty("vacant", vacant)
            self._restyle()

    def _restyle(self) -> None:
        self.style().unpolish(self)
        self.style().polish(self)

    def holds(self, path: Path) -> bool:
        """Whether a file is on one of the drives that are plugged in."""
        return any(path.is_relative_to(d.folder) for d in self.drives)
