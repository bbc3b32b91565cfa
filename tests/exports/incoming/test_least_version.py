"""The county may ask for a least version of the program; an older one is told so, and nothing happens to its data."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import exports.outgoing.handout
from main import program
from models.reporting.version_code import PROGRAM, is_older
from tests.travel import Desk

UNIT = "瓦屋塘镇"
NEWER = "98.0.0"


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [
        ("0.2.0", "0.3.0", True),
        ("0.9.9", "0.10", True),
        ("0.3", "0.3.0", False),
        ("1.0.0", "0.9.9", False),
        ("0.2.0", "", False),
    ],
)
def test_versions_are_compared_as_numbers(version: str, than: str, older: bool) -> None:
    assert is_older(version, than) is older


def newer_county(monkeypatch: pytest.MonkeyPatch, folder: Path) -> Desk:
    """A county whose program is far newer than ours, and that asks the units to follow."""
    county = Desk.county(folder)
    monkeypatch.setattr(exports.outgoing.handout, "PROGRAM", NEWER)
    exports.outgoing.handout.require(county.work, "97.1")
    return county


def test_an_older_program_begins_nothing_with_such_a_hand_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    county, unit = newer_county(monkeypatch, tmp_path / "county"), Desk(tmp_path / "unit")
    [arrival] = unit.load(county.hand_out(UNIT))
    told = f"县里要求程序至少是97.1版，本机是{PROGRAM}版；没有装入，请先更新程序，再装入这份任务包"
    assert (arrival.result, arrival.message) == ("refused", told)
    assert unit.space is None
    assert not (tmp_path / "unit" / "qingdan.db").exists()
    county.close()


def test_an_older_program_keeps_its_data_as_they_were(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    unit.submit()
    county.close()
    before = list(unit.work.store.db.conn.iterdump())
    newer = newer_county(monkeypatch, tmp_path / "newer")
    assert unit.load(newer.hand_out(UNIT))[0].message.startswith("县里要求程序至少是97.1版")
    assert list(unit.work.store.db.conn.iterdump()) == before
    for desk in (newer, unit):
        desk.close()


def test_a_hand_out_without_such_a_wish_is_loaded(tmp_path: Path) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    exports.outgoing.handout.require(county.work, PROGRAM)
    assert unit.results(county.hand_out(UNIT)) == ["accepted"]
    exports.outgoing.handout.require(county.work, "")
    assert county.work.settings["least"] is None
    for desk in (county, unit):
        desk.close()


def test_the_command_says_what_it_asks_for_and_keeps_it(tmp_path: Path) -> None:
    def say(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(program, ["--data", str(tmp_path), *words])
        return done.exit_code, done.output

    say("init", "--role", "office")
    out = ("handout", "--out", str(tmp_path / "out"), "--unit", UNIT)
    wished = f"已写出1个任务包（要求程序至少是{PROGRAM}版）"
    assert wished in say(*out, "--least", PROGRAM)[1]
    assert wished in say(*out)[1]
    assert say(*out, "--least", "三版") == (1, "各单位的程序至少要：“三版”不像这一栏的内容，请按“0.3.0”的样子填写\n")
    code, told = say(*out, "--least", NEWER)
    assert (code, f"至少是{NEWER}版：本机自己才是{PROGRAM}版" in told) == (1, True)
    assert wished in say(*out)[1]
    assert "要求" not in say(*out, "--least", "")[1]
