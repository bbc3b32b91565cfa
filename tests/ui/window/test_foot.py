"""The lower right corner: what was said there gives way, and never pushes the tabs; a closed month offers nothing to write."""

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, of_kind, page
from ui.filling.home_page import HomePage
from ui.handin.step_check import CheckStep
from ui.window.corners import LASTS, QUIET
from ui.window.page import HOME, SEND


def test_a_message_is_over_when_the_page_is_turned(open_window: Open) -> None:
    window = open_window()
    page(window, "tasks")
    window.session.message.emit("没有找到“很多”", "red")
    assert window.saved.toolTip() == "没有找到“很多”"
    QApplication.processEvents()
    page(window, "projects")
    assert (window.saved.text(), window.saved.toolTip()) == (QUIET, "")


def test_a_message_sent_with_the_turning_stays_and_ends_by_itself(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.session.message.emit("装入了3个", "saved")
    page(window, "projects")
    assert window.saved.toolTip() == "装入了3个"
    assert window.foot.over.isActive()
    assert window.foot.over.interval() == LASTS
    window.foot.over.start(0)
    qtbot.waitUntil(lambda: window.saved.text() == QUIET)


def test_a_long_message_leaves_the_tabs_their_row(open_window: Open) -> None:
    window = open_window()
    window.resize(1366, 696)
    QApplication.processEvents()
    before = {window.buttons[name].y() for name in window.names}
    assert len(before) == 1
    window.session.message.emit("很长的一句话" * 60, "red")
    QApplication.processEvents()
    assert {window.buttons[name].y() for name in window.names} == before
    assert window.foot.whole.isVisible()
    assert window.foot.whole.text() == "很长的一句话" * 60  # what to do often stands at the end
    window.session.message.emit("没有找到", "amber")
    assert (window.foot.whole.isVisible(), window.saved.isVisible()) == (False, True)


def test_a_closed_month_offers_nothing_to_write(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    space = window.session.space
    space.apply(space.close_off("2024-10"), "封存")
    window.session.refresh()
    window.show_page(HOME)
    first = window.pages[HOME]
    assert isinstance(first, HomePage)
    assert first.sentence.accessibleName() == "10月已封存"
    assert first.list.isHidden()
    assert "封存" in first.nothing.text()
    assert window.top.next.text() == "打印　F8"
    assert "还剩" not in "".join(s.text() for s in window.top.steps)
    assert first.done.isHidden()
    window.show_page(SEND)
    check = of_kind(CheckStep, window.pages[SEND].findChild(CheckStep))
    assert (check.fix.isHidden(), check.told.isHidden()) == (True, True)
    page(window, "tasks")
    qtbot.keyClick(window, Key.Key_F8)
    assert window.in_front not in window.names
