"""Plans for tests: the built-in one with other cells."""

import csv
import io
from collections.abc import Mapping

from models.plan.plan import Plan
from models.plan.reader import read_texts

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


def set_about(plan: Plan, **rows: str) -> Plan:
    """The plan with other rows in its table 方案."""
    return read_texts(edited(plan.texts, "plan", "项目", {k: {"内容": v} for k, v in rows.items()}))
