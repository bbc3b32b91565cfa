"""找文件: lists the files under some paths (收拢), those inside zips and saved mails too; an unreadable one becomes an
entry with its reason and does not stop the others.
"""

import email
import email.policy
import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path

from exports.incoming.bugs import bug
from exports.package.container import FILE_LIMIT, PackageFile, read
from exports.package.envelope import is_encrypted, is_ours
from models.errors import UserError, cause, sentence
from models.refusals import INCOMPLETE, STRANGER, TOO_DEEP, Refused

DEEPEST = 3  # zips in zips in mails
MOST_MEMBERS, MOST_BYTES = 2000, 20 * FILE_LIMIT  # in one zip; in all zips of one file together
MOST_ENTRIES, ENTRY = 40_000, b"PK\x01\x02"  # counted before a list of members is read
PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
SHEET = b"mimetypeapplication/vnd.oasis.opendocument"  # where a zip of that kind begins, after the first 30 bytes
WORKBOOK = {"[Content_Types].xml", "xl/workbook.xml"}


@dataclass
class IncomingFile:
    """A file to be taken in: `name` is its path, with the zip or mail that contains it before a slash; `why` the
    refusal where it cannot be read, None where it can. A package is opened once and kept in `package`; `mailed` is the
    day of the mail in which it lies.
    """

    name: str
    data: bytes = field(default=b"", repr=False)
    why: Refused | None = None
    package: PackageFile | None = field(default=None, repr=False)
    mailed: date | None = None

    @property
    def caption(self) -> str:
        """Its name for people: 邮件.eml/附件.qd for one inside a mail or zip."""
        outer = Path(self.name)
        while not outer.exists() and outer != outer.parent:
            outer = outer.parent
        return f"{outer.name}{self.name[len(str(outer)) :]}" if outer.is_file() else Path(self.name).name

    @property
    def is_package(self) -> bool:
        """Whether it looks like one of our packages."""
        return not self.why and is_ours(self.data)

    @property
    def is_workbook(self) -> bool:
        """Whether it is a workbook of the xlsx kind."""
        return self.data.startswith(b"PK") and is_workbook(self.data)

    def open(self, identities: tuple[str, ...] = ()) -> PackageFile:
        """The package in it. Raises Refused."""
        if self.why:
            raise copy(self.why)  # which has no traceback yet
        if self.package is None:
            self.package = read(self.data, identities)
        return self.package

    def open_plain(self) -> PackageFile | None:
        """The package where it is not encrypted, as first hand-outs are; None for all other files. Raises nothing."""
        if self.package is None and self.is_package and not is_encrypted(self.data):
            with suppress(Refused):
                self.package = read(self.data)
        return self.package


def not_there(paths: Sequence[Path]) -> dict[Path, str]:
    """The paths that do not exist or cannot be opened, each with the reason. Raises UserError where that is all of
    them.
    """
    gone = {p: why for p in paths if (why := _why_not(p))}
    if paths and len(gone) == len(set(paths)):
        path, why = next(iter(gone.items()))
        if len(gone) == 1:
            raise UserError("intake.path-unusable", why=why, path=path)
        raise UserError("intake.paths-unusable", why=why, others=len(gone) - 1, path=path)
    return gone


def _why_not(path: Path) -> str:
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # a folder that may not be looked into holds nothing, as it were
        elif not path.exists():
            return sentence("intake.no-such-path")
    except OSError as error:
        return sentence("intake.path-not-opened", cause=cause(error))
    return ""


def collect(paths: Sequence[Path]) -> Iterator[IncomingFile]:
    """Every file under the paths; hidden and half-written files are passed over."""
    for path in paths:
        for file in sorted(p for p in path.rglob("*") if _is_file(p)) if path.is_dir() else [path]:
            if path.is_dir() and (file.name.startswith((".", "~$")) or file.name.endswith(".part")):
                continue
            yield from _fenced(str(file), _file(file))


def _is_file(path: Path) -> bool:
    """Whether it is a file; what cannot be looked at counts as one, and is named when it cannot be read."""
    try:
        return path.is_file()
    except OSError:
        return True


def _fenced(name: str, files: Iterator[IncomingFile]) -> Iterator[IncomingFile]:
    try:
        yield from files
    except Exception as error:
        yield IncomingFile(name, why=bug(name, error))


def _file(path: Path) -> Iterator[IncomingFile]:
    try:
        size = path.stat().st_size
        if size > 4 * FILE_LIMIT:
            yield IncomingFile(str(path), why=Refused("file.far-too-big", size=size >> 20))
            return
        data = path.read_bytes()
    except OSError as error:
        yield IncomingFile(str(path), why=Refused("file.not-read", cause=cause(error)))
        return
    yield from _unwrapped(str(path), data, 0, [MOST_BYTES])


