"""附件: the files behind 佐证, kept once each under their SHA-256 in the data folder, so that none is ever overwritten.

Nothing is deleted here: history, undo and files that were sent may still need what a cell no longer names.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from forms.evidence import Attachment, safe_name
from forms.field import Field, Row
from forms.form import Form
from models.errors import UserError, cause
from models.store.atomic_file import megabytes, replacing, room
from models.store.store import Store

if TYPE_CHECKING:
    from models.workspace import Workspace

FOLDER, OPENED = "attachments", "opened"  # the files, and copies that other programs have open
ONE, ALL, MOST = 10 << 20, 20 << 20, 100  # bytes of a file and of a submission's files, and their number
# What may be attached and opened again by its own program: papers, tables, pictures, sound; nothing that runs.
TYPES = (
    "pdf", "ofd", "doc", "docx", "wps", "xls", "xlsx", "et", "ppt", "pptx", "dps", "txt", "csv", "rtf", "jpg", "jpeg", "png",
    "gif", "bmp", "tif", "tiff", "webp", "heic", "mp4", "mov", "mp3", "wav", "zip", "rar", "7z",
)  # fmt: skip


class NamedAttachment(NamedTuple):
    """An attachment with a file, and the cell that names it."""

    form: Form
    number: int
    row: Row
    field: Field
    file: Attachment


def named(forms: Iterable[Form], rows: Mapping[str, Sequence[Row]]) -> Iterator[NamedAttachment]:
    """Every attachment that has a file, cell by cell; rows counted from 1."""
    for form in forms:
        fields = [f for f in form.stored if f.kind.has_files]
        for number, row in enumerate(rows.get(form.name, ()), 1) if fields else ():
            for f in fields:
                yield from (NamedAttachment(form, number, row, f, a) for a in f.kind.files(row.get(f.name)))


def path_of(folder: Path, digest: str) -> Path:
    """Where the file of that SHA-256 lies, or would lie, in a workspace's folder."""
    return folder / FOLDER / digest


def file_present(folder: Path, digest: str) -> bool:
    """Whether the file is here; what is in it is looked at when it is used."""
    return path_of(folder, digest).is_file()


def content(folder: Path, file: Attachment) -> bytes:
    """The bytes of an attachment, checked against its SHA-256. Raises UserError where they are missing or differ."""
    try:
        data = path_of(folder, file.sha256).read_bytes()
    except OSError:
        raise UserError("attachment.original-gone", file=file.name) from None
    if sha256(data).hexdigest() != file.sha256:
        raise UserError("attachment.damaged", file=file.name)
    return data


def keep(folder: Path, data: bytes) -> str:
    """Keep the bytes of a file; gives their SHA-256. A damaged copy of the same file is mended. Raises UserError."""
    digest = sha256(data).hexdigest()
    path = path_of(folder, digest)
    with suppress(OSError):
        if sha256(path.read_bytes()).hexdigest() == digest:
            return digest
    room(folder, len(data))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("attachment.not-kept", cause=cause(error), folder=path.parent) from None
    with replacing(path) as part:
        part.write_bytes(data)
    return digest


def add(folder: Path, source: Path, there: Sequence[Attachment], used: Mapping[str, int]) -> Attachment:
    """Take a file into the workspace, for a cell that holds `there`; `used` gives the sizes of the period's files by
    SHA-256. Raises UserError, with nothing taken, where it is too big, of a kind that runs, or there already.
    """
    data = _read(source)
    name = safe_name(source.name)
    if name.rpartition(".")[2].lower() not in TYPES or "." not in name:
        raise UserError("attachment.kind", file=source.name)
    digest = sha256(data).hexdigest()
    same = next((a for a in there if a.sha256 == digest), None)
    if same is not None:
        raise UserError("attachment.already-there", file=source.name, same=same.name)
    total = sum(size for d, size in used.items() if d != digest) + len(data)
    if total > ALL:
        raise UserError("attachment.all-too-big", file=source.name, total=megabytes(total), limit=megabytes(ALL))
    if len({*used, digest}) > MOST:
        raise UserError("attachment.too-many", limit=MOST)
    keep(folder, data)
    return Attachment(_distinct(name, {a.name for a in there}), digest)


