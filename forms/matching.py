"""Which columns of a table that somebody made himself are which fields: by heading, and never without being shown."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.form import Field, Form
from forms.kind import Number, plain

HEAD_ROWS = 15  # a heading stands among the first lines
LEAST = 0.6  # likeness below which a heading is no guess at all


@dataclass(frozen=True)
class Match:
    """A column taken for a field; `sure` where the heading says just that, and `unit` that the heading names."""

    column: int
    field: Field
    likeness: float
    unit: str = ""

    @property
    def sure(self) -> bool:
        return self.likeness >= 1


def heading(text: str) -> tuple[str, str]:
    """The bare words of a heading, and the unit in brackets behind them."""
    bare = re.sub(r"[\s*:]", "", plain(text))
    found = re.fullmatch(r"(.+?)[(\[]([^)\]]*)[)\]]", bare)
    return (found[1], found[2].removeprefix("单位").lstrip(":")) if found else (bare, "")


def likeness(words: str, field: Field) -> float:
    """1 for the same heading, less for another word for it, the share of common letters otherwise."""
    label = heading(field.label)[0]
    if words == label:
        return 1.0
    if words in field.aka:
        return 0.9
    return 0.8 * difflib.SequenceMatcher(None, words, label).ratio()


def matches(form: Form, headings: Sequence[str]) -> list[Match]:
    """The best pairs of columns and fields that a unit writes, each used once, in the order of the columns."""
    told = [heading(h) for h in headings]
    pairs = [
        Match(n, f, score, unit)
        for n, (words, unit) in enumerate(told)
        if words
        for f in form.fields
        if f.editable and (score := likeness(words, f)) >= LEAST * 0.8
    ]
    taken: dict[int, Match] = {}
    for match in sorted(pairs, key=lambda m: (-m.likeness, m.column)):
        if match.column not in taken and match.field.name not in {m.field.name for m in taken.values()}:
            taken[match.column] = match
    return [taken[n] for n in sorted(taken)]


def score(form: Form, headings: Sequence[str]) -> float:
    """How well a table suits a form."""
    return sum(m.likeness for m in matches(form, headings))


def heading_row(rows: Sequence[Sequence[str]], forms: Sequence[Form]) -> int:
    """The number of the line from 0 that looks most like headings."""
    first = range(min(len(rows), HEAD_ROWS))
    return max(first, key=lambda n: (max((score(f, rows[n]) for f in forms), default=0), -n), default=0)


def in_unit(cell: str, field: Field, unit: str) -> str:
    """A figure of a column whose heading names another unit, with that unit behind it."""
    bare = plain(cell)
    if field.unit == "%" and re.fullmatch(r"-?(0?\.\d*[1-9]\d*|1)", bare, re.ASCII):
        return f"{bare}%或{float(bare) * 100:g}%"  # tables keep 85% as 0.85: asked, not guessed
    plain_figure = isinstance(field.kind, Number) and re.fullmatch(r"[+-]?[\d,.]+", bare)
    return f"{bare}{unit}" if unit and plain_figure and unit != field.unit else cell


def lines(rows: Sequence[Sequence[str]], chosen: Mapping[int, Match]) -> list[list[str]]:
    """The cells of the chosen columns, without empty lines and lines of sums."""
    kept = [r for r in rows if any(c.strip() for c in r) and not any(_is_sum(c) for c in r[:3])]
    return [[in_unit(r[n] if n < len(r) else "", m.field, m.unit) for n, m in sorted(chosen.items())] for r in kept]


def _is_sum(cell: str) -> bool:
    return re.sub(r"\s", "", cell) in ("合计", "小计", "总计", "累计")
