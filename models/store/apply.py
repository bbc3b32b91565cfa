"""Changes and their history as SQL: a thousand lines are written in a few statements, not one by one."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from forms.field import KEYS
from forms.form import Form
from forms.kind import Value
from models.errors import UserError
from models.store.change import Change, Values

About = tuple[int, str, str, str]  # batch, time, person, label
Read = Callable[[str, str, Sequence[str]], list[dict[str, Value]]]
AT_ONCE = 500  # ids asked for in one statement
HISTORY = """INSERT INTO history (batch, at, person, label, form, record, unit, period, before, after, typed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
as_json = json.JSONEncoder(ensure_ascii=False).encode


class Ready:
    """Changes prepared as SQL and history lines. Preparing takes longer than writing, so it is done one by one
    beforehand.
    """

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self.changes: list[Change] = []
        self._statements: list[tuple[str, Sequence[Any]]] = []
        self._told: list[tuple[str | None, ...]] = []

    def add(self, change: Change) -> None:
        """Prepare one change: its SQL and its history line."""
        form = self.forms[change.form]
        self.changes.append(change)
        self._statements.append(_statement(form, change))
        typed = as_json(dict(change.typed)) if change.typed else None
        self._told.append((_words(form, change.before), _words(form, change.after), typed))

    def write(self, conn: sqlite3.Connection, read: Read, about: About) -> None:
        """Write them, in a transaction that is open. `read` gives the rows of a form for a statement and its arguments.
        Raises UserError, before anything is written, where the `before` of a change is not true.
        """
        rows, history = _standing(read, self.changes), []
        for change, told in zip(self.changes, self._told, strict=True):
            key = change.form, change.id
            now = rows.get(key)
            _refuse_stale(self.forms[change.form], change, now)
            where = now or change.after or {}
            history.append((*about, *key, where["unit"], where["period"], *told))
            rows[key] = None if change.after is None else {**(now or {}), **change.after}
        for sql, some in groupby(self._statements, key=itemgetter(0)):
            conn.executemany(sql, (values for _, values in some))
        conn.executemany(HISTORY, history)


def _standing(read: Read, changes: Sequence[Change]) -> dict[tuple[str, str], Values | None]:
    """The present rows of the changes' records: (form, id) → row, None where there is none."""
    wanted: dict[str, dict[str, None]] = {}
    for change in changes:
        wanted.setdefault(change.form, {})[change.id] = None
    found: dict[tuple[str, str], Values | None] = {}
    for form, named in wanted.items():
        ids = list(named)
        for n in range(0, len(ids), AT_ONCE):
            some = ids[n : n + AT_ONCE]
            rows = read(form, f"SELECT * FROM [{form}] WHERE id IN ({', '.join('?' * len(some))})", some)
            found.update(((form, r["id"]), r) for r in rows)
    return found


def _refuse_stale(form: Form, change: Change, now: Values | None) -> None:
    if change.before is None:
        stale = now is not None or change.after is None
    else:
        stale = now is None or any(now.get(n) != v for n, v in change.before.items())
    if stale:
        raise UserError("store.row-changed", form=form.title)


def _statement(form: Form, change: Change) -> tuple[str, Sequence[Any]]:
    """The SQL of a change and its values; changes of the same fields give the same SQL."""
    if change.after is None:
        return f"DELETE FROM [{form.name}] WHERE id=?", (change.id,)
    if change.before is None:
        return _insert(form.name, _names(form)), _stored(form, {n: change.after.get(n) for n in _names(form)})
    sets = ", ".join(f"[{n}]=?" for n in change.after)
    return f"UPDATE [{form.name}] SET {sets} WHERE id=?", (*_stored(form, change.after), change.id)


def _names(form: Form) -> tuple[str, ...]:
    return (*KEYS, *(f.name for f in form.stored))


@cache
def _insert(form: str, names: tuple[str, ...]) -> str:
    columns = ", ".join(f"[{n}]" for n in names)
    return f"INSERT INTO [{form}] ({columns}) VALUES ({', '.join('?' * len(names))})"


def _stored(form: Form, row: Values) -> list[Any]:
    return [v if v is None or n in KEYS else form.field(n).kind.store(v) for n, v in row.items()]


def _words(form: Form, row: Values | None) -> str | None:
    """The canonical text of a row for the history; None where there was no row."""
    if row is None:
        return None
    return as_json(
        {n: "" if v is None else str(v) if n in KEYS else form.field(n).kind.write(v) for n, v in row.items()}
    )
