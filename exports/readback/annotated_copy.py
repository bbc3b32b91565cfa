"""标注副本: a copy of the received workbook with its problem cells marked and commented, and a sheet that lists them.
Runs in the sandbox (exports/readback/sandbox.py).
"""

import io
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from exports.readback.sheets import WorkbookProblem

LIST = "装入问题"
AUTHOR = "清单填报"
FILL = "FFF2B8"
HEADINGS = (("序号", 6), ("工作表", 14), ("行", 7), ("列", 7), ("写的内容", 30), ("没有采用的原因和办法", 70))


def marked(data: bytes, problems: Sequence[WorkbookProblem]) -> bytes:
    """The bytes of the workbook with these problems marked in it; equal arguments give equal bytes. The zip guard must
    have passed `data` before.
    """
    from openpyxl import load_workbook

    from exports.excel.writer import timeless

    book = load_workbook(io.BytesIO(data))
    with suppress(KeyError):
        del book[LIST]  # from an earlier copy
    for page in book.worksheets:
        _clean(page)
    for n, problem in enumerate(problems, 1):
        if problem.sheet in book.sheetnames:
            _mark(book[problem.sheet], problem, n)
    _list(book, problems)
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())


def _clean(page: Any) -> None:
    """Remove the marks of an earlier copy."""
    from openpyxl.styles import PatternFill

    for cell in list(page._cells.values()):  # noqa: SLF001 - the public ways walk over every empty place
        if getattr(cell, "comment", None) is not None and cell.comment.author == AUTHOR:
            cell.comment, cell.fill = None, PatternFill()


def _mark(page: Any, problem: WorkbookProblem, n: int) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = page[f"{problem.column or 'B'}{problem.row}"]
    if type(cell).__name__ == "MergedCell":
        return
    cell.fill = PatternFill("solid", start_color=FILL)
    earlier = f"{cell.comment.text}\n" if cell.comment is not None else ""
    cell.comment = Comment(f"{earlier}{n}. {problem.why}", AUTHOR, height=120, width=320)


def _list(book: Any, problems: Sequence[WorkbookProblem]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    from exports.excel.layout import height

    page = book.create_sheet(LIST, 0)
    book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is page
    line = Side(style="thin", color="999999")
    rows: list[list[Any]] = [
        [h for h, _ in HEADINGS],
        *([n, p.sheet, p.row, p.column, p.value, p.why] for n, p in enumerate(problems, 1)),
    ]
    for r, values in enumerate(rows, 1):
        for c, value in enumerate(values, 1):
            cell = page.cell(r, c)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # a problem may begin with =
            cell.border = Border(left=line, right=line, top=line, bottom=line)
            cell.alignment = Alignment("center" if r == 1 or c < 5 else "left", "center", wrap_text=True)
            cell.font = Font("宋体", 11, bold=r == 1)
    for (_, width), cells in zip(HEADINGS, page.iter_cols(max_row=1), strict=True):
        page.column_dimensions[cells[0].column_letter].width = width
        cells[0].fill = PatternFill("solid", start_color="E8E8E8")
    for r, problem in enumerate(problems, 2):
        place = page.cell(r, 4)
        page.row_dimensions[r].height = height([(problem.value, HEADINGS[4][1]), (problem.why, HEADINGS[5][1])], 24)
        if problem.sheet in book.sheetnames:
            page.cell(r, 2).hyperlink = f"#'{problem.sheet}'!{problem.column or 'B'}{problem.row}"
        place.value = problem.column or "整行"
    _for_paper(page)


def _for_paper(page: Any) -> None:
    page.freeze_panes, page.print_title_rows = "A2", "1:1"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
