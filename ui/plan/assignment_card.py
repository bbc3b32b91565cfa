"""The selected task: its text, its units as chips, why they were guessed, and the actions on them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from html import escape

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from models.plan_editing.assignments import DraftAssignment, TaskAssignments, addable
from models.plan_editing.draft import PlanDraft
from ui.plan.assignment_chip import AssignmentChip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.heading import label, rule, scrolled
from ui.widgets.pinyin import fits
from ui.widgets.theme import Theme


class AssignmentAction(StrEnum):
    """What the office does with an assignment (办理)."""

    CONFIRM = "confirm"
    LEAD = "lead"
    REMOVE = "remove"
    ALL = "all"


ACTS = (
    (AssignmentAction.CONFIRM, "确认", "Enter", "这个单位、这个分工是对的；以后的任务包里不再写“待确认”"),
    (AssignmentAction.LEAD, "改成牵头", "L", "由这个单位牵头，原来牵头的改为配合"),
    (AssignmentAction.REMOVE, "不是它", "Del", "这项任务与这个单位无关，去掉"),
    (AssignmentAction.ALL, "全部确认", "", "这项任务的各单位都确认下来"),
)
KEYS = {
    Qt.Key.Key_Return: AssignmentAction.CONFIRM,
    Qt.Key.Key_Enter: AssignmentAction.CONFIRM,
    Qt.Key.Key_Delete: AssignmentAction.REMOVE,
    Qt.Key.Key_L: AssignmentAction.LEAD,
}
ALONG = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
TASKS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class AssignmentCard(QFrame):
    """One task. `acted` carries an action, `added` the code of a unit, `stepped` the direction to another task."""

    acted = Signal(str)
    added = Signal(str)
    stepped = Signal(int)

    def __init__(self, look: Theme, office: bool) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.look, self.office, self.front, self.at = look, office, "", 0
        self.task: TaskAssignments | None = None
        self.chips: list[AssignmentChip] = []
        column = scrolled(self)
        column.setContentsMargins(look.size(16), look.size(12), look.size(16), look.size(12))
        column.setSpacing(look.size(8))
        self.text = label(column, tone="section")
        self.holder = QWidget()
        self.flow = FlowLayout(self.holder, (0, 0, 0, 0), look.size(6))
        column.addWidget(self.holder)
        self.who = label(column, tone="second")
        column.addWidget(self._buttons())
        column.addLayout(self._adding())
        rule(column)
        self.source, self.why = label(column, tone=""), label(column, tone="")
        for marked in (self.source, self.why):
            marked.setTextFormat(Qt.TextFormat.RichText)
        self.about = label(column, tone="second")
        column.addStretch(1)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        row = FlowLayout(holder, (0, 0, 0, 0), self.look.size(6))
        self.buttons: dict[str, QPushButton] = {}
        for what, text, key, hint in ACTS:
            button = self.buttons[what] = QPushButton(f"{text}　{key}".strip())
            button.setToolTip(hint)
            button.clicked.connect(lambda _on=False, w=what: self.acted.emit(w))
            row.addWidget(button)
        self.buttons[AssignmentAction.CONFIRM].setProperty("tone", "main")
        return holder

    def _adding(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.adding = QLineEdit()
        self.adding.setPlaceholderText("加一个单位：打字或拼音首字母，回车")
        self.adding.setAccessibleName("加一个单位")
        self.adding.setEnabled(self.office)
        self.names = QStringListModel(self)
        completer = QCompleter(self.names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)  # filtered here, by pinyin too
        self.adding.setCompleter(completer)
        self.adding.textEdited.connect(lambda typed: self.names.setStringList(self._fitting(typed)))
        self.adding.returnPressed.connect(self._add)
        self.wrong = QLabel()
        self.wrong.setProperty("tone", "red")
        self.wrong.hide()
        row.addWidget(self.adding, 1)
        row.addWidget(self.wrong)
        return row

    ## state

    def show_task(self, task: TaskAssignments | None, all: Sequence[TaskAssignments], draft: PlanDraft) -> None:
        """Show a task; for the same one after a change, the focus is kept."""
        focused, same = any(c.hasFocus() for c in self.chips), bool(task and self.task and task.id == self.task.id)
        before, self.task, self.all = self.task, task, all
        self.free = {o.short or o.name: o.id for o in addable(draft, task)} if task else {}
        self.setEnabled(task is not None)
        self.text.setText(task.text if task else "没有这样的任务")
        self.about.setText(f"{task.id}　{task.action}　年度目标：{task.goal}" if task else "")
        self.source.setText(f"<b>方案出处</b>　{escape(task.clause)}" if task else "")
        self.why.setText(_reasons(task) if task else "")
        if not same:
            self.adding.clear()
            self._say_wrong("")
        if not same or (before and task and before.parts != task.parts):
            self._build(focused, same)

    def _build(self, focused: bool, same: bool) -> None:
        for chip in self.chips:
            self.flow.takeAt(0)
            chip.hide()
            chip.deleteLater()
        parts = self.task.parts if self.task else ()
        self.chips = [AssignmentChip(self.look, p, self.key, self.holder) for p in parts]
        for chip in self.chips:
            chip.clicked.connect(lambda _on=False, c=chip: self.choose(c.part.id))
            self.flow.addWidget(chip)
            chip.show()
        ids = [p.id for p in parts]
        near = ids[min(self.at, len(ids) - 1)] if ids else ""
        first = next((p.id for p in parts if not p.sure), ids[0] if ids else "")
        self.choose(self.front if self.front in ids else near if same else first, focused)

    def choose(self, id: str, focus: bool = True) -> None:
        """Select an assignment by its id, and focus its chip if `focus`."""
        self.front = id
        for n, chip in enumerate(self.chips):
            mine = chip.part.id == id
            chip.setChecked(mine)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if mine else Qt.FocusPolicy.ClickFocus)
            if mine:
                self.at = n
            if mine and focus:
                chip.setFocus(Qt.FocusReason.TabFocusReason)
        part = self.chosen()
        for what, button in self.buttons.items():
            button.setEnabled(self.office and part is not None and _makes_sense(what, part, self.task))
        self.who.setText(self._record(part) if part else "还没有单位，请在下面加上")

    def choose_unit(self, code: str) -> None:
        """Select the assignment of a unit without moving the focus."""
        self.choose(next((c.part.id for c in self.chips if c.part.unit == code), self.front), focus=False)

    def chosen(self) -> DraftAssignment | None:
        """The selected assignment; None for none."""
        return next((c.part for c in self.chips if c.part.id == self.front), None)

    def name_of(self, code: str) -> str:
        """The displayed name of a unit that can be added."""
        return next((n for n, c in self.free.items() if c == code), code)

    def _record(self, part: DraftAssignment) -> str:
        mine = [p for t in self.all for p in t.parts if p.unit == part.unit]
        leads = sum(p.lead for p in mine)
        return f"{part.full}　{part.unit}，共有{len(mine)}项任务，其中牵头{leads}项"

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.choose(self.front)

    ## keys

    def key(self, event: QKeyEvent) -> bool:
        """Left and right move between chips, up and down between tasks; Enter, Delete and L act. True if the key was
        used.
        """
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if key in ALONG:
            at = self.at + ALONG[key]
            if 0 <= at < len(self.chips):
                self.choose(self.chips[at].part.id)
        elif key in TASKS:
            self.stepped.emit(TASKS[key])
        elif key in KEYS:
            if self.buttons[KEYS[key]].isEnabled():
                self.acted.emit(KEYS[key])
        else:
            return False
        return True

    ## adding a unit

    def _fitting(self, typed: str) -> list[str]:
        return [n for n in self.free if fits(typed, n)]

    def _add(self) -> None:
        typed = self.adding.text().strip()
        hits = [typed] if typed in self.free else self._fitting(typed)
        if not typed:
            return
        if len(hits) == 1:
            self.adding.clear()
            self._say_wrong("")
            self.added.emit(self.free[hits[0]])
            return
        there = any(fits(typed, p.name) for p in (self.task.parts if self.task else ()))
        none = "已经在里面了" if there else f"没有“{typed}”这个单位"
        self._say_wrong(f"有{len(hits)}个单位像它，再打几个字" if hits else none)

    def _say_wrong(self, text: str) -> None:
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))


def _makes_sense(what: str, part: DraftAssignment, task: TaskAssignments | None) -> bool:
    """Whether an action can be applied to the assignment."""
    no: Mapping[str, bool] = {
        AssignmentAction.CONFIRM: part.sure,
        AssignmentAction.LEAD: part.lead,
        AssignmentAction.ALL: not (task and task.unsure),
    }
    return not no.get(what, False)


def _reasons(task: TaskAssignments) -> str:
    """Why each unit was guessed, grouped by reason."""
    found: dict[str, list[str]] = {}
    for part in task.parts:
        found.setdefault(part.why or "没有写依据", []).append(part.name)
    lines = [f"<p style='margin:4px 0'>{escape('、'.join(names))}：{escape(why)}</p>" for why, names in found.items()]
    return "<b>为什么这样猜</b>" + "".join(lines) if lines else ""
