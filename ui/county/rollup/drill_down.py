"""汇总 as a tree: the places at the left; lamps and lines of the chosen one in the middle; charts at the right."""

from PySide6.QtCore import Qt, Signal
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
    QWidget,
)  # fmt: skip

from exports.sheets.bulletin import action_bars, unit_lamps
from exports.sheets.bulletin_content import MatrixRow
from forms.county_papers import COUNTED
from forms.field import Meaning
from forms.indicators import INDICATORS
from forms.verdict import has_share
from models.county.consolidation import Consolidation
from models.county.lamps import lamp_rule
from models.county.rollup import Node, Tree, tree, trend
from ui.county.rollup.line_table import LineTable
from ui.county.rollup.messages import totals
from ui.county.rollup.status_matrix import StatusMatrix
from ui.county.rollup.tree import RollupTree
from ui.widgets.charts import ActionBars, Tally, TrendLine
from ui.widgets.responsive_columns import ResponsiveColumns
from ui.widgets.theme import Theme

LAMPS, LINES = range(2)


class DrillDown(ResponsiveColumns):
    """`line_opened` carries unit, form, record and field of a line that was opened."""

    line_opened = Signal(str, str, str, str)

    def __init__(self, look: Theme, way: Tree) -> None:
        super().__init__(look)
        self.way = way
        self.whole: Consolidation | None = None
        self.top: Node | None = None
        self.left = RollupTree(look, way)
        self.left.moved.connect(self._show)
        self.tree = self.left.tree
        self.add(self.left, 272, 190, 220)
        self.add(self._middle(), 680, 430, 260, grows=True)
        self.add(self._right(), 312, 230, 220)
        self.setFocusProxy(self.tree)

    ## layout

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
        self.told = self._second(column)
        self.tally = Tally(self.look)
        column.addWidget(self.tally)
        self.stack = QStackedWidget()
        self.lamps, self.lines = StatusMatrix(self.look), LineTable(self.look)
        self.lines.opened.connect(self.open_line)
        self.lamps.activated.connect(lambda index: self._unit_lines(index.row()))
        self.stack.addWidget(self._with_rule())
        self.stack.addWidget(self.lines)
        self.views.idClicked.connect(self.stack.setCurrentIndex)
        column.addWidget(self.stack, 1)
        return card

    def _with_rule(self) -> QWidget:
        """The lamps, and below them the rule by which each was made."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.size(4))
        column.addWidget(self.lamps, 1)
        self.rule = self._second(column)
        holder.setFocusProxy(self.lamps)
        return holder

    @staticmethod
    def _second(column: QVBoxLayout) -> QLabel:
        words = QLabel()
        words.setProperty("tone", "second")
        words.setWordWrap(True)
        column.addWidget(words)
        return words

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

    def show_tree(self, whole: Consolidation, way: Tree, kept: tuple[str, ...]) -> None:
        """Show the figures of a consolidation by another tree; the node at the path `kept` becomes the current one."""
        self.whole, self.way, self.top = whole, way, tree(whole, way)
        self.rule.setText(lamp_rule(whole.space.plan))
        self.left.show_tree(way, self.top, kept)
        self._show()

    def node(self) -> Node:
        """The current node of the tree."""
        assert self.top is not None
        return self.top.find(self.left.path) or self.top

    def _narrowed(self, node: Node) -> Consolidation:
        """The consolidation of the action that the node belongs to; of all where it belongs to none."""
        assert self.whole is not None
        action = next((a.id for a in self.whole.actions if a.id in node.path), "")
        return self.whole.of_action(action) if action else self.whole

    def _show(self) -> None:
        assert self.whole is not None
        node = self.node()
        self.place.setText(node.title)
        figures = self.whole.figures(node.entries)
        statuses = self.whole.space.plan.options("status")
        counts = [(o.mark, o.name, int(n)) for o in statuses if (n := figures[f"{COUNTED}{o.id}"])]
        self.tally.setVisible(bool(counts))
        self.tally.show_counts(counts)
        shown = () if self.tally.isHidden() else tuple(f"{COUNTED}{o.id}" for o in statuses)
        self.told.setText(totals(self.whole, node, shown))
        narrowed = self._narrowed(node)
        self.lamps.show_lamps(tuple(a.name.removesuffix("行动") for a in narrowed.actions), self._lamps(narrowed, node))
        self.lines.show_lines(node.entries, self.whole.sources, self.whole.corrected)
        leaf = not node.children or self.way.name == "project"
        self.views.button(LINES if leaf else LAMPS).click()
        self._charts(self.whole, node)

    @staticmethod
    def _lamps(narrowed: Consolidation, node: Node) -> list[MatrixRow]:
        codes = {e.unit.code for e in node.entries}
        return [row for code, row in unit_lamps(narrowed) if not node.path or code in codes or node.note]

    def _charts(self, whole: Consolidation, node: Node) -> None:
        ids = {e.row[INDICATORS.means(Meaning.ENTRY)] for e in node.entries if e.form.name == INDICATORS.name}
        chosen = next((a.name for a in whole.actions if a.id in node.path), "")
        self.bars.show_bars(action_bars(whole), whole.expected, chosen)
        actions = {a.id for a in whole.actions if a.name == chosen}
        measured = [i for i in whole.space.plan.indicators if has_share(i)]
        found = next((i for i in measured if i.id in ids), None) or next(
            (i for i in measured if i.action in actions or not actions), None
        )
        self.line.show_trend(trend(whole, found.id) if found else None)

    ## actions

    def other_side(self) -> None:
        """Move the focus between the tree and the content of its node."""
        inside = self.lines if self.stack.currentWidget() is self.lines else self.lamps
        (inside if self.tree.hasFocus() else self.tree).setFocus()

    def _unit_lines(self, row: int) -> None:
        """Show the rows of the unit in line `row` of the status matrix."""
        assert self.whole is not None
        name = self.lamps.lamps.rows[row].unit
        entries = [e for e in self.node().entries if e.unit.short == name]
        self.lines.show_lines(entries, self.whole.sources, self.whole.corrected)
        self.place.setText(f"{self.node().title}　{name}")
        self.views.button(LINES).click()
        self.lines.setFocus()

    def open_line(self, row: int) -> None:
        """Ask for a counted row in its unit's form."""
        if 0 <= row < len(self.lines.lines.entries):
            e = self.lines.lines.entries[row]
            field = next((f.name for f in e.form.fields if f.editable), e.form.stored[0].name)
            self.line_opened.emit(e.unit.code, e.form.name, str(e.row["id"]), field)
