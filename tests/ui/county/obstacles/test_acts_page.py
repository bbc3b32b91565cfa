"""中梗阻与督办 at the county: by keys and mouse through the queue, the papers of 督办 and the kinds of obstacles."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from forms.evidence import Attachment
from forms.parameters import CONFIRM_COUNTS
from forms.states import Decision, Request
from models.county.consolidation import Consolidation
from models.county.supervisions import Supervisions
from models.workspace import Workspace
from tests.models.county_months import reported
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, at_dialog, of_kind, there
from ui.county.obstacles.acts_page import ActsPage
from ui.county.obstacles.supervision_dialog import SupervisionDialog, begin_supervision
from ui.window.main_window import MainWindow

BUTTON = Qt.MouseButton.LeftButton
TOWN, OTHER = "瓦屋塘镇", "县城管局"
LATER, TODAY = date(2024, 12, 31), date(2024, 10, 29)
PAPER = (Attachment("验收单.pdf"),)
OBSTACLE = {"wanted": "请协调", "level": "group", "person": "示例", "due": date(2024, 11, 30), "status": "open"}


def line(space: Workspace, unit: str, n: int, status: str, percent: int, **more: Any) -> Mapping[str, Any]:
    task = space.plan.tasks_of(space.plan.unit(unit).code)[n][0].id
    return {"task": task, "status": status, "percent": D(percent), "due": date(2024, 11, 30), **more}


@pytest.fixture
def office(new_space: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("QINGDAN_CLOCK", "2024-10-29T09:30:00+08:00")
    space = new_space(role="office")
    space.set({"current": "2024-10"})
    period = space.plan.period("2024-10")
    rows = {
        TOWN: [
            line(space, TOWN, 0, "done", 100, evidence=PAPER), line(space, TOWN, 1, "done", 100, evidence=PAPER),
            line(space, TOWN, 2, "delay", 64, asked_due=LATER, trouble="路基冲毁"), line(space, TOWN, 3, "doing", 80),
        ],
        OTHER: [line(space, OTHER, 0, "done", 100), line(space, OTHER, 1, "ended", 5)],
    }  # fmt: skip
    stuck = {
        TOWN: [
            {**OBSTACLE, "kind": "land", "text": "用地没有批", "about": "甲"},
            {**OBSTACLE, "kind": "money", "text": "配套缺300万元", "about": "乙"},
        ],
        OTHER: [{**OBSTACLE, "kind": "money", "text": "管网缺860万元", "about": "丙"}],
    }  # fmt: skip
    for unit, at in ((TOWN, "2024-10-19T09:00:00+08:00"), (OTHER, "2024-10-23T09:00:00+08:00")):
        reported(space, space.plan.unit(unit), period, {"tasks": rows[unit], "obstacles": stuck[unit]}, at)
    return space


def acts_page(qtbot: Hands, window: MainWindow) -> ActsPage:
    """The page, once it has read the units' lines."""
    qtbot.mouseClick(window.buttons["docket"], BUTTON)
    page = of_kind(ActsPage, window.pages["docket"])
    qtbot.waitUntil(lambda: page.read is not None)
    return page


def states(window: MainWindow) -> list[tuple[str, str]]:
    """Kind and state of every request, as it is kept."""
    session = window.session
    requests = Consolidation(session.space, session.period).confirmations.all
    return [(c.kind, c.state) for c in requests]


def open_request(page: ActsPage, kind: str) -> QWidget:
    """Go down to the first request of a kind; gives the queue."""
    queue = page.column.queue
    while there(queue.card).found.request.kind != kind:
        QTest.keyClick(queue, Key.Key_Down)
    return queue


def focus() -> QWidget:
    return there(QApplication.focusWidget())


def at_paper(
    qtbot: Hands, window: MainWindow, act: Callable[[SupervisionDialog], object], begin: Callable[[], object]
) -> None:
    """Do something at the dialog that `begin` opens, then wait until the window has the keys again."""
    at_dialog(SupervisionDialog, act)
    begin()
    window.activateWindow()  # offscreen nothing gives the keys back
    qtbot.waitUntil(window.isActiveWindow)


