"""Kinds that take one or several of a list: fixed lists, and those of the plan year."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from forms.kind import Kind, Option, Unreadable, Value, plain


@dataclass(frozen=True)
class Choice(Kind):
    """One of a list of options; the id is kept, the name is shown."""

    options: tuple[Option, ...] = ()
    former: tuple[Option, ...] = ()  # what earlier plans offered: can be read, not chosen

    align: ClassVar[str] = "center"
    set_as: ClassVar[str] = "name"
    chosen: ClassVar[bool] = True

    @property
    def choices(self) -> tuple[Option, ...]:
        return self.options

    @cached_property
    def _by_id(self) -> dict[str, Option]:
        return {o.id: o for o in reversed(self.options)}

    @cached_property
    def _by_word(self) -> dict[str, Option]:
        """Options by every word people use for them (id, name, short name); of two with one name it is the first."""
        return {w: o for o in reversed(self.options) for w in (o.id, o.name, o.short) if w}

    def find(self, value: Value) -> Option | None:
        """The option of an id, or None."""
        return self._by_id.get(value) if isinstance(value, str) else None

    def parse(self, typed: str) -> Value:
        text = typed.strip()
        if not text:
            return None
        for wanted in (text, plain(text)):
            if option := self._by_word.get(wanted):
                return option.id
        raise Unreadable(f"“{text}”不在可选的内容里，请从“{self._some()}”里选一个")

    def _some(self) -> str:
        names = [o.short or o.name for o in self.options]
        return "、".join(names[:8]) + ("……" if len(names) > 8 else "")

    def former_option(self, value: Value) -> Option | None:
        """The option of an id that only an earlier plan had, or None."""
        return None if self.find(value) else next((o for o in self.former if o.id == value), None)

    def show(self, value: Value) -> str:
        return self._named(value) if value else ""

    def _named(self, value: str, short: bool = False) -> str:
        option = self.find(value)
        if option is not None:
            return (option.short or option.name) if short else option.name
        left = self.former_option(value)
        return f"{left.name}（已不在方案里）" if left else value

    def read(self, text: str) -> Value:
        return text or None

    def as_typed(self, value: Value) -> str:
        return self.show(value).replace(",", "")

    def sort_key(self, value: Value) -> Any:
        return next((n for n, o in enumerate(self.options) if o.id == value), len(self.options))

    def mark(self, value: Value) -> str:
        option = self.find(value)
        return option.mark if option else ""


def choice(**names: str) -> Choice:
    """A fixed choice written as id=name."""
    return Choice(_options(names))


def coded(others: bool = False, /, **names: str) -> "Coded":
    """A choice of the program's own words, written as id=name."""
    return Coded(_options(names), others=others)


def _options(names: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(i, n) for i, n in names.items())


@dataclass(frozen=True)
class Coded(Choice):
    """A choice of the program's own words: files keep the ids, people read the names; `others` lets words through that
    the program does not know.
    """

    others: bool = False

    align: ClassVar[str] = "left"

    def as_typed(self, value: Value) -> str:
        return self.write(value)

    def parse(self, typed: str) -> Value:
        try:
            return Choice.parse(self, typed)
        except Unreadable:
            if not self.others:
                raise
            return typed.strip()


@dataclass(frozen=True)
class FromPlan(Choice):
    """A choice whose options are a list of the plan year (actions, units, tasks, status …); bound by `Form.bound`; `of` names the list."""

    of: str = ""
    several: bool = False
    long: bool = False  # the names are sentences: set them as running text

    def bind(self, options: tuple[Option, ...], former: tuple[Option, ...] = ()) -> Choice:
        """A choice with the options of one plan; `former` are those of earlier plans, which can be read but not
        chosen.
        """
        made = Several if self.several else Sentence if self.long else Choice
        return made(options, former)


class Sentence(Choice):
    """A choice whose names are sentences, set as running text."""

    align: ClassVar[str] = "left"


class Several(Choice):
    """Any number of the options; a tuple of ids."""

    align: ClassVar[str] = "left"
    set_as: ClassVar[str] = "text"

    @property
    def several(self) -> bool:
        return True

    def as_typed(self, value: Value) -> str:
        return self.write(value)

    def parse(self, typed: str) -> Value:
        parts = [p for p in re.split(r"[、,，;；\n]", typed) if p.strip()]
        return tuple(Choice.parse(self, p) for p in parts) or None

    def show(self, value: Value) -> str:
        return "、".join(self._named(v, short=True) for v in value or ())

    def write(self, value: Value) -> str:
        return "、".join(value or ())

    def read(self, text: str) -> Value:
        return tuple(text.split("、")) if text else None
