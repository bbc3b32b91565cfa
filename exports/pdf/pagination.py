"""Distributes bands of cells over pages: what is kept on one page, where a tall row is split, what goes to the last
page with the notes.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from exports.pdf.fonts import SONG
from exports.sheets.sheet import LineKind

AIR = 2.6  # above and below the text of a band, pt
WHOLE = 0.6  # a row up to this share of a page is not split
PIECE = 6  # at least so many lines of a split row are at the foot of a page


@dataclass(frozen=True)
class BoxLine:
    """One line of a cell, `lead` pt high: text with its size, a mark, or the rule between two values."""

    text: str = ""
    mark: str = ""
    size: float = 9.0
    lead: float = 12.24
    rule: bool = False


@dataclass(frozen=True)
class Box:
    """A cell of a band with its lines. align: left, center or right."""

    x: float
    width: float
    items: tuple[BoxLine, ...] = ()
    align: str = "left"
    face: str = SONG

    @property
    def height(self) -> float:
        return sum(i.lead for i in self.items)


@dataclass(frozen=True)
class Band:
    """A horizontal strip of cells. kind: over, head, row, group, total."""

    kind: LineKind
    height: float
    cells: tuple[Box, ...]


@dataclass
class PageLayout:
    """The bands of one page, below its table head."""

    bands: list[Band] = field(default_factory=list)
    head: bool = False  # has the sheet's head (the first page)
    tail: bool = False  # has notes and signatures (the last page)

    @property
    def height(self) -> float:
        return sum(b.height for b in self.bands)


@dataclass(frozen=True)
class PageHeights:
    """The heights in pt that a page has for bands (first page, continued page), and the height of
    notes and signatures.
    """

    first: float
    again: float
    tail: float

    def of(self, page: PageLayout) -> float:
        return self.first if page.head else self.again


def band_of(kind: LineKind, cells: Sequence[Box], least: float = 0.0) -> Band:
    """A band as high as its highest cell, at least `least` pt."""
    return Band(kind, max(max((c.height for c in cells), default=0.0) + 2 * AIR, least), tuple(cells))


def paginate(bands: Sequence[Band], room: PageHeights) -> list[PageLayout]:
    """The bands on pages: a group title is kept with its first row, a row too tall for a page is split between lines,
    the title of a continued group is repeated with （续）, and the tail is placed under at least one band where one
    fits.
    """
    pages, queue = [PageLayout(head=True)], deque(bands)
    group: Band | None = None
    while queue:
        band, page = queue.popleft(), pages[-1]
        left = room.of(page) - page.height
        begun = any(b is not group for b in page.bands) or page.head
        if band.height + _company(band, queue, room) <= left + 0.01:
            page.bands.append(band)
        elif cut := _split(band, left, room, begun):
            page.bands.append(cut[0])
            queue.appendleft(cut[1])
        elif (begun and page.bands) or (page.head and left < room.again):
            queue.appendleft(band)
            pages.append(PageLayout([group] if group and band.kind == LineKind.ROW else []))
            continue
        else:  # higher than any page, and cannot be split
            page.bands.append(band)
        group = _continued(band) if band.kind == LineKind.GROUP else None if band.kind == LineKind.TOTAL else group
    return _with_tail(pages, room, group)


def _company(band: Band, queue: Sequence[Band], room: PageHeights) -> float:
    """The height that must follow a group title on the same page: its first row, or the smallest piece of a tall one; 0
    for other bands.
    """
    if band.kind != LineKind.GROUP or not queue:
        return 0.0
    return queue[0].height if _keeps(queue[0], room) else _piece(queue[0], PIECE)


def _keeps(band: Band, room: PageHeights) -> bool:
    return band.kind != LineKind.ROW or band.height <= room.again * WHOLE


def _piece(band: Band, lines: int) -> float:
    """The height of the first lines of a band."""
    return max(sum(i.lead for i in c.items[:lines]) for c in band.cells) + 2 * AIR


def _continued(group: Band) -> Band:
    """The title of a continued group: with （续） and without the sums."""
    first, *rest = group.cells
    *before, last = first.items or (BoxLine(),)
    title = replace(first, items=(*before, replace(last, text=last.text + "（续）")))
    return replace(group, cells=(title, *(replace(c, items=()) for c in rest)))


def _split(band: Band, left: float, room: PageHeights, begun: bool) -> tuple[Band, Band] | None:
    """The band in two pieces, the first filling the remaining height; None where the band should go to a new page in
    one piece.
    """
    if (_keeps(band, room) and begun) or band.kind != LineKind.ROW or left < _piece(band, PIECE if begun else 1):
        return None
    parts = [_cut(c, left - 2 * AIR) for c in band.cells]
    if not any(rest.items for _, rest in parts[1:]):
        return None
    rest = [_named(band.cells[0]), *(cell for _, cell in parts[1:])]
    return band_of(LineKind.ROW, [top for top, _ in parts]), band_of(LineKind.ROW, rest)


def _named(first: Box) -> Box:
    """The first cell of a continued row: its number or label again, with 续."""
    before = first.items if first.items[-1:] and first.items[-1].text != "续" else first.items[:-1]
    like = before[-1] if before else BoxLine()
    return replace(first, items=(*before, replace(like, text="续")))


def _cut(cell: Box, height: float) -> tuple[Box, Box]:
    """The lines of a cell that fit the height, and the rest."""
    count, used = 0, 0.0
    for item in cell.items:
        used += item.lead
        if used > height + 0.01:
            break
        count += 1
    return replace(cell, items=cell.items[:count]), replace(cell, items=cell.items[count:])


def _with_tail(pages: list[PageLayout], room: PageHeights, group: Band | None) -> list[PageLayout]:
    """The pages with the tail on the last one, or on an added page with the last band above it."""
    last = pages[-1]
    if room.of(last) - last.height < room.tail:
        pages.append(PageLayout(_moved(last, room, group)))
    pages[-1].tail = True
    return pages


def _moved(last: PageLayout, room: PageHeights, group: Band | None) -> list[Band]:
    """Remove from the last page what goes to the next with the tail, and return it: the last band and the title of its
    group.
    """
    *stay, band = last.bands or [Band(LineKind.ROW, room.again, ())]
    title = stay.pop() if stay and stay[-1].kind == LineKind.GROUP else None
    above = [title or group] if band.kind == LineKind.ROW and (title or group) else []
    moved = [b for b in (*above, band) if b]
    if not stay or sum(b.height for b in moved) + room.tail > room.again:
        return []
    last.bands = stay
    return moved
