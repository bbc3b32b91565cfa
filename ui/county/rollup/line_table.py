"""The counted rows of a node of the tree: unit, subject, state, figure, and the package each came from."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from forms.field import Field, Meaning, Row
from forms.form import Form
from forms.tasks import TASKS
from models.county.aggregation import CountedRow
from models.county.corrections import Correction
from models.county.rollup import TASK
from models.ledger.ledger import Package
from ui.widgets.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HEADS = ("单位", "表", "内容", "状态", "数字", "版次", "版本码")
PART = TASKS.means(Meaning.PART)
Corrected = Callable[[CountedRow], Sequence[Correction]]
UNIT, FORM, WHAT, STATE, FIGURE, REVISION, CODE = range(len(HEADS))


class LineModel(QAbstractTableModel):
    """Table model with a line per counted row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries: Sequence[CountedRow] = ()
        self.sources: Mapping[str, Package] = {}
        self.telling: Mapping[str, Field] = {}
        self.corrected: Corrected = lambda _e: ()
        self.shared = False

    def show_lines(self, entries: Sequence[CountedRow], sources: Mapping[str, Package], corrected: Corrected) -> None:
        """Show other rows, with the package of each and the office's corrections."""
        self.beginResetModel()
        self.entries, self.sources, self.telling, self.corrected = entries, sources, telling(entries), corrected
        self.shared = len({e.row.get(TASK) for e in entries}) == 1 and len({e.unit.code for e in entries}) > 1
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        return HEADS[section] if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.DisplayRole:
            return self._text(self.entries[index.row()], index.column())
        if role == Role.ToolTipRole:
            return self.tooltip(self.entries[index.row()])
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() == FIGURE else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, e: CountedRow, column: int) -> str:
        return self._plain(e, column) + "＊" * (column == self._mark(e))

    def _mark(self, e: CountedRow) -> int:
        """The column marked in a row with corrections; -1 for none."""
        names = {c.field.name for c in self.corrected(e)}
        shown = ((STATE, state_field(e.form)), (FIGURE, figure_field(e.form, e.row)))
        return next((n for n, f in shown if f and f.name in names), WHAT) if names else -1

    def _plain(self, e: CountedRow, column: int) -> str:
        source = self.sources.get(e.unit.code)
        if column == UNIT:
            return e.unit.short
        if column == FORM:
            return e.form.title
        if column == WHAT:
            return self._part(e) + one_line_text(self.telling[e.form.name], e.row)
        if column == STATE:
            return state(e.form, e.row)
        if column == FIGURE:
            return figure(e.form, e.row)
        if source is None:
            return ""
        return f"第{source.revision}版" if column == REVISION else str(source.about.get("code") or "")

    def _part(self, e: CountedRow) -> str:
        """牵头 or 配合 where all rows are of one task that several units share; else ''."""
        part = str(e.row.get(PART) or "").split("\n", maxsplit=1)[0]
        return f"{part}　" if part and self.shared else ""

    def tooltip(self, e: CountedRow) -> str:
        """The row in one sentence, with its source."""
        source = self.sources.get(e.unit.code)
        came = (
            f"来自{e.unit.short}第{source.revision}版上报包，版本码{source.about.get('code') or '无'}" if source else ""
        )
        what = one_line_text(self.telling[e.form.name], e.row)
        ours = [f"＊“{c.field.label}”{c.sentence}" for c in self.corrected(e)]
        return "\n".join(t for t in (what, *ours, came, "回车或双击看这一行") if t)


def telling(entries: Sequence[CountedRow]) -> dict[str, Field]:
    """By form name the field that names a row's subject: the first required text field whose values differ between
    these rows, else the first.
    """
    by_form: dict[str, list[CountedRow]] = {}
    for e in entries:
        by_form.setdefault(e.form.name, []).append(e)
    return {name: _telling(mine[0].form, mine) for name, mine in by_form.items()}


def _telling(form: Form, entries: Sequence[CountedRow]) -> Field:
    fields = [f for f in form.fields if f.required and f.stored and f.kind.align == "left"] or list(form.stored[:1])
    differing = (f for f in fields if len({one_line_text(f, e.row) for e in entries}) > 1)
    return fields[0] if len(entries) == 1 else next(differing, fields[0])


def one_line_text(field: Field, row: Row) -> str:
    """The displayed value without line breaks."""
    return field.kind.show(row.get(field.name)).replace("\n", " ")


def state(form: Form, row: Row) -> str:
    """The state of a row as text; '' where its form has no such field."""
    field = state_field(form)
    return field.kind.show(row.get(field.name)) if field else ""


def state_field(form: Form) -> Field | None:
    """The field that holds a row's state; None for none."""
    return next((f for f in form.fields if f.kind.marked), None)


def figure(form: Form, row: Row) -> str:
    """The progress figure of a row as text; '' for none."""
    field = figure_field(form, row)
    return f"{field.kind.show(row[field.name])}{field.unit}" if field else ""


def figure_field(form: Form, row: Row) -> Field | None:
    """The field of the progress figure: the last percentage with a value, else the last number with one; None for
    none.
    """
    shares = [f for f in form.fields if f.unit == "%" and row.get(f.name) is not None]
    numbers = [f for f in form.fields if f.kind.numeric and row.get(f.name) is not None]
    return next(iter(reversed(shares or numbers)), None)


class LineTable(QTableView):
    """The table of counted rows. `opened` carries the number of the row to open in its unit's form."""

    opened = Signal(int)

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.lines = LineModel(self)
        self.setModel(self.lines)
        self.setAccessibleName("这一层的明细")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.size(28))
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        for column, wide in ((UNIT, 96), (FORM, 70), (STATE, 76), (FIGURE, 84), (REVISION, 52), (CODE, 120)):
            self.setColumnWidth(column, look.size(wide))
        self.activated.connect(lambda index: self.opened.emit(index.row()))

    def show_lines(self, entries: Sequence[CountedRow], sources: Mapping[str, Package], corrected: Corrected) -> None:
        """Show other rows and select the first. `corrected` are the office's corrections."""
        self.lines.show_lines(entries, sources, corrected)
        if entries:
            self.setCurrentIndex(self.lines.index(0, 0))
