"""A file onto a stick: read back, never half, compared again; and a stick that is pulled out meanwhile."""

import shutil
from pathlib import Path

import pytest

from exports.outgoing.removable import STEPS, compare, lying, put
from models.errors import UserError


def test_every_step_is_reported_and_the_file_is_complete(tmp_path: Path) -> None:
    told: list[str] = []
    assert put(b"x" * 5000, tmp_path / "a.qd", told.append).read_bytes() == b"x" * 5000
    assert tuple(told) == STEPS
    assert [p.name for p in tmp_path.iterdir()] == ["a.qd"]


@pytest.mark.parametrize("step", STEPS)
def test_a_drive_pulled_out_at_any_step_is_reported(tmp_path: Path, step: str) -> None:
    stick = tmp_path / "stick"

    def pull(now: str) -> None:
        if now == step:
            shutil.rmtree(stick)

    with pytest.raises(UserError, match="U盘可能拔早了；请插上再写一次"):
        put(b"x" * 5000, stick / "a.qd", pull)


def test_a_file_that_comes_back_otherwise_is_refused_and_what_lay_there_stays(tmp_path: Path) -> None:
    target = tmp_path / "a.qd"
    target.write_bytes(b"old")

    def spoil(now: str) -> None:
        if now == "读回核对":
            next(tmp_path.glob("*.part")).write_bytes(b"bad")

    with pytest.raises(UserError, match="读回来不一样，U盘可能坏了"):
        put(b"new", target, spoil)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("a.qd", b"old")]


def test_the_copy_is_compared_bit_by_bit(tmp_path: Path) -> None:
    kept, there = tmp_path / "kept", tmp_path / "there"
    kept.write_bytes(b"abc")
    with pytest.raises(UserError, match="这里没有这个文件了"):
        compare(kept, there)
    there.write_bytes(b"abc")
    compare(kept, there)
    there.write_bytes(b"abd")
    with pytest.raises(UserError, match="不一样了，不要交"):
        compare(kept, there)
    kept.unlink()
    with pytest.raises(UserError, match="原件不在了"):
        compare(kept, there)


def test_what_lies_there_is_recognised_by_its_name(tmp_path: Path) -> None:
    mine = ("430527106", "2024-10")
    for name in (
        "430527106_2024-10_r002_0a1b2c3d.qd",
        "430527106_2024-10_r010_0a1b2c3d.qd",
        "430527106_2024-09_r003_0a1b2c3d.qd",
        "430527107_2024-10_r004_0a1b2c3d.qd",
        "照片.jpg",
    ):
        (tmp_path / name).write_bytes(b"")
    assert lying(tmp_path, *mine) == [10, 2]
    assert lying(tmp_path / "nowhere", *mine) == []
