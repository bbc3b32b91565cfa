"""示例数据 of any form: values that suit the kinds of its fields, for forms that nobody has written sample lines for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Unreadable, Value
from forms.value_checks import by_itself


@dataclass(frozen=True)
class Dice:
    """One unit and period being made up: where it stands, and its own repeatable chance."""

    ctx: Context
    random: Random

    @property
    def expected(self) -> Decimal:
        """The share of the year gone, in percent."""
        return self.ctx.expected

    def before(self, form: str, line: str) -> Row:
        """Last period's row of a line, or {}."""
        return self.ctx.previous.get((form, line)) or {}

    def option(self, of: str, mark: str = "") -> str:
        """The id of an option of a plan list: the first with that mark, or any."""
        options: Sequence[Any] = self.ctx.plan.options(of)
        marked = [o.id for o in options if o.mark == mark] if mark else []
        return str(marked[0] if marked else self.random.choice(options).id)


def made_by_kind(form: Form, row: Row, dice: Dice) -> dict[str, Value]:
    """Values for the fields that the unit writes and that are empty in the row; one for which no value suits is left
    out.
    """
    fields = (f for f in form.fields if f.editable and row.get(f.name) is None)
    return {f.name: value for f in fields if (value := _value(f, dice)) is not None}


def _value(f: Field, dice: Dice) -> Value:
    if f.kind.choices:
        id = dice.random.choice(f.kind.choices).id
        return (id,) if f.kind.several else id
    if f.kind.has_files or f.kind.names_folder:
        return None  # a file would have to exist
    return next(_accepted(f, dice), None)


def _accepted(f: Field, dice: Dice) -> Iterator[Value]:
    """The values among the words to try that the field takes without a problem."""
    for typed in _words(f, dice):
        try:
            value = f.parse(typed, dice.ctx.plan.year)
        except Unreadable:
            continue
        if value is not None and not any(by_itself(f, value)):
            yield value


def _words(f: Field, dice: Dice) -> Iterator[str]:
    day = dice.ctx.period.end
    if f.kind.dated:
        yield from (f"{day:%Y-%m-%d}", f"{day:%Y-%m}")
    if f.kind.example:
        yield f.kind.example
    if f.kind.numeric:
        yield from (str(dice.random.randint(1, 9)), "1", "0")
    yield from (f"示例：{f.label}按计划推进。" if f.kind.prose else f"示例{f.label}", "示例", "1")
