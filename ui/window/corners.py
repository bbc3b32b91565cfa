"""The bars above and below the page: unit and period, the button F8 and the rail above; form tabs and status line
below.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from forms.records import SETTINGS
from forms.states import Role
from ui.county.stage_rail import StageRail
from ui.session import Session
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import label
from ui.widgets.icon_label import IconLabel
from ui.widgets.icons import dress_button
from ui.widgets.marks import Sign
from ui.widgets.rail import Between, RailStep
from ui.widgets.theme import Theme
from ui.window.page_registry import RoleRows

Show = Callable[[str], None]
QUIET = "每次修改都立即存好，不用按保存"
LASTS = 20_000  # milliseconds that a message stays in the status line
EDGES, LEAST = 40, 80  # px: around the status line, and its least width beside the tabs
KEPT = "shield-check"  # icon before the text


def due_words(due: date, today: date) -> str:
    """How far away the due day is, in Chinese."""
    days = (due - today).days
    return f"还有{days}天" if days > 0 else "今天截止" if days == 0 else f"已过{-days}天"


class Buttons:
    """The buttons that open pages, by page name; those of the current page are down."""

    def __init__(self, show: Show) -> None:
        self.show, self.by_name = show, dict[str, QPushButton]()
        self.filling: QPushButton | None = None  # first step of the rail, down on every page of a form
        self.pages: list[str] = []  # names of the forms' pages

    def make(self, name: str, text: str, tone: str) -> QPushButton:
        """A new button that opens a page."""
        button = QPushButton(text)
        button.setCheckable(True)
        button.setProperty("tone", tone)
        return self.add(name, button)

    def add(self, name: str, button: QPushButton) -> QPushButton:
        """Let an existing button open a page."""
        button.clicked.connect(lambda: self.show(name))
        self.by_name[name] = button
        return button

    def press(self, name: str) -> None:
        """Put the buttons of the page down, and all others up."""
        for other, button in self.by_name.items():
            button.setChecked(other == name)
        if self.filling is not None:
            self.filling.setChecked(name in self.pages)


class UpperCorners(QWidget):
    """The bar above the page: unit, period, the main button, and the rail of a unit's period or the county's."""

    def __init__(self, session: Session, look: Theme, buttons: Buttons, rows: RoleRows) -> None:
        super().__init__()
        self.session, self.look, self.buttons = session, look, buttons
        self.due_texts, self.above = [""], False
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = row = FlowLayout(self, (8, look.size(4), 12, look.size(4)))
        self.who = self._who()
        row.addWidget(self.who)
        self.sample = QLabel("示例数据")
        self.sample.setProperty("tone", "amber")
        self.sample.setToolTip("内容是程序编造的，只供试用；离截止几天、迟报等从示例日期算，在“设置”里可以改")
        row.addWidget(self.sample)
        row.stretch()
        self.rail = self._rail(buttons, [(r.name, r.step) for r in rows.steps])
        row.addWidget(self.rail)
        self.county = StageRail(look, [(name, word) for name, word, _ in rows.stages], lambda name: buttons.show(name))
        self.county.hide()
        row.addWidget(self.county)
        row.stretch()
        for one in rows.elsewhere:
            button = buttons.make(one.name, one.title, "flat")
            if one.icon:
                dress_button(button, look, one.icon)
            row.addWidget(button)
        self.next = QPushButton("逐件做　F8")
        self.next.setProperty("tone", "main")
        self.next.setToolTip("到下一件没有做完的事（F8）")
        row.addWidget(self.next)

    def _rail(self, buttons: Buttons, rail: Sequence[tuple[str, str]]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.steps = [RailStep(self.look, text) for _, text in rail]
        for n, (name, _) in enumerate(rail):
            if n:
                row.addWidget(Between(self.look))
                buttons.add(name, self.steps[n])
            else:
                buttons.filling = self.steps[0]
                self.steps[0].clicked.connect(lambda _on=False, name=name: buttons.show(name))
            row.addWidget(self.steps[n])
        return holder

    def _who(self) -> QWidget:
        """The widget with the unit above the period, and the due day beside the period."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.units, self.periods, self.due = QComboBox(), QComboBox(), QLabel()
        self.units.setAccessibleName("单位")
        self.units.setProperty("tone", "who")
        self.units.activated.connect(lambda n: self.session.go(unit=self.session.space.units[n]))
        self.periods.setAccessibleName("调度期")
        self.periods.setProperty("tone", "when")
        self.periods.activated.connect(lambda n: self.session.go(period=self.session.space.plan.periods[n]))
        self.whole = QLabel(SETTINGS.field("role").kind.show(self.session.space.role))
        self.whole.setProperty("tone", "section")
        self.whole.hide()
        for box in (self.units, self.periods):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.due.setProperty("tone", "second")
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self.periods)
        below.addWidget(self.due, 1)
        column.addWidget(self.units, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.whole)
        column.addLayout(below)
        return holder

    def show_steps(self, texts: Sequence[str]) -> None:
        """Set the texts of the rail's steps; a step whose text ends with ✓ is shown as done."""
        for text, step in zip(texts, self.steps, strict=True):
            step.show_step(text, Sign.DONE if text.endswith(" ✓") else Sign.TODO)

    def show_level(self, above: bool) -> None:
        """Show the county's rail where `above`: the page is about all units. Otherwise show the unit and its rail."""
        self.whole.setVisible(above)
        self.above = above
        for part in (self.units, self.rail):
            part.setVisible(not above)

    def show_where(self) -> None:
        """Show the session's unit and period."""
        session = self.session
        for box, names, now in (
            (self.units, [u.short for u in session.space.units], session.unit.short),
            (self.periods, [p.name for p in session.space.plan.periods], session.period.name),
        ):
            if [box.itemText(n) for n in range(box.count())] != names:
                box.clear()
                box.addItems(names)
            box.setCurrentText(now)
        due = session.period.due
        day, left = f"{due.month}月{due.day}日前报", due_words(due, session.today())
        self.due_texts = [f"{day}，{left}", left, ""]
        self.due.setToolTip(self.due_texts[0])
        shown = [session.unit] if session.space.role == Role.UNIT else session.space.units  # the county sees several
        lived = session.space.sample_day
        self.sample.setText("示例数据" + (f"\n示例日期{lived.month}月{lived.day}日" if lived else ""))
        self.sample.setVisible(bool(lived) or any(session.space.is_sample(u.code, session.period.id) for u in shown))
        self._fit()

    def _fit(self) -> None:
        """Shorten the due day until the main button fits into the first row. The county's rail has priority over the
        due day.
        """
        edge = self.row.contentsMargins()
        self.county.setVisible(self.above and self._has_room_for_rail())
        others = self.row.sizeHint().width() - self.who.sizeHint().width()
        room = self.width() - edge.left() - edge.right() - others - self.periods.sizeHint().width() - 8
        words = self.due.fontMetrics()
        text = next((t for t in self.due_texts if words.horizontalAdvance(t) <= room), "")
        if text != self.due.text():
            self.due.setText(text)

    def _has_room_for_rail(self) -> bool:
        """Whether the county's rail fits into the row together with the shortest due day."""
        words = self.due.fontMetrics().horizontalAdvance(self.due_texts[min(1, len(self.due_texts) - 1)])
        who = max(self.whole.sizeHint().width(), self.periods.sizeHint().width() + words + 8)
        rail = 0 if self.county.isVisible() else self.county.sizeHint().width() + self.row.spacing()
        return self.row.sizeHint().width() - self.who.sizeHint().width() + who + rail <= self.width()

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self._fit()
        return super().event(event)


