"""Blocks of cells on the clipboard, as Excel and WPS write and read them."""

import csv
import io
from collections.abc import Sequence


def to_text(block: Sequence[Sequence[str]]) -> str:
    """Cells as tab separated text; a cell with line breaks, tabs or quotes is quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(block)
    return out.getvalue()


def from_text(text: str) -> list[list[str]]:
    """The cells of tab separated text; the empty line that Excel puts at the end is not one."""
    if not text:
        return []
    rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t"))
    while rows and rows[-1] in ([], [""]):
        rows.pop()
    return [row or [""] for row in rows]
