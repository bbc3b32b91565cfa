"""What differs between two versions of a plan: entry by entry and field by field, in the words people read."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from forms.form import Form
from forms.kind import Kind, Unreadable
from forms.plan_tables import PLAN_TABLES
from models.plan.plan import Plan

KEYED = {
    "choices": ("of", "id"),
    "assignments": ("task", "unit"),
    "milestones": ("task", "name"),
}  # else the first field tells the entries apart
ALIKE = 3  # entries that are named where more were changed alike
NAMED = ("name", "text", "key")  # which field names an entry to people
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class PlanDifference:
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

    @property
    def who(self) -> str:
        """The entry as people find it: its number with the beginning of its words; of a part the task, then the unit."""
        if self.list == "assignments":
            task, _, unit = self.name.rpartition("：")
            return f"{self.id.partition('/')[0]}“{cut(task)}”{unit}"
        return f"{self.id} {cut(self.name)}" if self.name and self.name != self.id else self.id


def compare(old: Plan, new: Plan) -> list[PlanDifference]:
    """The differences in the order of the tables and of their entries; removed entries come first in each table.
    Values are as people read them: names instead of ids, 是/否, 2024年3月5日.
    """
    same = old.lists == new.lists
    tables = [t for t in PLAN_TABLES if not same or old.texts.get(t.name) != new.texts.get(t.name)]
    return [d for table in tables for d in _of_table(table, _entries(table, old), _entries(table, new))]


def describe(difference: PlanDifference) -> str:
    """A difference in a few words, for a list."""
    d = difference
    if d.kind == CHANGED:
        return f"{d.title}{d.who}{_change(d)}"
    return f"{d.title}{'增加' if d.kind == ADDED else '删去'}{d.who}"


def describe_all(differences: Iterable[PlanDifference]) -> list[str]:
    """Differences a line each; where the same was done to many entries, one line counts them and names the first."""
    alike: dict[tuple[str, str], list[PlanDifference]] = {}
    for n, d in enumerate(differences):
        alike.setdefault((d.list, _change(d)) if d.kind == CHANGED else (d.list, str(n)), []).append(d)
    return [
        line
        for found in alike.values()
        for line in ([_counted_sentence(found)] if len(found) > ALIKE else map(describe, found))
    ]


def _counted_sentence(found: list[PlanDifference]) -> str:
    first = "、".join(d.who for d in islice(found, ALIKE))
    return f"{found[0].title}{_change(found[0])}，共{len(found)}处：{first}等"


def _change(d: PlanDifference) -> str:
    return f"“{d.label}”：{d.before or '（空）'} → {d.after or '（空）'}"


def cut(words: str, most: int = 18) -> str:
    """The beginning of words that are longer than `most` characters."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


Entries = Mapping[tuple[str, ...], Mapping[str, str]]  # key → field name → shown text


def _entries(table: Form, plan: Plan) -> Entries:
    lines = csv.DictReader(io.StringIO(plan.texts.get(table.name, ""), newline=""))
    rows = [{f.name: (line.get(f.label) or "").strip() for f in table.fields} for line in lines]
    rows = [r for r in rows if any(r.values())]
    kinds = {f.name: f.kind.bind(plan.lists.get(f.kind.of, ()))
             for f in table.fields}  # fmt: skip
    short = KEYED.get(table.name, ())
    return {_key(table, r): {n: _shown(kinds[n], text, n in short) for n, text in r.items()} for r in rows}


def _key(table: Form, row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row[n] for n in KEYED.get(table.name, (table.fields[0].name,)))


def _shown(kind: Kind, text: str, short: bool = False) -> str:
    try:
        value = kind.parse(text)
        names = {o.id: o.short for o in kind.choices} if short else {}
        return names.get(str(value), "") or kind.show(value)
    except Unreadable:
        return text


def _of_table(table: Form, old: Entries, new: Entries) -> Iterator[PlanDifference]:
    for key in (k for k in old if k not in new):
        yield _entry_difference(table, key, old[key], REMOVED)
    for key, row in new.items():
        if key not in old:
            yield _entry_difference(table, key, row, ADDED)
            continue
        for f in table.fields:
            if old[key][f.name] != row[f.name]:
                one = _entry_difference(table, key, row, CHANGED)
                yield PlanDifference(
                    one.list, one.title, one.id, one.name, CHANGED, f.name, f.label, old[key][f.name], row[f.name]
                )


def _entry_difference(table: Form, key: tuple[str, ...], row: Mapping[str, str], kind: str) -> PlanDifference:
    return PlanDifference(table.name, table.title, "/".join(key), _name(table, row), kind)


def _name(table: Form, row: Mapping[str, str]) -> str:
    if table.name in KEYED:
        words = ("of", "name") if "of" in row else KEYED[table.name]
        return "：".join(row[n] for n in words)
    return next((row[n] for n in NAMED if n in row), "")
