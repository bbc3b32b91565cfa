"""Native charts of a worksheet, below its table: bars with lines drawn over them, and trends."""

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.layout import CHART_ROW, NUMBER, WorksheetLayout
from exports.sheets.sheet import ChartSpec

FILLS = ("0B6B5A", "B9CFC8", "C77F0A")  # this period, last period; distinct in lightness, for printing in grey
STROKES = ("B3261E", "0B6B5A", "C77F0A", "575E5A", "7A5C99", "2F6B9A", "9A6B2F", "1D2220")
DASHES = ("solid", "dash", "sysDot", "dashDot", "lgDash", "sysDash", "lgDashDot", "sysDashDot")
CM_PER_CHAR, CM_PER_POINT = 0.19, 2.54 / 72  # cm per half-width character; cm per point


def add_charts(page: Worksheet, laid: WorksheetLayout) -> None:
    """Add the charts of the sheet at the rows that the layout kept for them."""
    if not laid.places.get("first") or not laid.sheet.lines:
        return
    for chart, (row, count) in zip(laid.sheet.charts, laid.charts, strict=True):
        made = _bars(page, laid, chart) if chart.kind == "bars" else _trend(page, laid, chart)
        made.title, made.width = chart.title, laid.width * CM_PER_CHAR
        made.height = count * CHART_ROW * CM_PER_POINT
        made.legend.position = "b"
        _axes(made, chart)
        page.add_chart(made, f"{NUMBER}{row}")
        if laid.points(row - 1 + count) > laid.page:  # the end of the page would cut it
            page.row_breaks.append(Break(id=row - 1))


def _bars(page: Worksheet, laid: WorksheetLayout, chart: ChartSpec) -> Any:
    made = BarChart()
    made.type, made.gapWidth, made.overlap = "col", 60, -5
    for n, name in enumerate(chart.bars):
        made.add_data(_column(page, laid, name), titles_from_data=False)
        _named(made.series[-1], laid, name)
        made.series[-1].graphicalProperties = GraphicalProperties(solidFill=FILLS[n % len(FILLS)])
    made.series[0].dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    made.set_categories(_column(page, laid, chart.label))
    over = LineChart()
    for n, name in enumerate(chart.lines):
        over.add_data(_column(page, laid, name), titles_from_data=False)
        _named(over.series[-1], laid, name)
        _stroke(over.series[-1], n, "dash")
    if chart.lines:
        over.set_categories(_column(page, laid, chart.label))
        made += over
    return made


def _trend(page: Worksheet, laid: WorksheetLayout, chart: ChartSpec) -> Any:
    """A curve per line of the sheet; its points are the cells of the named fields, which are adjacent columns."""
    made, places = LineChart(), laid.places
    first, last = (_number(laid, n) for n in (chart.lines[0], chart.lines[-1]))
    for n, row in enumerate(range(places["first"], places["last"] + 1)):
        made.add_data(Reference(page, min_col=first, max_col=last, min_row=row), from_rows=True, titles_from_data=False)
        _title(made.series[-1], f"'{laid.name}'!${_letter(laid, chart.label)}${row}")
        _stroke(made.series[-1], n, DASHES[(n + n // len(STROKES)) % len(DASHES)])
    heading = places["heading_last"]
    made.set_categories(Reference(page, min_col=first, max_col=last, min_row=heading))
    return made


def _axes(made: Any, chart: ChartSpec) -> None:
    made.y_axis.title, made.y_axis.scaling.min, made.y_axis.number_format = chart.axis or None, 0, "0"
    made.x_axis.delete = made.y_axis.delete = False  # openpyxl hides both by default
    small = CharacterProperties(sz=900)
    text = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), endParaRPr=small)])
    made.x_axis.txPr = made.y_axis.txPr = text


def _column(page: Worksheet, laid: WorksheetLayout, name: str) -> Reference:
    at = _number(laid, name)
    return Reference(page, min_col=at, min_row=laid.places["first"], max_row=laid.places["last"])


def _letter(laid: WorksheetLayout, name: str) -> str:
    return next(c.letter for c in laid.columns if c.name == name)


def _number(laid: WorksheetLayout, name: str) -> int:
    return int(column_index_from_string(_letter(laid, name)))


def _named(series: Any, laid: WorksheetLayout, name: str) -> None:
    """Make the heading of the column the name of the series."""
    from openpyxl.chart.series import SeriesLabel

    field = laid.sheet.form.field(name)
    series.tx = SeriesLabel(v=field.label)


def _title(series: Any, where: str) -> None:
    from openpyxl.chart.data_source import StrRef
    from openpyxl.chart.series import SeriesLabel

    series.tx = SeriesLabel(strRef=StrRef(where))


def _stroke(series: Any, n: int, dash: str) -> None:
    series.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=STROKES[n % len(STROKES)], w=22000, prstDash=dash)
    )
    series.marker.symbol = "none"
    series.smooth = False
