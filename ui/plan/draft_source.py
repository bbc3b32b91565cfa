"""What the grid asks of a session, answered by the draft of the plan: so that the plan's tables are edited as forms are."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from forms.field import KEYS, Context, Field, Row
from forms.form import Form
from forms.kind import Kind, Value
from forms.plan_tables import PLAN_TABLES
from forms.problem import Problem
from models.ledger.county_feedback import CountyFeedback, Place
from models.plan_editing.draft import PlanDraft
from models.reporting.check import Finding
from models.store.change import Change
from ui.grid.source import GridLines
from ui.session import Session


def keyed(name: str) -> str:
    """A field's name beside the keys of a record: a plan table has an `id` of its own."""
    return f"{name}_" if name in KEYS else name


class DraftSource:
    """The draft as a session over one plan table after the other; read anew after every change."""

    def __init__(self, session: Session) -> None:
        self.session, self.space, self.long = session, session.space, session.long
        self.forget()

    @property
    def returned(self) -> list[Row]:
        """Nobody sends a plan back."""
        return []

    @property
    def corrected(self) -> Mapping[Place, CountyFeedback]:
        """Nor is it corrected over somebody's report."""
        return {}

    def is_edited(self, _form: str, _record: str, _field: str, _value: Value, /) -> bool:
        """Whether to mark a cell as written since the window opened; here the differences say it."""
        return False

    def forget(self) -> None:
        """Something was written: read anew."""
        self.draft = PlanDraft(self.space)
        self.__dict__.pop("findings", None)

    @property
    def now(self) -> "DraftSource":
        """The state of the lines: the draft has it itself."""
        return self

    @property
    def lock(self) -> "DraftSource":
        """What may not be changed: see `why`."""
        return self

    @property
    def open_findings(self) -> list[Finding]:
        """Every fault of the draft has to be mended."""
        return self.findings

    def today(self) -> date:
        """The day on this PC's clock."""
        return self.session.today()

    def tell(self, text: str, tone: str) -> None:
        """Show a message in the window's status line."""
        self.session.tell(text, tone)

    def findings_of(self, form: str) -> Mapping[str, tuple[Finding, ...]]:
        """What the plan's reader finds in a table, by record."""
        by_record: dict[str, tuple[Finding, ...]] = {}
        for f in (f for f in self.findings if f.problem.form == form):
            by_record[f.problem.record] = (*by_record.get(f.problem.record, ()), f)
        return by_record

    def open_lines(self, form: str) -> set[str]:
        """The rows with something to mend."""
        return set(self.findings_of(form))

    odd_lines = open_lines

    def completed(self, form: Form) -> list[Row]:
        """The rows of a table; nothing in them is worked out."""
        return [form.complete(r, self.ctx) for r in self.report(form).rows]

    def dated(self, _form: Form) -> Set[str]:
        """Nor are rows marked as written in this period."""
        return frozenset()

    @property
    def year(self) -> int:
        """The plan year."""
        return self.session.year

    @property
    def ctx(self) -> Context:
        """No unit's and nobody's period."""
        return Context(self.space.plan, "", self.session.period)

    def form(self, table: Form) -> Form:
        """A plan table as the grid shows it: with what the draft itself offers to choose from."""
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
        """What the plan's reader finds, at its cells."""
        found = []
        for fault, record in self.draft.faults:
            table = next(t for t in PLAN_TABLES if t.name == fault.table)
            field = next((f.name for f in table.fields if f.label == fault.column), table.fields[0].name)
            problem = Problem("A", "plan", table.name, fault.row - 1, record, keyed(field), fault.message)
            found.append(Finding("", self.session.period.id, problem))
        return found

    def why(self, form: str, record: str, field: str = "") -> str:
        """Why a cell may not be changed."""
        if self.space.role != "office":
            return "方案由领导小组办公室定，这里只能看"
        table = next(t for t in PLAN_TABLES if t.name == form)
        return self.draft.why_locked(table, record, field.removesuffix("_")) if record in self.draft.cells else ""

    def edit(self, label: str, changes: Sequence[Change]) -> bool:
        """Write an edit of the draft, with all that the first one needs; undo takes it back."""
        return self.session.edit(f"方案：{label}", [*self.draft.begin(), *changes] if changes else [])

    def carry_out(
        self, label: str, changes: Sequence[Change], done: Callable[[bool], None] = lambda _kept: None
    ) -> None:
        """The same for an edit of any size, at once: a draft is checked as a whole, whatever was changed."""
        done(self.edit(label, changes))


class DraftTable:
    """One table of the draft, as the grid asks for the lines of a form."""

    def __init__(self, desk: DraftSource, table: Form) -> None:
        self.draft, self.table, self.form, self.ctx = desk.draft, table, desk.form(table), desk.ctx
        self.rows: list[dict[str, Value]] = [self._row(i, n) for n, i in enumerate(self.draft.ids(table.name))]
        self._by_id = {str(r["id"]): r for r in self.rows}

    def _row(self, id: str, position: int) -> dict[str, Value]:
        keys = {"id": id, "unit": "", "period": "", "line": id, "position": position}
        return keys | {keyed(n): v for n, v in self.draft.values(self.table, id).items()}

    def row(self, id: str, /) -> dict[str, Value]:
        """The row of that id. Raises KeyError."""
        return self._by_id[id]

    def field_at(self, _id: str, name: str, /) -> Field:
        """A field; no column of the plan has a unit of measure that depends on the row."""
        return self.form.field(name.removesuffix("_"))

    def set(self, id: str, values: Mapping[str, Value], _typed: Mapping[str, str] | None = None, /) -> list[Change]:
        """Give fields of a row new values."""
        return self.draft.set(self.table, id, _bare(values))

    def add(
        self, values: Mapping[str, Value], after: str = "", line: str = "", typed: Mapping[str, str] | None = None
    ) -> list[Change]:
        """A new row behind `after`."""
        return self.draft.add(self.table, _bare(values), after)

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """Take rows away."""
        return self.draft.remove(ids)

    def move(self, id: str, way: int) -> list[Change]:
        """Change places with a neighbour."""
        return self.draft.move(self.table, id, way)


def _bare(values: Mapping[str, Value]) -> dict[str, Value]:
    return {n.removesuffix("_"): v for n, v in values.items()}
