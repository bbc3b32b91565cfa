"""中梗阻 at the county: by keys and mouse from the card to the instruction, the striking off, and back."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.workspace import Workspace
from tests.models.county_months import reported
from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, of_kind, there
from ui.county.obstacles.acts_page import ActsPage
from ui.county.obstacles.obstacle_page import ObstaclePage
from ui.window.main_window import MainWindow

BUTTON = Qt.MouseButton.LeftButton
OF = {"kind": "land", "wanted": "请协调", "level": "group", "person": "示例", "due": date(2024, 11, 30)}


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    space = new_space(role="office")
    space.set({"current": "2024-10"})
    period = space.plan.period("2024-10")
    for unit, text in (("瓦屋塘镇", "用地指标没有批"), ("县残联", "场地还没有落实")):
        lines = [{**OF, "text": text, "about": text, "status": "open"}]
        reported(space, space.plan.unit(unit), period, {"obstacles": lines}, "2024-10-20T09:00:00+08:00")
    return space


def write(box: QWidget, text: str) -> None:
    """Chinese, as an input method writes it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(box, event)


def obstacle_page(qtbot: Hands, window: MainWindow) -> ObstaclePage:
    """The full list of obstacles, opened by its button."""
    page = of_kind(ActsPage, window.pages["docket"])
    qtbot.waitUntil(lambda: page.aside.all.isVisible())
    qtbot.mouseClick(page.aside.all, BUTTON)
    return there(page.board)


def test_an_instruction_by_keys_and_the_striking_off(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    qtbot.mouseClick(window.buttons["docket"], BUTTON)
    page = obstacle_page(qtbot, window)
    assert page.sentence.text() == "在办2件"
    first = QApplication.focusWidget()
    assert first is page.board.front
    assert page.panel.steps.accessibleName() == "走到哪一步：10月20日瓦屋塘镇提出"
    steps = page.panel.steps
    qtbot.waitUntil(lambda: steps.height() >= steps.heightForWidth(steps.width()) > 0)  # no word is cut off
    assert page.panel.title.text() == "用地指标没有批"
    qtbot.keyClick(first, Key.Key_Down)
    assert page.panel.title.text() == "场地还没有落实"
    page.panel.asked.setFocus()
    while page.panel.asked.currentText() != "县林业局":
        qtbot.keyClick(page.panel.asked, Key.Key_Down)
    begun = window.session.today()
    page.panel.due.setFocus()
    qtbot.keyClicks(page.panel.due, "2024-2-30")
    qtbot.mouseClick(page.panel.save, BUTTON)
    assert "“办结时限”" in window.saved.toolTip()
    assert page.panel.due.text() == "2024-2-30", "what cannot be read stays"
    assert page.panel.wrong.isVisible()
    assert page.panel.wrong.text().startswith("“办结时限”：“2024-2-30”")
    page.panel.due.selectAll()
    qtbot.keyClicks(page.panel.due, "2024-11-15")
    write(page.panel.opinion, "请现场看一次")
    qtbot.mouseClick(page.panel.save, BUTTON)
    assert page.panel.where.text().startswith("1号　县残联")
    assert not page.panel.number.isEnabled()
    assert "县林业局办，11月15日前" in there(page.board.front).accessibleName()
    qtbot.mouseClick(page.panel.strike, BUTTON)
    assert page.sentence.text() == "在办1件"
    assert page.panel.strike.text() == "取消销号"
    struck = next(h for h in there(page.docket).all if h.row["text"] == "场地还没有落实")
    assert begun <= struck.paper["closed"] <= window.session.today(), (
        "the day on which it is done, not one of the period"
    )
    qtbot.keyClick(window, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.sentence.text() == "在办2件", "one step back"


def test_finding_one_and_going_to_its_line(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    qtbot.mouseClick(window.buttons["docket"], BUTTON)
    page = obstacle_page(qtbot, window)
    assert not window.buttons["obstacles"].isVisible()
    qtbot.keyClicks(page.search, "xcl")
    assert page.panel.title.text() == "场地还没有落实"
    write(page.search, "没有的")
    assert page.nothing.isVisible()
    page.search.clear()
    page.board.take_focus()
    qtbot.keyClick(page.board.front, Key.Key_Return)
    assert window.session.unit.short == "瓦屋塘镇"
    assert window.stack.currentWidget() is window.pages["obstacles"]
    assert window.buttons["obstacles"].isVisible()
    assert not window.buttons["docket"].isVisible()
    qtbot.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.stack.currentWidget() is window.pages["docket"]


def test_nothing_reported_says_what_comes_next(
    qtbot: Hands, new_space: Callable[..., Workspace], open_window: Open
) -> None:
    window = open_window(new_space(role="office"))
    qtbot.mouseClick(window.buttons["docket"], BUTTON)
    page = of_kind(ActsPage, window.pages["docket"])
    qtbot.waitUntil(lambda: page.read is not None)
    assert page.column.sentence.text() == "没有要定的"
    assert page.column.nothing.text().startswith("这一期还没有单位报来任务清单。在“收件”里装入上报包以后")
    assert page.aside.no_papers.text().startswith("没有在办的督办")
    assert page.aside.no_obstacles.text().startswith("没有在办的中梗阻")
    assert not page.aside.all.isVisible()
    assert QApplication.focusWidget() is page.aside.open_new, "what can be done here"
