"""What a grid knows of its cells and lines beside their text."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from forms.form import Row
from models.checking import Finding
from models.report import Report


@dataclass(frozen=True)
class State:
    """What a cell shows beside its text."""

    group: bool = False
    locked: bool = False
    blank: bool = False  # required and empty
    level: str = ""  # of the worst problem
    carried: bool = False  # the same as last period
    mark: str = ""
    settled: bool = False
    files: bool = False  # files are attached
    returned: bool = False  # sent back by the county, and not dealt with yet
    corrected: bool = False  # the county's office counts another value
    edited: bool = False  # says something else than when the window was opened
    dated: bool = False  # its line was changed in this period
    boxes: tuple[bool, ...] = ()  # of a group: a box per line, True where something is left


class Line(NamedTuple):
    """A row of the grid: a record with its running number, or a group's title."""

    row: Row | None
    title: str = ""
    number: int = 0
    boxes: tuple[bool, ...] = ()


class Reading(NamedTuple):
    """What was read at one moment."""

    report: Report
    lines: list[Line]
    found: Mapping[str, tuple[Finding, ...]]
    back: set[tuple[str, str]]
    dated: set[str]
    corrected: set[tuple[str, str, str]]
