"""The pages of a PDF as pictures, and where on them a text stands."""

from threading import Lock
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

ONE_AT_A_TIME = Lock()  # the PDF library must not be entered by two threads


class PageImage(NamedTuple):
    """A page; `mark` is where the text that was looked for stands, in shares of its width and height, None if nowhere."""

    image: QImage
    mark: QRectF | None


def render(data: bytes, scale: float, text: str = "") -> list[PageImage]:
    """The pages as pictures, `scale` pixels per pt, with the place of a text on each."""
    import pypdfium2

    pages = []
    with ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(data)
        for page in document:
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            look = bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            image = QImage(bytes(bitmap.buffer), *look).copy()
            pages.append(PageImage(image, _place(page, text) if text else None))
            bitmap.close()
            page.close()
        document.close()
    return pages


def _place(page: Any, text: str) -> QRectF | None:
    """Where the last occurrence of a text stands."""
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
