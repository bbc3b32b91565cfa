"""方案: the plan's tables in the grid, unconfirmed guesses, and putting changes in force."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QDialog, QPushButton, QStackedWidget, QWidget

from exports.plan.faults import of_draft
from forms.form import Form
from forms.plan_tables import (
    ABOUT,
    ACTIONS,
    ASSIGNMENTS,
    CHOICES,
    INDICATORS,
    PERIODS,
    PLAN_TABLES,
    RULES,
    SCORING,
    TASKS,
    UNITS,
)  # fmt: skip
from forms.states import Role
from models.plan.diff import describe, describe_all
from models.plan.rows import unconfirmed_sentence
from models.plan_editing.publish import Correcting, Written, all_versions, put_in_force, versions
from models.store.change import Change
from ui.county.handout_button import HandoutButton
from ui.grid.grid import Grid
from ui.grid.record_table import RecordTable
from ui.operations.failure import run
from ui.plan.assignment_view import AssignmentView
from ui.plan.draft_source import DraftSource
from ui.plan.new_year_box import NewYearBox
from ui.plan.plan_excel import PlanExcel
from ui.plan.versions_box import VersionsBox
from ui.session import Session
from ui.widgets.confirm import asked
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import heading, scrolled, yielding
from ui.widgets.theme import Theme
from ui.window.page import Page, override

PARTS, GRID = "parts", "grid"
LEAST = 160  # px at 100 %: least height of a table; below it the page scrolls
FIRST = (ASSIGNMENTS, TASKS, INDICATORS, ACTIONS, UNITS, PERIODS, SCORING)  # what an office looks into most
LAST = (CHOICES, RULES, ABOUT)
ORDER = (*FIRST, *(t for t in PLAN_TABLES if t not in (*FIRST, *LAST)), *LAST)


class PlanPage(Page):
    """The county's plan. Every change is stored in a draft at once; hand-outs have it after it is put in force."""

    excel: PlanExcel

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look, self.desk = session, look, DraftSource(session)
        self.grids: dict[str, Grid] = {}
        self.table: Form = ORDER[0]
        self.behind = set[str]()  # views that do not show the last change yet
        self.segments: dict[str, QPushButton] = {}
        layout = scrolled(self)
        layout.setContentsMargins(look.size(20), look.size(12), look.size(20), look.size(10))
        layout.setSpacing(look.size(8))
        self.sentence, self.second = heading(layout)
        layout.addWidget(self._segments())
        layout.addWidget(self._tools())
        self.stack = QStackedWidget()
        yielding(self.stack, look.size(LEAST))
        layout.addWidget(self.stack, 1)
        self.parts = AssignmentView(self.desk, look)
        self.parts.message.connect(lambda text: session.message.emit(text, "saved"))
        self.stack.addWidget(self.parts)
        self.show_table(ORDER[0])

    def _segments(self) -> QWidget:
        holder, self.group = QWidget(), QButtonGroup(self)
        row = FlowLayout(holder, (0, 0, 0, 0), 4)
        for table in ORDER:
            button = QPushButton(table.title)
            button.setCheckable(True)
            button.setProperty("tone", "flat")
            button.clicked.connect(lambda _on=False, t=table: self.show_table(t))
            self.group.addButton(button)
            self.segments[table.name] = button
            row.addWidget(button)
        return holder

    def _tools(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0), self.look.size(6))
        self.buttons: dict[str, QPushButton] = {}
        office = self.session.space.role == Role.OFFICE
        for text, hint, act in (
            ("确认选中的", "选中的行都确认下来；可以一次选许多行", self.confirm),
            ("确认整项任务", "选中的分工所在的任务，全部单位都确认下来", self.confirm_task),
            ("下一处待确认", "到下一处还没有确认的（F8）", lambda: self.next_item(1)),
            ("插入行", "在本行下面加一行（Ctrl+加号）", lambda: self.grid.insert_line()),
            ("删除行", "删去选中的行（Ctrl+减号）", lambda: self.grid.remove_lines()),
            ("到 Excel……", "写一本方案工作簿，在 Excel 里改好再装入", lambda: self.excel.choose()),
            ("新年度……", "从现在的方案做下一年的方案，先放在草稿里", self.next_year),
            ("历次版本……", "每一版什么时候、由谁生效，改动多少", self.show_versions),
            ("放弃改动", "草稿里没有生效的改动都不要了", self.discard),
            ("生效……", "把改动作为新的版本，以后的任务包就按它", self.put_in_force),
        ):
            button = QPushButton(text)
            button.setToolTip(hint)
            button.clicked.connect(lambda _on=False, act=act: act())
            button.setEnabled(office)
            row.addWidget(button)
            self.buttons[text] = button
        self.buttons["生效……"].setProperty("tone", "main")
        self.excel = PlanExcel(self.session, self.buttons["到 Excel……"])
        self.handing = HandoutButton(self.session)
        row.addWidget(self.handing)
        row.stretch()
        self._switch(row)
        return holder

    def _switch(self, row: FlowLayout) -> None:
        """The buttons of the two views of assignments."""
        self.views, self.view = {}, PARTS
        group = QButtonGroup(self)
        for view, text, hint in ((PARTS, "逐项", "一项任务一项任务地看和确认"), (GRID, "表格", "全部分工在一张表里")):
            button = self.views[view] = QPushButton(text)
            button.setToolTip(hint)
            button.setCheckable(True)
            button.setProperty("tone", "chip")
            button.clicked.connect(lambda _on=False, v=view: self.show_as(v))
            group.addButton(button)
            row.addWidget(button)
        self.views[PARTS].setChecked(True)

    ## state

    @property
    def grid(self) -> Grid:
        """The grid of the current table."""
        return self.grids[self.table.name]

    def show_table(self, table: Form) -> None:
        """Turn to a table. Text being typed is stored first; if it cannot be read, the page stays where it is."""
        if not self.finish_typing():
            self.segments[self.table.name].setChecked(True)
            return
        self.table = table
        if table.name not in self.grids:
            grid = Grid(self.desk, RecordTable(self.desk, self.desk.form(table), self), self.look)
            self.grids[table.name] = grid
            self.stack.addWidget(grid)
            grid.stand_on(grid.first_cell())
        self.segments[table.name].setChecked(True)
        self.show_as(self.view)

    @override
    def finish_typing(self) -> bool:
        """Store the text of an open editor; False if it cannot be read."""
        return not self.grids or self.grid.finish_typing()

    def show_as(self, view: str) -> None:
        """Show assignments by task or as a grid; other tables are always grids."""
        self.view, assigning = view, self.table is ASSIGNMENTS
        front = self.parts if assigning and view == PARTS else self.grid
        self.views[view].setChecked(True)
        self.stack.setCurrentWidget(front)
        self._catch_up()
        self.setFocusProxy(front)
        for button in self.views.values():
            button.setVisible(assigning)
        for text in ("确认选中的", "插入行", "删除行"):
            self.buttons[text].setVisible(front is self.grid)
        self.buttons["确认整项任务"].setVisible(assigning and front is self.grid)
        self._say()

    @override
    def follow(self, changes: Sequence[Change]) -> None:
        """Show a change that was written."""
        self.desk.forget()
        self.behind = {*self.grids, PARTS}
        self._catch_up()
        self._say()

    def _catch_up(self) -> None:
        """Update the visible view; the others are updated when they are shown."""
        if self.stack.currentWidget() is self.parts:
            if PARTS in self.behind:
                self.parts.follow()
        elif self.table.name in self.behind:
            shown = self.grid.table
            shown.form = self.desk.form(self.table)
            shown.fields = list(shown.form.fields)
            shown.follow()
        self.behind -= {PARTS if self.stack.currentWidget() is self.parts else self.table.name}

    def _say(self) -> None:
        draft, plan = self.desk.draft, self.session.space.plan
        unsure, faults = sum(draft.unsure.values()), draft.faults
        self.sentence.setText(f"还有{unconfirmed_sentence(draft.unsure)}" if unsure else "方案都确认了")
        if faults:
            wrong = of_draft([f for f, _ in faults], draft.tables, plan.lists)
            changed = f"有{len(wrong)}处不对，改好才能生效：{wrong[0]}"
        elif draft.changed:
            changed = f"草稿里有{self._waiting()}还没有生效"
        else:
            changed = "没有改动"
        last = versions(self.session.space)[-1:]
        when = f"，{last[0]['at'][:16].replace('T', ' ')}生效" if last else ""
        self.second.setText(f"{plan.title}　{plan.version}版{when}　{changed}")
        self.second.setToolTip("\n".join(describe(d) for d in draft.differences[:30]))
        for table in ORDER:
            left = draft.unsure[table.name]
            self.segments[table.name].setText(f"{table.title} {left}" if left else table.title)
        office = self.session.space.role == Role.OFFICE
        self.buttons["生效……"].setEnabled(office and draft.changed and not faults)
        self.buttons["放弃改动"].setEnabled(office and draft.started)

    def _waiting(self) -> str:
        """The content of the draft: a number of changes, or the plan of another year."""
        draft, plan = self.desk.draft, self.session.space.plan
        if draft.plan and draft.plan.year != plan.year:
            return f"{draft.plan.year}年的方案（{draft.plan.title}）"
        return f"{len(draft.differences)}处改动"

    ## actions of the office

    def confirm(self) -> None:
        """Confirm the chosen rows."""
        lines = [self.grid.table.lines[r[0].row()].row for r in self.grid.block()]
        ids = [str(r["id"]) for r in lines if r is not None]
        changes = self.desk.draft.confirm(self.table, ids)
        self.desk.edit(f"确认{len(changes)}行", changes)

    def confirm_task(self) -> None:
        """Confirm every assignment of the tasks of the chosen rows."""
        draft, label = self.desk.draft, ASSIGNMENTS.field("task").label
        lines = [self.grid.table.lines[r[0].row()].row for r in self.grid.block()]
        tasks = {draft.cells[str(r["id"])][label] for r in lines if r is not None}
        ids = [i for i in draft.ids(ASSIGNMENTS.name) if draft.cells[i][label] in tasks]
        changes = draft.confirm(ASSIGNMENTS, ids)
        self.desk.edit(f"确认{'、'.join(sorted(tasks)[:3])}的{len(changes)}处分工", changes)

    @override
    def next_item(self, way: int) -> bool:
        """F8: go to the next or previous unconfirmed place, of this table, then of the others; False
        if there is none.
        """
        unsure = self.desk.draft.unsure
        if not any(unsure.values()):
            return False
        if not unsure[self.table.name]:
            self.show_table(next(t for t in ORDER if unsure[t.name]))
        if self.stack.currentWidget() is self.parts:
            return self.parts.next_unsure(way)
        ids, here = self.desk.draft.ids(self.table.name), max(self.grid.currentIndex().row(), 0)
        ring = ids[here + 1 :] + ids[: here + 1] if way > 0 else (ids[here:] + ids[:here])[::-1]
        found = next(i for i in ring if self.desk.draft.is_unsure(self.table, i))
        self.grid.stand_on(self.grid.table.place(found, "confirmed"))
        self.grid.setFocus()
        return True

    @property
    @override
    def next_words(self) -> str:
        """The text of F8 on this page; '' if everything is confirmed."""
        return "下一处待确认" if any(self.desk.draft.unsure.values()) else ""

    def next_year(self) -> None:
        """Ask for next year's title and what to copy, then put its plan into the draft."""
        if self.desk.draft.changed:
            why = f"草稿里还有{self._waiting()}没有生效；请先按“生效”或“放弃改动”，再做新年度"
            self.session.message.emit(why, "red")
            return
        box = NewYearBox(self.desk.draft.tables, self.look, self)
        if box.exec() == QDialog.DialogCode.Accepted:
            run(self.session, lambda: self.session.edit("方案：新年度", self.desk.draft.replace(box.tables)))

    def show_versions(self) -> None:
        """Show all versions of the plan."""
        VersionsBox(all_versions(self.session.space), self.look, self).exec()

    def discard(self) -> None:
        """Discard the draft; undo brings it back."""
        self.session.edit("方案：放弃改动", self.desk.draft.discard())

    def put_in_force(self) -> None:
        """Show the differences, then put the draft in force if the user agrees."""
        draft = self.desk.draft
        lines, count = describe_all(draft.differences), len(draft.differences)
        text = "\n".join(lines[:12]) + (f"\n……还有{len(lines) - 12}种改动" if len(lines) > 12 else "")
        if self.asked("生效", f"以下{count}处改动作为新的版本生效：\n{text}", "生效"):
            run(self.session, lambda: self._force(dict(draft.texts)))

    def _force(self, texts: dict[str, str], sure: bool = False, correct: bool = False) -> None:
        try:
            plan = put_in_force(self.session.space, texts, sure, correct=correct)
        except Correcting as why:
            if self.asked("勘误", f"{why}。\n" + "\n".join(why.details[:12]), "确认勘误"):
                self._force(texts, sure, correct=True)
            return
        except Written as why:
            if self.asked(
                "单位已经填过", f"{why}\n" + "\n".join(why.details[1:12]) + "\n填的内容仍保留，但不再上报。", "仍要删去"
            ):
                self._force(texts, True, correct)
            return
        self.session.refresh()
        self.session.message.emit(f"方案{plan.version}版已生效，可以下发任务包了", "saved")

    def asked(self, title: str, text: str, go: str) -> bool:
        """Ask a question; True if the user agrees."""
        return asked(self, title, text, go)
