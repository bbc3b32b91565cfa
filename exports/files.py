"""Never half a file: written beside the target, flushed, then put in its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.errors import UserError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to; when the block ends well it takes the place of `path`, otherwise it is gone.
    Raises UserError where the folder cannot be written to or is full.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            yield part
            with part.open("rb+") as f:
                os.fsync(f.fileno())
            os.replace(part, path)
        except OSError as error:
            raise UserError(f"文件没有写成（{reason(error)}），原来的文件没有动：{path}") from None
    finally:
        with suppress(OSError):
            part.unlink()


def reason(error: OSError) -> str:
    """Why a file could not be written, in words."""
    words = {
        1: "没有权限",
        13: "没有权限，或文件正被别的程序打开",
        28: "磁盘满了",
        30: "这个位置是只读的",
        36: "文件名太长",
        2: "文件夹不在了",
    }
    return words.get(error.errno or 0, error.strerror or str(error))
