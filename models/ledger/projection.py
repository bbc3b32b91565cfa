"""From packages to lines: the changes that make the tables hold exactly what a package has."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from forms.field import Row
from forms.kind import Value
from models.store.change import Change
from models.store.store import Store

Tables = Mapping[str, Sequence[dict[str, Value]]]  # form name → rows


def changes_to(store: Store, unit: str, period: str, tables: Tables) -> list[Change]:
    """What has to change so that the tables of a unit's period hold just these rows."""
    return [c for name, rows in tables.items() for c in _table(store, name, unit, period, rows)]


def _table(store: Store, name: str, unit: str, period: str, rows: Sequence[Row]) -> Iterable[Change]:
    have = {r["id"]: r for r in store.rows(name, unit, period)}
    want = {r["id"]: r for r in rows}
    yield from (Change(name, id, row, None) for id, row in have.items() if id not in want)
    for id, row in want.items():
        if id not in have:
            yield Change(name, id, None, row)
        else:
            new = {n: v for n, v in row.items() if have[id].get(n) != v}
            if new:
                yield Change(name, id, {n: have[id].get(n) for n in new}, new)


def missing_only(store: Store, unit: str, period: str, tables: Tables) -> list[Change]:
    """The changes that add the rows of forms which have no rows yet; nothing typed is ever changed."""
    empty = [name for name in tables if not store.rows(name, unit, period)]
    return [Change(name, r["id"], None, r) for name in empty for r in tables[name]]


def late_cells(
    store: Store, unit: str, period: str, tables: Tables, columns: Mapping[str, Collection[str]]
) -> list[Change]:
    """The changes that fill `columns` (form → field names) of rows that are here already, where the cell is empty."""
    found: list[Change] = []
    for name, fields in columns.items():
        mine = {r["id"]: r for r in store.rows(name, unit, period)}
        for row in (r for r in tables.get(name, ()) if r["id"] in mine):
            new = {f: row[f] for f in fields if row.get(f) is not None and mine[row["id"]].get(f) is None}
            found += [Change(name, str(row["id"]), dict.fromkeys(new), new)] if new else []
    return found


def merged(store: Store, unit: str, period: str, base: Tables, theirs: Tables) -> list[Change]:
    """The changes that take over the cells where `theirs` differs from `base`, as long as this PC still has the value
    of `base`: a three-way merge by cell in which what was typed here since wins.
    """
    found: list[Change] = []
    for name, rows in theirs.items():
        mine = {r["id"]: r for r in store.rows(name, unit, period)}
        old = {r["id"]: r for r in base.get(name, ())}
        for row in rows:
            found += _merged_row(name, mine.get(row["id"]), old.get(row["id"]), row)
    return found


def _merged_row(name: str, mine: Row | None, old: Row | None, row: Row) -> list[Change]:
    if mine is None:
        return [] if old else [Change(name, row["id"], None, row)]  # a line deleted here stays deleted
    new = {n: v for n, v in row.items() if mine.get(n) != v and (old is None or old.get(n) == mine.get(n))}
    if old is None:  # both sides have the line, its base is unknown: only empty cells are filled
        new = {n: v for n, v in new.items() if mine.get(n) is None}
    return [Change(name, row["id"], {n: mine.get(n) for n in new}, new)] if new else []
