"""Breaking Chinese text into lines: no closing mark at a line's start, no opening mark at its end, no split number.

Rules after GB/T 15834; widths come from a table, so paper and workbook break with the same code.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

NO_START = set("，。、；：！？）》」』】〕〉”’％‰℃…—·,.;:!?)]}%")
NO_END = set("（《「『【〔〈“‘([{￥$")
HANGS = set("，。、；：！？,.;:")
HANG = 0.42  # em that a closing mark may stand out into the padding
LOOSEST = 0.085  # em of extra space between characters; more, and copied text falls apart
# A number with its sign or date word, a Latin word, a dash or ellipsis stay whole; anything else is one character.
ATOM = re.compile(
    r"\d[\d,.:/\-×]*\d[%％㎡㎥℃‰年月日]?|\d[%％㎡㎥℃‰年月日]?|[A-Za-z]+(?:[-'&.][A-Za-z]+)*|——|……|.", re.DOTALL
)
FULL = re.compile(r"[　、-〇㐀-鿿！-～]+")


class Widths:
    """Widths of characters in 1/1000 em: a table, and what a character has that is not in it."""

    def __init__(self, table: dict[int, int], default: int = 1000) -> None:
        self.table, self.default = table, default

    def of(self, text: str) -> int:
        """The width of a text."""
        get, default = self.table.get, self.default
        return sum([get(ord(c), default) for c in text])


PLAIN = Widths(dict.fromkeys(range(32, 256), 500) | {ord("·"): 1000, ord("×"): 1000, ord("÷"): 1000})


def wrap(text: str, width: float, size: float, widths: Widths) -> list[str]:
    """The lines of `text` at `size` pt that fit `width` pt; line breaks of the text are kept. '' gives no lines."""
    return list(_wrapped(text, int(width * 1000 / size), widths)) if text else []


@lru_cache(maxsize=20_000)
def _wrapped(text: str, limit: int, widths: Widths) -> tuple[str, ...]:
    return tuple(line for part in text.split("\n") for line in _paragraph(part.rstrip(), limit, widths))


def _paragraph(text: str, limit: int, widths: Widths) -> list[str]:
    if widths.of(text) <= limit:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text, limit, widths):
        wide = widths.of(piece)
        if line and used + wide > limit and not _hangs(piece, used, limit, widths):
            lines.append(line.rstrip(" "))
            piece, line, used = piece.lstrip(" "), "", 0
            wide = widths.of(piece)
        line, used = line + piece, used + wide
    return [*lines, line.rstrip(" ")] if line.strip(" ") else lines


def _hangs(piece: str, used: int, limit: int, widths: Widths) -> bool:
    """Whether nothing but the empty half of a closing mark stands out."""
    return piece[-1] in HANGS and used + widths.of(piece) <= limit + int(HANG * 1000)


def _pieces(text: str, limit: int, widths: Widths) -> list[str]:
    """What must not be split: atoms glued to the marks that follow or lead them."""
    pieces: list[str] = []
    glue = False
    for atom in ATOM.findall(text):
        joins = pieces and (glue or atom[0] in NO_START)
        if joins and widths.of(pieces[-1]) + widths.of(atom) <= limit:
            pieces[-1] += atom
        else:
            pieces += _cut(atom, limit, widths)
        glue = atom[-1] in NO_END
    return pieces


def _cut(atom: str, limit: int, widths: Widths) -> Iterable[str]:
    """An atom wider than a whole line is broken hard."""
    if widths.of(atom) <= limit or len(atom) == 1:
        return [atom]
    out = [""]
    for c in atom:
        if out[-1] and widths.of(out[-1] + c) > limit:
            out.append("")
        out[-1] += c
    return out


def fit(text: str, width: float, size: float, widths: Widths, floor: float = 9.0) -> tuple[float, list[str]]:
    """Size and lines; a last line of one or two characters is drawn in by setting the text up to 1 pt smaller."""
    lines = wrap(text, width, size, widths)
    if len(lines) < 2 or len(lines[-1]) > 2:
        return size, lines
    for smaller in (size - 0.5, size - 1):
        tighter = wrap(text, width, smaller, widths) if smaller >= floor else lines
        if len(tighter) < len(lines):
            return smaller, tighter
    return size, lines


def spread(line: str, width: float, size: float, widths: Widths) -> float:
    """Extra space in pt after each character that brings a full line to the margin; 0 where it would be too loose."""
    gaps = len(line) - 1
    if gaps < 4:
        return 0.0
    missing = width - widths.of(line) * size / 1000
    extra = missing / gaps
    return extra if -0.05 * size <= extra <= LOOSEST * size else 0.0
