"""A plan workbook in the county's window: opened beside it, shown, and only then put in force."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt, QTimer

from exports.plan.workbook import write_plan
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.county.inbox.inbox_files import inbox, take
from ui.operations.operation import running
from ui.window.main_window import MainWindow

Open = Callable[..., MainWindow]
NEW = "改过的年度目标"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.county(tmp_path / "county")
    yield desk
    desk.close()


@pytest.fixture
def book(county: Desk, tmp_path: Path) -> Path:
    """The plan in force with another goal of its first task."""
    path = write_plan(county.work.plan, tmp_path / "方案.xlsx")
    made = load_workbook(path)
    sheet = made["重点任务"]
    goal = next(c for row in sheet.iter_rows() for c in row if c.value == "年度目标")
    sheet.cell(goal.row + 1, goal.column).value = NEW
    made.save(path)
    return path


def test_it_is_seen_and_put_in_force(qtbot: Hands, county: Desk, book: Path, open_window: Open) -> None:
    window = open_window(county.work)
    page = take(qtbot, window, book)
    assert [a.kind for a in page.pending] == []
    assert county.work.plan.tasks[0].goal == NEW


def test_the_window_lives_while_it_is_opened(qtbot: Hands, county: Desk, book: Path, open_window: Open) -> None:
    window = open_window(county.work)
    window.show_page("inbox")
    page, ticks = inbox(window), list[int]()
    clock = QTimer()
    clock.timeout.connect(lambda: ticks.append(len(page.pending)))
    page.take_in([book])
    clock.start(0)
    qtbot.waitUntil(lambda: not running(page))
    clock.stop()
    assert ticks
    assert [(a.kind, a.result) for a in page.pending] == [("plan", "accepted")]
    assert county.work.plan.tasks[0].goal != NEW


def test_it_can_be_stopped_while_it_is_opened(qtbot: Hands, county: Desk, book: Path, open_window: Open) -> None:
    window = open_window(county.work)
    window.show_page("inbox")
    page = inbox(window)
    page.take_in([book])
    assert running(page)
    qtbot.mouseClick(page.tools.progress.cancel, Qt.MouseButton.LeftButton)
    assert (running(page), page.pending) == (None, [])
    page.take_in([book])
    qtbot.waitUntil(lambda: not running(page))
    assert [a.result for a in page.pending] == ["accepted"]


def test_it_is_taken_back_with_its_load(qtbot: Hands, county: Desk, book: Path, open_window: Open) -> None:
    window, before = open_window(county.work), county.work.plan.digest
    page = take(qtbot, window, book)
    assert county.work.plan.digest != before
    qtbot.mouseClick(page.undo, Qt.MouseButton.LeftButton)
    assert county.work.plan.digest == before
    assert window.saved.toolTip().startswith("已撤销第1次装入的1份")


def test_files_that_cannot_be_taken_are_not_offered_and_reading_is_shown(
    qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open
) -> None:
    (tmp_path / "坏的.qd").write_bytes(b"no file of ours")
    window = open_window(county.work)
    window.show_page("inbox")
    page = inbox(window)
    page.take_in([tmp_path / "坏的.qd"])
    assert (page.sentence.text(), page.empty.isVisible()) == ("正在看文件……", False)
    qtbot.waitUntil(lambda: not running(page))
    assert page.sentence.text() == "这1份不能装入"
    assert not page.tools.progress.isVisible()
