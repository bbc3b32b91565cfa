"""Files written completely or not at all (整文件写入): written beside the target, flushed, then renamed into place."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from models.errors import NotKept, UserError, cause

SPARE = 64 << 10  # bytes that a file system needs for itself
NEW_FILES: ContextVar[list[Path] | None] = ContextVar("NEW_FILES", default=None)  # of the block under way


@contextmanager
def new_files_undone() -> Iterator[None]:
    """When the block raises, the files that `replacing` made in it where there were none are deleted, and the folders
    that are empty then; what a transaction does for rows, for the files that go with them.
    """
    outer, made = NEW_FILES.get(), list[Path]()
    before = NEW_FILES.set(made)
    try:
        yield
    except BaseException:
        for path in reversed(made):
            with suppress(OSError):
                path.unlink(missing_ok=True)
                path.parent.rmdir()
        raise
    finally:
        NEW_FILES.reset(before)
    if outer is not None:
        outer += made


def room(folder: Path, size: int) -> None:
    """Raises UserError, before anything is written, where the place has fewer free bytes than `size`."""
    with suppress(OSError):
        free = shutil.disk_usage(folder).free
        if free < size + SPARE:
            raise UserError("store.no-room", free=megabytes(free), size=megabytes(size), folder=folder)


def megabytes(size: int) -> str:
    """A size as people read it."""
    return f"{size / (1 << 20):.1f}MB" if size >= 100 << 10 else f"{max(1, size >> 10)}KB"


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; when the block ends without an error it replaces `path`, otherwise it is
    deleted. Raises NotKept where the folder cannot be written to or is full.
    """
    part, made = path.with_name(f".{path.name}.{os.getpid()}.part"), NEW_FILES.get()
    if made is not None and not path.exists():
        made.append(path)
    try:
        try:
            yield part
            with part.open("rb+") as f:
                os.fsync(f.fileno())
            os.replace(part, path)
        except OSError as error:
            raise NotKept("store.file-not-written", cause=cause(error), file=path) from None
    finally:
        with suppress(OSError):
            part.unlink()