def _unwrapped(name: str, data: bytes, depth: int, left: list[int]) -> Iterator[IncomingFile]:
    """The file itself, or its members where it is a zip or a saved mail; `left` counts down the bytes that all zips of
    one file may have together.
    """
    if is_ours(data) or depth >= DEEPEST:
        yield IncomingFile(name, data)
    elif data.startswith(PACKED):
        yield IncomingFile(name, data, Refused("file.rar-or-7z"))
    elif data.startswith(b"PK") and data[30:].startswith(SHEET):
        yield IncomingFile(name, data, Refused("file.ods"))
    elif data.startswith(b"PK") and not is_workbook(data):
        yield from _zipped(name, data, depth, left)
    elif _is_mail(data):
        yield from _mailed(name, data, depth, left)
    else:
        yield IncomingFile(name, data)


def is_workbook(data: bytes) -> bool:
    """Whether a zip is a workbook, and not a zip in which a workbook lies as it is."""
    if data.count(ENTRY) <= MOST_ENTRIES:
        with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as zipped:
            return not WORKBOOK.isdisjoint(zipped.namelist())
    return any(mark.encode() in data for mark in WORKBOOK)


def _is_mail(data: bytes) -> bool:
    head = data[:4000].lower()
    return b"\nmime-version:" in b"\n" + head or (head.startswith((b"from:", b"received:", b"x-unsent:")))


def _zipped(name: str, data: bytes, depth: int, left: list[int]) -> Iterator[IncomingFile]:
    if data.count(ENTRY) > MOST_ENTRIES:
        yield IncomingFile(name, data, Refused("zip.too-much"))
        return
    try:
        zipped = zipfile.ZipFile(io.BytesIO(data))
        infos = [i for i in zipped.infolist() if not i.filename.endswith("/")]
        left[0] -= sum(i.file_size for i in infos)
    except Exception:
        yield IncomingFile(name, data, Refused(INCOMPLETE))
        return
    if not infos or len(infos) > MOST_MEMBERS or left[0] < 0:
        yield IncomingFile(name, data, Refused("zip.too-much" if infos else "zip.empty"))
        return
    with zipped:
        for info in infos:
            yield from _member(f"{name}/{_readable(info)}", zipped, info, depth, left)


def _member(
    inside: str, zipped: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int, left: list[int]
) -> Iterator[IncomingFile]:
    """The files in one member of a zip; a damaged member does not stop the next ones."""
    if info.flag_bits & 1:
        yield IncomingFile(inside, why=Refused("zip.locked"))
    elif info.file_size > FILE_LIMIT:
        yield IncomingFile(inside, why=Refused(STRANGER))
    else:
        try:
            with zipped.open(info) as member:
                content = member.read(FILE_LIMIT + 1)
        except Exception:
            yield IncomingFile(inside, why=Refused(INCOMPLETE))
            return
        yield from _fenced(inside, _unwrapped(inside, content, depth + 1, left))


def _readable(info: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese names of old zip programs are GBK."""
    name = info.filename
    with suppress(UnicodeError):
        name = name if info.flag_bits & 0x800 else name.encode("cp437").decode("gb18030")
    return name or "（没有名字）"


def _mailed(name: str, data: bytes, depth: int, left: list[int]) -> Iterator[IncomingFile]:
    try:
        mail = email.message_from_bytes(data, policy=email.policy.compat32)
        parts, mailed = [p for p in mail.walk() if _is_attached(p)], _mail_day(str(mail.get("Date", "")))
    except RecursionError:
        yield IncomingFile(name, data, Refused(TOO_DEEP))
        return
    except Exception:
        yield IncomingFile(name, data, Refused("mail.unreadable"))
        return
    if not parts:
        yield IncomingFile(name, data, Refused("mail.no-attachment"))
    for n, part in enumerate(parts, 1):
        inside = f"{name}/{_filename(part) or f'附件{n}'}"
        content = _payload(part)
        if content is None:
            yield IncomingFile(inside, why=Refused(INCOMPLETE))
        else:
            for file in _fenced(inside, _unwrapped(inside, content, depth + 1, left)):
                yield replace(file, mailed=file.mailed or mailed)


def _mail_day(header: str) -> date | None:
    """The day in a mail's Date, as its sender wrote it; None where it has none that can be read."""
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        return parsedate_to_datetime(header).date()
    return None


def _is_attached(part: Message) -> bool:
    """Whether a part of a mail is a file: named, or called an attachment, or neither text nor picture."""
    if part.is_multipart():
        return False
    called = str(part.get("Content-Disposition", "")).lower().lstrip().startswith("attachment")
    return called or bool(_filename(part)) or part.get_content_maintype() not in ("text", "image")


def _filename(part: Message) -> str:
    """The name of an attachment; "" where it has none that can be read. The strict parser knows more notations, the
    older one fails on fewer names.
    """
    heads = [f"{k}: {v}" for k, v in part.items() if k.lower() in ("content-type", "content-disposition")]
    with suppress(Exception):
        strict = email.message_from_string("\n".join(heads) + "\n\n", policy=email.policy.default)
        return strict.get_filename() or ""
    with suppress(Exception):  # a name that breaks both is no name
        return part.get_filename() or ""
    return ""


def _payload(part: Message) -> bytes | None:
    with suppress(Exception):  # an encoding that does not fit: the part is damaged
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) else None
    return None
