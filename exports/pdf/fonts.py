"""The faces for PDF: which face has a character, how wide it is, and how it is embedded.

Importing this imports reportlab (a fifth of a second): import it when the first paper is made, not at the program's
start. A face is read when it is first needed, Rare only for a text that needs it.
"""

from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Any, BinaryIO
from unicodedata import category

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from exports.pdf.composite_font import CompositeFont
from exports.sheets.line_breaking import EM, Widths
from resources import content

SONG, TITLE, HEI, RARE = "QingdanSong-Regular", "QingdanTitle-Bold", "QingdanHei-Medium", "QingdanRare-Regular"
NO_GLYPH = "〓"  # printed for a character that no shipped face has
SPACES = "\t\r\n"


@cache
def face(name: str) -> CompositeFont:
    """The face of that name, read once per process and registered with reportlab under its name."""
    font = CompositeFont(name, content("fonts", f"{name}.ttf"))
    pdfmetrics.registerFont(font)
    return font


def _home(char: str, name: str) -> str:
    """The name of the face that prints `char` in text of the face `name`: that one, else Song, else Rare; "" if none
    has it.
    """
    return next((tried for tried in (name, SONG, RARE) if char in face(tried).covers), "")


def _unseen(char: str) -> bool:
    """Whether a character has no glyph of its own: controls, joiners, variation selectors."""
    return category(char) in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def runs(text: str, name: str) -> list[tuple[CompositeFont, str]]:
    """The text in pieces of one face each. Characters that the face lacks come from Song or Rare, and print as 〓 where
    these lack them too. A tab or newline becomes a space; characters without a glyph are dropped.
    """
    font = face(name)
    if font.covers.issuperset(text):
        return [(font, text)] if text else []
    pairs = [_printed(char, name) for char in text]
    return [(face(home), "".join(c for _, c in run)) for home, run in groupby(pairs, lambda p: p[0]) if home]


def _printed(char: str, name: str) -> tuple[str, str]:
    if char in SPACES:
        return name, " "
    home = _home(char, name)
    return (home, char) if home else ("", "") if _unseen(char) else (SONG, NO_GLYPH)


@cache
def widths(name: str) -> Widths:
    """The widths of all characters as printed in text of this face."""
    return Widths(lambda char: _advance(char, name))


def _advance(char: str, name: str) -> int:
    home, shown = _printed(char, name)
    return round(face(home).face.charWidths[ord(shown)]) if home else 0


def width(text: str, name: str, size: float) -> float:
    """The width of a line of text in points."""
    return widths(name).of(text) * size / EM


def freeze(texts: Iterable[str], name: str = SONG) -> None:
    """Make one subset of the face (and of the others that the texts need) for all documents of a batch. A document that
    needs other characters makes its own.
    """
    needed: dict[CompositeFont, set[str]] = {face(name): set()}
    for font, run in runs("".join(set().union(*texts)), name):
        needed.setdefault(font, set()).update(run)
    for font, chars in needed.items():
        shared = font.frozen.chars if font.frozen and font is not face(name) else frozenset()
        font.freeze(chars | shared)


def thaw() -> None:
    """Drop the subsets of a batch."""
    for name in (SONG, TITLE, HEI, RARE):
        if name in pdfmetrics.getRegisteredFontNames():
            face(name).frozen = None


def operators(text: str, name: str, size: float, doc: Any) -> str:
    """The PDF operators that show a text at the current point, for page content that we write ourselves."""
    out = []
    for font, run in runs(text, name):
        font.use(run, doc)
        out.append(f"{font.getSubsetInternalName(0, doc)} {size:g} Tf <{font.units(run).hex()}> Tj")
    return " ".join(out)


def open_canvas(target: BinaryIO | str, size: tuple[float, float], title: str, author: str) -> Canvas:
    """A canvas that uses only our faces; its dates are fixed, so that equal content gives equal bytes."""
    rl_config.useA85 = 0  # printable streams would only be a fourteenth larger
    first: Any = face(SONG).fontName  # reportlab's own annotation says float
    canvas = Canvas(
        target, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 5), initialFontName=first, lang="zh-CN"
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("清单填报")
    return canvas
