"""Make the fonts we ship from Debian's fonts-noto-cjk, fonts-noto-cjk-extra and unicode-data.

Run by hand when the character set or the source changes: `python resources/fonts/make.py [FILE…]`. Equal sources give
byte-equal fonts. The outlines become TrueType because reportlab embeds nothing else; each face has a name of its own.
"""

import bz2
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")  # its kTGH lists 通用规范汉字表
HERE = Path(__file__).parent
SIMPLIFIED = 2  # the index of the mainland shapes within each Noto collection
CURVE_ERROR = 1.0  # of 1000 units: unseen at any size we print
HANGUL = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))
SYMBOLS = (
    (0x20, 0x17F), (0x1CD, 0x1DC), (0x251, 0x261), (0x2C6, 0x2DD), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x205E),
    (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x218F), (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2300, 0x23FF),
    (0x2460, 0x24FF), (0x2500, 0x27BF), (0x2E3A, 0x2E3B), (0x2FF0, 0x2FFB), (0x3000, 0x303F), (0x3041, 0x30FF),
    (0x3105, 0x312F), (0x3220, 0x3243), (0x3280, 0x33FF), (0xFE30, 0xFE6B), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6),
)  # fmt: skip


@dataclass(frozen=True)
class Face:
    """A face to make: the shipped file's stem, its source file's stem, family, style and weight."""

    file: str
    source: str
    family: str
    style: str
    weight: int
    rare: bool = False


FACES = (
    Face("QingdanSong-Regular", "NotoSerifCJK-Regular", "Qingdan Song", "Regular", 400),
    Face("QingdanTitle-Bold", "NotoSerifCJK-Bold", "Qingdan Title", "Bold", 700),
    Face("QingdanHei-Medium", "NotoSansCJK-Medium", "Qingdan Hei", "Regular", 500),
    Face("QingdanUI-Regular", "NotoSansCJK-Regular", "Qingdan UI", "Regular", 400),
    Face("QingdanUI-Bold", "NotoSansCJK-Bold", "Qingdan UI", "Bold", 700),
    Face("QingdanRare-Regular", "NotoSerifCJK-Regular", "Qingdan Rare", "Regular", 400, rare=True),
)


def gb2312() -> set[int]:
    """All 7445 characters of GB2312."""
    pairs = (bytes((a, b)) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF))
    return {ord(c) for c in (p.decode("gb2312", "ignore") for p in pairs) if c}


def tgh() -> set[int]:
    """The 8105 characters of 通用规范汉字表, from the Unihan database."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        return {int(m[1], 16) for m in (re.match(r"U\+([0-9A-F]+)\tkTGH\t", line) for line in lines) if m}


def common() -> set[int]:
    """The characters every face has: GB2312, 通用规范汉字表, Latin, punctuation and symbols."""
    return gb2312() | tgh() | {c for first, last in SYMBOLS for c in range(first, last + 1)}


def wanted(face: Face, available: set[int]) -> set[int]:
    """The characters of a face: the common ones, or for the rare face all others but Hangul."""
    if not face.rare:
        return available & common()
    return {c for c in available - common() if not any(a <= c <= b for a, b in HANGUL)} | {0x20}


def mainland_shapes(source: TTFont) -> dict[str, str]:
    """Proportional glyph name to full-width one, for the dash and the interpunct that Chinese sets in a full square."""
    gsub = source["GSUB"].table
    found: dict[str, str] = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == "fwid":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    found |= getattr(getattr(table, "ExtSubTable", table), "mapping", {})
    return found


def character_map(source: TTFont, face: Face) -> dict[int, str]:
    """Code point to glyph name of the source."""
    full, available = mainland_shapes(source), source.getBestCmap()
    chosen = {c: available[c] for c in sorted(wanted(face, set(available)))}
    return chosen | {c: full.get(chosen[c], chosen[c]) for c in (0x2014, 0xB7) if c in chosen}


def outline(glyphs: Any, name: str, stretch: bool) -> Any:
    """One TrueType glyph. The dash is stretched to both edges, so that —— is one stroke without layout tables."""
    pen = TTGlyphPen(None)
    target = Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True)
    if stretch:
        bounds = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(bounds, CURVE_ERROR))
        xs = [x for x, _ in bounds.glyph().coordinates]
        scale = glyphs[name].width / (max(xs) - min(xs))
        target = TransformPen(target, (scale, 0, 0, 1, -min(xs) * scale, 0))
    glyphs[name].draw(target)
    return pen.glyph()


def names(face: Face, source: TTFont) -> dict[str, str]:
    """The name table: ours for the face, the source's for copyright, version and licence."""
    own = {"familyName": face.family, "styleName": face.style, "fullName": f"{face.family} {face.style}".strip()}
    own |= {"psName": face.file, "uniqueFontIdentifier": f"{face.file};{source['head'].fontRevision:.3f}"}
    kept = {"copyright": 0, "version": 5, "licenseDescription": 13, "licenseInfoURL": 14}
    return own | {key: str(source["name"].getDebugName(number)) for key, number in kept.items()}


def smooth(font: TTFont) -> None:
    """Ask for smoothing without grid-fitting at all sizes: the outlines have no hints."""
    font["gasp"] = newTable("gasp")
    font["gasp"].version, font["gasp"].gaspRange = 1, {0xFFFF: 0x000A}


def copy_metrics(font: TTFont, source: TTFont, face: Face) -> None:
    """Weight, code pages and line metrics as in the source, with the style bits of our face."""
    os2 = source["OS/2"]
    os2.usWeightClass, os2.fsSelection = face.weight, 0x20 if face.style == "Bold" else 0x40
    os2.usFirstCharIndex, os2.usLastCharIndex = 0x20, 0xFFFF
    font["OS/2"] = os2
    font["head"].macStyle = 1 if face.style == "Bold" else 0
    font["head"].fontRevision = source["head"].fontRevision


def build(face: Face) -> TTFont:
    """A TrueType font of the face's characters."""
    source = TTFont(NOTO / f"{face.source}.ttc", fontNumber=SIMPLIFIED, lazy=True)
    cmap, glyphs, head = character_map(source, face), source.getGlyphSet(), source["head"]
    order = [".notdef", *dict.fromkeys(cmap.values())]
    builder = FontBuilder(head.unitsPerEm, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: outline(glyphs, name, name == cmap.get(0x2014)) for name in order})
    sides = builder.font["glyf"]
    builder.setupHorizontalMetrics({n: (source["hmtx"][n][0], getattr(sides[n], "xMin", 0)) for n in order})
    builder.setupHorizontalHeader(ascent=source["hhea"].ascent, descent=source["hhea"].descent)
    builder.setupNameTable(names(face, source), mac=False)
    builder.setupPost(keepGlyphNames=False, underlinePosition=-125, underlineThickness=50)
    builder.updateHead(created=head.created, modified=head.modified)
    copy_metrics(builder.font, source, face)
    smooth(builder.font)
    return builder.font


def main(chosen: list[str]) -> None:
    """Make the faces whose file is named, or all."""
    for face in FACES:
        if not chosen or face.file in chosen:
            font = build(face)
            font.save(HERE / f"{face.file}.ttf")
            size = (HERE / f"{face.file}.ttf").stat().st_size
            print(f"{face.file}: {len(font.getBestCmap())} characters, {size / 1e6:.2f} MB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
