"""The state of a grid's cell besides its text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CellState:
    """What a cell shows besides its text."""

    group: bool = False
    locked: bool = False
    blank: bool = False  # required and empty
    level: str = ""  # of the worst problem
    carried: bool = False  # the same as last period
    mark: str = ""
    settled: bool = False
    files: bool = False  # files are attached
    returned: bool = False  # returned by the county, and still open
    corrected: bool = False  # the county counts another value
    edited: bool = False  # has another value than when the window was opened
    dated: bool = False  # its line was changed in this period
    boxes: tuple[bool, ...] = ()  # of a group: a box per line, True where the line has open items
