"""A county and a unit that most tests of travelling files begin with; some make their own in its place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
