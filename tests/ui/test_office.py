"""The county's window: the wall, loading, settling a conflict, reminding, handing out."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QInputDialog

from tests.travel import Desk
from tests.ui.test_hand_in import agree
from ui.main_window import HOME, MainWindow
from ui.office_page import OfficePage

A = "瓦屋塘镇"
Open = Callable[..., MainWindow]


@pytest.fixture
def county(tmp_path: Path) -> Desk:
    return Desk.county(tmp_path / "county")


def office(window: MainWindow) -> OfficePage:
    page = window.pages[HOME]
    assert isinstance(page, OfficePage)
    return page


def state(page: OfficePage, unit: str) -> str:
    row = next(n for n, s in enumerate(page.states) if s.unit.short == unit)
    item = page.table.item(row, 2)
    assert item is not None
    return item.text()


def test_a_day_at_the_office(qtbot, county: Desk, tmp_path: Path, open_window: Open) -> None:
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    hand_out = county.hand_out(A)
    for desk in (one, two):
        desk.load(hand_out)
        desk.fill()
    two.write("tasks", 2, "note", "另一台电脑填的")
    window = open_window(county.work)
    assert office(window).sentence.text() == f"还有{len(county.work.units)}个单位没有报"
    assert state(office(window), A) == "○ 未报"
    agree([])
    window.open_files([one.submit()])
    assert state(office(window), A) in ("● 已报", "◐ 迟报")
    agree([])
    window.open_files([two.submit()])
    assert state(office(window), A) == "‖ 冲突"

    def choose_second() -> None:
        dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QInputDialog) and w.isVisible())
        assert len(dialog.comboBoxItems()) == 2
        dialog.accept()

    QTimer.singleShot(0, choose_second)
    qtbot.mouseClick(office(window).buttons["选定版本……"], Qt.MouseButton.LeftButton)
    assert state(office(window), A) in ("● 已报", "◐ 迟报")
    qtbot.mouseClick(office(window).buttons["复制催报"], Qt.MouseButton.LeftButton)
    assert A not in QGuiApplication.clipboard().text()
    assert "长铺镇" in QGuiApplication.clipboard().text()
    office(window).hand_out_to(tmp_path / "out")
    files = list((tmp_path / "out").iterdir())
    assert sum("任务包" in f.name for f in files) == len(county.work.units)
    assert sum("回执" in f.name for f in files) == 1
    for desk in (one, two):
        desk.close()
