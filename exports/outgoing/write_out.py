"""Writes the county's files for units into a folder or onto a drive and notes them in the ledger (传出)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from exports.outgoing.removable import nothing, put
from exports.package.container import PackageFile
from forms.states import Way
from models.act_backup import back_up
from models.ledger.ledger import Ledger, Package
from models.store.atomic_file import room
from models.workspace import Workspace


def file_name(space: Workspace, made: PackageFile) -> str:
    """The name of a county's file: the unit's code and short name, the period, the kind of file, the start
    of its id.
    """
    head = made.manifest
    short = space.plan.unit(head.unit).short
    return f"{head.unit}{short}_{head.period}_{made.caption}_{made.id[:8]}.qd"


def send(space: Workspace, made: PackageFile, folder: Path) -> Path:
    """Write a file for a unit into a folder and note it in the ledger once it is written; returns its path. Raises
    UserError.
    """
    path = write_out(made, folder, file_name(space, made))
    went_out(space, [made])
    return path


def went_out(space: Workspace, written: Sequence[PackageFile]) -> None:
    """Note files in the ledger after they were written."""
    with space.store.db.atomic():
        for p in written:
            head = p.manifest
            Ledger(space.store).keep(
                Package(p.id, Way.OUT, p.kind, head.unit, head.period, signer=head.signer, plan=head.plan.digest,
                        made=head.created, at=space.stamp)
            )  # fmt: skip
    back_up(space)


def write_all(files: Sequence[tuple[PackageFile, str]], folder: Path, standing: list[PackageFile]) -> int:
    """Write several files into a folder that has room for all of them; returns their number. Each file written is added
    to `standing`; the caller notes them in the ledger, because this may run in another thread. Raises UserError.
    """
    with suppress(OSError):  # write_out raises the error with its sentence
        folder.mkdir(parents=True, exist_ok=True)
    room(folder, sum(len(p.data) for p, _ in files))
    for parcel, name in files:
        write_out(parcel, folder, name)
        standing.append(parcel)
    return len(files)


def write_out(parcel: PackageFile, folder: Path, name: str, told: Callable[[str], None] = nothing) -> Path:
    """Write a file into a folder under a temporary name, read it back, compare and rename it; returns its path. Raises
    UserError.
    """
    return put(parcel.data, folder / name, told)
