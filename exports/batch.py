"""Writes many books in several processes, into folders per unit, with progress and without half-written files."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.sheets.sheet import Book
from exports.writers import FORMATS, File, Look, writer
from models.errors import UserError, cause

FEW = 6  # books below which a second process does not pay
PATIENCE = 120  # seconds for one book; far more than an old computer needs


@dataclass(frozen=True)
class Job:
    """A book to be written into a folder in these formats (names of exports.writers); `profile` and `black` concern PDF
    only.
    """

    folder: Path
    book: Book
    formats: tuple[str, ...] = FORMATS
    profile: str = "sheet"
    black: bool = False

    @property
    def look(self) -> Look:
        """Page profile and black printing."""
        return self.profile, self.black


def write(jobs: Sequence[Job], done: Callable[[int], None] = lambda n: None) -> list[Path]:
    """Write every job and return the paths, sorted; `done` gets the number of finished books. Raises UserError at the
    first that cannot be written.
    """
    for folder in sorted({j.folder for j in jobs}):
        ready(folder)
    paths: list[Path] = []
    for n, made in enumerate(_made(jobs), 1):
        paths += made
        done(n)
    return sorted(paths)


def _made(jobs: Sequence[Job]) -> Iterable[list[Path]]:
    workers = min(os.cpu_count() or 1, 4, len(jobs) // FEW)
    if workers < 2:
        yield from map(write_job, jobs)
        return
    import multiprocessing  # imported late: the window's start does without

    left = dict(enumerate(jobs))
    with multiprocessing.get_context("spawn").Pool(
        workers
    ) as pool:  # leaving the block kills the processes, also those that hang
        answers = pool.imap_unordered(_numbered, list(left.items()))
        while left:
            try:
                n, paths = answers.next(timeout=PATIENCE)
            except multiprocessing.TimeoutError:  # a process was killed or hangs: the rest is written here
                break
            del left[n]
            yield paths
    yield from map(write_job, left.values())


def _numbered(job: tuple[int, Job]) -> tuple[int, list[Path]]:
    return job[0], write_job(job[1])


def ready(folder: Path) -> None:
    """Make the folder. Raises UserError where files cannot be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder.not-made", cause=cause(error), folder=folder) from None
    if not os.access(folder, os.W_OK):
        raise UserError("folder.read-only", folder=folder)


def write_job(job: Job) -> list[Path]:
    """Write one book; returns the paths of its files."""
    made = files(job)
    for file in made:
        file.write()
    return [file.path for file in made]


def files(job: Job) -> list[File]:
    """The files of one book, in the order of its formats."""
    return [file for name in job.formats for file in writer(name).files(job.folder, job.book, job.look)]
