"""Lays out a table as a worksheet: headings, group rows, lines, total, and empty rows for new lines."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, takewhile

from openpyxl.utils import get_column_letter

from exports.excel.layout import (
    A4,
    ACROSS,
    ID,
    NUMBER,
    PADDING,
    WorksheetColumn,
    WorksheetLayout,
    add_head,
    add_line,
    half_widths,
    height,
    marker,
    room_for_charts,
    tail,
    wide_enough,
)
from exports.excel.rows_xml import XmlCell, XmlRow, content
from exports.excel.styles import HIDDEN, CellStyle, Styles
from exports.sheets.sheet import LineKind, Sheet, SheetLine
from forms.derive import Ratio
from forms.field import Field
from forms.form import Form
from forms.kind import Kind

SPARE = 200  # empty rows for new lines
LONG = 255  # old versions of Excel show ### for a longer text in a cell of text format
READABLE = 185  # half-width characters across: well readable on A3, just readable on A4
NARROWEST = 0.6  # share of its width to which a column of words is narrowed at most
LINED = 24.0  # height of a row in points
BY_HAND = 20.0  # the same in print, on A4, for writing with a pen: 7 mm
RUN = re.compile(r"(?<![!-~])[!-~]{6,20}(?![!-~])")  # a telephone number or a date: hard to read when broken
SPARE_TITLE = "以下是备用行，新增的内容可以填在这里（不在打印范围内）；装入程序后自动编号、归类"


def lay_table(sheet: Sheet, name: str, styles: Styles) -> WorksheetLayout:
    """The worksheet of a table."""
    texts = {f.name: [shown(f, line) for line in sheet.lines] for f in _fields(sheet)}
    laid = WorksheetLayout(name, sheet, _columns(sheet, texts))
    add_head(laid, styles)
    _names(laid, styles)
    add_line(laid, styles)
    _headings(laid, styles)
    _body(laid, styles)
    tail(laid, styles)
    room_for_charts(laid)
    laid.places["printed_last"] = len(laid.rows)
    if sheet.form.own and fillable(sheet.form):
        _spare(laid, styles)
    return laid


def fillable(form: Form) -> bool:
    """Whether this is a form to fill in, and not a paper computed from forms."""
    return form.rows is None and any(f.editable for f in form.fields)


def opens(field: Field, spare: bool = False) -> bool:
    """Whether the unit may edit this column; in a spare row also the columns that name the plan's entry of a line."""
    return field.editable or (spare and field.locked and field.stored and field.required)


def empties(sheet: Sheet) -> int:
    """How many empty lines the sheet ends with; new lines are written there as in the spare rows."""
    return sum(
        1
        for _ in takewhile(
            lambda line: line.kind == LineKind.ROW and not (line.id or line.values), reversed(sheet.lines)
        )
    )


def shown(field: Field, line: SheetLine) -> str:
    """The text of a cell; '' where it has a figure or is empty."""
    value = content(field.kind, line.values.get(field.name))
    return value if isinstance(value, str) else ""


def _fields(sheet: Sheet) -> tuple[Field, ...]:
    """The sheet's columns; a group that the unit chooses is a column too, because new lines must name theirs."""
    form = sheet.form
    return tuple(f for f in form.fields if f in sheet.columns or f.editable)


def _columns(sheet: Sheet, texts: dict[str, list[str]]) -> tuple[WorksheetColumn, ...]:
    fields = _fields(sheet)
    widths = _fitted({f: _width(f, sheet.lines) for f in fields})
    made = [
        WorksheetColumn(get_column_letter(n), f.name, _roomy(f, texts[f.name], widths[f]), f)
        for n, f in enumerate(fields, 3)
    ]
    return (WorksheetColumn(NUMBER, "#", 6), *made)


def _roomy(field: Field, texts: Sequence[str], width: float) -> float:
    """The width at which no run of figures is broken and no text needs more than the tallest row."""
    longest = max((len(run) for text in (field.kind.example, *texts) for run in RUN.findall(text)), default=0)
    return wide_enough(texts, max(width, longest + PADDING + 1))


def _fitted(widths: dict[Field, float]) -> dict[Field, float]:
    """The widths with columns of words narrowed, where the sheet is so wide that its print would be too
    small to read.
    """
    words = {f: w for f, w in widths.items() if not f.kind.on_one_line}
    excess = sum(widths.values()) - READABLE
    if excess <= 0 or not words:
        return widths
    factor = max(NARROWEST, 1 - excess / sum(words.values()))
    return widths | {f: max(8.0, w * factor) for f, w in words.items()}


