"""Settings of a worksheet: widths, frozen panes, printing, filter, validation and protection."""

from typing import Any

from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel.charts import add_charts
from exports.excel.layout import A3, ID, NUMBER, WorksheetLayout
from exports.excel.validation import Lists, rules

MARGINS = {"left": 0.45, "right": 0.45, "top": 0.55, "bottom": 0.6, "header": 0.25, "footer": 0.3}  # inches
FOOT_FONT = "宋体,常规"


def furnish(page: Worksheet, laid: WorksheetLayout, lists: Lists) -> None:
    """Set everything of a worksheet except its cells."""
    _widths(page, laid)
    for where in laid.merges:
        page.merged_cells.add(CellRange(where))
    _printing(page, laid)
    _foot(page, laid)
    if not laid.sheet.form.record:
        _table(page, laid)
    for rule in rules(laid, lists):
        page.add_data_validation(rule)
    _protect(page, laid)
    add_charts(page, laid)


def _widths(page: Worksheet, laid: WorksheetLayout) -> None:
    page.column_dimensions[ID].width = 10
    page.column_dimensions[ID].hidden = True
    for column in laid.columns:
        page.column_dimensions[column.letter].width = round(column.width, 2)
    page.sheet_format.defaultRowHeight = 15
    page.sheet_view.showGridLines = False


def _printing(page: Worksheet, laid: WorksheetLayout) -> None:
    page.page_setup.paperSize = laid.paper
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1 if laid.sheet.form.record else 0
    page.page_setup.blackAndWhite = True
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_area = f"{NUMBER}1:{laid.last}{laid.places['printed_last']}"
    page.print_options.horizontalCentered = True
    for side, inches in MARGINS.items():
        setattr(page.page_margins, side, inches)


def _foot(page: Worksheet, laid: WorksheetLayout) -> None:
    stamp = laid.sheet.stamp
    parts = {
        "left": f"版本码 {stamp.version}" if stamp.version else "",
        "center": "第 &P 页，共 &N 页",
        "right": f"打印时间 {stamp.printed}" if stamp.printed else "",
    }
    for side, text in parts.items():
        _write(getattr(page.oddFooter, side), text)
    above: Any = page.oddHeader
    _write(above.center, "示例数据" if stamp.sample else "")
    _write(above.right, "A3纸打印" if laid.paper == A3 else "")


def _write(part: Any, text: str) -> None:
    if text:
        part.text, part.font, part.size = text, FOOT_FONT, 9


def _table(page: Worksheet, laid: WorksheetLayout) -> None:
    """Repeat the headings on each printed page; set the filter over the lines, without total and spare rows."""
    places = laid.places
    if not laid.on_one_page:
        page.print_title_rows = f"{places['names']}:{places['heading_last']}"
    page.auto_filter.ref = f"{ID}{places['heading_last']}:{laid.last}{max(places['last'], places['heading_last'])}"
    _freeze(page, laid)


def _freeze(page: Worksheet, laid: WorksheetLayout) -> None:
    """Freeze headings, first columns and the line that names the unit. The rows above would take half of a small
    screen, so the window starts below them (they are printed, and visible when the panes are unfrozen).
    """
    first, top = laid.places["first"], laid.places["names"] + 1
    corner = f"{laid.columns[min(2, len(laid.columns) - 1)].letter}{first}"
    page.freeze_panes = corner
    view: Any = page.sheet_view
    view.selection[-1].activeCell = view.selection[-1].sqref = corner
    view.topLeftCell = f"{NUMBER}{top}"
    view.pane.xSplit, view.pane.ySplit = min(2, len(laid.columns) - 1), first - top


def _protect(page: Worksheet, laid: WorksheetLayout) -> None:
    guard = page.protection
    guard.sheet = True
    guard.formatColumns = guard.formatRows = guard.sort = guard.autoFilter = False
    guard.insertRows = not laid.spare
