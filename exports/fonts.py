"""The shipped fonts in PDF: one composite font per face and document, searchable to the rarest character.

A plain reportlab font makes a new subset for every 256 characters; here text is written as UTF-16 units (Type 0,
Identity-H), characters beyond the BMP stand on units of the private area, and a batch can share one subset.
"""

import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

import resources
from exports.wrap import Widths

rl_config.useA85 = 0

SONG, TITLE, HEI, RARE = "QingdanSong-Regular", "QingdanTitle-Bold", "QingdanHei-Medium", "QingdanRare-Regular"
NO_GLYPH = "〓"  # what stands for a character that no shipped font has
PRIVATE = 0xE000  # first unit given to characters beyond the BMP


class Face(TTFont):
    """A shipped face as a composite font."""

    def __init__(self, name: str) -> None:
        super().__init__(name, str(resources.path("fonts", f"{name}.ttf")), shapable=False)
        glyphs = self.face.charToGlyph
        self.codes = frozenset(glyphs)
        beyond = sorted(c for c in glyphs if c > 0xFFFF)
        self.units = {c: PRIVATE + n for n, c in enumerate(beyond)}  # the same on every run
        self.used: dict[Any, set[int]] = {}
        self.frozen: tuple[frozenset[int], Parts] | None = None

    def hexadecimal(self, text: str) -> str:
        """The text as the content stream wants it."""
        if self.units:
            text = text.translate(self.units)
        return text.encode("utf-16-be").hex()

    def use(self, text: str, doc: Any) -> None:
        """Remember which characters a document needs."""
        self.used.setdefault(doc, {32}).update(map(ord, text))

    def freeze(self, text: Iterable[str]) -> None:
        """Make one subset for all documents to come that need no other characters."""
        codes = frozenset(self.codes & {ord(c) for part in text for c in part} | {32})
        self.frozen = (codes, Parts(self, codes))

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Reportlab's own text calls take this way: one run, UTF-16 units."""
        self.use(text, doc)
        return [(0, bytes.fromhex(self.hexadecimal(text)))]

    def addObjects(self, doc: Any) -> None:
        """Write the font into a finished document."""
        name = self.getSubsetInternalName(0, doc)[1:]
        codes = frozenset(c for c in self.used.pop(doc, {32}) if c in self.codes)
        if self.frozen is None or not codes <= self.frozen[0]:
            self.frozen = (codes, Parts(self, codes))
        self.frozen[1].add(doc, name, self)
        del self.state[doc]


class Parts:
    """The finished pieces of a subset: font program, glyph map, widths, and the way back to text."""

    def __init__(self, font: Face, codes: frozenset[int]) -> None:
        face, order = font.face, sorted(codes)
        program = face.makeSubset(order)
        numbers, unit_to_glyph = {0: 0}, bytearray(2 * 0x10000)
        self.widths: list[Any] = []
        self.text: list[tuple[int, int]] = []
        for code in order:  # makeSubset numbers glyphs in this order, a shared one only once
            unit = font.units.get(code, code)
            number = numbers.setdefault(face.charToGlyph[code], len(numbers))
            unit_to_glyph[2 * unit : 2 * unit + 2] = number.to_bytes(2, "big")
            width = face.charWidths.get(code, face.defaultWidth)
            if width != 1000:
                self.widths += [unit, [width]]
            self.text.append((unit, code))
        self.length = len(program)
        self.program, self.glyphs = zlib.compress(program, 6), zlib.compress(bytes(unit_to_glyph), 6)
        self.unicode = zlib.compress(_to_unicode(self.text), 6)

    def add(self, doc: Any, name: str, font: Face) -> None:
        """The PDF objects of the font."""
        face, ref = font.face, doc.Reference
        base = f"{_tag(self.program)}+{font.fontName}"
        descriptor = pdfdoc.PDFDictionary({
            "Type": "/FontDescriptor", "FontName": pdfdoc.PDFName(base), "Flags": 4, "ItalicAngle": face.italicAngle,
            "FontBBox": pdfdoc.PDFArray(face.bbox), "Ascent": face.ascent, "Descent": face.descent,
            "CapHeight": face.capHeight, "StemV": face.stemV,
            "FontFile2": ref(_stream(self.program, Length1=self.length), name + "file"),
        })  # fmt: skip
        widths = pdfdoc.PDFArray([pdfdoc.PDFArray(w) if isinstance(w, list) else w for w in self.widths])
        descendant = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": pdfdoc.PDFName(base), "DW": 1000, "W": widths,
            "CIDSystemInfo": pdfdoc.PDFDictionary(
                {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}),
            "FontDescriptor": ref(descriptor, name + "descriptor"),
            "CIDToGIDMap": ref(_stream(self.glyphs), name + "glyphs"),
        })  # fmt: skip
        top = pdfdoc.PDFDictionary({
            "Type": "/Font", "Subtype": "/Type0", "BaseFont": pdfdoc.PDFName(base), "Encoding": "/Identity-H",
            "DescendantFonts": pdfdoc.PDFArray([ref(descendant, name + "descendant")]),
            "ToUnicode": ref(_stream(self.unicode), name + "unicode"),
        })  # fmt: skip
        doc.idToObject["BasicFonts"].dict[name] = ref(top, name)


