"""表页: the content of one paper or worksheet, made once from a form and its rows; the painters (PDF, Excel, clipboard)
add the format.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from forms.field import Field
from forms.form import Form
from forms.kind import Value


class LineKind(StrEnum):
    """What a line of a sheet is: a record, a heading over a group of them, the closing sum; on paper the headings of the
    columns and merged headings over them, too.
    """

    ROW = "row"
    GROUP = "group"
    TOTAL = "total"
    HEAD = "head"
    OVER = "over"


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet. kind "row": a record with its printed number and its id; "group": a heading `title` over the
    full width with subtotals in `values`; "total": the closing sum. `values` has a value per field name.
    """

    kind: LineKind
    values: Mapping[str, Value]
    title: str = ""
    number: int = 0
    id: str = ""


@dataclass(frozen=True)
class SheetHead:
    """The text above a table. `place` is the top left corner (附件1), `right` the lines in the top right corner,
    `title` the centred title, `below` the line under it (the period in brackets), `left`, `middle` and `measure` the
    three parts of the line directly above the table; `again` the heading of continued pages.
    """

    title: str
    place: str = ""
    right: tuple[str, ...] = ()
    below: str = ""
    left: str = ""
    middle: str = ""
    measure: str = ""
    again: str = ""


@dataclass(frozen=True)
class Stamp:
    """What identifies a sheet, for the hidden sheet of the workbook and the foot of the page. `version` is the version
    code of paper and file, such as 7F3A-91C2-0D5E; `printed` the time of printing.
    """

    unit: str
    period: str
    plan: str
    version: str
    printed: str = ""
    sample: bool = False  # sample data, as every page shows


@dataclass(frozen=True)
class ChartSpec:
    """A chart of a sheet's lines, where the format has charts. kind "bars": a bar per line and field in `bars`, with
    the fields in `lines` drawn over them; "trend": a curve per line through the fields in `lines`. `label` names the
    field with the name of each line.
    """

    kind: str
    title: str
    label: str
    bars: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    axis: str = ""


@dataclass(frozen=True)
class Counted:
    """A cell that counts the lines of another sheet of the book, or sums one of their fields. Lines count that match
    all pairs (field, text) of at least one member of `where`.
    """

    form: str
    where: tuple[tuple[tuple[str, str], ...], ...]
    sum: str = ""


@dataclass(frozen=True)
class Across:
    """A cell that sums other cells of its line."""

    fields: tuple[str, ...]


Live = Mapping[tuple[str, str], Counted | Across]  # (id of the line, field) → what the cell computes


@dataclass(frozen=True)
class Sheet:
    """The content of a sheet. `form` is bound to the plan. `signatures` are the labels of the sign block on the last
    page; `blank`: the sheet is to be filled in by hand, with empty rows in `lines`.
    """

    form: Form
    head: SheetHead
    lines: Sequence[SheetLine]
    stamp: Stamp
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    blank: bool = False
    empty: str = "本期无内容"  # the text of a sheet without lines
    charts: tuple[ChartSpec, ...] = ()
    live: Live = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that are columns: all except the one of the group rows."""
        return tuple(f for f in self.form.fields if f.name != self.form.group)


@dataclass(frozen=True)
class Book:
    """The sheets of one unit and period, in printing order; `name` is the file name without its ending."""

    name: str
    title: str
    sheets: Sequence[Sheet] = field(default_factory=tuple)
