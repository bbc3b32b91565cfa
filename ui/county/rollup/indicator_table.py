"""The table of 按指标: a verdict per indicator, told by shape, colour and word; heads fold."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from forms.verdict import Verdict
from models.county import indicator_words as words
from models.county.indicator_results import IndicatorResult, worst_first
from ui.county.rollup.indicator_model import (
    CHANGE,
    LEAD,
    NAME,
    OFFICIAL,
    PROGRESS,
    RIGHT,
    TARGET,
    TOTAL,
    VERDICT,
    ActionHead,
    Groups,
    Index,
    IndicatorModel,
)  # fmt: skip
from ui.widgets import icons
from ui.widgets.theme import Theme
from ui.widgets.verdict_marks import verdict

WIDTHS = {TARGET: 136, TOTAL: 78, CHANGE: 116, PROGRESS: 132, VERDICT: 98, LEAD: 112, OFFICIAL: 76}
NAME_LEAST, ROW, HEAD, MARKS_AT = 168, 28, 30, 206
GIVEN_UP = (LEAD, CHANGE, OFFICIAL, TARGET)  # columns that go, one after the other, where there is no room
SMALL = (CHANGE, PROGRESS, LEAD, OFFICIAL)
BLOCK = 4  # the sentence of an indicator in words goes over so many columns


class IndicatorDelegate(QStyledItemDelegate):
    """Paints heads and results."""

    def __init__(self, look: Theme, parent: "IndicatorTable") -> None:
        super().__init__(parent)
        self.look, self.view = look, parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = self.view.results.lines[index.row()]
        box = QRectF(option.rect)  # type: ignore[attr-defined]
        painter.save()
        if isinstance(line, ActionHead):
            self._head(painter, box, line, index)
        else:
            chosen = bool(option.state & option.state.State_Selected)  # type: ignore[attr-defined]
            self._cell(painter, box, line, index, chosen)
        painter.restore()

    def _head(self, painter: QPainter, box: QRectF, head: ActionHead, index: Index) -> None:
        look, size = self.look, self.look.size
        current = self.view.currentIndex().row() == index.row()
        painter.fillRect(box, look.colour("acc_sel" if current else "head"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.colour("grid"))
        icon = QRectF(box.left() + size(14), box.center().y() - size(7), size(14), size(14))
        icons.paint(painter, look, "chevron-right" if head.folded else "chevron-down", icon)
        font = look.font(13, bold=True)
        painter.setFont(font)
        painter.setPen(look.colour("ink"))
        title = QRectF(box.left() + size(34), box.top(), box.width() / 2, box.height())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, head.title)
        room = painter.fontMetrics().horizontalAdvance(head.title) + size(34 + 14)
        x = box.left() + max(size(MARKS_AT), room)
        for r in worst_first(head.results):
            verdict(painter, look, r.verdict, x + size(6), box.center().y(), size(12))
            x += size(17)
        painter.setFont(look.font(12))
        painter.setPen(look.colour("ink2"))
        rest = QRectF(x, box.top(), box.right() - x - size(16), box.height())
        quiet = painter.fontMetrics().elidedText(head.quiet, Qt.TextElideMode.ElideLeft, int(rest.width()))
        painter.drawText(rest, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, quiet)

    def _cell(self, painter: QPainter, box: QRectF, r: IndicatorResult, index: Index, chosen: bool) -> None:
        look, size, column = self.look, self.look.size, index.column()
        tone = "acc_sel" if chosen else "red_tint" if r.broken else "sheet"
        painter.fillRect(box, look.colour(tone))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), look.colour("grid"))
        if column == NAME and (chosen or r.broken):
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), look.colour("acc" if chosen else "red"))
        text = self.view.results.text(r, column)
        inner = box.adjusted(size(16) if column == NAME else size(5), 0, -size(5), 0)
        if column == VERDICT:
            verdict(painter, look, r.verdict, inner.left() + size(12), box.center().y(), size(14))
            inner.setLeft(inner.left() + size(24))
        in_words = r.verdict == Verdict.WORDS and column == TARGET
        painter.setFont(look.font(12 if column in SMALL or in_words else 13, self._bold(r, column)))
        painter.setPen(look.colour(self._ink(r, column)))
        right = column in RIGHT and not in_words
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(inner.width()))
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)

    @staticmethod
    def _bold(r: IndicatorResult, column: int) -> bool:
        if column == TOTAL:
            return r.verdict != Verdict.WORDS
        if column == OFFICIAL:
            return r.official_differs
        return (r.bad and column in (NAME, VERDICT)) or (r.broken and column == PROGRESS)

    @staticmethod
    def _ink(r: IndicatorResult, column: int) -> str:
        if column == OFFICIAL and r.official_differs:
            return "amb"
        if r.bad and (column in (PROGRESS, VERDICT) or (r.broken and column == TOTAL)):
            return "red"
        return "ink" if column in (NAME, TOTAL) else "ink2"


class IndicatorTable(QTableView):
    """`moved` tells that another line is the current one; `opened` that it was pressed twice or with Enter."""

    moved = Signal()
    opened = Signal()
    counted = Signal(str)  # how many results are selected

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look, self.results = look, IndicatorModel(self)
        self.groups: Groups = ()
        self.name, self.folded = "全部", set[str]()
        self.setModel(self.results)
        self.setItemDelegate(IndicatorDelegate(look, self))
        self.setAccessibleName("各指标的判定")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.size(ROW))
        self.verticalHeader().setMinimumSectionSize(look.size(ROW))
        header = self.horizontalHeader()
        header.setFixedHeight(look.size(HEAD))
        header.setStyleSheet(  # no rules between the heads; the first begins where the names do
            f"QHeaderView::section {{ border-right: none; padding: 4px {look.size(5)}px; }}"
            f"QHeaderView::section:first {{ padding-left: {look.size(16)}px; }}"
        )
        header.setSectionsClickable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, wide in WIDTHS.items():
            self.setColumnWidth(column, look.size(wide))
        self.clicked.connect(lambda index: self._press(index.row()))
        self.doubleClicked.connect(lambda index: self.opened.emit() if self.result(index.row()) else None)
        self.selectionModel().selectionChanged.connect(lambda *_: self._count())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def _make_room(self) -> None:
        """Hide columns, the least needed first, until the names of the indicators have room."""
        size, room = self.look.size, self.viewport().width()
        gone: list[int] = []
        for column in (*GIVEN_UP, None):
            if room - sum(size(w) for c, w in WIDTHS.items() if c not in gone) >= size(NAME_LEAST) or column is None:
                break
            gone.append(column)
        for column in WIDTHS:
            if self.isColumnHidden(column) != (column in gone):
                self.setColumnHidden(column, column in gone)

    ## display

    def show_results(self, groups: Groups) -> None:
        """Show other results; the current indicator stays the current one where it is still shown."""
        self.groups = groups
        self._fill()

    def show_only(self, name: str) -> None:
        """Show what a chip lets through."""
        self.name = name
        self._fill()

    def _fill(self, action: str = "") -> None:
        """Show the lines again; the current line is kept, else the head of `action`, else the first result."""
        kept = self.result()
        self.results.show_results(self.groups, self.name, self.folded)
        self.clearSpans()
        for n, line in enumerate(self.results.lines):
            if isinstance(line, ActionHead):
                self.setSpan(n, NAME, 1, len(words.HEADS))
            elif line.verdict == Verdict.WORDS:
                self.setSpan(n, TARGET, 1, BLOCK)
        row = self.results.find(kept.indicator.id) if kept else -1
        heads = (n for n, x in enumerate(self.results.lines) if isinstance(x, ActionHead) and x.action.id == action)
        row = next(heads, -1) if action else row
        if row < 0:
            row = next((n for n, x in enumerate(self.results.lines) if isinstance(x, IndicatorResult)), 0)
        if self.results.lines:
            self.setCurrentIndex(self.results.index(row, NAME))
        self.moved.emit()

    def choose(self, indicator: str) -> None:
        """Make an indicator's line the current one, where it is shown."""
        row = self.results.find(indicator)
        if row >= 0:
            self.setCurrentIndex(self.results.index(row, NAME))

    def result(self, row: int | None = None) -> IndicatorResult | None:
        """The result of a line, of the current one by default; None for a head."""
        n = self.currentIndex().row() if row is None else row
        line = self.results.lines[n] if 0 <= n < len(self.results.lines) else None
        return line if isinstance(line, IndicatorResult) else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.row() != previous.row():
            self.moved.emit()

    ## acts

    def _press(self, row: int) -> None:
        line = self.results.lines[row]
        if isinstance(line, ActionHead):
            self.fold(line.action.id, not line.folded)

    def fold(self, action: str, folded: bool) -> None:
        """Fold the lines of an action away, or show them."""
        (self.folded.add if folded else self.folded.discard)(action)
        self._fill(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        line = self.results.lines[row] if 0 <= row < len(self.results.lines) else None
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif isinstance(line, ActionHead) and (enter or event.key() == Qt.Key.Key_Space):
            self.fold(line.action.id, not line.folded)
        elif isinstance(line, ActionHead) and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold(line.action.id, event.key() == Qt.Key.Key_Left)
        elif line is not None and enter:
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> list[IndicatorResult]:
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [r for n in rows if (r := self.result(n)) is not None]

    def _count(self) -> None:
        count = len(self._chosen())
        self.counted.emit(f"选中 {count} 行　Ctrl+C 复制成表" if count else "")

    def copy(self) -> None:
        """Copy the selected results as a table with heads; a head alone copies all that its action shows."""
        found = self._chosen()
        if found:
            lines = ["\t".join(words.HEADS), *("\t".join(words.cells(r)) for r in found)]
            QGuiApplication.clipboard().setText("\n".join(lines))
