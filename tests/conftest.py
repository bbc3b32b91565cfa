"""Fixtures that every room uses: the shipped plan, and workspaces in a fresh folder."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from models.plan.plan import Plan
from models.plan.reader import read_built_in
from models.workspace import Workspace

settings.register_profile("untimed", deadline=None)  # a slow or busy machine is no fault
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan that ships with the program."""
    return read_built_in()


@pytest.fixture
def new_space(tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    """Makes workspaces in fresh folders and closes them afterwards: new_space("瓦屋塘镇") or new_space(role="office")."""
    made: list[Workspace] = []

    def make(*units: str, role: str = "unit", **more: str) -> Workspace:
        made.append(Workspace.create(tmp_path / f"workspace{len(made)}", role, units, **more))
        return made[-1]

    yield make
    for space in made:
        space.close()


@pytest.fixture
def space(new_space: Callable[..., Workspace]) -> Workspace:
    """The workspace of one township."""
    return new_space("瓦屋塘镇")
