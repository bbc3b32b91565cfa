"""How the shipped fonts were made from Noto CJK (Debian packages fonts-noto-cjk and fonts-noto-cjk-extra).

Run once by a developer: python3 resources/fonts/make.py. Two runs give the same bytes. The program itself never runs it.
"""

import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable

SOURCE = Path("/usr/share/fonts/opentype/noto")
HERE = Path(__file__).parent
SC = 2  # the face with mainland shapes
# Characters of the standard tables beyond GB2312 that names, places and units of measure need.
BESIDE = "䶮㛃㸌𬭊𠅤𣲗塅圫硚峒溇㮾䢺㎡㎥㎏㎜㎝㎞℃℅№℡①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳〔〕—…“”‘’·￥％×÷≥≤±≠≈√✓●○◐◆▲△■□★☆→←↑↓–―•"
# file stem → (source file, family, style, weight)
FACES = {
    "QingdanSong-Regular": ("NotoSerifCJK-Regular.ttc", "Qingdan Song", "Regular", 400),
    "QingdanTitle-Bold": ("NotoSerifCJK-Bold.ttc", "Qingdan Title", "Regular", 400),
    "QingdanHei-Medium": ("NotoSansCJK-Medium.ttc", "Qingdan Hei", "Regular", 400),
    "QingdanUI-Regular": ("NotoSansCJK-Regular.ttc", "Qingdan UI", "Regular", 400),
    "QingdanUI-Bold": ("NotoSansCJK-Bold.ttc", "Qingdan UI", "Bold", 700),
}
RARE = ("QingdanRare-Regular", ("NotoSerifCJK-Regular.ttc", "Qingdan Rare", "Regular", 400))


def common() -> set[int]:
    """GB2312, Latin-1, and the characters of BESIDE."""
    found = {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, BESIDE)}
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def is_hanzi(code: int) -> bool:
    """Whether the code is a Chinese character of any plane."""
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x323AF


def make(stem: str, face: tuple[str, str, str, int], wanted: set[int]) -> None:
    """One TrueType file with the wanted characters that the source has."""
    source, family, style, weight = face
    font = TTCollection(SOURCE / source).fonts[SC]
    font.recalcTimestamp = False
    options = Options(layout_features=[], notdef_outline=True, name_IDs=[], glyph_names=False, hinting=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "VORG", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted & set(font.getBestCmap()))
    subsetter.subset(font)
    to_truetype(font)
    rename(font, stem, family, style, weight)
    font.save(HERE / f"{stem}.ttf")
    print(stem, len(font.getGlyphOrder()), (HERE / f"{stem}.ttf").stat().st_size, flush=True)


def to_truetype(font: TTFont) -> None:
    """Cubic outlines become quadratic ones, which reportlab can embed."""
    glyph_set, glyphs = font.getGlyphSet(), {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyph_set)
        glyph_set[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), glyphs
    for name in ("CFF ", "VORG"):
        if name in font:
            del font[name]
    maxp = font["maxp"] = newTable("maxp")
    maxp.tableVersion, maxp.numGlyphs = 0x00010000, len(glyphs)
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints", "maxContours",
                  "maxCompositePoints", "maxCompositeContours", "maxComponentDepth"):  # fmt: skip
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, stem: str, family: str, style: str, weight: int) -> None:
    """Own names, as the licence's courtesy asks; Regular and Bold of one family are linked."""
    name = font["name"] = newTable("name")
    name.names = []
    words = {0: "Copyright 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.", 1: family, 2: style,
             3: f"Qingdan:{stem}", 4: f"{family} {style}", 5: "Version 2.003", 6: stem,
             13: "SIL Open Font License, Version 1.1", 14: "https://openfontlicense.org"}  # fmt: skip
    for number, text in words.items():
        name.setName(text, number, 3, 1, 0x409)
    bold = style == "Bold"
    font["OS/2"].usWeightClass, font["head"].macStyle = weight, int(bold)
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x61) | (0x20 if bold else 0x40)


def main() -> None:
    """Make the faces named on the command line, or all."""
    small = common()
    asked = sys.argv[1:] or [*FACES, RARE[0]]
    for stem, face in FACES.items():
        if stem in asked:
            make(stem, face, small)
    if RARE[0] in asked:
        source = TTCollection(SOURCE / RARE[1][0]).fonts[SC].getBestCmap()
        make(*RARE, {c for c in source if is_hanzi(c)} - small)


if __name__ == "__main__":
    main()
