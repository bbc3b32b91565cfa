"""Whatever people do to a workbook: it reads back equal, or as a listed problem, and nothing changes silently."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exports.readback.result import WorkbookReading
from exports.readback.sandbox import Sandbox
from exports.readback.workbook import read_workbook
from forms.evidence import Files
from forms.kind import Unreadable
from models.reporting.sample import fill
from models.store.change import inverse
from models.workspace import Workspace
from tests.effort import HANG, SEED, cases
from tests.exports.readback.people import Meant, Person, written


class Room:
    """A filled workspace, its workbook, and the second process that opens files."""

    def __init__(self, folder: Path, apart: Sandbox) -> None:
        self.space = Workspace.create(folder / "space", "unit", ("县科工局",))
        self.space.set({"current": "2024-10"})
        fill(self.space, self.space.period)
        self.folder, self.apart = folder, apart
        self.honest = written(self.space, folder / "honest.xlsx").read_bytes()
        self.ctx = self.space.context(self.space.units[0].code, self.space.period)
        self.rows = self.ctx.rows

    def worked_on(self, seed: int, acts: int, name: str = "a.xlsx") -> tuple[Path, Meant]:
        path = self.folder / name
        path.write_bytes(self.honest)
        person = Person(self.space, path, Random(seed))
        person.do(acts)
        return path, person.save()

    def read(self, path: Path) -> WorkbookReading:
        return read_workbook(path.read_bytes(), self.space, self.apart)

    def expected(self, meant: Meant) -> tuple[dict[Any, str], set[tuple[str, str]]]:
        """The cells that must change, as people read them; and the records with a cell that nobody can read."""
        cells, bad = {}, set()
        for (form, id, name), typed in meant.cells.items():
            if id in meant.deleted:
                continue
            row = self.space.form(form).complete(next(r for r in self.rows[form] if r["id"] == id), self.ctx)
            f = self.space.form(form).field(name).of(row)  # 八成 is 80 in a line that is measured in %
            text = (
                f"{typed:%Y-%m-%d}"
                if hasattr(typed, "year")
                else f"{typed:g}"
                if isinstance(typed, float)
                else str(typed)
            )
            text = "7.123456" if typed == 7.123456 else text
            try:
                value = f.parse(text, 2024)
            except Unreadable:
                bad.add((form, id))
                continue
            if f.kind.show(value) != f.kind.show(row[name]) and not isinstance(f.kind, Files):
                cells[form, id, name] = f.kind.show(value)
        return cells, bad


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with Sandbox() as apart:
        made = Room(tmp_path_factory.mktemp("room"), apart)
        yield made
        made.space.close()


def changed(reading: WorkbookReading) -> dict[tuple[str, str, str], str]:
    return {(d.form, d.record, d.field): d.after for d in reading.differences if not d.new and d.field != "evidence"}


@given(seed=st.integers(0, 2**32), acts=st.integers(1, 12))
@example(seed=253, acts=3)  # 八成 typed into an indicator that is measured in %
@settings(max_examples=cases(12, 500))
def test_equal_or_a_listed_problem_and_never_a_silent_change(room: Room, seed: int, acts: int) -> None:
    path, meant = room.worked_on(seed, acts)
    reading = room.read(path)
    cells, bad = room.expected(meant)
    assert changed(reading) == cells
    assert {g.changes[0].id for g in reading.gone} <= meant.deleted
    assert reading.added == len(meant.new) + len(meant.copied) - sum("完全一样" in p.why for p in reading.problems)
    assert len(reading.problems) >= len(bad)
    room.space.apply(reading.changes, "装入工作簿")
    try:
        again = room.read(path)
        assert not again.changes, "a workbook that was taken in says nothing new"
    finally:
        room.space.apply(inverse(reading.changes), "撤销")


def converted(folder: Path, paths: list[Path]) -> list[Path]:
    """The files as LibreOffice saves them."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "this test needs LibreOffice: apt-get install libreoffice-calc"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    out = folder / "resaved"
    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=HANG)
    return [out / p.name for p in paths]


@pytest.mark.torture
def test_a_folder_saved_again_by_libreoffice_reads_back_completely(room: Room) -> None:
    worked = [room.worked_on(SEED + n, 10, f"{n}.xlsx") for n in range(cases(3, 40))]
    untouched = room.folder / "untouched.xlsx"
    untouched.write_bytes(room.honest)
    saved = converted(room.folder, [untouched, *(path for path, _ in worked)])
    as_written = room.read(saved[0])
    assert (as_written.changes, as_written.problems, as_written.gone, as_written.notes) == ([], [], [], [])
    for (path, meant), again in zip(worked, saved[1:], strict=True):
        first, second = room.read(path), room.read(again)
        assert changed(second) == changed(first) == room.expected(meant)[0]
        assert [p.line for p in second.problems] == [p.line for p in first.problems]
        assert (second.added, len(second.gone)) == (first.added, len(first.gone))
