"""What a grid asks of the data behind it: a unit's period (Session) or a draft of the plan (ui/plan/draft_source.py)."""

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from typing import Protocol

from forms.field import Context, Field, Row
from forms.form import Form
from forms.kind import Value
from models.ledger.county_feedback import CountyFeedback, Place
from models.reporting.check import Finding
from models.store.change import Change
from ui.operations.bulk_edit import BulkEdit


class GridLines(Protocol):
    """The lines of one table in their order. The methods give the changes that edit them, and write nothing."""

    form: Form
    ctx: Context
    rows: list[dict[str, Value]]

    def row(self, id: str, /) -> dict[str, Value]:
        """The line with that id. Raises KeyError."""

    def field_at(self, id: str, name: str, /) -> Field:
        """A field in the unit of measure of one line."""

    def set(self, id: str, values: Mapping[str, Value], typed: Mapping[str, str] | None = None, /) -> list[Change]:
        """Give fields of a line new values; `typed` has the texts they were read from. Raises UserError."""

    def add(
        self, values: Mapping[str, Value], after: str = "", line: str = "", typed: Mapping[str, str] | None = None
    ) -> list[Change]:
        """A new line after the line `after`, or at the end. Raises UserError."""

    def remove(self, ids: Sequence[str], /) -> list[Change]:
        """Delete lines. Raises UserError."""

    def move(self, id: str, way: int, /) -> list[Change]:
        """Swap a line with its neighbour above (-1) or below (1); no change at the edge."""


class GridState(Protocol):
    """The lines with their derived fields, and the check results on them, by form."""

    def completed(self, form: Form, /) -> list[Row]:
        """The lines with their derived fields."""

    def findings_of(self, form: str, /) -> Mapping[str, tuple[Finding, ...]]:
        """The check results by record."""

    def open_lines(self, form: str, /) -> set[str]:
        """The records with open items."""

    def odd_lines(self, form: str, /) -> set[str]:
        """The records with an open check result other than an empty cell."""


class GridLock(Protocol):
    """Which cells may be changed."""

    def why(self, form: str, record: str, field: str = "", /) -> str:
        """Why a cell may not be changed; '' where it may."""


class GridSource(Protocol):
    """Everything that a grid reads and writes. Both sources are checked against it by mypy."""

    @property
    def long(self) -> BulkEdit:
        """The edits of many lines, one at a time."""

    @property
    def now(self) -> GridState:
        """The lines as they are now."""

    @property
    def lock(self) -> GridLock:
        """Which cells may not be changed, and why."""

    @property
    def ctx(self) -> Context:
        """Plan, unit, period and rows that derived fields read."""

    @property
    def year(self) -> int:
        """The plan year, which completes days typed without one."""

    @property
    def returned(self) -> Sequence[Row]:
        """The county's open comments."""

    @property
    def corrected(self) -> Mapping[Place, CountyFeedback]:
        """The cells for which the county counts another value."""

    @property
    def open_findings(self) -> Sequence[Finding]:
        """The check results that still have to be dealt with."""

    def report(self, form: Form, /) -> GridLines:
        """The lines of a table."""

    def dated(self, form: Form, /) -> Set[str]:
        """The records that were changed in this period."""

    def is_edited(self, form: str, record: str, field: str, value: Value, /) -> bool:
        """Whether a cell has another value than when the window was opened."""

    def today(self) -> date:
        """The day on this PC's clock."""

    def tell(self, text: str, tone: str) -> None:
        """Show a message in the window's status line."""

    def edit(self, label: str, changes: Sequence[Change]) -> bool:
        """Write an edit as one step of undo; False, with a message, where it could not be written."""

    def carry_out(
        self, label: str, changes: Sequence[Change], done: Callable[[bool], None] = lambda _kept: None
    ) -> None:
        """Like `edit`, for any number of lines; `done` gets whether it was written."""
