"""The menu of print settings above the preview; a choice takes effect at once."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton

from forms.records import SETTINGS
from ui.session import Session

SHOWN = ("page", "black")  # settings that change the pages


class PaperMenu(QPushButton):
    """`changed` is emitted when a print setting changed."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("纸张")
        self.session = session
        self.setToolTip("打印版式、黑白打印")
        self.actions_of: dict[tuple[str, str], QAction] = {}
        menu = QMenu(self)
        for name in SHOWN:
            self._add(menu, name)
        menu.aboutToShow.connect(self.tell)
        self.setMenu(menu)

    def _add(self, menu: QMenu, name: str) -> None:
        field = SETTINGS.field(name)
        menu.addSection(field.label)
        group = QActionGroup(menu)
        for option in field.kind.choices:
            words = option.name if len(option.name) > 1 else f"{field.label}：{option.name}"
            action = menu.addAction(words)
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _on=False, name=name, to=option.id: self._set(name, to))
            self.actions_of[name, option.id] = action

    def tell(self) -> None:
        """Tick the settings in use."""
        for (name, id), action in self.actions_of.items():
            action.setChecked(self.session.space.settings.get(name) == id)

    def _set(self, name: str, value: str) -> None:
        self.session.space.set({name: value})
        self.session.message.emit("设置已存好", "saved")
        self.changed.emit()
