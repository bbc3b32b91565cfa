"""The guard before a workbook is opened: what could hang, bloat or reach outside is refused by looking at the zip alone."""

import io
import zipfile
import zlib

from exports.envelope import INCOMPLETE, Refused

PARTS, DECLARED, RATIO, HEAD = 400, 40 << 20, 200, 4096
FORBIDDEN = ("vbaproject", "externallinks/", "embeddings/", "activex/")
OLD = b"\xd0\xcf\x11\xe0"  # .xls, .et, and encrypted .xlsx
SAVE_AS = "请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”，不要加密码，再装入"


def guard(data: bytes) -> None:
    """Raise Refused unless the bytes are a harmless .xlsx."""
    if data.startswith(OLD):
        raise Refused(f"这是旧格式或加了密码的工作簿，没有装入；{SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            _look(zipped)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError):
        raise Refused(INCOMPLETE) from None


def _look(zipped: zipfile.ZipFile) -> None:
    infos = zipped.infolist()
    names = [i.filename.lower() for i in infos]
    if len(infos) > PARTS or sum(i.file_size for i in infos) > DECLARED:
        raise Refused(f"工作簿太大，没有装入；请删去不用的工作表和图片，{SAVE_AS}")
    if len(set(names)) != len(names) or any(i.file_size > RATIO * max(i.compress_size, 200) for i in infos):
        raise Refused(f"工作簿的内部结构不正常，没有装入；{SAVE_AS}")
    if any(word in name for name in names for word in FORBIDDEN):
        raise Refused(f"工作簿里有宏、外部链接或嵌入的文件，没有装入；请去掉它们，{SAVE_AS}")
    for info in infos:
        if info.flag_bits & 1:
            raise Refused(f"工作簿加了密码，没有装入；{SAVE_AS}")
        if info.filename.lower().endswith((".xml", ".rels")):
            with zipped.open(info) as part:
                if b"<!DOCTYPE" in part.read(HEAD):
                    raise Refused(f"工作簿的内部结构不正常，没有装入；{SAVE_AS}")
