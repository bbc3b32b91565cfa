"""Files of a newer program at a unit, and manifest keys: taken in, named, and read again by themselves after the update.
Written by make_newer.py; all of it is sample data.
"""

import gzip
import json
import sqlite3
from pathlib import Path

import pytest

from models.ledger.ledger import UNREAD, Ledger
from models.store.change import Change
from models.workspace import Workspace
from tests.golden.make_newer import FEEDBACK, OUT, PERIOD, UNIT
from tests.newer import newer_program, run
from tests.travel import Desk

LATER = "原件留着，程序更新后自动补读"
READS = "SELECT reads FROM publicity WHERE reads IS NOT NULL"
VISITS = "SELECT company FROM visits"
AUTHORS = "SELECT author FROM publicity WHERE author='示例乙'"
REPLY_BY = "SELECT reply_by FROM comments ORDER BY position"


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newer_program(tmp_path_factory.mktemp("newer") / "program")


def desk(folder: Path, store: Path) -> Desk:
    """A workspace of today's program whose golden store this is."""
    folder.mkdir()
    (folder / "qingdan.db").write_bytes(gzip.decompress(store.read_bytes()))
    return Desk(folder, Workspace.open(folder))


@pytest.fixture
def unit(tmp_path: Path) -> Desk:
    """The unit whose second submission the newer office decided against."""
    return desk(tmp_path / "unit", FEEDBACK / "unit.db.gz")


def rows(folder: Path, sql: str) -> list[str]:
    """The values of one column in a store."""
    with sqlite3.connect(folder / "qingdan.db") as conn:
        return [r[0] for r in conn.execute(sql)]


def details(folder: Path, kind: str) -> dict[str, object]:
    """The details of the last file of a kind in the ledger."""
    found = rows(folder, f"SELECT about FROM packages WHERE kind='{kind}' ORDER BY at, rowid")
    kept: dict[str, object] = json.loads(found[-1])
    return kept


def update(newer: Path, folder: Path) -> str:
    """The newer program opens the workspace; what it reports on stderr."""
    done = run(newer, "--data", folder, "plan")
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_a_hand_outs_rows_that_are_here_get_the_new_column_too(newer: Path, tmp_path: Path) -> None:
    pc = Desk(tmp_path / "pc")
    [first] = pc.load(OUT / "handout.qd")
    assert (first.result, LATER in first.message) == ("accepted", True)
    assert pc.results(OUT / "handout.qd") == ["unchanged"]
    pc.close()
    assert "补读了瓦屋塘镇2024年12月任务包：“宣传信息”的“阅读量”栏、“走访清单”整张表" in update(newer, pc.folder)
    assert (rows(pc.folder, VISITS), rows(pc.folder, READS)) == (["示例企业"], ["1万+"])
    assert "补读" not in update(newer, pc.folder)
    assert "已装入过，无变化" in run(newer, "--data", pc.folder, "load", OUT / "handout.qd").stdout


def test_what_the_unit_wrote_or_deleted_since_is_as_it_was(newer: Path, tmp_path: Path) -> None:
    pc = Desk(tmp_path / "pc")
    pc.load(OUT / "handout.qd")
    first, *rest = pc.work.store.rows("publicity", pc.work.units[0].code, PERIOD)
    pc.work.apply([Change("publicity", first["id"], {"title": first["title"]}, {"title": "改过"})], "填写")
    pc.work.apply([Change("publicity", r["id"], dict(r), None) for r in rest], "删除")
    pc.close()
    update(newer, pc.folder)
    assert rows(pc.folder, "SELECT title FROM publicity") == ["改过"]
    assert rows(pc.folder, READS) == ["1万+"]


