"""The one way in which a file becomes the store of a folder (数据文件就位), with its journals.

SQLite keeps what undoes a half-written transaction in a second file, found by its name only. Such a journal of a store
that is gone would be played into whatever is put under the same name, so it has to go first; and a store that is kept
under another name takes its own along, or it stays half-written.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from models.store.clock import now_here

JOURNALS = ("-journal", "-wal")  # hold content; "-shm" is only an index that SQLite rebuilds
SUFFIXES = (*JOURNALS, "-shm")


def kept_name(folder: Path) -> Path:
    """The name under which a store is kept when another one takes its place."""
    return folder / f"replaced-{now_here():%Y%m%d-%H%M%S-%f}.db"


def put_in_place(part: Path, live: Path, kept: Path) -> None:
    """Make the closed store `part` the store at `live`. A store that is there is kept as `kept` with its journals; of
    one that is gone the journals are. A power cut leaves the old store or the new one, or neither at `live` and the
    old one at `kept`, each with its own journals and no other. Raises OSError; then the old store is back at `live`.
    """
    try:
        move_store(live, kept)
        os.replace(part, live)
    except OSError:
        if not live.exists():
            move_store(kept, live)
        raise
    _sync_folder(live.parent)


def move_store(old: Path, new: Path) -> None:
    """Give a store another name in its folder; no journal stays under the old one. At every moment a store that is
    there has its journals beside it: they are copied first, and removed when it has moved. Raises OSError.
    """
    for suffix in JOURNALS:
        if _beside(old, suffix).exists() and _beside(old, suffix).stat().st_size:
            _copy(_beside(old, suffix), _beside(new, suffix))
    _sync_folder(new.parent)
    if old.exists():
        os.replace(old, new)
        _sync_folder(new.parent)
    for suffix in SUFFIXES:
        _beside(old, suffix).unlink(missing_ok=True)
    _sync_folder(old.parent)


def remove_store(path: Path) -> None:
    """Delete a store and its journals. Raises OSError."""
    path.unlink(missing_ok=True)
    for suffix in SUFFIXES:
        _beside(path, suffix).unlink(missing_ok=True)


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads a store lying anywhere, such as a backup on a stick. Where a journal lies beside it,
    a copy is read in which the half-written transaction is undone; the file itself is never changed. Raises sqlite3.Error.
    """
    if not any(_beside(path, s).exists() and _beside(path, s).stat().st_size for s in JOURNALS):
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
            yield conn
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        try:
            for suffix in ("", *JOURNALS):
                if _beside(path, suffix).exists():
                    shutil.copyfile(_beside(path, suffix), _beside(copy, suffix))
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from None
        with closing(sqlite3.connect(copy)) as conn:
            yield conn


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _copy(path: Path, other: Path) -> None:
    shutil.copyfile(path, other)
    with other.open("rb+") as f:
        os.fsync(f.fileno())


def _sync_folder(folder: Path) -> None:
    """Names that changed are on the disk before the next step; Windows has no such call, and keeps the order itself."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
