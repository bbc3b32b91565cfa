"""Blocks of cells on the clipboard, as Excel and WPS write and read them."""

import csv
import io
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from PySide6.QtCore import QMimeData

from forms.typed_text import MERGED


def to_text(block: Sequence[Sequence[str]]) -> str:
    """Cells as tab-separated text; a cell with line breaks, tabs or quotes is quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\r\n").writerows(block)
    return out.getvalue()


def from_text(text: str) -> list[list[str]]:
    """The cells of tab-separated text, without the empty line that Excel adds at the end."""
    if not text:
        return []
    rows = list(csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter="\t"))
    while rows and rows[-1] in ([], [""]):
        rows.pop()
    return [row or [""] for row in rows]


def cells(data: QMimeData) -> list[list[str]]:
    """The block on the clipboard: the cells of its text; those that its HTML shows as covered by a merged cell are
    MERGED.
    """
    block = from_text(data.text())
    table = _HtmlTable()
    table.feed(data.html() if data.hasHtml() else "")
    if len(table.rows) != len(block) or not any(down > 1 for row in table.rows for _, down in row):
        return block
    for row, column in table.covered():
        if row < len(block) and column < len(block[row]) and not block[row][column].strip():
            block[row][column] = MERGED
    return block


class _HtmlTable(HTMLParser):
    """The spans of the cells of an HTML text's first table."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[tuple[int, int]]] = []  # columns and rows that each cell spans

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            told = dict(attrs)
            self.rows[-1].append((_span(told.get("colspan")), _span(told.get("rowspan"))))

    def covered(self) -> Iterator[tuple[int, int]]:
        """The row and column of each place that a merged cell covers in its first column, below its first row."""
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(self.rows):
            column = 0
            for across, down in row:
                while (r, column) in taken:
                    column += 1
                for below in range(r, min(r + down, len(self.rows))):
                    taken |= {(below, c) for c in range(column, column + across)}
                    if below > r:
                        yield below, column
                column += across


def _span(told: str | None) -> int:
    return min(int(told), 10_000) if told and told.isdecimal() and int(told[:6]) else 1