def test_agreeing_opens_the_next_and_can_be_undone_and_redone(
    qtbot: Hands, office: Workspace, open_window: Open
) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    queue = page.column.queue
    assert page.column.sentence.accessibleName() == "等县里一句话的5件"
    assert [c.text() for c in page.column.chips.values() if c.isVisible()] == [
        "全部 5", "报已完成 3", "申请延期 1", "申请终止 1",
    ]  # fmt: skip
    assert focus() is queue
    assert not queue.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled), "no input method takes the letters"
    first = there(queue.card).found.request.key
    QTest.keyClick(queue, Key.Key_Return)
    assert page.column.sentence.accessibleName() == "等县里一句话的4件"
    assert there(queue.card).found.request.key != first
    assert focus() is queue
    assert "同意瓦屋塘镇" in window.saved.toolTip()
    assert states(window).count((Request.COMPLETION, Decision.CONFIRMED)) == 1
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert there(queue.card).found.request.key == first, "what was undone is open again"
    assert states(window).count((Request.COMPLETION, Decision.CONFIRMED)) == 0
    QTest.keyClick(window, Key.Key_Y, CTRL)
    assert states(window).count((Request.COMPLETION, Decision.CONFIRMED)) == 1


def test_a_delay_is_allowed_until_the_day_in_the_box_and_shows_its_facts(
    qtbot: Hands, office: Workspace, open_window: Open
) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    queue = open_request(page, Request.DELAY)
    card = there(page.column.queue.card)
    assert (card.found.later, card.found.words, card.found.delays) == (31, "路基冲毁", 0)
    assert page.column.queue.items.words(page.column.queue.current).startswith("瓦屋塘镇，申请延期到12月31日")
    assert page.column.queue.items.words(page.column.queue.current).endswith("等了10天")
    assert "2024年10月64%" in card.chart.accessibleName()
    QTest.keyClick(queue, Key.Key_Tab)
    assert focus() is card.word
    QTest.keyClicks(card.word, "n word")
    QTest.keyClick(card.word, Key.Key_Tab)
    assert focus() is card.due
    card.due.selectAll()
    QTest.keyClicks(card.due, "2024-11-30")
    QTest.keyClick(card.due, Key.Key_Return)
    assert "新的时限2024年11月30日不晚于原来的2024年11月30日" in card.wrong.text()
    assert states(window)[2] == (Request.DELAY, Decision.WAITING)
    card.due.selectAll()
    QTest.keyClicks(card.due, "2024-12-15")
    QTest.keyClick(card.due, Key.Key_Return)
    found = Consolidation(office, window.session.period).confirmations.all[2]
    assert (found.state, found.due, found.paper["text"]) == (Decision.CONFIRMED, date(2024, 12, 15), "n word")


