"""The orders in which lines are shown: by figure, by day, by the order of the options, words by their pinyin."""

from collections.abc import Iterator, Sequence
from typing import Any

from forms.field import Field, Row
from forms.kind import Value
from ui.widgets.pinyin import spelling


def ordered(rows: Sequence[Row], field: Field, down: bool) -> list[str]:
    """The ids of the rows in the order of a field; empty cells come last in both directions."""
    filled = [r for r in rows if r.get(field.name) not in (None, "")]
    empty = [r for r in rows if r.get(field.name) in (None, "")]
    filled.sort(key=lambda r: _key(field, r[field.name]), reverse=down)
    return [r["id"] for r in [*filled, *empty]]


def spelled(rows: Sequence[Row], field: Field) -> Iterator[None]:
    """Cache the pinyin of each row's words, which is the slow part of sorting; yields once per row."""
    for row in rows:
        if row.get(field.name) not in (None, ""):
            _key(field, row[field.name])
        yield


def _key(field: Field, value: Value) -> Any:
    key = field.kind.sort_key(value)
    if key is not None:
        return key
    text = field.kind.show(value)
    return spelling(text), text
