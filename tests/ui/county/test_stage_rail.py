"""The county's rail between the upper corners: how far the month is, and the way to each stage."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from models.workspace import Workspace
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.county.inbox.inbox_files import take
from tests.ui.hands import Open
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import HOME, INBOX, Page
from ui.window.page_registry import ROWS, PageRow

A = "瓦屋塘镇"


@pytest.fixture
def county(tmp_path: Path) -> Desk:
    return Desk.county(tmp_path / "county")


def words(window: MainWindow) -> list[str]:
    return [step.text() for step in window.top.county.steps.values()]


def test_the_rail_says_how_far_the_month_is(qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open) -> None:
    one, all = Desk(tmp_path / "one"), len(county.work.units)
    window = open_window(county.work)
    assert words(window) == ["下发", f"收件 还差{all}家", "汇总"]
    one.load(county.hand_out(A))
    one.fill()
    take(qtbot, window, one.submit())
    window.show_page(HOME)
    assert words(window) == ["下发 1家已发", f"收件 还差{all - 1}家", "汇总"]
    qtbot.mouseClick(window.top.county.steps[INBOX], Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.pages[INBOX]
    assert [s.isChecked() for s in window.top.county.steps.values()] == [False, True, False]
    one.close()


@pytest.mark.parametrize(("width", "percent", "seen"), [(1366, 100, True), (1280, 100, True), (1000, 200, False)])
def test_the_rail_gives_way_to_the_corners(
    qtbot: Hands, county: Desk, open_window: Open, look: Theme, width: int, percent: int, seen: bool
) -> None:
    window = open_window(county.work)
    look.change("light", percent)
    window.session.appearance_changed.emit()
    window.show_page(HOME)
    window.resize(width, 696)
    qtbot.waitUntil(lambda: window.top.next.geometry().right() > width - look.size(20))
    assert window.top.county.isVisible() == seen
    corners = [window.top.who, window.top.next]
    assert len({w.geometry().center().y() // look.size(20) for w in corners}) == 1  # one row


def test_a_unit_that_is_looked_into_has_its_own_rail(county: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    assert (window.top.county.isVisible(), window.top.rail.isVisible()) == (True, False)
    window.open_unit(county.work.plan.unit(A).code)
    assert (window.top.county.isVisible(), window.top.rail.isVisible()) == (False, True)


def test_a_work_team_hands_nothing_out(tmp_path: Path, open_window: Open) -> None:
    window = open_window(Workspace.create(tmp_path / "team", "team", action="CY"))
    assert [text.split()[0] for text in words(window)] == ["收件", "汇总"]


def test_a_new_office_begins_with_handing_out(qtbot: Hands, county: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    assert window.top.next.text() == "下发　F8"
    qtbot.mouseClick(window.top.next, Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.pages["plan"]
    county.hand_out(A)
    window.show_page(HOME)
    assert window.top.next.text() == "收件　F8"


def test_the_cursor_says_wait_while_a_page_is_made(county: Desk, open_window: Open) -> None:
    seen = list[Qt.CursorShape]()

    def make(_session: Session, _look: Theme) -> Page:
        seen.append(QGuiApplication.overrideCursor().shape())
        return Page()

    window = open_window(county.work, [*ROWS, PageRow("sample", "示例页", make, tab=True)])
    window.show_page("sample")
    assert seen == [Qt.CursorShape.WaitCursor]
    assert QGuiApplication.overrideCursor() is None
