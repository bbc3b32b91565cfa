"""What goes on a sheet, made once from a form and its rows; the painters (PDF, Excel, clipboard) only paint it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from forms.field import Field
from forms.form import Form
from forms.kind import Value


@dataclass(frozen=True)
class SheetLine:
    """One line of a sheet. kind "row": a record with its number as printed and its id; "group": a full-width heading
    `title` with subtotals in `values`; "total": the closing sum. `values` has a value per field name.
    """

    kind: str
    values: Mapping[str, Value]
    title: str = ""
    number: int = 0
    id: str = ""


@dataclass(frozen=True)
class SheetHead:
    """What stands above a table. `place` is the left top corner (附件1), `right` the lines at the right top corner,
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
    """Which sheet this is, for the hidden sheet of the workbook and the foot of the page. `version` is the code that
    paper and file share, such as 7F3A-91C2-0D5E; `printed` the time of printing.
    """

    unit: str
    period: str
    plan: str
    version: str
    printed: str = ""
    sample: bool = False  # made-up data: said on every page


@dataclass(frozen=True)
class ChartSpec:
    """A chart of a sheet's lines, native where the painter has such. kind "bars": a bar per line and field in `bars`,
    with the fields in `lines` drawn over them; "trend": a line per line, along the fields in `lines`. `label` names the
    field that says which line it is.
    """

    kind: str
    title: str
    label: str
    bars: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    axis: str = ""


@dataclass(frozen=True)
class Counted:
    """A cell that counts the lines of another sheet of the book, or sums a field of them: those whose fields read as
    one of `where` says, each a set of field and text.
    """

    form: str
    where: tuple[tuple[tuple[str, str], ...], ...]
    sum: str = ""


@dataclass(frozen=True)
class Across:
    """A cell that sums other cells of its line."""

    fields: tuple[str, ...]


Live = Mapping[tuple[str, str], Counted | Across]  # (id of the line, field) → what the cell works out


@dataclass(frozen=True)
class Sheet:
    """A whole sheet. `form` is bound to the plan. `signatures` are the labels of the sign block on the last page;
    `blank` says the sheet is to be filled in by hand: `lines` are then empty rows.
    """

    form: Form
    head: SheetHead
    lines: Sequence[SheetLine]
    stamp: Stamp
    notes: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    blank: bool = False
    empty: str = "本期无内容"  # what a sheet without lines says
    charts: tuple[ChartSpec, ...] = ()
    live: Live = field(default_factory=dict)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields that are columns: all but the one that makes the group rows."""
        return tuple(f for f in self.form.fields if f.name != self.form.group)


@dataclass(frozen=True)
class Book:
    """The sheets of one unit and period, in printing order; `name` is the file name without ending."""

    name: str
    title: str
    sheets: Sequence[Sheet] = field(default_factory=tuple)