def test_a_refusal_asks_for_its_word_first(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    queue = open_request(page, Request.DELAY)
    QTest.keyClick(queue, Key.Key_N)
    card = there(page.column.queue.card)
    assert focus() is card.word
    QTest.keyClicks(card.word, "no")
    QTest.keyClick(card.word, Key.Key_Return)
    assert "至少6个字，现在2个字" in card.wrong.text()
    QTest.keyClick(card.word, Key.Key_Escape)
    assert focus() is queue
    assert card.yes.text() == "同意　Enter", "Esc: Enter agrees again"
    QTest.keyClick(queue, Key.Key_N)
    QTest.keyClicks(card.word, " reason")
    QTest.keyClick(card.word, Key.Key_Return)
    found = Consolidation(office, window.session.period).confirmations.all[2]
    assert (found.state, found.paper["text"], found.row["status"]) == (Decision.REFUSED, "no reason", "delay")


def test_put_off_goes_last_and_decided_ones_are_taken_back(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    queue = page.column.queue
    first = queue.current.request.key
    QTest.keyClick(queue, Key.Key_Space)
    assert queue.items.rows[-1].request.key == first
    assert states(window).count((Request.COMPLETION, Decision.WAITING)) == 3, "nothing is written"
    QTest.keyClick(queue, Key.Key_Return)
    qtbot.mouseClick(page.column.chips["decided"], BUTTON)
    card = there(queue.card)
    QTest.keyClick(queue, Key.Key_Return)
    assert card.found.request.state == Decision.CONFIRMED, "Enter does nothing to what is decided"
    qtbot.mouseClick(card.back, BUTTON)
    assert page.column.sentence.accessibleName() == "等县里一句话的5件"


def test_all_are_agreed_to_only_after_each_was_open(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    opened: list[Any] = []
    page.column.queue.chosen.connect(lambda card: opened.append(card.found.request.key))
    assert page.column.others.text() == "2件是“报已完成”，都有佐证"
    qtbot.mouseClick(page.column.every, BUTTON)
    QTest.keyClick(page, Key.Key_Escape)
    assert "一件也没有定" in window.saved.toolTip()
    assert (Request.COMPLETION, Decision.CONFIRMED) not in states(window)
    seen = {r.request.key for n, r in enumerate(page.column.queue.items.rows) if n in page.column.ready}
    QTest.keyClick(page.column.queue, Key.Key_End)
    opened.clear()
    qtbot.mouseClick(page.column.every, BUTTON)
    qtbot.waitUntil(lambda: (Request.COMPLETION, Decision.CONFIRMED) in states(window))
    assert seen <= set(opened)
    assert states(window).count((Request.COMPLETION, Decision.CONFIRMED)) == 2, "what has no evidence still waits"
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert (Request.COMPLETION, Decision.CONFIRMED) not in states(window), "one step of undo"


@pytest.mark.parametrize(("value", "words"), [("yes", "先计入已完成"), ("no", "先不计入已完成")])
def test_the_plan_decides_what_counts(
    qtbot: Hands, office: Workspace, open_window: Open, value: str, words: str
) -> None:
    office.plan = replace(office.plan, parameters={CONFIRM_COUNTS.id: value})
    page = acts_page(qtbot, open_window(office))
    assert page.column.rule.text() == f"没核验的完成，{words}"


def test_the_line_of_a_request_and_back(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    row = page.column.queue.current.request.row
    QTest.keyClick(window, Key.Key_G, CTRL)
    assert window.in_front == "tasks"
    assert window.pages["tasks"].current_cell() == (row["id"], "status")
    QTest.keyClick(window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.in_front == "docket"


def test_a_paper_is_opened_changed_closed_and_struck_out(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)

    def fill(box: SupervisionDialog) -> None:
        qtbot.mouseClick(box.save, BUTTON)
        assert "请选至少一个单位" in box.wrong.text() or "要写时限" in box.wrong.text()
        QTest.keyClicks(box.text, "A road")
        QTest.keyClicks(box.picker.search, "zsx")
        QTest.keyClick(box.picker.search, Key.Key_Return)
        assert [u.short for u in box.picker.picked] == ["寨市乡"]
        QTest.keyClicks(box.due, "2024-11-20")
        qtbot.mouseClick(box.save, BUTTON)

    at_paper(qtbot, window, fill, lambda: qtbot.mouseClick(page.aside.open_new, BUTTON))
    assert page.aside.title.text() == "督办1件"
    assert page.aside.counts.text() == "蓝1"
    papers = page.aside.papers
    assert papers.items.words(papers.current) == "蓝，1号，A road，寨市乡，11月20日前，还有22天"
    assert focus() is papers

    def close(box: SupervisionDialog) -> None:
        QTest.keyClicks(box.result_word, "done")
        qtbot.mouseClick(box.close_it, BUTTON)

    at_paper(qtbot, window, close, lambda: QTest.keyClick(papers, Key.Key_Return))
    assert page.aside.title.text() == "督办0件"
    (paper,) = Supervisions(office, TODAY).all
    assert (paper.paper["closed"], paper.paper["result"]) == (TODAY, "done")
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert page.aside.title.text() == "督办1件"
    place = papers.visualRect(papers.currentIndex()).center()
    qtbot.mouseClick(papers.viewport(), BUTTON, pos=place)
    strike: Callable[[SupervisionDialog], None] = lambda box: qtbot.mouseClick(box.discard, BUTTON)  # noqa: E731
    at_paper(qtbot, window, strike, lambda: qtbot.mouseDClick(papers.viewport(), BUTTON, pos=place))
    assert Supervisions(office, TODAY).all == []
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert len(Supervisions(office, TODAY).all) == 1


def test_obstacles_of_one_kind_are_one_row_and_a_paper_can_be_opened_on_one(
    qtbot: Hands, office: Workspace, open_window: Open
) -> None:
    window = open_window(office)
    page = acts_page(qtbot, window)
    groups = page.aside.groups
    assert page.aside.obstacle_title.text() == "中梗阻3件"
    kinds = [r.group.kind.id for r in groups.items.rows if r.one is None]
    assert kinds == ["money", "land"]
    groups.setFocus()
    QTest.keyClick(groups, Key.Key_Home)
    QTest.keyClick(groups, Key.Key_Left)
    assert [r.one for r in groups.items.rows] == [None, None]
    QTest.keyClick(groups, Key.Key_Right)
    QTest.keyClick(groups, Key.Key_Down)
    chosen = groups.current.one
    assert chosen.row["text"] == "配套缺300万元", "the oldest first"

    def fill(box: SupervisionDialog) -> None:
        assert box.text.toPlainText() == "配套缺300万元"
        assert [u.short for u in box.picker.picked] == [TOWN]
        QTest.keyClicks(box.due, "2024-11-20")
        qtbot.mouseClick(box.save, BUTTON)

    at_paper(qtbot, window, fill, lambda: QTest.keyClick(groups, Key.Key_D))
    (paper,) = Supervisions(office, TODAY).all
    assert paper.paper["tied"] == f"obstacles/{chosen.unit.code}/{chosen.row['line']}"
    QTest.keyClick(groups, Key.Key_Return)
    board = there(page.board)
    assert there(board.board.front).hanging.key == chosen.key
    QTest.keyClick(there(board.board.front), Key.Key_X)
    QTest.keyClick(board, Key.Key_Escape)
    assert page.aside.obstacle_title.text() == "中梗阻2件"


def test_a_narrow_window_has_the_right_side_under_f6(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    window.resize(1024, 700)
    page = acts_page(qtbot, window)
    assert not page.aside.isVisible()
    assert page.column.beside.text() == "督办0件　中梗阻3件　F6"
    QTest.keyClick(focus(), Key.Key_F6)
    assert page.aside.isVisible()
    assert page.aside.isAncestorOf(focus())
    assert page.aside.geometry().right() <= page.rect().right() + 1
    QTest.keyClick(focus(), Key.Key_F6)
    assert not page.aside.isVisible()
    assert focus() is page.column.queue
    qtbot.mouseClick(page.column.beside, BUTTON)
    QTest.keyClick(focus(), Key.Key_Escape)
    assert not page.aside.isVisible()


def test_a_click_opens_the_row_pressed(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    page = acts_page(qtbot, open_window(office))
    queue = page.column.queue
    place = queue.visualRect(queue.items.index(1)).center()
    qtbot.mouseClick(queue.viewport(), BUTTON, pos=QPoint(place.x(), place.y()))
    assert queue.currentIndex().row() == 1
    assert there(queue.card).found.request.key == queue.items.rows[1].request.key


def test_a_team_looks_and_decides_nothing(qtbot: Hands, new_space: Callable[..., Workspace], open_window: Open) -> None:
    space = new_space(role="team", action="CY")
    action = space.plan.tasks_of(space.plan.unit(TOWN).code)[0][0].action
    space.set({"current": "2024-10", "action": action})
    at = "2024-10-19T09:00:00+08:00"
    done = {"tasks": [line(space, TOWN, 0, "done", 100, evidence=PAPER)]}
    reported(space, space.plan.unit(TOWN), space.plan.period("2024-10"), done, at)
    window = open_window(space)
    page = acts_page(qtbot, window)
    card = there(page.column.queue.card)
    assert not card.yes.isEnabled()
    QTest.keyClick(page.column.queue, Key.Key_Return)
    assert states(window) == [(Request.COMPLETION, Decision.WAITING)]
    assert not page.aside.open_new.isEnabled()
    assert not begin_supervision(window, window.session, "indicators//CY-01", "社零增速低于目标0.6")
    assert window.foot.said == "核验和督办由领导小组办公室定，专班只看"


def test_other_pages_can_begin_a_paper(qtbot: Hands, office: Workspace, open_window: Open) -> None:
    window = open_window(office)
    unit = office.plan.unit(OTHER)

    def fill(box: SupervisionDialog) -> None:
        assert box.source.currentText() == "指标"
        QTest.keyClicks(box.due, "2024-11-20")
        qtbot.mouseClick(box.save, BUTTON)

    at_dialog(SupervisionDialog, fill)
    assert begin_supervision(window, window.session, "indicators//CY-01", "社零增速低于目标0.6", unit)
    (paper,) = Supervisions(office, TODAY).tied_to("indicators//CY-01")
    assert [u.short for u in paper.units] == [OTHER]
