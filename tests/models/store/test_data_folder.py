"""Where the data lie: the user's own folder, or beside a portable program."""

import sys
from pathlib import Path

import pytest

from models.errors import UserError
from models.store.data_folder import (
    FILE,
    MOVED,
    PORTABLE,
    default_folder,
    forget,
    own_folder,
    place_in,
    remember,
    too_old,
)


def test_data_of_a_program_run_from_source_lie_in_the_users_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "Qingdan"


@pytest.mark.parametrize(("marked", "where"), [(True, "stick/数据"), (False, "home/Qingdan")])
def test_a_portable_program_keeps_its_data_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, marked: bool, where: str
) -> None:
    program = tmp_path / "stick" / "Qingdan.exe"
    program.parent.mkdir()
    if marked:
        (program.parent / PORTABLE).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    assert default_folder() == tmp_path / where


@pytest.mark.parametrize(
    ("version", "told"), [((6, 1, 7601), "Windows 6.1.7601"), ((10, 0, 17763), ""), ((10, 0, 26100), "")]
)
def test_an_old_windows_gets_a_sentence(monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], told: str) -> None:
    monkeypatch.setattr(sys, "getwindowsversion", lambda: version, raising=False)
    assert (told in too_old()) if told else not too_old()


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One's own folder for data, not made yet."""
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "Qingdan"


def test_a_chosen_place_is_used_by_the_next_start_and_can_be_forgotten(own: Path, tmp_path: Path) -> None:
    remember(tmp_path / "D盘" / "清单填报")
    assert default_folder() == tmp_path / "D盘" / "清单填报"
    assert own_folder() == own
    forget()
    assert default_folder() == own
    assert not own.exists()
    remember(own)
    assert not own.exists()


def test_a_note_of_the_place_that_cannot_be_read_counts_as_none(own: Path) -> None:
    own.mkdir(parents=True)
    for content in (b"", b"\xff\xfe\xff", b" \n"):
        (own / MOVED).write_bytes(content)
        assert default_folder() == own


def test_a_place_that_cannot_be_noted_is_refused(own: Path, tmp_path: Path) -> None:
    own.parent.write_text("a file where the folder should be", "utf-8")
    with pytest.raises(UserError, match="不能记下这个位置"):
        remember(tmp_path / "D盘")


def test_data_get_a_folder_of_their_own_beside_what_is_there(tmp_path: Path) -> None:
    empty, full, used = tmp_path / "空", tmp_path / "资料", tmp_path / "数据"
    for folder in (empty, full, used):
        folder.mkdir()
    (full / "旧表.txt").touch()
    (used / FILE).touch()
    assert [place_in(p) for p in (empty, full, used)] == [empty, full / "清单填报", used]
    assert not (full / "清单填报").exists()


@pytest.mark.parametrize("network", [r"\\server\share", "//server/share"])
def test_a_network_folder_is_no_place_for_data(network: str) -> None:
    with pytest.raises(UserError, match="网络上的文件夹"):
        place_in(Path(network))


def test_a_file_is_no_place_for_data(tmp_path: Path) -> None:
    (tmp_path / "表.txt").touch()
    with pytest.raises(UserError, match="打不开"):
        place_in(tmp_path / "表.txt")