def test_an_own_submission_brought_back_is_completed_after_the_update(newer: Path, tmp_path: Path) -> None:
    office, pc = desk(tmp_path / "office", OUT / "county.db.gz"), Desk(tmp_path / "pc")
    pc.load(office.hand_out(UNIT))
    [own] = pc.load(OUT / "submission.qd")
    assert (own.result, LATER in own.message) == ("accepted", True)
    pc.close()
    office.close()
    assert details(pc.folder, "submission")[UNREAD] == ["field:publicity.reads", "form:visits"]
    update(newer, pc.folder)
    assert (rows(pc.folder, VISITS), rows(pc.folder, READS)) == (["示例企业"], ["1万+"])
    assert UNREAD not in details(pc.folder, "submission")


def test_a_receipts_merged_rows_get_the_new_column_too(unit: Desk, newer: Path) -> None:
    [found] = unit.load(FEEDBACK / "receipt.qd")
    assert (found.result, LATER in found.message) == ("accepted", True)
    unit.close()
    assert "补读了瓦屋塘镇2024年10月回执" in update(newer, unit.folder)
    assert rows(unit.folder, READS) == ["1万+"]
    assert rows(unit.folder, AUTHORS) == ["示例乙"]  # what the unit wrote itself
    assert UNREAD not in details(unit.folder, "receipt")


def test_a_returns_comments_get_the_new_column_too(unit: Desk, newer: Path) -> None:
    [found] = unit.load(FEEDBACK / "return.qd")
    assert (found.result, LATER in found.message) == ("accepted", True)
    unit.close()
    assert "补读了瓦屋塘镇2024年10月退回单：“退回意见”的“答复期限”栏" in update(newer, unit.folder)
    assert rows(unit.folder, REPLY_BY) == ["10月31日", None]


def test_a_lost_original_is_asked_for_and_the_file_is_completed_when_it_comes_again(unit: Desk, newer: Path) -> None:
    unit.load(FEEDBACK / "return.qd")
    unit.close()
    for kept in (unit.folder / "received").iterdir():
        kept.unlink()
    assert "原件不见了，没有补读；请再装入一次它" in update(newer, unit.folder)
    again = run(newer, "--data", unit.folder, "load", FEEDBACK / "return.qd")
    assert "程序更新后补读了" in again.stdout
    assert rows(unit.folder, REPLY_BY) == ["10月31日", None]
    assert "原件不见了" not in update(newer, unit.folder)


def test_a_lost_original_is_kept_again_before_the_update_too(unit: Desk) -> None:
    unit.load(FEEDBACK / "return.qd")
    [kept] = (unit.folder / "received").iterdir()
    kept.unlink()
    assert unit.results(FEEDBACK / "return.qd") == ["unchanged"]
    assert kept.read_bytes() == (FEEDBACK / "return.qd").read_bytes()
    unit.close()


def test_manifest_keys_are_in_the_countys_ledger_after_the_update(newer: Path, tmp_path: Path) -> None:
    office = desk(tmp_path / "office", FEEDBACK / "county.db.gz")
    office.work.set({"current": PERIOD})  # the submission's month; that of another one waits
    [found] = office.load(FEEDBACK / "submission.qd")
    assert (found.result, "“phone”" in found.message) == ("accepted", True)
    assert Ledger(office.work.store).partly_read()[0].about[UNREAD] == ["key:phone"]
    office.close()
    assert "补读了瓦屋塘镇2024年10月第1版：“phone”" in update(newer, office.folder)
    kept = details(office.folder, "submission")
    assert (kept["phone"], UNREAD in kept) == ("0739-0000000", False)


def test_manifest_keys_of_a_hand_out_are_kept_after_the_update(newer: Path, tmp_path: Path) -> None:
    pc = Desk(tmp_path / "pc")
    [found] = pc.load(FEEDBACK / "handout.qd")
    assert (found.result, "“county.fax”" in found.message) == ("accepted", True)
    pc.close()
    update(newer, pc.folder)
    [county] = rows(pc.folder, "SELECT value FROM secrets WHERE name='county'")
    assert json.loads(county)["fax"] == "0739-0000001"
