"""Field, one column of a form (栏), and what values and checks are given: the row, its context, the rows of the plan."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from forms.kind import Kind, Option, Text, Unreadable, Value, plain

Row = Mapping[str, Value]  # one record: the keys of KEYS and a value per field
KEYS = ("id", "unit", "period", "line", "position")  # every record has these beside its fields


def share_of_days(start: date, end: date, day: date) -> Decimal:
    """The share of the days from `start` to `end`, both counted, that are gone when `day` ends: in percent with one
    decimal, from 0 to 100.
    """
    days, gone = (end - start).days + 1, (day - start).days + 1
    return (Decimal(max(0, min(gone, days))) * 100 / days).quantize(Decimal("0.1"), ROUND_HALF_UP)


class PeriodLike(Protocol):
    """A reporting period: id such as 2024-10, name, first and last day, due day."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def due(self) -> date: ...


class Named(Protocol):
    """What has a name; a form."""

    @property
    def name(self) -> str: ...


class PlanLike(Protocol):
    """What forms ask of a plan year; models.plan.plan.Plan implements it."""

    @property
    def year(self) -> int: ...
    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...
    @property
    def scoring(self) -> Sequence[Any]: ...
    @property
    def former(self) -> Mapping[str, tuple[Option, ...]]: ...
    def options(self, of: str) -> tuple[Option, ...]: ...
    def parameter(self, wanted: Any) -> Any: ...
    def find(self, of: str, id: str) -> Any: ...
    def tasks_of(self, unit: str) -> Sequence[tuple[Any, str]]: ...
    def indicators_of(self, unit: str) -> Sequence[Any]: ...
    def tasks_of_action(self, action: str) -> Sequence[Any]: ...
    def sharing(self, task: str) -> Any: ...
    def milestones_of(self, task: str) -> Sequence[Any]: ...
    def wording_of(self, indicator: str) -> str: ...
    def is_confirmed(self, task: str, unit: str) -> bool: ...


@dataclass(frozen=True)
class Context:
    """What checks and derived fields of a row read: the plan, the unit's code, the period, last period's rows by line,
    and the rows of every form of this unit and period; at the county the figures of the others' indicators, too. `day`
    is the reference day (forms.pace.reference_day), the period's last one where none is given; `dues` are the due days
    that the county put off.
    """

    plan: PlanLike
    unit: str
    period: PeriodLike
    previous: Mapping[tuple[str, str], Row] = field(default_factory=dict)  # (form, line) → row
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    figures: Mapping[str, Decimal] = field(default_factory=dict)  # by indicator what other units reported, where known
    dues: Mapping[str, date] = field(default_factory=dict)  # by task line the later due day that the county allowed
    day: date | None = None

    @property
    def today(self) -> date:
        """The reference day: what is late, and how far things should be, is seen from it."""
        return self.day or self.period.end

    @property
    def year_over(self) -> bool:
        """Whether the plan is over on the reference day."""
        return self.today >= self.plan.end

    @property
    def expected(self) -> Decimal:
        """序时进度: the share of the plan's days gone on the reference day, in percent with one decimal."""
        return share_of_days(self.plan.start, self.plan.end, self.today)

    def before(self, form: "Named", row: Row) -> Row | None:
        """The same line in the last period, or None."""
        return self.previous.get((form.name, row.get("line") or ""))


class Seed(NamedTuple):
    """A line that the plan gives: its stable line id and the values it starts with."""

    line: str
    values: Mapping[str, Value]


