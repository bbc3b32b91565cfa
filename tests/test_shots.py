"""Pictures of the window: what holds them still, and how two folders of them are compared."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from exports.outgoing.handout import handout
from models.store.clock import FIXED, behind, now_here, today_here
from models.workspace import Workspace
from tests.shots_compare import main as compare
from tests.shots_fixed import UNIT_TIME, give_keys

UNIT = "瓦屋塘镇"


def picture(path: Path, *dots: tuple[int, int]) -> None:
    """A white picture of 10 × 10 with black dots."""
    path.parent.mkdir(exist_ok=True)
    image = QImage(10, 10, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x, y in dots:
        image.setPixelColor(x, y, QColor("black"))
    image.save(str(path))


def test_pictures_that_differ_are_listed_with_their_share_and_painted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, out = (tmp_path / n for n in ("before", "after", "out"))
    for folder in (before, after):
        picture(folder / "same.png", (1, 1))
    picture(before / "changed.png")
    picture(after / "changed.png", (2, 3), (4, 5))
    picture(after / "new.png")
    assert compare([str(before), str(after), str(out)]) == 1
    said = capsys.readouterr().out
    assert "changed.png　2.000% 的像素不同" in said
    assert f"new.png　只在 {after}" in said
    assert "same.png" not in said
    assert [p.name for p in out.iterdir()] == ["changed.png"]
    shown = QImage(str(out / "changed.png"))
    red = [(x, y) for x in range(10) for y in range(10) if shown.pixelColor(x, y) == QColor(0xE0, 0, 0)]
    assert red == [(2, 3), (4, 5)]


def test_equal_folders_do_not_differ_and_an_empty_one_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, empty = (tmp_path / n for n in ("before", "after", "empty"))
    empty.mkdir()
    for folder in (before, after):
        picture(folder / "same.png", (1, 1))
    assert compare([str(before), str(after)]) == 0
    assert "1张图，0张不同" in capsys.readouterr().out
    assert compare([str(before), str(empty)]) == 2
    assert compare([str(before)]) == 2


def test_clock_is_fixed_where_the_environment_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FIXED, UNIT_TIME)
    assert now_here() == datetime.fromisoformat(UNIT_TIME)
    assert today_here().isoformat() == "2024-10-22"
    assert behind("2024-11-30T09:30:00+08:00").startswith("这台电脑的时间比上次填报时早了39天")
    assert behind("2024-10-22T09:31:00+08:00") == behind("") == ""
    monkeypatch.delenv(FIXED)
    assert now_here().tzinfo is not None


def test_fixed_time_and_keys_make_the_same_hand_out_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FIXED, UNIT_TIME)
    ids = []
    for name in ("one", "other"):
        office = give_keys(Workspace.create(tmp_path / name, "office"), UNIT)
        ids.append(handout(office, office.plan.unit(UNIT)).id)
        office.close()
    assert ids[0] == ids[1]
