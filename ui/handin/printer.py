"""Printing: the system's dialog, painting the chosen pages, and which forms were printed completely."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from ui.handin.pdf_pages import rendered

SHARP = 300 / 72  # printed pixels per pt


def ask_printer(parent: QWidget, title: str, pages: int) -> QPrinter | None:
    """The chosen printer with page range and copies; None if the user cancels."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


def asked(printer: QPrinter, pages: int) -> tuple[int, int]:
    """The first and last page to print, of `pages` pages."""
    ranged = printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage() > 0
    return (printer.fromPage(), min(printer.toPage() or pages, pages)) if ranged else (1, pages)


def painting(printer: QPrinter, data: bytes, first: int, last: int) -> Iterator[None]:
    """Paint pages of a PDF onto a printer, each filling its sheet; one page at each step."""
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setFullPage(True)
    painter = QPainter(printer)
    try:
        for n, page in enumerate(rendered(data, SHARP, first, last)):
            if n:
                printer.newPage()
            painter.drawImage(QRectF(painter.viewport()), page.image)
            yield
    finally:
        painter.end()


def complete_forms(titles: Sequence[str], names: Mapping[str, str], first: int, last: int) -> tuple[str, ...]:
    """The names of the forms whose pages are all between first and last; `titles` has one per page."""
    missed = {*titles[: first - 1], *titles[last:]}
    return tuple(dict.fromkeys(names[t] for t in titles[first - 1 : last] if t in names and t not in missed))
