"""外来表格: tables that somebody else made (.xlsx, .xls, .et, .csv), read as texts; the user then says which column is
which field.
"""

import csv
import io
from dataclasses import dataclass

from exports.readback.raw_cells import CellContent, Worksheet, open_worksheets
from exports.readback.sandbox import Sandbox
from exports.readback.sheets import CORNER, sheets_of
from exports.readback.zip_guard import BIG, COLUMNS, LOCKED, OLD, ROWS
from forms.heading_match import as_seen
from forms.states import Role
from forms.typed_text import MERGED
from models.refusals import Refused

LARGEST = 20 << 20
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OURS_OTHERWISE = "table.ours-in-another-format"
TEXTS = (".csv", ".txt", ".tsv")
UNREADABLE = "table.unreadable"


@dataclass(frozen=True)
class ForeignTable:
    """One sheet: its name and the texts of its rows."""

    title: str
    rows: list[list[str]]


def read_tables(name: str, data: bytes, apart: Sandbox) -> list[ForeignTable]:
    """The sheets of a file that are not empty. Raises Refused."""
    if len(data) > LARGEST:
        raise Refused(BIG)
    if data.startswith(OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(LOCKED)
        found: list[ForeignTable] = apart.do(_old, data)
    elif data.startswith(b"PK"):
        found = [_page(p) for p in open_worksheets(data, apart) if p.rows and not p.hidden]
    elif name.lower().endswith(TEXTS):
        found = [ForeignTable("", _csv(_text(data)))]
    else:
        raise Refused(UNREADABLE)
    found = [f for f in found if any(c.strip() for r in f.rows for c in r)]
    if not found:
        raise Refused("table.empty")
    return found


def _page(page: Worksheet) -> ForeignTable:
    under = {(row, left): True for left, top, _, bottom in page.merged for row in range(top + 1, min(bottom, ROWS) + 1)}
    width = min(max((max(r) for r in page.rows.values() if r), default=0), COLUMNS)
    rows = [
        [MERGED if (n, c) in under else _seen(page.rows.get(n, {}).get(c)) for c in range(1, width + 1)]
        for n in range(1, min(max(page.rows), ROWS) + 1)
    ]
    return ForeignTable(page.title, rows)


def _seen(told: CellContent | None) -> str:
    """The text of a cell, with what Excel shows of it where the two may mean different numbers."""
    if told is None or not told.seen:
        return told.text if told else ""
    return as_seen(told.text, told.seen, told.unit)


def _old(data: bytes) -> list[ForeignTable]:
    """The sheets of an .xls or .et; runs in the sandbox."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        return [
            ForeignTable(n, [[_word(c) for c in r[:COLUMNS]] for r in book.get_sheet_by_name(n).to_python(nrows=ROWS)])
            for n in book.sheet_names
        ]
    except PasswordError:
        raise Refused(LOCKED) from None
    except (CalamineError, OSError, ValueError):
        raise Refused(UNREADABLE) from None


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _text(data: bytes) -> str:
    """Decoded by its byte order mark, else as UTF-8, else as GB 18030, which Chinese Windows writes. Raises Refused."""
    mark = next((code for start, code in MARKS.items() if data.startswith(start)), "")
    for code in (mark,) if mark else ("utf-8", "gb18030"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise Refused(UNREADABLE)


def _csv(text: str) -> list[list[str]]:
    """Rows split at the separator that is most frequent at the start: tab, comma or semicolon. Raises Refused."""
    head = text[:4000]
    parted = max("\t,;", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=parted))
    except csv.Error:
        raise Refused(UNREADABLE) from None
    if len(rows) > ROWS or any(len(r) > COLUMNS for r in rows):
        raise Refused(BIG)
    return rows


def is_table(name: str, data: bytes) -> bool:
    """Whether a file is a table that the workbook reader does not open: .xls, .et, .csv, or a workbook
    with a password.
    """
    return data.startswith(OLD) or (name.lower().endswith(".csv") and not data.startswith(b"PK"))


def stranger(role: str) -> Refused:
    """The refusal of a table that somebody else made, with what to do in a workspace of this role."""
    return Refused("table.foreign" if role == Role.UNIT else "table.foreign-at-county")


def refusal(name: str, data: bytes, apart: Sandbox, role: str) -> Refused:
    """The refusal of such a table: it cannot be read, it is ours in another format, or somebody else made it."""
    try:
        return Refused(OURS_OTHERWISE) if _was_ours(read_tables(name, data, apart)) else stranger(role)
    except Refused as why:
        return why


def _was_ours(tables: list[ForeignTable]) -> bool:
    return any(CORNER.fullmatch(row[0]) for t in tables for row in t.rows if row)


def is_foreign(data: bytes, apart: Sandbox) -> bool:
    """Whether a workbook or text was not written by this program."""
    if not data.startswith(b"PK"):
        return True
    return not sheets_of(open_worksheets(data, apart))


def read_foreign(name: str, data: bytes, apart: Sandbox) -> list[ForeignTable]:
    """The sheets of a table that somebody else made. Raises Refused, also for a table of ours in another format."""
    found = read_tables(name, data, apart)
    if _was_ours(found):
        raise Refused(OURS_OTHERWISE)
    return found
