"""The page of a list form: tools, the grid, and beside it the line's panel."""

import json
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from forms.form import Form
from models.store import Change
from ui.banner import Banner
from ui.flow import Flow
from ui.grid import ROWS, WHOLE, Grid
from ui.panel import Panel
from ui.record_table import RecordTable, State
from ui.session import Session
from ui.theme import Look
from ui.view_menus import ViewMenus

# which lines to show → what one of their cells must be
FILTERS: dict[str, Callable[[State], bool] | None] = {
    "全部行": None,
    "有没填的": lambda s: s.blank,
    "有问题的": lambda s: bool(s.level) and not s.settled,
    "沿用上期的": lambda s: s.carried,
}


class FormPage(QWidget):
    """One list form."""

    def __init__(self, session: Session, form: Form, look: Look) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.form, self.look = session, form, look
        self.shown = False
        self.table = RecordTable(session, form, self)
        self.grid = Grid(session, self.table, look)
        self.menus = ViewMenus(self.grid, lambda told: self.sorted.say(told))
        self.sorted = Banner(look, "回到原来的顺序", self.menus.unsort)
        self.panel = Panel(session, look)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.grid)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([1000, look.size(320)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools())
        self.banner = Banner(look)
        layout.addWidget(self.banner)
        layout.addWidget(self.sorted)
        self.empty = self._empty_note()
        layout.addWidget(self.empty)
        layout.addWidget(split, 1)
        self.grid.moved.connect(self._moved)
        QShortcut(QKeySequence("F6"), self, self._other_side)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self._show_empty()
        self.grid.stand_on(self.grid.first_cell())
        self._moved(self.grid.currentIndex())

    def _tools(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = Flow(bar, (12, 4, 12, 4))
        row.addWidget(QLabel(f"<b>{self.form.title}</b>"))
        self.count = QLabel()
        self.count.setProperty("tone", "second")
        row.addWidget(self.count)
        row.addWidget(self._filter_box())
        for text, hint, menu in (
            ("排序", "排着看，不改动表里的顺序", self.menus.order_menu()),
            ("行高", "一行、两行，或按全文", self.menus.row_menu(self._set_rows)),
            ("栏", "选择显示哪些栏", self.menus.column_menu(bar)),
        ):
            row.addWidget(self.menus.button(text, hint, menu))
        row.stretch()
        self.search = QLineEdit(placeholderText="查找（Ctrl+F），回车到下一处")
        self.search.setAccessibleName("查找")
        self.search.setMaximumWidth(self.look.size(240))
        self.search.returnPressed.connect(self._find)
        row.addWidget(self.search)
        self.editing: list[QPushButton] = []
        for text, hint, action in self._actions():
            button = QPushButton(text)
            button.setToolTip(hint)
            button.clicked.connect(action)
            row.addWidget(button)
            self.editing.append(button)
        return bar

    def _filter_box(self) -> QComboBox:
        self.filter = QComboBox()
        self.filter.setAccessibleName("只看哪些行")
        self.filter.addItems(list(FILTERS))
        self.filter.activated.connect(lambda _n: self.grid.show_only(FILTERS[self.filter.currentText()]))
        return self.filter

    def _actions(self) -> list[tuple[str, str, Callable[[], None]]]:
        actions: list[tuple[str, str, Callable[[], None]]] = [
            ("复制上期", "把上期还在用的内容带过来，只填空着的格（Ctrl+L）", self.copy_last)
        ]
        if self.form.own:
            actions += [("插入行", "在本行下面加一行（Ctrl+加号）", self.grid.insert_line),
                        ("删除行", "删去选中的自加行（Ctrl+减号）", self.grid.remove_lines)]  # fmt: skip
        if not self.form.record and any(f.carry for f in self.form.stored):
            actions.append(("本期无变化", "把上期的内容全部带过来，并声明本期没有变化", self.unchanged))
        if self.form.own and not self.form.seed:
            actions.append(("零报告", "声明本期没有这方面的内容", self.zero))
        return actions

    def _empty_note(self) -> QLabel:
        note = QLabel()
        note.setWordWrap(True)
        note.setMargin(16)
        note.setProperty("tone", "second")
        return note

    def _show_empty(self) -> None:
        stated = self.session.space.statements(self.session.unit.code, self.session.period.id).get(self.form.name)
        lines = [x for x in self.table.lines if x.row is not None]
        self.count.setText(f"{len(lines)}行")
        closed = self.session.lock.why(self.form.name, "")
        self.banner.say(self.session.lock.reason)
        for button in self.editing:
            button.setEnabled(not closed)
        self.empty.setVisible(not lines)
        if stated == "zero":
            self.empty.setText("已声明零报告：本期没有这方面的内容。再按“零报告”可以撤销。")
        else:
            self.empty.setText("这张表还是空的。按“复制上期”带过来上期的内容，按“插入行”加一行，或直接从 Excel 粘贴（Ctrl+V）；"
                               "确实没有的，按“零报告”。")  # fmt: skip

    def _moved(self, index: QModelIndex) -> None:
        line = self.table.lines[index.row()] if index.isValid() and index.row() < len(self.table.lines) else None
        self.panel.show_cell(self.form, self.table.field(index.column()), line.row if line else None)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is the width known: begin at the left edge."""
        super().showEvent(event)
        if not self.shown:
            self.shown = True
            for name, width in json.loads(str(self._memory().value(self.form.name) or "{}")).items():
                column = self.table.column(name)
                self.grid.setColumnHidden(column, not width and name in self.menus.columns)
                if width:
                    self.grid.setColumnWidth(column, width)
            self.menus.tick()
            rows = str(self._memory().value("rows") or "")
            if rows in ROWS:
                self.grid.set_rows(rows)
            self.grid.horizontalScrollBar().setValue(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Column widths are remembered per form, beside the data."""
        super().hideEvent(event)
        widths = {f.name: self.grid.columnWidth(n) for n, f in enumerate(self.table.fields, 1)}
        self._memory().setValue(self.form.name, json.dumps(widths))

    def _set_rows(self, rows: str) -> None:
        self.grid.set_rows(rows)
        self._memory().setValue("rows", rows)

    def _memory(self) -> QSettings:
        return QSettings(str(self.session.space.folder / "window.ini"), QSettings.Format.IniFormat)

    def _other_side(self) -> None:
        (self.panel if self.grid.hasFocus() else self.grid).setFocus()

    def _find(self) -> None:
        if self.search.text() and not self.grid.seek(self.search.text()):
            self.session.told.emit(f"没有找到“{self.search.text()}”", "amber")

    def copy_last(self) -> None:
        """复制上期 for the whole form."""
        changes = self.table.report.copy_last()
        if not changes:
            self.session.told.emit("上期没有可以带过来的内容，或者都已经带过来了", "amber")
        self.session.edit("复制上期", changes)

    def unchanged(self) -> None:
        """State 本期无变化 and bring everything over; one step of undo."""
        session = self.session
        changes = self.table.report.copy_last(everything=True)
        stated = session.space.state(session.unit.code, session.period.id, self.form.name, "unchanged")
        if not session.ctx.previous:
            session.told.emit("上期没有填过，不能声明无变化", "amber")
            return
        session.edit("本期无变化", [*changes, *stated])

    def zero(self) -> None:
        """State 零报告, or take the statement back."""
        session = self.session
        stated = session.space.statements(session.unit.code, session.period.id).get(self.form.name)
        kind = "" if stated == "zero" else "zero"
        changes = session.space.state(session.unit.code, session.period.id, self.form.name, kind)
        session.edit("零报告" if kind else "撤销零报告", changes)

    def follow(self, changes: list[Change]) -> None:
        """Show what was written somewhere."""
        self.table.follow(changes)
        if self.grid.rows == WHOLE and not self.grid.is_typing():
            self.grid.set_rows(WHOLE)
        self._show_empty()
        self._moved(self.grid.currentIndex())

    def go_to(self, record: str, field: str) -> None:
        """Put the cursor on a cell."""
        index = self.table.place(record, field)
        if index.isValid():
            self.grid.setColumnHidden(index.column(), False)  # what is left is never out of sight
            self.grid.stand_on(index)
        self.grid.setFocus()
