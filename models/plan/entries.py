"""Entries of a plan year: units (责任单位), actions (行动), rules, indicators, tasks, assignments, periods (调度期)."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

from forms.comparison import Nature
from forms.plan_tables import MONTH


class Dated(Protocol):
    """An entry that is valid from the period `since` to the period `until` (ids; None: from the beginning, to the end);
    `former` are the entries it was before, as the plan writes them.
    """

    @property
    def since(self) -> str | None: ...
    @property
    def until(self) -> str | None: ...
    @property
    def former(self) -> str | None: ...


def predecessors(entry: Any) -> tuple[str, ...]:
    """The codes or ids that an entry's 前身 names."""
    return tuple(w for w in re.split(r"[、，,；;\s]+", entry.former or "") if w)


class Unit(NamedTuple):
    """A reporting unit. kind: township, department or park; `signed` is the name on its paper."""

    code: str
    name: str
    short: str
    kind: str
    signed: str
    order: int
    confirmed: bool
    since: str | None = None
    until: str | None = None
    former: str | None = None


class Action(NamedTuple):
    """One of the plan's actions, with its work team (duties only, no names)."""

    id: str
    name: str
    aim: str | None
    numeral: str
    scheme: str | None
    team: str | None
    lead: str
    convener: str | None
    liaison: str | None
    confirmed: bool


class Rule(NamedTuple):
    """An organising rule of the plan."""

    id: str
    kind: str
    name: str
    who: str | None
    text: str
    clause: str


class Indicator(NamedTuple):
    """A figure to reach: `comparison` with `target` in `measure` (`upper` for a span, `tolerance` around it), or above
    another indicator (`than`). `wording` is the target as people say it; `strive` marks 力争, `main` 主要指标, `tags` its labels.
    forms.verdict judges it.
    """

    id: str
    action: str
    name: str
    measure: str | None
    comparison: str
    target: Decimal | None
    wording: str
    strive: bool
    than: str | None
    nature: str
    rollup: str
    lead: str
    confirmed: bool
    clause: str
    upper: Decimal | None = None
    tolerance: Decimal | None = None
    main: bool = False
    since: str | None = None
    until: str | None = None
    former: str | None = None
    tags: tuple[str, ...] = ()

    @property
    def qualitative(self) -> bool:
        """Whether it is reported in words."""
        return self.nature == Nature.WORDS


class Task(NamedTuple):
    """A task that a unit carries out, with the clause of the plan it comes from. `due` is None where the plan has words
    (`due_text`) for it; `start` None where it starts with the plan.
    """

    id: str
    action: str
    text: str
    goal: str
    due: date | None
    indicators: tuple[str, ...]
    clause: str
    confirmed: bool
    start: date | None = None
    since: str | None = None
    until: str | None = None
    former: str | None = None
    due_text: str = ""
    tags: tuple[str, ...] = ()

    @property
    def due_day(self) -> date | str | None:
        """The due day, or the words for it."""
        return self.due or self.due_text or None


class Milestone(NamedTuple):
    """节点: how much of a task, in percent, should be done when a day ends."""

    task: str
    name: str
    day: date
    percent: Decimal
    confirmed: bool


class Assignment(NamedTuple):
    """A unit's part in a task: lead or support."""

    task: str
    unit: str
    role: str
    confirmed: bool
    since: str | None = None
    until: str | None = None
    former: str | None = None


SAMPLE_DAY = 22  # of the month


class Period(NamedTuple):
    """A reporting period. kind: month, quarter, half or year; `scored` that it may count for the scores (考核)."""

    id: str
    name: str
    kind: str
    start: date
    end: date
    due: date
    scored: bool = True

    @property
    def monthly(self) -> bool:
        """Whether it is one month."""
        return self.kind == MONTH

    @property
    def sample_day(self) -> date:
        """The day on which a workspace of sample data lives, so that the period is under way: the 22nd of its last month,
        or its last day where it has no 22nd.
        """
        day = self.end.replace(day=SAMPLE_DAY)
        return day if self.start <= day <= self.end else self.end


class Score(NamedTuple):
    """One line of the scoring table; `basis` names what it is worked out from, `rates` the points that a word (迟报,
    强制, 省级 …) costs or brings.
    """

    id: str
    name: str
    points: Decimal
    rule: str
    basis: str
    rates: tuple[tuple[str, Decimal], ...]
    confirmed: bool

    def rate(self, word: str) -> Decimal | None:
        """The points of a word; None where the plan does not say."""
        return dict(self.rates).get(word)


class Sharing(NamedTuple):
    """Who works on a task, by short names; confirmed if the plan or the office confirmed every part."""

    lead: tuple[str, ...]
    support: tuple[str, ...]
    confirmed: bool
