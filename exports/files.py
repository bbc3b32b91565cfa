"""Files that are whole or not there: written beside their place, then moved into it."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkstemp

from models.errors import UserError


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A new empty file beside `path` that takes its place at the end; on any error `path` stays as it was.
    Raises UserError where the folder or the file does not take it."""
    try:
        handle, name = mkstemp(prefix=".", suffix=".part", dir=path.parent)
    except OSError as error:
        raise UserError(f"不能写入这个文件夹（{error.strerror}），请换一个位置：{path.parent}") from None
    os.close(handle)
    part = Path(name)
    try:
        yield part
        _put(part, path)
    except OSError as error:
        raise UserError(f"不能写出文件（{error.strerror}），请关闭正打开着它的程序，或换一个位置：{path}") from None
    finally:
        part.unlink(missing_ok=True)


def _put(part: Path, path: Path) -> None:
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.chmod(0o644)
    os.replace(part, path)
