"""Faults for sample data: the mistakes that clerks really make, put in on purpose to try the checks."""

from collections.abc import Callable
from random import Random

from forms.form import Form
from forms.kind import Value

Rows = list[dict[str, Value]]


def spoil(form: Form, rows: Rows, random: Random) -> Rows:
    """The rows with about one mistake in four lines."""
    return [random.choice(MISTAKES)(form, dict(r)) if random.random() < 0.25 else r for r in rows]


def _forget(form: Form, row: dict[str, Value]) -> dict[str, Value]:
    """The row with a must-field emptied."""
    name = next((f.name for f in reversed(form.fields) if f.required and f.editable), None)
    return row | {name: None} if name else row


def _too_much(form: Form, row: dict[str, Value]) -> dict[str, Value]:
    """The row with a figure ten times too large, as when 元 is taken for 万元."""
    names = [f.name for f in form.stored if f.total and f.kind.numeric and row.get(f.name)]
    return row | {n: row[n] * 10 for n in names[-1:]}


def _no_reason(form: Form, row: dict[str, Value]) -> dict[str, Value]:
    """The row with a status that asks for a reason, without the reason."""
    for f in form.fields:
        asks = [o.id for o in f.kind.choices if o.explain]
        if asks:
            return row | {f.name: asks[-1], **{x.name: None for x in form.fields if x.name == "trouble"}}
    return _forget(form, row)


def _too_short(form: Form, row: dict[str, Value]) -> dict[str, Value]:
    """The row with a long text replaced by one of two characters."""
    name = next((f.name for f in reversed(form.fields) if f.required and f.kind.prose), None)
    return row | {name: "正常"} if name else row


MISTAKES: tuple[Callable[[Form, dict[str, Value]], dict[str, Value]], ...] = (
    _forget,
    _too_much,
    _no_reason,
    _too_short,
)
