"""Many books at once: folders per unit, workbooks and papers, in two processes, with progress and no half files."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from exports.sheets.sheet import Book, Sheet
from models.errors import UserError, cause

FORMATS = ("xlsx", "pdf")
FEW = 6  # books below which a second process does not pay
PATIENCE = 120  # seconds for one book; far more than an old computer needs


@dataclass(frozen=True)
class Job:
    """A book to be written into a folder, in these formats; `profile` and `black` are for paper."""

    folder: Path
    book: Book
    formats: tuple[str, ...] = FORMATS
    profile: str = "sheet"
    black: bool = False


def write(jobs: Sequence[Job], done: Callable[[int], None] = lambda n: None) -> list[Path]:
    """Write every job; `done` is told how many books are finished. Raises UserError on the first that cannot be."""
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
    import multiprocessing  # a window opens without it

    left = dict(enumerate(jobs))
    with multiprocessing.get_context("spawn").Pool(
        workers
    ) as pool:  # its end takes the processes along, whatever they do
        answers = pool.imap_unordered(_numbered, list(left.items()))
        while left:
            try:
                n, paths = answers.next(timeout=PATIENCE)
            except multiprocessing.TimeoutError:  # a process was killed, or does not answer: the rest is written here
                break
            del left[n]
            yield paths
    yield from map(write_job, left.values())


def _numbered(job: tuple[int, Job]) -> tuple[int, list[Path]]:
    return job[0], write_job(job[1])


def ready(folder: Path) -> None:
    """Make the folder, or say why files cannot be put there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"不能在这里建立文件夹（{cause(error)}），请换一个位置：{folder}") from None
    if not os.access(folder, os.W_OK):
        raise UserError(f"这个文件夹不能写入，请换一个位置：{folder}")


def write_job(job: Job) -> list[Path]:
    """Write one book: one workbook with all its sheets, one PDF per sheet."""
    paths: list[Path] = []
    if "xlsx" in job.formats:
        from exports.excel.workbook import write_workbook

        paths.append(job.folder / f"{job.book.name}.xlsx")
        write_workbook(paths[-1], job.book)
    if "pdf" in job.formats:
        from exports.pdf.painter import write_pdf

        for number, sheet in enumerate(job.book.sheets, 1):
            paths.append(job.folder / f"{job.book.name}_{number}{sheet.form.title}.pdf")
            write_pdf(paths[-1], _alone(job.book, sheet), job.profile, job.black)
    return paths


def _alone(book: Book, sheet: Sheet) -> Book:
    return replace(book, title=f"{book.title}{sheet.form.title}", sheets=(sheet,))