class Meaning(StrEnum):
    """What a column means to those who put reports together, whatever its form calls it."""

    ACTION = "action"  # the action of the plan (行动)
    ENTRY = "entry"  # the entry of the plan that the row belongs to: a task, an indicator
    STATUS = "status"  # how the line is getting on (状态)
    DONE = "done"  # how much of it is done, in percent (完成进度)
    PLANNED = "planned"  # money planned for the year (年度计划)
    SPENT = "spent"  # money spent this year (本年累计)
    FIGURE = "figure"  # the figure since the beginning of the year (累计)
    PART = "part"  # the unit's part in it, in words (牵头、配合)
    SUBJECT = "subject"  # what the line is about, in words (问题描述)
    CONCERNS = "concerns"  # the task or project that an obstacle stops (涉及任务/项目)
    WANTED = "wanted"  # what the county should do (需协调事项)
    LEVEL = "level"  # who has to decide (协调层级)
    DUE = "due"  # the day by which it should be done (时限)
    ASKED_DUE = "asked_due"  # the later due day that the unit asks for (申请完成时限)
    ENDED = "ended"  # the day on which it was (销号日期)
    LAST_YEAR = "last_year"  # the same at the same time last year (上年同期)
    VERDICT = "verdict"  # what is made of a figure (判定)
    FORECAST = "forecast"  # the figure expected at the year's end (全年预计)
    REMARK = "remark"  # what the unit says about the row in words (说明)
    CONTACT = "contact"  # whom to ask (联络员)
    PHONE = "phone"  # and by which telephone (联络员电话)
    GOAL = "goal"  # what should be reached by the end of the year, in words (年度目标)
    PROGRESS = "progress"  # what was done, in words (进展情况)
    TROUBLE = "trouble"  # what stops it, in words (存在问题)
    EVIDENCE = "evidence"  # papers and files that prove it (佐证)
    KIND = "kind"  # which kind of obstacle it is (类型)


Derive = Callable[[Row, Context], Value]


@dataclass(frozen=True)
class Field:
    """One column of a form. `width` is in mm on paper (grids and workbooks scale it); `over` is a merged heading shared
    with its neighbours; `below` names the field under which paper prints this one; `total` fields are summed in group
    and total rows; `goal` is what the figure should reach by the end of the year, for what grows through it; `benchmark` is the plan's
    figure of the same measure, of whose order this one should be; `carry` values go on into the next
    period; `locked` ones come from the plan; `counted_in` names the field that says the unit of this one, line by line;
    `aka` are other headings that people give this column in tables of their own; `offer` names the setting whose words
    are offered where nothing stands; `since` and `until` are the first and the last plan year that ask for it;
    `meaning` says what those who put reports together find in it; `explain` gives, for one row, the sentence on what a
    derived value rests on, or why it is empty.
    """

    name: str
    label: str
    kind: Kind = Text()  # noqa: RUF009 - kinds are frozen
    required: bool = False
    unit: str = ""
    help: str = ""
    width: float = 20
    derive: Derive | None = None
    goal: Derive | None = None
    benchmark: Derive | None = None
    carry: bool = False
    locked: bool = False
    total: bool = False
    over: str = ""
    below: str = ""
    counted_in: str = ""
    aka: tuple[str, ...] = ()
    offer: str = ""
    since: int = 0
    until: int = 9999
    meaning: Meaning | None = None
    explain: Callable[[Row, "Context"], str] | None = None

    def of_year(self, year: int) -> bool:
        """Whether the plan of that year asks for this field."""
        return self.since <= year <= self.until

    @property
    def stored(self) -> bool:
        """Whether the field has a column in the store; derived ones are worked out."""
        return self.derive is None

    @property
    def editable(self) -> bool:
        """Whether a unit may write here."""
        return self.stored and not self.locked

    def parse(self, typed: str, year: int | None = None) -> Value:
        """The value that people mean by `typed`, in this field's unit; `year` completes days without one.
        Raises Unreadable.
        """
        from forms.typed_text import understand  # read when somebody types: a start does without

        return self.kind.parse(understand(self.kind, typed, self.unit, year))

    def literal(self, typed: str, value: Value) -> bool:
        """Whether `typed` is exactly this value, so that nothing was interpreted: no unit, no full-width figures."""
        try:
            half = plain(typed) == typed.strip() or not self.kind.on_one_line
            return half and bool(self.kind.parse(typed) == value)
        except Unreadable:
            return False

    def of(self, row: Row) -> "Field":
        """The field for one row, with that row's own unit; the row must be complete."""
        return replace(self, unit=row.get(self.counted_in) or "") if self.counted_in else self

    @property
    def heading(self) -> str:
        """The heading where there is no merged heading above: label with its unit."""
        return f"{self.label}（{self.unit}）" if self.unit else self.label
