"""汇总: the period of all units by action, unit, project or indicator; writes the county summary."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from models.county.consolidation import Consolidation
from models.county.rollup import TREES, Tree
from models.store.change import Change
from ui.county.rollup.drill_down import DrillDown
from ui.county.rollup.indicator_panel import WIDTH
from ui.county.rollup.indicator_part import IndicatorPart
from ui.county.rollup.messages import second, sentence
from ui.county.rollup.summary_writer import writer_of
from ui.county.rollup.unit_choice import choose_units
from ui.county.team_tools import TeamTools
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.follow import follow
from ui.widgets.heading import heading, scrolled
from ui.widgets.theme import Theme
from ui.window.page import Page, override

KEPT = "rollup"  # the session keeps the page's position under this name
BY_INDICATOR = next(t for t in TREES if t.name == "indicator")
WIDE = 1160  # px at 100 %: below it the panel lies over the table, and F6 shows it


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
        self.outer, left = QHBoxLayout(self), QWidget()
        self.outer.setSpacing(0)
        self.outer.addWidget(left)
        layout = scrolled(left)
        layout.setContentsMargins(look.size(16), look.size(6), look.size(16), look.size(9))
        layout.setSpacing(look.size(4))
        self.sentence, self.second = heading(layout)
        layout.addWidget(self._tools())
        self.drill = DrillDown(look, self.way)
        self.tree = self.drill.tree
        layout.addWidget(self.drill, 1)
        layout.addWidget(self.indicators, 1)
        self.drill.line_opened.connect(self.open_line)
        self.indicators.report_wanted.connect(self.open_line)
        self.panel, self.over = self.indicators.panel, False  # over: it was asked for in a narrow window
        QShortcut(QKeySequence("F6"), self, self._other_side).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    ## layout

    def _tools(self) -> QWidget:
        """The row with the ways to group, the chips of 按指标, and the buttons."""
        holder, size = QWidget(), self.look.size
        row = FlowLayout(holder, (0, 0, 0, 0), size(4))
        self.ways = QButtonGroup(self)
        for n, way in enumerate(TREES):
            button = QPushButton(way.title)
            button.setProperty("tone", "flat")
            button.setCheckable(True)
            button.setChecked(way is self.way)
            self.ways.addButton(button, n)
            row.addWidget(button)
        self.ways.idClicked.connect(lambda n: self.turn_to(TREES[n]))
        self.indicators = IndicatorPart(self.session, self.look, self, row)
        self.aside = QPushButton("看这一项　F6")
        self.aside.setProperty("tone", "flat")
        self.aside.setToolTip("窗口窄的时候，这个指标的数、走势和官方数在这里看")
        self.aside.clicked.connect(self._other_side)
        row.addWidget(self.aside)
        row.stretch()
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
        return holder

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def _place_panel(self, over: bool | None = None) -> None:
        """Put the panel beside the table; in a narrow window over it, once that was asked for (`over`)."""
        self.over = self.over if over is None else over
        wide, asked = not self._overlaid, self.way is BY_INDICATOR
        width = min(self.look.size(WIDTH), self.width())
        self.outer.setContentsMargins(0, 0, width if wide and asked else 0, 0)
        self.panel.setGeometry(self.width() - width, 0, width, self.height())
        self.panel.setVisible(asked and (wide or self.over))
        self.aside.setVisible(asked and not wide)
        self.panel.raise_()

    @property
    def _overlaid(self) -> bool:
        """Whether the panel lies over the table, when it is shown."""
        return self.width() < self.look.size(WIDE)

    ## display

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read the consolidation again; tree and table keep their position."""
        self.whole = Consolidation(self.session.space, self.session.period, self.only)
        self.choice.setText(f"选择汇总：{len(self.only)}个单位" if self.only else "完全汇总：全部单位")
        self.turn_to(self.way)

    def turn_to(self, way: Tree) -> None:
        """Group the rows in another way."""
        same = way is self.way
        kept = (self.start or self._position) if same else ()
        self.start, self.way = (), way
        asked = way is BY_INDICATOR
        self.drill.setVisible(not asked)
        self.indicators.setVisible(asked)
        self.indicators.chips.set_shown(asked)
        if asked:
            self.indicators.show_all(self.whole, kept[-1] if kept else "")
        else:
            self.drill.show_tree(self.whole, way, kept)
        self.setFocusProxy(self.indicators if asked else self.drill)
        self._place_panel(over=self.over and same)
        self._sentences()

    @property
    def _position(self) -> tuple[str, ...]:
        """The path of the current place."""
        r = self.indicators.table.result()
        if self.way is BY_INDICATOR:
            return (r.indicator.action, r.indicator.id) if r else ()
        return self.drill.left.path

    def _sentences(self) -> None:
        asked = self.way is BY_INDICATOR and bool(self.whole.contexts)
        self.sentence.setText(self.indicators.headline if asked else sentence(self.whole))
        told = second(self.whole)
        self.second.setText(f"{self.whole.period.name}　{self.indicators.basis}" if asked else told)

    ## actions

    def _other_side(self) -> None:
        """Move the focus between the tree or table and what is beside it."""
        if self.way is not BY_INDICATOR:
            self.drill.other_side()
        elif self.panel.isVisible() and (self._overlaid or self.panel.isAncestorOf(QApplication.focusWidget() or self)):
            self._place_panel(over=False)
            self.indicators.setFocus()
        else:
            self._place_panel(over=self._overlaid)
            self.panel.official.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.panel.isVisible() and self._overlaid:
            self._place_panel(over=False)
            self.indicators.setFocus()
        else:
            super().keyPressEvent(event)

    def open_line(self, unit: str, form: str, record: str, field: str) -> None:
        """Show a counted row in its unit's form; the page comes back as it is."""
        self.session.setProperty(KEPT, (TREES.index(self.way), self._position, self.only))
        self.line_wanted.emit(unit, form, record, field)

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
