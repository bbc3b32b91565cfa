"""装入: whatever it is and however it came: files, folders, zips and saved e-mails; known by content, not by name."""

import email
import email.policy
import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from exports import arrived, inbox
from exports.apart import Apart
from exports.envelope import INCOMPLETE, STRANGER, Refused, is_ours
from exports.guard import OLD
from exports.keyring import Keyring
from exports.parcel import FILE_LIMIT, KINDS, Parcel, read
from models.errors import UserError, cause
from models.workspace import FILE, Workspace

DEEPEST = 3  # zips in zips in mails
MOST_MEMBERS = 2000
WORKBOOK = (b"[Content_Types].xml", b"xl/workbook.xml")


@dataclass(frozen=True)
class Arrival:
    """What became of one file; `path` names it, with the zip or mail it lay in before a slash."""

    path: str
    kind: str
    unit: str
    period: str
    revision: int
    result: str
    message: str

    @property
    def document(self) -> dict[str, Any]:
        """The object that `load --json` promises."""
        return dict(self.__dict__)


def load(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    done: Callable[[int], None] = lambda n: None,
) -> tuple[Workspace | None, list[Arrival]]:
    """Take in everything under the paths, each file on its own. Without a workspace the first hand-out makes one in
    `folder`. Raises UserError only where a path is not there.
    """
    for path in paths:
        if not path.exists():
            raise UserError(f"没有这个文件或文件夹：{path}")
    found: list[Arrival] = []
    waiting: list[tuple[str, bytes | str]] = []
    with Apart() as apart:
        for item in chain(collect(paths), waiting):  # what has to wait is taken up again at the end
            if _must_wait(space, item[1]) and item not in waiting:
                waiting.append(item)
                continue
            space, arrival = _one(folder, space, *item, dry_run, apart)
            found.append(arrival)
            done(len(found))
    return space, found


def _must_wait(space: Workspace | None, data: bytes | str) -> bool:
    """Whether a file needs a hand-out that may lie further on; a first hand-out itself is open."""
    if isinstance(data, str) or not is_ours(data) or _is_handout(data):
        return False
    return space is None or (space.role == "unit" and not Keyring(space).keys.county)


def _is_handout(data: bytes) -> bool:
    try:
        return read(data).kind == "handout"
    except Refused:
        return False


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
    yield from _unwrapped(str(path), data, 0)


def _unwrapped(name: str, data: bytes, depth: int) -> Iterator[tuple[str, bytes | str]]:
    """The file itself, or what lies in it where it is a zip or a saved mail."""
    if is_ours(data) or depth >= DEEPEST:
        yield name, data
    elif data.startswith(b"PK") and not _is_workbook(data):
        yield from _zipped(name, data, depth)
    elif _is_mail(data):
        yield from _mailed(name, data, depth)
    else:
        yield name, data


def _is_workbook(data: bytes) -> bool:
    return any(mark in data for mark in WORKBOOK)


def _is_mail(data: bytes) -> bool:
    head = data[:4000].lower()
    return b"\nmime-version:" in b"\n" + head or (head.startswith((b"from:", b"received:", b"x-unsent:")))


def _zipped(name: str, data: bytes, depth: int) -> Iterator[tuple[str, bytes | str]]:
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            infos = [i for i in zipped.infolist() if not i.is_dir()]
            if len(infos) > MOST_MEMBERS or sum(i.file_size for i in infos) > 20 * FILE_LIMIT:
                yield name, "压缩包里的文件太多或太大，没有装入；请分开压缩"
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
                    yield from _unwrapped(inside, content, depth + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
        yield name, INCOMPLETE


def _readable(info: zipfile.ZipInfo) -> str:
    """The name of a member; Chinese names of old zip programs are GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _mailed(name: str, data: bytes, depth: int) -> Iterator[tuple[str, bytes | str]]:
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
            yield from _unwrapped(inside, content, depth + 1)
        else:
            yield inside, INCOMPLETE


def _one(
    folder: Path, space: Workspace | None, name: str, data: bytes | str, dry_run: bool, apart: Apart
) -> tuple[Workspace | None, Arrival]:
    parcel: Parcel | None = None
    try:
        if isinstance(data, str):
            raise Refused(data)
        if data.startswith(OLD) or (data.startswith(b"PK") and _is_workbook(data)):
            return space, _workbook(space, name, data, dry_run, apart)
        parcel = read(data, Keyring(space).identities if space else ())
        if space is None:
            space = _begin(folder, parcel, dry_run)
            if space is None:
                return None, _arrival(
                    name, parcel, "accepted", f"可以用这份任务包为{parcel.about['unit_name']}建立工作区"
                )
        taken = _take(space, parcel, dry_run)
        return space, _arrival(name, parcel, taken.result, taken.message)
    except UserError as why:
        return space, _arrival(name, parcel, "refused", str(why))
    except (KeyError, TypeError, ValueError, AttributeError, UnicodeDecodeError):
        # signed by somebody who can sign, yet not what this program writes
        return space, _arrival(name, parcel, "refused", STRANGER)


def _workbook(space: Workspace | None, name: str, data: bytes, dry_run: bool, apart: Apart) -> Arrival:
    """A filled workbook: what can be read goes in as one step, the rest is listed."""
    from exports.workbook import read_workbook

    if space is None:
        raise Refused("这是 Excel 工作簿；这个文件夹里还没有工作区，请先装入县里发的任务包，或用 init 建立")
    reading = read_workbook(data, space, apart)
    if not dry_run:
        space.apply(reading.changes, f"装入工作簿{Path(name).name}")
    result = "accepted" if reading.changes else "refused" if reading.problems else "unchanged"
    return Arrival(name, "workbook", reading.unit.code, reading.period.id, 0, result, reading.message)


def _begin(folder: Path, parcel: Parcel, dry_run: bool) -> Workspace | None:
    if parcel.kind != "handout":
        raise Refused(f"这是{KINDS[parcel.kind]}；这个文件夹里还没有工作区，请先装入县里发的任务包，或用 init 建立")
    return None if dry_run else arrived.begin(folder, parcel)


def _take(space: Workspace, parcel: Parcel, dry_run: bool) -> inbox.Taken:
    if parcel.kind == "submission":
        taker = arrived.take_own if space.role == "unit" else inbox.take_submission
    else:
        taker = {"handout": arrived.take_handout, "receipt": arrived.take_receipt, "return": arrived.take_return}[
            parcel.kind
        ]
    return taker(space, parcel, dry_run)


def _arrival(name: str, parcel: Parcel | None, result: str, message: str) -> Arrival:
    about: Any = parcel.about if parcel else {}
    unit, period = str(about.get("unit") or ""), str(about.get("period") or "")
    return Arrival(name, parcel.kind if parcel else "", unit, period, int(about.get("revision") or 0), result, message)


def aside(folder: Path, arrivals: Sequence[Arrival]) -> Path | None:
    """Keep refused files under 已拒收, with a list of the reasons; None where nothing was refused."""
    import shutil
    from contextlib import suppress

    refused = [a for a in arrivals if a.result == "refused"]
    if not refused or not (folder / FILE).exists():
        return None
    target = folder / "refused"
    with suppress(OSError):
        target.mkdir(exist_ok=True)
        for a in refused:
            if Path(a.path).is_file():
                shutil.copyfile(a.path, target / Path(a.path).name)
        with (target / "原因.txt").open("a", encoding="utf-8-sig") as f:
            f.writelines(f"{a.path}: {a.message}\n" for a in refused)
    return target
