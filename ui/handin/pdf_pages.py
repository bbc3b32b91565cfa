"""Renders the pages of a PDF as images, and finds the place of a text on them."""

from collections.abc import Iterator
from threading import Lock
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

ONE_AT_A_TIME = Lock()  # the PDF library must not be entered by two threads


class PageImage(NamedTuple):
    """A page; `mark` is the place of the text searched for, as fractions of width and height, None if
    it is not there.
    """

    image: QImage
    mark: QRectF | None


def render(data: bytes, scale: float, text: str = "") -> list[PageImage]:
    """All pages as images, `scale` pixels per pt, with the place of `text` on each."""
    return list(rendered(data, scale, text=text))


def rendered(data: bytes, scale: float, first: int = 1, last: int | None = None, text: str = "") -> Iterator[PageImage]:
    """The pages from `first` to `last`, one at a time: at a printer's resolution all together would fill an old PC's
    memory.
    """
    import pypdfium2

    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        count = len(document)
    try:
        for n in range(first - 1, min(last or count, count)):
            with ONE_AT_A_TIME:
                made = _page(document[n], scale, text)
            yield made
    finally:
        with ONE_AT_A_TIME:
            document.close()


def _page(page: Any, scale: float, text: str) -> PageImage:
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    look = bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
    made = PageImage(QImage(bytes(bitmap.buffer), *look).copy(), _place(page, text) if text else None)
    bitmap.close()
    page.close()
    return made


def _place(page: Any, text: str) -> QRectF | None:
    """The place of the last occurrence of a text; None if there is none."""
    words = page.get_textpage()
    searcher, found = words.search(text), None
    while at := searcher.get_next():
        found = at
    place = None
    if found:
        boxes = [words.get_charbox(n) for n in range(found[0], found[0] + found[1])]
        wide, high = page.get_size()
        left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
        bottom, top = min(b[1] for b in boxes), max(b[3] for b in boxes)
        place = QRectF(left / wide, 1 - top / high, (right - left) / wide, (top - bottom) / high)
    searcher.close()
    words.close()
    return place
