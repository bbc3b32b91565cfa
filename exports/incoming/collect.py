"""Every file under some paths, with its bytes: also those in zips and saved mails."""

import email
import email.policy
import io
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from exports.package.container import FILE_LIMIT
from exports.package.envelope import is_ours
from models.errors import UserError, cause
from models.refusals import INCOMPLETE, STRANGER

DEEPEST = 3  # zips in zips in mails
MOST_MEMBERS, MOST_BYTES = 2000, 20 * FILE_LIMIT  # in one zip; in all zips of one file together
MOST_ENTRIES, ENTRY = 40_000, b"PK\x01\x02"  # counted before a list of members is read
PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
UNPACK = "这种压缩包（rar、7z）本程序打不开，没有装入；请先解压，再装入里面的文件"
SHEET = b"mimetypeapplication/vnd.oasis.opendocument"  # where a zip of that kind begins, after the first 30 bytes
RESAVE = "这是 ods 等格式的文件，没有装入；请在 Excel 或 WPS 里打开，另存为“Excel 工作簿（.xlsx）”，再装入"
NOTHING = "压缩包里没有文件，没有可以装入的；请核对是不是选错了文件"
TOO_MUCH = "压缩包里的文件太多或太大，没有装入；请分开压缩"
WORKBOOK = {"[Content_Types].xml", "xl/workbook.xml"}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def not_there(paths: Sequence[Path]) -> dict[Path, str]:
    """The paths that are not there, or cannot be opened, and why. Raises UserError where that is all of them."""
    gone = {p: why for p in paths if (why := _why_not(p))}
    if paths and len(gone) == len(set(paths)):
        path, why = next(iter(gone.items()))
        raise UserError(f"{why}：{path}" if len(gone) == 1 else f"{why}，另外{len(gone) - 1}个也是：{path}")
    return gone


def _why_not(path: Path) -> str:
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # a folder that may not be looked into holds nothing, as it were
        elif not path.exists():
            return "没有这个文件或文件夹"
    except OSError as error:
        return f"打不开（{cause(error)}），没有装入"
    return ""


def collect(paths: Sequence[Path]) -> Iterator[tuple[str, bytes | str]]:
    """Every file under the paths with its bytes, or with the sentence why it cannot be read; hidden and half-written
    files are passed over.
    """
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            if path.is_dir() and (file.name.startswith((".", "~$")) or file.name.endswith(".part")):
                continue
            yield from _file(file)


def _file(path: Path) -> Iterator[tuple[str, bytes | str]]:
    try:
        size = path.stat().st_size
        if size > 4 * FILE_LIMIT:
            yield str(path), f"文件有{size >> 20}MB，太大了，没有装入；请核对是不是选错了文件"
            return
        data = path.read_bytes()
    except OSError as error:
        yield str(path), f"文件读不出来（{cause(error)}），请重新拷贝一份"
        return
    yield from _unwrapped(str(path), data, 0, [MOST_BYTES])


def _unwrapped(name: str, data: bytes, depth: int, left: list[int]) -> Iterator[tuple[str, bytes | str]]:
    """The file itself, or what lies in it where it is a zip or a saved mail; `left` counts down the bytes that all zips of
    one file may hold together.
    """
    if is_ours(data) or depth >= DEEPEST:
        yield name, data
    elif data.startswith(PACKED):
        yield name, UNPACK
    elif data.startswith(b"PK") and data[30:].startswith(SHEET):
        yield name, RESAVE
    elif data.startswith(b"PK") and not is_workbook(data):
        yield from _zipped(name, data, depth, left)
    elif _is_mail(data):
        yield from _mailed(name, data, depth, left)
    else:
        yield name, data


def is_workbook(data: bytes) -> bool:
    """Whether a zip is a workbook, and not a zip in which a workbook lies as it is."""
    if data.count(ENTRY) <= MOST_ENTRIES:
        with suppress(*BROKEN), zipfile.ZipFile(io.BytesIO(data)) as zipped:
            return not WORKBOOK.isdisjoint(zipped.namelist())
    return any(mark.encode() in data for mark in WORKBOOK)


def _is_mail(data: bytes) -> bool:
    head = data[:4000].lower()
    return b"\nmime-version:" in b"\n" + head or (head.startswith((b"from:", b"received:", b"x-unsent:")))


def _zipped(name: str, data: bytes, depth: int, left: list[int]) -> Iterator[tuple[str, bytes | str]]:
    if data.count(ENTRY) > MOST_ENTRIES:
        yield name, TOO_MUCH
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            infos = [i for i in zipped.infolist() if not i.is_dir()]
            if not infos:
                yield name, NOTHING
            left[0] -= sum(i.file_size for i in infos)
            if len(infos) > MOST_MEMBERS or left[0] < 0:
                yield name, TOO_MUCH
                return
            for info in infos:
                inside = f"{name}/{_readable(info)}"
                if info.flag_bits & 1:
                    yield inside, "压缩包加了密码，读不出来；请去掉密码重新压缩（上报包本身已经加密）"
                elif info.file_size > FILE_LIMIT:
                    yield inside, STRANGER
                else:
                    with zipped.open(info) as member:
                        content = member.read(FILE_LIMIT + 1)
                    yield from _unwrapped(inside, content, depth + 1, left)
    except BROKEN:
        yield name, INCOMPLETE


def _readable(info: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese names of old zip programs are GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _mailed(name: str, data: bytes, depth: int, left: list[int]) -> Iterator[tuple[str, bytes | str]]:
    message = email.message_from_bytes(data, policy=email.policy.default)
    parts = [p for p in message.walk() if p.get_filename() or p.get_content_type() == "application/octet-stream"]
    if not parts:
        yield name, "邮件里没有附件，没有可以装入的；请确认对方把文件附在邮件里了"
    for n, part in enumerate(parts, 1):
        try:
            content = part.get_payload(decode=True)
        except ValueError:
            content = None
        inside = f"{name}/{part.get_filename() or f'附件{n}'}"
        if isinstance(content, bytes):
            yield from _unwrapped(inside, content, depth + 1, left)
        else:
            yield inside, INCOMPLETE
