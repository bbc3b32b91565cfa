"""One form of one unit and period: its rows (行) in order, and edits as lists of Changes."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from forms.field import KEYS, Context, Field, Row
from forms.form import Form
from forms.kind import Value
from forms.states import Mark
from models.errors import UserError
from models.store.change import Change
from models.store.store import Store, record_id

GAP = 1000  # between positions of plan lines, so that own lines fit between them


def lines(store: Store, form: Form, ctx: Context) -> list[dict[str, Value]]:
    """The stored records and the plan's lines that nobody has touched yet, in printing order. `form` is bound."""
    return arranged(form, ctx, store.rows(form.name, ctx.unit, ctx.period.id))


def arranged(form: Form, ctx: Context, stored: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """The lines of stored records that were read already, with the plan's untouched lines, in printing order."""
    have = {r["id"] for r in stored}
    fresh = [r for r in untouched(form, ctx) if r["id"] not in have]
    return in_order(form, ctx, [*stored, *fresh])


def untouched(form: Form, ctx: Context) -> list[dict[str, Value]]:
    """The plan's lines with their initial values, as if nobody had written into them."""
    return [{**new_row(form, ctx, seed.line, (n + 1) * GAP), **seed.values} for n, seed in enumerate(form.starts(ctx))]


def new_row(form: Form, ctx: Context, line: str, position: int) -> dict[str, Value]:
    """An empty record of a line."""
    keys = (record_id(form.name, ctx.unit, ctx.period.id, line), ctx.unit, ctx.period.id, line, position)
    return {**dict(zip(KEYS, keys, strict=True)), **{f.name: None for f in form.stored}}


def in_order(form: Form, ctx: Context, rows: Sequence[dict[str, Value]]) -> list[dict[str, Value]]:
    """Rows by the order of their group's options, then by position."""
    kind = form.field(form.group).kind if form.group else None
    order: dict[Value, int] = {o.id: n for n, o in enumerate(kind.choices)} if kind else {}

    def place(row: dict[str, Value]) -> tuple[int, int, str]:
        return order.get(group(form, row, ctx), len(order)), row["position"], row["id"]

    return sorted(rows, key=place)


def group(form: Form, row: Row, ctx: Context) -> Value:
    """The value by which a line is grouped; None where the form has no groups."""
    if not form.group:
        return None
    return row.get(form.group) if form.field(form.group).stored else form.complete(row, ctx)[form.group]


class Report:
    """The lines of a form in their order; `set`, `add`, `remove` and `copy_last` give Changes to apply. `stored` are the
    ids of those that the store holds; the others are the plan's, untouched.
    """

    def __init__(self, form: Form, ctx: Context, rows: Sequence[dict[str, Value]], stored: Collection[str]) -> None:
        self.form, self.ctx, self._stored = form, ctx, stored
        self.start_from(rows)

    @classmethod
    def read(cls, store: Store, form: Form, ctx: Context) -> "Report":
        """The lines as the store has them now."""
        stored = store.rows(form.name, ctx.unit, ctx.period.id)
        return cls(form, ctx, arranged(form, ctx, stored), {r["id"] for r in stored})

    def start_from(self, rows: Sequence[dict[str, Value]]) -> None:
        """Use these lines in place of the stored ones."""
        self.rows = list(rows)
        for known in ("_by_id", "_by_line"):
            self.__dict__.pop(known, None)
        self._end = max((r["position"] for r in self.rows), default=0)

    @cached_property
    def _by_id(self) -> dict[str, dict[str, Value]]:
        return {r["id"]: r for r in self.rows}

    @cached_property
    def _by_line(self) -> dict[Value, dict[str, Value]]:
        return {r["line"]: r for r in reversed(self.rows)}

    def row(self, id: str) -> dict[str, Value]:
        """The line with that id."""
        if id not in self._by_id:  # `rows` has grown since
            del self._by_id
        return self._by_id[id]

    def field_at(self, id: str, name: str) -> Field:
        """A field in the unit of one line."""
        field = self.form.field(name)
        return field.of(self.form.complete(self.row(id), self.ctx)) if field.counted_in else field

    def set(self, id: str, values: Mapping[str, Value], typed: Mapping[str, str] | None = None) -> list[Change]:
        """Give fields of a line new values, with the words they were understood from. Locked and derived fields are
        refused with a sentence.
        """
        for name in values:
            self._refuse_if_locked(name)
        return [c._replace(typed=typed or None) for c in self._write(self.row(id), values)]

    def _refuse_if_locked(self, name: str) -> None:
        field = self.form.field(name)
        if field.locked:
            raise UserError("report.plan-field", field=field.label)
        if not field.stored:
            raise UserError("report.derived-field", field=field.label)

    def _write(self, row: Row, values: Mapping[str, Value]) -> list[Change]:
        """An update of a stored line, or the first writing of a plan line."""
        kept = {n: self.form.field(n).kind.keep(v, row.get(n)) if n not in KEYS else v for n, v in values.items()}
        changed = {n: v for n, v in kept.items() if row.get(n) != v}
        if not changed:
            return []
        if row["id"] in self._stored:
            return [Change(self.form.name, row["id"], {n: row.get(n) for n in changed}, changed)]
        return [Change(self.form.name, row["id"], None, {**row, **changed})]

    def add(
        self, values: Mapping[str, Value], after: str = "", line: str = "", typed: Mapping[str, str] | None = None
    ) -> list[Change]:
        """A new line of the unit's own, behind the line `after` or at the end; `line` fixes its line id."""
        if not self.form.own:
            raise UserError("report.rows-of-plan", form=self.form.title)
        from uuid import uuid4  # read when the first line is added: a start does without

        position, moved = self._room(after)
        row = {**new_row(self.form, self.ctx, line or uuid4().hex, position), **values}
        return [*moved, Change(self.form.name, row["id"], None, row, typed or None)]

    def _room(self, after: str) -> tuple[int, list[Change]]:
        """A position behind `after`, with the changes that make room where there is none."""
        if not after:
            self._end += GAP  # a block of new lines is asked for line by line
            return self._end, []
        places = sorted(r["position"] for r in self.rows)
        here = self.row(after)["position"]
        later = [p for p in places if p > here]
        if not later:
            return here + GAP, []
        if later[0] - here > 1:
            return (here + later[0]) // 2, []
        behind = [r for r in self.rows if r["position"] > here]
        moved = [c for r in behind for c in self._write(r, {"position": r["position"] + GAP})]
        return here + GAP // 2, moved

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """The changes that remove lines; lines of the plan cannot be removed."""
        given = {r["id"] for r in untouched(self.form, self.ctx)}
        if given & set(ids):
            raise UserError("report.row-of-plan")
        return [Change(self.form.name, i, self.row(i), None) for i in ids]

    def move(self, id: str, way: int) -> list[Change]:
        """Change places with the neighbour above (-1) or below (1) of the same group; nothing at the edge."""
        at = next(n for n, r in enumerate(self.rows) if r["id"] == id)
        other = at + way
        if not 0 <= other < len(self.rows) or self._group(self.rows[at]) != self._group(self.rows[other]):
            return []
        a, b = self.rows[at], self.rows[other]
        return [*self._write(a, {"position": b["position"]}), *self._write(b, {"position": a["position"]})]

    def _group(self, row: Row) -> Value:
        return group(self.form, row, self.ctx)

    def copy_last(self, everything: bool = False) -> list[Change]:
        """复制上期: the changes that fill empty fields with last period's values where they carry; the unit's own finished
        lines are not copied. `everything` (本期无变化) takes the other fields too.
        """
        carried = [f.name for f in self.form.stored if f.carry or everything]
        changes: list[Change] = []
        for (name, line), last in self.ctx.previous.items():
            if name == self.form.name and carried:
                changes += self._carry(line, {n: last[n] for n in carried if last.get(n) is not None}, last)
        return changes

    def _carry(self, line: str, values: Mapping[str, Value], last: Row) -> list[Change]:
        here = self._by_line.get(line)
        if here is not None:
            return self._write(here, {n: v for n, v in values.items() if here.get(n) is None})
        if self._finished(last):
            return []
        row = {**new_row(self.form, self.ctx, line, last["position"]), **values}
        return [Change(self.form.name, row["id"], None, row)]

    def _finished(self, row: Row) -> bool:
        return any(f.kind.mark(row.get(f.name)) == Mark.DONE for f in self.form.stored)
