"""U盘: writes a file onto a removable drive so that the drive can be pulled out afterwards (written, flushed, read
back, renamed), and compares it again with the copy kept here on request.
"""

import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from models.errors import UserError, cause
from models.store.atomic_file import replacing, room

STEPS = ("写入", "落盘", "读回核对", "改名")
NAME = re.compile(r"(.+)_(.+)_r(\d+)_[0-9a-f]{8}\.qd")  # as submission.file_name makes them


def nothing(_step: str) -> None:
    """The default progress function: ignores the step."""


def put(data: bytes, path: Path, told: Callable[[str], None] = nothing) -> Path:
    """Write a file and return its path; `told` is called with each of STEPS as it begins. Raises UserError; a file that
    was there before is then unchanged.
    """
    folder = path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        room(folder, len(data))
        with replacing(path) as part:
            told(STEPS[0])
            with part.open("wb") as file:
                file.write(data)
                told(STEPS[1])
                file.flush()
                os.fsync(file.fileno())
            told(STEPS[2])
            if reread(part) != data:
                raise UserError("drive.damaged", folder=folder)
            told(STEPS[3])
        _settle(folder)
    except OSError as error:
        raise UserError("folder.cannot-write", cause=cause(error), place=folder) from None
    except UserError as error:
        raise error if folder.is_dir() else UserError("drive.pulled-out", folder=folder) from None
    return path


def _settle(folder: Path) -> None:
    """Flush the folder, so that the new name is on the drive too; only POSIX systems can do that."""
    if os.name == "posix":
        with suppress(OSError):
            at = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(at)
            finally:
                os.close(at)


def reread(path: Path) -> bytes:
    """The bytes on the drive itself: the system's cache of the file is dropped first, where the system allows it."""
    with path.open("rb") as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return file.read()


def compare(kept: Path, there: Path) -> None:
    """Read a file on a drive again and compare it with the copy kept here. Raises UserError where they differ or one
    cannot be read.
    """
    try:
        mine = kept.read_bytes()
    except OSError:
        raise UserError("drive.original-gone", file=kept) from None
    try:
        same = reread(there) == mine
    except FileNotFoundError:
        raise UserError("drive.file-gone", file=there) from None
    except OSError as error:
        raise UserError("drive.file-unreadable", cause=cause(error), file=there) from None
    if not same:
        raise UserError("drive.file-differs", file=there)


def lying(folder: Path, unit: str, period: str) -> list[int]:
    """The revisions of a unit's period whose files are in a folder, the newest first; [] where the folder cannot be
    read.
    """
    try:
        found = [NAME.fullmatch(p.name) for p in folder.iterdir()]
    except OSError:
        return []
    mine = {int(m[3]) for m in found if m and (m[1], m[2]) == (unit, period)}
    return sorted(mine, reverse=True)
