"""57 files at once, bad ones among them, by the command line; and a load killed in the middle."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.workspace import Workspace
from tests.mixed_files import BAD, GOOD, copy_of, fill_bag
from tests.travel import PERIOD, Desk

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of a county to which nothing came yet, and the 57 files."""
    county, files = fill_bag(tmp_path_factory.mktemp("bag"))
    county.close()
    return county.folder, files


def run(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    args = [sys.executable, "main.py", "--data", str(folder), *map(str, words)]
    return subprocess.run(args, cwd=ROOT, capture_output=True, text=True, check=False)


def state(folder: Path) -> list[tuple[object, ...]]:
    """Everything that counts at a county: the state of every unit, and all lines."""
    from models.county.unit_states import states

    space = Workspace.open(folder)
    try:
        found = [(s.unit.code, s.state, s.revision) for s in states(space, space.plan.period(PERIOD))]
        lines = [(f.name, u.code, space.store.rows(f.name, u.code, PERIOD)) for f in space.forms for u in space.units]
        return [*found, *lines]
    finally:
        space.close()


def test_one_bad_file_never_stops_the_others(bag: tuple[Path, Path]) -> None:
    folder = copy_of(bag[0], "once")
    assert len(list(bag[1].iterdir())) == 57
    done = run(folder, "load", bag[1], "--json")
    found = {Path(a["path"]).name: a for a in json.loads(done.stdout)}
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    results = [a["result"] for a in found.values()]
    assert (results.count("accepted"), results.count("unchanged"), results.count("refused")) == (GOOD, 1, len(BAD))
    for name, why in BAD.items():
        assert found[name]["result"] == "refused"
        assert why in found[name]["message"]
        assert f"{name}: " in done.stderr
    refused = {p.name for p in (folder / "refused").iterdir()}
    assert refused == {*BAD, "原因.txt"}
    status = json.loads(run(folder, "status", "--json").stdout)
    assert [u["state"] for u in status["units"]].count("missing") == len(status["units"]) - GOOD
    again = json.loads(run(folder, "load", bag[1], "--json").stdout)
    assert [a["result"] for a in again].count("unchanged") == GOOD + 1
    assert {p.name for p in (folder / "refused").iterdir()} == refused


def test_killed_in_the_middle_and_started_again_it_ends_in_the_same_state(bag: tuple[Path, Path]) -> None:
    calm, broken = copy_of(bag[0], "calm"), copy_of(bag[0], "broken")
    run(calm, "load", bag[1])
    for before in (200, 700):
        args = [sys.executable, "tests/killed.py", str(before), "--data", str(broken), "load", str(bag[1])]
        assert subprocess.run(args, cwd=ROOT, capture_output=True).returncode == 86
    half = [s for s in state(broken)[:65] if s[1] != "missing"]
    assert 0 < len(half) < GOOD
    run(broken, "load", bag[1])
    assert state(broken) == state(calm)


def test_the_desk_of_a_unit_is_not_the_countys(bag: tuple[Path, Path], tmp_path: Path) -> None:
    """A unit that loads a bag of others' submissions takes none of them."""
    county = Desk(copy_of(bag[0], "for-a-unit"), Workspace.open(bag[0].with_name("for-a-unit")))
    unit = Desk(tmp_path / "unit")
    unit.load(county.hand_out("水口乡"))
    before = unit.lines("水口乡")
    assert set(unit.results(bag[1])) == {"refused"}
    assert unit.lines("水口乡") == before
    for desk in (county, unit):
        desk.close()
