"""Tables made from the forms: typed, STRICT, and readable with any SQLite tool through views in Chinese."""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from forms.field import Field
from forms.form import Form

if TYPE_CHECKING:
    from sqlite_utils import Database


COLUMNS = "SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE t.type = 'table'"


def missing(conn: sqlite3.Connection, forms: Iterable[Form]) -> list[str]:
    """The SQL statements that would bring the tables up to the forms; none of them removes anything."""
    have: dict[str, set[str]] = {}
    for table, column in conn.execute(COLUMNS):
        have.setdefault(table, set()).add(column)
    return [statement for form in forms for statement in _missing(form, have.get(form.name, set()))]


def sync(db: "Database", forms: Iterable[Form]) -> None:
    """Add the tables and columns of the forms that the store lacks."""
    wanted = list(forms)
    statements = missing(db.conn, wanted)
    with db.atomic():
        for statement in statements:
            db.execute(statement)
        if statements:
            for form in wanted:
                _view(db, form)


def _missing(form: Form, have: set[str]) -> list[str]:
    if not have:
        columns = ", ".join(_column(f) for f in form.stored)
        return [
            f"""CREATE TABLE [{form.name}] (
                id TEXT PRIMARY KEY, unit TEXT NOT NULL, period TEXT NOT NULL, line TEXT NOT NULL,
                position INTEGER NOT NULL, {columns}) STRICT""",
            f"CREATE INDEX [{form.name}_where] ON [{form.name}] (unit, period, position)",
        ]
    return [f"ALTER TABLE [{form.name}] ADD COLUMN {_column(f)}" for f in form.stored if f.name not in have]


def _column(field: Field) -> str:
    return f"[{field.name}] {field.kind.sql}"


def _view(db: "Database", form: Form) -> None:
    """A view with the headings people know and figures as they read them."""
    db.execute(f"DROP VIEW IF EXISTS [{form.title}]")
    columns = ", ".join(f"{_readable(f)} AS [{f.heading}]" for f in form.stored)
    db.execute(
        f"CREATE VIEW [{form.title}] AS SELECT unit AS 单位代码, period AS 调度期, {columns} FROM [{form.name}]"
        " ORDER BY unit, period, position"
    )


def _readable(field: Field) -> str:
    places = field.kind.places
    return f"[{field.name}] / {10**places}.0" if places else f"[{field.name}]"
