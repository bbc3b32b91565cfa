"""Fixtures that every room uses, and the rules of every run: fixed cases, one limit for waits, any order."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from models.plan.plan import Plan
from models.plan.reader import read_built_in
from models.workspace import Workspace
from tests.effort import SEED, TORTURE, cases

# No deadline: a slow or busy machine is no fault. No database: a run knows nothing of the run before.
settings.register_profile("usual", derandomize=True, deadline=None, database=None)
settings.register_profile("torture", derandomize=False, deadline=None, database=None, max_examples=cases(100, 2000))
settings.load_profile("torture" if TORTURE else "usual")

collect_ignore = [] if TORTURE else ["torture"]  # whose cases are too many, or come when the clock says


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--shuffle", type=int, metavar="SEED", help="run modules, and the tests of each, in another order")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "torture: tries more cases, and others, under dev.py torture")


def shuffled(items: list[pytest.Item], seed: int) -> list[pytest.Item]:
    """The tests in an order that the seed decides; those of one module stay neighbours, for what they share is costly."""
    order, modules = Random(seed), dict[Path, list[pytest.Item]]()
    for item in items:
        modules.setdefault(item.path, []).append(item)
    groups = list(modules.values())
    order.shuffle(groups)
    for group in groups:
        order.shuffle(group)
    return [item for group in groups for item in group]


@pytest.hookimpl(tryfirst=True)  # the marks must be there when -m chooses
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        explores = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if explores or "torture" in item.path.parts:
            item.add_marker("torture")
    seed = config.getoption("shuffle")
    if seed is not None:
        items[:] = shuffled(items, seed)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Under torture, the command that repeats each find."""
    if not TORTURE:
        return
    failed = [r for kind in ("failed", "error") for r in terminalreporter.getreports(kind)]
    count = f" --count {TORTURE}" if TORTURE.isdigit() else ""
    for name in sorted({r.nodeid.split("::")[-1].partition("[")[0] for r in failed if hasattr(r, "nodeid")}):
        terminalreporter.write_line(f"再来一次：python3 dev.py torture {name} --seed {SEED}{count}")


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