def _width(field: Field, lines: Sequence[SheetLine]) -> float:
    """The width in print in half-width characters, or more where a figure or date needs it: those are not wrapped."""
    least = field.kind.least
    if field.kind.numeric:
        least = max([least, *(half_widths(field.kind.show(line.values.get(field.name))) + 3.5 for line in lines)])
    return max(least, field.width * 0.54 + PADDING)


def _names(laid: WorksheetLayout, styles: Styles) -> None:
    style = styles.number(HIDDEN)
    cells = [XmlCell(ID, style, marker(laid.sheet)), *(XmlCell(c.letter, style, c.name) for c in laid.columns)]
    laid.places["names"] = laid.add(XmlRow(cells, 12, hidden=True))


def _headings(laid: WorksheetLayout, styles: Styles) -> None:
    style = styles.number(CellStyle("heading", "center"))
    tops = [(c.field.over if c.field else "") for c in laid.columns]
    labels = [_label(c) for c in laid.columns]
    first = len(laid.rows) + 1
    if any(tops):
        cells = [XmlCell(c.letter, style, t or b) for c, t, b in zip(laid.columns, tops, labels, strict=True)]
        laid.add(XmlRow(cells, 20, fixed=True))
        labels = [b if t else "" for t, b in zip(tops, labels, strict=True)]
        _merge_headings(laid, tops, first)
    sizes = [(t, c.width - 1) for t, c in zip(labels, laid.columns, strict=True)]
    cells = [XmlCell(c.letter, style, t or None) for t, c in zip(labels, laid.columns, strict=True)]
    laid.places["heading_last"] = laid.add(XmlRow(cells, height(sizes, 34), fixed=True))
    laid.places["heading_first"] = first


def _label(column: WorksheetColumn) -> str:
    field = column.field
    if field is None:
        return "序号"
    if not field.unit or (field.over and field.unit in field.over):
        return field.label
    fits = half_widths(field.heading) < column.width - 2
    return field.heading if fits else f"{field.label}\n（{field.unit}）"


def _merge_headings(laid: WorksheetLayout, tops: Sequence[str], row: int) -> None:
    for top, run in groupby(zip(tops, laid.columns, strict=True), key=lambda pair: pair[0]):
        letters = [c.letter for _, c in run]
        if top and len(letters) > 1:
            laid.merges.append(f"{letters[0]}{row}:{letters[-1]}{row}")
        if not top:
            laid.merges += [f"{letter}{row}:{letter}{row + 1}" for letter in letters]


def _body(laid: WorksheetLayout, styles: Styles) -> None:
    """Append lines, groups and the total; sums are formulas over their rows."""
    start = len(laid.rows) + 1
    lines = laid.sheet.lines
    looks, new = ([_looks(styles, laid.sheet.form, c.field, spare) for c in laid.columns] for spare in (False, True))
    filled = len(lines) - empties(laid.sheet)
    least = max(LINED, BY_HAND * laid.width / ACROSS[A4]) if laid.sheet.blank else LINED
    for n, (line, span) in enumerate(zip(lines, _spans(lines, start), strict=True)):
        is_row, own = line.kind == LineKind.ROW, looks if n < filled else new
        laid.add(_line(laid, styles, line, own, least) if is_row else _sums(laid, styles, line, span))
    total = next((n for n, line in enumerate(lines, start) if line.kind == LineKind.TOTAL), 0)
    laid.places |= {"first": start, "last": total - 1 if total else len(laid.rows), "total": total}
    if not lines:
        _nothing(laid, styles)


def _nothing(laid: WorksheetLayout, styles: Styles) -> None:
    """Append the text of a sheet without lines, as in print: a zero report, or not filled in."""
    style = styles.number(CellStyle("total", "center"))
    laid.across(laid.sheet.empty, style, least=28)
    laid.rows[-1].cells.extend(XmlCell(c.letter, style) for c in laid.columns[1:])


def _spans(lines: Sequence[SheetLine], start: int) -> list[tuple[int, int]]:
    """For each line the first and last row that it sums: for a group its own rows, for the total all rows above."""
    spans: list[tuple[int, int]] = []
    last = start + len(lines) - 1
    for row, line in reversed(list(enumerate(lines, start))):
        spans.append((start, row - 1) if line.kind == LineKind.TOTAL else (row + 1, last))
        last = last if line.kind == LineKind.ROW else row - 1
    return spans[::-1]


def _looks(styles: Styles, form: Form, field: Field | None, spare: bool = False) -> tuple[int, int]:
    """The formats of a column's cells: the usual one, and one for a text too long for text format."""
    if field is None:
        number = styles.number(CellStyle("body", "center"))
        return number, number
    kind, open = field.kind, fillable(form) and opens(field, spare)
    look = CellStyle("body", kind.align, kind.excel, open, wrap=not kind.numeric, indent=_indent(kind))
    return styles.number(look), styles.number(replace(look, format="General"))


