"""Property: loading in any order and any number of times gives the same state, through the real `load` on real files:
revisions, a return that was answered, a conflict with the decision about it, and one that waits for a person.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.incoming.conflicts import conflict, decide_cells
from models.county.unit_states import states
from models.ledger.ledger import Ledger
from models.ledger.return_comments import answer
from models.workspace import Workspace
from tests.effort import cases
from tests.travel import PERIOD, Desk

A, B, C = "瓦屋塘镇", "长铺镇", "县科工局"


class Set:
    """The files, the county to which none of them came, and the state that all of them make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        county = Desk.county(folder / "county")
        self.files: list[Path] = []
        pcs = {u: self._pc(county, u) for u in (A, B, C)}
        self._revisions(county, pcs[A])
        decided = self._fork(pcs[B], "b")
        self._fork(pcs[C], "c")
        county.load(*decided)
        found = conflict(county.work, county.work.plan.unit(B).code, PERIOD)
        decide_cells(found, {c.place: n % 2 for n, c in enumerate(found.asked)})
        self.decision = Ledger(county.work.store).of(found.unit, PERIOD, "decision")[0]
        county.load(*self.files)
        self.comments = county.work.store.rows("comments", county.work.plan.unit(A).code, PERIOD)
        self.end = self.state(county.work)
        county.close()
        for pc in pcs.values():
            pc.close()

    def _pc(self, county: Desk, unit: str) -> Desk:
        desk = Desk(self.folder / unit)
        desk.load(county.hand_out(unit))
        desk.fill()
        self._send(desk)
        return desk

    def _send(self, desk: Desk) -> Path:
        path = desk.submit()
        self.files.append(path)
        return path

    def _revisions(self, county: Desk, pc: Desk) -> None:
        """Three revisions, the third of which answers a return."""
        pc.write("tasks", 1, "note", "第二版")
        county.load(self._send(pc))
        pc.load(county.send_back(A, ("tasks", 2, "note", "请补充"), ("tasks", 3, "note", "请核实")))
        pc.write("tasks", 2, "note", "补充了")
        comments = pc.work.store.rows("comments", pc.work.units[0].code, PERIOD)
        pc.work.apply(answer(comments[1], "answered", "已核实，没有问题"), "答复")
        self._send(pc)

    def _fork(self, pc: Desk, name: str) -> list[Path]:
        """Two PCs go on from the same report without each other."""
        shutil.copytree(pc.folder, self.folder / name)
        other = Desk(self.folder / name, Workspace.open(self.folder / name))
        for desk, word in ((pc, "甲"), (other, "乙")):
            for row in (1, 2):
                desk.write("tasks", row, "note", f"{word}{row}")
        pc.write("tasks", 4, "note", "只有甲")
        other.write("tasks", 5, "note", "只有乙")
        found = [self._send(pc), self._send(other)]
        other.close()
        return found

    def fresh(self, folder: Path) -> Workspace:
        """The county as it was, with the return that it wrote and the decision that it took."""
        shutil.copytree(self.folder / "county", folder)
        space = Workspace.open(folder)
        with space.store.db.atomic():
            for table in ("packages", "arrivals", "lineage", *(f.name for f in space.forms), "statements", "reasons"):
                space.store.db.execute(f"DELETE FROM {table}")
            space.store.db.execute("UPDATE comments SET state='open', answer=NULL")
            Ledger(space.store).keep(self.decision)
        return space

    def state(self, space: Workspace) -> list[list[tuple[Any, ...]]]:
        """Everything that counts."""
        units = [space.plan.unit(u) for u in (A, B, C)]
        found = {s.unit.code: (s.state, s.revision) for s in states(space, space.plan.period(PERIOD))}
        names = [*(f.name for f in space.forms), "statements", "reasons", "comments"]
        lines = [(n, u.code, space.store.rows(n, u.code, PERIOD)) for n in names for u in units]
        return [[found[u.code] for u in units], lines]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Set:
    return Set(tmp_path_factory.mktemp("set"))


def test_the_set_has_what_it_should(made: Set) -> None:
    assert len(made.files) == 9
    assert [s for s, _ in made.end[0]] in (["late", "late", "conflict"], ["submitted", "submitted", "conflict"])
    assert sorted(c["state"] for c in made.comments) == ["answered", "changed"]


@settings(max_examples=cases(8, 300), suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_order_and_any_repetition_end_in_the_same_state(made: Set, data: st.DataObject) -> None:
    from exports.incoming.load import load

    order = data.draw(st.permutations(made.files))
    again = data.draw(st.lists(st.sampled_from(made.files), max_size=6))
    places = data.draw(st.lists(st.integers(0, len(order)), min_size=len(again), max_size=len(again)))
    files = list(order)
    for place, path in zip(places, again, strict=True):
        files.insert(place, path)
    with tempfile.TemporaryDirectory() as name:
        space = made.fresh(Path(name) / "county")
        try:
            for path in files:
                load(space.folder, space, [path])
            assert made.state(space) == made.end
        finally:
            space.close()
