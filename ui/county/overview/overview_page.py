"""一览, the county's first page: tiles of all units, filters, the selected unit, and the office's actions."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.states import ReportState
from models.county import overview as wall
from models.county.overview import UnitOverview
from models.county.unit_states import STATES, reminder
from models.store.change import Change
from ui.county.handout_button import HandoutButton
from ui.county.overview.intake_curve import IntakeCurve
from ui.county.overview.state_mark import dress_state
from ui.county.overview.unit_grid import UnitGrid, UnitGridArea
from ui.county.overview.unit_panel import UnitAction, UnitPanel
from ui.county.rollup.summary_writer import writer_of
from ui.operations.failure import run
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import heading
from ui.widgets.icons import dress_search
from ui.widgets.pinyin import fits
from ui.widgets.theme import Theme
from ui.window.page import Page, override

CHIPS = ("", *STATES, wall.CONTESTED, "today", "old", "unverified")
NAMES = {"": "全部", **STATES, wall.CONTESTED: "更正待定", "today": "今天收到", "old": "旧方案", "unverified": "未验证"}
ALWAYS = ("", ReportState.MISSING, ReportState.SUBMITTED)
SIDE, WIDE = 340, 860  # px at 100 %: the panel's width, and the width of the tiles from which the curve is shown


class OverviewPage(Page):
    """The unit grid with its panel. `loaded` is emitted when a return was written."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look, self.shown = session, look, ""
        self.seats: list[UnitOverview] = []
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        left = QVBoxLayout()
        left.setContentsMargins(look.size(16), look.size(8), look.size(10), look.size(4))
        left.setSpacing(look.size(4))
        whole.addLayout(left, 1)
        left.addWidget(self._head())
        left.addWidget(self._filters())
        self.wall = UnitGrid(look)
        self.area = UnitGridArea(self.wall)
        left.addWidget(self.area, 1)
        self.side = UnitPanel(session, look)
        whole.addWidget(self.side)
        self._wire()
        self.refresh()

    def _head(self) -> QWidget:
        """The page's sentence and its buttons: in one row where there is room, else one below the other."""
        holder, words = QWidget(), QWidget()
        row, column = FlowLayout(holder, (0, 0, 0, 0), self.look.size(6)), QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.sentence, self.second = heading(column)
        for label in (self.sentence, self.second):
            label.setWordWrap(False)  # both are short, and the row breaks between its parts
        self.curve = IntakeCurve(self.look)
        row.addWidget(words)
        row.stretch()
        row.addWidget(self.curve)
        row.addWidget(self._actions())
        return holder

    def _filters(self) -> QWidget:
        """The filter chips and the box that searches for a unit."""
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0), self.look.size(4))
        self.chips: dict[str, QPushButton] = {}
        self.group = QButtonGroup(self)
        for name in CHIPS:
            chip = self.chips[name] = QPushButton()
            chip.setCheckable(True)
            chip.setProperty("tone", "chip")
            chip.clicked.connect(lambda _on=False, name=name: self.show_only(name))
            self.group.addButton(chip)
            row.addWidget(chip)
        self.chips[""].setChecked(True)
        row.stretch()
        self.searching = QLineEdit()
        self.searching.setPlaceholderText("找单位 Ctrl+F")
        self.searching.setToolTip("打单位的字或拼音首字母；回车到那家")
        self.searching.setAccessibleName("找单位")
        self.searching.setFixedWidth(self.look.size(130))
        dress_search(self.searching, self.look)
        row.addWidget(self.searching)
        return holder

    def _actions(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.look.size(6))
        self.buttons = dict[str, QPushButton]()
        self.handing = HandoutButton(self.session)
        for text, hint, action, tone in (
            ("收件……", "装入各单位报来的文件；压缩包、邮件也可以，或直接拖进窗口", self.choose, "main"),
            ("汇总和通报……", "写出汇总表和调度通报", self.summarise, ""),
        ):
            button = self.buttons[text] = QPushButton(text)
            button.setToolTip(hint)
            button.setProperty("tone", tone)
            button.clicked.connect(lambda _on=False, act=action: run(self.session, act))
            row.addWidget(button)
        row.addWidget(self.handing)
        return holder

    def _wire(self) -> None:
        self.wall.chosen.connect(self.side.show_unit)
        self.wall.opened.connect(lambda seat: self.unit_wanted.emit(seat.unit.code))
        self.wall.typed.connect(self._typed)
        self.side.asked.connect(lambda what: run(self.session, lambda: self._asked(what)))
        self.side.wanted.connect(self.go_to_unit)
        self.searching.textChanged.connect(lambda _text: self._filter())
        self.searching.returnPressed.connect(self._go_to_match)
        QShortcut(QKeySequence("Ctrl+F"), self, self._search, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Esc"), self.searching, self._clear, context=Qt.ShortcutContext.WidgetShortcut)

    ## state

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read the states of all units again and show them."""
        space, period = self.session.space, self.session.period
        self.seats = wall.seats(space, period)
        self.today = wall.received_on(space, period, self.session.today())
        states = [s.state.state for s in self.seats]
        missing, own = states.count(ReportState.MISSING), len(wall.first_of_all(self.seats))
        self.sentence.setText(f"还差{missing}家" if missing else "各单位都报了")
        told = f"{len(states)}家里收到{len(states) - missing}家" + (f"，要办的{own}家" if own else "")
        today = f"，今天收到{len(self.today)}家" if self.today else ""
        self.second.setText(f"{told}{today}")
        self.wall.show_seats(self.seats)
        last = space.plan.period_before(period)
        before = wall.first_days(space, last) if last else []
        self.curve.show_days(period, wall.first_days(space, period), last, before, len(states), self.session.today())
        for name, chip in self.chips.items():
            count = sum(self._fits(name, s) for s in self.seats)
            chip.setText(f"{NAMES[name]} {count}")
            if name in (*STATES, wall.CONTESTED):
                dress_state(chip, self.look, name)
            chip.setVisible(bool(count) or name in ALWAYS)
        self.side.show_all(self.seats, reminder(space, period, [s.state for s in self.seats], self.session.today()))
        if self.wall.front:
            self.side.show_unit(self.wall.front.seat)
        self._filter()

    def _fits(self, chip: str, seat: UnitOverview) -> bool:
        """Whether a unit matches a filter chip."""
        s = seat.state
        more = {
            wall.CONTESTED: bool(s.contested),
            "today": s.unit.code in self.today,
            "old": s.old_plan,
            "unverified": not s.verified,
        }
        return chip in ("", s.state) or more.get(chip, False)

    def show_only(self, chip: str) -> None:
        """Dim the units that do not match a chip; pressed again, the filter is cleared."""
        self.shown = "" if chip == self.shown else chip
        self.chips[self.shown].setChecked(True)
        self._filter()

    def _filter(self) -> None:
        word = self.searching.text()
        self.fitting = self.wall.filter(
            lambda s: self._fits(self.shown, s) and (not word or fits(word, s.unit.short) or fits(word, s.unit.name))
        )

    ## finding a unit

    def _typed(self, text: str) -> None:
        self.searching.setFocus()
        self.searching.setText(text)

    def _search(self) -> None:
        self.searching.setFocus()
        self.searching.selectAll()

    def _clear(self) -> None:
        self.searching.clear()
        self.wall.setFocus()

    def _go_to_match(self) -> None:
        if self.fitting:
            tile = self.fitting[0]
            self.searching.clear()
            tile.setFocus()
        else:
            self.session.message.emit(f"没有找到“{self.searching.text()}”，可以打单位的几个字，或拼音首字母", "red")

    def go_to_unit(self, code: str) -> None:
        """Select a unit by its code."""
        tile = self.wall.tile(code)
        tile.setFocus()
        self.area.ensureWidgetVisible(tile)

    @override
    def show_corrections(self, unit: str) -> None:
        """Select the unit; Enter then opens its corrections."""
        self.go_to_unit(unit)
        self.side.buttons["correct"].setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.wall.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In large text narrow the panel and hide the curve, so that the tiles keep their room."""
        super().resizeEvent(event)
        self.side.setFixedWidth(min(self.look.size(SIDE), self.width() * 2 // 5))
        self.curve.let_show(self.width() - self.side.width() > self.look.size(WIDE))

    ## actions of the office

    def _asked(self, what: str) -> None:
        """Run the action of a panel button."""
        seat = self.side.seat
        if what == UnitAction.LOOK:
            self.unit_wanted.emit(seat.unit.code)
        elif what == UnitAction.COPY:
            QGuiApplication.clipboard().setText(self.side.text.toPlainText())
            self.session.message.emit("催报的话已复制，可以粘贴到微信、QQ 或通知里", "saved")
        elif what == UnitAction.SETTLE:
            self.conflict_wanted.emit(seat.unit.code)
        elif what == UnitAction.AGAIN:
            self.handing.again(seat.unit)
        elif what == UnitAction.CORRECT:
            from ui.county.feedback.correction_dialog import CorrectionDialog

            CorrectionDialog(self.session, seat.unit, self.look, self).exec()
        elif what == UnitAction.BACK:
            from ui.county.feedback.return_dialog import send_back

            if send_back(self.session, seat.unit, self.look, self):
                self.loaded.emit()

    def choose(self) -> None:
        """Ask for files and load them."""
        names = choosing.files(self, "收件")
        if names:
            self.files_wanted.emit([Path(n) for n in names])

    def summarise(self) -> None:
        """Write the county summary and the bulletin."""
        name = choosing.folder(self, "汇总表和通报放到哪个文件夹")
        if name:
            writer_of(self.session).start(Path(name))
