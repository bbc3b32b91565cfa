"""A work team reads what its units report, and hands the originals on: the office checks the units' own signatures."""

import zipfile
from pathlib import Path

import pytest

from exports.incoming.work_team import card, card_name, forward, handout_name, team_handout
from exports.outgoing.write_out import write_out
from exports.package.container import write_zip
from exports.package.envelope import seal
from exports.package.keyring import Keyring
from models.county.consolidation import Consolidation
from models.county.unit_states import states
from models.errors import UserError
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

A, ACTION = "县科工局", "CY"


@pytest.fixture
def county(tmp_path: Path) -> Desk:
    return Desk.county(tmp_path / "county")


@pytest.fixture
def team(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path / "team", Workspace.create(tmp_path / "team", "team", action=ACTION))
    desk.work.set({"current": PERIOD})
    return desk


def known(county: Desk, team: Desk) -> list[str]:
    """The office loads the team's card."""
    return county.results(write_out(card(team.work), team.out, card_name(team.work)))


def reports(county: Desk, folder: Path, name: str = A) -> Desk:
    """A unit that has loaded its hand-out and filled in October."""
    unit = Desk(folder)
    unit.load(county.hand_out(name))
    unit.fill()
    return unit


def state_of(desk: Desk, name: str) -> tuple[str, bool]:
    found = next(s for s in states(desk.work, desk.work.plan.period(PERIOD)) if s.unit.short == name)
    return found.state, found.verified


def test_what_the_team_forwards_is_the_original_and_counts_as_signed(county: Desk, team: Desk, tmp_path: Path) -> None:
    assert known(county, team) == ["accepted"]
    unit = reports(county, tmp_path / "unit")
    sent = unit.submit()
    assert team.results(sent) == ["accepted"]
    mine = Consolidation(team.work, team.work.plan.period(PERIOD))
    assert [u.short for u in mine.units if u.code in mine.contexts] == [A]
    assert state_of(team, A)[1] is False, "only the office has the codes"
    path, count = forward(team.work, team.work.plan.period(PERIOD), tmp_path / "stick")
    assert count == 1
    with zipfile.ZipFile(path) as zipped:
        assert [zipped.read(n) for n in zipped.namelist()] == [sent.read_bytes()]
    assert county.results(path) == ["accepted"]
    assert state_of(county, A)[1] is True
    assert county.lines(A) == unit.lines(A)
    assert county.results(sent) == ["unchanged"], "the same file straight from the unit"


def test_a_team_opens_only_its_own_action_and_only_after_the_hand_out_names_it(
    county: Desk, team: Desk, tmp_path: Path
) -> None:
    early = reports(county, tmp_path / "early")
    assert team.results(early.submit()) == ["refused"], "written before the team was known"
    known(county, team)
    early.load(county.hand_out(A))
    assert team.results(early.submit()) == ["accepted"], "the next hand-out names the team"
    outside = next(
        u for u in county.work.plan.units if all(t.action != ACTION for t, _ in county.work.plan.tasks_of(u.code))
    )
    other = reports(county, tmp_path / "other", outside.short)
    assert team.results(other.submit()) == ["refused"]


def test_the_office_knows_a_team_once_and_says_when_its_computer_is_another(
    county: Desk, team: Desk, tmp_path: Path
) -> None:
    found = county.load(write_out(card(team.work), team.out, "卡.qd"), dry_run=True)
    assert found[0].result == "accepted"
    assert "指纹" in found[0].message
    assert Keyring(county.work).teams == {}, "looking changes nothing"
    assert [known(county, team), known(county, team)] == [["accepted"], ["unchanged"]]
    new = Desk(tmp_path / "new", Workspace.create(tmp_path / "new", "team", action=ACTION))
    again = county.load(write_out(card(new.work), new.out, "卡.qd"))[0]
    assert "换掉原来登记的那台电脑" in again.message
    assert Keyring(county.work).teams[ACTION]["recipient"] == Keyring(new.work).recipient
    unit = reports(county, tmp_path / "unit")
    refused = unit.load(write_out(card(team.work), team.out, "卡.qd"))[0]
    assert (refused.result, "领导小组办公室装入" in refused.message) == ("refused", True)


def test_a_team_takes_over_the_plan_of_its_office(county: Desk, team: Desk, tmp_path: Path) -> None:
    action = county.work.plan.action(ACTION)
    assert team_handout(county.work, action) is None, "nobody knows the team yet"
    known(county, team)
    county.work.set({"current": "2024-11"})
    parcel = team_handout(county.work, action)
    assert parcel is not None
    path = write_out(parcel, county.out, handout_name(action, parcel))
    assert team.results(path) == ["accepted"]
    assert team.work.period.id == "2024-11"
    other = Desk(tmp_path / "other", Workspace.create(tmp_path / "other", "team", action="MS"))
    assert other.results(path) == ["refused"]


def test_nothing_to_forward_and_originals_that_are_gone(county: Desk, team: Desk, tmp_path: Path) -> None:
    period = team.work.plan.period(PERIOD)
    with pytest.raises(UserError, match="还没有收到2024年10月的上报包"):
        forward(team.work, period, tmp_path / "stick")
    known(county, team)
    team.load(reports(county, tmp_path / "unit").submit())
    for file in (team.folder / "received").iterdir():
        file.unlink()
    with pytest.raises(UserError, match="原件不见了"):
        forward(team.work, period, tmp_path / "stick")
    assert list((tmp_path / "stick").iterdir()) == []
    with pytest.raises(UserError, match="本机不是专班"):
        forward(county.work, period, tmp_path / "stick")


def test_what_is_not_understood_of_a_card_is_named(county: Desk, team: Desk, tmp_path: Path) -> None:
    made, path = card(team.work), tmp_path / "card.qd"
    path.write_bytes(seal(write_zip({**made.manifest.block(), "fax": "0739-0000001"}, {}), Keyring(team.work).signer))
    [found] = county.load(path)
    assert (found.result, "“fax”" in found.message) == ("accepted", True)
