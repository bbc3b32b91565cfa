"""A key to which nothing can be encrypted is refused where it comes in, and stops nobody else's files."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exports.incoming.work_team import card
from exports.package.container import read, write_zip
from exports.package.envelope import seal
from exports.package.keyring import Keyring
from main import program
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

UNIT, CODE, OTHER = "瓦屋塘镇", "430527106", "长铺镇"
JUNK = "age1junk"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    made = Desk.county(tmp_path / "county")
    yield made
    made.close()


def signed_with(path: Path, signer: str, to: tuple[str, ...], keys: tuple[str, ...], **about: object) -> Path:
    """The file with other words in its manifest, rightly signed."""
    parcel = read(path.read_bytes(), keys)
    path.write_bytes(seal(write_zip({**parcel.manifest.block(), **about}, dict(parcel.members)), signer, to))
    return path


def first_submission(county: Desk, folder: Path, recipient: object) -> Path:
    desk = Desk(folder)
    desk.load(county.hand_out(UNIT))
    desk.fill()
    ring = Keyring(desk.work)
    made = signed_with(desk.submit(), ring.signer, ring.to_county, Keyring(county.work).identities, recipient=recipient)
    desk.close()
    return made


def command(desk: Desk, *args: str) -> Result:
    desk.close()
    return CliRunner().invoke(program, ["--data", str(desk.folder), *args], catch_exceptions=False)


@pytest.mark.parametrize("recipient", [JUNK, "词", [JUNK], {"a": 1}, 7, "AGE-SECRET-KEY-1"])
def test_a_submission_with_an_unusable_key_is_refused_and_enrols_nobody(
    county: Desk, tmp_path: Path, recipient: object
) -> None:
    [found] = county.load(first_submission(county, tmp_path / "pc", recipient))
    assert found.result == "refused"
    assert found.message
    assert Keyring(county.work).keys.devices(CODE) == []
    assert county.work.store.rows("tasks", CODE, PERIOD) == []


def test_a_store_that_has_such_a_key_hands_out_to_all_others_and_names_the_unit(county: Desk, tmp_path: Path) -> None:
    county.hand_out(UNIT)
    Keyring(county.work).keys.enrol("ab" * 32, CODE, JUNK, "旧电脑")
    told = command(county, "handout", "--out", str(tmp_path / "out"))
    names = [p.name for p in (tmp_path / "out").glob("*任务包*")]
    assert len(names) == len(county.work.plan.units) - 1
    assert not [n for n in names if n.startswith(CODE)]
    assert told.exit_code == 1
    assert told.stderr == (
        f"{UNIT}登记的电脑（旧电脑）收件密钥“{JUNK}”无效，没有给{UNIT}写文件；"
        f"请给{UNIT}补发任务包（handout --again --unit {CODE}），它装入后重新传出\n"
    )


def test_the_way_out_that_is_named_works(county: Desk, tmp_path: Path) -> None:
    county.hand_out(UNIT)
    Keyring(county.work).keys.enrol("ab" * 32, CODE, JUNK, "旧电脑")
    told = command(county, "handout", "--again", "--unit", CODE, "--out", str(tmp_path / "out"))
    assert told.exit_code == 0, told.output
    assert command(county, "handout", "--out", str(tmp_path / "all")).exit_code == 0
    assert len(list((tmp_path / "all").glob("*任务包*"))) == len(county.work.plan.units)


def test_a_team_with_an_unusable_key_is_not_registered(county: Desk, tmp_path: Path) -> None:
    team = Workspace.create(tmp_path / "team", "team", action="CY")
    path = tmp_path / "card.qd"
    path.write_bytes(card(team).data)
    signed_with(path, Keyring(team).signer, (), (), recipient=JUNK)
    team.close()
    [found] = county.load(path)
    assert (found.result, Keyring(county.work).teams) == ("refused", {})


def test_a_team_key_that_is_unusable_stops_no_hand_out_and_no_submission(county: Desk, tmp_path: Path) -> None:
    Keyring(county.work).keys.set("teams", f'{{"CY": {{"recipient": "{JUNK}", "signer": "{"ab" * 32}"}}}}')
    desk = Desk(tmp_path / "pc")
    desk.load(county.hand_out(UNIT))
    desk.fill()
    assert county.results(desk.submit()) == ["accepted"]
    desk.close()
    told = command(county, "handout", "--out", str(tmp_path / "out"))
    assert told.exit_code == 1
    assert told.stderr.startswith(county.work.plan.action("CY").name)
    assert len(list((tmp_path / "out").glob("*任务包*"))) == len(county.work.plan.units)


def test_a_hand_out_whose_county_key_is_unusable_is_refused(county: Desk, tmp_path: Path) -> None:
    path = county.hand_out(UNIT)
    ring = Keyring(county.work)
    about = {**asdict(ring.county), "recipients": [ring.recipient, JUNK]}
    desk = Desk(tmp_path / "pc")
    [found] = desk.load(signed_with(path, ring.signer, (), ring.identities, county=about))
    assert found.result == "refused"
    assert "密钥无效，没有装入" in found.message
    assert desk.space is None
