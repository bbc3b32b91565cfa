"""Where the data lie: the user's own folder, or beside a portable program."""

import sys
from pathlib import Path

import pytest

from models.places import PORTABLE, default_folder, too_old


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
def test_an_old_windows_is_told_so(monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], told: str) -> None:
    monkeypatch.setattr(sys, "getwindowsversion", lambda: version, raising=False)
    assert (told in too_old()) if told else not too_old()
