"""Change, the only way in which a record is edited (改动): one record before and after; a list of them is one edit."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from forms.kind import Value

Values = Mapping[str, Value]


class Change(NamedTuple):
    """One record before and after. An insert has no `before` and a complete row after; a delete has no `after`; an
    update carries only what changes. An edit of any size is a list of these.
    """

    form: str
    id: str
    before: Values | None
    after: Values | None
    typed: Mapping[str, str] | None = None  # field → the words it was understood from, where they were other ones

    @property
    def inverse(self) -> "Change":
        """The change that takes this one back."""
        return Change(self.form, self.id, self.after, self.before)


def inverse(changes: Sequence[Change]) -> list[Change]:
    """The changes that undo an edit."""
    return [c.inverse for c in reversed(changes)]