class LowerCorners(QWidget):
    """The bar below the page: the tabs of the forms, and the status line."""

    def __init__(self, look: Theme, buttons: Buttons) -> None:
        super().__init__()
        self.look, self.buttons = look, buttons
        self.names: list[str] = []
        self.said = QUIET
        self.now = False  # whether a message came in this turn of the event loop
        self.over = QTimer(self, singleShot=True)
        self.over.timeout.connect(lambda: self.tell(QUIET, "saved"))
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column, row = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(8, 0, 12, 0)
        column.setSpacing(0)
        row.setSpacing(0)
        self.whole = label(column)  # a warning that is too long for the room beside the tabs
        self.whole.setContentsMargins(*(look.size(n) for n in (4, 6, 4, 2)))
        self.whole.hide()
        column.addLayout(row)
        holder = QWidget()
        self.tabs = FlowLayout(holder, (0, 0, 0, 0), 0)
        row.addWidget(holder, 1)
        self.picked = QLabel()
        self.picked.setProperty("tone", "second")
        self.picked.setAccessibleName("选中的格")
        row.addWidget(self.picked)
        row.addSpacing(look.size(16))
        self.safe = IconLabel(look, KEPT)
        row.addWidget(self.safe)
        row.addSpacing(look.size(4))
        self.saved = QLabel(QUIET)
        self.saved.setProperty("tone", "saved")
        self.saved.setAccessibleName("存盘状态")
        self.saved.setMinimumHeight(look.size(37))
        row.addWidget(self.saved)

    def show_tabs(self, tabs: Sequence[tuple[str, str, str]]) -> None:
        """Replace the tabs: name, title and icon ('' for a plain form) of each page."""
        for name in self.names:
            button = self.buttons.by_name.pop(name)
            button.hide()
            button.deleteLater()
        while self.tabs.takeAt(0) is not None:
            pass
        self.names = self.buttons.pages = [name for name, _, _ in tabs]
        for name, title, icon in tabs:
            button = self.buttons.make(name, title, "tab")
            if icon:
                dress_button(button, self.look, icon)
            self.tabs.addWidget(button)

    def show_only(self, names: set[str]) -> None:
        """Hide the tabs whose names are not given."""
        for name in self.names:
            self.buttons.by_name[name].setVisible(name in names)

    def turned(self) -> None:
        """Clear the status line as another page is shown, unless its message came in this turn of the event loop."""
        if not self.now:
            self.tell(QUIET, "saved")

    def tell(self, text: str, tone: str) -> None:
        """Show a message for LASTS milliseconds; it is shortened so that the tabs keep one row."""
        self.now = True
        QTimer.singleShot(0, self, self._message_over)
        if text == QUIET:
            self.over.stop()
        else:
            self.over.start(LASTS)
        self.saved.setToolTip(text if text != QUIET else "")
        self.safe.show_mark(KEPT if tone == "saved" else "circle-alert")
        self.saved.setProperty("tone", tone)
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)
        self.said = text
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the message into the room beside the tabs."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.picked.sizeHint().width() + self.safe.width() + self.look.size(20 + EDGES)
        room = max(self.width() - self.tabs.sizeHint().width() - beside, self.look.size(LEAST))
        self.saved.setText(self.saved.fontMetrics().elidedText(self.said, Qt.TextElideMode.ElideRight, room))
        tone = self.saved.property("tone")
        cut = tone != "saved" and self.saved.text() != self.said  # its end says what to do
        self.whole.setProperty("tone", tone)
        self.whole.style().polish(self.whole)
        self.whole.setText(self.said)
        self.whole.setVisible(cut)
        for part in (self.safe, self.saved):
            part.setVisible(not cut)

    def _message_over(self) -> None:
        self.now = False
