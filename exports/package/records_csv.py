"""The rows of a form as CSV in a package file, with a schema by which other tools can check them."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from exports.package.container import Resource
from forms.field import Row
from forms.form import Form
from forms.kind import Unreadable, Value
from models.refusals import STRANGER, Refused
from models.store.store import HistoryEntry

OWN = ("id", "line", "position")  # columns before the fields; unit and period are in the manifest
HISTORY = ("at", "person", "label", "form", "record", "before", "after", "typed")
BOM = "﻿"  # so that a spreadsheet shows Chinese


def write_lines(form: Form, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte order mark, LF; every value as canonical text, an empty cell as the empty string."""
    names = [*OWN, *(f.name for f in form.stored)]
    lines = [[_word(form, n, row.get(n)) for n in names] for row in rows]
    return _csv([names, *lines])


def write_history(entries: Iterable[HistoryEntry]) -> bytes:
    """The history of the rows as CSV, the oldest entry first."""

    def word(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if isinstance(value, dict) else str(value or "")

    return _csv([HISTORY, *([word(getattr(e, n)) for n in HISTORY] for e in entries)])


def _csv(lines: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return (BOM + out.getvalue()).encode()


def _word(form: Form, name: str, value: Value) -> str:
    return ("" if value is None else str(value)) if name in OWN else form.field(name).kind.write(value)


def read_lines(form: Form, content: bytes, unit: str, period: str) -> list[dict[str, Value]]:
    """The rows from a CSV of `write_lines`; columns that this program does not know are ignored here and named by
    `versions.beyond_program`. Raises Refused with form, line and column.
    """
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        lines = list(reader)
    except (UnicodeDecodeError, csv.Error):
        raise Refused(STRANGER) from None
    return [_row(form, n, line, unit, period) for n, line in enumerate(lines, 1)]


def _row(form: Form, number: int, line: dict[str, str], unit: str, period: str) -> dict[str, Value]:
    if not line.get("id") or not (line.get("position") or "").lstrip("-").isdigit():
        raise Refused(STRANGER)
    keys = {"id": line["id"], "unit": unit, "period": period, "line": line.get("line") or ""}
    row: dict[str, Value] = {**keys, "position": int(line["position"])}
    for f in form.stored:
        try:
            row[f.name] = f.kind.read(line.get(f.name) or "")
        except (Unreadable, ValueError, KeyError):
            place = f"“{form.title}”第{number}行“{f.label}”"
            raise Refused("file.record-unreadable", place=place, text=(line.get(f.name) or "")[:20]) from None
    return row


def resource(form: Form, path: str) -> Resource:
    """The description of a CSV of rows, as a Frictionless Table Schema."""
    own = [{"name": n, "type": "integer" if n == "position" else "string"} for n in OWN]
    fields = [{"name": f.name, "title": f.heading, "type": f.kind.json} for f in form.stored]
    schema: Resource = {"fields": own + fields, "primaryKey": ["id"], "missingValues": [""]}
    return _tabular(path, form.title, schema)


def history_resource(path: str) -> Resource:
    """The description of the history's CSV."""
    return _tabular(path, "修改记录", {"fields": [{"name": n, "type": "string"} for n in HISTORY]})


def _tabular(path: str, title: str, schema: Resource) -> Resource:
    name = path.removesuffix(".csv").replace("/", "-").replace("_", "-").lower()
    described: Resource = {"name": name, "title": title, "path": path, "format": "csv", "mediatype": "text/csv"}
    return {**described, "encoding": "utf-8-sig", "schema": schema}
