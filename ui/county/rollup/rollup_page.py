"""汇总: the period of all units as a tree with status matrix, rows and charts; writes the county summary."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
)  # fmt: skip

from exports.sheets.bulletin import action_bars, unit_lamps
from forms.field import Meaning
from forms.indicators import INDICATORS
from forms.verdict import has_share
from models.county.consolidation import MARKS, Consolidation
from models.county.rollup import TREES, Node, Tree, tree, trend
from models.store.change import Change
from ui.county.rollup.line_table import LineTable
from ui.county.rollup.messages import second, sentence, totals
from ui.county.rollup.status_matrix import StatusMatrix
from ui.county.rollup.summary_writer import writer_of
from ui.county.rollup.tree import RollupTree
from ui.county.rollup.unit_choice import choose_units
from ui.county.team_tools import TeamTools
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.charts import ActionBars, Tally, TrendLine
from ui.widgets.follow import follow
from ui.widgets.heading import heading, scrolled
from ui.widgets.responsive_columns import ResponsiveColumns
from ui.widgets.theme import Theme
from ui.window.page import Page, override

LAMPS, LINES = range(2)
KEPT = "rollup"  # the session keeps the page's position under this name


class RollupPage(Page):
    """The roll-up of the county or of a work team."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        kept: tuple[int, tuple[str, ...], frozenset[str]]
        kept = session.property(KEPT) or (0, (), frozenset())  # the position before a row was opened
        self.way: Tree = TREES[kept[0]]
        self.start: tuple[str, ...] = kept[1]
        self.only: frozenset[str] = kept[2]
        self.top: Node | None = None
        layout = scrolled(self)
        layout.setContentsMargins(look.size(20), look.size(12), look.size(20), look.size(10))
        layout.setSpacing(look.size(6))
        self.sentence, self.second = heading(layout)
        layout.addLayout(self._tools())
        self.left = RollupTree(look, self.way)
        self.left.turned.connect(lambda n: self.turn_to(TREES[n]))
        self.left.moved.connect(self._show)
        self.tree, self.ways = self.left.tree, self.left.ways
        body = ResponsiveColumns(look)
        body.add(self.left, 272, 190, 220)
        body.add(self._middle(), 680, 430, 260, grows=True)
        body.add(self._right(), 312, 230, 220)
        layout.addWidget(body, 1)
        self.setFocusProxy(self.tree)
        QShortcut(QKeySequence("F6"), self, self._other_side).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    ## layout

    def _tools(self) -> QHBoxLayout:
        """The row with the coverage and the buttons."""
        row = QHBoxLayout()
        row.setSpacing(self.look.size(6))
        row.addWidget(self.second, 1)
        self.choice = QPushButton("全部单位")
        self.choice.setToolTip("完全汇总：全部单位；选择汇总：只汇总选定的单位或类别")
        self.choice.clicked.connect(self.choose)
        self.write = QPushButton("写出汇总表和通报……")
        self.write.setToolTip("汇总表（Excel）一本，调度通报（PDF）全县一份、每个行动一份")
        self.write.setProperty("tone", "main")
        self.write.clicked.connect(self.write_out)
        self.writer = writer_of(self.session)
        self.write.setEnabled(not self.writer.busy)
        follow(self, self.writer.ended, lambda: self.write.setEnabled(True))
        self.team = TeamTools(self.session)
        for widget in (self.team, self.choice, self.write):
            row.addWidget(widget)
        return row

    def _middle(self) -> QFrame:
        card, column = self._card()
        row, self.views = QHBoxLayout(), QButtonGroup(self)
        self.place = QLabel()
        self.place.setProperty("tone", "section")
        self.place.setWordWrap(True)
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(self.place, 1)
        for n, text in ((LAMPS, "灯图"), (LINES, "明细")):
            button = QPushButton(text)
            button.setProperty("tone", "flat")
            button.setCheckable(True)
            button.setChecked(n == LAMPS)
            self.views.addButton(button, n)
            row.addWidget(button)
        column.addLayout(row)
        self.told = QLabel()
        self.told.setProperty("tone", "second")
        self.told.setWordWrap(True)
        column.addWidget(self.told)
        self.tally = Tally(self.look)
        column.addWidget(self.tally)
        self.stack = QStackedWidget()
        self.lamps, self.lines = StatusMatrix(self.look), LineTable(self.look)
        self.lines.opened.connect(self.open_line)
        self.lamps.activated.connect(lambda index: self._unit_lines(index.row()))
        self.stack.addWidget(self.lamps)
        self.stack.addWidget(self.lines)
        self.views.idClicked.connect(self.stack.setCurrentIndex)
        column.addWidget(self.stack, 1)
        return card

    def _right(self) -> QScrollArea:
        card, column = self._card()
        self.bars, self.line = ActionBars(self.look), TrendLine(self.look)
        column.addWidget(self.bars)
        column.addWidget(self.line)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(card)
        return area

    def _card(self) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setObjectName("card")
        column = QVBoxLayout(card)
        column.setContentsMargins(*(self.look.size(n) for n in (10, 8, 10, 8)))
        column.setSpacing(self.look.size(6))
        return card, column

    ## display

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the consolidation again; the tree keeps its position."""
        self.whole = Consolidation(self.session.space, self.session.period, self.only)
        self._sentences()
        self.turn_to(self.way)

    def _sentences(self) -> None:
        self.sentence.setText(sentence(self.whole))
        self.second.setText(second(self.whole))
        self.choice.setText(f"选择汇总：{len(self.only)}个单位" if self.only else "完全汇总：全部单位")

    def turn_to(self, way: Tree) -> None:
        """Group the rows by another tree."""
        kept = (self.start or self.left.path) if way is self.way else ()
        self.start = ()
        self.way, self.top = way, tree(self.whole, way)
        self.left.show_tree(way, self.top, kept)
        self._show()

    def node(self) -> Node:
        """The selected node of the tree."""
        assert self.top is not None
        return self.top.find(self.left.path) or self.top

    def _show(self) -> None:
        node = self.node()
        self.place.setText(node.title)
        figures = self.whole.figures(node.entries)
        counts = {str(m): int(figures[m]) for m in MARKS}
        self.tally.setVisible(any(counts.values()))
        self.tally.show_counts(counts)
        self.told.setText(totals(self.whole, node, () if self.tally.isHidden() else MARKS))
        codes = {e.unit.code for e in node.entries}
        rows = [lamp for code, lamp in unit_lamps(self.whole) if not node.path or code in codes or node.note]
        self.lamps.show_lamps(tuple(a.name.removesuffix("行动") for a in self.whole.actions), rows)
        self.lines.show_lines(node.entries, self.whole.sources, self.whole.corrected)
        leaf = not node.children or self.way.name in ("indicator", "project")
        self.views.button(LINES if leaf else LAMPS).click()
        self._charts(node)

    def _charts(self, node: Node) -> None:
        ids = {e.row[INDICATORS.means(Meaning.ENTRY)] for e in node.entries if e.form.name == INDICATORS.name}
        chosen = next((a.name for a in self.whole.actions if a.id in node.path), "")
        self.bars.show_bars(action_bars(self.whole), self.whole.expected, chosen)
        actions = {a.id for a in self.whole.actions if a.name == chosen}
        measured = [i for i in self.session.space.plan.indicators if has_share(i)]
        found = next((i for i in measured if i.id in ids), None) or next(
            (i for i in measured if i.action in actions or not actions), None
        )
        self.line.show_trend(trend(self.whole, found.id) if found else None)

    ## actions

    def _other_side(self) -> None:
        """Move the focus between the tree and the content of its node."""
        inside = self.stack.currentWidget()
        (inside if self.tree.hasFocus() else self.tree).setFocus()

    def _unit_lines(self, row: int) -> None:
        """Show the rows of the unit in line `row` of the status matrix."""
        name = self.lamps.lamps.rows[row].unit
        entries = [e for e in self.node().entries if e.unit.short == name]
        self.lines.show_lines(entries, self.whole.sources, self.whole.corrected)
        self.place.setText(f"{self.node().title}　{name}")
        self.views.button(LINES).click()
        self.lines.setFocus()

    def open_line(self, row: int) -> None:
        """Show a counted row in its unit's form."""
        if 0 <= row < len(self.lines.lines.entries):
            e = self.lines.lines.entries[row]
            self.session.setProperty(KEPT, (TREES.index(self.way), self.node().path, self.only))
            field = next((f.name for f in e.form.fields if f.editable), e.form.stored[0].name)
            self.line_wanted.emit(e.unit.code, e.form.name, str(e.row["id"]), field)

    def choose(self) -> None:
        """选择汇总: ask which units to include."""
        chosen = choose_units(self.session.space.units, self.only, self.look, self)
        if chosen is not None:
            self.only = chosen
            self.refresh()

    def write_out(self) -> None:
        """Ask for a folder, then write the county summary and the bulletins."""
        name = choosing.folder(self, "汇总表和通报放到哪个文件夹")
        if name:
            self.write_to(Path(name))

    def write_to(self, folder: Path) -> None:
        """Write them into `folder` in the background."""
        self.write.setEnabled(False)
        self.writer.start(folder, self.only)
