"""Compares reports (不同处): which cells differ, which of them only one side has changed, and the merged lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from forms.field import KEYS, Row
from forms.form import Form
from forms.kind import Value
from models.ledger.projection import Tables

Place = tuple[str, str, str]  # form, record, field; field "" is the line itself
Patch = dict[str, dict[str, dict[str, Any] | None]]  # form → record → canonical text per field, or None: line out


@dataclass(frozen=True)
class CellDifference:
    """A place where reports differ. `row` is its number as printed; `base` what both started from; `values` one per
    side (for a whole line: the row, or None where a side has not got it); `pick` the one side that changed it, None
    where a person has to choose.
    """

    place: Place
    row: int
    base: Value
    values: tuple[Value, ...]
    pick: int | None = None


def compare(forms: Sequence[Form], sides: Sequence[Tables], base: Tables | None = None) -> list[CellDifference]:
    """Every place where the sides differ, in the order of forms, lines and fields. Without a `base` that is an ancestor
    of all sides nobody can tell who changed what: a person chooses everywhere.
    """
    return [cell for form in forms for cell in _form(form, sides, base)]


def _form(form: Form, sides: Sequence[Tables], base: Tables | None) -> list[CellDifference]:
    by_id = [{r["id"]: r for r in side.get(form.name, ())} for side in sides]
    old = {r["id"]: r for r in (base or {}).get(form.name, ())}
    number = {r["id"]: n for side in reversed(sides) for n, r in enumerate(side.get(form.name, ()), 1)}
    order = [i for i in number if i in by_id[0]] + [i for i in number if i not in by_id[0]]
    order.sort(key=lambda i: number[i])
    found: list[CellDifference] = []
    for id in order:
        rows = [lines.get(id) for lines in by_id]
        if None in rows:
            found.append(_line(form, id, number[id], rows, old.get(id), base is not None))
        found += _fields(form, id, number[id], rows, old.get(id), base is not None)
    return found


def _line(
    form: Form, id: str, number: int, rows: Sequence[Row | None], old: Row | None, agreed: bool
) -> CellDifference:
    """A line that not every side has: added by one, or removed by one while the others did not change it."""
    pick = None
    if agreed and old is None:
        pick = next(n for n, r in enumerate(rows) if r is not None)
    elif agreed and all(r is None or _same(form, r, old) for r in rows):
        pick = rows.index(None)
    return CellDifference((form.name, id, ""), number, old, tuple(rows), pick)


def _same(form: Form, row: Row, old: Row | None) -> bool:
    return old is not None and all(row.get(f.name) == old.get(f.name) for f in form.stored)


def _fields(
    form: Form, id: str, number: int, rows: Sequence[Row | None], old: Row | None, agreed: bool
) -> list[CellDifference]:
    there = [n for n, r in enumerate(rows) if r is not None]
    found = []
    for f in form.stored if len(there) > 1 else ():
        values = tuple(r.get(f.name) if r else None for r in rows)
        told = [values[n] for n in there]
        if all(v == told[0] for v in told):
            continue
        before = old.get(f.name) if old else None
        changed = [n for n in there if values[n] != before]
        alone = agreed and old is not None and all(values[n] == values[changed[0]] for n in changed)
        found.append(CellDifference((form.name, id, f.name), number, before, values, changed[0] if alone else None))
    return found


def patch(forms: Sequence[Form], cells: Sequence[CellDifference], picks: Mapping[Place, int]) -> Patch:
    """The patch that turns the first side's report into the merged one: the side that alone changed a cell, else the
    one picked.
    """
    found: Patch = {}
    by_name = {f.name: f for f in forms}
    for cell in cells:
        side = picks.get(cell.place, cell.pick)
        if side is None:
            raise ValueError(f"nobody picked {cell.place}")
        _add(found.setdefault(cell.place[0], {}), by_name[cell.place[0]], cell, side)
    return {name: lines for name, lines in found.items() if lines}


def _add(lines: dict[str, dict[str, Any] | None], form: Form, cell: CellDifference, side: int) -> None:
    _, record, name = cell.place
    value = cell.values[side]
    if not name:
        if value is None:
            lines[record] = None
        elif cell.values[0] is None:
            lines[record] = written(form, value)
    elif side and lines.get(record, {}) is not None:
        words = lines.setdefault(record, {})
        assert words is not None
        words[name] = form.field(name).kind.write(value)


def written(form: Form, row: Row) -> dict[str, Any]:
    """All of a row as canonical text, with its line and position."""
    return {
        "line": row["line"],
        "position": row["position"],
        **{f.name: f.kind.write(row.get(f.name)) for f in form.stored},
    }


def patched(
    forms: Sequence[Form], tables: Tables, by: Patch, unit: str, period: str
) -> dict[str, list[dict[str, Value]]]:
    """The tables with a patch over them."""
    by_name = {f.name: f for f in forms}
    found: dict[str, list[dict[str, Value]]] = {name: [dict(r) for r in rows] for name, rows in tables.items()}
    for name, lines in by.items():
        form, rows = by_name[name], {r["id"]: r for r in found.get(name, ())}
        for id, words in lines.items():
            if words is None:
                rows.pop(id, None)
                continue
            fresh = dict(zip(KEYS, (id, unit, period, words.get("line"), words.get("position")), strict=True))
            if id in rows or fresh["line"] is not None:
                row = rows.setdefault(id, fresh)
                row.update({n: form.field(n).kind.read(t) for n, t in words.items() if n not in KEYS})
        found[name] = list(rows.values())
    return found
