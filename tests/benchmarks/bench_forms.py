"""Papers and workbooks of one unit beside what people usually write with the same libraries."""

import io
import tempfile
from pathlib import Path
from typing import Any

from exports.excel.workbook import write_workbook
from exports.pdf.fonts import SONG, face
from exports.pdf.painter import paint_book
from exports.sheets.sheet import Book
from exports.sheets.unit_sheets import unit_book
from models.reporting.sample import fill
from models.workspace import Workspace
from tests.benchmarks.clock import compare


def book() -> Book:
    """The set of one department in one month of sample data."""
    with tempfile.TemporaryDirectory() as folder:
        space = Workspace.create(Path(folder), "unit", ["县科工局"])
        fill(space, space.plan.period("2024-10"))
        made = unit_book(space, space.units[0], space.plan.period("2024-10"), space.forms)
        space.close()
    return made


def cells(made: Book) -> list[list[list[str]]]:
    """Every sheet as rows of shown text."""
    return [
        [[f.label for f in s.columns]] + [[f.kind.show(x.values.get(f.name)) for f in s.columns] for x in s.lines]
        for s in made.sheets
    ]


def usual_pdf(sheets: list[list[list[str]]]) -> None:
    """reportlab's Table of Paragraphs, with the same font."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, PageBreak, Paragraph, SimpleDocTemplate, TableStyle

    face(SONG)
    style = ParagraphStyle("cell", fontName=SONG, fontSize=9, leading=12, wordWrap="CJK")
    parts: list[Any] = []
    for rows in sheets:
        table = LongTable(
            [[Paragraph(c.replace("&", "&amp;").replace("<", "&lt;"), style) for c in row] for row in rows],
            repeatRows=1,
            colWidths=[760 / len(rows[0])] * len(rows[0]),
        )
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), SONG, 9)]))
        parts += [table, PageBreak()]
    SimpleDocTemplate(io.BytesIO(), pagesize=landscape(A4), initialFontName=SONG).build(parts)


def usual_workbook(sheets: list[list[list[str]]], path: Path) -> None:
    """openpyxl with styles set on each cell."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, Side

    made = Workbook()
    side = Side(style="thin")
    for rows in sheets:
        page = made.create_sheet()
        for row in rows:
            page.append(["" if c.startswith("=") else c for c in row])
        for line in page.iter_rows():
            for cell in line:
                cell.font, cell.border = Font(name="宋体", size=10), Border(side, side, side, side)
                cell.alignment = Alignment(wrap_text=True, vertical="center")
    made.save(path)


def main() -> None:
    """Print the ratios."""
    made = book()
    plain = cells(made)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        compare("一个单位全套 PDF，对照 Table＋Paragraph", lambda: paint_book(made), lambda: usual_pdf(plain))
        compare(
            "一个单位全套 Excel，对照 openpyxl 逐格设样式",
            lambda: write_workbook(path, made),
            lambda: usual_workbook(plain, path),
        )


if __name__ == "__main__":
    main()
