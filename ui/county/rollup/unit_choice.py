"""选择汇总: the dialog that asks which units or unit kinds to include."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from forms.plan_tables import UNIT_KIND
from models.plan.entries import Unit
from ui.widgets.theme import Theme

CODE = Qt.ItemDataRole.UserRole


class UnitChoice(QDialog):
    """A list of units with check boxes; a button checks all units of one kind."""

    def __init__(self, units: Sequence[Unit], chosen: frozenset[str], look: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.units = units
        self.setWindowTitle("选择汇总")
        self.resize(look.size(420), look.size(520))
        layout = QVBoxLayout(self)
        title = QLabel("汇总哪些单位")
        title.setProperty("tone", "section")
        layout.addWidget(title)
        row = QHBoxLayout()
        for kind, name in (("", "全部"), *((o.id, o.name) for o in UNIT_KIND.options)):
            button = QPushButton(name)
            button.clicked.connect(lambda _on=False, k=kind: self.tick(k))
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        self.list = QListWidget()
        self.list.setAccessibleName("参加汇总的单位")
        for unit in units:
            item = QListWidgetItem(unit.short, self.list)
            item.setData(CODE, unit.code)
            item.setCheckState(_box(not chosen or unit.code in chosen))
        layout.addWidget(self.list, 1)
        buttons = QDialogButtonBox()
        take = buttons.addButton("汇总", QDialogButtonBox.ButtonRole.AcceptRole)
        take.setProperty("tone", "main")
        buttons.addButton("取消", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def tick(self, kind: str) -> None:
        """Check only the units of a kind; '' checks all."""
        for n, unit in enumerate(self.units):
            self.list.item(n).setCheckState(_box(kind in ("", unit.kind)))

    @property
    def chosen(self) -> frozenset[str]:
        """The codes that are checked; empty if all or none are, as both mean every unit."""
        items = [self.list.item(n) for n in range(self.list.count())]
        codes = frozenset(i.data(CODE) for i in items if i.checkState() == Qt.CheckState.Checked)
        return frozenset() if len(codes) == len(items) else codes


def _box(on: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked


def choose_units(
    units: Sequence[Unit], chosen: frozenset[str], look: Theme, parent: QWidget | None
) -> frozenset[str] | None:
    """Ask for units: their codes (empty: all units), or None if the user cancels."""
    dialog = UnitChoice(units, chosen, look, parent)
    return dialog.chosen if dialog.exec() == QDialog.DialogCode.Accepted else None
