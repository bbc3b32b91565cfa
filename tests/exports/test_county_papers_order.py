"""The same files in any order, some of them twice: the county's figures come out the same."""

import shutil
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.sample_month import hand_in
from models.county.consolidation import Consolidation
from models.county.rollup import TREES, Node, tree
from models.county.scoring import Scoring
from models.county.standings import standings
from models.plan.plan import Plan
from models.workspace import Workspace
from tests.effort import cases
from tests.travel import PERIOD, Desk

ALONE, AGAIN, APART = "长铺镇", "县残联", "瓦屋塘镇"


def figures(space: Workspace) -> dict[str, Any]:
    """Everything that wall, summary and bulletin print, but the time at which this computer took the files in."""
    whole = Consolidation(space, space.plan.period(PERIOD))
    return {
        "standings": [{n: v for n, v in r.items() if n != "received"} for r in standings(whole)],
        "progress": whole.progress(),
        "lamps": whole.lamps(),
        "obstacles": whole.open_obstacles(),
        "scores": Scoring(whole, date(2024, 11, 1)).rows(),
        "trees": [_totals(tree(whole, t)) for t in TREES],
    }


def _totals(node: Node) -> tuple[Any, ...]:
    return node.path, dict(node.totals), [e.row["id"] for e in node.entries], [_totals(c) for c in node.children]


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A county's empty folder, and files: one unit's, another's two revisions, two of a third that do not know each
    other, and what is none of ours.
    """
    folder = tmp_path_factory.mktemp("month")
    county = Desk.county(folder / "county")
    units = {n: Desk(folder / f"unit{k}") for k, n in enumerate((ALONE, AGAIN, APART))}
    second = Desk(folder / "second")
    for name, desk in units.items():
        desk.load(county.hand_out(name))
        desk.fill(seed=1)
    second.load(county.hand_out(APART))
    second.fill(seed=7)
    files = [units[ALONE].submit(), units[AGAIN].submit(), units[APART].submit(), second.submit()]
    units[AGAIN].write("tasks", 1, "note", "第二次报的")
    files.append(units[AGAIN].submit())
    for desk in (county, second, *units.values()):
        desk.close()
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"x" * 500)
    (folder / "torn.qd").write_bytes(files[0].read_bytes()[:700])
    with zipfile.ZipFile(folder / "all.zip", "w") as zipped:
        for n, file in enumerate(files[:2]):
            zipped.write(file, f"改过名字{n}.dat")
    return folder / "county", [*files, folder / "photo.jpg", folder / "torn.qd", folder / "all.zip"]


def taken(folder: Path, to: Path, files: Sequence[Path]) -> dict[str, Any]:
    """The figures after a fresh copy of the county has loaded the files one after the other."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to)
    desk = Desk(to, Workspace.open(to))
    try:
        for file in files:
            desk.load(file)
        return figures(desk.work)
    finally:
        desk.close()


@settings(max_examples=cases(12, 200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_order_and_repetition_do_not_matter(
    month: tuple[Path, list[Path]], tmp_path: Path, data: st.DataObject
) -> None:
    folder, files = month
    order = data.draw(st.permutations(range(len(files))))
    twice = data.draw(st.lists(st.sampled_from(range(len(files))), max_size=4))
    got = taken(folder, tmp_path / "any", [files[n] for n in (*order, *twice)])
    assert got == taken(folder, tmp_path / "plain", files)


def test_what_the_files_come_to(month: tuple[Path, list[Path]], tmp_path: Path, plan: Plan) -> None:
    """The reference itself: the second revision counts, the conflict counts nothing and is named, others are missing."""
    got = taken(month[0], tmp_path / "plain", month[1])
    code = {n: plan.unit(n).code for n in (ALONE, AGAIN, APART)}
    states = {r["unit"]: (r["state"], r["revision"]) for r in got["standings"]}
    assert states[code[ALONE]] == ("late", 1)
    assert states[code[AGAIN]] == ("late", 2)
    assert states[code[APART]][0] == "conflict"
    assert sum(s == "missing" for s, _ in states.values()) == len(states) - 3
    assert set(got["lamps"]) == {code[ALONE], code[AGAIN]}
    assert sum(r["lines"] for r in got["progress"]) == sum(len(plan.tasks_of(code[n])) for n in (ALONE, AGAIN))


def test_a_county_month_with_faults_loaded_again_from_its_folder_stays_what_it_is(tmp_path: Path) -> None:
    """What `demo --faults` makes at the office, then `load` of the folder in which the originals are kept."""
    county = Desk.county(tmp_path / "county")
    count = hand_in(county.work, county.work.plan.period(PERIOD), faults=True)
    before = figures(county.work)
    results = county.results(tmp_path / "county" / "received")
    assert results == ["unchanged"] * count
    assert figures(county.work) == before
    assert sum(r["findings"] for r in before["standings"]) > 0
    assert 0 < sum(r["state"] == "missing" for r in before["standings"]) == 65 - count
