"""What a start waits for: the window comes without the libraries that only some work needs."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.reporting.sample import fill
from models.workspace import Workspace

ROOT = Path(__file__).parents[2]
ONLY_WHEN_USED = {
    "openpyxl", "reportlab", "PIL", "pypdfium2", "segno",  # books, papers and their preview
    "pyrage", "nacl", "python_calamine", "email", "multiprocessing",  # files that travel
    "pypinyin",  # finding words by their sound
    "sqlite_utils", "pluggy", "dateutil",  # writing
    "difflib", "calendar",  # understanding what people type
}  # fmt: skip
WINDOW = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ui import app
qt, watch, read = app.application(), QTimer(), []
def look():
    names = [type(w.centralWidget()).__name__ for w in qt.topLevelWidgets() if hasattr(w, "centralWidget")]
    read.append((names, "models.workspace" in sys.modules))
    if "MainWindow" in names:
        qt.quit()
watch.timeout.connect(look)
watch.start()
assert app.run(Path(sys.argv[1])) == 0
assert read[0] == (["QLabel"], False)  # the window stands before its contents are read
print(json.dumps(sorted(sys.modules)))
"""
COMMANDS = """
import json, sys
from main import program
program(["--help"], standalone_mode=False)
print(json.dumps(sorted(sys.modules)))
"""


def modules(code: str, *words: str) -> set[str]:
    """What was read when the code has run, in a process of its own."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    told = subprocess.run([sys.executable, "-c", code, *words], cwd=ROOT, env=env, capture_output=True, check=True)
    return set(json.loads(told.stdout.splitlines()[-1]))


def tops(names: set[str]) -> set[str]:
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize(("role", "units"), [("unit", ["瓦屋塘镇"]), ("office", [])])
def test_the_first_window_reads_nothing_that_only_some_work_needs(tmp_path: Path, role: str, units: list[str]) -> None:
    space = Workspace.create(tmp_path / "space", role, units)
    if units:
        fill(space, space.period)
    space.close()
    read = modules(WINDOW, str(tmp_path / "space"))
    assert "ui.window.main_window" in read
    assert tops(read) & ONLY_WHEN_USED == set()


def test_the_list_of_commands_reads_neither_the_window_nor_the_store() -> None:
    read = tops(modules(COMMANDS))
    assert "click" in read
    assert read & (ONLY_WHEN_USED | {"PySide6", "sqlite_utils"}) == set()
