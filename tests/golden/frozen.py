"""Programs of earlier versions, frozen as they shipped: tests run "an office that still runs 0.2" in a process of its own.

A frozen program holds what the command line needs, without window and fonts; it prints with the fonts of today. It runs on
today's libraries.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path

from tests.effort import HANG

HERE = Path(__file__).parent
FONTS = HERE.parents[1] / "resources" / "fonts"


@cache
def program(version: str) -> Path:
    """The folder of a frozen program, such as "v0_2", unpacked once per process; it is removed when the process ends."""
    kept = tempfile.TemporaryDirectory(prefix=f"qingdan-{version}-")
    _KEPT.append(kept)
    folder = Path(kept.name)
    with zipfile.ZipFile(HERE / version / "program.zip") as zipped:
        zipped.extractall(folder)
    fonts = folder / "resources" / "fonts"
    try:
        fonts.symlink_to(FONTS, target_is_directory=True)
    except OSError:  # Windows without the right to make links
        shutil.copytree(FONTS, fonts)
    return folder


def run(version: str, *arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of a frozen program in the folder `cwd`; its words, all in Chinese, and its exit code as they are."""
    command = [sys.executable, str(program(version) / "main.py"), *map(str, arguments)]
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return subprocess.run(
        command, cwd=cwd, capture_output=True, text=True, encoding="utf-8", env=env | {"PYTHONUTF8": "1"}, timeout=HANG
    )


_KEPT: list[tempfile.TemporaryDirectory[str]] = []
