"""版本码: the short code that paper and file of the same data share."""

import hashlib
import json

from forms.field import Context
from forms.form import Form

PROGRAM = "0.4.0"  # the program's version; it stands nowhere else


def is_older(version: str, than: str) -> bool:
    """Whether a version such as 0.9 is older than another, such as 0.10.1."""
    return _numbers(version) < _numbers(than)


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(n) for n in version.split(".") if n.isdigit()]
    return (*found, 0, 0, 0)[:3]


def data_code(forms: tuple[Form, ...], ctx: Context) -> str:
    """Twelve hex figures of the SHA-256 over every row of a unit's period, such as 7F3A-91C2-0D5E."""
    rows = [
        [form.name, row["line"], *(form.field(f.name).kind.write(row.get(f.name)) for f in form.stored)]
        for form in forms
        for row in ctx.rows[form.name]
    ]
    text = json.dumps([ctx.unit, ctx.period.id, rows], ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return "-".join(digest[i : i + 4] for i in (0, 4, 8))
