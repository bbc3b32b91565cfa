"""承接: what a unit takes over with a task or an indicator that was another unit's, or had another id, before.

The rows of the old unit stay as they are. The last of them stand for the new unit's own last period until it has reported
one, so that both ends compare with the same figures; and its lines begin with what goes on from one period to the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from forms.field import Meaning, Row
from forms.form import Form
from forms.kind import Value
from models.plan.entries import Period
from models.plan.plan import Plan
from models.store.store import Store

Places = Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]  # entry → who had it before, under which ids


class InheritedRow(NamedTuple):
    """The last row of a line that was another's: its form and line here, the code of the unit that wrote it, and the row
    as if it had been written here.
    """

    form: Form
    line: str
    writer: str
    row: Row


def inherited(store: Store, plan: Plan, unit: str, period: Period, forms: Sequence[Form]) -> Iterator[InheritedRow]:
    """The rows that a unit takes over in a period: of each predecessor the newest earlier ones of the lines that moved."""
    earlier = sorted((p for p in plan.periods if p.kind == period.kind and p.end < period.start), key=lambda p: p.end)
    for form in (f for f in forms if f.seed):
        places = plan.moved_to(unit, form.name)
        for code in dict.fromkeys(code for codes, _ in places.values() for code in codes):
            rows = next((rows for p in reversed(earlier) if (rows := store.rows(form.name, code, p.id))), [])
            yield from _taken(form, places, unit, code, rows)


def _taken(form: Form, places: Places, unit: str, code: str, rows: Sequence[Row]) -> Iterator[InheritedRow]:
    key = form.means(Meaning.ENTRY)
    for entry, (codes, ids) in places.items():
        for row in rows if code in codes else ():
            if row[key] in ids:
                line = entry if row["line"] == row[key] else row["line"]
                yield InheritedRow(form, line, code, {**row, "unit": unit, "line": line, key: entry})


def beginning(form: Form, fresh: Mapping[str, Value], last: Row) -> dict[str, Value]:
    """A line of a new period that begins with what goes on from the last one; what the plan gives it stays."""
    carried = {f.name: last[f.name] for f in form.stored if f.carry and fresh.get(f.name) is None}
    return {**fresh, **carried}
