"""Restoring: from a whole backup only, never over what stands, and nothing hidden comes along."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from models.errors import UserError
from models.reporting.sample import fill
from models.restore import restore, verify, whose
from models.store import backup
from models.store.data_folder import FILE
from models.workspace import Workspace


@pytest.fixture
def copy(space: Workspace, tmp_path: Path) -> Path:
    """A backup of a filled workspace, which is then closed."""
    fill(space, space.plan.period("2024-10"))
    made = backup.make(space.store.db, tmp_path / "b")
    space.set({"person": "备份以后改的"})
    space.close()
    return made


def content(folder: Path) -> tuple[int, str]:
    space = Workspace.open(folder)
    rows, person = space.store.rows("tasks", "430527106", "2024-10"), space.person
    assert verify(space.store) == []
    space.close()
    return len(rows), person


def test_a_restored_workspace_is_as_it_was_and_the_other_is_kept(space: Workspace, copy: Path) -> None:
    count = len(space.plan.tasks_of("430527106"))
    kept = restore(space.folder, copy)
    assert content(space.folder) == (count, "")
    assert kept is not None
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("SELECT person FROM settings").fetchall() == [("备份以后改的",)]


def test_a_lost_folder_is_rebuilt(space: Workspace, copy: Path, tmp_path: Path) -> None:
    assert restore(tmp_path / "新的 文件夹", copy) is None
    assert content(tmp_path / "新的 文件夹")[0] > 20


def test_a_damaged_store_gives_way_to_the_backup(space: Workspace, copy: Path) -> None:
    (space.folder / FILE).write_bytes(b"\0" * 9000)
    restore(space.folder, copy)
    assert content(space.folder)[0] > 20


@pytest.mark.parametrize("damage", ["cut", "flip", "other", "none"])
def test_what_is_no_sound_backup_changes_nothing(space: Workspace, copy: Path, damage: str) -> None:
    data = copy.read_bytes()
    flipped = data[:100] + bytes(b ^ 255 for b in data[100:400]) + data[400:]
    new = {"cut": data[: len(data) // 2], "flip": flipped, "other": b"PK\3\4" * 400}.get(damage)
    copy.unlink() if new is None else copy.write_bytes(new)
    before = (space.folder / FILE).read_bytes()
    with pytest.raises(UserError):
        restore(space.folder, copy)
    assert (space.folder / FILE).read_bytes() == before
    assert [p.name for p in space.folder.glob("restored*")] == []


def test_a_workspace_in_use_is_not_replaced(space: Workspace, tmp_path: Path) -> None:
    made = backup.make(space.store.db, tmp_path / "b")
    with pytest.raises(UserError, match="另一个"):
        restore(space.folder, made)
    assert space.settings["role"] == "unit"


def test_a_trigger_hidden_in_a_backup_does_not_come_along(space: Workspace, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db:
        db.execute("CREATE TRIGGER t AFTER UPDATE ON tasks BEGIN DELETE FROM projects; END")
        db.commit()
    restore(space.folder, copy)
    with closing(sqlite3.connect(space.folder / FILE)) as db:
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE type='trigger'").fetchone() == (0,)


def test_a_backup_of_another_workspace_is_not_taken_for_ones_own(
    space: Workspace, copy: Path, new_space: Callable[..., Workspace]
) -> None:
    office = new_space(role="office")
    office.close()
    before = (office.folder / FILE).read_bytes()
    with pytest.raises(UserError, match=r"这是2024年.*瓦屋塘镇.*的备份，本机是2024年.*没有恢复.*--anyway"):
        restore(office.folder, copy)
    assert (office.folder / FILE).read_bytes() == before
    other = new_space("县残联")
    other.close()
    with pytest.raises(UserError, match="瓦屋塘镇"):
        restore(other.folder, copy)
    assert restore(other.folder, copy, anyway=True) is not None
    assert content(other.folder)[0] > 20


def test_an_earlier_backup_may_have_fewer_units(copy: Path, new_space: Callable[..., Workspace]) -> None:
    both = new_space("县残联", "瓦屋塘镇")
    both.close()
    assert restore(both.folder, copy) is not None


def test_a_backup_tells_whose_it_is_without_being_touched(copy: Path) -> None:
    before = copy.read_bytes()
    owner = whose(copy)
    assert (owner.role, owner.units, owner.plan.year) == ("unit", ("430527106",), 2024)
    assert owner.plan.find("periods", owner.period) is not None
    assert copy.read_bytes() == before


def test_a_store_without_settings_is_nobodys_backup(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute("DELETE FROM settings")
    with pytest.raises(UserError, match="不是完整的备份"):
        whose(copy)
