"""Workbooks that want to do harm, or were harmed: name → bytes. Each is made from an honest one by a few lines."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

Parts = dict[str, bytes]
SHEET, BOOK, STYLES, TYPES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"
RELS, STRINGS = "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "哈">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/a.dtd">'


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {n: zipped.read(n) for n in zipped.namelist()}


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
    return out.getvalue()


def corpus(honest: bytes) -> dict[str, bytes]:
    """All of them. None may be taken in, none may take long."""
    parts = parts_of(honest)
    made: dict[str, bytes] = {}
    for source in (_bombs, _markup, _sheets, _reaching, _zips, _missing, _not_workbooks):
        made |= dict(source(parts, honest))
    return made


Named = Iterator[tuple[str, bytes]]


def _bombs(parts: Parts, honest: bytes) -> Named:
    def bomb(name: str, content: bytes) -> tuple[str, bytes]:
        return f"炸弹 {name}", packed(parts | {name: content})

    yield bomb("xl/media/image1.png", bytes(30 << 20))
    yield bomb("xl/worksheets/sheet99.xml", b" " * (39 << 20))
    yield bomb(STRINGS, b"<sst>" + b"<si><t>a</t></si>" * 2_000_000 + b"</sst>")
    yield bomb("xl/styles2.xml", b"<a>" * 3_000_000)
    yield bomb("docProps/app.xml", b"<a " + b'b="' + b"x" * (20 << 20) + b'"/>')
    yield bomb("xl/theme/theme1.xml", b"<!--" + b"-" * (35 << 20))
    yield "炸弹 很多部件", packed(parts | {f"xl/a{n}.xml": b"<a/>" for n in range(500)})
    yield "炸弹 一百万个目录项", _many_entries(honest, 200_000)
    yield "炸弹 套娃", packed({**parts, "xl/media/a.zip": packed({"b.zip": packed({"c": bytes(20 << 20)})})})
    yield "炸弹 大而杂", packed(parts | {f"xl/media/{n}.bin": bytes(range(256)) * 50_000 for n in range(4)})
    yield "炸弹 重叠的部件", _overlapping(parts)


def _many_entries(honest: bytes, count: int) -> bytes:
    at = honest.rindex(b"PK\x05\x06")
    start = struct.unpack("<I", honest[at + 16 : at + 20])[0]
    first = honest[start : honest.index(b"PK\x01\x02", start + 4)]
    end = honest[at : at + 8] + struct.pack("<HHII", 0xFFFF, 0xFFFF, len(first) * count, start) + b"\0\0"
    return honest[:start] + first * count + end


def _overlapping(parts: Parts) -> bytes:
    """Many names for the same bytes, as in the bomb that needs no nesting."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name, content)
        zipped.writestr("xl/x.xml", b"<a/>" * 50_000)
        kernel = zipped.getinfo("xl/x.xml")
        for n in range(100):
            twin = zipfile.ZipInfo("xl/x.xml")
            for word in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, word, getattr(kernel, word))
            twin.filename = f"xl/x{n}.xml"
            zipped.filelist.append(twin)
    return out.getvalue()


def _in(content: bytes, declared: str, text: str = "") -> bytes:
    """The part with a document type, and with an entity in its text where one is asked for."""
    body = content.decode().partition("?>")[2] if content.startswith(b"<?xml") else content.decode()
    if text:
        head, _, rest = body.partition(">")
        body = f"{head}>{text}{rest}"
    return f'<?xml version="1.0" encoding="UTF-8"?>{declared}{body}'.encode()


