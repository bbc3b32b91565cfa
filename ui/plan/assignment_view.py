"""逐项: assignments task by task: tasks on the left, the units of the selected one as chips, confirmed with a key."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from forms.plan_tables import ASSIGNMENTS
from forms.states import Role
from models.plan_editing.assignments import DraftAssignment, TaskAssignments, add_unit, make_lead, tasks_of
from models.store.change import Change
from ui.plan.assignment_card import AssignmentAction, AssignmentCard
from ui.plan.draft_source import DraftSource
from ui.plan.task_list import TaskList
from ui.widgets.icons import dress_search
from ui.widgets.pinyin import fits
from ui.widgets.theme import Theme


class AssignmentView(QWidget):
    """The assignments of all tasks. `message` carries a sentence for the foot."""

    message = Signal(str)

    def __init__(self, desk: DraftSource, look: Theme) -> None:
        super().__init__()
        self.desk, self.look, self.front = desk, look, ""
        self.tasks: list[TaskAssignments] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.size(12))
        left = QVBoxLayout()
        left.setSpacing(look.size(6))
        left.addLayout(self._filters())
        self.list = TaskList(look)
        self.list.currentItemChanged.connect(lambda *_: self._turned())
        left.addWidget(self.list, 1)
        row.addLayout(left, 5)
        self.card = AssignmentCard(look, desk.space.role == Role.OFFICE)
        row.addWidget(self.card, 6)
        self.card.acted.connect(self.act)
        self.card.added.connect(self.add)
        self.card.stepped.connect(self.step)
        self.list.itemActivated.connect(lambda _item: self.card.setFocus())
        self.setFocusProxy(self.card)
        self.follow()

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.searching = QLineEdit()
        self.searching.setPlaceholderText("找任务、单位：字或拼音首字母")
        dress_search(self.searching, self.look)
        self.searching.setAccessibleName("找任务")
        self.searching.setClearButtonEnabled(True)
        self.searching.textChanged.connect(lambda _text: self._filter())
        self.searching.returnPressed.connect(lambda: self.card.setFocus())
        self.only = QPushButton("只看待确认")
        self.only.setCheckable(True)
        self.only.setProperty("tone", "chip")
        self.only.clicked.connect(lambda: self._filter())
        row.addWidget(self.searching, 1)
        row.addWidget(self.only)
        return row

    ## state

    def follow(self) -> None:
        """Read the assignments again after a change."""
        self.tasks = tasks_of(self.desk.draft)
        self.only.setText(f"只看待确认 {sum(t.unsure for t in self.tasks)}")
        self._filter()

    def _filter(self) -> None:
        word, only = self.searching.text().strip(), self.only.isChecked()
        kept = [t for t in self.tasks if _matches(word, t) and (t.unsure or t.id == self.front or not only)]
        self.list.show_tasks(kept, self.front)
        self._turned()

    def _turned(self) -> None:
        task = self.list.chosen()
        if task and task in self.tasks:  # not while the list is being filled
            self.front = task.id
        self.card.show_task(task, self.tasks, self.desk.draft)

    def go_to(self, task: TaskAssignments, part: DraftAssignment) -> None:
        """Select an assignment, even if the filter hides its task."""
        if task.id not in {t.id for t in self.list.tasks()}:
            self.searching.clear()
        self.front = task.id
        self._filter()
        self.card.choose(part.id)

    def next_unsure(self, way: int = 1) -> bool:
        """Select the next (1) or previous (-1) unconfirmed assignment; False if there is none."""
        all = [(t, p) for t in self.tasks for p in t.parts]
        here = [n for n, (t, p) in enumerate(all) if t.id == self.front and p.id == self.card.front]
        at = here[0] if here else -1
        ring = all[at + 1 :] + all[: at + 1] if way > 0 else (all[at:] + all[: max(at, 0)])[::-1]
        found = next(((t, p) for t, p in ring if not p.sure), None)
        if found:
            self.go_to(*found)
        return found is not None

    def step(self, way: int) -> None:
        """Select the next (1) or previous (-1) task of the list; the focus stays on the chips."""
        at = self.list.currentRow() + way
        if 0 <= at < self.list.count():
            self.list.setCurrentRow(at)
            self.card.setFocus()

    ## actions of the office

    def act(self, what: str) -> None:
        """Confirm, make lead or remove the selected assignment, or confirm all of its task."""
        task, part, draft = self.list.chosen(), self.card.chosen(), self.desk.draft
        if task is None or (part is None and what != AssignmentAction.ALL):
            return
        if what == AssignmentAction.ALL:
            ids = [p.id for p in task.parts]
            self._write(f"确认{task.id}的{task.unsure}处分工", draft.confirm(ASSIGNMENTS, ids))
        elif part is None:
            return
        elif what == AssignmentAction.CONFIRM:
            after = self._after(task, part)
            self._write(f"确认{task.id} {part.name}", draft.confirm(ASSIGNMENTS, [part.id]))
            self.card.choose(after)
        elif what == AssignmentAction.LEAD:
            after = self._after(task, part)
            self._write(f"{task.id}由{part.name}牵头", make_lead(draft, task, part))
            self.card.choose(after)
        elif what == AssignmentAction.REMOVE:
            self._write(f"{task.id}去掉{part.name}", draft.remove([part.id]))

    def _after(self, task: TaskAssignments, part: DraftAssignment) -> str:
        """The id of the next unconfirmed assignment of the task; of the same one if all others are confirmed."""
        at = task.parts.index(part)
        ring = [*task.parts[at + 1 :], *task.parts[:at]]
        after = next((p.id for p in ring if not p.sure), "")
        if not after and not part.sure:
            self.message.emit(f"{task.id}都确认了，F8 到下一处待确认")
        return after or part.id

    def add(self, unit: str) -> None:
        """Add a unit to the selected task."""
        if task := self.list.chosen():
            changes = add_unit(self.desk.draft, task, unit)
            self._write(f"{task.id}加上{self.card.name_of(unit)}", changes)
            self.card.choose_unit(unit)

    def _write(self, label: str, changes: Sequence[Change]) -> None:
        self.desk.edit(label, changes)


def _matches(word: str, task: TaskAssignments) -> bool:
    """Whether the typed text is in the task's number or text, or in a unit's name."""
    return not word or any(fits(word, text) for text in (task.id, task.text, *(p.name for p in task.parts)))
