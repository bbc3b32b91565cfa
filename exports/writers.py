"""The formats in which papers are written (导出格式), one object each. Commands, batches, submissions and the print
page read `WRITERS`; the code that paints a format is imported with the first file of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the command line lists the formats without making a file
    from exports.sheets.bulletin_content import Bulletin
    from exports.sheets.sheet import Book

Look = tuple[str, bool]  # page profile and black printing, as set in the workspace


class File(NamedTuple):
    """A file to be written: the words that name it in progress messages, its path, and the function that writes it."""

    label: str
    path: Path
    write: Callable[[], object]


@dataclass(frozen=True)
class Writer:
    """A format: `name` as commands take it, which is also the file name's ending, and its name for people. `book`
    writes the papers of a book into one file, or into one file for each sheet (`by_sheet`); `bulletin` writes a
    bulletin with its first page; each is None where the format has no such paper. `enclosed`: a submission contains
    papers in this format.
    """

    name: str
    label: str
    book: Callable[[Path, "Book", Look], object] | None = None
    by_sheet: bool = False
    bulletin: Callable[[Path, "Book", "Bulletin", Look], object] | None = None
    enclosed: bool = False

    def files(self, folder: Path, book: "Book", look: Look) -> list[File]:
        """The files that the papers of a book become in this format."""
        if self.book is None:
            return []
        if not self.by_sheet:
            path = folder / f"{book.name}.{self.name}"
            return [File(self.label, path, partial(self.book, path, book, look))]
        found = []
        for number, sheet in enumerate(book.sheets, 1):
            path = folder / f"{book.name}_{number}{sheet.form.title}.{self.name}"
            alone = replace(book, title=f"{book.title}{sheet.form.title}", sheets=(sheet,))
            found.append(File(sheet.form.title, path, partial(self.book, path, alone, look)))
        return found


def _excel(path: Path, book: "Book", _look: Look) -> None:
    from exports.excel.workbook import write_workbook

    write_workbook(path, book)


def _pdf(path: Path, book: "Book", look: Look) -> None:
    from exports.pdf.painter import write_pdf

    write_pdf(path, book, *look)


def _pdf_bulletin(path: Path, book: "Book", first: "Bulletin", look: Look) -> None:
    from exports.pdf.bulletin_painter import write_bulletin

    write_bulletin(path, book, first, *look)


WRITERS: tuple[Writer, ...] = (
    Writer("xlsx", "Excel", book=_excel, enclosed=True),
    Writer("pdf", "PDF", book=_pdf, by_sheet=True, bulletin=_pdf_bulletin, enclosed=True),
)
FORMATS = tuple(w.name for w in WRITERS if w.book)  # in which forms can be written


def writer(name: str) -> Writer:
    """The format of a name; KeyError where there is none."""
    return {w.name: w for w in WRITERS}[name]
