"""A county and a unit that most tests of travelling files begin with; some make their own in its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from exports.sample_month import hand_in
from models.county.consolidation import Consolidation
from models.workspace import Workspace
from tests.travel import Desk


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    """The county's office in October."""
    desk = Desk.county(tmp_path / "county")
    yield desk
    desk.close()


@pytest.fixture
def pc(tmp_path: Path, county: Desk) -> Iterator[Desk]:
    """The PC of 瓦屋塘镇: the county's hand-out is loaded, October is filled in."""
    desk = Desk(tmp_path / "pc")
    desk.load(county.hand_out("瓦屋塘镇"))
    desk.fill()
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def consolidated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consolidation]:
    """A county's October with faults, after a whole September; to be read only."""
    space = Workspace.create(tmp_path_factory.mktemp("county"), "office")
    period = space.plan.period("2024-10")
    hand_in(space, space.plan.period("2024-09"))
    hand_in(space, period, faults=True)
    yield Consolidation(space, period)
    space.close()