def _stream(data: bytes, **entries: Any) -> pdfdoc.PDFStream:
    """A stream that is deflated already."""
    stream = pdfdoc.PDFStream()
    stream.content = data
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    for key, value in entries.items():
        stream.dictionary[key] = value
    return stream


def _tag(program: bytes) -> str:
    """Six capitals that tell subsets apart."""
    number, letters = zlib.crc32(program), ""
    for _ in range(6):
        number, letter = divmod(number, 26)
        letters += chr(65 + letter)
    return letters


def _to_unicode(pairs: list[tuple[int, int]]) -> bytes:
    """The CMap that leads units back to characters, in blocks of at most 100."""
    lines = [f"<{unit:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for unit, code in pairs]
    blocks = "".join(
        f"{len(lines[n : n + 100])} beginbfchar\n" + "\n".join(lines[n : n + 100]) + "\nendbfchar\n"
        for n in range(0, len(lines), 100)
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{blocks}"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()


@cache
def face(name: str) -> Face:
    """The face of that name, loaded once per process."""
    font = Face(name)
    pdfmetrics.registerFont(font)
    return font


@cache
def widths(name: str) -> Widths:
    """The character widths of a face; what it lacks is as wide as a Chinese character."""
    return Widths(dict(face(name).face.charWidths))


def runs(text: str, name: str) -> list[tuple[Face, str]]:
    """The text in pieces of one face each: what the face lacks comes from Rare, and what that lacks shows as 〓."""
    font = face(name)
    if font.codes.issuperset(map(ord, text)):
        return [(font, text)]
    pieces: list[tuple[Face, str]] = []
    for char in text:
        chosen, shown = _found(char, font)
        if pieces and pieces[-1][0] is chosen:
            pieces[-1] = (chosen, pieces[-1][1] + shown)
        else:
            pieces.append((chosen, shown))
    return pieces


def _found(char: str, font: Face) -> tuple[Face, str]:
    if ord(char) in font.codes:
        return font, char
    song = face(SONG)
    if ord(char) in song.codes:
        return song, char
    rare = face(RARE)
    return (rare, char) if ord(char) in rare.codes else (song, NO_GLYPH)


def operators(text: str, name: str, size: float, doc: Any) -> str:
    """The text-showing operators for a piece of text at the current place."""
    out = []
    for font, piece in runs(text, name):
        font.use(piece, doc)
        out.append(f"{font.getSubsetInternalName(0, doc)} {size:g} Tf <{font.hexadecimal(piece)}> Tj")
    return " ".join(out)


def open_canvas(target: BinaryIO | str, size: tuple[float, float], title: str, author: str) -> Canvas:
    """A canvas without a stray Helvetica, whose bytes depend on nothing but what is drawn."""
    canvas = Canvas(target, pagesize=size, pageCompression=1, invariant=1, initialFontName=face(SONG).fontName)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(title)
    canvas.setCreator("清单填报")
    return canvas
