"""The page of a list form: tools, the grid, and the line panel beside it."""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from forms.form import Form
from forms.states import Role, Statement
from models.ledger.county_feedback import sentence
from models.reporting.report import Report
from models.store.change import Change
from ui.filling.empty_form import EmptyForm, EmptyFormAction
from ui.filling.line_filter import LineFilter
from ui.filling.line_panel import LinePanel
from ui.grid.grid import ROWS, WHOLE, Grid
from ui.grid.record_table import RecordTable
from ui.grid.replace_dialog import ReplaceDialog
from ui.grid.view_menus import ViewMenus
from ui.loads.column_mapping import pasted_over
from ui.session import Session
from ui.widgets.banner import Banner
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.icons import dress_button, dress_search
from ui.widgets.theme import Theme
from ui.widgets.undo_buttons import undo_buttons
from ui.window.page import Page, override

ICONS = {"复制上期": "copy", "插入行": "plus", "删除行": "trash-2", "本期无变化": "equal"}
PANEL = 320  # px beside the grid, less where the window is narrow


class FormPage(Page):
    """One list form."""

    def __init__(self, session: Session, form: Form, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.form, self.look = session, form, look
        self.shown = False
        self.table = RecordTable(session, form, self)
        self.grid = Grid(session, self.table, look)
        if form.own and not form.seed:
            self.grid.take_over = lambda block: pasted_over(session, form, block, look, self)
        self.menus = ViewMenus(self.grid, lambda told: self.sorted.say(told))
        self.sorted = Banner(look, "回到原来的顺序", self.menus.unsort)
        self.panel = LinePanel(session, look)
        self.split = split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.grid)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tools())
        self.banner = Banner(look)
        layout.addWidget(self.banner)
        layout.addWidget(self.sorted)
        self.empty = EmptyForm(look)
        layout.addWidget(split, 1)
        layout.addWidget(self.empty, 3)
        self.grid.moved.connect(self._moved)
        self.grid.selectionModel().selectionChanged.connect(lambda *_: session.selection_summary.emit(self.grid.sums()))
        QShortcut(QKeySequence("F6"), self, self._other_side)
        QShortcut(QKeySequence("Ctrl+H"), self, lambda: ReplaceDialog(self.grid, self.search.text()).show())
        QShortcut(QKeySequence("Ctrl+Shift+L"), self, self.copy_last)
        QShortcut(QKeySequence("Alt+0"), self, lambda: self.zero() if self._may_be_zero() else None)
        QShortcut(QKeySequence.StandardKey.Find, self, self.search.setFocus)
        self._show_empty()
        self.grid.stand_on(self.grid.first_cell())
        self._moved(self.grid.currentIndex())

    @property
    def report(self) -> Report:
        """The form's lines as they are now."""
        return self.session.report(self.form)

    def _tools(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("bar")
        row = FlowLayout(bar, (12, 4, 12, 4))
        self.chips = LineFilter(self.grid)
        for chip in self.chips.values():
            row.addWidget(chip)
        for text, icon, hint, menu in (
            ("排序", "arrow-up-down", "排着看，不改动表里的顺序", self.menus.order_menu()),
            ("行高", "rows-3", "一行、两行，或按全文", self.menus.row_menu(self._set_rows)),
            ("栏", "columns-3", "选择显示哪些栏", self.menus.column_menu(bar)),
        ):
            button = self.menus.button(text, hint, menu)
            dress_button(button, self.look, icon)
            row.addWidget(button)
        row.stretch()
        for arrow in undo_buttons(self.look, self.session):
            row.addWidget(arrow)
        self.search = QLineEdit(placeholderText="查找 Ctrl+F")
        self.search.setToolTip("回车到下一处")
        dress_search(self.search, self.look)
        self.search.setAccessibleName("查找")
        self.search.setFixedWidth(self.look.size(136))
        self.search.returnPressed.connect(self._find)
        row.addWidget(self.search)
        self.editing: list[QPushButton] = []
        for text, hint, action in self._actions():
            button = QPushButton(text)
            button.setProperty("tone", "tool")
            if text in ICONS:
                dress_button(button, self.look, ICONS[text])
            button.setToolTip(hint)
            button.clicked.connect(action)
            row.addWidget(button)
            self.editing.append(button)
        return bar

    def _actions(self) -> list[tuple[str, str, Callable[[], None]]]:
        actions: list[tuple[str, str, Callable[[], None]]] = [
            ("复制上期", "把上期还在用的内容带过来，只填空着的格（Ctrl+Shift+L）", self.copy_last)
        ]
        if self.form.own:
            actions += [("插入行", "在本行下面加一行（Ctrl+加号）", self.grid.insert_line),
                        ("删除行", "删去选中的自加行（Ctrl+减号）", self.grid.remove_lines)]  # fmt: skip
        if not self.form.record and any(f.carry for f in self.form.stored):
            actions.append(("本期无变化", "把上期的内容全部带过来，并声明本期没有变化", self.unchanged))
        if self._may_be_zero():
            actions.append(("零报告", "声明本期没有这方面的内容（Alt+0）", self.zero))
        return actions

    def _may_be_zero(self) -> bool:
        return self.form.own and not self.form.seed

    def _show_empty(self) -> None:
        lines = [x for x in self.table.lines if x.row is not None]
        self.chips.count()
        closed = self.session.lock.why(self.form.name, "")
        self.banner.say("\n".join(filter(None, [self._from_county(), self.session.lock.reason])))
        for button in self.editing:
            button.setEnabled(not closed)
        self.empty.setVisible(not lines)
        self.panel.setVisible(bool(lines))
        self.split.setMaximumHeight(10**6 if lines else self.grid.height_when_empty())
        if not lines:
            self.empty.say(*self._ways(closed))

    def _from_county(self) -> str:
        """A sentence on what the county corrected or decided in this form; '' at the county."""
        session = self.session
        return sentence(session.corrected.values(), self.form.name) if session.space.role == Role.UNIT else ""

    def _ways(self, closed: str) -> tuple[str, str, list[EmptyFormAction]]:
        """Title, second line and actions of the empty form."""
        session, form = self.session, self.form
        stated = session.space.statements(session.unit.code, session.period.id).get(form.name)
        if stated == Statement.ZERO:
            take_back = EmptyFormAction("撤销零报告", "接着就能填", "Alt+0", self.zero)
            return "已声明零报告", f"县里看到的是：本期没有{form.title}的内容。", [] if closed else [take_back]
        ways = []
        last = len(self.report.copy_last())
        past = session.earlier_periods(form)
        if last and past:
            ways.append(
                EmptyFormAction(
                    f"从{past[-1][0].name}带过来{last}行",
                    "沿用的内容带过来，本期的空着等你填；办完的不带",
                    "Ctrl+L",
                    self.copy_last,
                )
            )
        ways.append(
            EmptyFormAction(
                "从 Excel 粘贴",
                "在 Excel 或 WPS 里复制好再按这里；落下之前先给你看认成了什么",
                "Ctrl+V",
                self.grid.paste,
            )
        )
        ways.append(EmptyFormAction("加一行", "也可以直接在上面第一行打字", "Ctrl+加号", self.grid.insert_line))
        ways.append(EmptyFormAction("零报告", "本期确实没有：这是一句声明，和空着不一样", "Alt+0", self.zero))
        told = f"上期填了{last}行，最省事的是带过来再改。" if last else "按下面的一种办法开始。"
        return f"这一期还没有{form.title}的内容", closed or told, [] if closed else ways

    def _moved(self, index: QModelIndex) -> None:
        line = self.table.lines[index.row()] if index.isValid() and index.row() < len(self.table.lines) else None
        field = self.table.field(index.column())
        self.panel.show_cell(self.form, field, line.row if line else None, line.number if line else 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Scroll to the left edge: the width is known only now."""
        super().showEvent(event)
        if not self.shown:
            self.shown = True
            side = min(self.look.size(PANEL), round(self.width() * 0.3))
            self.split.setSizes([self.width() - side, side])
            left = self.menus.open_fields()  # is never out of sight
            for name, width in json.loads(str(self._memory().value(self.form.name) or "{}")).items():
                column = self.table.column(name)
                self.grid.setColumnHidden(column, not width and name in self.menus.columns and name not in left)
                if width:
                    self.grid.setColumnWidth(column, width)
            self.menus.tick()
            rows = str(self._memory().value("rows") or "")
            if rows in ROWS:
                self.grid.set_rows(rows)
            self.grid.horizontalScrollBar().setValue(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """Save the column widths of the form, beside the data."""
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
        if text := self.search.text():
            found = self.grid.seek(text)
            self.session.message.emit(
                self.grid.among(text) if found else f"没有找到“{text}”", "saved" if found else "amber"
            )

    @override
    def enter(self, name: str) -> None:
        self.grid.setFocus()

    @override
    def finish_typing(self) -> bool:
        return self.grid.finish_typing()

    @override
    def same_as_last(self) -> None:
        """Ctrl+L: last period's values in the selected cells; in an empty form, everything that is carried."""
        if self.table.lines:
            self.grid.same_as_last()
        else:
            self.copy_last()

    def copy_last(self) -> None:
        """Copy last period's values into the form (复制上期)."""
        changes = self.report.copy_last()
        if not changes:
            self.session.message.emit("上期没有可以带过来的内容，或者都已经带过来了", "amber")
        self.session.carry_out("复制上期", changes)

    def unchanged(self) -> None:
        """State 本期无变化 and copy last period's values; one step of undo."""
        session = self.session
        changes = self.report.copy_last(everything=True)
        stated = session.space.state(session.unit.code, session.period.id, self.form.name, Statement.UNCHANGED)
        if not session.ctx.previous:
            session.message.emit("上期没有填过，不能声明无变化", "amber")
            return
        session.edit("本期无变化", [*changes, *stated])

    def zero(self) -> None:
        """State 零报告, or withdraw the statement."""
        session = self.session
        stated = session.space.statements(session.unit.code, session.period.id).get(self.form.name)
        kind = "" if stated == Statement.ZERO else Statement.ZERO
        changes = session.space.state(session.unit.code, session.period.id, self.form.name, kind)
        session.edit("零报告" if kind else "撤销零报告", changes)

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        self.table.follow(changes)
        if self.grid.rows == WHOLE and not self.grid.is_typing():
            self.grid.fit_anew()
        self._show_empty()
        self._moved(self.grid.currentIndex())

    @override
    def current_cell(self) -> tuple[str, str]:
        index = self.grid.currentIndex()
        line = self.table.lines[index.row()] if index.isValid() else None
        field = self.table.field(index.column()) if index.isValid() else None
        return line.row["id"] if line and line.row else "", field.name if field else ""

    @override
    def go_to(self, record: str, field: str) -> None:
        index = self.table.place(record, field)
        if index.isValid():
            self.grid.setColumnHidden(index.column(), False)  # an open item's column is shown
            self.grid.stand_on(index)
        self.grid.setFocus()
