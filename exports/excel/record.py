"""Lays out a record as a worksheet: one row per field, label and value."""

from exports.excel.layout import (
    ID,
    NUMBER,
    WorksheetColumn,
    WorksheetLayout,
    add_head,
    add_line,
    height,
    marker,
    tail,
    wide_enough,
)
from exports.excel.rows_xml import XmlCell, XmlRow, content
from exports.excel.styles import HIDDEN, CellStyle, Styles
from exports.sheets.sheet import LineKind, Sheet, SheetLine
from forms.field import Field

VALUE = "C"  # letter of the column of values
LABELS, VALUES = 24.0, 92.0  # widths in half-width characters
NARROW_LIMIT = 200  # a text that may be longer gets a tall cell


def lay_record(sheet: Sheet, name: str, styles: Styles) -> WorksheetLayout:
    """The worksheet of a record: the hidden column has field names, the hidden row the record's id."""
    line = next((x for x in sheet.lines if x.kind == LineKind.ROW), SheetLine(LineKind.ROW, {}))
    contents = [content(f.kind, line.values.get(f.name)) for f in sheet.form.fields]
    width = wide_enough([c for c in contents if isinstance(c, str)], VALUES)
    laid = WorksheetLayout(
        name, sheet, (WorksheetColumn(NUMBER, "label", LABELS), WorksheetColumn(VALUE, "value", width))
    )
    add_head(laid, styles)
    hidden = styles.number(HIDDEN)
    laid.places["names"] = laid.add(
        XmlRow([XmlCell(ID, hidden, marker(sheet)), XmlCell(VALUE, hidden, line.id or None)], 12, hidden=True)
    )
    add_line(laid, styles)
    laid.places["first"] = len(laid.rows) + 1
    for f in sheet.form.fields:
        laid.add(_row(f, line, width, styles))
    laid.places["last"] = len(laid.rows)
    tail(laid, styles)
    laid.places["printed_last"] = len(laid.rows)
    return laid


def _row(field: Field, line: SheetLine, width: float, styles: Styles) -> XmlRow:
    value = content(field.kind, line.values.get(field.name))
    tall = field.kind.limit > NARROW_LIMIT
    number_format = "General" if isinstance(value, str) and len(value) > 255 else field.kind.excel
    look = CellStyle("body", "left", number_format, open=field.editable, top=tall, indent=1)
    cells = [
        XmlCell(ID, styles.number(HIDDEN), field.name),
        XmlCell(NUMBER, styles.number(CellStyle("label", "center")), field.heading),
        XmlCell(VALUE, styles.number(look), value),
    ]
    texts = [(value, width)] if isinstance(value, str) else []
    return XmlRow(cells, height(texts, 90 if tall else 27))
