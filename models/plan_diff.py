"""What differs between two versions of a plan: entry by entry and field by field, in the words people read."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from forms.choices import FromPlan
from forms.form import Form
from forms.kind import Kind, Unreadable
from forms.plan_tables import PLAN_TABLES
from models.plan import Plan

KEYED = {"choices": ("of", "id"), "assignments": ("task", "unit")}  # else the first field tells the entries apart
NAMED = ("name", "text", "key")  # which field names an entry to people
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Difference:
    """One difference: `list` and `title` the table, `id` and `name` the entry (of a removed one as it was), `kind`
    added, removed or changed; of a changed one the `field`, its `label`, and the text `before` and `after`.
    """

    list: str
    title: str
    id: str
    name: str
    kind: str
    field: str = ""
    label: str = ""
    before: str = ""
    after: str = ""


def compare(old: Plan, new: Plan) -> list[Difference]:
    """The differences in the order of the tables and of their entries; removed entries come first in each table.
    Values are as people read them: names instead of ids, 是/否, 2024年3月5日.
    """
    return [d for table in PLAN_TABLES for d in _of_table(table, _entries(table, old), _entries(table, new))]


Entries = Mapping[tuple[str, ...], Mapping[str, str]]  # key → field name → shown text


def _entries(table: Form, plan: Plan) -> Entries:
    lines = csv.DictReader(io.StringIO(plan.texts.get(table.name, ""), newline=""))
    rows = [{f.name: (line.get(f.label) or "").strip() for f in table.fields} for line in lines]
    rows = [r for r in rows if any(r.values())]
    kinds = {f.name: f.kind.bind(plan.lists.get(f.kind.of, ())) if isinstance(f.kind, FromPlan) else f.kind
             for f in table.fields}  # fmt: skip
    return {_key(table, r): {n: _shown(kinds[n], text) for n, text in r.items()} for r in rows}


def _key(table: Form, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[n] for n in KEYED.get(table.name, (table.fields[0].name,)))


def _shown(kind: Kind, text: str) -> str:
    try:
        return kind.show(kind.parse(text))
    except Unreadable:
        return text


def _of_table(table: Form, old: Entries, new: Entries) -> Iterator[Difference]:
    for key in (k for k in old if k not in new):
        yield _whole(table, key, old[key], REMOVED)
    for key, row in new.items():
        if key not in old:
            yield _whole(table, key, row, ADDED)
            continue
        for f in table.fields:
            if old[key][f.name] != row[f.name]:
                one = _whole(table, key, row, CHANGED)
                yield Difference(
                    one.list, one.title, one.id, one.name, CHANGED, f.name, f.label, old[key][f.name], row[f.name]
                )


def _whole(table: Form, key: tuple[str, ...], row: Mapping[str, str], kind: str) -> Difference:
    return Difference(table.name, table.title, "/".join(key), _name(table, row), kind)


def _name(table: Form, row: Mapping[str, str]) -> str:
    if table.name in KEYED:
        words = KEYED[table.name] if "name" not in row else ("of", "name")
        return "：".join(row[n] for n in words)
    return next((row[n] for n in NAMED if n in row), "")
