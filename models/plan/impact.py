"""What a newer plan means for one unit (方案变化): lines added, removed and reworded, shown before it is taken over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.plan.diff import CHANGED, PlanDifference, compare
from models.plan.plan import Plan

GONE, NEW, RENAMED, ALTERED, OTHER = "不再有", "新增", "改名", "改动", "其他"
OF_LINES = ("tasks", "indicators")
QUIET = ("clause", "confirmed")  # what a unit need not know of its lines


@dataclass(frozen=True)
class News:
    """One difference for the unit: its kind, the entry, the text before and after."""

    kind: str
    what: str
    before: str = ""
    after: str = ""


def news(old: Plan, new: Plan, unit: str, typed: Mapping[str, int]) -> list[News]:
    """The differences for the unit, losses first. `typed` counts the lines it wrote, by plan line."""
    if old.digest == new.digest:
        return []
    differences = compare(old, new)
    lost, come, kept = _lines(old, unit), _lines(new, unit), _lines(old, unit).keys() & _lines(new, unit).keys()
    told = [News(GONE, lost[i], _kept(typed.get(i, 0)), "新方案没有") for i in lost if i not in come]
    told += [News(NEW, come[i], "原来没有", "要填报") for i in come if i not in lost]
    told += [n for d in differences if d.list in OF_LINES and d.id in kept for n in _altered(d)]
    told += _parts(old, new, unit)
    told += [News(ALTERED, f"{d.name}{d.label}", d.before, d.after)
             for d in differences if d.list == "periods" and d.kind == CHANGED]  # fmt: skip
    rest = [d for d in differences if d.list not in (*OF_LINES, "periods", "assignments")]
    return told + list(_rest(rest))


def _lines(plan: Plan, unit: str) -> dict[str, str]:
    tasks = {task.id: task.text for task, _part in plan.tasks_of(unit)}
    return tasks | {i.id: i.name for i in plan.indicators_of(unit)}


def _kept(count: int) -> str:
    return f"填过{count}行，仍保留，可以看" if count else "没有填过"


def _altered(d: PlanDifference) -> Iterator[News]:
    if d.kind == CHANGED and d.field not in QUIET:
        yield News(RENAMED if d.field in ("text", "name") else ALTERED, f"{d.name}：{d.label}", d.before, d.after)


def _parts(old: Plan, new: Plan, unit: str) -> Iterator[News]:
    before = {task.id: part for task, part in old.tasks_of(unit)}
    for task, part in new.tasks_of(unit):
        if task.id in before and before[task.id] != part:
            was, is_now = (p.find("role", r).name for p, r in ((old, before[task.id]), (new, part)))
            yield News(ALTERED, f"{task.text}：分工", was, is_now)


def _rest(differences: list[PlanDifference]) -> Iterator[News]:
    counted: dict[str, int] = {}
    for d in differences:
        counted[d.title] = counted.get(d.title, 0) + 1
    for title, count in counted.items():
        yield News(OTHER, title, "", f"改了{count}处")


def summary(told: list[News], kept: int) -> str:
    """One sentence: how many lines are unchanged, and how many differences of each kind there are."""
    count = {kind: sum(n.kind == kind for n in told) for kind in (GONE, NEW, RENAMED, ALTERED)}
    parts = [f"{kind}{n}项" for kind, n in count.items() if n]
    return "，".join([f"{kept}项任务和指标照旧", *parts])


def kept_lines(old: Plan, new: Plan, unit: str) -> int:
    """How many lines of the plan the unit keeps."""
    return len(_lines(old, unit).keys() & _lines(new, unit).keys())
