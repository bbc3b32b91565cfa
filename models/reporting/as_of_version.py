"""The lines of a unit's period when a paper or workbook was made (当时的数据), found by its version code (版本码)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from forms.field import KEYS, Context, Row
from forms.form import Form
from forms.kind import Value
from forms.states import Role
from models.plan.entries import Period
from models.reporting.report import arranged, untouched
from models.reporting.version_code import data_code
from models.store.store import HistoryEntry, record_id
from models.workspace import Workspace

MOST = 1000  # edits that are undone at most in search of a version
Rows = Mapping[str, Sequence[Row]]  # form name → rows


def rows_at(space: Workspace, unit: str, period: Period, code: str) -> Rows | None:
    """The lines of every form when their version code was `code`; None where history does not know it."""
    ctx = space.context(unit, period)
    if data_code(space.forms, ctx) == code:
        return ctx.rows
    forms = {f.name: f for f in space.forms}
    stored = {n: {r["id"]: r for r in space.store.rows(n, unit, period.id)} for n in forms}
    rows: dict[str, Sequence[Row]] = dict(ctx.rows)
    edits = [list(g) for _, g in groupby(space.store.history_of(unit, period.id), key=lambda e: e.batch)]
    for edit in reversed(edits[-MOST:]):
        touched = {e.form for e in edit} & set(forms)
        _take_back(stored, forms, reversed(edit))
        rows |= {n: arranged(forms[n], ctx, list(stored[n].values())) for n in touched}
        if touched and data_code(space.forms, replace(ctx, rows=rows)) == code:
            return rows
    return None


def _take_back(
    stored: dict[str, dict[str, dict[str, Value]]], forms: Mapping[str, Form], entries: Iterable[HistoryEntry]
) -> None:
    for e in entries:
        if e.form not in forms:
            continue
        rows = stored[e.form]
        if e.before is None:
            rows.pop(e.record, None)
        elif e.after is None:
            rows[e.record] = {**dict.fromkeys(f.name for f in forms[e.form].stored), **_read(forms[e.form], e.before)}
        elif e.record in rows:
            rows[e.record] = {**rows[e.record], **_read(forms[e.form], e.before)}


def _read(form: Form, words: Mapping[str, str]) -> Row:
    kinds = {f.name: f.kind for f in form.stored}
    found: dict[str, Value] = {n: t for n, t in words.items() if n in KEYS}
    if "position" in found:
        found["position"] = int(found["position"])
    return found | {n: kinds[n].read(t) for n, t in words.items() if n in kinds}


def _written_since(space: Workspace, unit: str, period: Period, printed: str) -> set[tuple[str, str, str]]:
    """Form, record and field of every cell that was written after a time such as 2024-10-25 09:30."""
    later = [e for e in space.store.history_of(unit, period.id) if printed and e.at[:16].replace("T", " ") > printed]
    return {
        (e.form, e.record, n)
        for e in later
        for n, word in (e.after or {}).items()
        if word != (e.before or {}).get(n, "")
    }


class BaseVersion:
    """The lines from which a workbook was written, and their ids in the period it is read into."""

    def __init__(self, space: Workspace, unit: str, own: Period, into: Period, keys: Mapping[str, str]) -> None:
        self.same, self.unit, self.into = own == into, unit, into
        ctx = space.context(unit, own)
        version = keys.get("version", "")
        rows = rows_at(space, unit, own, version) if version else None
        if keys and not version:  # written to be filled in by hand: it held only the plan's own words
            rows = {f.name: untouched(f, ctx) for f in space.forms}
        self.known = rows is not None
        self.by_hand = bool(keys) and not version
        self.rows = {n: {r["id"]: r for r in found} for n, found in (rows or {}).items()}
        self.lines = {n: {r["id"]: r["line"] for r in found} for n, found in ctx.rows.items()}
        guess = self.same and (self.by_hand or not self.known) and space.role == Role.UNIT
        self._newer = _written_since(space, unit, own, keys.get("printed", "")) if guess else set()

    def is_newer(self, form: str, record: str, field: str) -> bool:
        """Whether a cell was written here after the workbook was made, as far as the clock can tell."""
        return (form, record, field) in self._newer

    def base(self, form: str) -> Mapping[str, Row]:
        """The form's lines at that time by id; {} where they are unknown."""
        return self.rows.get(form, {})

    def start(self, form: Form, ctx: Context) -> Sequence[Row]:
        """The form's lines at that time; where they are unknown, the plan's untouched lines."""
        return list(self.base(form.name).values()) if self.known and self.same else untouched(form, ctx)

    def id(self, form: str, id: str) -> str:
        """The id that a line of the workbook has in the period it is read into."""
        line = self.line(form, id)
        return record_id(form, self.unit, self.into.id, line) if line else id

    def line(self, form: str, id: str) -> str:
        """The line of a record that is read into another period, where it is known."""
        if self.same or not id:
            return ""
        found = self.lines.get(form, {}).get(id) or self.base(form).get(id, {}).get("line")
        return str(found or "")
