"""A journal that a kill left behind never meets another store than its own, whatever takes the store's place."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from exports.outgoing.handout import handout
from exports.outgoing.write_out import send
from main import program
from models.reporting.sample import fill
from models.restore import restore, verify
from models.store import backup
from models.store.data_folder import FILE
from models.workspace import Workspace

HERE = Path(__file__).parent
SEEDS = range(1000 if os.environ.get("QINGDAN_TORTURE") == "full" else 20)
MINE = "430527106"


def tear(store: Path, seed: int) -> None:
    """Leave a store as a program does that was killed in the middle of a commit."""
    command = [sys.executable, str(HERE / "torn_writer.py"), str(store), str(seed)]
    assert subprocess.run(command, check=False).returncode == 9
    assert journal(store).stat().st_size > 512


def journal(store: Path) -> Path:
    return store.with_name(store.name + "-journal")


def content(folder: Path) -> tuple[int, str]:
    """The number of task lines and the person; the store is sound and has nothing of a torn commit."""
    space = Workspace.open(folder)
    try:
        assert verify(space.store) == []
        assert space.store.conn.execute("SELECT count(*) FROM plan_files WHERE digest='torn'").fetchone() == (0,)
        return len(space.store.rows("tasks", MINE, "2024-10")), space.person
    finally:
        space.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A filled workspace, closed, and a backup of it from before its last edits."""
    space = Workspace.create(tmp_path_factory.mktemp("made") / "w", "unit", ["瓦屋塘镇"])
    fill(space, space.plan.period("2024-10"))
    copy = backup.make(space.store.db, space.folder / "backups")
    fill(space, space.plan.period("2024-11"))
    space.set({"person": "备份以后改的"})
    space.close()
    return space.folder, copy


@pytest.fixture
def torn(made: tuple[Path, Path], tmp_path: Path) -> Callable[[int], Path]:
    """Copies of that workspace, each torn in its own way."""

    def tear_one(seed: int) -> Path:
        folder = tmp_path / str(seed)
        shutil.copytree(made[0], folder)
        tear(folder / FILE, seed)
        return folder

    return tear_one


def lose(folder: Path) -> None:
    """The store goes, as into the quarantine of a virus scanner; its journal stays."""
    (folder / FILE).rename(folder.parent / f"{folder.name}.quarantine")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_backup_restored_beside_an_old_journal_is_as_it_was(torn: Callable[[int], Path], seed: int) -> None:
    folder = torn(seed)
    lose(folder)
    told = CliRunner().invoke(program, ["--data", str(folder), "restore", str(backup.backups(folder / "backups")[0])])
    assert told.exit_code == 0, told.output
    assert content(folder) == (plan_lines(folder), "")
    assert not [p for p in folder.glob(f"{FILE}-*") if p.stat().st_size]


def plan_lines(folder: Path) -> int:
    space = Workspace.open(folder)
    count = len(space.plan.tasks_of(MINE))
    space.close()
    return count


@pytest.mark.parametrize("seed", SEEDS)
def test_a_new_workspace_beside_an_old_journal_is_sound(torn: Callable[[int], Path], seed: int) -> None:
    folder = torn(seed)
    lose(folder)
    Workspace.create(folder, "unit", ["瓦屋塘镇"]).close()
    assert content(folder) == (0, "")


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_a_first_hand_out_beside_an_old_journal_is_sound(
    torn: Callable[[int], Path], new_space: Callable[..., Workspace], tmp_path: Path, seed: int
) -> None:
    folder, office = torn(seed), new_space(role="office")
    file = send(office, handout(office, office.plan.unit(MINE)), tmp_path / "out")
    lose(folder)
    told = CliRunner().invoke(program, ["--data", str(folder), "load", str(file)])
    assert told.exit_code == 0, told.output
    assert content(folder) == (0, "")


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_a_torn_store_that_gives_way_is_kept_with_what_mends_it(torn: Callable[[int], Path], seed: int) -> None:
    folder = torn(seed)
    kept = restore(folder, backup.backups(folder / "backups")[0])
    assert content(folder)[1] == ""
    assert kept is not None
    assert restore(folder, kept) is not None
    assert content(folder)[1] == "备份以后改的"


def test_a_torn_store_kept_elsewhere_is_read_with_its_journal(torn: Callable[[int], Path], tmp_path: Path) -> None:
    folder = torn(1)
    before = {p.name: p.read_bytes() for p in folder.glob(f"{FILE}*")}
    restore(tmp_path / "新", folder / FILE)
    assert content(tmp_path / "新")[1] == "备份以后改的"
    assert {p.name: p.read_bytes() for p in folder.glob(f"{FILE}*")} == before


@pytest.mark.parametrize("lost", [False, True], ids=["beside the old store", "the old store is gone"])
def test_a_power_cut_at_any_step_leaves_each_store_its_own_journal(
    torn: Callable[[int], Path], made: tuple[Path, Path], tmp_path: Path, lost: bool
) -> None:
    first, new = torn(3), made[1]
    for n in range(1, 30):
        folder = tmp_path / f"cut{n}"
        shutil.copytree(first, folder)
        if lost:
            lose(folder)
        shutil.copyfile(new, folder / "restored.part")
        names = [str(folder / name) for name in ("restored.part", FILE, "replaced-1.db")]
        ended = subprocess.run([sys.executable, str(HERE / "cut_placement.py"), *names, str(n)], check=False)
        if (folder / FILE).exists():
            assert content(folder)[1] == ("" if lost or (folder / "replaced-1.db").exists() else "备份以后改的")
        kept = [folder / "replaced-1.db"] if (folder / "replaced-1.db").exists() else []
        restore(folder, new)
        assert content(folder)[1] == ""
        for old in kept:
            restore(folder, old)
            assert content(folder)[1] == "备份以后改的"
        assert lost or kept or list(folder.glob("replaced-*.db"))
        if ended.returncode == 0:
            return
    raise AssertionError("the placement never ended")
