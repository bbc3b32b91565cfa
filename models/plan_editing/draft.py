"""A draft of the plan (草稿): the rows of the plan in force, changed one step at a time, each step saved at once."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import uuid4

from forms.form import Form
from forms.kind import Kind, Unreadable, Value
from forms.plan_tables import PLAN_TABLES
from forms.records import DRAFT
from models.errors import UserError, sentence
from models.plan.diff import PlanDifference, compare
from models.plan.plan import Plan
from models.plan.reader import Fault, examine, lists_of
from models.plan.rows import PART, Cells, Tables, is_blank, key_fields, key_of, kind_in, tables_of, texts_of, written
from models.reporting.report import GAP
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

CONFIRMED = "confirmed"
IN_FORCE = "plan.id-in-force"
YES, NO = "yes", "no"


class PlanDraft:
    """The plan as it is being changed, read at once; what `begin`, `set`, `add`, `remove`, `move`, `replace` and
    `discard` give are Changes to apply. Before the first change it is just the plan in force.
    """

    def __init__(self, space: Workspace) -> None:
        self.space = space
        stored = space.store.rows(DRAFT.name, "", "")
        self.started = bool(stored)
        self.records: list[dict[str, Any]] = stored or list(_fresh(tables_of(space.plan.texts)))
        self._kinds: dict[Kind, Kind] = {}  # with the draft's own options: bound once, not for every cell
        self.cells: dict[str, Cells] = {r["id"]: json.loads(r["cells"]) for r in self.records}

    ## what stands in it

    def ids(self, table: str) -> list[str]:
        """The records of a table in order."""
        mine = [r for r in self.records if r["table"] == table]
        return [r["id"] for r in sorted(mine, key=lambda r: (r["position"], r["id"]))]

    @cached_property
    def tables(self) -> Tables:
        """The rows as the files write them, without the empty ones."""
        found = {t.name: [self.cells[i] for i in self.ids(t.name)] for t in PLAN_TABLES}
        return {name: [r for r in rows if not is_blank(r)] for name, rows in found.items()}

    @cached_property
    def lists(self) -> Mapping[str, Any]:
        """What can be chosen: the draft's own units, tasks, words."""
        return lists_of(self.tables)

    def values(self, table: Form, id: str) -> dict[str, Value]:
        """A row's values by field; of what cannot be read, the text itself where something is chosen, else None."""
        return {f.name: self._value(f, self.cells[id].get(f.label, "")) for f in table.fields}

    def _value(self, field: Any, text: str) -> Value:
        kind = self._kinds.get(field.kind)
        if kind is None:
            kind = self._kinds[field.kind] = kind_in(field, self.lists)
        try:
            return kind.parse(text)
        except Unreadable:
            return kind.read(text) if hasattr(kind, "options") else None

    @cached_property
    def texts(self) -> dict[str, str]:
        """The plan's files of the draft: table name → CSV text."""
        return texts_of(self.tables, self.space.plan.texts)

    @cached_property
    def _examined(self) -> tuple[Plan | None, list[Fault]]:
        return examine(self.texts)

    @property
    def plan(self) -> Plan | None:
        """The plan of the draft; None while it has faults."""
        return self._examined[0]

    @property
    def faults(self) -> list[tuple[Fault, str]]:
        """The faults of the draft, each with its record ('' for the table itself)."""
        places = {t.name: [i for i in self.ids(t.name) if not is_blank(self.cells[i])] for t in PLAN_TABLES}
        return [(f, places[f.table][f.row - 2] if f.row > 1 else "") for f in self._examined[1]]

    @cached_property
    def differences(self) -> list[PlanDifference]:
        """The differences from the plan in force; [] while the draft has faults."""
        return compare(self.space.plan, self.plan) if self.plan else []

    @property
    def changed(self) -> bool:
        """Whether anything differs from the plan in force."""
        return self.started and self.texts != dict(self.space.plan.texts)

    @cached_property
    def unsure(self) -> Counter[str]:
        """How many rows of each table are still to be confirmed."""
        return Counter(t.name for t in PLAN_TABLES for i in self.ids(t.name) if self.is_unsure(t, i))

    def is_unsure(self, table: Form, id: str) -> bool:
        """Whether a row is still to be confirmed."""
        return any(f.name == CONFIRMED and self._value(f, self.cells[id].get(f.label, "")) == NO for f in table.fields)

    ## changing it

    def begin(self) -> list[Change]:
        """What has to be written before the first change."""
        return [] if self.started else [Change(DRAFT.name, r["id"], None, r) for r in self.records]

    def why_locked(self, table: Form, id: str, field: str) -> str:
        """Why a cell may not be changed, '' where it may."""
        return sentence(IN_FORCE, field=table.field(field).label) if self._is_locked(table, id, field) else ""

    def _is_locked(self, table: Form, id: str, field: str) -> bool:
        """Whether a cell is an id in force: the lines that units wrote refer to it."""
        keys = {f.name for f in key_fields(table)}
        is_id = field in keys and keys != set(PART)
        return is_id and key_of(table, self.cells[id]) in self._in_force[table.name]

    @cached_property
    def _in_force(self) -> dict[str, set[tuple[str, ...]]]:
        tables = tables_of(self.space.plan.texts)
        return {t.name: {key_of(t, r) for r in tables[t.name]} for t in PLAN_TABLES}

    def set(self, table: Form, id: str, values: Mapping[str, Value]) -> list[Change]:
        """The changes that give fields of a row new values. Raises UserError for an id that is in force."""
        old = self.cells[id]
        new = {**old, **{table.field(n).label: written(table.field(n), v, self.lists) for n, v in values.items()}}
        for label in (f.label for f in map(table.field, values) if self._is_locked(table, id, f.name)):
            if old.get(label, "") != new[label]:
                raise UserError(IN_FORCE, field=label)
        return [] if new == old else [Change(DRAFT.name, id, {"cells": _text(old)}, {"cells": _text(new)})]

    def add(self, table: Form, values: Mapping[str, Value], after: str = "") -> list[Change]:
        """A new row behind `after` or at the end; with a free id of its own where rows are numbered."""
        ids = self.ids(table.name)
        at = ids.index(after) if after in ids else len(ids) - 1
        given = {table.field(n).label: written(table.field(n), v, self.lists) for n, v in values.items()}
        cells = {f.label: "" for f in table.fields} | self._free_id(table, ids, at) | given
        place = {r["id"]: r["position"] for r in self.records}
        here = place[ids[at]] if ids else 0
        there = place[ids[at + 1]] if at + 1 < len(ids) else here + 2 * GAP
        moved: list[Change] = []
        if there - here < 2:
            moved = [Change(DRAFT.name, i, {"position": place[i]}, {"position": place[i] + GAP}) for i in ids[at + 1 :]]
            there = here + GAP
        return [*moved, _insert(table.name, cells, (here + there) // 2, uuid4().hex)]

    def _free_id(self, table: Form, ids: Sequence[str], at: int) -> Cells:
        """The next number after the row at `at` that no row has, in the same style."""
        label = next((f.label for f in table.fields if f.name == "id"), "")
        taken = {self.cells[i].get(label, "") for i in ids}
        old = self.cells[ids[at]].get(label, "") if ids else ""
        stem = old.rstrip("0123456789")
        digits = old[len(stem) :]
        if not label or not digits or len(digits) > 3:
            return {}
        number = int(digits) + 1
        while f"{stem}{number:0{len(digits)}}" in taken:
            number += 1
        return {label: f"{stem}{number:0{len(digits)}}"}

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """The changes that remove rows."""
        gone = set(ids)
        return [Change(DRAFT.name, r["id"], r, None) for r in self.records if r["id"] in gone]

    def move(self, table: Form, id: str, way: int) -> list[Change]:
        """The changes that swap a row with the one above (-1) or below (1)."""
        ids = self.ids(table.name)
        other = ids.index(id) + way
        if not 0 <= other < len(ids):
            return []
        place = {r["id"]: r["position"] for r in self.records}
        a, b = id, ids[other]
        return [Change(DRAFT.name, x, {"position": place[x]}, {"position": place[y]}) for x, y in ((a, b), (b, a))]

    def confirm(self, table: Form, ids: Sequence[str]) -> list[Change]:
        """The changes that mark rows as confirmed."""
        return [c for i in ids if self.is_unsure(table, i) for c in self.set(table, i, {CONFIRMED: YES})]

    def replace(self, tables: Tables) -> list[Change]:
        """The changes that replace all rows, from a workbook or a new year. Complete by itself: needs no `begin`."""
        old = [Change(DRAFT.name, r["id"], r, None) for r in self.records] if self.started else []
        new = [_insert(t.name, cells, n * GAP, uuid4().hex)
               for t in PLAN_TABLES for n, cells in enumerate(tables[t.name], 1)]  # fmt: skip
        return [*old, *new]

    def discard(self) -> list[Change]:
        """The changes that discard the draft; the plan in force is unchanged."""
        return [Change(DRAFT.name, r["id"], r, None) for r in self.records] if self.started else []


def _fresh(tables: Tables) -> Iterator[dict[str, Any]]:
    for t in PLAN_TABLES:
        for n, cells in enumerate(tables[t.name], 1):
            yield dict(_insert(t.name, cells, n * GAP, "/".join(key_of(t, cells))).after or {})


def _insert(table: str, cells: Cells, position: int, line: str) -> Change:
    id = record_id(DRAFT.name, "", "", f"{table}/{line}")
    row = {"id": id, "unit": "", "period": "", "line": f"{table}/{line}", "position": position}
    return Change(DRAFT.name, id, None, {**row, "table": table, "cells": _text(cells)})


def _text(cells: Cells) -> str:
    return json.dumps(cells, ensure_ascii=False)
