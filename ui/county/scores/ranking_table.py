"""The table of 考核: a row per unit of one kind, those without a place below the others."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from models.county.score_ranking import RankRow
from models.plan.entries import Score
from ui.county.scores.rank_marks import rank_line, share_bar, total_share
from ui.widgets.theme import Theme

RANK, CHANGE, UNIT, TASKS, TOTAL, ITEMS = range(6)
WIDTHS = {RANK: 44, CHANGE: 54, UNIT: 110, TASKS: 62, TOTAL: 140}  # px at 100 %
NARROW = {RANK: 42, CHANGE: 52, UNIT: 96, TASKS: 54, TOTAL: 56}
BAR, ITEM, LEAST, LINE = 84, 68, 52, 92
ABOUT = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def change_text(change: int | None, ranked: bool = True) -> str:
    """By how many places a unit moved: ↑2, ↓6, — for none; "" where it has no place."""
    if not ranked:
        return ""
    return "—" if not change else f"↑{change}" if change > 0 else f"↓{-change}"


class RankPainter(QStyledItemDelegate):
    """Paints the bar beside a total and the line of places."""

    def __init__(self, table: "RankingTable") -> None:
        super().__init__(table)
        self.table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        row: RankRow | None = index.data(ABOUT)
        if row is None or row.unranked:
            return
        look, box = self.table.look, QRectF(option.rect)  # type: ignore[attr-defined]
        tone = "acc" if index.row() == self.table.currentRow() else "ink2"
        if index.column() == TOTAL:
            start = box.left() + look.size(WIDTHS[TOTAL] - BAR)
            if box.right() - start < look.size(30):
                return
            bar = QRectF(
                start, box.center().y() - look.size(2), max(box.right() - start - look.size(8), 0), look.size(5)
            )
            share_bar(painter, look, bar, total_share(row.total, self.table.full), tone)
        else:
            pad = look.size(8)
            rank_line(painter, look, box.adjusted(pad, pad, -pad, -pad), row.places, self.table.placed, tone)


class RankingTable(QTableWidget):
    """`rows` are those shown, in order. Ctrl+C copies the table."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.rows: list[RankRow] = []
        self.scores: Sequence[Score] = ()
        self.full, self.placed = Decimal(0), 1
        self.setAccessibleName("考核排名")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.size(28))
        self.horizontalHeader().setMinimumSectionSize(look.size(40))
        self.horizontalHeader().setHighlightSections(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.paints, self.plain = RankPainter(self), QStyledItemDelegate(self)

    def show_rows(self, rows: Sequence[RankRow], scores: Sequence[Score], code: str = "") -> None:
        """Show other rows; the cursor goes to the unit of that code, otherwise to the first."""
        self.rows, self.scores = list(rows), scores
        self.full = sum((s.points for s in scores), Decimal(0))
        self.placed = sum(not r.unranked for r in rows)
        heads = ["名次", "比上月", "单位", "牵头＋\n配合", "得分", *(s.name for s in scores), "各期名次"]
        self.blockSignals(True)
        self.clear()
        self.setColumnCount(len(heads))
        self.setHorizontalHeaderLabels(heads)
        self.setRowCount(len(rows))
        for n, row in enumerate(rows):
            self._fill(n, row)
        self._dress(len(heads))
        self._widths(len(heads))
        self.blockSignals(False)
        at = next((n for n, r in enumerate(rows) if r.unit.code == code), 0)
        self.setCurrentCell(at if rows else -1, UNIT)

    def _head(self, score: Score, width: int) -> str:
        """The name of an item in as many lines as its column needs, and below it the full points."""
        name = score.name
        per_line = max((width - self.look.size(11)) // self.look.size(13), 2)
        lines = -(-len(name) // per_line)
        step = -(-len(name) // lines)
        return "\n".join([*(name[n : n + step] for n in range(0, len(name), step)), f"满{score.points.normalize():f}"])

    def _widths(self, columns: int) -> None:
        """The widths that the room allows: with everything, otherwise without the lines and the bars, and narrower."""
        header, size, items = self.horizontalHeader(), self.look.size, len(self.scores)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        room, base = self.viewport().width(), sum(WIDTHS.values()) + items * ITEM
        with_line, with_bar, narrow = (room >= size(base + LINE), room >= size(base), room < size(base - BAR))
        for column, width in (NARROW if narrow else WIDTHS).items():
            self.setColumnWidth(column, size(width))
        if not with_bar and not narrow:
            self.setColumnWidth(TOTAL, size(WIDTHS[TOTAL] - BAR))
        for n, score in enumerate(self.scores):
            width = size(LEAST if narrow else ITEM)
            self.setColumnWidth(ITEMS + n, width)
            head = self.horizontalHeaderItem(ITEMS + n)
            if head is not None:
                head.setText(self._head(score, width))
        self.setColumnHidden(columns - 1, not with_line)
        self.setColumnWidth(columns - 1, size(LINE))
        header.setSectionResizeMode(UNIT, QHeaderView.ResizeMode.Stretch)

    def _dress(self, columns: int) -> None:
        for column in range(columns):
            painted = column in (TOTAL, columns - 1)
            self.setItemDelegateForColumn(column, self.paints if painted else self.plain)
            left, centre = column in (CHANGE, UNIT, TOTAL, columns - 1), column == TASKS
            side = LEFT if left else CENTRE if centre else RIGHT
            head = self.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.columnCount():
            self._widths(self.columnCount())

    def _fill(self, n: int, r: RankRow) -> None:
        self._cell(n, RANK, str(r.rank or "—"), bold=True)
        self._cell(n, CHANGE, change_text(r.change, bool(r.rank)), "amb" if (r.change or 0) < 0 else "ink2", LEFT)
        name = r.unit.short + (f"　{r.unranked}" if r.unranked else "")
        self._cell(n, UNIT, name, "amb" if r.unranked else "", LEFT, hint=r.unit.name)
        self._cell(n, TASKS, f"{r.lead}＋{r.support}", "ink2", CENTRE, hint=f"牵头{r.lead}项，配合{r.support}项")
        self._cell(
            n, TOTAL, "—" if r.unranked else f"{r.total:.1f}", "", LEFT, bold=True, about=r, hint=f"{r.total:f}分"
        )
        for column, score in enumerate(self.scores, ITEMS):
            self._points(n, column, r, score)
        self._cell(n, ITEMS + len(self.scores), "", about=r, hint=_places(r))

    def _points(self, n: int, column: int, r: RankRow, score: Score) -> None:
        points = r.items.get(score.id)
        corrected, low = score.id in r.corrected, score.id in r.low
        text = "未计" if points is None else f"{points:.1f}" + "＊" * corrected
        hint = ("未计" if points is None else f"{points:f}分") + "，更正过" * corrected + "，比同类平均低得多" * low
        self._cell(n, column, text, "amb" if low or corrected or points is None else "", bold=low, hint=hint)

    def _cell(
        self, row: int, column: int, text: str, tone: str = "", side: Qt.AlignmentFlag = RIGHT,
        bold: bool = False, about: RankRow | None = None, hint: str = "",
    ) -> None:  # fmt: skip
        cell = QTableWidgetItem(text)
        cell.setTextAlignment(side)
        cell.setToolTip(hint)
        if hint and not text:
            cell.setData(Qt.ItemDataRole.AccessibleTextRole, hint)
        if tone:
            cell.setForeground(self.look.colour(tone))
        if bold:
            cell.setFont(self.look.font(14, bold=True))
        if about is not None:
            cell.setData(ABOUT, about)
        self.setItem(row, column, cell)

    @property
    def current(self) -> RankRow | None:
        """The row with the cursor; None for none."""
        n = self.currentRow()
        return self.rows[n] if 0 <= n < len(self.rows) else None

    def copy(self) -> None:
        """Put the table into the clipboard, cells apart by tabs."""
        heads = [
            h.text().replace("\n", "") for c in range(self.columnCount() - 1) if (h := self.horizontalHeaderItem(c))
        ]
        lines = [
            [i.text() if (i := self.item(n, c)) else "" for c in range(len(heads))] for n in range(self.rowCount())
        ]
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in [heads, *lines]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


def _places(r: RankRow) -> str:
    return "各期名次：" + "、".join(str(n or "—") for n in r.places) if r.places else ""
