"""Menus for how a form is shown: order, row height, columns; the form itself does not change."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHeaderView, QMenu, QPushButton, QWidget

from forms.field import Field
from ui.grid.grid import ROWS, Grid
from ui.grid.sorting import spelled

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


class ViewMenus:
    """The three menus over one grid. `columns` are the actions that hide columns, by field."""

    def __init__(self, grid: Grid, sorted_by: Callable[[str], None]) -> None:
        self.grid, self.table, self.sorted_by = grid, grid.table, sorted_by
        self.columns: dict[str, QAction] = {}
        for view in (grid, grid.frozen):
            head = view.horizontalHeader()
            head.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            head.customContextMenuRequested.connect(lambda at, head=head: self._at_head(head, at))

    def button(self, text: str, hint: str, menu: QMenu) -> QPushButton:
        """A button that opens a menu."""
        button = QPushButton(text)
        button.setProperty("tone", "tool")
        button.setToolTip(hint)
        menu.setParent(button, menu.windowFlags())
        button.setMenu(menu)
        return button

    ## sorting

    def order_menu(self) -> QMenu:
        """The menu that sorts by the cursor's column."""
        menu = QMenu()
        menu.aboutToShow.connect(lambda: self._fill_order(menu, self.grid.currentIndex().column()))
        return menu

    def _fill_order(self, menu: QMenu, column: int) -> None:
        menu.clear()
        field = self.table.field(column)
        if field is not None:
            menu.addAction(f"按“{field.label}”从小到大").triggered.connect(lambda: self.sort(column, UP))
            menu.addAction(f"按“{field.label}”从大到小").triggered.connect(lambda: self.sort(column, DOWN))
        back = menu.addAction("回到原来的顺序")
        back.setEnabled(bool(self.table.order))
        back.triggered.connect(self.unsort)

    def _at_head(self, head: QHeaderView, at: QPoint) -> None:
        menu = QMenu(head)
        self._fill_order(menu, head.logicalIndexAt(at))
        menu.popup(head.mapToGlobal(at))

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        """Show the lines in the order of a column, with a message."""
        field = self.table.field(column)
        if field is not None and self.grid.finish_typing():
            rows = [x.row for x in self.table.lines if x.row is not None]
            done = partial(self._sorted, field, column, order)
            self.table.session.long.run("正在排序", len(rows), spelled(rows, field), done)

    def _sorted(self, field: Field, column: int, order: Qt.SortOrder) -> None:
        self.table.sort(column, order)
        seen = (n for n, x in enumerate(self.table.lines) if x.row is not None and not self.grid.isRowHidden(n))
        if (first := next(seen, None)) is not None:
            self.grid.stand_on(self.table.index(first, column))
            self.grid.scrollToTop()
        way = "从小到大" if order == UP else "从大到小"
        self.sorted_by(f"现在按“{field.label}”{way}排着看；表里和打印出来的顺序没有变")

    def unsort(self) -> None:
        """Show the form's own order again."""
        if self.grid.finish_typing():
            self.table.sort(0)
            self.sorted_by("")

    ## rows and columns

    def row_menu(self, chosen: Callable[[str], None]) -> QMenu:
        """The menu of row heights; `chosen` gets the choice."""
        menu = QMenu()
        group = QActionGroup(menu)
        for name in ROWS:
            action = menu.addAction(name)
            action.setCheckable(True)
            action.triggered.connect(lambda _on, name=name: chosen(name))
            group.addAction(action)
        menu.aboutToShow.connect(lambda: self._tick_rows(group))
        return menu

    def _tick_rows(self, group: QActionGroup) -> None:
        for action in group.actions():
            action.setChecked(action.text() == self.grid.rows)

    def column_menu(self, parent: QWidget) -> QMenu:
        """The menu of columns to show; a field that must be filled in each period cannot be hidden."""
        menu = QMenu(parent)
        menu.addAction("只看每期要填的栏").triggered.connect(self.only_asked)
        menu.addAction("显示全部栏").triggered.connect(self.all_columns)
        menu.addSeparator()
        for n, field in enumerate(self.table.fields, 1):
            if n > 1 and (field.carry or not field.required):
                action = menu.addAction(field.heading)
                action.setCheckable(True)
                action.toggled.connect(lambda on, n=n: self.grid.setColumnHidden(n, not on))
                self.columns[field.name] = action
        menu.aboutToShow.connect(self.tick)
        return menu

    def open_fields(self) -> set[str]:
        """The names of the fields with open check results."""
        problems = [f.problem for f in self.table.session.open_findings]
        return {p.field for p in problems if p.form == self.table.form.name}

    def only_asked(self) -> None:
        """Hide the fields that are carried from period to period, unless they have open check results."""
        self.tick()
        left = self.open_fields()
        for field in self.table.fields:
            if field.name in self.columns:
                self.columns[field.name].setChecked(not field.carry or field.name in left)

    def all_columns(self) -> None:
        """Show every column."""
        self.tick()
        for action in self.columns.values():
            action.setChecked(True)

    def tick(self) -> None:
        """Tick the columns that are shown now."""
        for name, action in self.columns.items():
            action.setChecked(not self.grid.isColumnHidden(self.table.column(name)))
