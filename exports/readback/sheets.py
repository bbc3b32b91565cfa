"""Finds sheets, rows and cells in a filled workbook of ours by the hidden ids and names, never by position (format 1,
exports/excel/workbook.py). Compares nothing; a cell that belongs to no row is a problem.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from exports.readback.raw_cells import CellContent, Worksheet
from forms.form import Form
from forms.typed_text import is_ditto
from models.refusals import Refused

CORNER = re.compile(r"qingdan (\d+) (\w+) (\S*) (\S+)")
FORMAT, NUMBER, COUNT, KEYS = 1, "#", "序号", "_qingdan"
PLAIN_NUMBER = re.compile(r"\d*\.?\d*")
SUMS = ("小计", "合计", "总计", "累计")
NONE = CellContent("")

Cells = dict[str, tuple[str, CellContent]]  # field name → column letter, content


@dataclass(frozen=True)
class WorkbookProblem:
    """A place of the workbook that was not taken in: worksheet, row, column letter ('' for the row), the text there,
    and why, with what to do.
    """

    sheet: str
    row: int
    column: str
    value: str
    why: str

    @property
    def line(self) -> str:
        """The problem as the command line prints it."""
        return f"{self.sheet}:{self.row}:{self.column}: {self.why}"


@dataclass(frozen=True)
class WorkbookLine:
    """A row of a sheet: row number, record id ('' for a new one), cells; `covered` are the fields hidden under a merged
    cell.
    """

    row: int
    id: str
    cells: Cells
    covered: frozenset[str] = frozenset()


@dataclass(frozen=True)
class FormWorksheet:
    """A worksheet of a form: its unit and period, and the number of the row with the column names."""

    page: Worksheet
    form: str
    unit: str
    period: str
    names: int


@dataclass
class Filled:
    """The rows of one sheet, and the problems where something belongs to no row."""

    title: str
    lines: list[WorkbookLine] = field(default_factory=list)
    problems: list[WorkbookProblem] = field(default_factory=list)

    def problem(self, row: int, column: str, value: str, why: str) -> None:
        """Add a problem."""
        self.problems.append(WorkbookProblem(self.title, row, column, value[:60], why))


def sheets_of(pages: Sequence[Worksheet]) -> list[FormWorksheet]:
    """The worksheets with a corner cell of ours. Raises Refused for a newer format than this program reads."""
    return [s for page in pages for s in _sheet(page)]


def _sheet(page: Worksheet) -> Iterator[FormWorksheet]:
    for number in page.rows:
        found = CORNER.fullmatch(page.text(number, 1))
        if found and int(found[1]) > FORMAT:
            raise Refused("readback.too-new")
        if found:
            yield FormWorksheet(page, found[2], found[3], found[4], number)
            return


def keys_of(pages: Sequence[Worksheet]) -> dict[str, str]:
    """The pairs of the very hidden sheet; {} where it is missing."""
    page = next((p for p in pages if p.title == KEYS), None)
    return {page.text(n, 1): page.text(n, 2) for n in page.rows} if page else {}


def lines_of(sheet: FormWorksheet, form: Form) -> Filled:
    """The rows of a sheet of this form."""
    filled = Filled(sheet.page.title)
    if form.record:
        _record(sheet, form, filled)
    else:
        _TableReader(sheet, form, filled).read()
    return filled


def letter(column: int) -> str:
    """The letter of a column counted from 1."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _record(sheet: FormWorksheet, form: Form, filled: Filled) -> None:
    page, at = sheet.page, sheet.names
    column = next((n for n in sorted(page.rows[at]) if n > 1), 3)
    rows = {page.text(n, 1): page.rows[n].get(column, NONE) for n in page.rows if n != at and page.text(n, 1)}
    numbers = {page.text(n, 1): n for n in page.rows}
    for name, told in rows.items():
        filled.lines.append(WorkbookLine(numbers[name], page.text(at, column), {name: (letter(column), told)}))
    labels = {re.sub(r"\s", "", word) for f in form.fields for word in (f.label, f.heading)}
    for name in rows:
        beside = {n: t.text for n, t in page.rows[numbers[name]].items() if n not in (1, column) and t.text}
        for n, text in beside.items():
            if re.sub(r"\s", "", text) not in labels:
                filled.problem(
                    numbers[name], letter(n), text, "写在了填写的格子旁边，没有读入；请写进左边标题对应的那一格"
                )


