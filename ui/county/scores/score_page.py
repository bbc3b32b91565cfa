"""考核: who rose, who fell, and why. The ranking of one kind of unit, of the period or of the year, with every point
explained, corrected and given out.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from models.county.score_inputs import Why
from models.county.score_ranking import RankRow, headline, kinds, month_rows, year_rows
from models.county.score_tags import tag_scores
from models.county.scoring import UnitScore, correct
from models.county.scoring_year import YearScoring
from models.store.change import Change
from ui.county.scores.ranking_table import RankingTable
from ui.county.scores.score_correction import points_of
from ui.county.scores.score_items import ShownItem
from ui.county.scores.score_panel import ScorePanel
from ui.county.scores.sheet_acts import SheetActs
from ui.county.scores.shown_items import month_items, year_items
from ui.operations.failure import reporting
from ui.operations.operation import Operation
from ui.operations.work import Sliced
from ui.session import Session
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import heading, scrolled
from ui.widgets.responsive_columns import ResponsiveColumns
from ui.widgets.theme import Theme
from ui.window.page import Page, override

KEPT = "scores"  # the session keeps the selected unit under this name
MONTH, YEAR = "month", "year"
LEGEND = "横条从50分画起；棕色的得分比同类平均低得多，棕色的↓是掉了名次"


class ScorePage(Page):
    """The scoring of the period, one kind of unit at a time."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.kind, self.view = "", MONTH
        self.year: YearScoring | None = None
        self.worked_out = False  # the earlier periods
        layout = scrolled(self)
        layout.setContentsMargins(look.size(20), look.size(12), look.size(20), look.size(10))
        layout.setSpacing(look.size(6))
        self.sentence, self.second = heading(layout)
        layout.addWidget(self._chips())
        body = ResponsiveColumns(look)
        body.add(self._ranking(), 1000, 560, 240, grows=True)
        self.panel = ScorePanel(look)
        body.add(self.panel, 316, 290, 380)
        layout.addWidget(body, 1)
        self._wire()
        self.setFocusProxy(self.table)

    ## layout

    def _chips(self) -> QWidget:
        """The segments: kind of unit, and period or year; beside them what is not confirmed yet."""
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0), self.look.size(4))
        self.kind_row, self.kind_group, self.view_group = QHBoxLayout(), QButtonGroup(self), QButtonGroup(self)
        self.kind_chips, self.view_chips = dict[str, QPushButton](), dict[str, QPushButton]()
        kinds_holder = QWidget()
        kinds_holder.setLayout(self.kind_row)
        self.kind_row.setContentsMargins(0, 0, self.look.size(12), 0)
        row.addWidget(kinds_holder)
        for name, text in ((MONTH, "本期"), (YEAR, "今年累计")):
            chip = self.view_chips[name] = self._chip(text, self.view_group)
            chip.clicked.connect(lambda _on=False, name=name: self.show_view(name))
            row.addWidget(chip)
        self.view_chips[MONTH].setChecked(True)
        self.unsure = QLabel()
        self.unsure.setProperty("tone", "amber")
        row.addWidget(self.unsure)
        row.stretch()
        self.copy = QPushButton("复制这张表")
        self.copy.setProperty("tone", "tool")
        self.copy.setToolTip("复制后粘贴到 Excel、WPS 或文稿里（在表里按 Ctrl+C 也一样）")
        self.copy.clicked.connect(self._copy)
        row.addWidget(self.copy)
        return holder

    def _chip(self, text: str, group: QButtonGroup) -> QPushButton:
        chip = QPushButton(text)
        chip.setCheckable(True)
        chip.setProperty("tone", "chip")
        group.addButton(chip)
        return chip

    def _ranking(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.size(4))
        self.table = RankingTable(self.look)
        column.addWidget(self.table, 1)
        self.below, legend = QLabel(), QLabel(LEGEND)
        self.below.setWordWrap(True)
        legend.setProperty("tone", "second")
        legend.setWordWrap(True)
        column.addWidget(self.below)
        column.addWidget(legend)
        return holder

    def _wire(self) -> None:
        self.table.currentCellChanged.connect(lambda row, _c, old, _d: self._explain() if row != old else None)
        self.table.cellActivated.connect(lambda _r, _c: self._look())
        panel = self.panel
        panel.items.opened.connect(self._go)
        panel.box.given.connect(self.correct)
        panel.box.taken_back.connect(self.take_back)
        panel.look_wanted.connect(self._look)
        self.acts = SheetActs(self.session, self)
        panel.acted.connect(self._act)
        panel.objection.answered.connect(self._answer)
        panel.items.item_changed.connect(self._offer_objection)

    ## display

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if self.isVisible():
            self.refresh()

    @property
    def rows(self) -> list[RankRow]:
        """The rows shown."""
        return self.table.rows

    def refresh(self) -> None:
        """Calculate the scores again, the period's at once, the earlier ones' between events; the unit is kept."""
        now = self.table.current
        code = now.unit.code if now else self.session.property(KEPT) or ""
        self.year = YearScoring(self.session.space, self.session.period, self.session.today())
        self.worked_out = len(self.year.periods) < 2
        self._segments(code)
        self._fill(code)
        if not self.worked_out:
            work = Sliced(iter(self.year.work()))
            Operation(self, self.session, work, "正在算以前各期的考核").replacing().on_done(self._known).start()

    def _known(self, _done: object) -> None:
        self.worked_out = True
        row = self.table.current
        self._fill(row.unit.code if row else "")

    def _segments(self, code: str) -> None:
        """The chips of the kinds; the kind is that of the unit that was kept, otherwise the first."""
        assert self.year is not None
        found = kinds(self.year)
        unit = self.session.space.plan.find("units", code)
        if unit and not self.kind:
            self.kind = unit.kind
        if self.kind not in [k for k, _, _ in found]:
            self.kind = found[0][0] if found else ""
        if [k for k, _, _ in found] != list(self.kind_chips):
            for chip in self.kind_chips.values():
                chip.deleteLater()
            self.kind_chips = {k: self._chip("", self.kind_group) for k, _, _ in found}
            for kind, chip in self.kind_chips.items():
                chip.clicked.connect(lambda _on=False, kind=kind: self.show_kind(kind))
                self.kind_row.addWidget(chip)
        for kind, name, count in found:
            self.kind_chips[kind].setText(f"{name} {count}")
            self.kind_chips[kind].setChecked(kind == self.kind)
        self.view_chips[MONTH].setText(self._short())

    def _short(self) -> str:
        period = self.session.period
        return period.name.removeprefix(f"{self.session.space.plan.year}年")

    def show_kind(self, kind: str) -> None:
        """Show the units of another kind."""
        self.kind = kind
        self.kind_chips[kind].setChecked(True)
        self._fill("")
        self.table.setFocus()

    def show_view(self, view: str) -> None:
        """Show the period or the year; the year waits until the earlier periods are worked out."""
        self.view = view
        self.view_chips[view].setChecked(True)
        row = self.table.current
        self._fill(row.unit.code if row else "")
        self.table.setFocus()

    def _fill(self, code: str) -> None:
        year, scores = self.year, self.session.space.plan.scoring
        assert year is not None
        if self.view == YEAR and not self.worked_out:
            self.table.show_rows([], scores)
            self.sentence.setText("正在算以前各期的考核……")
            return
        rows = year_rows(year, self.kind) if self.view == YEAR else month_rows(year, self.kind, self.worked_out)
        self.table.show_rows(rows, scores, code)
        self._sentences(rows)
        self._explain()

    def _sentences(self, rows: Sequence[RankRow]) -> None:
        assert self.year is not None
        scoring, space = self.year.scoring(self.year.period), self.session.space
        came, names = scoring.whole.contexts, {k: name for k, name, _ in kinds(self.year)}
        empty = "选定冲突的版本以后才排得出名次" if came else "还没有单位报来，排不出名次"
        self.sentence.setText(headline(rows, names.get(self.kind, "")) or empty)
        full = sum(
            (s.points for s in space.plan.scoring), space.plan.scoring[0].points * 0 if space.plan.scoring else 0
        )
        asked = "、".join(p.name.removeprefix(f"{space.plan.year}年") for p in self.year.periods)
        what = (
            f"{asked}，只算一起调度过的各期" if self.view == YEAR else f"{self.year.period.name}　{len(came)}个单位已报"
        )
        hint = "" if came else "　请先收件：把各单位的上报包拖进窗口"
        self.second.setText(f"{what}　满分{full:f}分{hint}" if full else f"{what}{hint}")
        open_ones = [s.name for s in space.plan.scoring if not s.confirmed]
        self.unsure.setVisible(bool(open_ones))
        self.unsure.setText(f"{len(open_ones)}项计分办法还没有确认，印出来会写“试算”")
        self.unsure.setToolTip("、".join(open_ones))
        aside = [f"{r.unit.short}{r.unranked}" for r in rows if r.unranked]
        self.below.setVisible(bool(aside))
        self.below.setText(f"不排名次{len(aside)}家：{'　'.join(aside)}")

    def result(self) -> UnitScore | None:
        """The period's score of the selected unit; None for none."""
        row = self.table.current
        return self.year.month(self.year.period, row.unit.code) if row and self.year else None

    def _explain(self) -> None:
        row, year, result = self.table.current, self.year, self.result()
        self.panel.setEnabled(row is not None)
        if row is None or year is None or result is None:
            return
        items: list[ShownItem]
        items = year_items(year, row) if self.view == YEAR else month_items(year, row, result, self.worked_out)
        ranks = year.ranks(row.unit.code) if self.worked_out else [(year.period, row.rank)]
        self.panel.show_unit(row, items, ranks, self.table.placed, row.state and f"成绩单{row.state}")
        self._show_tags(row, year)
        self._offer_objection()

    def _show_tags(self, row: RankRow, year: YearScoring) -> None:
        """The sub-totals of the plan's labels, in the period's view."""
        whole = year.scoring(year.period).whole
        said = [t.sentence for t in tag_scores(whole, row.unit)] if self.view == MONTH else []
        self.panel.tags.setText("\n".join(said))
        self.panel.tags.setVisible(bool(said))

    def _offer_objection(self) -> None:
        """Show the objection of the chosen item, otherwise the first of the unit."""
        row, shown = self.table.current, self.panel.items.shown
        waiting = self.acts.sheet(row.unit).open_objections if row and self.view == MONTH else []
        item = shown.item.score.id if shown and shown.item else ""
        first = next((o for o in waiting if o.item == item), waiting[0] if waiting else None)
        self.panel.objection.offer(first)

    ## actions

    def _look(self) -> None:
        row = self.table.current
        if row:
            self.session.setProperty(KEPT, row.unit.code)
            self.unit_wanted.emit(row.unit.code)

    def _copy(self) -> None:
        self.table.copy()
        self.session.message.emit(f"已复制{len(self.rows)}个单位的考核表", "")

    def _go(self, why: Why | None) -> None:
        row = self.table.current
        if why and why.form and row:
            self.session.setProperty(KEPT, row.unit.code)
            self.line_wanted.emit(row.unit.code, why.form, why.record, why.field)

    def correct(self, typed: str, reason: str) -> None:
        """Replace the points of the current item; `typed` is the text of the points."""
        row, shown = self.table.current, self.panel.items.shown
        item = shown.item if shown else None
        if row is None or item is None:
            return
        with reporting(self.session):
            points = points_of(typed, item.score.name)
            changes = correct(
                self.session.space, row.unit.code, self.session.period, item.score, points, reason, item.worked
            )
            self._write(changes, f"考核更正{row.unit.short}{item.score.name}")

    def take_back(self) -> None:
        """Remove the correction, so that the calculated points count again."""
        row, shown = self.table.current, self.panel.items.shown
        item = shown.item if shown else None
        if row is None or item is None:
            return
        with reporting(self.session):
            changes = correct(self.session.space, row.unit.code, self.session.period, item.score, None)
            self._write(changes, f"撤销考核更正{row.unit.short}{item.score.name}")

    def _write(self, changes: list[Change], label: str) -> None:
        if self.session.edit(label, changes):
            self.refresh()

    def _act(self, name: str) -> None:
        result = self.result()
        if result is None or self.year is None:
            return
        scoring = self.year.scoring(self.year.period)
        whom = scoring.of_kind(self.kind) if name.endswith("_all") else [result]
        if name.startswith("save"):
            self.acts.choose(self.year, whom)
            return
        with reporting(self.session):
            changes, label = self.acts.changes(name.removesuffix("_all"), scoring, whom)
            self._write(changes, label)

    def _answer(self, text: str) -> None:
        row, shown = self.table.current, self.panel.items.shown
        if row is None:
            return
        with reporting(self.session):
            item = shown.item.score.id if shown and shown.item else ""
            changes = self.acts.answer(row.unit, item, text)
            self.panel.objection.text.clear()
            self._write(changes, f"答复{row.unit.short}的考核异议")

    def save_to(self, folder: Path, name: str = "save") -> None:
        """Write the sheets of the selected unit, or with save_all of its kind, into a folder."""
        result = self.result()
        if result and self.year:
            scoring = self.year.scoring(self.year.period)
            whom = scoring.of_kind(self.kind) if name == "save_all" else [result]
            self.acts.save(self.year, whom, folder)
