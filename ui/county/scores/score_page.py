"""考核: the ranking, the basis of the selected unit's points, and corrections with a reason."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
)  # fmt: skip

from forms.plan_tables import UNIT_KIND
from models.county.consolidation import Consolidation
from models.county.score_inputs import Why
from models.county.scoring import ItemScore, Scoring, UnitScore, correct
from models.plan.entries import Score
from models.store.change import Change
from ui.county.scores.score_correction import CorrectionBox, points_of
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.heading import heading, scrolled
from ui.widgets.responsive_columns import ResponsiveColumns
from ui.widgets.theme import Theme
from ui.window.page import Page, override

LEAST, CLOSE, UNIT = 62, 48, (146, 124)  # px at 100 %: no column of the ranking is narrower, in large text; the units'
KEPT = "scores"  # the session keeps the selected unit under this name
WHY = Qt.ItemDataRole.UserRole


class ScorePage(Page):
    """The scoring of the period."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.results: list[UnitScore] = []
        layout = scrolled(self)
        layout.setContentsMargins(look.size(20), look.size(12), look.size(20), look.size(10))
        layout.setSpacing(look.size(6))
        self.sentence, self.second = heading(layout)
        layout.addLayout(self._filter())
        body = ResponsiveColumns(look)
        self.table = self._table()
        body.add(self.table, 830, 500, 220, grows=True)
        body.add(self._side(), 470, 330, 270)
        layout.addWidget(body, 1)
        self.setFocusProxy(self.table)

    ## layout

    def _filter(self) -> QHBoxLayout:
        """The row that chooses which units the ranking covers."""
        row = QHBoxLayout()
        row.addWidget(self.second, 1)
        self.kinds = QComboBox()
        self.kinds.setAccessibleName("哪一类单位")
        for kind, name in (("", "全部单位"), *((o.id, o.name) for o in UNIT_KIND.options)):
            self.kinds.addItem(name, kind)
        self.kinds.currentIndexChanged.connect(lambda _n: self._fill())
        row.addWidget(self.kinds)
        return row

    def _table(self) -> QTableWidget:
        table = QTableWidget()
        table.setAccessibleName("考核排名")
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.look.size(28))
        table.horizontalHeader().setMinimumSectionSize(self.look.size(CLOSE if self.large else LEAST))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.currentCellChanged.connect(lambda row, _c, _r, _d: self._explain(row))
        return table

    def _side(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*(self.look.size(n) for n in (12, 10, 12, 10)))
        self.name, self.told = QLabel(), QLabel()
        self.name.setProperty("tone", "section")
        self.told.setProperty("tone", "second")
        self.told.setWordWrap(True)
        column.addWidget(self.name)
        column.addWidget(self.told)
        self.whys = QTreeWidget()
        self.whys.setObjectName("plain")
        self.whys.setAccessibleName("每一分的来由")
        self.whys.setHeaderHidden(True)
        self.whys.setColumnCount(2)
        self.whys.setWordWrap(True)
        self.whys.setIndentation(self.look.size(14))
        self.whys.header().setStretchLastSection(False)
        self.whys.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.whys.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.whys.itemActivated.connect(lambda item, _n: self._go(item.data(0, WHY)))
        self.whys.currentItemChanged.connect(lambda _new, _old: self._offer())
        column.addWidget(self.whys, 1)
        self.box = CorrectionBox(self.look)
        self.box.given.connect(self.correct)
        self.box.taken_back.connect(self.take_back)
        column.addWidget(self.box)
        return card

    ## display

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Calculate the scores again; the selected unit is kept."""
        now = self.result()
        space, period = self.session.space, self.session.period
        self.scoring = Scoring(Consolidation(space, period), self.session.today())
        self.results = self.scoring.results
        self._sentences()
        self._fill(now.unit.code if now else self.session.property(KEPT) or "")

    def _sentences(self) -> None:
        came, scores = self.scoring.whole.contexts, self.session.space.plan.scoring
        best = [r.unit.short for r in self.results if r.overall == 1]
        open_ones = [s.name for s in scores if not s.confirmed]
        if not best:
            self.sentence.setText("选定冲突的版本以后才排得出名次" if came else "还没有单位报来，排不出名次")
        else:
            names = "、".join(best[:3]) + (f"等{len(best)}个单位并列" if len(best) > 3 else "")
            self.sentence.setText(f"第一名{names}，{self.results[0].total:f}分")
        note = f"　计分办法待确认：{'、'.join(open_ones)}" if open_ones else ""
        full = sum((s.points for s in scores), Decimal(0))
        told = (
            f"{self.scoring.whole.period.name}　满分{full.normalize():f}分，{len(came)}个单位已报，未报和冲突的不排名次"
        )
        hint = "" if came else "　请先收件：把各单位的上报包拖进窗口"
        self.second.setText(told + note + hint)

    def _fill(self, code: str = "") -> None:
        kind, scores = self.kinds.currentData(), self.session.space.plan.scoring
        self.shown = [r for r in self.results if kind in ("", r.unit.kind)]
        if kind:
            self.shown.sort(key=lambda r: (bool(r.unranked), r.rank, r.unit.order))
        heads = ["名次", "单位", "得分", *(self._head(s) for s in scores)]
        self.table.blockSignals(True)
        self.table.clear()
        self.table.setColumnCount(len(heads))
        self.table.setHorizontalHeaderLabels(heads)
        self.table.setRowCount(len(self.shown))
        for n, r in enumerate(self.shown):
            self._row(n, r, r.rank if kind else r.overall)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        self.table.setColumnWidth(0, self.look.size(CLOSE))
        self.table.setColumnWidth(1, self.look.size(UNIT[self.large]))
        self.table.blockSignals(False)
        at = next((n for n, r in enumerate(self.shown) if r.unit.code == code), 0)
        self.table.setCurrentCell(at if self.shown else -1, 0)
        self._explain(self.table.currentRow())

    @property
    def large(self) -> bool:
        """Whether the text is so large that the columns have to be narrow."""
        return self.look.percent > 100

    def _head(self, score: Score) -> str:
        """The heading of an item's column; in large text its name takes two lines."""
        name, full = score.name, f"{score.points.normalize():f}"
        half = (len(name) + 1) // 2
        return f"{name[:half]}\n{name[half:]}\n{full}分" if self.large else f"{name}\n满分{full}"

    def _row(self, n: int, r: UnitScore, rank: int) -> None:
        self._cell(n, 0, str(rank or "—"))
        self._cell(
            n, 1, r.unit.short + (f"　{r.unranked}" if r.unranked else ""), "amb" if r.unranked else "", left=True
        )
        self._cell(n, 2, "—" if r.unranked else f"{r.total:f}", bold=True)
        for column, item in enumerate(r.items, 3):
            text = "未计" if item.points is None else f"{item.points:f}" + ("＊" if item.correction else "")
            self._cell(n, column, text, "amb" if item.correction or item.points is None else "")

    def _cell(self, row: int, column: int, text: str, tone: str = "", left: bool = False, bold: bool = False) -> None:
        cell = QTableWidgetItem(text)
        cell.setToolTip(text if left else "")
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        cell.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        if tone:
            cell.setForeground(self.look.colour(tone))
        if bold:
            cell.setFont(self.look.font(14, bold=True))
        self.table.setItem(row, column, cell)

    def result(self) -> UnitScore | None:
        """The score of the selected unit; None for none."""
        row = self.table.currentRow()
        return self.shown[row] if self.results and 0 <= row < len(self.shown) else None

    def _explain(self, _row: int) -> None:
        result, kept = self.result(), self._at()
        self.whys.clear()
        if result is None:
            return
        self.name.setText(f"{result.unit.short}　" + (result.unranked or f"{result.total:f}分"))
        kind = UNIT_KIND.show(result.unit.kind)
        place = (
            f"全部单位第{result.overall}名，{kind}第{result.rank}名。"
            if result.rank
            else f"{result.unranked}，不排名次。"
        )
        self.told.setText(f"{place}回车或双击到那一行。")
        for item in result.items:
            top = self._item(item)
            self.whys.addTopLevelItem(top)
            for n in range(top.childCount()):
                top.child(n).setFirstColumnSpanned(True)
        self.whys.expandAll()
        self.whys.setCurrentItem(self.whys.topLevelItem(max(kept, 0)))

    def _item(self, item: ItemScore) -> QTreeWidgetItem:
        worked = "未计分" if item.worked is None else f"{item.worked:f}"
        told = worked if item.correction is None else f"{worked} → {item.points:f}"
        top = QTreeWidgetItem([item.score.name, told])
        top.setToolTip(0, item.score.rule)
        top.setFont(0, self.look.font(14, bold=True))
        top.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for why in item.whys:
            child = QTreeWidgetItem([why.text])
            child.setToolTip(0, why.text)
            child.setData(0, WHY, why)
            child.setForeground(0, self.look.colour("ink2"))
            top.addChild(child)
        if item.correction:
            child = QTreeWidgetItem([f"更正为{item.points:f}分：{item.correction['text']}"])
            child.setForeground(0, self.look.colour("amb"))
            top.addChild(child)
        return top

    def _at(self) -> int:
        """The index of the scoring item with the cursor; -1 for none."""
        index = self.whys.currentIndex()
        above = index.parent()
        return above.row() if above.isValid() else index.row()

    def _now(self) -> ItemScore | None:
        result, n = self.result(), self._at()
        return result.items[n] if result and 0 <= n < len(result.items) else None

    def _offer(self) -> None:
        item = self._now()
        if item is not None:
            self.box.offer(item)

    ## actions

    def _go(self, why: Why | None) -> None:
        result = self.result()
        if why and why.form and result:
            self.session.setProperty(KEPT, result.unit.code)
            self.line_wanted.emit(result.unit.code, why.form, why.record, why.field)

    def correct(self, typed: str, reason: str) -> None:
        """Replace the points of the current item; `typed` is the text of the points."""
        result, item, space = self.result(), self._now(), self.session.space
        if result is None or item is None:
            return
        with reporting(self.session):
            points = points_of(typed, item.score.name)
            changes = correct(space, result.unit.code, self.session.period, item.score, points, reason, item.worked)
            self._write(changes, f"考核更正{result.unit.short}{item.score.name}")

    def take_back(self) -> None:
        """Remove the correction, so that the calculated points count again."""
        result, item = self.result(), self._now()
        if result and item:
            changes = correct(self.session.space, result.unit.code, self.session.period, item.score, None)
            self._write(changes, f"撤销考核更正{result.unit.short}{item.score.name}")

    def _write(self, changes: list[Change], label: str) -> None:
        if self.session.edit(label, changes):
            self.refresh()
