"""Compares one form of a filled workbook with the workspace and with the rows from which the workbook was written.

A cell that was not changed in the workbook never overwrites what was typed here since; a cell changed on both sides is
a problem for the user to decide.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from exports.readback.cell import WorkbookCell, says
from exports.readback.result import Gone, WorkbookDifference, WorkbookReading
from exports.readback.sheets import Filled, WorkbookLine, WorkbookProblem
from forms.field import Context, Row
from forms.form import Form
from forms.kind import Value
from models.reporting.as_of_version import BaseVersion
from models.reporting.report import Report, untouched
from models.reporting.version_code import PROGRAM
from models.store.change import Change


@dataclass
class Merge:
    """The comparison of one form: rows of the workbook, of the workspace, and of the time the workbook was written."""

    reading: WorkbookReading
    filled: Filled
    report: Report
    base_version: BaseVersion
    why: Callable[..., str]

    def __post_init__(self) -> None:
        self.form: Form = self.report.form
        self.ctx: Context = self.report.ctx
        self.have = {r["id"]: r for r in self.report.rows}
        self.base = self.base_version.base(self.form.name)
        self.found: set[str] = set()
        self.typed: dict[str, str] = {}  # of the row being read: the typed words, by field
        self.fresh: list[Mapping[str, Value]] = []

    def take(self) -> None:
        """Compare all rows of the sheet; the result is added to `reading`."""
        if self.form.record:
            self._record()
            return
        originals, copies = self._originals_and_copies()
        self.found = {self.base_version.id(self.form.name, line.id) for line in originals}
        for line in sorted([*originals, *copies], key=lambda x: x.row):
            self._line(line)
        self._gone()

    def _record(self) -> None:
        """Compare the sheet of a record form, which has one line per field."""
        cells = {n: c for line in self.filled.lines for n, c in line.cells.items()}
        rows = {n: line.row for line in self.filled.lines for n in line.cells}
        for mine in self.report.rows[:1]:
            old = next(iter(self.base.values()), None)
            self._changed(WorkbookLine(0, mine["id"], cells), mine, old, rows)

    def _originals_and_copies(self) -> tuple[list[WorkbookLine], list[WorkbookLine]]:
        """Rows by their id, and copies of them in the same workbook: the copy is the one that was changed more."""
        by_id: dict[str, list[WorkbookLine]] = {}
        for line in self.filled.lines:
            by_id.setdefault(line.id, []).append(line)
        originals, copies = [], by_id.pop("", [])
        for id, lines in by_id.items():
            row = self.base.get(id) or self.have.get(id, {})
            first = min(lines, key=lambda x: self._distance(x, row))
            originals.append(first)
            copies += [c for line in lines if line is not first for c in self._copy(line, first)]
        return originals, copies

    def _distance(self, line: WorkbookLine, row: Row) -> int:
        return sum(not says(f, told, row.get(f.name), self.ctx) for f, _, told in self._cells(line))

    def _copy(self, line: WorkbookLine, first: WorkbookLine) -> Iterator[WorkbookLine]:
        texts = [[t.text for n, (_, t) in sorted(x.cells.items())] for x in (line, first)]
        if texts[0] == texts[1]:
            why = f"这一行和第{first.row}行完全一样，当作重复，没有新增；确实是两件事的，请改写其中一行"
            self._problem(line.row, "", "", why)
        else:
            self.reading.notes.append(f"{self.filled.title}第{line.row}行是第{first.row}行的复制，当作新增")
            yield replace(line, id="")

    def _cells(self, line: WorkbookLine, new: bool = False) -> Iterator[tuple[Any, str, Any]]:
        for f in self.form.stored:
            if f.name in line.cells and (f.editable or not new or f.required):
                yield f, *line.cells[f.name]

    def _line(self, line: WorkbookLine) -> None:
        id = self.base_version.id(self.form.name, line.id)
        if id in self.have:
            self._changed(replace(line, id=id), self.have[id], self.base.get(line.id))
        elif line.id in self.base and self.base_version.same:
            if self._distance(line, self.base[line.id]):
                why = "这一行在写出工作簿之后本机删去了，没有采用工作簿里的改动；还要的，请清空A列的编号当作新增"
                self._problem(line.row, "", "", why)
        elif self.form.own:
            self._added(line)
        elif any(t.text for _, _, t in self._cells(line)):
            self._problem(line.row, "", "", "这一行不是方案给本单位的，没有采用；请不要在这张表里加行")

    def _problem(self, row: int, column: str, value: str, why: str) -> None:
        self.reading.problems.append(WorkbookProblem(self.filled.title, row, column, value[:60], why))

    def _cell(
        self, line: WorkbookLine, row: int, mine: Row, old: Row | None, f: Any, new: bool = False
    ) -> WorkbookCell:
        letter, told = line.cells[f.name]
        strict = self.base_version.same and not self.base_version.by_hand
        shut = self.why(self.form.name, "" if new else mine["id"], f.name)
        f = f.of(self.form.complete(mine, self.ctx)) if f.counted_in and mine else f
        newer = not new and self.base_version.is_newer(self.form.name, mine["id"], f.name)
        moved = not self.base_version.same
        return WorkbookCell(
            f, self.filled.title, row, letter, told, mine, old, self.ctx, shut, strict, new, moved, newer
        )

    def _changed(self, line: WorkbookLine, mine: Row, old: Row | None, rows: Mapping[str, int] | None = None) -> None:
        new: dict[str, Value] = {}
        self.typed = {}
        for f, _, told in self._cells(line):
            cell = self._cell(line, (rows or {}).get(f.name, line.row), mine, old, f)
            if f.name in line.covered:
                self._covered(cell)
            elif cell.is_kept(told):
                self.reading.kept += 1
            else:
                self._take(cell, new, mine["id"])
        if old is not None and self.base_version.same:
            self._derived(line, mine, old, {**mine, **new}, rows)
        if new:
            self.reading.changes += self.report.set(mine["id"], new, self.typed)

    def _take(self, cell: WorkbookCell, new: dict[str, Value], record: str) -> None:
        """Put the value of a cell into `new`, or add a problem."""
        found = cell.read()
        if isinstance(found, WorkbookProblem):
            self.reading.problems.append(found)
        elif found is not None:
            value, how = found
            f = cell.field
            new[f.name] = value
            if cell.content.ditto or not f.literal(cell.content.text, value):
                self.typed[f.name] = cell.content.ditto or cell.content.text
            before, after = f.kind.show(cell.mine.get(f.name)), f.kind.show(value)
            self.reading.differences.append(
                WorkbookDifference(
                    self.form.name,
                    record,
                    f.name,
                    cell.sheet,
                    cell.row,
                    cell.letter,
                    f.label,
                    before,
                    after,
                    how,
                    cell.new,
                )
            )

    def _covered(self, cell: WorkbookCell) -> None:
        if cell.mine.get(cell.field.name) is not None:
            why = f"“{cell.field.label}”被左右合并的单元格盖住了，没有采用；请取消合并再填"
            self._problem(cell.row, cell.letter, "", why)

    def _derived(self, line: WorkbookLine, *sides: Any) -> None:
        """Add a problem for each derived figure that was overwritten by hand; it is not taken over. Another version of
        the program worked its figures out in its own way: there nothing can be said of them.
        """
        if self.reading.keys.get("program", PROGRAM) != PROGRAM:
            return
        mine, old, new, rows = sides
        for f in self.form.fields:
            letter, told = line.cells.get(f.name, ("", None))
            if f.stored or told is None or not told.text or told.formula:
                continue
            if not any(says(f, told, self.form.complete(row, self.ctx)[f.name], self.ctx) for row in (mine, old, new)):
                why = f"“{f.label}”由程序算出，没有采用改动“{told.text[:20]}”"
                self._problem((rows or {}).get(f.name, line.row), letter, told.text, why)

    def _added(self, line: WorkbookLine) -> None:
        values: dict[str, Value] = {}
        self.typed = {}
        before = len(self.reading.differences), len(self.reading.problems)
        record = f"{self.filled.title}:{line.row}"
        if why := self.why(self.form.name, ""):
            self._problem(line.row, "", "", why)
            return
        for f, _, told in self._cells(line, new=True):
            if told.text or told.formula:
                self._take(self._cell(line, line.row, {}, None, f, new=True), values, record)
        given = [f for f in self.form.stored if f.locked and f.required and f.name in line.cells]
        if values and not self._is_here(values) and not self._of_old_plan(line, given, values, before):
            changes = self._add(line, values)
            self.report.rows.append(dict(changes[-1].after or {}))  # so that the next new row follows it
            self.found.add(changes[-1].id)
            self.reading.changes += changes
            return
        del self.reading.differences[before[0] :]

    def _add(self, line: WorkbookLine, values: Row) -> list[Change]:
        """The changes for a new row; at the county it keeps the id from its unit, or gets one computed from its
        content.
        """
        if not self.reading.pure:
            return self.report.add(values, line=self.base_version.line(self.form.name, line.id), typed=self.typed)
        words = [f.kind.write(values.get(f.name)) for f in self.form.stored]
        made = str(uuid5(NAMESPACE_URL, "\n".join([self.form.name, str(line.row), *words])))
        changes = self.report.add(values, line=line.id or made, typed=self.typed)
        change = changes[-1]
        id = line.id or change.id
        return [*changes[:-1], change._replace(id=id, after={**(change.after or {}), "id": id})]

    def _of_old_plan(self, line: WorkbookLine, given: Sequence[Any], values: Row, before: tuple[int, int]) -> bool:
        """Whether the row names an entry that the plan has no more; then there is one problem instead of one for each
        cell.
        """
        lost = [f for f in given if line.cells[f.name][1].text and f.name not in values]
        if lost:
            del self.reading.problems[before[1] :]
            letter, told = line.cells[lost[0].name]
            why = f"“{told.text[:30]}”在现在的方案里没有，这一行没有带过来；仍要报的，请写到现有的{lost[0].label}下面"
            self._problem(line.row, letter, told.text, why)
        return bool(lost)

    def _is_here(self, values: Row) -> bool:
        """Whether a row with the same content is here from an earlier load of the workbook."""
        names = [f.name for f in self.form.stored]
        for row in self.report.rows:
            if row["id"] not in self.found and all(row.get(n) == values.get(n) for n in names):
                self.found.add(row["id"])
                return True
        return False

    def _gone(self) -> None:
        """Note the rows deleted in the workbook; rows from the plan and rows changed here since are kept."""
        given = {r["id"] for r in untouched(self.form, self.ctx)}
        missing = [id for id in self.base if id in self.have and id not in self.found] if self.base_version.same else []
        if ours := [id for id in missing if id in given]:
            self.reading.notes.append(f"“{self.form.title}”里方案给的{len(ours)}行在工作簿里没有了，本机的保留")
        for id in (i for i in missing if i not in given):
            mine, old = self.have[id], self.base[id]
            text = next((t for f in self.form.stored if f.editable and (t := f.kind.show(mine.get(f.name)))), "")
            if all(mine.get(f.name) == old.get(f.name) for f in self.form.stored):
                self.reading.gone.append(Gone(self.form.title, text[:30], self.report.remove([id])))
            else:
                self.reading.notes.append(f"“{text[:20]}”在工作簿里删掉了，可是本机后来又改过，保留")
