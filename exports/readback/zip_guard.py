"""压缩包检查: refuses a workbook that could hang the program, exhaust its memory or reach outside, by reading the zip's
list of parts and streaming each part once. The work is bounded by the limits below, whatever the file declares.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.parsers import expat

from models.refusals import INCOMPLETE, Refused

PARTS, DECLARED, RATIO = 400, 40 << 20, 200
ROWS, COLUMNS, CELLS, ELEMENTS, MERGED, DEPTH = 20_000, 256, 300_000, 1_000_000, 100_000, 60
LONGEST = 1 << 16  # characters of one attribute
FORBIDDEN = ("vbaproject", "externallinks/", "embeddings/", "activex/", "macrosheets/", "dialogsheets/", "customui/")
OLD = b"\xd0\xcf\x11\xe0"  # .xls, .et, and encrypted .xlsx
ENTRY = b"PK\x01\x02"
BIG, ODD, REACHES_OUT = "workbook.too-big", "workbook.odd", "workbook.reaches-out"
LOCKED, NOT_A_BOOK = "workbook.locked", "workbook.not-one"
PLACE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
RANGE = re.compile(rf"{PLACE.pattern}(?::{PLACE.pattern})?")
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    OSError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
    ValueError,
)


def guard(data: bytes) -> None:
    """Raise Refused unless the bytes are a harmless .xlsx."""
    if data.startswith(OLD):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused(LOCKED if locked else "workbook.old-format")
    if data.count(ENTRY) > PARTS:  # before the list of parts is read: it could hold a million
        raise Refused(BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            infos = zipped.infolist()
            _look(infos, len(data))
            tally = _Tally()
            for info in infos:
                with zipped.open(info) as part:
                    tally.take(info.filename, part.read(info.file_size + 1))
    except BROKEN:
        raise Refused(INCOMPLETE) from None


def _look(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Check the list of parts. Raises Refused."""
    names = [i.filename.lower() for i in infos]
    if any(i.flag_bits & 1 for i in infos):
        raise Refused(LOCKED)
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise Refused(NOT_A_BOOK if "[content_types].xml" in names or not names else INCOMPLETE)
    if len(infos) > PARTS or sum(i.file_size for i in infos) > DECLARED:
        raise Refused(BIG)
    if len(set(names)) != len(names) or any(_is_odd(i) for i in infos) or _overlap(infos, size):
        raise Refused(ODD)
    if any(word in name for name in names for word in FORBIDDEN):
        raise Refused(REACHES_OUT)


def _is_odd(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    strange = name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts
    return strange or info.file_size > RATIO * max(info.compress_size, 200)


def _overlap(infos: list[zipfile.ZipInfo], size: int) -> bool:
    """Whether parts share bytes, as in zip bombs whose entries overlap."""
    spans = sorted((i.header_offset, i.header_offset + 30 + i.compress_size) for i in infos)
    starts = [start for start, _ in spans[1:]] + [size]
    return any(end > start for (_, end), start in zip(spans, starts, strict=True))


@dataclass
class _Tally:
    """Sums over all parts; `take` raises Refused where they exceed a limit or a part refers to something outside."""

    elements: int = 0
    cells: int = 0
    merged: int = 0
    depth: int = 0
    cell: str = ""

    def take(self, name: str, content: bytes) -> None:
        """Stream one part; a part that is not XML (a picture, printer settings) is ignored."""
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        self.depth, self.cell = 0, ""
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            if name.lower().endswith((".xml", ".rels")):
                raise

    def _doctype(self, *_args: object) -> None:
        raise Refused(ODD)

    def _start(self, tag: str, said: Mapping[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > ELEMENTS:
            raise Refused(BIG)
        if self.depth > DEPTH or any(len(v) > LONGEST for v in said.values()):
            raise Refused(ODD)
        self._look(tag.rpartition(":")[2], said)

    def _end(self, _tag: str) -> None:
        self.depth -= 1

    def _look(self, tag: str, said: Mapping[str, str]) -> None:
        match tag:
            case "c":
                self._cell(said)
            case "v" | "is" | "f":
                self._content()
            case "mergeCell" | "hyperlink":
                self._range(said)
            case "Relationship":
                self._relation(said)
            case "Override":
                self._type(said)

    def _cell(self, said: Mapping[str, str]) -> None:
        self.cells += 1
        self.cell = said.get("r", "")
        if self.cells > CELLS:
            raise Refused(BIG)

    def _content(self) -> None:
        """Count a value, text or formula; raises where content is outside the area that is read (empty cells may be
        anywhere).
        """
        where = PLACE.fullmatch(self.cell)
        if where and (_column(where[1]) > COLUMNS or int(where[2]) > ROWS):
            raise Refused("workbook.too-wide", cell=self.cell, rows=ROWS, columns=COLUMNS)

    def _range(self, said: Mapping[str, str]) -> None:
        self.merged += _size(said.get("ref", ""))
        if self.merged > MERGED:
            raise Refused("workbook.too-many-merged")

    def _relation(self, said: Mapping[str, str]) -> None:
        outside = said.get("TargetMode", "").lower() == "external"
        if outside and not said.get("Type", "").endswith("/hyperlink"):  # a link to click is no danger
            raise Refused(REACHES_OUT)

    def _type(self, said: Mapping[str, str]) -> None:
        if "macroenabled" in said.get("ContentType", "").lower():
            raise Refused(REACHES_OUT)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _size(where: str) -> int:
    """How many cells a range such as A1:C5 covers; more than the limit for anything that is not a range."""
    found = RANGE.fullmatch(where)
    if not found:
        return MERGED + 1
    left, top, right, bottom = found.groups()
    return (abs(_column(right or left) - _column(left)) + 1) * (abs(int(bottom or top) - int(top)) + 1)
