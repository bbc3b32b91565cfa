"""Checks of a single value that need no other field and no other row."""

import re
from collections.abc import Iterator

from forms.choices import Choice
from forms.field import Field
from forms.kind import Unreadable, Value
from forms.problem import HALF_WIDTH, UNKNOWN_CHOICE, UNREADABLE, Check, CheckResult

HALF_MARK = re.compile(r"[一-鿿]([,;:?!])")  # typed with the wrong keyboard setting


def by_itself(f: Field, value: Value) -> Iterator[tuple[Check, CheckResult]]:
    """Each failed check with its result, for a value that is filled."""
    try:
        f.kind.read(f.kind.write(value))
    except Unreadable as why:
        yield UNREADABLE, CheckResult(f.name, {"why": str(why)})
    if isinstance(f.kind, Choice):
        for v in value if isinstance(value, tuple) else (value,):
            if not f.kind.find(v):
                yield UNKNOWN_CHOICE, CheckResult(f.name, {"value": v})
    if f.kind.prose and f.editable:
        marks = "".join(dict.fromkeys(HALF_MARK.findall(value)))
        if marks:
            yield HALF_WIDTH, CheckResult(f.name, {"marks": marks})
