"""One embedded font per face and document for reportlab: a Type 0 font with a TrueType subset, text as two-byte codes.

reportlab's own TTFont makes a font per 256 characters and cannot make characters beyond the BMP searchable. Here the
code of a character is its UTF-16 unit, so that text is encoded in C; a character beyond the BMP gets a code of the
private area instead, and ToUnicode maps it back.
"""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import groupby
from typing import Any
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFont

PRIVATE = range(0xE000, 0xF900)  # codes of the private area: no shipped face has characters there
PER_BLOCK = 100  # entries the CMap format allows in a block
HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(frozen=True)
class Subset:
    """The embedded data for a set of characters; the streams are deflated, `raw` is the font's length before."""

    chars: frozenset[str]
    tag: str
    font: bytes
    raw: int
    glyphs: bytes
    unicode: bytes
    widths: tuple[tuple[int, list[int]], ...]


def _blocks(kind: str, entries: list[str]) -> str:
    parts = (entries[i : i + PER_BLOCK] for i in range(0, len(entries), PER_BLOCK))
    return "".join(f"{len(part)} begin{kind}\n" + "\n".join(part) + f"\nend{kind}\n" for part in parts)


def _to_unicode(codes: Iterable[int], high: dict[int, str]) -> bytes:
    """The ToUnicode CMap: a BMP code maps to itself, in ranges of 256; `high` maps the other codes
    to their characters.
    """
    rows = sorted({code >> 8 for code in codes if code not in high})
    ranges = [f"<{row:02X}00> <{row:02X}FF> <{row:02X}00>" for row in rows]
    chars = [f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in sorted(high.items())]
    return (HEAD + _blocks("bfrange", ranges) + _blocks("bfchar", chars) + FOOT).encode("ascii")


