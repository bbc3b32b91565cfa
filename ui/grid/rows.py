"""The rows of a grid: records in their groups, and a snapshot of everything a grid shows."""

from collections.abc import Mapping, Sequence, Set
from itertools import groupby
from typing import NamedTuple

from forms.field import Row
from forms.form import Form
from models.reporting.check import Finding
from ui.grid.source import GridLines


class GridRow(NamedTuple):
    """A row of the grid: a record with its running number, or a group's title."""

    row: Row | None
    title: str = ""
    number: int = 0
    boxes: tuple[bool, ...] = ()


class GridSnapshot(NamedTuple):
    """Everything that a grid read at one time."""

    report: GridLines
    lines: list[GridRow]
    findings: Mapping[str, tuple[Finding, ...]]
    back: set[tuple[str, str]]
    dated: Set[str]
    corrected: set[tuple[str, str, str]]

    def changed_since(self, old: "GridSnapshot") -> list[int]:
        """The numbers of the rows that look different from those in an earlier snapshot of the same lines."""
        touched = {record for record, _ in old.back ^ self.back} | (old.dated ^ self.dated)
        touched |= {record for _, record, _ in old.corrected ^ self.corrected}
        was, now = old.findings, self.findings
        touched |= {record for record, found in now.items() if was.get(record) is not found} | (was.keys() - now.keys())
        pairs = enumerate(zip(old.lines, self.lines, strict=True))
        return [n for n, (a, b) in pairs if a != b or (b.row is not None and b.row["id"] in touched)]


def grouped(form: Form, rows: Sequence[Row], open_ones: Set[str]) -> list[GridRow]:
    """Records with their running numbers, under the titles of their groups; `open_ones` are the ids with open items."""
    lines: list[GridRow] = []
    number = 0
    for group, members in groupby(rows, key=lambda r: r[form.group] if form.group else None):
        inside = list(members)
        if form.group:
            name = form.field(form.group).kind.show(group) or "未分类"
            boxes = tuple(r["id"] in open_ones for r in inside)
            lines.append(GridRow(None, f"{name}（{len(inside)}项）", boxes=boxes))
        for row in inside:
            number += 1
            lines.append(GridRow(row, "", number))
    return lines


def are_one(a: GridRow, b: GridRow) -> bool:
    """Whether two rows show the same record or the same group title, whatever values it has."""
    if a.row is None or b.row is None:
        return a.row is b.row and a.title == b.title
    return a.row is b.row or bool(a.row["id"] == b.row["id"])
