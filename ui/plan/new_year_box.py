"""新年度: the title of next year's plan, and what is copied from the present one."""

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.form import Form
from forms.plan_tables import ABOUT, ASSIGNMENTS, INDICATORS, TASKS, UNITS
from models.plan.rows import Tables
from models.plan_editing.next_year import NEEDS, SHORT, TITLE, YEAR, new_year
from ui.widgets.heading import label, section
from ui.widgets.theme import Theme

KEPT = (
    (UNITS, "责任单位{n}个"),
    (TASKS, "重点任务{n}项，时限跟着年度推后"),
    (ASSIGNMENTS, "分工{n}条，都重新待确认"),
    (INDICATORS, "指标{n}个"),
)
FARTHEST = 10  # years ahead
TOLD = "先放在草稿里，改好了再生效；撤销（Ctrl+Z）可以退回。往年的方案和填过的内容都不动。"


class NewYearBox(QDialog):
    """Asks for title, short name, year and what to copy; `tables` gives the rows of the new plan."""

    def __init__(self, tables: Tables, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.old = tables
        self.setWindowTitle("新年度")
        self.setMinimumWidth(look.size(520))
        column = QVBoxLayout(self)
        column.setSpacing(look.size(8))
        section(column, "做下一年的方案")
        self.asking = QFormLayout()
        column.addLayout(self.asking)
        self._build_head_fields()
        section(column, "从现在的方案带过来")
        self.kept = {table.name: self._box(table, words) for table, words in KEPT}
        self.goals = QCheckBox("指标的目标值也照搬（不勾就空着，填好新的才能生效）")
        for box in (*self.kept.values(), self.goals):
            _coloured(box, look)
            column.addWidget(box)
        label(column, TOLD, "second")
        self.buttons = QDialogButtonBox()
        self.go = self.buttons.addButton("做下一年的", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("tone", "main")
        self.buttons.addButton("不做", QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column.addWidget(self.buttons)
        self._can()

    def _build_head_fields(self) -> None:
        key, value = (f.label for f in ABOUT.fields)
        said = {r[key]: r[value] for r in self.old[ABOUT.name]}
        now = int(said[YEAR])
        self.title, self.short, self.year = QLineEdit(), QLineEdit(), QSpinBox()
        self.year.setRange(now + 1, now + FARTHEST)
        self.year.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        for box, name, old in ((self.title, TITLE, said.get(TITLE)), (self.short, SHORT, said.get(SHORT))):
            box.setText((old or "").replace(str(now), str(now + 1)))
            box.setAccessibleName(name)
            box.textChanged.connect(lambda _text: self._can())
        self.year.setAccessibleName(YEAR)
        for words, widget in ((f"方案{TITLE}", self.title), (SHORT, self.short), (YEAR, self.year)):
            self.asking.addRow(words, widget)

    def _box(self, table: Form, words: str) -> QCheckBox:
        box = QCheckBox(words.format(n=len(self.old[table.name])))
        box.setChecked(True)
        box.toggled.connect(lambda _on: self._can())
        return box

    def _can(self) -> None:
        """Disable what depends on something that is not copied."""
        self.go.setEnabled(bool(self.title.text().strip() and self.short.text().strip()))
        for name, needed in NEEDS.items():
            _allow(self.kept[name], all(self.kept[n].isChecked() for n in needed), again=True)
        _allow(self.goals, self.kept[INDICATORS.name].isChecked(), again=False)

    @property
    def tables(self) -> Tables:
        """The rows of the new plan, by table."""
        about = {TITLE: self.title.text().strip(), SHORT: self.short.text().strip(), YEAR: str(self.year.value())}
        keep = [name for name, box in self.kept.items() if box.isChecked()]
        return new_year(self.old, keep, about, self.goals.isChecked())


def _allow(box: QCheckBox, may: bool, again: bool) -> None:
    """Enable or disable a box; a disabled one is unchecked, and gets `again` when enabled."""
    if box.isEnabled() != may:
        box.setEnabled(may)
        box.setChecked(may and again)


def _coloured(box: QCheckBox, look: Theme) -> None:
    """Colour the tick by palette, as style sheets do not reach it."""
    palette = box.palette()
    palette.setColor(QPalette.ColorRole.Base, look.colour("sheet"))
    palette.setColor(QPalette.ColorRole.Window, look.colour("edge"))
    palette.setColor(QPalette.ColorRole.Text, look.colour("ink"))
    box.setPalette(palette)
