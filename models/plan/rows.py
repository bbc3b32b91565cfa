"""The tables of a plan as rows of text by heading: what lies between the plan's files and those who edit them."""

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from forms.field import Field
from forms.form import Form
from forms.kind import Kind, Option, Unreadable, Value
from forms.plan_tables import ABOUT, ASSIGNMENTS, CONFIRMED, LATER, PLAN_TABLES
from models.plan.reader import ENTITIES, lists_of

Cells = dict[str, str]  # heading → text as the files write it
Tables = dict[str, list[Cells]]  # table name → rows
Lists = Mapping[str, tuple[Option, ...]]
KEY_NAMES = ("of", "id", "code", "key")  # the fields by which a row of a plan table is known
UNSURE = CONFIRMED.show("no")
PART = ("task", "unit", "name")  # ... and those of an assignment or a 节点


def tables_of(texts: Mapping[str, str]) -> Tables:
    """The rows of the plan's files, without empty rows."""
    return {t.name: _rows(texts.get(t.name, "")) for t in PLAN_TABLES}


def _rows(text: str) -> list[Cells]:
    lines = list(csv.reader(io.StringIO(text, newline="")))
    head = [h.strip() for h in lines[0]] if lines else []
    rows = [{**dict.fromkeys(head, ""), **dict(zip(head, line, strict=False))} for line in lines[1:]]
    return [r for r in rows if not is_blank(r)]


def is_blank(row: Cells) -> bool:
    """Whether every cell of a row is empty."""
    return not any(v.strip() for v in row.values())


def unsure(texts: Mapping[str, str]) -> Counter[str]:
    """How many rows of each table of a plan say that they are still to be confirmed."""
    tables = tables_of(texts)
    return Counter(t.name for t in PLAN_TABLES for row in tables[t.name] if _is_unsure(t, row))


def _is_unsure(table: Form, row: Cells) -> bool:
    return any(f.kind is CONFIRMED and _tidy(f, row.get(f.label, ""), {}) == UNSURE for f in table.fields)


def unconfirmed_sentence(counted: Counter[str]) -> str:
    """The sentence on rows to be confirmed, the same wherever it is shown: 还有847处待确认，其中分工639处."""
    parts = counted[ASSIGNMENTS.name]
    among = f"，其中{ASSIGNMENTS.title}{parts}处" if 0 < parts < counted.total() else ""
    return f"{counted.total()}处待确认{among}"


def texts_of(tables: Tables, like: Mapping[str, str]) -> dict[str, str]:
    """The plan's files of the rows; a table that is as in `like` keeps its text to the letter."""
    old = tables_of(like)
    return {
        t.name: like.get(t.name, "") if _same(t, tables[t.name], old[t.name]) else _text(t, tables[t.name])
        for t in PLAN_TABLES
    }


def _same(table: Form, rows: Sequence[Cells], old: Sequence[Cells]) -> bool:
    heads = [f.label for f in table.fields]
    return [[r.get(h, "") for h in heads] for r in rows if not is_blank(r)] == [
        [r.get(h, "") for h in heads] for r in old
    ]


def _text(table: Form, rows: Sequence[Cells]) -> str:
    out = io.StringIO(newline="")
    heads = [f.label for f in table.fields]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([r.get(h, "") for h in heads] for r in rows if not is_blank(r))
    return out.getvalue()


def kind_in(field: Field, lists: Lists) -> Kind:
    """The field's kind with the options of these lists."""
    return field.kind.bind(lists.get(field.kind.of, ()))


def written(field: Field, value: Value, lists: Lists) -> str:
    """A value as the plan's files write it: ids of units, actions, tasks … and of the
    program's own words, and names of all else that is chosen.
    """
    if value is None:
        return ""
    kind = kind_in(field, lists)
    return kind.write(value) if field.kind.of in ENTITIES else kind.as_typed(value)


def complete_days(typed: Tables) -> None:
    """11月底 and the like become days of the plan's year; what cannot be read stays as it was typed."""
    from forms.typed_text import understand  # read with a workbook, not when the window opens

    year = next((r["内容"] for r in typed[ABOUT.name] if r["项目"] == "年度"), "")
    for table in PLAN_TABLES:
        for f in (f for f in table.fields if f.kind.dated == "day"):
            for row in typed[table.name]:
                with suppress(Unreadable):
                    row[f.label] = understand(f.kind, row[f.label], year=int(year) if year.isdigit() else None)


def tidied(tables: Tables) -> Tables:
    """Every cell that can be read, as the files write it; what cannot be read stays as it was typed."""
    lists = lists_of({name: [_all_fields(name, r) for r in rows] for name, rows in tables.items()})
    return {
        t.name: [
            {
                f.label: _tidy(f, r.get(f.label, ""), lists)
                for f in t.fields
                if f.label in r or (t.name, f.label) not in LATER
            }
            for r in tables[t.name]
        ]
        for t in PLAN_TABLES
    }


def _all_fields(name: str, row: Cells) -> Cells:
    table = next(t for t in PLAN_TABLES if t.name == name)
    return {f.label: row.get(f.label, "") for f in table.fields}


def _tidy(field: Field, text: str, lists: Lists) -> str:
    try:
        return written(field, kind_in(field, lists).parse(text), lists)
    except Unreadable:
        return text.strip()


def key_fields(table: Form) -> list[Field]:
    """The fields by which a row is identified; the lines that units wrote refer to them."""
    return [f for f in table.fields if f.name in KEY_NAMES] or [f for f in table.fields if f.name in PART]


def key_of(table: Form, row: Cells) -> tuple[str, ...]:
    """The values by which a row is identified."""
    return tuple(row.get(f.label, "") for f in key_fields(table))
