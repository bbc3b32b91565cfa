"""The panel of 考核: the chosen unit's points, its places by month, where the points come from, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from models.county.score_ranking import RankRow
from models.county.score_sheets import Objection
from models.plan.entries import Period
from ui.county.scores.rank_marks import RankChart
from ui.county.scores.ranking_table import change_text
from ui.county.scores.score_correction import CorrectionBox
from ui.county.scores.score_items import ScoreItems, ShownItem
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import label
from ui.widgets.theme import Theme

ACTS = {
    "issue": "发成绩单给这个单位",
    "issue_all": "发成绩单给同类全部单位",
    "fix": "定这个单位的分",
    "fix_all": "定同类全部单位的分",
    "take_back": "收回这个单位的成绩单",
    "save": "存这个单位的成绩单（PDF）……",
    "save_all": "存同类全部单位的成绩单（PDF）……",
}


class ObjectionBox(QFrame):
    """A unit's objection that waits, with the line for the answer; `answered` carries its text."""

    answered = Signal(str)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.setObjectName("amber")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (10, 6, 10, 8)))
        self.told = label(column)
        row = QHBoxLayout()
        self.text = QLineEdit(placeholderText="答复，至少6个字；要改分的先更正得分")
        self.text.setAccessibleName("答复异议")
        self.text.returnPressed.connect(self._give)
        self.button = QPushButton("答复")
        self.button.clicked.connect(self._give)
        row.addWidget(self.text, 1)
        row.addWidget(self.button)
        column.addLayout(row)

    def _give(self) -> None:
        self.answered.emit(self.text.text())

    def offer(self, objection: Objection | None) -> None:
        """Show an objection; hidden for none."""
        self.setVisible(objection is not None)
        if objection is not None:
            late = "（过了异议期才提）" if objection.late else ""
            self.told.setText(f"对“{objection.paper['name']}”有异议{late}：{objection.paper['text']}")


class ScorePanel(QFrame):
    """`acted` names one of ACTS; `look_wanted` is the other button of the foot."""

    acted = Signal(str)
    look_wanted = Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(*(look.size(n) for n in (12, 10, 12, 10)))
        column.setSpacing(look.size(6))
        self.name = label(column, tone="section")
        column.addLayout(self._figures())
        self.chart = RankChart(look)
        column.addWidget(self.chart)
        column.addLayout(self._heads())
        self.items = ScoreItems(look)
        column.addWidget(self.items, 1)
        self.tags = label(column, tone="second")
        self.tags.hide()
        self.objection = ObjectionBox(look)
        column.addWidget(self.objection)
        self.box = CorrectionBox(look)
        self.box.hide()
        column.addWidget(self.box)
        column.addWidget(self._foot())
        self.items.item_changed.connect(self._offer)

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.total, self.place = QLabel(), QLabel()
        self.total.setProperty("tone", "figure")
        self.place.setProperty("tone", "second")
        self.place.setWordWrap(True)
        row.addWidget(self.total)
        row.addWidget(self.place, 1)
        return row

    def _heads(self) -> QHBoxLayout:
        row = QHBoxLayout()
        title, heads = QLabel("分从哪里来"), QLabel("比上月　得分／满分")
        title.setProperty("tone", "section")
        heads.setProperty("tone", "second")
        row.addWidget(title, 1)
        row.addWidget(heads)
        return row

    def _foot(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0), self.look.size(6))
        self.correct, self.open = QPushButton("更正得分……"), QPushButton("看填报")
        self.correct.setCheckable(True)
        self.correct.toggled.connect(self._unfold)
        self.open.clicked.connect(self.look_wanted)
        self.sheet = QPushButton("成绩单")
        self.sheet.setToolTip("发给单位、答复异议、定分；成绩单随下一次回执到单位")
        menu = QMenu(self.sheet)
        self.acts = {name: menu.addAction(text) for name, text in ACTS.items()}
        for name, act in self.acts.items():
            act.triggered.connect(lambda _on=False, name=name: self.acted.emit(name))
        self.sheet.setMenu(menu)
        for button in (self.correct, self.sheet, self.open):
            row.addWidget(button)
        return holder

    def _unfold(self, on: bool) -> None:
        self.box.setVisible(on)
        if on:
            self.box.points.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_unit(
        self, row: RankRow, items: Sequence[ShownItem], ranks: Sequence[tuple[Period, int]], of: int, second: str
    ) -> None:
        """Show a unit: its row, items, and places among `of`; `second` is the line below its name."""
        self.name.setText(f"{row.unit.short}　牵头{row.lead}项，配合{row.support}项")
        self.total.setText("—" if row.unranked else f"{row.total:.1f}")
        moved = change_text(row.change, bool(row.rank))
        place = f"第{row.rank}名" if row.rank else f"{row.unranked}，不排名次"
        self.place.setText("　".join(x for x in (place, moved if moved != "—" else "", second) if x))
        self.chart.show_ranks(ranks, of)
        self.items.show_items(items)

    def _offer(self) -> None:
        """Name the chosen item in the foot."""
        shown = self.items.shown
        item = shown.item if shown else None
        self.correct.setEnabled(item is not None)
        self.correct.setToolTip(
            f"更正“{item.score.name}”的得分，要写理由" if item else "今年累计不能更正，请看单独一期"
        )
        if item is not None:
            self.box.offer(item)
        else:
            self.correct.setChecked(False)