def _width_runs(widths: dict[int, int]) -> tuple[tuple[int, list[int]], ...]:
    """Consecutive codes as first code and their widths; full-width codes (1000) are omitted, as that is the default
    width.
    """
    codes = [code for code in sorted(widths) if widths[code] != 1000]
    runs = (list(run) for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return tuple((run[0][1], [widths[code] for _, code in run]) for run in runs)


class CompositeFont(TTFont):  # type: ignore[misc]  # the library has no types
    """A face that reportlab embeds as one composite font. `covers` are its characters."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(name, BytesIO(content), shapable=False)
        points = self.face.charToGlyph
        self.covers = frozenset(map(chr, points))
        high = sorted(point for point in points if point > 0xFFFF)
        self.high = dict(zip(high, map(chr, PRIVATE), strict=False))
        self.used: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
        self.names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
        self.frozen: Subset | None = None  # shared by a batch
        self.last: Subset | None = None  # reused when the same paper is made again

    def units(self, text: str) -> bytes:
        """The text as two-byte codes."""
        if not text.isascii() and max(text) > "\uffff":
            text = text.translate(self.high)
        return text.encode("utf-16-be")

    def use(self, text: str, doc: Any) -> None:
        """Record that the document uses these characters."""
        self.used.setdefault(doc, {" "}).update(text)

    def freeze(self, chars: Iterable[str]) -> None:
        """Make one subset now, shared by all later documents that need no other characters."""
        self.frozen = self.subset(frozenset(chars))

    def subset(self, chars: frozenset[str]) -> Subset:
        """The subset of these characters; equal characters give equal bytes."""
        points = sorted(map(ord, (chars | {" "}) & self.covers))
        font, glyphs, widths = self.face.makeSubset(points), {0: 0}, {}
        index = bytearray(2 * 0x10000)
        for point in points:  # numbered as makeSubset does: in order, one number for characters with the same glyph
            code = ord(self.high.get(point, chr(point)))
            glyph = glyphs.setdefault(self.face.charToGlyph[point], len(glyphs))
            index[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
            widths[code] = round(self.face.charWidths[point])
        high = {ord(self.high[point]): chr(point) for point in points if point in self.high}
        return Subset(
            chars=frozenset(map(chr, points)),
            tag=_tag(points),
            font=zlib.compress(font),
            raw=len(font),
            glyphs=zlib.compress(bytes(index[: 2 * max(widths) + 2])),
            unicode=zlib.compress(_to_unicode(widths, high)),
            widths=_width_runs(widths),
        )

    # what reportlab asks of a dynamic font

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        self.use(text, doc)
        return [(0, self.units(text))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:
        if doc not in self.names:
            self.names[doc] = f"/F{len(doc.fontMapping) + 1}"
            doc.fontMapping[self.fontName] = self.names[doc]
            doc.delayedFonts.append(self)
        return self.names[doc]

    def addObjects(self, doc: Any) -> None:
        name = self.getSubsetInternalName(0, doc)[1:]
        subset = self._chosen((self.used.pop(doc, set()) | {" "}) & self.covers)
        doc.idToObject["BasicFonts"].dict[name] = doc.Reference(self._type0(doc, name, subset), name)
        del self.names[doc]

    def _chosen(self, chars: set[str]) -> Subset:
        """The batch's subset if it has all characters, else one of exactly these characters, so that earlier documents
        do not affect the bytes.
        """
        if self.frozen and chars <= self.frozen.chars:
            return self.frozen
        if not self.last or chars != self.last.chars:
            self.last = self.subset(frozenset(chars))
        return self.last

    def _type0(self, doc: Any, name: str, subset: Subset) -> Any:
        base = pdfdoc.PDFName(f"{subset.tag}+{self.fontName}")
        unicode = _stream(doc, f"{name}.unicode", subset.unicode)
        descendant = doc.Reference(self._cid_font(doc, name, base, subset), f"{name}.cid")
        entries = {"Type": "/Font", "Subtype": "/Type0", "BaseFont": base, "Encoding": "/Identity-H"}
        entries |= {"DescendantFonts": pdfdoc.PDFArray([descendant]), "ToUnicode": unicode}
        return pdfdoc.PDFDictionary(entries)

    def _cid_font(self, doc: Any, name: str, base: Any, subset: Subset) -> Any:
        system = {"Registry": pdfdoc.PDFString("Adobe"), "Ordering": pdfdoc.PDFString("Identity"), "Supplement": 0}
        widths = [item for first, run in subset.widths for item in (first, pdfdoc.PDFArray(run))]
        entries = {"Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": base, "DW": 1000}
        entries |= {"CIDSystemInfo": pdfdoc.PDFDictionary(system), "W": pdfdoc.PDFArray(widths)}
        entries |= {"FontDescriptor": doc.Reference(self._descriptor(doc, name, base, subset), f"{name}.descriptor")}
        return pdfdoc.PDFDictionary(entries | {"CIDToGIDMap": _stream(doc, f"{name}.glyphs", subset.glyphs)})

    def _descriptor(self, doc: Any, name: str, base: Any, subset: Subset) -> Any:
        face = self.face
        entries = {"Type": "/FontDescriptor", "FontName": base, "Flags": 4, "ItalicAngle": 0, "StemV": face.stemV}
        entries |= {"Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.capHeight}
        entries |= {"FontBBox": pdfdoc.PDFArray(face.bbox)}
        file = _stream(doc, f"{name}.file", subset.font, Length1=subset.raw)
        return pdfdoc.PDFDictionary(entries | {"FontFile2": file})


def _tag(points: list[int]) -> str:
    """The six capitals before a subset's name; equal characters give equal letters."""
    digest = sha256(",".join(map(str, points)).encode()).digest()
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


def _stream(doc: Any, name: str, deflated: bytes, **entries: int) -> Any:
    stream = pdfdoc.PDFStream(content=deflated)
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    for key, value in entries.items():
        stream.dictionary[key] = value
    return doc.Reference(stream, name)
