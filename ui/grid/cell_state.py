"""What a grid knows of its cells beside their text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CellState:
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
