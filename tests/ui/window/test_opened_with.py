"""A file opened with the program: by the window that is there already, or by a first start; and the self-test."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.travel import Desk
from tests.ui.conftest import Hands
from ui.app import KNOCK, listen, raise_first
from ui.loads.load_dialog import LoadPreview
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import SEND

ROOT = Path(__file__).parents[3]
UNIT = "瓦屋塘镇"


@pytest.fixture
def handout(tmp_path: Path) -> Path:
    """A hand-out of the county for one unit."""
    county = Desk.county(tmp_path / "county")
    path = county.hand_out(UNIT)
    county.close()
    return path


@pytest.mark.parametrize("open_already", [True, False])
def test_the_open_window_takes_over_a_file_given_to_a_second_start(
    qtbot: Hands, tmp_path: Path, handout: Path, open_already: bool
) -> None:
    unit = Desk(tmp_path / "unit")
    unit.load(handout)
    window = MainWindow(Session(unit.work), Theme())
    qtbot.addWidget(window)
    window.show()
    if open_already:
        listen(tmp_path / "unit", window)
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, LoadPreview):
            QTimer.singleShot(20, look)
            return
        seen.append(dialog.list.item(0).text())
        dialog.reject()

    QTimer.singleShot(0, look)
    with ThreadPoolExecutor(1) as second:
        heard = second.submit(raise_first, tmp_path / "unit", [handout])
        if not open_already:
            qtbot.waitUntil((tmp_path / "unit" / KNOCK).exists)
            listen(tmp_path / "unit", window)
        qtbot.waitUntil(lambda: bool(seen))
        assert heard.result()
    assert handout.name in seen[0]
    assert window.stack.currentWidget() is window.pages[SEND]


def test_a_second_start_finds_nobody_when_no_window_is_open(qapp: QApplication, tmp_path: Path) -> None:
    assert not raise_first(tmp_path, [])


def test_selftest_plays_a_month_and_reports(tmp_path: Path) -> None:
    out = tmp_path / "自检 结果"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "main.py", "--selftest", out], cwd=ROOT, env=env, capture_output=True)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert (done.returncode, report["ok"]) == (0, True), report["steps"]
    assert len(list((out / "自检").glob("*.png"))) == 5


@pytest.mark.parametrize("words", [["--open"], ["--selftest", ""]])
def test_wrong_use_of_the_start_is_refused(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "main.py", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
