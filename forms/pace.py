"""序时: how far something should be on a day. A task goes from its start to its own due day, or through its 节点."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from forms.field import Context, PeriodLike, PlanLike, Row, share_of_days

TENTH, FULL = Decimal("0.1"), Decimal(100)


class Step(NamedTuple):
    """How much of a task, in percent, should be done when a day ends."""

    day: date
    percent: Decimal


def reference_day(period: PeriodLike, today: date) -> date:
    """The day from which a period is seen: today while it runs, its first day before, its last one ever after."""
    return min(max(today, period.start), period.end)


def pace(task: Any, plan: PlanLike, day: date, allowed: date | None = None) -> Decimal | None:
    """序时 of a task of the plan on a day, in percent with one decimal; None where it has neither a due day nor 节点.
    `allowed` is a later due day that the county allowed.
    """
    start, found, due = task.start or plan.start, plan.milestones_of(task.id), allowed or task.due
    if not found:
        return share_of_days(start, due, day) if due else None
    before = date.fromordinal(start.toordinal() - 1)  # the start is a day of work, too
    steps = [Step(before, Decimal(0)), *(Step(m.day, m.percent) for m in found)]
    if due and due > steps[-1].day:
        steps.append(Step(due, FULL))
    return _between(steps, day)


def _between(steps: Sequence[Step], day: date) -> Decimal:
    """The percentage on a day, on the straight line between the steps before and after it."""
    for a, b in pairwise(steps):
        if day < b.day:
            gone = Decimal(max(0, (day - a.day).days)) / (b.day - a.day).days
            return (a.percent + (b.percent - a.percent) * gone).quantize(TENTH, ROUND_HALF_UP)
    return steps[-1].percent.quantize(TENTH)


def row_pace(row: Row, ctx: Context, allowed: date | None = None) -> Decimal | None:
    """序时 of a line of the 任务清单; None where its task has none, or the plan no longer has the task. `allowed` is the due
    day that the county allowed; where none is given, the one that the context knows.
    """
    task = ctx.plan.find("tasks", row.get("task") or "")
    later = allowed or ctx.dues.get(row.get("line") or "")
    return pace(task, ctx.plan, ctx.today, later) if task else None


def next_milestone(task: str, plan: PlanLike, day: date) -> Any:
    """The next 节点 of a task after a day, or None."""
    return next((m for m in plan.milestones_of(task) if m.day > day), None)
