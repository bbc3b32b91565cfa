"""Tables that somebody made himself (.xlsx, .xls, .et, .csv): their cells as texts, for a person to say what is what."""

import csv
import io
from dataclasses import dataclass

from exports.apart import Apart
from exports.envelope import Refused
from exports.filled import sheets_of
from exports.guard import BIG, COLUMNS, LOCKED, OLD, ROWS, SAVE_AS
from exports.opening import Page, open_pages
from forms.reading import MERGED

LARGEST = 20 << 20
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
UNREADABLE = f"这个表格读不出来，没有装入；{SAVE_AS}"


@dataclass(frozen=True)
class Foreign:
    """One sheet: its name and its lines of texts."""

    title: str
    rows: list[list[str]]


def read_tables(name: str, data: bytes, apart: Apart) -> list[Foreign]:
    """The sheets of a file that hold anything. Raises Refused with one sentence."""
    if len(data) > LARGEST:
        raise Refused(BIG)
    if data.startswith(OLD):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(LOCKED)
        found: list[Foreign] = apart.do(_old, data)
    elif data.startswith(b"PK"):
        found = [_page(p) for p in open_pages(data, apart) if p.rows and not p.hidden]
    elif name.lower().endswith((".csv", ".txt", ".tsv")):
        found = [Foreign("", _csv(_text(data)))]
    else:
        raise Refused(UNREADABLE)
    found = [f for f in found if any(c.strip() for r in f.rows for c in r)]
    if not found:
        raise Refused("这个表格是空的，没有装入；请核对是不是选错了文件")
    return found


def _page(page: Page) -> Foreign:
    under = {(row, left): True for left, top, _, bottom in page.merged for row in range(top + 1, min(bottom, ROWS) + 1)}
    width = min(max((max(r) for r in page.rows.values() if r), default=0), COLUMNS)
    rows = [
        [MERGED if (n, c) in under else page.text(n, c) for c in range(1, width + 1)]
        for n in range(1, min(max(page.rows), ROWS) + 1)
    ]
    return Foreign(page.title, rows)


def _old(data: bytes) -> list[Foreign]:
    """.xls and .et, read apart."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        book = load_workbook(io.BytesIO(data))
        return [
            Foreign(n, [[_word(c) for c in r[:COLUMNS]] for r in book.get_sheet_by_name(n).to_python(nrows=ROWS)])
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
    """By its mark, else UTF-8, else as Chinese Windows writes it."""
    mark = next((code for start, code in MARKS.items() if data.startswith(start)), "")
    for code in (mark,) if mark else ("utf-8", "gb18030"):
        try:
            return data.decode(code)
        except UnicodeDecodeError:
            continue
    raise Refused(UNREADABLE)


def _csv(text: str) -> list[list[str]]:
    """Cells parted by what parts most of them in the first lines: tab, comma or semicolon."""
    head = text[:4000]
    parted = max("\t,;", key=head.count)
    try:
        rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=parted))
    except csv.Error:
        raise Refused(UNREADABLE) from None
    if len(rows) > ROWS or any(len(r) > COLUMNS for r in rows):
        raise Refused(BIG)
    return rows


def is_foreign(data: bytes, apart: Apart) -> bool:
    """Whether a workbook or text is none of ours."""
    if not data.startswith(b"PK"):
        return True
    return not sheets_of(open_pages(data, apart))
