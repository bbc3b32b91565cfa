"""The assignments (分工) in a draft of the plan, task by task: to be confirmed, corrected and completed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forms.kind import Option
from forms.plan_tables import ASSIGNMENTS, TASKS
from models.plan.plan import LEAD
from models.plan_editing.draft import CONFIRMED, YES, PlanDraft
from models.store.change import Change


@dataclass(frozen=True)
class DraftAssignment:
    """A unit's part in a task; `id` is its record, `name` the unit's name, `why` the ground for an inferred part."""

    id: str
    unit: str
    name: str
    full: str
    lead: bool
    sure: bool
    why: str


@dataclass(frozen=True)
class TaskAssignments:
    """A task and its parts, the lead first; `clause` is the place of the plan that it comes from."""

    id: str
    text: str
    action: str
    goal: str
    clause: str
    parts: tuple[DraftAssignment, ...]

    @property
    def unsure(self) -> int:
        """How many of its parts are still to be confirmed."""
        return sum(not p.sure for p in self.parts)


def tasks_of(draft: PlanDraft) -> list[TaskAssignments]:
    """All tasks of the draft in order, with their parts."""
    parts: dict[str, list[DraftAssignment]] = {}
    for task, part in _parts(draft):
        parts.setdefault(task, []).append(part)
    actions = {o.id: o.name for o in draft.lists["actions"]}
    found = []
    for id in draft.ids(TASKS.name):
        row = {f.name: draft.cells[id].get(f.label, "") for f in TASKS.fields}
        mine = sorted(parts.get(row["id"], ()), key=lambda p: not p.lead)
        action = actions.get(row["action"], row["action"])
        found.append(TaskAssignments(row["id"], row["text"], action, row["goal"], row["clause"], tuple(mine)))
    return found


def _parts(draft: PlanDraft) -> Iterator[tuple[str, DraftAssignment]]:
    units = {o.id: o for o in draft.lists["bearers"]}
    for id in draft.ids(ASSIGNMENTS.name):
        row = draft.values(ASSIGNMENTS, id)
        code = str(row["unit"] or "")
        unit = units.get(code, Option(code, code or "（没有写单位）"))
        lead, sure = row["role"] == LEAD, row[CONFIRMED] == YES
        yield (
            str(row["task"]),
            DraftAssignment(id, code, unit.short or unit.name, unit.name, lead, sure, str(row["why"] or "")),
        )


def make_lead(draft: PlanDraft, task: TaskAssignments, part: DraftAssignment) -> list[Change]:
    """The changes that make another unit the lead; the former lead becomes a supporting unit."""
    other = _support(draft)
    back = [c for p in task.parts if p.lead and p.id != part.id
            for c in draft.set(ASSIGNMENTS, p.id, {"role": other})]  # fmt: skip
    return [*back, *draft.set(ASSIGNMENTS, part.id, {"role": LEAD, CONFIRMED: YES})]


def add_unit(draft: PlanDraft, task: TaskAssignments, unit: str) -> list[Change]:
    """The changes that add a unit, confirmed; it is the lead where the task has none."""
    role = _support(draft) if any(p.lead for p in task.parts) else LEAD
    values = {"task": task.id, "unit": unit, "role": role, CONFIRMED: YES}
    return draft.add(ASSIGNMENTS, values, task.parts[-1].id if task.parts else "")


def _support(draft: PlanDraft) -> str:
    return str(next(o.id for o in draft.lists["role"] if o.id != LEAD))


def addable(draft: PlanDraft, task: TaskAssignments) -> Sequence[Option]:
    """The units that have no part in a task yet."""
    there = {p.unit for p in task.parts}
    return [o for o in draft.lists["bearers"] if o.id not in there]
