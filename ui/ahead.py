"""Files judged bit by bit in the window; what takes long before the first answer is done beside it."""

from collections.abc import Container, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from exports.apart import Apart
from exports.arrival import steps
from exports.envelope import Refused
from exports.opening import open_pages
from models.workspace import Workspace
from ui.slices import beside


def judged(space: Workspace, paths: Sequence[Path], dry_run: bool, only: Container[str] | None) -> Iterator[object]:
    """What becomes of each file, as exports.arrival says it. The first workbook is opened in a thread before, which
    takes the longest of it: the window is not held up, and the work can be stopped.
    """
    book = next((p for p in paths if p.suffix.lower() == ".xlsx" and (only is None or str(p) in only)), None)
    with Apart() as apart:
        if book is not None:
            yield from beside(lambda: _opened(book, apart))
        yield from (a for _, a in steps(space.folder, space, paths, dry_run, only, apart=apart))


def _opened(book: Path, apart: Apart) -> None:
    """Open it; what is wrong with it is told when it is its turn."""
    with suppress(Refused, OSError):
        open_pages(book.read_bytes(), apart)
