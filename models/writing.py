"""Never half a file: written beside the target, flushed, then put in its place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from models.errors import UserError, cause


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
            raise UserError(f"文件没有写成（{cause(error)}），原来的文件没有动：{path}") from None
    finally:
        with suppress(OSError):
            part.unlink()
