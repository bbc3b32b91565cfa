"""Gives the grid the draft of the plan in place of a session, so that plan tables are edited like forms."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from forms.field import KEYS, Context, Field, Row
from forms.form import Form
from forms.kind import Kind, Value
from forms.plan_tables import PLAN_TABLES
from forms.problem import Problem
from forms.states import Role
from models.ledger.county_feedback import CountyFeedback, Place
from models.plan_editing.draft import PlanDraft
from models.reporting.check import Finding
from models.store.change import Change
from ui.grid.source import GridLines
from ui.session import Session


def keyed(name: str) -> str:
    """A field's name that does not collide with the keys of a record, as plan tables have an `id` of their own."""
    return f"{name}_" if name in KEYS else name


class DraftSource:
    """The draft as a session over the plan's tables; read again after every change."""

    def __init__(self, session: Session) -> None:
        self.session, self.space, self.long = session, session.space, session.long
        self.forget()

    @property
    def returned(self) -> list[Row]:
        """Empty, as a plan is never returned."""
        return []

    @property
    def corrected(self) -> Mapping[Place, CountyFeedback]:
        """Empty, as a plan has no corrections."""
        return {}

    def is_edited(self, _form: str, _record: str, _field: str, _value: Value, /) -> bool:
        """Always False: edits are marked from the draft's differences."""
        return False

    def forget(self) -> None:
        """Read the draft again after a change."""
        self.draft = PlanDraft(self.space)
        self.__dict__.pop("findings", None)

    @property
    def now(self) -> "DraftSource":
        """The draft itself, which has the state of its rows."""
        return self

    @property
    def lock(self) -> "DraftSource":
        """The draft itself; see `why`."""
        return self

    @property
    def open_findings(self) -> list[Finding]:
        """All findings, as each has to be corrected before the plan is put in force."""
        return self.findings

    def today(self) -> date:
        """The date on this PC's clock."""
        return self.session.today()

    def tell(self, text: str, tone: str) -> None:
        """Show a message in the window's status line."""
        self.session.tell(text, tone)

    def findings_of(self, form: str) -> Mapping[str, tuple[Finding, ...]]:
        """The findings of a table, by record."""
        by_record: dict[str, tuple[Finding, ...]] = {}
        for f in (f for f in self.findings if f.problem.form == form):
            by_record[f.problem.record] = (*by_record.get(f.problem.record, ()), f)
        return by_record

    def open_lines(self, form: str) -> set[str]:
        """The ids of rows with findings."""
        return set(self.findings_of(form))

    odd_lines = open_lines

    def completed(self, form: Form) -> list[Row]:
        """The rows of a table; it has no derived fields."""
        return [form.complete(r, self.ctx) for r in self.report(form).rows]

    def dated(self, _form: Form) -> Set[str]:
        """Empty, as plan rows are not marked as edited in this period."""
        return frozenset()

    @property
    def year(self) -> int:
        """The plan year."""
        return self.session.year

    @property
    def ctx(self) -> Context:
        """The context for kinds, without unit and period."""
        return Context(self.space.plan, "", self.session.period)

    def form(self, table: Form) -> Form:
        """A plan table for the grid, with choices from the draft itself."""
        kinds = [replace(f, name=keyed(f.name), kind=self._kind(f)) for f in table.fields]
        return replace(table, fields=tuple(kinds), unique=())

    def _kind(self, field: Field) -> Kind:
        from models.plan.rows import kind_in

        return kind_in(field, self.draft.lists)

    def report(self, form: Form) -> GridLines:
        """The rows of a table."""
        return DraftTable(self, next(t for t in PLAN_TABLES if t.name == form.name))

    @cached_property
    def findings(self) -> list[Finding]:
        """The faults that the plan's reader reports, each at its cell."""
        found = []
        for fault, record in self.draft.faults:
            table = next(t for t in PLAN_TABLES if t.name == fault.table)
            field = next((f.name for f in table.fields if f.label == fault.column), table.fields[0].name)
            problem = Problem("A", "plan", table.name, fault.row - 1, record, keyed(field), fault.message)
            found.append(Finding("", self.session.period.id, problem))
        return found

    def why(self, form: str, record: str, field: str = "") -> str:
        """Why a cell is locked; '' if it is not."""
        if self.space.role != Role.OFFICE:
            return "方案由领导小组办公室定，这里只能看"
        table = next(t for t in PLAN_TABLES if t.name == form)
        return self.draft.why_locked(table, record, field.removesuffix("_")) if record in self.draft.cells else ""

    def edit(self, label: str, changes: Sequence[Change]) -> bool:
        """Write an edit of the draft with everything its first change needs; it can be undone. True if written."""
        return self.session.edit(f"方案：{label}", [*self.draft.begin(), *changes] if changes else [])

    def carry_out(
        self, label: str, changes: Sequence[Change], done: Callable[[bool], None] = lambda _kept: None
    ) -> None:
        """Write an edit of any size at once, as a draft is always checked completely; `done` gets whether it was
        written.
        """
        done(self.edit(label, changes))


class DraftTable:
    """One table of the draft, in place of a form's report."""

    def __init__(self, desk: DraftSource, table: Form) -> None:
        self.draft, self.table, self.form, self.ctx = desk.draft, table, desk.form(table), desk.ctx
        self.rows: list[dict[str, Value]] = [self._row(i, n) for n, i in enumerate(self.draft.ids(table.name))]
        self._by_id = {str(r["id"]): r for r in self.rows}

    def _row(self, id: str, position: int) -> dict[str, Value]:
        keys = {"id": id, "unit": "", "period": "", "line": id, "position": position}
        return keys | {keyed(n): v for n, v in self.draft.values(self.table, id).items()}

    def row(self, id: str, /) -> dict[str, Value]:
        """The row with that id. Raises KeyError."""
        return self._by_id[id]

    def field_at(self, _id: str, name: str, /) -> Field:
        """A field; in a plan its unit of measure does not depend on the row."""
        return self.form.field(name.removesuffix("_"))

    def set(self, id: str, values: Mapping[str, Value], _typed: Mapping[str, str] | None = None, /) -> list[Change]:
        """The changes that give fields of a row new values."""
        return self.draft.set(self.table, id, _bare(values))

    def add(
        self, values: Mapping[str, Value], after: str = "", line: str = "", typed: Mapping[str, str] | None = None
    ) -> list[Change]:
        """The changes that insert a row after `after`."""
        return self.draft.add(self.table, _bare(values), after)

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """The changes that remove rows."""
        return self.draft.remove(ids)

    def move(self, id: str, way: int) -> list[Change]:
        """The changes that swap a row with its neighbour."""
        return self.draft.move(self.table, id, way)


def _bare(values: Mapping[str, Value]) -> dict[str, Value]:
    return {n.removesuffix("_"): v for n, v in values.items()}
