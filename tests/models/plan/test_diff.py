"""Two versions of a plan, told apart entry by entry in the words people read."""

import csv
import io
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan.diff import compare
from models.plan.plan import Plan
from models.plan.reader import read_built_in, read_texts
from tests.effort import cases

OLD = read_built_in()
Lines = list[dict[str, str]]


def edited(table: str, edit: Callable[[Lines], object]) -> Plan:
    """The built-in plan with one of its files changed."""
    lines = list(csv.DictReader(io.StringIO(OLD.texts[table], newline="")))
    names = list(lines[0])
    edit(lines)
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(lines)
    return read_texts({**OLD.texts, table: out.getvalue()})


def test_the_same_plan_has_no_differences() -> None:
    assert compare(OLD, OLD) == []


def test_a_target_that_changed_is_described_with_both_texts() -> None:
    first = OLD.indicators[0]
    new = edited("indicators", lambda lines: lines[0].update(目标表述="增长一成"))
    (found,) = compare(OLD, new)
    assert (found.list, found.id, found.name, found.kind) == ("indicators", first.id, first.name, "changed")
    assert (found.field, found.label, found.before, found.after) == ("wording", "目标表述", first.wording, "增长一成")


def test_references_are_described_by_name() -> None:
    other = OLD.units[3]
    new = edited("actions", lambda lines: lines[0].update(牵头单位=other.code))
    (found,) = compare(OLD, new)
    assert found.before == OLD.find("units", OLD.actions[0].lead).name
    assert found.after == other.name


def test_an_assignment_taken_out_names_task_and_unit() -> None:
    support = next(
        n for n, a in enumerate(csv.DictReader(io.StringIO(OLD.texts["assignments"]))) if a["分工"] != "牵头"
    )
    new = edited("assignments", lambda lines: lines.pop(support))
    (found,) = compare(OLD, new)
    assert found.kind == "removed"
    task = found.id.split("/")[0]
    assert found.name.startswith(OLD.find("tasks", task).text)


@given(n=st.integers(0, len(OLD.tasks) - 1), text=st.text("新改任务内容", min_size=2, max_size=8))
@settings(max_examples=cases(20, 500))
def test_both_ways_tell_the_same(n: int, text: str) -> None:
    new = edited("tasks", lambda lines: lines[n].update(重点任务=text))
    there, back = compare(OLD, new), compare(new, OLD)
    assert [(d.id, d.field, d.before, d.after) for d in there] == [(d.id, d.field, d.after, d.before) for d in back]
    mine = [d for d in there if d.list == "tasks"]
    assert [(d.id, d.after) for d in mine] == [(OLD.tasks[n].id, text)]
