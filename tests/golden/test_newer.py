"""Files of a newer program, with one form and one field more: taken in, named, and read again after the update. Written by
make_newer.py; all of it is sample data.
"""

import gzip
import sqlite3
from pathlib import Path

import pytest

from exports.package.keyring import Keyring
from exports.package.manifest import read_block, unknown_item_keys, unknown_keys
from exports.package.versions import beyond_program
from models.errors import sentence
from models.ledger.ledger import Ledger
from models.refusals import TOO_NEW
from models.workspace import Workspace
from tests.golden import frozen
from tests.newer import newer_program, run
from tests.travel import PERIOD, Desk

GOLDEN = Path(__file__).parent / "newer"
UNIT = "瓦屋塘镇"
NAMED = "“宣传信息”的“阅读量”栏、“走访清单”整张表"


@pytest.fixture
def office(tmp_path: Path) -> Desk:
    """The office of today's program, to which the unit has not reported."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "qingdan.db").write_bytes(gzip.decompress((GOLDEN / "county.db.gz").read_bytes()))
    desk = Desk(folder, Workspace.open(folder))
    desk.work.set({"current": PERIOD})
    return desk


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return newer_program(tmp_path_factory.mktemp("newer") / "program")


def visits(folder: Path) -> list[tuple[str]]:
    """The companies visited, as the store of the newer program has them."""
    with sqlite3.connect(folder / "qingdan.db") as conn:
        return conn.execute("SELECT company FROM visits").fetchall()


def reads(folder: Path) -> list[tuple[str]]:
    """The figures in the new column."""
    with sqlite3.connect(folder / "qingdan.db") as conn:
        return conn.execute("SELECT reads FROM publicity WHERE reads IS NOT NULL").fetchall()


def test_what_is_not_understood_is_named_and_kept(office: Desk) -> None:
    [found] = office.load(GOLDEN / "submission.qd")
    assert found.result == "accepted"
    assert NAMED in found.message
    assert "原件留着，程序更新后自动补读" in found.message
    assert len(office.lines(UNIT)["publicity"]) > 0
    [package] = Ledger(office.work.store).of("", PERIOD, "submission", "in")
    assert package.about["unread"] == ["field:publicity.reads", "form:visits"]
    assert (office.folder / package.file).read_bytes() == (GOLDEN / "submission.qd").read_bytes()
    office.close()


def test_after_the_update_the_original_is_read_again(office: Desk, newer: Path) -> None:
    office.load(GOLDEN / "submission.qd")
    office.close()
    first, again = (run(newer, "--data", office.folder, "status") for _ in range(2))
    assert (first.returncode, "补读了瓦屋塘镇2024年10月第1版" in first.stderr) == (0, True), first.stderr
    assert "补读" not in again.stderr
    assert (visits(office.folder), reads(office.folder)) == ([("示例企业",)], [("1万+",)])
    same = run(newer, "--data", office.folder, "load", GOLDEN / "submission.qd")
    assert "已装入过，无变化" in same.stdout


def test_an_office_that_still_runs_0_2_refuses_it_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "qingdan.db").write_bytes(gzip.decompress((GOLDEN / "county.db.gz").read_bytes()))
    done = frozen.run("v0_2", "--data", tmp_path, "load", GOLDEN / "submission.qd", cwd=tmp_path)
    assert done.returncode == 1
    assert sentence(TOO_NEW) in done.stderr


def test_an_office_that_still_runs_0_2_takes_what_says_nothing_new(tmp_path: Path) -> None:
    office = tmp_path / "office"
    for words in (("init", "--role", "office"), ("handout", "--out", tmp_path / "out", "--unit", UNIT)):
        assert frozen.run("v0_2", "--data", office, *words, cwd=tmp_path).returncode == 0
    pc = Desk(tmp_path / "pc")
    assert pc.results(tmp_path / "out") == ["accepted"]
    pc.work.set({"current": PERIOD})
    pc.fill()
    pc.submit()
    pc.close()
    done = frozen.run("v0_2", "--data", office, "load", pc.out, cwd=tmp_path)
    assert (done.returncode, "第1版已装入" in done.stdout) == (0, True), done.stderr


def test_the_words_for_what_is_new_stand_in_critical(office: Desk) -> None:
    import json
    import zipfile
    from io import BytesIO

    from exports.package.envelope import unseal

    inner = unseal((GOLDEN / "submission.qd").read_bytes(), Keyring(office.work).identities)[1]
    with zipfile.ZipFile(BytesIO(inner)) as zipped:
        block = json.loads(zipped.read("datapackage.json"))["qingdan"]
    assert block["critical"] == ["field:publicity.reads", "form:visits"]
    office.close()


def test_what_an_older_program_wrote_as_nothing_is_nothing() -> None:
    block = {
        "kind": "handout", "unit": "", "unit_name": None, "period": PERIOD, "plan": {"year": 2024}, "signer": "0" * 64,
        "created": "2024-10-01T00:00:00+08:00", "county": {"signer": "0" * 64, "recipients": []},
    }  # fmt: skip
    assert read_block(block).unit_name == ""


@pytest.mark.parametrize(
    ("more", "words"),
    [({"fax": "1"}, ["fax"]), ({"fax": ""}, []), ({"plan": {"year": 2024, "seal": "x"}}, ["plan.seal"])],
)
def test_a_key_counts_as_unknown_only_with_something_in_it(more: dict[str, object], words: list[str]) -> None:
    block = {"kind": "receipt", "unit": "", "period": "", "plan": {"year": 2024}, "signer": "0" * 64, "created": ""}
    assert unknown_keys({**block, **more}, read_block({**block, **more})) == words


def test_unknown_keys_of_a_receipts_items_are_named() -> None:
    note = {"form": "", "row": 1, "field": "", "reported": "", "value": "", "reason": "", "extra": 5}
    items = [{"period": PERIOD, "counts": "", "revision": 1, "score": "9", "notes": [note]}]
    assert unknown_item_keys(items) == ["receipt.score", "receipt.notes.extra"]


@pytest.mark.parametrize("path", ["data/tasks.json", "data/2024-10/x/tasks.csv", "maps/a.png"])
def test_a_member_of_a_kind_nobody_knows_is_named(path: str) -> None:
    assert beyond_program({path: b"x"}, []) == [f"member:{path if path.startswith('data') else 'maps'}"]


def test_a_lost_original_stops_no_command(office: Desk, newer: Path) -> None:
    office.load(GOLDEN / "submission.qd")
    office.close()
    for kept in (office.folder / "received").iterdir():
        kept.unlink()
    done = run(newer, "--data", office.folder, "status")
    assert (done.returncode, "原件不见了" in done.stderr) == (0, True), done.stderr
