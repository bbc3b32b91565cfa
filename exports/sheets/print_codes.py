"""Short codes for the cells of papers that are for printing only (打印用的表), stored in the workbook: changes in these
papers are detected without any history.
"""

from hashlib import sha256

from exports.sheets.sheet import LineKind, Sheet
from forms.unit_papers import DUTIES, YEARLY_WORK

PAPERS = {f.name: f for f in (YEARLY_WORK, DUTIES)}
KEY = "print."  # and the form's name: a key of the very hidden sheet
SIZE = 4  # hexadecimal digits of the code of one cell


def key_of(sheet: Sheet) -> dict[str, str]:
    """The key and value for the hidden sheet with the codes of a paper; {} for a form that is filled in."""
    if sheet.form.name not in PAPERS:
        return {}
    lines = [
        "".join(code(f.kind.show(line.values.get(f.name))) for f in sheet.form.fields)
        for line in sheet.lines
        if line.kind == LineKind.ROW
    ]
    return {f"{KEY}{sheet.form.name}": " ".join(lines)}


def code(text: str) -> str:
    """The code of a text; blanks are ignored."""
    plain = "".join(c for c in text if c.isprintable() and not c.isspace())
    return sha256(plain.encode()).hexdigest()[:SIZE]
