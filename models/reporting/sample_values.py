"""示例数据 of any form: values that suit the kinds of its fields, for forms that nobody has written sample lines for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Unreadable, Value
from forms.value_checks import by_itself

DAYS = 365


@dataclass(frozen=True)
class Dice:
    """One unit and period being made up: where it is, the chance of this period (`random`), and that of a line, which is
    the same in every period of the year.
    """

    ctx: Context
    random: Random
    seed: int = 1

    @property
    def gone(self) -> float:
        """The share of the plan year gone by the end of the period, from 0 to 1."""
        return share_gone(self.ctx.plan.year, self.ctx.period.end)

    @property
    def gone_before(self) -> float:
        """The same at the day before the period."""
        return share_gone(self.ctx.plan.year, self.ctx.period.start - timedelta(days=1))

    def day_at(self, share: float) -> date:
        """The day on which that share of the plan year is gone."""
        return date(self.ctx.plan.year, 1, 1) + timedelta(days=int(share * DAYS))

    def before(self, form: str, row: Row, field: str) -> Value:
        """What a field of the same line had in the last period."""
        return (self.ctx.previous.get((form, row["line"])) or {}).get(field)

    def of_line(self, form: str, line: str) -> Random:
        """The chance of a line."""
        return Random(f"{self.seed}/{self.ctx.unit}/{form}/{line}")

    def option(self, of: str, *marks: str, random: Random | None = None) -> Any:
        """An option of a plan list: the first with one of the marks, in their order; any where none has, or none is
        asked for.
        """
        options: Sequence[Any] = self.ctx.plan.options(of)
        marked = [o for mark in marks for o in options if o.mark == mark]
        return marked[0] if marked else (random or self.random).choice(options)


def share_gone(year: int, day: date) -> float:
    """The share of a year gone at the end of a day, from 0 to 1."""
    return min(max((day - date(year - 1, 12, 31)).days / DAYS, 0.0), 1.0)


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
