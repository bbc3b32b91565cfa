"""Plans for tests: the built-in one with other cells, and a small one."""

import csv
import io
from collections.abc import Callable, Mapping

from models.plan.plan import Plan
from models.plan.reader import read_built_in, read_texts
from models.workspace import Workspace

Edits = Mapping[str, Mapping[str, str]]  # key of a row → heading → text


def edited(texts: Mapping[str, str], table: str, key: str, rows: Edits, drop: tuple[str, ...] = ()) -> dict[str, str]:
    """The plan's files with other cells in the rows whose column `key` is named; a row not there yet is added at the end,
    those of `drop` go.
    """
    reader = csv.DictReader(io.StringIO(texts[table], newline=""))
    have = {r[key]: r for r in reader if r[key] not in drop} if key in (reader.fieldnames or ()) else {}
    heads = list(dict.fromkeys([*(reader.fieldnames or ()), *(h for cells in rows.values() for h in cells)]))
    for name, cells in rows.items():
        have[name] = {**have.get(name, {key: name}), **cells}
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heads, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(have.values())
    return {**texts, table: out.getvalue()}


def changed(plan: Plan, table: str, key: str, rows: Edits, text: str = "") -> Plan:
    """The plan with other cells; `text` is a table's new content."""
    return read_texts({**plan.texts, table: text} if text else edited(plan.texts, table, key, rows))


def with_head_rows(plan: Plan, **rows: str) -> Plan:
    """The plan with other rows in its table 方案."""
    return read_texts(edited(plan.texts, "plan", "项目", {k: {"内容": v} for k, v in rows.items()}))


def only(texts: Mapping[str, str], table: str, keep: Callable[[dict[str, str]], bool], **cells: str) -> dict[str, str]:
    """The plan's files with just some rows of a table, with the same `cells` in each."""
    reader = csv.DictReader(io.StringIO(texts[table], newline=""))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, **cells} for row in reader if keep(row))
    return {**texts, table: out.getvalue()}


UNITS = ("430527507", "430527505", "430527528", "430527101", "430527102", "430527106")
TASKS = ("CY-001", "CY-002", "CY-003", "CY-004")


def small_plan() -> Plan:
    """A plan of one action, six units, four tasks, each with a lead and a supporting unit, and two indicators."""
    texts = dict(read_built_in().texts)
    texts = only(texts, "units", lambda r: r["代码"] in UNITS)
    texts = only(texts, "actions", lambda r: r["编号"] == "CY", 牵头单位=UNITS[0])
    texts = only(texts, "tasks", lambda r: r["编号"] in TASKS, 指标="")
    kept = [r["编号"] for r in csv.DictReader(io.StringIO(texts["indicators"])) if r["行动"] == "CY" and r["目标值"]][
        :2
    ]
    texts = only(texts, "indicators", lambda r: r["编号"] in kept, 牵头单位=UNITS[0], 参照指标="")
    parts = [
        f"{task},{unit},{role},已确认,"
        for n, task in enumerate(TASKS)
        for unit, role in ((UNITS[n % 3], "牵头"), (UNITS[3 + n % 3], "配合"))
    ]
    return read_texts({**texts, "assignments": "\n".join(["任务,单位,分工,确认,依据", *parts, ""])})


def office_over(space: Workspace, plan: Plan) -> Workspace:
    """The office's workspace with this plan as its first and only one."""
    space.store.conn.execute("DELETE FROM plan_files")
    space.store.keep_plan(plan.digest, plan.texts)
    space.take_plan(plan)
    return space
