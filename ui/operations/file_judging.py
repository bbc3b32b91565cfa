"""Files judged bit by bit in the window; what takes long before the first answer is done beside it."""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from exports.incoming.load import steps
from exports.incoming.workbooks import Answer
from exports.readback.foreign_table import Foreign, is_foreign, read_foreign
from exports.readback.raw_cells import open_pages
from exports.readback.sandbox import Apart
from models.refusals import Refused
from models.workspace import Workspace
from ui.operations.slices import beside


def judged(
    space: Workspace,
    paths: Sequence[Path],
    dry_run: bool,
    only: Container[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    apart: Apart | None = None,
) -> Iterator[object]:
    """What becomes of each file, as exports.incoming.load says it. The first workbook is opened in a thread before, which
    takes the longest of it: the window is not held up, and the work can be stopped. `apart` is asked in place of a
    process of its own, if there is one already.
    """
    book = next((p for p in paths if p.suffix.lower() == ".xlsx" and (only is None or str(p) in only)), None)
    with Apart() as own:
        used = apart or own
        if book is not None:
            yield from beside(lambda: _opened(book, used))
        yield from (a for _, a in steps(space.folder, space, paths, dry_run, only, answers, used))


def foreign_tables(name: str, data: bytes, apart: Apart) -> Iterator[list[Foreign] | None]:
    """The sheets of a table that somebody made himself, read beside the window; None where it is no such table. Raises
    Refused.
    """
    told: list[list[Foreign] | Refused | None] = []

    def read() -> None:
        try:
            told.append(read_foreign(name, data, apart) if is_foreign(data, apart) else None)
        except Refused as why:
            told.append(why)

    yield from beside(read)
    found = told[0] if told else None
    if isinstance(found, Refused):
        raise found
    yield found


def _opened(book: Path, apart: Apart) -> None:
    """Open it; what is wrong with it is told when it is its turn."""
    with suppress(Refused, OSError):
        open_pages(book.read_bytes(), apart)