def _indent(kind: Kind) -> int:
    """The indent that keeps figures off the border at their right."""
    return 1 if kind.align == "right" else 0


def _line(
    laid: WorksheetLayout, styles: Styles, line: SheetLine, looks: Sequence[tuple[int, int]], least: float
) -> XmlRow:
    cells = [XmlCell(ID, styles.number(HIDDEN), line.id or None)]
    texts: list[tuple[str, float]] = []
    for column, (usual, long) in zip(laid.columns, looks, strict=True):
        if column.field is None:
            cells.append(XmlCell(column.letter, usual, line.number or None))
            continue
        value = content(column.field.kind, line.values.get(column.field.name))
        if isinstance(value, str):
            texts.append((value, column.width))
        cells.append(XmlCell(column.letter, long if isinstance(value, str) and len(value) > LONG else usual, value))
    return XmlRow(cells, height(texts, least))


def _sums(laid: WorksheetLayout, styles: Styles, line: SheetLine, span: tuple[int, int]) -> XmlRow:
    """A group row, whose title extends over the empty cells beside it, or the total, whose title is
    merged over them.
    """
    total = line.kind == LineKind.TOTAL
    empty = list(takewhile(lambda c: not (c.field and c.field.total), laid.columns))
    if total and len(empty) > 1:
        number = len(laid.rows) + 1
        laid.merges.append(f"{NUMBER}{number}:{empty[-1].letter}{number}")
    title = CellStyle(line.kind, "center" if total else "left", wrap=False, edge="left")
    cells = [XmlCell(NUMBER, styles.number(title), line.title or ("合　　计" if total else ""))]
    letters = {c.name: c.letter for c in laid.columns}
    for column in laid.columns[1:]:
        edge = "right" if column.letter == laid.last else ""
        cells.append(_sum(styles, column, line, _live(column, letters, span, len(laid.rows) + 1), edge))
    return XmlRow(cells, 22, fixed=True)


def _live(column: WorksheetColumn, letters: dict[str, str], span: tuple[int, int], row: int) -> str:
    """The formula of a sum: it follows edits and leaves out filtered rows; a ratio divides the sums in its row."""
    field = column.field
    if field is None or span[0] > span[1]:
        return ""
    if field.stored:
        return f"SUBTOTAL(9,{column.letter}{span[0]}:{column.letter}{span[1]})"
    if isinstance(field.derive, Ratio) and {field.derive.part, field.derive.whole} <= set(letters):
        part, whole = (f"{letters[n]}{row}" for n in (field.derive.part, field.derive.whole))
        return f'IF(N({whole})>0,ROUND({part}*100/{whole},{field.derive.places}),"")'
    return ""


def _sum(styles: Styles, column: WorksheetColumn, line: SheetLine, formula: str, edge: str) -> XmlCell:
    """The cell of a sum with its formula, or of a share with its value."""
    field = column.field
    if field is None or not field.total or field.name not in line.values:
        return XmlCell(column.letter, styles.number(CellStyle(line.kind, edge=edge)))
    value = content(field.kind, line.values[field.name])
    number_format = field.kind.excel if value is not None else _no_zero(field.kind.excel)
    style = styles.number(
        CellStyle(line.kind, field.kind.align, number_format, wrap=False, indent=_indent(field.kind), edge=edge)
    )
    return XmlCell(column.letter, style, value, formula)


def _no_zero(number_format: str) -> str:
    """The number format that shows nothing for zero, where no figure was reported yet."""
    return f"{number_format};-{number_format};"


def _spare(laid: WorksheetLayout, styles: Styles) -> None:
    laid.across(SPARE_TITLE, styles.number(CellStyle("spare")), 10, 26)
    form = laid.sheet.form
    cells = [XmlCell(ID, styles.number(HIDDEN))]
    cells += [XmlCell(c.letter, _looks(styles, form, c.field, spare=True)[0]) for c in laid.columns]
    laid.spare = XmlRow(cells, LINED)
    first = len(laid.rows) + 1
    laid.places |= {"spare_first": first, "spare_last": first + SPARE - 1}
    _count_spare(laid)


def _count_spare(laid: WorksheetLayout) -> None:
    """Extend the total's formulas over the spare rows."""
    at, first, last = (laid.places[p] for p in ("total", "spare_first", "spare_last"))
    if at:
        cells = laid.rows[at - 1].cells
        more = [c._replace(formula=f"{c.formula[:-1]},{c.column}{first}:{c.column}{last})") for c in cells
                if c.formula.startswith("SUBTOTAL")]  # fmt: skip
        by_letter = {c.column: c for c in more}
        laid.rows[at - 1] = laid.rows[at - 1]._replace(cells=[by_letter.get(c.column, c) for c in cells])
