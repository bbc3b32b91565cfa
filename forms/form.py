"""Form, one reporting table (表): its fields (栏), its checks and the rows that the plan gives (方案给的行). Grids, workbooks,
papers and packages are all made from it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from forms.choices import Choice
from forms.field import Context, Field, Meaning, PlanLike, Row, Seed
from forms.kind import Value
from forms.problem import DOUBLE, LEFT_PLAN, REQUIRED, Check, CheckHit, CheckResult, Problem
from forms.proportion import FEW, LINES, among_lines, amounts, of_row
from forms.value_checks import by_itself


@dataclass(frozen=True)
class Form:
    """A reporting table. `seed` gives the plan's rows, `own` is whether the unit may add rows; `group` names the field
    whose values make group rows; a `record` is one row printed as a sheet of label and value; `rows` makes the rows of
    a print that is not stored; `unsure` is whether a row's assignment is not confirmed yet; `since` and `until` are the
    first and the last plan year that ask for the form.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    seed: Callable[[Context], list[Seed]] | None = None
    own: bool = True
    group: str = ""
    record: bool = False
    measure: str = ""
    notes: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    unique: tuple[str, ...] = ()  # fields that should differ from line to line
    unsure: Callable[[Row, Context], bool] | None = None
    rows: Callable[[Context], list[dict[str, Value]]] | None = None
    since: int = 0
    until: int = 9999

    @cached_property
    def _by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        return self._by_name[name]

    def means(self, meaning: Meaning) -> str:
        """The name of the field of that meaning; StopIteration where there is none."""
        return next(f.name for f in self.fields if f.meaning == meaning)

    def find(self, word: str) -> Field | None:
        """The field of a name or heading, or None."""
        return next((f for f in self.fields if word in (f.name, f.label, f.heading)), None)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that have a column in the store."""
        return tuple(f for f in self.fields if f.stored)

    def bound(self, plan: PlanLike) -> "Form":
        """The form of one plan year: choices get the plan's options, fields of other years drop out."""
        return replace(self, fields=tuple(_bound(f, plan) for f in self.fields if f.of_year(plan.year)))

    def complete(self, row: Row, ctx: Context) -> dict[str, Value]:
        """The row with its derived values worked out, in the order of the fields."""
        full = dict(row)
        for f in self.fields:
            if f.derive:
                full[f.name] = f.derive(full, ctx)
            else:
                full.setdefault(f.name, None)
        return full

    def totals(self, rows: Sequence[Row], ctx: Context) -> dict[str, Value]:
        """Sums of the total fields (None where no row has a figure); derived ones are worked out from the sums."""
        sums: dict[str, Value] = {}
        for f in self.fields:
            if f.total and f.stored:
                given = [r[f.name] for r in rows if r.get(f.name) is not None]
                sums[f.name] = sum(given) if given else None
        for f in self.fields:
            if f.total and f.derive:
                sums[f.name] = f.derive(sums, ctx)
        return sums

    def starts(self, ctx: Context) -> list[Seed]:
        """The lines that the plan gives this unit."""
        return self.seed(ctx) if self.seed else []

    def expected(self, ctx: Context) -> bool:
        """Whether this unit has anything to report here: a form of other years is not asked for, nor an all-plan form
        without plan lines.
        """
        return self.of_year(ctx.plan.year) and (self.own or bool(self.starts(ctx)))

    def of_year(self, year: int) -> bool:
        """Whether the plan of that year asks for this form."""
        return self.since <= year <= self.until

    def problems(self, rows: Sequence[Row], ctx: Context) -> list[Problem]:
        """All problems of these rows, in the order of rows and fields. The form must be bound."""
        also = self.beside_others(rows, ctx)
        full = (self.complete(r, ctx) for r in rows)
        return [p for n, r in enumerate(full, 1) for p in self.problems_of(r, n, ctx, also.get(n, ()))]

    def problems_of(self, full: Row, number: int, ctx: Context, beside: Iterable[CheckHit] = ()) -> list[Problem]:
        """Problems of one complete row, number `number` from 1; `beside` is what `beside_others` gives for it, the only
        influence of other rows.
        """
        found = [*self._of_row(full, ctx), *beside]
        problems = (c.problem(self.name, self.field(f.field).label, f, number, full["id"]) for c, f in found)
        return sorted(problems, key=lambda p: (self._order.get(p.field, 0), p.level))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {f.name: n for n, f in enumerate(self.fields)}

    def _of_row(self, full: Row, ctx: Context) -> Iterator[CheckHit]:
        if left := self._former_plan_entry(full):
            yield LEFT_PLAN, left  # kept for reading; no other check applies
            return
        for f in self.stored:
            if full[f.name] is not None:
                yield from by_itself(f, full[f.name])
            elif f.required:
                yield REQUIRED, CheckResult(f.name)
        for check in self.checks:
            for found in check.results(full, ctx):
                yield check, found
        if self._amounts:
            yield from of_row(self._amounts, full, ctx.before(self, full), ctx)

    def _former_plan_entry(self, row: Row) -> CheckResult | None:
        """The result for a row of an earlier plan that the plan in force no longer gives; None for any other row."""
        for f in self.stored:
            option = f.kind.former_option(row.get(f.name)) if f.locked and isinstance(f.kind, Choice) else None
            if option is not None:
                return CheckResult(f.name, {"value": option.name})
        return None

    def beside_others(self, rows: Sequence[Row], ctx: Context) -> dict[int, list[CheckHit]]:
        """What is found in rows beside the other rows: row number from 1 → checks with their results."""
        found: dict[int, list[CheckHit]] = {n: [(DOUBLE, d) for d in two] for n, two in self.doubles(rows).items()}
        if self._summed and len(rows) > FEW:
            for n, result in among_lines(self._summed, rows, ctx.plan).items():
                found.setdefault(n, []).append((LINES, result))
        return found

    @cached_property
    def _amounts(self) -> tuple[Field, ...]:
        return amounts(self.fields)

    @cached_property
    def _summed(self) -> tuple[Field, ...]:
        return tuple(f for f in self._amounts if f.total)

    def doubles(self, rows: Sequence[Row]) -> dict[int, list[CheckResult]]:
        """Rows that share a value which should be unique: row number from 1 → check results."""
        found: dict[int, list[CheckResult]] = {}
        for name in self.unique:
            seen: dict[Value, int] = {}
            for n, row in enumerate(rows, 1):
                value = row.get(name)
                if value is not None and seen.setdefault(value, n) != n:
                    figures = {"other": seen[value], "value": self.field(name).kind.show(value)}
                    found.setdefault(n, []).append(CheckResult(name, figures))
        return found


def _bound(f: Field, plan: PlanLike) -> Field:
    of = f.kind.of
    return replace(f, kind=f.kind.bind(plan.options(of), plan.former.get(of, ()))) if of else f
