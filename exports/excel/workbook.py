"""工作簿: one worksheet per sheet with the content of the paper, made to be filled in and read back.

The layout is a promise to every later version that reads a workbook back (format 1):

- A worksheet is known by its hidden corner cell in column A, whose text is `qingdan 1 FORM UNIT PERIOD`. The row of
  that cell, above the headings, is hidden and holds the name of the field of each column (`#` for 序号); so columns
  may be moved, and head lines deleted.
- Column A is hidden and holds the id of the record of each line. Rows without an id that have content beside 序号 are
  new lines: inserted between the others, written into the empty lines of a blank form or into the spare rows below
  the table. An id that occurs twice means a copied row; the second is a new line. Rows with text in column B only
  (groups, total, notes, sign line) hold no record.
- A record form is turned: its hidden row holds the record's id in column C, its column A the field names.
- The very hidden sheet `_qingdan` holds keys in column A and values in column B, all as text: format, program (its
  version), unit, period, plan, version, printed, sample (yes/no), and for each worksheet n from 1: sheet.n.name,
  sheet.n.form, sheet.n.names, sheet.n.heading_first, sheet.n.heading_last, sheet.n.first, sheet.n.last,
  sheet.n.total, sheet.n.printed_last, sheet.n.spare_first, sheet.n.spare_last: row numbers as written, absent where
  there is none. A sheet without lines has a sentence in row `first`, and its `last` is the row above. `print.FORM`
  holds short codes of the cells of a sheet that is for printing only (exports/readback/print_only.py), by which
  changes in it are detected.
- Figures are numbers, days serial numbers of the 1900 system, everything else the text that people read (choices by
  name). A figure of more than 15 digits and a day before March 1900 are text. Group rows and the total hold
  formulas with their results; they are not read back. Control characters that XML forbids are left out; `_x005F_`
  stands for `_` where the text would look like an escape, as in any workbook.
- The very hidden sheet `_选项` holds lists for the drop-downs and is not read back.
"""

from pathlib import Path

from exports.sheets.sheet import Book
from models.errors import UserError
from models.store.atomic_file import replacing


def write_workbook(path: Path, book: Book) -> None:
    """Write the sheets of a book as an .xlsx workbook; equal books give equal bytes. Raises UserError where the folder
    cannot be written to, or where a text is longer than a cell may be.
    """
    from exports.excel.writer import write  # imported late, because it loads openpyxl

    if not book.sheets:
        raise UserError("workbook.no-sheets", title=book.title)
    with replacing(path) as part:
        write(part, book)