def _markup(parts: Parts, honest: bytes) -> Named:
    for name in (SHEET, BOOK, STYLES, TYPES, RELS, "docProps/core.xml", "xl/theme/theme1.xml"):
        yield f"一亿个笑 {name}", packed(parts | {name: _in(parts[name], LAUGHS, "&a11;")})
        yield f"外部实体 {name}", packed(parts | {name: _in(parts[name], OUTSIDE, "&a;")})
    yield "外部实体 sharedStrings", packed(parts | {STRINGS: _in(b"<sst><si><t>a</t></si></sst>", OUTSIDE, "&a;")})
    yield "一亿个笑 sharedStrings", packed(parts | {STRINGS: _in(b"<sst><si><t>a</t></si></sst>", LAUGHS, "&a9;")})
    yield "远处的 DTD", packed(parts | {SHEET: _in(parts[SHEET], REMOTE)})
    late = b"<?xml version='1.0'?>" + b"<!-- -->" * 2000 + _in(parts[SHEET], LAUGHS).partition(b"?>")[2]
    yield "藏在 4 KB 之后的 DTD", packed(parts | {SHEET: late})
    yield "UTF-16 的 DTD", packed(parts | {SHEET: _in(parts[SHEET], LAUGHS).decode().replace("UTF-8", "UTF-16").encode("utf-16")})  # fmt: skip
    yield "很深的嵌套", packed(parts | {SHEET: b"<worksheet>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</worksheet>"})
    yield "不成对的标签", packed(parts | {SHEET: parts[SHEET].replace(b"</sheetData>", b"")})
    yield "不是 UTF-8", packed(parts | {SHEET: parts[SHEET].replace("任务".encode(), b"\xff\xfe\xff")})
    yield "空的部件", packed(parts | {SHEET: b""})
    yield "全是零的部件", packed(parts | {SHEET: bytes(3000)})


def _with_cells(parts: Parts, cells: bytes, tail: bytes = b"") -> bytes:
    sheet = parts[SHEET].replace(b"</sheetData>", cells + b"</sheetData>" + tail)
    return packed(parts | {SHEET: sheet})


def _sheets(parts: Parts, honest: bytes) -> Named:
    merge = b'<mergeCells count="1"><mergeCell ref="%b"/></mergeCells>'
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    yield "最远的一格", _with_cells(parts, far)
    yield "最远的公式", _with_cells(parts, far.replace(b"<v>1</v>", b"<f>1+1</f>"))
    yield "第 16384 列", _with_cells(parts, b'<row r="9999"><c r="XFD9999" t="inlineStr"><is><t>x</t></is></c></row>')
    for name, where in (("整张", b"A1:XFD1048576"), ("小写", b"a1:xfd1048576"), ("整列", b"A:XFD"), ("整行", b"1:1048576"), ("太大的行号", b"A1:B99999999")):  # fmt: skip
        yield f"合并 {name}", _with_cells(parts, b"", merge % where)
    link = b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'
    yield "链接占整张", _with_cells(parts, b"", link)
    crowd = b"".join(b'<row r="%d">%b</row>' % (n, b"<c/>" * 16384) for n in range(9000, 9025))
    yield "太多格", _with_cells(parts, crowd)
    yield "太多行", _with_cells(parts, b"".join(b'<row r="%d"><c><v>1</v></c></row>' % n for n in range(300, 320_000)))
    yield "没有这个共享字符串", _with_cells(parts, b'<row r="900"><c r="A900" t="s"><v>987654321</v></c></row>')
    yield "没有这个样式", _with_cells(parts, b'<row r="900"><c r="A900" s="987654321"><v>1</v></c></row>')
    yield "不是数的数", _with_cells(parts, b'<row r="900"><c r="A900"><v>abc</v></c></row>')
    yield "不像样的格号", _with_cells(parts, b'<row r="900"><c r="ZZZZ900"><v>1</v></c></row>')
    yield "行号不是数", _with_cells(parts, b'<row r="x"><c><v>1</v></c></row>')


def _reaching(parts: Parts, honest: bytes) -> Named:
    for name in ("xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/embeddings/oleObject1.bin",
                 "xl/activeX/activeX1.xml", "xl/macrosheets/sheet1.xml", "xl/dialogsheets/sheet1.xml", "customUI/customUI.xml"):  # fmt: skip
        yield f"带着 {name}", packed(parts | {name: b"<a/>"})
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macro = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    yield "宏的类型", packed(parts | {TYPES: parts[TYPES].replace(kind, macro)})
    link = b'<Relationship Id="rX" Type="http://x/externalLinkPath" Target="file:///c:/a.xlsx" TargetMode="External"/>'
    yield "外部的关系", packed(parts | {RELS: parts[RELS].replace(b"</Relationships>", link + b"</Relationships>")})


