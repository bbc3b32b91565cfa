"""Qt's model over one form of one unit and period: group rows, record rows, and the state of every cell."""

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer

from forms.field import Field, Row
from forms.form import Form
from forms.kind import Unreadable, Value
from forms.typed_text import as_above
from models.reporting.check import Finding
from models.store.change import Change
from ui.grid.cell_state import CellState
from ui.grid.rows import GridRow, GridSnapshot, are_one, grouped
from ui.grid.sorting import ordered
from ui.grid.source import GridLines, GridLock, GridSource

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
STATE = Role.UserRole + 1
NOWHERE = QModelIndex()
SEEN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
OWN = SEEN | Qt.ItemFlag.ItemIsEditable
SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
}


class RecordTable(QAbstractTableModel):
    """Columns: the running number, then the form's fields; a grouping field only where the unit chooses it."""

    def __init__(self, session: GridSource, form: Form, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.form = session, form
        self.fields: list[Field] = [f for f in form.fields if f.name != form.group or f.stored]
        self.lines: list[GridRow] = []
        self.order: list[str] = []  # ids in the order shown; none: the form's own order, in groups
        self.hidden: Callable[[int], bool] = lambda _row: False  # records that the view hides
        self.sorted: tuple[int, Qt.SortOrder] | None = None  # column and direction
        self._taking = False
        self._found: Mapping[str, tuple[Finding, ...]] = {}
        self._back: set[tuple[str, str]] = set()
        self._dated: Set[str] = frozenset()
        self._corrected: set[tuple[str, str, str]] = set()
        self._states: dict[tuple[str, str], CellState] = {}  # cached until the next reading
        self._read()

    ## reading

    def _read(self) -> None:
        session = self.session
        self.report: GridLines = session.report(self.form)
        self._found = session.now.findings_of(self.form.name)
        self._states = {}
        self._lock: GridLock = session.lock
        self._back = {(c["record"] or "", c["field"] or "") for c in session.returned if c["form"] == self.form.name}
        self._dated = session.dated(self.form)
        self._corrected = set(session.corrected)
        open_ones = session.now.open_lines(self.form.name) | {record for record, _ in self._back}
        self.lines = self._in_order(grouped(self.form, session.now.completed(self.form), open_ones))

    def _in_order(self, lines: list[GridRow]) -> list[GridRow]:
        if not self.order:
            return lines
        place = {id: n for n, id in enumerate(self.order)}
        records = [(place.get(x.row["id"], len(place)), n, x) for n, x in enumerate(lines) if x.row is not None]
        return [line for _, _, line in sorted(records, key=lambda r: r[:2])]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Show the lines in the order of a column; 0: the form's own order. The form does not change."""
        field = self.field(column)
        rows = [x.row for x in self.lines if x.row is not None]
        self.beginResetModel()
        self.order = ordered(rows, field, order == Qt.SortOrder.DescendingOrder) if field else []
        self.sorted = (column, order) if field else None
        self._read()
        self.endResetModel()

    def follow(self, _changes: Sequence[Change] = ()) -> None:
        """Show what was changed: in place where the lines are the same, else by a reset of the model."""
        shown, states, lock = self._reading(), self._states, self._lock
        before = self.lines
        self._read()
        if len(before) == len(self.lines) and all(map(are_one, before, self.lines)):
            changed = range(len(self.lines)) if lock != self._lock else self._reading().changed_since(shown)
            ids = {x.row["id"] for n in changed if (x := self.lines[n]).row is not None}
            self._states = {key: state for key, state in states.items() if key[0] not in ids}
            if changed:
                self.dataChanged.emit(self.index(changed[0], 0), self.index(changed[-1], len(self.fields)))
        elif self._taking:  # an editor is open: the reset waits until it is closed
            self._show(shown)
            QTimer.singleShot(0, self, self.follow)
        else:
            fresh = self._reading()
            self._show(shown)
            self.beginResetModel()  # during it views still ask for the old lines
            self._show(fresh)
            self.endResetModel()

    def _reading(self) -> GridSnapshot:
        return GridSnapshot(self.report, self.lines, self._found, self._back, self._dated, self._corrected)

    def _show(self, reading: GridSnapshot) -> None:
        self.report, self.lines, self._found, self._back, self._dated, self._corrected = reading
        self._states = {}

    ## Qt's questions

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.fields) + 1

    def headerData(self, section: int, way: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if way != Qt.Orientation.Horizontal or not 0 <= section <= len(self.fields):
            return None
        field = self.field(section)
        if role == Role.DisplayRole:
            return "序号" if field is None else field.heading + ("*" if field.required else "")
        if role == Role.ToolTipRole and field is not None:
            return field.help or field.heading
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, field = self.lines[index.row()], self.field(index.column())
        if role == STATE:
            return self._state(line, field)
        if role in (Role.DisplayRole, Role.EditRole, Role.AccessibleTextRole):
            return self._text(line, field, index.column())
        if role == Role.TextAlignmentRole:
            return self._alignment(line, field)
        return None

    def text(self, row: int, column: int) -> str:
        """What a cell shows."""
        return self._text(self.lines[row], self.field(column), column)

    def _text(self, line: GridRow, field: Field | None, column: int) -> str:
        if line.row is None:
            return line.title if column == 0 else ""
        return str(line.number) if field is None else field.kind.show(line.row.get(field.name))

    def _alignment(self, line: GridRow, field: Field | None) -> Any:
        return SIDES["left" if line.row is None else "center" if field is None else field.kind.align]

    def _state(self, line: GridRow, field: Field | None) -> CellState:
        if line.row is None:
            return CellState(group=True, boxes=line.boxes)
        if field is None:
            return CellState(locked=True)
        key = line.row["id"], field.name
        if key not in self._states:
            self._states[key] = self._worked_out(line.row, field)
        return self._states[key]

    def _worked_out(self, row: Row, field: Field) -> CellState:
        value = row.get(field.name)
        found = self._worst(row["id"], field.name)
        before = self.session.ctx.before(self.form, row)
        return CellState(
            locked=not field.editable or bool(self.session.lock.why(self.form.name, row["id"], field.name)),
            blank=field.required and value is None,
            level=found.problem.level if found else "",
            settled=bool(found and found.settled),
            carried=before is not None and field.editable and value is not None and before.get(field.name) == value,
            mark=field.kind.mark(value),
            files=bool(field.kind.files(value)),
            returned=(row["id"], field.name) in self._back,
            corrected=(self.form.name, row["id"], field.name) in self._corrected,
            edited=field.editable and self.session.is_edited(self.form.name, row["id"], field.name, value),
            dated=row["id"] in self._dated,
        )

    def blank_lines(self) -> set[str]:
        """The records in which a required cell is empty."""
        names = [f.name for f in self.fields if f.required]
        return {row["id"] for row in self._rows() if any(row[n] is None for n in names)}

    def returned_lines(self) -> set[str]:
        """The records with an open comment of the county on a cell shown here."""
        names = {f.name for f in self.fields}
        return {record for record, field in self._back if field in names}

    def odd_lines(self) -> set[str]:
        """The records with an open check result other than an empty cell."""
        return self.session.now.odd_lines(self.form.name)

    def dated_lines(self) -> Set[str]:
        """The records that were changed in this period."""
        return self._dated

    def _rows(self) -> list[Row]:
        return [x.row for x in self.lines if x.row is not None]

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        own = index.column() > 0 and self.lines[index.row()].row is not None
        return OWN if own and not self.why_locked(index) else SEEN

    def why_locked(self, index: Index) -> str:
        """Why a cell may not be changed, and who can; '' where it may, and for what is no cell of a record."""
        field = self.field(index.column()) if index.isValid() else None
        row = self.lines[index.row()].row if index.isValid() else None
        if field is None or row is None:
            return ""
        if field.locked:
            return f"“{field.label}”由县里在方案里定，要改请向领导小组办公室反映"
        if not field.editable:
            return f"“{field.label}”由程序算出，不用填"
        return self.session.long.why or self.session.lock.why(self.form.name, row["id"], field.name)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Save typed text; False, with a message, where it cannot be read or saved. Raises nothing."""
        if role != Role.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        field = self.field_at(index)
        row = self.lines[index.row()].row
        if field is None or row is None:
            return False
        try:
            said = self.resolve_ditto(index, str(value))
            parsed = field.parse(said, self.session.year)
        except Unreadable as why:
            self.session.tell(f"“{field.label}”{why}", "red")
            return False
        typed = {} if said == value and field.literal(said, parsed) else {field.name: str(value)}
        self._taking = True
        done = self.session.edit(f"修改{field.label}", self.report.set(row["id"], {field.name: parsed}, typed))
        self._taking = False
        shown = field.kind.show(parsed)
        if done and typed:
            self.session.tell(f"已存好　“{value}”读作“{shown or '（空）'}”；不对的按 Ctrl+Z", "amber")
        return done

    def resolve_ditto(self, index: Index, typed: str) -> str:
        """The meaning of typed text: 同上 is the text of the cell shown above. Raises Unreadable."""
        field, row = self.field(index.column()), self.row_above(index.row())
        return as_above(typed, field.kind.show(row.get(field.name)) if field and row else "")

    def row_above(self, row: int) -> Row | None:
        """The record shown above a row; None where there is none."""
        shown = (x.row for n in range(row - 1, -1, -1) if (x := self.lines[n]).row is not None and not self.hidden(n))
        return next(shown, None)

    ## places

    def field(self, column: int) -> Field | None:
        """The field of a column; None for the running number."""
        return self.fields[column - 1] if column > 0 else None

    def field_at(self, index: Index) -> Field | None:
        """The field of a cell, in its line's unit of measure; None for what is no cell of a record."""
        field = self.field(index.column()) if index.isValid() else None
        row = self.lines[index.row()].row if field else None
        return field.of(row) if field and row else None

    def column(self, name: str) -> int:
        """The column of a field; 1 where the grid does not show it."""
        return next((n for n, f in enumerate(self.fields, 1) if f.name == name), 1)

    def place(self, record: str, field: str) -> QModelIndex:
        """The index of a record's field; invalid where the record is not here."""
        for n, line in enumerate(self.lines):
            if line.row is not None and line.row["id"] == record:
                return self.index(n, self.column(field))
        return QModelIndex()

    def finding(self, index: Index) -> Finding | None:
        """The worst check result on a cell; None where there is none."""
        field, line = self.field(index.column()), self.lines[index.row()]
        return self._worst(line.row["id"], field.name) if field and line.row else None

    def _worst(self, record: str, field: str) -> Finding | None:
        here = (f for f in self._found.get(record, ()) if f.problem.field == field)
        return min(here, key=lambda f: (f.settled, f.problem.level), default=None)

    def corrected(self, index: Index) -> str:
        """The value that the county counts for a cell, and why, in words; '' where it counts the reported one."""
        field, line = self.field(index.column()), self.lines[index.row()]
        found = self.session.corrected.get((self.form.name, line.row["id"], field.name)) if field and line.row else None
        return found.text if found else ""

    def value(self, index: Index) -> Value:
        """The value behind a cell."""
        return self.value_at(index.row(), index.column())

    def value_at(self, row: int, column: int) -> Value:
        """The value behind a cell, by row and column."""
        field, line = self.field(column), self.lines[row]
        return line.row.get(field.name) if field and line.row else None
