"""The program's first run as a whole: left in the middle, begun in another folder, begun by a file."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.store.data_folder import FILE, MOVED
from models.workspace import Workspace
from tests.effort import HANG
from tests.travel import Desk

ROOT = Path(__file__).parents[3]
UNIT = "瓦屋塘镇"
# Does `acts` at the first start, one a turn of the event loop, and leaves when the main window stands; prints its folder.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from models.store.data_folder import default_folder
from ui import app
from ui.first.wizard import SetupWizard
from ui.window.main_window import MainWindow

acts = sys.argv[3:]

def turn():
    shown = [w for w in app.application().topLevelWidgets() if w.isVisible()]
    for window in shown:
        inside = window.findChild(MainWindow)
        if inside:
            print(inside.session.space.folder)
            window.close()
        elif isinstance(window, QMessageBox):
            print(window.text())
            window.buttons()[-1].click()
        elif isinstance(window, SetupWizard) and acts:
            act, _, word = acts.pop(0).partition("=")
            if act == "enter":
                QTest.keyClick(window.focusWidget(), "\\r")
            elif act == "leave":
                window.close()
            elif act == "to":
                window.move_to(Path(word))
            else:
                window.turn("own")

timer = QTimer(app.application())
timer.timeout.connect(turn)
timer.start(10)
folder = Path(sys.argv[1]) if sys.argv[1] else default_folder()
sys.exit(app.run(folder, [Path(p) for p in sys.argv[2].split("|") if p]))
"""

Run = Callable[..., list[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program on a folder ("" the default one); gives what it printed."""

    def program(folder: Path | str, *acts: str, files: tuple[Path, ...] = ()) -> list[str]:
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "XDG_DATA_HOME": str(tmp_path / "home")}
        env.pop("LOCALAPPDATA", None)
        words = [str(folder), "|".join(map(str, files)), *acts]
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, *words],
            cwd=ROOT,
            env=env,
            capture_output=True,
            encoding="utf-8",
            timeout=HANG,
        )
        wrong = [line for line in done.stderr.splitlines() if "This plugin does not support" not in line]
        assert (done.returncode, wrong) == (0, [])
        return done.stdout.splitlines()

    return program


@pytest.mark.parametrize("acts", [["leave"], ["own", "enter", "enter", "leave"]])
def test_leaving_in_the_middle_leaves_no_folder_behind(run: Run, tmp_path: Path, acts: list[str]) -> None:
    assert run(tmp_path / "ws", *acts) == []
    assert not (tmp_path / "ws").exists()


def test_leaving_keeps_a_folder_that_was_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ws").mkdir()
    run(tmp_path / "ws", "leave")
    assert list((tmp_path / "ws").iterdir()) == []


def test_the_window_follows_the_last_step(run: Run, tmp_path: Path) -> None:
    assert run(tmp_path / "ws", "own", "enter", "enter", "enter") == [str(tmp_path / "ws")]
    assert run(tmp_path / "ws") == [str(tmp_path / "ws")]


def test_a_file_opened_with_the_program_is_shown_before_it_is_taken(run: Run, tmp_path: Path) -> None:
    county = Desk.county(tmp_path / "county")
    file = county.hand_out(UNIT)
    county.close()
    assert run(tmp_path / "ws", "leave", files=(file,)) == []
    assert not (tmp_path / "ws").exists()
    assert run(tmp_path / "ws", "enter", "enter", files=(file,)) == [str(tmp_path / "ws")]
    space = Workspace.open(tmp_path / "ws")
    assert [u.short for u in space.units] == [UNIT]
    space.close()


def test_a_chosen_place_is_used_from_then_on(run: Run, tmp_path: Path) -> None:
    place, own = tmp_path / "D盘" / "清单填报", tmp_path / "home" / "Qingdan"
    place.mkdir(parents=True)
    assert run("", f"to={place}", "own", "enter", "enter", "enter") == [str(place)]
    assert (place / FILE).exists()
    assert [p.name for p in own.iterdir()] == [MOVED]
    assert run("") == [str(place)]


def test_a_chosen_place_is_not_noted_when_one_leaves(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "D盘"
    place.mkdir()
    assert run("", f"to={place}", "own", "enter", "leave") == []
    assert list(place.iterdir()) == []
    assert not (tmp_path / "home" / "Qingdan").exists()


def test_a_chosen_place_that_is_gone_is_reported_and_one_may_begin_anew(run: Run, tmp_path: Path) -> None:
    own, gone = tmp_path / "home" / "Qingdan", tmp_path / "D盘"
    own.mkdir(parents=True)
    gone.write_text("a file where the drive was", "utf-8")
    (own / MOVED).write_text(f"{gone / '清单填报'}\n", "utf-8")
    told = run("", "own", "enter", "enter", "enter")
    assert f"数据放在 {gone / '清单填报'}，现在打不开" in told[0]
    assert told[1:] == [str(own)]
    assert not (own / MOVED).exists()
