"""版本相遇: names what a file holds beyond format 1, and what of it this program does not understand.

A word names one item: `form:visits`, `field:publicity.reads`, `plan:tasks.牵头领导`, `plan:plan.生效` (a row), `member:maps`, `key:fax`. Only
what has content counts: an empty table or column loses nothing.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from exports.package.format_1 import DATA, FOLDERS, OWN, PLAN
from forms.form import Form
from forms.plan_tables import ABOUT, LATER_ROWS, PLAN_TABLES

NAMED = (
    "form:",
    "field:",
)  # kinds of words in `critical` that a reader may ignore, if it names them and reads the file again later


BEFORE = "before"  # before/UNIT/PERIOD/FORM.csv: what those wrote whose tasks the unit took over
OUR_MEMBERS = (f"member:{BEFORE}",)  # beyond format 1, and understood by this program


@dataclass(frozen=True)
class Described:
    """A file's description of one of its tables: its title and the titles of its columns."""

    title: str
    columns: Mapping[str, str]


def beyond_format_1(members: Mapping[str, bytes]) -> list[str]:
    """The words for content of the members that a program of format 1 would lose."""
    return sorted({*_data_words(members, DATA, OWN), *_plan_words(members, PLAN), *_member_words(members)})


def beyond_program(members: Mapping[str, bytes], forms: Iterable[Form]) -> list[str]:
    """The words for content of the members that this program, which has these forms, does not understand."""
    ours = {f.name: tuple(c.name for c in f.stored) for f in forms} | {"history": DATA["history"]}
    return sorted({*_data_words(members, ours, OWN), *(w for w in _member_words(members) if w not in OUR_MEMBERS)})


def is_understood(word: str) -> bool:
    """Whether a program may take a file in with this word of `critical`: yes for forms and fields, which are named and
    read again later.
    """
    tables = {t.name: {f.label for f in t.fields} for t in PLAN_TABLES}
    tables[ABOUT.name] |= set(LATER_ROWS)
    table, _, column = word.removeprefix("plan:").partition(".")
    return (
        word.startswith(NAMED)
        or word in OUR_MEMBERS
        or (word.startswith("plan:") and table in tables and column in tables[table])
    )


def in_words(words: Sequence[str], described: Mapping[str, Described]) -> str:
    """The words in Chinese, with the titles that the file itself gives: “走访清单”整张表、“宣传信息”的“阅读量”栏."""
    return "、".join(_in_words(w, described) for w in words)


def _in_words(word: str, described: Mapping[str, Described]) -> str:
    kind, _, name = word.partition(":")
    form, _, column = name.partition(".")
    found = described.get(form)
    title = found.title if found else form
    if kind == "field":
        return f"“{title}”的“{found.columns.get(column, column) if found else column}”栏"
    return f"“{title}”整张表" if kind == "form" else f"“{name}”"


def form_of(path: str) -> str:
    """The form whose rows a member holds: data/tasks.csv, data/2024-10/tasks.csv; "" for other members."""
    parts = path.removesuffix(".csv").split("/")
    return parts[-1] if parts[0] == "data" and path.endswith(".csv") else ""


def _data_words(members: Mapping[str, bytes], known: Mapping[str, Sequence[str]], own: Sequence[str]) -> Iterator[str]:
    for path, content in members.items():
        form = form_of(path)
        if form and form not in known:
            yield from [f"form:{form}"] if _holds_rows(content) else []
        elif form:
            yield from (f"field:{form}.{c}" for c in _filled(content) if c not in known[form] and c not in own)


def _plan_words(members: Mapping[str, bytes], known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for path, content in members.items():
        folder, _, file = path.partition("/")
        table = file.removesuffix(".csv")
        if folder == "plan":
            yield from (f"plan:{table}.{c}" for c in _filled(content) if c not in known.get(table, ()))
        if path == f"plan/{ABOUT.name}.csv":
            yield from (f"plan:{ABOUT.name}.{row[0]}" for row in _table(content)[1:] if row and row[0] in LATER_ROWS)


def _member_words(members: Mapping[str, bytes]) -> Iterator[str]:
    for path in members:
        top = path.partition("/")[0]
        if top not in FOLDERS:
            yield f"member:{top}"
        elif top == "data" and (not path.endswith(".csv") or path.count("/") > 2):
            yield f"member:{path}"


def _holds_rows(content: bytes) -> bool:
    """Whether a table has rows under its heading; one that cannot be parsed counts as having some."""
    rows = _table(content)
    return any(rows[1:]) if rows else bool(content)


def _filled(content: bytes) -> list[str]:
    """The columns that have a value in at least one row."""
    head, *rows = _table(content) or [[]]
    return [name for n, name in enumerate(head) if any(len(row) > n and row[n] for row in rows)]


def _table(content: bytes) -> list[list[str]]:
    """The rows of a CSV, the heading first; [] where it is not valid: the code that reads it refuses it."""
    try:
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return []
