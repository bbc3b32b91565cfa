"""Where the program cannot go on by itself: a box says so in plain words, and offers what can be done."""

import logging
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models.program_log import LogFile
from models.store import backup
from models.store.data_folder import FILE
from models.workspace import Workspace
from tests.effort import HANG
from tests.models.store.test_damaged import empty, junk, overwrite
from ui.window.error_dialogs import words

ROOT = Path(__file__).parents[3]
UNIT = "瓦屋塘镇"
# Presses in each box the button that comes next in `acts`; prints the boxes' words, and the folder of the window that
# stands at last; `enter` agrees at the first start.
PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from ui import app
from ui.first.wizard import SetupWizard
from ui.window.main_window import MainWindow

acts = sys.argv[2:]

def turn():
    shown = [w for w in app.application().topLevelWidgets() if w.isVisible()]
    for window in sorted(shown, key=lambda w: not isinstance(w, QMessageBox)):
        inside = window.findChild(MainWindow)
        if isinstance(window, QMessageBox):
            print(window.text().replace("\\n", " "), [b.text() for b in window.buttons()])
            word = acts.pop(0)
            next(b for b in window.buttons() if word in b.text()).click()
            return
        if isinstance(window, SetupWizard):
            acts.pop(0)
            print(window.foot.told.text()) if acts else None
            QTest.keyClick(window.focusWidget(), "\\r")
            return
        if inside:
            print(inside.session.space.folder, inside.session.space.units[0].short)
            window.close()

timer = QTimer(app.application())
timer.timeout.connect(turn)
timer.start(10)
sys.exit(app.run(Path(sys.argv[1])))
"""


def run(folder: Path, *acts: str) -> tuple[int, list[str]]:
    """The exit code and what was printed."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1", "QT_LOGGING_RULES": "*.warning=false"}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), *acts], cwd=ROOT, env=env, capture_output=True, encoding="utf-8",
        timeout=HANG,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    space = Workspace.create(tmp_path / "w", "unit", [UNIT])
    backup.make(space.store.db, space.folder / "backups")
    space.close()
    return space.folder


@pytest.mark.parametrize("damage", [overwrite, empty, junk])
def test_a_damaged_store_is_made_anew_from_the_newest_sound_backup(
    folder: Path, damage: Callable[[Path], None]
) -> None:
    newest = backup.backups(folder / "backups")[0]
    broken = folder / "backups" / "qingdan-99991231-000000-000000.db"  # newer, but not whole
    broken.write_bytes(b"PK\3\4" * 4000)
    damage(folder / FILE)
    code, told = run(folder, "用这份备份恢复")
    assert told[0].startswith(f"数据文件损坏了，没有动它：{folder / FILE}")
    assert newest.name in told[0]
    assert told[0].endswith("['用这份备份恢复', '退出']")
    assert (code, told[1:]) == (0, [f"{folder} {UNIT}"])
    assert len(list(folder.glob("replaced-*.db"))) == 1


def test_one_may_leave_a_damaged_store_as_it_is(folder: Path) -> None:
    overwrite(folder / FILE)
    before = (folder / FILE).read_bytes()
    code, told = run(folder, "退出")
    assert (code, len(told)) == (1, 1)
    assert (folder / FILE).read_bytes() == before


def test_a_damaged_store_without_a_backup_tells_the_way(folder: Path) -> None:
    for path in (folder / "backups").iterdir():
        path.unlink()
    overwrite(folder / FILE)
    code, told = run(folder, "")
    assert (code, "没有完好的备份" in told[0], "restore" in told[0]) == (1, True, False)


def test_a_missing_store_with_backups_beside_it_is_offered_them(folder: Path) -> None:
    (folder / FILE).unlink()
    code, told = run(folder, "enter", "enter")
    assert "旁边还有备份" in told[0]
    assert (code, told[1:]) == (0, [f"{folder} {UNIT}"])


def test_a_folder_that_cannot_be_written_says_so(folder: Path) -> None:
    for name in ("window.lock", "window.knock.part"):
        (folder / name).mkdir()
    code, told = run(folder, "")
    assert (code, told[0].startswith("数据文件夹不能写入（")) == (1, True)


def test_a_log_that_cannot_be_written_does_not_hide_the_words(tmp_path: Path) -> None:
    file = tmp_path / "qingdan.log"
    file.mkdir()
    LogFile(file, encoding="utf-8", delay=True).handle(logging.makeLogRecord({"msg": "nobody expected this"}))
    assert words(RuntimeError("nobody"), tmp_path).startswith("程序出了意外，已经存好的内容没有受影响")
    assert words(OSError(30, "", str(file)), tmp_path) == f"读写没有成功（这个位置是只读的），请检查位置和权限：{file}"
    assert "用备份恢复" in words(sqlite3.DatabaseError("file is not a database"), tmp_path)
