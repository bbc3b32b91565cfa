"""按指标: chips, the table of verdicts, and the panel of the chosen indicator."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from models.county.consolidation import Consolidation
from models.county.indicator_results import IndicatorResult, basis, by_action, headline, indicator_results
from ui.county.obstacles.supervision_dialog import begin_supervision
from ui.county.rollup.indicator_model import FILTERS
from ui.county.rollup.indicator_panel import IndicatorPanel
from ui.county.rollup.indicator_table import IndicatorTable
from ui.county.rollup.official_dialog import OfficialDialog
from ui.session import Session
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.theme import Theme

LOOK_AT, ALL = "要看的", "全部"


class IndicatorChips(QObject):
    """The chips that say which indicators are shown, with their numbers. `chosen` carries the name of one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, row: FlowLayout) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        group = QButtonGroup(self)
        for name in FILTERS:
            chip = self.buttons[name] = QPushButton(name, parent)
            chip.setCheckable(True)
            chip.setProperty("tone", "chip")
            chip.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            group.addButton(chip)
            row.addWidget(chip)

    def count(self, results: list[IndicatorResult], name: str) -> None:
        """Show how many results each lets through; `name` is the one that is down."""
        for caption, chip in self.buttons.items():
            chip.setText(f"{caption} {sum(map(FILTERS[caption], results))}")
        self.buttons[name].setChecked(True)

    def set_shown(self, shown: bool) -> None:
        """Show or hide them all."""
        for chip in self.buttons.values():
            chip.setVisible(shown)


class IndicatorPart(QFrame):
    """The table in its frame, with the panel as a child of the page. `report_wanted` carries unit, form, record and
    field of the line to open.
    """

    report_wanted = Signal(str, str, str, str)

    def __init__(self, session: Session, look: Theme, page: QWidget, chips: FlowLayout) -> None:
        super().__init__()
        self.setObjectName("card")
        self.session, self.look = session, look
        self.consolidation: Consolidation | None = None
        self.results: list[IndicatorResult] = []
        self.filter = ""  # none was chosen yet
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self.table = IndicatorTable(look)
        column.addWidget(self.table)
        self.setMinimumHeight(look.size(260))
        self.chips = IndicatorChips(page, chips)
        self.panel = IndicatorPanel(look, page)
        self.chips.chosen.connect(self.show_only)
        self.table.moved.connect(self._follow)
        self.table.opened.connect(self.open_report)
        self.table.counted.connect(session.selection_summary.emit)
        self.panel.official_wanted.connect(self.write_official)
        self.panel.supervision_wanted.connect(self.supervise)
        self.panel.report_wanted.connect(self.open_report)
        self.setFocusProxy(self.table)

    ## display

    def show_all(self, consolidation: Consolidation, indicator: str = "") -> None:
        """Show the results of a consolidation; `indicator` becomes the current one."""
        self.consolidation, self.results = consolidation, indicator_results(consolidation)
        name = self.filter or (LOOK_AT if any(map(FILTERS[LOOK_AT], self.results)) else ALL)
        self.chips.count(self.results, name)
        self.table.name = name
        self.table.show_results(by_action(consolidation, self.results))
        if indicator:
            self.table.choose(indicator)

    def show_only(self, name: str) -> None:
        """Show what a chip lets through."""
        self.filter = name
        self.table.show_only(name)

    @property
    def headline(self) -> str:
        """The page's sentence, as rich text: what must not have happened in red."""
        broken, rest = headline(self.results)
        return f'<span style="color: {self.look.colour("red").name()}">{broken}</span>{rest}' if broken else rest

    @property
    def basis(self) -> str:
        """What the figures rest on, as rich text: amber where something deserves a second look."""
        words, doubtful = basis(self.consolidation) if self.consolidation else ("", False)
        return f'<span style="color: {self.look.colour("amb").name()}">{words}</span>' if doubtful else words

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.session.selection_summary.emit("")

    def _follow(self) -> None:
        if self.consolidation is not None:
            self.panel.show_result(self.consolidation, self.table.result())

    ## acts

    def open_report(self) -> None:
        """看填报: the line of the unit that reports the current indicator; of several units the one that leads."""
        r = self.table.result()
        if r is None or not r.entries:
            return
        e = next((e for e in r.entries if e.unit == r.lead), r.entries[0])
        field = next(f.name for f in e.form.fields if f.editable)
        self.report_wanted.emit(e.unit.code, e.form.name, str(e.row["id"]), field)

    def supervise(self) -> None:
        """督办: open a paper on the current indicator to the unit that leads it."""
        r = self.table.result()
        if r is not None:
            text = f"{r.indicator.name}：{r.judgement.word}，{r.judgement.why}"
            begin_supervision(self, self.session, f"indicators//{r.indicator.id}", text, r.lead)
            self.table.setFocus()

    def write_official(self) -> None:
        """写官方数 of the current indicator."""
        r = self.table.result()
        if r is not None:
            dialog = OfficialDialog(self.session, r, self.look, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.exec()
            self.table.setFocus()
