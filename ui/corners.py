"""The four corners: who and which period, what next, which sheet, is it saved; and the rail between the upper two."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.flow import Flow
from ui.session import Session
from ui.theme import Look

Show = Callable[[str], None]


class Buttons:
    """The buttons that turn to pages, by name; the one of the page in front is down."""

    def __init__(self, show: Show) -> None:
        self.show, self.by_name = show, dict[str, QPushButton]()
        self.group = QButtonGroup()

    def make(self, name: str, text: str, tone: str) -> QPushButton:
        """A button for a page."""
        button = QPushButton(text)
        button.setCheckable(True)
        button.setProperty("tone", tone)
        button.clicked.connect(lambda: self.show(name))
        self.group.addButton(button)
        self.by_name[name] = button
        return button

    def drop(self, button: QPushButton) -> None:
        """Take a button away."""
        self.group.removeButton(button)
        button.hide()
        button.deleteLater()


class Top(QWidget):
    """Both upper corners and the rail."""

    def __init__(
        self, session: Session, look: Look, buttons: Buttons, rail: Sequence[tuple[str, str]], last: str
    ) -> None:
        super().__init__()
        self.session = session
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = Flow(self, (12, look.size(8), 12, look.size(8)))
        row.addWidget(self._unit_box())
        row.addWidget(self._period_box())
        self.sample = QLabel("示例数据")
        self.sample.setProperty("tone", "amber")
        self.sample.setToolTip("这一期的内容是程序编造的，只供试用")
        row.addWidget(self.sample)
        row.stretch()
        row.addWidget(self._rail(buttons, rail))
        row.stretch()
        row.addWidget(buttons.make(last, "设置", "flat"))
        self.next = QPushButton("接着做（F8）")
        self.next.setProperty("tone", "main")
        self.next.setToolTip("到下一件没有做完的事")
        row.addWidget(self.next)

    def _rail(self, buttons: Buttons, rail: Sequence[tuple[str, str]]) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        for n, (name, text) in enumerate(rail):
            if n:
                arrow = QLabel("→")
                arrow.setProperty("tone", "second")
                row.addWidget(arrow)
            row.addWidget(buttons.make(name, text, "flat"))
        return holder

    def _unit_box(self) -> QComboBox:
        self.units = QComboBox()
        self.units.setAccessibleName("单位")
        self.units.activated.connect(lambda n: self.session.go(unit=self.session.space.units[n]))
        return self.units

    def _period_box(self) -> QComboBox:
        self.periods = QComboBox()
        self.periods.setAccessibleName("调度期")
        self.periods.activated.connect(lambda n: self.session.go(period=self.session.space.plan.periods[n]))
        return self.periods

    def show_where(self) -> None:
        """Unit and period as they are now."""
        session = self.session
        for box, names, now in (
            (self.units, [u.short for u in session.space.units], session.unit.short),
            (self.periods, [p.name for p in session.space.plan.periods], session.period.name),
        ):
            if [box.itemText(n) for n in range(box.count())] != names:
                box.clear()
                box.addItems(names)
            box.setCurrentText(now)
        self.sample.setVisible(session.space.is_sample(session.unit.code, session.period.id))


class Foot(QWidget):
    """Both lower corners: the tabs of the forms, and the line that says what was saved."""

    def __init__(self, look: Look, buttons: Buttons) -> None:
        super().__init__()
        self.buttons = buttons
        self.names: list[str] = []
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(0)
        holder = QWidget()
        self.tabs = Flow(holder, (0, 0, 0, 0), 0)
        row.addWidget(holder, 1)
        self.saved = QLabel("每次修改都立即存好，不用按保存")
        self.saved.setProperty("tone", "saved")
        self.saved.setAccessibleName("存盘状态")
        self.saved.setMinimumHeight(look.size(37))
        row.addWidget(self.saved)

    def show_tabs(self, forms: Sequence[tuple[str, str]]) -> None:
        """A tab per form: name, title."""
        for name in self.names:
            self.buttons.drop(self.buttons.by_name.pop(name))
        while self.tabs.takeAt(0) is not None:
            pass
        self.names = [name for name, _ in forms]
        for name, title in forms:
            self.tabs.addWidget(self.buttons.make(name, title, "tab"))

    def tell(self, text: str, tone: str) -> None:
        """What was done, or why it was not."""
        self.saved.setToolTip(text)
        room = max(self.width() - self.tabs.sizeHint().width() - 40, self.width() // 3, 200)
        self.saved.setText(self.saved.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))
        self.saved.setProperty("tone", tone)
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)
