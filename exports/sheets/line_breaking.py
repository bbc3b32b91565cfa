"""Line breaking for Chinese by GB/T 15834, the same for PDF and workbook.

Lengths are in points, widths of characters in thousandths of an em. A line never starts with a closing mark nor ends
with an opening one; numbers, Latin words, —— and …… are not broken. Blanks at a break are dropped, all else is kept.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate
from unicodedata import category, east_asian_width

EM = 1000
HANG = 0.42  # em that a closing mark may hang over the line's end: its ink is in the left half
LOOSEST = 0.085  # em of extra space between characters; from 0.1 on, text copied from a PDF falls apart
ORPHAN = 2  # so few characters on the last line are drawn in

HANGING = frozenset("，。、；：！？”’）】》〉」』〕］｝")
NO_START = HANGING | frozenset(",.;:!?)]}%％‰°℃′″㎡㎥·•—–-~～…/／々")
NO_END = frozenset("“‘（【《〈「『〔［｛([{￥¥＄$£€№≥≤＞＜>≈±/／")
SLASH = frozenset("/／")
BLANK = frozenset(" \t\u3000")
ALPHABET = r"A-Za-z0-9À-ÖØ-öø-ɏ０-９Ａ-Ｚａ-ｚ"
UNIT = "%％‰°℃㎡㎥²³+年月日"  # signs that belong to the number before them
WHOLE = re.compile(
    rf"[+\-−]?\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d)(?:\.\d+)?[{UNIT}]?"  # 3 200
    rf"|[+\-−]?[{ALPHABET}]+(?:[.:/\-_@&'’~～–—+×][{ALPHABET}]+|,\d{{3}}(?!\d))*[{UNIT}]?"
    r"|—{2,}|…{2,}|\.{3,}"
)
NEWLINE = re.compile(r"\r\n|\r|\n")


class _WidthCache(dict[str, int]):
    """Widths by character; asks `lookup` once for each."""

    def __init__(self, lookup: Callable[[str], int]) -> None:
        super().__init__()
        self.lookup = lookup

    def __missing__(self, char: str) -> int:
        width = self[char] = self.lookup(char)
        return width


class Widths:
    """Character widths in thousandths of an em; `lookup` is asked once for each character."""

    def __init__(self, lookup: Callable[[str], int]) -> None:
        self.each = _WidthCache(lookup).__getitem__

    def of(self, text: str) -> int:
        """The width of `text` in thousandths of an em."""
        return sum(map(self.each, text))


def _plain(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf", "Cc") and char != "\t":
        return 0
    return EM if east_asian_width(char) in "WFA" else EM // 2


PLAIN = Widths(_plain)  # what 宋体 of a workbook measures: full or half a square


def wrap(text: str, width: float, size: float, widths: Widths) -> list[str]:
    """The lines of `text` in a column of `width` points at `size` points; newlines are kept, "" gives no lines. A
    closing mark may hang 0.42 em over the line's end; a word longer than a line is broken at the end of the line.
    """
    return list(_wrap(text, width, size, widths)) if text else []


@lru_cache(maxsize=50_000)
def _wrap(text: str, width: float, size: float, widths: Widths) -> tuple[str, ...]:
    room = max(width, 0) * EM / size + 0.01
    return tuple(line for part in NEWLINE.split(text) for line in _paragraph(part, room, widths))


def _paragraph(text: str, room: float, widths: Widths) -> list[str]:
    ends = list(accumulate(map(widths.each, text), initial=0))
    if ends[-1] <= room:
        return [text.rstrip()]
    whole = {i for m in WHOLE.finditer(text) for i in range(m.start() + 1, m.end())}
    lines, start = [], 0
    while start < len(text):
        stop = _stop(text, start, ends, room, whole)
        lines.append(text[start:stop].rstrip())
        start = stop
    return lines


def _stop(text: str, start: int, ends: list[int], room: float, whole: set[int]) -> int:
    """The index where the line that begins at `start` ends: the last allowed break that fits, else the last character
    that fits.
    """
    full = bisect_right(ends, ends[start] + room, start + 1) - 1
    last = _skip_blanks(text, max(full, start + 1))
    if last < len(text) and text[last] in HANGING and ends[last + 1] - ends[start] <= room + HANG * EM:
        last = _skip_blanks(text, last + 1)
    for good in (_good, _after_slash, _inside):
        for stop in range(last, start, -1):
            if good(text, stop, whole):
                return stop
    return last


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in BLANK:
        at += 1
    return at


def _good(text: str, at: int, whole: set[int]) -> bool:
    """Whether a line may end before the character at index `at`."""
    return at not in whole and _inside(text, at, whole)


def _after_slash(text: str, at: int, whole: set[int]) -> bool:
    """Whether a line may end after a slash; tried where there is no better place."""
    return at not in whole and text[at - 1] in SLASH and text[at : at + 1] not in NO_START


def _inside(text: str, at: int, whole: set[int]) -> bool:
    """Whether a line may end here inside a word or number that is longer than the line."""
    if at == len(text):
        return True
    before = text[:at].rstrip()[-1:]
    return text[at] not in NO_START and text[at] not in BLANK and before not in NO_END and category(text[at]) != "Mn"


def fit(text: str, width: float, size: float, widths: Widths, floor: float = 9) -> tuple[float, list[str]]:
    """Size and lines of a text; it is set up to one point smaller, but not below `floor`, where that saves a last line
    of one or two characters.
    """
    lines = wrap(text, width, size, widths)
    if len(lines) < 2 or len(lines[-1]) > ORPHAN:
        return size, lines
    for smaller in (size - 0.5, size - 1):
        tighter = wrap(text, width, smaller, widths) if smaller >= floor else lines
        if len(tighter) < len(lines):
            return smaller, tighter
    return size, lines


def spread(line: str, width: float, size: float, widths: Widths) -> float:
    """Extra points after each character (PDF's Tc) that bring a line closer to `width`: at most 0.085 em, and 0 for a
    line that is more than one and a half squares short. Not for the last line of a paragraph.
    """
    spare = width - widths.of(line) * size / EM
    if len(line) < 2 or not 0 < spare <= 1.5 * size:
        return 0.0
    return min(spare / (len(line) - 1), LOOSEST * size)
