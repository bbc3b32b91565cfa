"""The papers in a unit's workbook that are for printing only: changes in them are reported as problems and not taken
in. Short codes of their cells are stored in the workbook, so that the comparison needs no history.
"""

from collections.abc import Iterator, Mapping, Sequence

from exports.readback.cell import meant
from exports.readback.raw_cells import CellContent, Worksheet
from exports.readback.sheets import FormWorksheet, WorkbookLine, WorkbookProblem, lines_of
from exports.sheets.print_codes import KEY, PAPERS, SIZE, code
from forms.field import Context, Field
from forms.form import Form
from forms.kind import Unreadable
from models.plan.plan import Plan

WHY = "第{number}张表“{title}”是打印用的，改动没有装入；要改，请改填报的表"

Codes = Sequence[Mapping[str, str]]  # one for each row: field → code


def edits(
    pages: Sequence[Worksheet], sheets: Sequence[FormWorksheet], keys: Mapping[str, str], ctx: Context
) -> list[WorkbookProblem]:
    """A problem for each cell of the papers that was changed since they were written."""
    shown = [p.title for p in pages if not p.hidden]
    found: list[WorkbookProblem] = []
    for sheet in sheets:
        words = keys.get(f"{KEY}{sheet.form}", "").split()
        if sheet.form in PAPERS and words and isinstance(ctx.plan, Plan) and sheet.page.title in shown:
            form = PAPERS[sheet.form].bound(ctx.plan)
            why = WHY.format(number=1 + shown.index(sheet.page.title), title=sheet.page.title)
            found += [
                WorkbookProblem(sheet.page.title, *place, why)
                for place in _places(sheet, form, _read(form, words), ctx)
            ]
    return found


def unknown(sheets: Sequence[FormWorksheet], keys: Mapping[str, str]) -> list[str]:
    """A note where changes cannot be detected: the hidden sheet is missing, or an older program wrote
    it; [] otherwise.
    """
    lost = [s.page.title for s in sheets if s.form in PAPERS and f"{KEY}{s.form}" not in keys]
    return [f"“{'”“'.join(lost)}”是打印用的，写在里面的不会装入"] if lost else []


def _read(form: Form, words: Sequence[str]) -> Codes:
    parts = ([w[n : n + SIZE] for n in range(0, len(w), SIZE)] for w in words)
    return [dict(zip((f.name for f in form.fields), codes, strict=False)) for codes in parts]


def _places(sheet: FormWorksheet, form: Form, codes: Codes, ctx: Context) -> Iterator[tuple[int, str, str]]:
    """Row, column and text of each change."""
    filled = lines_of(sheet, form)
    yield from ((p.row, p.column, p.value) for p in filled.problems)
    for line in filled.lines:
        said = {n: code(_printed_text(form.field(n), told, ctx)) for n, (_, told) in line.cells.items()}
        nearest = max(codes, key=lambda row: sum(row.get(n) == c for n, c in said.items()))
        other = [n for n, c in said.items() if nearest.get(n) != c]
        if len(other) > len(said) / 2:
            yield line.row, "", _first(line)
        else:
            yield from ((line.row, line.cells[n][0], line.cells[n][1].text[:60]) for n in other)


def _first(line: WorkbookLine) -> str:
    return next((told.text[:60] for _, told in line.cells.values() if told.text), "")


def _printed_text(field: Field, told: CellContent, ctx: Context) -> str:
    """The text of a cell as the paper shows it."""
    try:
        return field.kind.show(meant(field, told, ctx))
    except Unreadable:
        return told.text