def _zips(parts: Parts, honest: bytes) -> Named:
    def with_name(name: str) -> bytes:
        return packed(parts | {name: b"<a/>"})

    for name in ("../../evil.xml", "/etc/evil.xml", "C:/evil.xml", "..\\evil.xml", "xl/../../evil.xml"):
        yield f"路径 {name.replace('/', '_').replace(':', '_')}", with_name(name)
    yield "大小写重名", with_name("XL/Worksheets/SHEET2.XML")
    for share in (0.01, 0.1, 0.5, 0.9, 0.99):
        yield f"截断 {share}", honest[: int(len(honest) * share)]
    yield "少最后一个字节", honest[:-1]
    yield "少目录", honest[: honest.rindex(b"PK\x05\x06")]
    at = honest.index(b"PK\x03\x04", 4)
    yield "坏的部件头", honest[:at] + b"PK\x07\x07" + honest[at + 4 :]
    middle = len(honest) // 3
    yield "中间坏了一段", honest[:middle] + bytes(400) + honest[middle + 400 :]
    yield "重名", _doubled(parts)
    yield "说是加了密码", _flagged(honest, 1)
    yield "没见过的压缩", _method(honest, 97)
    yield "说小了的大小", _sized(honest, 10)
    yield "说大了的大小", _sized(honest, 0x7FFFFFFF)


def _doubled(parts: Parts) -> bytes:
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as zipped:
        warnings.simplefilter("ignore")
        for name, content in [*parts.items(), (SHEET, b"<worksheet/>")]:
            zipped.writestr(name, content)
    return out.getvalue()


def _each_entry(honest: bytes, at: int, value: bytes) -> bytes:
    """Every entry of the directory with other bytes at one place."""
    data, here = bytearray(honest), honest.find(b"PK\x01\x02")
    while here >= 0:
        data[here + at : here + at + len(value)] = value
        here = honest.find(b"PK\x01\x02", here + 4)
    return bytes(data)


def _flagged(honest: bytes, bits: int) -> bytes:
    return _each_entry(honest, 8, struct.pack("<H", bits))


def _method(honest: bytes, method: int) -> bytes:
    return _each_entry(honest, 10, struct.pack("<H", method))


def _sized(honest: bytes, size: int) -> bytes:
    return _each_entry(honest, 24, struct.pack("<I", size))


def _missing(parts: Parts, honest: bytes) -> Named:
    for name in (TYPES, BOOK, RELS, SHEET, STYLES, "_rels/.rels"):
        yield f"缺 {name.replace('/', '_')}", packed({n: c for n, c in parts.items() if n != name})
    yield "没有一张表", packed(parts | {BOOK: b"<workbook><sheets/></workbook>"})
    yield (
        "严格的 OOXML",
        packed(
            {
                n: c.replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
                for n, c in parts.items()
            }
        ),
    )
    yield (
        "一张表指到外面",
        packed(parts | {RELS: parts[RELS].replace(b"worksheets/sheet2.xml", b"../../../etc/passwd")}),
    )
    yield "表指向自己", packed(parts | {RELS: parts[RELS].replace(b"worksheets/sheet2.xml", b"workbook.xml")})


def _not_workbooks(parts: Parts, honest: bytes) -> Named:
    word = {TYPES: b"<Types/>", "word/document.xml": b"<document/>"}
    yield "改名的 Word", packed(word)
    yield "只有类型", packed({TYPES: parts[TYPES]})
    yield "加了密码的", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)
    yield "改名的网页", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "空文件", b""
    yield "只有 PK", b"PK"
    yield "只有头", b"PK\x03\x04" + bytes(26)
    yield "随机字节", zlib.compress(honest)[:5000]


MUTATIONS: list[Callable[[bytearray, int, int], None]] = [
    lambda data, at, value: data.__setitem__(at, value),
    lambda data, at, value: data.insert(at, value),
    lambda data, at, value: data.__delitem__(slice(at, at + value)),
    lambda data, at, value: data.__setitem__(slice(at, at + 4), data[value : value + 4]),
]
