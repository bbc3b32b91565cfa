"""Matches the columns of a foreign table to fields by their headings (表头匹配); the user always confirms the match."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.field import Field
from forms.form import Form
from forms.kind import plain

HEAD_ROWS = 15  # the heading is among the first rows
LEAST = 0.6  # likeness below which a heading is no guess at all


MONEY = r"((?:万亿|千万|百万|十万|亿|万|千)?元)"
SEEN = re.compile(r"(.*)（Excel 显示(.*?)，(?:已缩放|单位(.*))）", re.DOTALL)
DOUBTED = re.compile(r"(.*)（单位是(.+)还是(.+)？）", re.DOTALL)


def as_seen(text: str, seen: str, unit: str) -> str:
    """A figure with what Excel shows of it: no number, so that it is asked about. `unit`: '' where it is scaled."""
    return f"{text}（Excel 显示{seen}，{f'单位{unit}' if unit else '已缩放'}）"


def asked(cell: str) -> str:
    """The question about a figure that may mean two values; '' for a cell without doubt."""
    if found := SEEN.fullmatch(cell):
        return f"Excel 里看到的是“{found[2]}”，存的数是{found[1]}；不知道是哪个，这一格先空着，请核对后自己填"
    if found := DOUBTED.fullmatch(cell):
        return f"表上写着单位是{found[2]}，这一栏按{found[3]}填，{found[1]}不知道是哪个；这一格先空着，请核对后自己填"
    return ""


@dataclass(frozen=True)
class Match:
    """A column taken for a field; `sure` where the heading is exactly the field's, and `unit` that the heading names.
    `doubt`: a unit of money that is named in another way, behind the heading or above the table.
    """

    column: int
    field: Field
    likeness: float
    unit: str = ""
    doubt: str = ""

    @property
    def sure(self) -> bool:
        return self.likeness >= 1


def heading(text: str) -> tuple[str, str]:
    """The heading without its unit, and the unit in brackets behind it."""
    bare = re.sub(r"[\s*:]", "", plain(text))
    found = re.fullmatch(r"(.+?)[(\[]([^)\]]*)[)\]]", bare)
    return (found[1], found[2].removeprefix("单位").lstrip(":")) if found else (bare, "")


def unit_above(rows: Sequence[Sequence[str]]) -> str:
    """The unit of money in the lines above a table, as in “单位：元”; '' for none."""
    found = (re.search(rf"单位[:：]?(?:人民币)?{MONEY}", re.sub(r"\s", "", c)) for r in rows for c in r)
    return next((m[1] for m in found if m), "")


def doubted_unit(text: str, above: str = "") -> str:
    """The unit of money of a heading, which names it without brackets (总投资/元, 年度计划 单位：元) or has it `above`."""
    bare = re.sub(r"[\s*]", "", plain(text))
    if heading(text)[1]:
        return ""
    found = re.search(rf"(?:[/,、:;|—-]|单位:?){MONEY}$", bare)
    return found[1] if found else above


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
    """How well a table suits a form: the sum of the likeness of its matching columns."""
    return sum(m.likeness for m in matches(form, headings))


def heading_row(rows: Sequence[Sequence[str]], forms: Sequence[Form]) -> int:
    """The number of the line from 0 that looks most like headings."""
    first = range(min(len(rows), HEAD_ROWS))
    return max(first, key=lambda n: (max((score(f, rows[n]) for f in forms), default=0), -n), default=0)


def headed(rows: Sequence[Sequence[str]], form: Form) -> int | None:
    """The number from 0 of the line that bears the form's headings, where a block of cells begins with them: at least
    two, and no fewer than the cells that are no heading.
    """
    known = {w for f in form.fields for w in (heading(f.label)[0], *f.aka)}
    for n, row in enumerate(rows[:HEAD_ROWS][: len(rows) - 1]):
        told = [heading(c)[0] in known for c in row if c.strip()]
        if sum(told) >= 2 and sum(told) * 2 >= len(told):
            return n
    return None


def trimmed(
    rows: Sequence[Sequence[str]], form: Form, fields: Sequence[Field]
) -> tuple[list[Sequence[str]], list[str]]:
    """A block of cells for `fields` without its heading row, the rows above that, and its rows of sums; and a sentence
    for each kind of row that was removed.
    """
    at = headed(rows, form)
    first = [(heading(c)[0], f) for c, f in zip(rows[0], fields, strict=False) if c.strip()] if len(rows) > 1 else []
    if at is None and first and all(words == heading(f.label)[0] for words, f in first):
        at = 0
    below = rows if at is None else rows[at + 1 :]
    kept = [r for r in below if not is_sum(r)]
    if at is not None:  # what the heading, or a line above it, says of the unit holds for a pasted block too
        above = unit_above(rows[:at])
        units = [(f, heading(c)[1], doubted_unit(c, above)) for c, f in zip(rows[at], fields, strict=False)]
        kept = [[*(_figure(c, *u) for c, u in zip(r, units, strict=False)), *r[len(units) :]] for r in kept]
    sums = [f"{len(below) - len(kept)}行合计"] if len(kept) < len(below) else []
    return kept, [*(["标题行"] if at is not None else []), *sums]


def _figure(cell: str, field: Field, unit: str, doubt: str) -> str:
    """A pasted cell, with the unit of money of its heading where that is another than the field's."""
    return in_unit(cell, field, unit, doubt) if field.unit.endswith("元") and (unit or doubt) else cell


def in_unit(cell: str, field: Field, unit: str, doubt: str = "") -> str:
    """A figure of a column whose heading names another unit, with that unit behind it; what is in doubt stays no number."""
    if found := SEEN.fullmatch(cell):
        same = found[3] is not None and (found[3] == field.unit or not field.unit.endswith("元"))
        return found[1] if same or not field.kind.numeric else cell
    bare = plain(cell)
    money = field.unit.endswith("元") and re.fullmatch(r"[+-]?[\d,.]+", bare)
    if doubt and money and doubt != field.unit:
        return f"{bare}（单位是{doubt}还是{field.unit}？）"
    if field.unit == "%" and re.fullmatch(r"-?(0?\.\d*[1-9]\d*|1)", bare, re.ASCII):
        return f"{bare}%或{float(bare) * 100:g}%"  # tables keep 85% as 0.85: asked, not guessed
    plain_figure = field.kind.numeric and re.fullmatch(r"[+-]?[\d,.]+", bare)
    return f"{bare}{unit}" if unit and plain_figure and unit != field.unit else cell


def lines(rows: Sequence[Sequence[str]], chosen: Mapping[int, Match]) -> list[list[str]]:
    """The cells of the chosen columns, without empty lines and lines of sums."""
    kept = [r for r in rows if any(c.strip() for c in r) and not is_sum(r)]
    columns = sorted(chosen.items())
    return [[in_unit(r[n] if n < len(r) else "", m.field, m.unit, m.doubt) for n, m in columns] for r in kept]


def is_sum(row: Sequence[str]) -> bool:
    """Whether a row holds sums: one of its first cells has a word such as 合计."""
    return any(re.sub(r"\s", "", c) in ("合计", "小计", "总计", "累计") for c in row[:3])