class _TableReader:
    """Reads one table."""

    def __init__(self, sheet: FormWorksheet, form: Form, filled: Filled) -> None:
        self.page, self.names, self.form, self.filled = sheet.page, sheet.names, form, filled
        self.columns: dict[str, list[int]] = {}
        for n, told in sorted(self.page.rows[self.names].items()):
            if n > 1:
                self.columns.setdefault(told.text, []).append(n)
        self.known = {f.name for f in form.fields} & set(self.columns)
        self.words: Collection[str] = ()
        self.filled_down, self.covered = _merges(self.page)
        self.above: Cells = {}

    def read(self) -> None:
        heads = self._headings()
        for row in sorted({*self.page.rows, *(r for r, _ in self.filled_down)}):
            id = self.page.text(row, 1)
            if row != self.names and (id or row > heads):
                self._row(row, id)
        self._strange_columns()

    def _headings(self) -> int:
        """The number of the last heading row: the one with 序号, or the next one where headings are merged."""
        at = self.columns.get(NUMBER, [2])[0]
        rows = [r for r in sorted(self.page.rows) if r > self.names]
        count = next((r for r in rows if self.page.text(r, at) == COUNT), 0)
        self.words = () if count else {w for f in self.form.fields for w in (f.label, f.heading, f.over, COUNT)}
        return (count or self.names) + (1 if any(self.form.field(n).over for n in self.known) else 0)

    def _row(self, row: int, id: str) -> None:
        cells = {name: self._cell(row, name) for name in self.known}
        said = {n: told for n, (_, told) in cells.items() if told.text or told.formula}
        number = self._content(row, self.columns.get(NUMBER, [0])[0])
        if not id and (not said or self._is_sum(said, number) or {t.text for t in said.values()} <= set(self.words)):
            return
        if not id and not PLAIN_NUMBER.fullmatch(number.text):
            why = f"序号写的是“{number.text[:20]}”，看不出是不是一行数据，没有采用；是新增的一行，请把序号清空"
            self.filled.problem(row, "", number.text, why)
            return
        if not id and (word := self._sum_word(said)):
            self.filled.problem(row, "", word, f"看着像自己加的“{word}”行，没有采用；程序会自己合计")
            return
        cells = {n: c for n, c in cells.items() if self._agree(row, n)}
        cells = self.above = {n: (where, self._spelled(n, told)) for n, (where, told) in cells.items()}
        covered = frozenset(n for n in self.known if (row, self.columns[n][0]) in self.covered)
        self.filled.lines.append(WorkbookLine(row, id, cells, covered))

    def _cell(self, row: int, name: str) -> tuple[str, CellContent]:
        column = self.columns[name][0]
        return letter(column), self._content(row, column)

    def _spelled(self, name: str, told: CellContent) -> CellContent:
        """The content of a cell; for 同上 that of the cell above, where it has any."""
        _, above = self.above.get(name, ("", NONE))
        return above._replace(ditto=told.text) if is_ditto(told.text) and above.text else told

    def _content(self, row: int, column: int) -> CellContent:
        return self.filled_down.get((row, column)) or self.page.rows.get(row, {}).get(column, NONE)

    def _is_sum(self, said: dict[str, CellContent], number: CellContent) -> bool:
        """Whether this is a group or total row of ours: text in the number column, figures only in columns
        with a sum.
        """
        summed = {f.name for f in self.form.fields if f.total or f.derive}
        return bool(number.text) and not PLAIN_NUMBER.fullmatch(number.text) and set(said) <= summed

    def _sum_word(self, said: dict[str, CellContent]) -> str:
        words = {re.sub(r"\s", "", t.text) for t in said.values()}
        only_formulas = all(t.formula for t in said.values())
        return next((w for w in SUMS if w in words), "公式" if only_formulas else "")

    def _agree(self, row: int, name: str) -> bool:
        """Whether all copies of a column, if there are any, have the same content; adds a problem where not."""
        texts = {self._content(row, n).text for n in self.columns[name]}
        if len(texts) > 1:
            where = letter(self.columns[name][1])
            why = f"“{self.form.field(name).label}”有两列，写的不一样，没有采用；请只留一列"
            self.filled.problem(row, where, "、".join(sorted(texts)), why)
        return len(texts) == 1

    def _strange_columns(self) -> None:
        """Add a problem for each filled column that the form does not have: the user's own, or of another year's
        template.
        """
        rows = [line.row for line in self.filled.lines]
        ours = {n for name in (*self.known, NUMBER) for n in self.columns.get(name, ())} | {1}
        for column in sorted({n for r in rows for n in self.page.rows.get(r, ())} - ours):
            texts = [(r, self.page.text(r, column)) for r in rows]
            texts = [(r, t) for r, t in texts if t]
            if texts:
                said = next((t for r in range(self.names + 1, min(rows)) if (t := self.page.text(r, column))), "")
                name = f"“{said.split(chr(10))[0][:20]}”" if said else ""
                why = (
                    f"{letter(column)}列{name}不是这张表的栏目，{len(texts)}格没有读入；要报的内容请写进表里原有的栏目"
                )
                self.filled.problem(texts[0][0], letter(column), texts[0][1], why)


def _merges(page: Worksheet) -> tuple[dict[tuple[int, int], CellContent], set[tuple[int, int]]]:
    """The cells that a merge down a column fills with the text above, and those that a merge across columns hides."""
    down: dict[tuple[int, int], CellContent] = {}
    hidden: set[tuple[int, int]] = set()
    for left, top, right, bottom in page.merged:
        if left == right:
            told = page.rows.get(top, {}).get(left, NONE)
            down |= {(row, left): told for row in range(top + 1, bottom + 1)}
        else:
            hidden |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left)}
    return down, hidden
