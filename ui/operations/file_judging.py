"""Judges files one by one in the window (看、装入); what takes long before the first outcome is done in a thread."""

import logging
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path

from exports.incoming.load import steps
from exports.incoming.outcome import Outcome
from exports.incoming.received_days import MONTH
from exports.incoming.workbooks import Answer
from exports.readback.foreign_table import ForeignTable, is_foreign, read_foreign
from exports.readback.raw_cells import open_worksheets
from exports.readback.sandbox import Sandbox
from models.refusals import Refused
from models.workspace import Workspace
from ui.operations.work import Wait, beside

log = logging.getLogger("qingdan")


def judged(
    space: Workspace,
    paths: Sequence[Path],
    dry_run: bool,
    only: Container[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    apart: Sandbox | None = None,
) -> Iterator[Outcome | Wait]:
    """The outcome of each file, from exports.incoming.load; WAIT while a thread works. The first workbook, which takes
    longest, is opened in a thread first, so that the window responds and the work can be cancelled. `apart` is a
    sandbox to use instead of a new one. A file of another month says so, and is loaded where somebody ticks it.
    """
    book = next((p for p in paths if p.suffix.lower() == ".xlsx" and (only is None or str(p) in only)), None)
    with Sandbox() as own:
        used = apart or own
        if book is not None:
            yield from beside(lambda: _open(book, used))
        yield from (a for _, a in steps(space.folder, space, paths, dry_run, only, answers, used, (MONTH,)))


def kept_in(made: list[Outcome], work: Iterator[Outcome | Wait]) -> Iterator[Outcome | Wait]:
    """Passes `work` on and adds each outcome to `made`, so that the outcomes are kept even where it ends
    with an error.
    """
    for item in work:
        if isinstance(item, Outcome):
            made.append(item)
        yield item


def foreign_tables(name: str, data: bytes, apart: Sandbox) -> Iterator[list[ForeignTable] | Wait | None]:
    """The worksheets of a foreign table, read in a thread; None where it is no foreign table. Raises Refused."""

    def read() -> list[ForeignTable] | None:
        return read_foreign(name, data, apart) if is_foreign(data, apart) else None

    yield (yield from beside(read))


def _open(book: Path, apart: Sandbox) -> None:
    """Open a workbook in the sandbox ahead of its turn; errors are reported when its turn comes."""
    try:
        open_worksheets(book.read_bytes(), apart)
    except (Refused, OSError):
        return  # reported at its turn
    except Exception:  # the same bug occurs at its turn; the files before it are judged all the same
        log.exception("opening %s ahead", book)
