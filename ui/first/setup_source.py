"""The first step of setup: a hand-out, the built-in plan, or a backup."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRegularExpression,
    QSize,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from forms.states import Role
from models.plan.entries import Action, Unit
from models.plan.plan import Plan
from ui.first.setup_preview import OFFICE
from ui.first.steps import label
from ui.first.unit_card import buttons, main_button
from ui.widgets.icons import dress_search
from ui.widgets.pinyin import fits
from ui.widgets.theme import Theme

ROLES = {  # role → its label, and the texts of its search box
    Role.UNIT: ("单位填报", "哪个单位？输入名称的几个字，或拼音首字母", "查找单位", "责任单位"),
    Role.TEAM: ("工作专班", "负责哪个行动？输入名称的几个字，或拼音首字母", "查找行动", "行动"),
    Role.OFFICE: (f"县{OFFICE}", "", "", ""),
}
STEPPING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
ROWS, ROW = 6, 28  # rows of the list shown at once; px of each


class SearchBox(QLineEdit):
    """A search box; the arrow keys move in the list below it."""

    def __init__(self, look: Theme, list_view: QListView) -> None:
        super().__init__()
        self.list_view = list_view
        dress_search(self, look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in STEPPING:
            QApplication.sendEvent(self.list_view, event)
        else:
            super().keyPressEvent(event)


class Roomy(QStyledItemDelegate):
    """Paints list rows of equal height with a margin at the left."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), self.look.size(ROW))


class Finder(QWidget):
    """A list of names, filtered by a part of the name or by pinyin initials."""

    moved, taken = Signal(), Signal()

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.names = QStringListModel()
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.names)
        self.list = QListView()
        self.list.setModel(self.shown)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setObjectName("names")
        self.list.setItemDelegate(Roomy(look, self.list))
        self.list.doubleClicked.connect(lambda _index: self.taken.emit())
        self.list.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        self.search = SearchBox(look, self.list)
        self.search.textChanged.connect(self._filter)
        column.addWidget(self.search)
        column.addWidget(self.list)

    def offer(self, names: Sequence[str], hint: str, search: str, spoken: str) -> None:
        """Show other names; the typed text filters them."""
        self.search.setPlaceholderText(hint)
        self.search.setAccessibleName(search)
        self.list.setAccessibleName(spoken)
        self.names.setStringList(names)
        self._filter(self.search.text())
        self.list.setFixedHeight(self.look.size(ROW) * min(len(names), ROWS) + 2)

    def at(self) -> int:
        """The index of the chosen name; -1 for none."""
        index = self.list.currentIndex()
        return self.shown.mapToSource(index).row() if index.isValid() else -1

    def _filter(self, text: str) -> None:
        names = [n for n in self.names.stringList() if fits(text.strip(), n)]
        self.shown.setFilterRegularExpression("^(" + "|".join(map(QRegularExpression.escape, names)) + ")$")
        self.list.setCurrentIndex(self.shown.index(0, 0))
        self.moved.emit()


class SetupSource(QWidget):
    """One way to begin. `go` is its main button; `told` is the label of its error."""

    def __init__(self, look: Theme, title: str, words: str, go: str) -> None:
        super().__init__()
        self.look, self.title, self.words = look, title, words
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(look.size(8))
        self.go = main_button(go)
        self.told = label("", "red")
        self.told.setHidden(True)

    def close_with(self, key: str) -> None:
        """Add the last lines: the error and the main button."""
        self.column.addWidget(self.told)
        self.column.addWidget(buttons(self.look, self.go, key=key))

    def say(self, text: str) -> None:
        """Show an error; '' hides it."""
        self.told.setText(text)
        self.told.setVisible(bool(text))

    def first(self) -> QWidget:
        """The widget that gets the focus first."""
        return self.go


class FileSource(SetupSource):
    """From a file; if it has hand-outs of several units, one of them is chosen."""

    def __init__(self, look: Theme, title: str, words: str, go: str) -> None:
        super().__init__(look, title, words, go)
        self.choose = go
        self.other = QPushButton("换一个任务包")
        self.other.setHidden(True)
        self.finder = Finder(look)
        self.finder.setHidden(True)
        self.column.addWidget(self.finder)
        self.column.addWidget(self.told)
        self.column.addWidget(buttons(look, self.go, self.other, key="继续"))

    def offer(self, names: Sequence[str]) -> None:
        """Show the units to choose from; none of them: ask for a file."""
        self.finder.setVisible(len(names) > 1)
        self.other.setVisible(len(names) > 1)
        self.go.setText("就是它" if len(names) > 1 else self.choose)
        if len(names) > 1:
            self.finder.offer(names, f"里面有{len(names)}个单位的任务包，选你的单位", "查找单位", "有任务包的单位")

    def first(self) -> QWidget:
        return self.finder.search if not self.finder.isHidden() else self.go


class PlanSource(SetupSource):
    """Without a file: a unit, a work team or the office of the built-in plan."""

    def __init__(self, look: Theme, plan: Plan) -> None:
        words = f"{plan.title}，{plan.year}年，{len(plan.units)}个责任单位。以后收到任务包，随时能装入。"
        super().__init__(look, "这台电脑给谁用？", words, "")
        self.plan, self.role = plan, Role.UNIT
        self.roles: dict[str, QPushButton] = {}
        self.column.addLayout(self._roles())
        self.finder = Finder(look)
        self.finder.moved.connect(self._named)
        self.column.addWidget(self.finder)
        self.close_with("继续")
        self.roles[Role.UNIT].setChecked(True)

    def _roles(self) -> QHBoxLayout:
        """The row that chooses the role: unit, work team or office; with the arrow keys too."""
        row = QHBoxLayout()
        for role, (name, *_) in ROLES.items():
            button = self.roles[role] = QPushButton(name)
            button.setProperty("tone", "chip")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAutoDefault(False)  # so that Enter presses the main button here too
            button.toggled.connect(lambda on, r=role: self._turn(r) if on else None)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _turn(self, role: Role) -> None:
        """Turn to another role and show its names."""
        if role != self.role:
            self.finder.search.clear()
        self.role = role
        units = [f"{u.short}　{u.name}" if u.short != u.name else u.name for u in self.plan.units]
        actions = [a.name for a in self.plan.actions]
        _name, hint, search, spoken = ROLES[role]
        self.finder.setVisible(role != Role.OFFICE)
        self.finder.offer(units if role == Role.UNIT else actions, hint, search, spoken)

    def chosen(self) -> Unit | Action | None:
        """The unit or action; None for the office, or if none is chosen."""
        at = self.finder.at()
        if self.role == Role.OFFICE or at < 0:
            return None
        return self.plan.units[at] if self.role == Role.UNIT else self.plan.actions[at]

    def is_missing(self) -> bool:
        """Whether a name still has to be chosen; if so, an error is shown."""
        missing = self.role != Role.OFFICE and self.chosen() is None
        self.say(f"没有找到这个{'单位' if self.role == Role.UNIT else '行动'}，请换几个字再找" if missing else "")
        return missing

    def _named(self) -> None:
        """Name the choice on the main button."""
        chosen = self.chosen()
        name = OFFICE if self.role == Role.OFFICE else chosen.short if isinstance(chosen, Unit) else ""
        self.go.setText(f"选{name}" if name else "选好了")
        self.say("")

    def first(self) -> QWidget:
        return self.roles[Role.OFFICE] if self.role == Role.OFFICE else self.finder.search
