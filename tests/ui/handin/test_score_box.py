"""成绩单 at the unit's 打印与上报: it appears with the receipt, every point is explained, and an item can be objected to."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from models.county.consolidation import Consolidation
from models.county.score_issue import issue
from models.county.scoring import Scoring
from models.store.clock import today_here
from tests.travel import PERIOD, Desk
from tests.ui.conftest import Hands
from tests.ui.hands import Key, of_kind, there
from ui.handin.hand_in_page import HandInPage
from ui.handin.score_box import ScoreBox
from ui.window.main_window import MainWindow
from ui.window.page import SEND

UNIT, WHY = "瓦屋塘镇", "县电视台10月12日还播过一条，漏算了"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A county that has a unit's report, and the unit."""
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    assert county.results(unit.submit()) == ["accepted"]
    yield county, unit
    county.close()
    unit.close()


def give_out(county: Desk, unit: Desk, days_ago: int = 0) -> None:
    scoring = Scoring(Consolidation(county.work, county.work.plan.period(PERIOD)), today_here())
    result = scoring.by_unit[county.work.plan.unit(UNIT).code]
    county.work.apply(issue(scoring, [result], today_here() - timedelta(days=days_ago)), "发成绩单")
    unit.load(county.receipt(UNIT))


def box(window: MainWindow) -> ScoreBox:
    window.show_page(SEND)
    return of_kind(HandInPage, window.pages[SEND]).column.scores


def test_it_is_hidden_till_one_came(desks: tuple[Desk, Desk], open_window: Callable[..., MainWindow]) -> None:
    assert not box(open_window(desks[1].work)).isVisible()


def test_an_item_is_objected_to_by_hand(
    qtbot: Hands, desks: tuple[Desk, Desk], open_window: Callable[..., MainWindow]
) -> None:
    county, unit = desks
    give_out(county, unit)
    shown = box(open_window(unit.work))
    assert shown.isVisible()
    assert shown.title.text() == "2024年10月成绩单（已发）"
    assert shown.told.text().startswith("得分")
    qtbot.mouseClick(shown.unfold, Qt.MouseButton.LeftButton)
    assert shown.items.topLevelItemCount() == 6
    assert "收到" in there(shown.items.topLevelItem(0)).child(0).text(0)
    shown.items.setFocus()
    qtbot.keyClick(shown.items, Key.Key_End)
    shown.text.setText("短")
    qtbot.keyClick(shown.text, Key.Key_Return)
    assert shown.title.text().endswith("（已发）"), "an objection says what is wrong"
    shown.text.setText(WHY)
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    assert shown.title.text().endswith("（有异议）")
    last = there(shown.items.topLevelItem(5))
    assert (last.text(0), last.child(last.childCount() - 1).text(0)) == ("宣传信息　有异议", f"异议：{WHY}")
    assert county.results(unit.submit()) == ["accepted"]
    sheets = Scoring(Consolidation(county.work, county.work.plan.period(PERIOD)), today_here()).sheets
    assert [o.paper["text"] for o in sheets.of(county.work.plan.unit(UNIT)).open_objections] == [WHY]


def test_after_the_days_nothing_can_be_written(
    qtbot: Hands, desks: tuple[Desk, Desk], open_window: Callable[..., MainWindow]
) -> None:
    give_out(*desks, days_ago=6)
    shown = box(open_window(desks[1].work))
    qtbot.mouseClick(shown.unfold, Qt.MouseButton.LeftButton)
    assert not shown.button.isEnabled()
    assert shown.button.toolTip() == "异议期已经过了"
