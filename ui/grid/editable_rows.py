"""What the grid asks of the lines that it shows and edits: a unit's report, or a table of the plan's draft."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from forms.form import Context, Field, Form
from forms.kind import Value
from models.store.store import Change


class EditableRows(Protocol):
    """The lines of one form, oldest position first, and the changes that edit them. What may not be changed raises
    UserError.
    """

    form: Form
    ctx: Context
    rows: list[dict[str, Value]]

    def row(self, id: str) -> dict[str, Value]:
        """The line with that id; KeyError where there is none."""

    def field_at(self, id: str, name: str) -> Field:
        """A field in the unit of one line."""

    def set(self, id: str, values: Mapping[str, Value], typed: Mapping[str, str] | None = None) -> list[Change]:
        """Give fields of a line new values, with the words they were understood from."""

    def add(
        self, values: Mapping[str, Value], after: str = "", line: str = "", typed: Mapping[str, str] | None = None
    ) -> list[Change]:
        """A new line behind the line `after`, or at the end."""

    def remove(self, ids: Sequence[str]) -> list[Change]:
        """Take lines away."""

    def move(self, id: str, way: int) -> list[Change]:
        """Change places with the neighbour above (-1) or below (1); nothing at the edge."""
