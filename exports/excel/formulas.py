"""Formulas for cells that count and sum the lines of other sheets, or sum along a line."""

from collections.abc import Mapping, Sequence

from exports.excel.layout import WorksheetLayout
from exports.sheets.sheet import Across, Counted, LineKind


def enliven(laid: Sequence[WorksheetLayout]) -> None:
    """Set the formulas of all live cells, once the rows of all worksheets are known."""
    by_form = {x.sheet.form.name: x for x in laid}
    for one in laid:
        if one.sheet.live:
            _sheet(one, by_form)


def _sheet(laid: WorksheetLayout, by_form: Mapping[str, WorksheetLayout]) -> None:
    letters = {c.name: c.letter for c in laid.columns}
    names = {letter: name for name, letter in letters.items()}
    rows = zip(laid.sheet.lines, range(laid.places["first"], laid.places["first"] + len(laid.sheet.lines)), strict=True)
    for line, number in rows:
        row = laid.rows[number - 1]
        cells = [
            c._replace(formula=_formula(live, letters, number, by_form))
            if (live := laid.sheet.live.get((line.id, names.get(c.column, "")))) and line.kind == LineKind.ROW
            else c
            for c in row.cells
        ]
        laid.rows[number - 1] = row._replace(cells=cells)


def _formula(
    live: Across | Counted, letters: Mapping[str, str], number: int, by_form: Mapping[str, WorksheetLayout]
) -> str:
    if isinstance(live, Across):
        return f"SUM({','.join(f'{letters[n]}{number}' for n in live.fields)})"
    other = by_form.get(live.form)
    if other is None or not other.sheet.lines or not live.where:
        return ""
    return "+".join(_count(other, live.sum, where) for where in live.where)


def _count(other: WorksheetLayout, summed: str, where: Sequence[tuple[str, str]]) -> str:
    """One COUNTIFS or SUMIFS; group rows and the total are empty in the columns of the criteria and so do not count."""
    tests = ",".join(f'{_range(other, name)},"{_literal(text)}"' for name, text in where)
    return f"SUMIFS({_range(other, summed)},{tests})" if summed else f"COUNTIFS({tests})"


def _range(other: WorksheetLayout, name: str) -> str:
    letter = next(c.letter for c in other.columns if c.name == name)
    sheet = other.name.replace("'", "''")
    return f"'{sheet}'!${letter}${other.places['first']}:${letter}${other.places['last']}"


def _literal(text: str) -> str:
    """A criterion that matches exactly this text: wild cards and quotation marks are escaped."""
    for sign in "~*?":
        text = text.replace(sign, f"~{sign}")
    return text.replace('"', '""')
