"""A store that is not whole: one sentence on every way in, with the backup to go back to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from main import program
from models.store import backup, connection
from models.store.data_folder import FILE
from models.workspace import Workspace

SAYS = "数据文件损坏，请从备份恢复（restore）"


def run(folder: Path, *args: str) -> Result:
    return CliRunner().invoke(program, ["--data", str(folder), *args], catch_exceptions=False)


def overwrite(path: Path) -> None:
    """4 KB in the middle of a store are something else from now on."""
    size = path.stat().st_size
    with path.open("rb+") as f:
        f.seek(size // 2 // 4096 * 4096)
        f.write(b"\xa5" * 4096)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def junk(path: Path) -> None:
    path.write_bytes(b"PK\3\4" * 4000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    space = Workspace.create(tmp_path / "w", "unit", ["瓦屋塘镇"])
    backup.make(space.store.db, space.folder / "backups")
    space.close()
    return space.folder


@pytest.mark.parametrize("damage", [overwrite, empty, junk])
@pytest.mark.parametrize(
    "args",
    [("verify",), ("check",), ("forms", "--out", "x"), ("backup",), ("status",), ("load", "main.py")],
    ids=lambda a: a[0],
)
def test_every_command_says_it_in_one_sentence(folder: Path, damage: Callable[[Path], None], args: tuple[str]) -> None:
    damage(folder / FILE)
    before = (folder / FILE).read_bytes()
    told = run(folder, *args)
    newest = backup.backups(folder / "backups")[0]
    assert told.exit_code == 1
    assert told.stderr == f"{SAYS}，没有动它：{folder / FILE}；最近的备份：{newest}\n"
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize("args", [("verify",), ("backup",)], ids=lambda a: a[0])
def test_a_store_too_large_to_look_through_tells_at_its_first_error(
    folder: Path, args: tuple[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Workspace.open(folder).store.db.conn as conn:  # every page after the first is lost
        pages = conn.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name IN ('tasks', 'cover', 'history')"
        ).fetchall()
    conn.close()
    with (folder / FILE).open("rb+") as f:
        for (page,) in pages:
            f.seek((page - 1) * 4096)
            f.write(b"\xa5" * 4096)
    monkeypatch.setattr(connection, "CHEAP", 0)
    told = run(folder, *args)
    assert (told.exit_code, SAYS in told.stderr, "malformed" in told.stderr) == (1, True, False)


def test_without_a_backup_it_says_so(folder: Path) -> None:
    for path in (folder / "backups").iterdir():
        path.unlink()
    overwrite(folder / FILE)
    assert "数据文件夹里没有备份" in run(folder, "check").stderr


def test_the_way_out_works(folder: Path) -> None:
    overwrite(folder / FILE)
    assert run(folder, "restore", str(backup.backups(folder / "backups")[0])).exit_code == 0
    assert run(folder, "verify").exit_code == 0
