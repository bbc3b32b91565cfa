"""Attachments (附件) in a package file: put in, taken out and checked by SHA-256."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from exports.package.container import ATTACHMENTS, PackageFile, Resource
from forms.evidence import Attachment
from forms.field import Row
from models.attachments import ALL, content, file_present, keep, named
from models.errors import UserError
from models.refusals import Refused
from models.store.atomic_file import megabytes
from models.store.change import Change
from models.workspace import Workspace


def packed(folder: Path, files: Iterable[Attachment]) -> tuple[dict[str, bytes], list[Resource]]:
    """The attachments that are stored here as members, and their descriptions. Raises UserError where one is damaged,
    or where together they are larger than a file may be.
    """
    members: dict[str, bytes] = {}
    described: list[Resource] = []
    for file in files:
        path = f"{ATTACHMENTS}{file.sha256}"
        if path in members or not file_present(folder, file.sha256):
            continue
        members[path] = content(folder, file)
        about = {"name": f"attachment-{file.sha256[:16]}", "title": file.name, "path": path}
        described.append({**about, "mediatype": "application/octet-stream"})
    total = sum(map(len, members.values()))
    if total > ALL:
        raise UserError("attachment.package-too-big", total=megabytes(total), limit=megabytes(ALL))
    return members, described


def files_in(file: PackageFile) -> Mapping[str, bytes]:
    """The attachments in a received file, by SHA-256. Raises Refused where a name does not match its content."""
    found = {p.removeprefix(ATTACHMENTS): c for p, c in file.members.items() if p.startswith(ATTACHMENTS)}
    if any(sha256(c).hexdigest() != digest for digest, c in found.items()):
        raise Refused("attachment.changed")
    return found


def take_files(folder: Path, file: PackageFile) -> None:
    """Store the attachments of a received file. Stored files are never overwritten, so a second
    call changes nothing.
    """
    for data in files_in(file).values():
        keep(folder, data)


def absent(space: Workspace, brought: Iterable[Change]) -> list[str]:
    """A sentence naming the attachments of rows from the county that are not stored here; [] for none."""
    rows: dict[str, list[Row]] = {}
    for change in brought:
        rows.setdefault(change.form, []).append(dict(change.after or {}))
    gone = [n.file for n in named(space.forms, rows) if not file_present(space.folder, n.file.sha256)]
    names = "、".join(f"“{a.name}”" for a in gone[:3]) + ("等" if len(gone) > 3 else "")
    said = f"有{len(gone)}个附件的原件没有随任务包来：{names}；请从原来那台电脑重新添加，或请县里补发"
    return [said] if gone else []