def _read(source: Path) -> bytes:
    try:
        size = source.stat().st_size
        if source.is_dir():
            raise UserError("attachment.is-folder", file=source.name)
        if size > ONE:
            raise UserError("attachment.too-big", file=source.name, size=megabytes(size), limit=megabytes(ONE))
        data = source.read_bytes()
    except OSError as error:
        raise UserError("attachment.unreadable", file=source.name, cause=cause(error)) from None
    if not data:
        raise UserError("attachment.empty", file=source.name)
    return data


def _distinct(name: str, taken: set[str]) -> str:
    """The name, with a number where the cell has one of that name already."""
    stem, dot, end = name.rpartition(".")
    number, wanted = 1, name
    while wanted in taken:
        number += 1
        wanted = f"{stem}（{number}）{dot}{end}"
    return wanted


def sizes(folder: Path, files: Iterable[Attachment]) -> dict[str, int]:
    """The size of each file that is here, by SHA-256."""
    found = {}
    for file in files:
        with suppress(OSError):
            found[file.sha256] = path_of(folder, file.sha256).stat().st_size
    return found


def opened_copy(folder: Path, file: Attachment, into: Path) -> Path:
    """A copy under its own name, for another program to open. Raises UserError, also for files that can run."""
    name = safe_name(file.name)
    if name.rpartition(".")[2].lower() not in TYPES:
        raise UserError("attachment.not-opened", file=file.name)
    path = into / file.sha256[:12] / name
    if not path.exists():
        save_as(folder, file, path).chmod(0o400)  # what is written into a copy would be lost
    return path


def forget_copies(into: Path) -> None:
    """Delete the copies that were opened; those still open are kept until the next time."""
    for path in into.glob("*/*"):
        with suppress(OSError):
            path.chmod(0o600)
            path.unlink()
            path.parent.rmdir()


def save_as(folder: Path, file: Attachment, path: Path) -> Path:
    """Write an attachment to a path of the user's choice. Raises UserError."""
    data = content(folder, file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder.cannot-write", cause=cause(error), place=path.parent) from None
    with replacing(path) as part:
        part.write_bytes(data)
    return path


class Lost(NamedTuple):
    """A cell that names a missing or damaged file, and the reason."""

    file: Attachment
    why: str
    form: Form
    unit: str
    period: str
    record: str


def lost(store: Store) -> list[Lost]:
    """Every cell that names a missing or damaged file."""
    whys: dict[str, str] = {}
    found = list(_cells(store))
    for x in found:
        if x.file.sha256 not in whys:
            whys[x.file.sha256] = _why(store, x.file)
    return [x._replace(why=why) for x in found if (why := whys[x.file.sha256])]


def _why(store: Store, file: Attachment) -> str:
    try:
        content(store.path.parent, file)
    except UserError as why:
        return str(why)
    return ""


def wrong(store: Store) -> list[str]:
    """A sentence for every missing or damaged file that a record names."""
    return list({x.file.sha256: x.why for x in lost(store)}.values())


def places(space: "Workspace") -> list[str]:
    """A sentence for every cell with such a file: its unit, period and line."""
    rows: dict[tuple[str, str], Mapping[str, Sequence[Row]]] = {}
    told = []
    for x in lost(space.store):
        unit, period = space.plan.find("units", x.unit), space.plan.find("periods", x.period)
        if (x.unit, x.period) not in rows and period:
            rows[x.unit, x.period] = space.context(x.unit, period).rows
        lines = enumerate(rows.get((x.unit, x.period), {}).get(x.form.name, ()), 1)
        number = next((f"第{n}行" for n, r in lines if r["id"] == x.record), "")
        whose, when = (unit.short if unit else x.unit), (period.name if period else x.period)
        told.append(f"{whose}{when}{x.form.title}{number}：{x.why}")
    return told


def _cells(store: Store) -> Iterator[Lost]:
    """The files of every cell, without checking them."""
    for form in store.forms.values():
        for f in (f for f in form.stored if f.kind.has_files):
            names = f"[{f.name}], unit, period, id"
            for text, *where in store.conn.execute(f"SELECT {names} FROM [{form.name}] WHERE [{f.name}] IS NOT NULL"):
                yield from (Lost(a, "", form, *where) for a in f.kind.load(text) or () if a.sha256)
