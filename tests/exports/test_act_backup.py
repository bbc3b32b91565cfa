"""The county is backed up by itself before and after each of its acts, once, and only where something changed."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from exports.incoming.conflicts import conflict, decide, undo_load
from main import program
from models.ledger.intake_log import IntakeLog
from models.plan_editing.draft import PlanDraft
from models.plan_editing.publish import put_in_force
from models.restore import whose
from models.store import backup
from tests.travel import PERIOD, Desk

UNIT, CODE, OTHER = "瓦屋塘镇", "430527106", "长铺镇"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.county(tmp_path / "county")
    yield desk
    desk.close()


def copies(county: Desk) -> list[Path]:
    """The backups in the office's folder, oldest first; each can be gone back to."""
    found = backup.backups(county.folder / "backups")[::-1]
    assert {whose(p).role for p in found} <= {"office"}
    return found


def submissions(copy: Path) -> int:
    with closing(sqlite3.connect(copy)) as db:
        return int(db.execute("SELECT count(*) FROM packages WHERE kind='submission'").fetchone()[0])


def sent(county: Desk, tmp_path: Path, name: str, *units: str) -> list[Path]:
    """A filled submission of each unit."""
    files = []
    for n, unit in enumerate(units):
        desk = Desk(tmp_path / f"{name}{n}")
        desk.load(county.hand_out(unit))
        desk.fill(seed=n + 1)
        files.append(desk.submit())
        desk.close()
    return files


def emptied(county: Desk) -> None:
    for path in copies(county):
        path.unlink()


def test_a_load_of_many_files_makes_one_backup_before_and_one_after(county: Desk, tmp_path: Path) -> None:
    files = sent(county, tmp_path, "unit", UNIT, OTHER)
    emptied(county)
    assert county.results(*files) == ["accepted", "accepted"]
    assert [submissions(p) for p in copies(county)] == [0, 2]


def test_a_load_that_changes_nothing_makes_none(county: Desk, tmp_path: Path) -> None:
    files = sent(county, tmp_path, "unit", UNIT)
    county.load(*files)
    before = copies(county)
    assert [a.result for a in county.load(*files, dry_run=True)] == ["unchanged"]
    assert copies(county) == before


def test_nothing_new_since_the_newest_backup_needs_no_backup_before(county: Desk, tmp_path: Path) -> None:
    first, second = sent(county, tmp_path, "unit", UNIT, OTHER)
    county.load(first)
    before = copies(county)
    county.load(second)
    assert len(copies(county)) == len(before) + 1


def test_the_next_run_knows_what_the_newest_backup_holds(county: Desk, tmp_path: Path) -> None:
    first, second = sent(county, tmp_path, "unit", UNIT, OTHER)
    county.load(first)
    before = copies(county)
    county.close()
    told = CliRunner().invoke(program, ["--data", str(county.folder), "load", str(second)])
    assert told.exit_code == 0, told.output
    assert len(copies(county)) == len(before) + 1


def test_hand_outs_of_all_units_are_one_act(county: Desk, tmp_path: Path) -> None:
    county.close()
    told = CliRunner().invoke(program, ["--data", str(county.folder), "handout", "--out", str(tmp_path / "out")])
    assert told.exit_code == 0, told.output
    assert len(copies(county)) == 2


def test_a_return_a_plan_and_a_load_undone_are_acts(county: Desk, tmp_path: Path) -> None:
    county.load(*sent(county, tmp_path, "unit", UNIT))
    number = len(copies(county))
    county.send_back(UNIT, ("tasks", 1, "progress", "请写具体"))
    assert len(copies(county)) == number + 1
    work = county.work
    texts = dict(work.plan.texts)
    texts["plan"] = texts["plan"].replace("绥宁县", "示例县")
    put_in_force(work, {**PlanDraft(work).texts, **texts})
    assert len(copies(county)) == number + 2
    undo_load(work, IntakeLog(work.store).last_load())
    assert len(copies(county)) == number + 3


def test_settling_a_conflict_is_an_act(county: Desk, tmp_path: Path) -> None:
    pack = county.hand_out(UNIT)
    for name, seed in (("a", 1), ("b", 2)):
        desk = Desk(tmp_path / name)
        desk.load(pack)
        desk.fill(seed=seed)
        county.load(desk.submit())
        desk.close()
    number = len(copies(county))
    decide(county.work, CODE, PERIOD, conflict(county.work, CODE, PERIOD).standing.heads[0].id)
    assert len(copies(county)) == number + 1


def test_a_backup_that_cannot_be_made_stops_no_act(county: Desk, tmp_path: Path) -> None:
    files = sent(county, tmp_path, "unit", UNIT)
    emptied(county)
    (county.folder / "backups").rmdir()
    (county.folder / "backups").write_text("a file where the folder would be")
    assert county.results(*files) == ["accepted"]


def test_a_unit_is_not_backed_up_by_a_load(county: Desk, tmp_path: Path) -> None:
    desk = Desk(tmp_path / "unit")
    desk.load(county.hand_out(UNIT))
    desk.load(county.hand_out(UNIT))
    assert backup.backups(desk.folder / "backups") == []
    desk.close()
