"""汇总 → 按指标 by mouse and keys: what is shown, the panel that follows, 写官方数, copying, the narrow window."""

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QTreeWidgetItem

from models.county import indicator_words as words
from models.county.official_figures import official_figures
from models.workspace import Workspace
from tests.models.county_months import reported
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, of_kind, there
from ui.county.rollup.indicator_model import NAME, OFFICIAL, PROGRESS, TARGET, VERDICT, ActionHead
from ui.county.rollup.official_dialog import OfficialDialog
from ui.county.rollup.rollup_page import RollupPage
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
SALES, IMPORTS, DEATHS, ACCIDENTS = "ZB-XQ-01", "ZB-XQ-05", "ZB-AQ-04", "ZB-AQ-01"
REPORTED: dict[str, dict[str, Any]] = {
    SALES: {"total": D("7.4"), "last_year": D("8.1"), "forecast": D("7.8"), "note": "汽车消费下降（示例）"},
    IMPORTS: {"total": D("9.4"), "last_year": D("9.3")},
    DEATHS: {"total": D(8), "last_year": D(8), "note": "示例"},
    ACCIDENTS: {"total": D(1), "last_year": D(0), "note": "示例"},
    "ZB-CY-02": {"total": D("3.9"), "last_year": D("3.5")},
    "ZB-CX-07": {"note": "建平台2个"},
}


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Six indicators came in for October: one must never have happened, three are behind."""
    space = new_space(role="office")
    space.set({"current": "2024-10"})
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for id, values in REPORTED.items():
        by_unit.setdefault(space.plan.find("indicators", id).lead, []).append({"indicator": id, **values})
    for code, rows in by_unit.items():
        cover = [{"liaison": "示例", "liaison_phone": "0739-7600000"}]
        forms = {"indicators": rows, "cover": cover}
        reported(space, space.plan.unit(code), space.plan.period("2024-10"), forms, "2024-10-20T09:00:00+08:00")
    return space


@pytest.fixture
def page(qtbot: Hands, office: Workspace, look: Theme) -> RollupPage:
    made = RollupPage(Session(office), look)
    qtbot.addWidget(made)
    made.resize(1366, 608)
    made.show()
    qtbot.mouseClick(made.ways.button(2), LEFT)
    return made


def press(qtbot: Hands, page: RollupPage, row: int, column: int = NAME) -> None:
    """Press the left button on a cell of the table, as a person does."""
    table = page.indicators.table
    table.scrollTo(table.results.index(row, column))
    at = QPoint(table.columnViewportPosition(column) + 30, table.rowViewportPosition(row) + 10)
    qtbot.mouseClick(table.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)


def row_of(page: RollupPage, indicator: str) -> int:
    return page.indicators.table.results.find(indicator)


def names(page: RollupPage) -> list[str]:
    model = page.indicators.table.results
    return [str(model.index(n, NAME).data()) for n in range(model.rowCount())]


def cell(page: RollupPage, indicator: str, column: int) -> str:
    return str(page.indicators.table.results.index(row_of(page, indicator), column).data())


def test_the_page_says_the_decision_in_figures(page: RollupPage) -> None:
    assert "1项杜绝的已经发生，" in page.sentence.text()
    assert page.sentence.text().endswith("3项滞后，1项正常或已达到，30项无法判断")
    assert "依据4家牵头单位报的数，差15家" in page.second.text()
    assert page.panel.isVisible()
    assert not page.drill.isVisible()


def test_what_must_not_happen_is_first_under_every_chip(qtbot: Hands, page: RollupPage) -> None:
    shown = {}
    for name in ("要看的", "全部", "定性"):
        qtbot.mouseClick(page.indicators.chips.buttons[name], LEFT)
        assert names(page)[0] == "重特大事故"
        shown[name] = {x.indicator.id for x in page.indicators.table.results.lines if not isinstance(x, ActionHead)}
    assert page.indicators.chips.buttons["全部"].text() == "全部 56"
    assert len(shown["全部"]) == 56
    assert {SALES, IMPORTS, DEATHS, ACCIDENTS} <= shown["要看的"]
    assert "ZB-CY-02" not in shown["要看的"]
    assert "ZB-CX-07" in shown["定性"]
    heads = [x for x in page.indicators.table.results.lines if isinstance(x, ActionHead)]
    assert len(heads) == 8
    assert sum(len(h.results) for h in heads) == 56, "each head has a sign for each of its indicators"


def test_the_panel_follows_the_pressed_row_and_the_arrow_keys(qtbot: Hands, page: RollupPage) -> None:
    for id in (IMPORTS, SALES, DEATHS):
        press(qtbot, page, row_of(page, id))
        assert page.panel.title.text() == there(page.panel.result).indicator.name
        assert there(page.panel.result).indicator.id == id
    press(qtbot, page, row_of(page, SALES))
    table = page.indicators.table
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up):
        qtbot.keyClick(table, key)
        r = table.result()
        assert page.panel.title.text() == there(r).indicator.name == names(page)[table.currentIndex().row()]


def test_the_panel_tells_figure_plan_outlook_source_and_whom_to_ask(qtbot: Hands, page: RollupPage) -> None:
    press(qtbot, page, row_of(page, SALES))
    panel = page.panel
    assert panel.wording.text() == "方案：“增长8%”　一、第3段"
    assert (panel.figure.text(), panel.span.text()) == ("7.4", "%　1—10月累计")
    assert (panel.to_target.text(), panel.to_last_year.text()) == ("比目标差 0.6", "比上年同期 −0.7 个百分点")
    told = {caption: text.text() for caption, (_, text) in panel.facts.items()}
    assert told["全年预计"] == "7.8 %　单位自己报的，达不到目标"
    assert told["单位说"] == "汽车消费下降（示例）"
    assert told["来自"] == "县商务局 第1版，已验，20日收到"
    assert told["找谁"] == "联络员 示例　0739-7600000"
    assert panel.year.accessibleDescription() == "10月7.4，目标8"
    assert panel.task_title.text().startswith("靠它的任务 ")


def test_heads_fold_by_mouse_and_keys(qtbot: Hands, page: RollupPage) -> None:
    qtbot.mouseClick(page.indicators.chips.buttons["全部"], LEFT)
    assert row_of(page, SALES) > 0
    head = next(n for n, name in enumerate(names(page)) if name == "三、激发需求行动")
    press(qtbot, page, head)
    assert row_of(page, SALES) == -1
    assert names(page)[page.indicators.table.currentIndex().row()] == "三、激发需求行动"
    qtbot.keyClick(page.indicators.table, Key.Key_Right)
    assert row_of(page, SALES) == head + 1
    qtbot.keyClick(page.indicators.table, Key.Key_Left)
    assert row_of(page, SALES) == -1
    qtbot.keyClick(page.indicators.table, Key.Key_Return)
    assert row_of(page, SALES) == head + 1


def test_an_indicator_in_words_shows_what_the_unit_wrote(qtbot: Hands, page: RollupPage) -> None:
    qtbot.mouseClick(page.indicators.chips.buttons["定性"], LEFT)
    assert cell(page, "ZB-CX-07", TARGET) == "建平台2个"
    assert cell(page, "ZB-CX-07", VERDICT) == "定性"
    table = page.indicators.table
    assert table.columnSpan(row_of(page, "ZB-CX-07"), TARGET) == 4
    press(qtbot, page, row_of(page, "ZB-CX-07"))
    assert not page.panel.official.isEnabled(), "there is no figure to set another beside"
    assert page.panel.figures.isHidden()


def test_rows_are_copied_as_a_table(qtbot: Hands, page: RollupPage) -> None:
    press(qtbot, page, row_of(page, SALES))
    qtbot.keyClick(page.indicators.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(page.indicators.table, Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "\t".join(words.HEADS)
    assert lines[1] == "社会消费品零售总额增速\t≥ 8 %\t7.4\t−0.7 个百分点\t差 0.6\t滞后\t县商务局\t"
    assert len(lines) == 3


def test_enter_and_the_button_lead_to_the_line_of_the_unit(qtbot: Hands, page: RollupPage, office: Workspace) -> None:
    press(qtbot, page, row_of(page, SALES))
    lead = office.plan.find("indicators", SALES).lead
    line = next(r for r in office.store.rows("indicators", lead, "2024-10") if r["indicator"] == SALES)
    with qtbot.waitSignal(page.line_wanted) as opened:
        qtbot.keyClick(page.indicators.table, Key.Key_Return)
    assert opened.args[:3] == [lead, "indicators", line["id"]]
    with qtbot.waitSignal(page.line_wanted) as opened:
        qtbot.mouseClick(page.panel.report, LEFT)
    assert opened.args[:3] == [lead, "indicators", line["id"]]


def dialog() -> OfficialDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, OfficialDialog) and w.isVisible())


def test_an_official_figure_is_written_beside_the_units_and_undone(
    qtbot: Hands, office: Workspace, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(office)
    qtbot.mouseClick(window.buttons["rollup"], LEFT)
    page = of_kind(RollupPage, window.pages["rollup"])
    qtbot.mouseClick(page.ways.button(2), LEFT)
    press(qtbot, page, row_of(page, SALES))
    refused: list[str] = []

    def write() -> None:
        box = dialog()
        qtbot.keyClick(box.value, Key.Key_Return)
        refused.append(box.wrong.text())
        qtbot.keyClicks(box.value, "7.2")
        box.source.setText("县统计局")
        box.day.clear()
        qtbot.keyClicks(box.day, "2024-10-18")
        qtbot.keyClick(box.day, Key.Key_Return)

    QTimer.singleShot(0, write)
    qtbot.mouseClick(page.panel.official, LEFT)
    assert refused == ["“社会消费品零售总额增速”的官方数没有填，请填写"]
    assert cell(page, SALES, OFFICIAL) == "≠ 7.2"
    assert cell(page, SALES, PROGRESS) == "差 0.6", "the unit's own figure is judged"
    assert there(page.panel.result).indicator.id == SALES, "the chosen row stays chosen"
    assert page.panel.facts["官方数"][1].text() == "7.2 %　县统计局 10月18日，差 0.2"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(page.indicators.table, Key.Key_Z, CTRL)
    assert cell(page, SALES, OFFICIAL) == ""
    qtbot.keyClick(page.indicators.table, Key.Key_Y, CTRL)
    assert cell(page, SALES, OFFICIAL) == "≠ 7.2"
    QTimer.singleShot(0, lambda: qtbot.mouseClick(dialog().drop, LEFT))
    qtbot.mouseClick(page.panel.official, LEFT)
    assert official_figures(office, office.plan.period("2024-10")) == {}
    lead = office.plan.find("indicators", SALES).lead
    mine = next(r for r in office.store.rows("indicators", lead, "2024-10") if r["indicator"] == SALES)
    assert mine["total"] == D("7.4")


def test_in_a_narrow_window_f6_shows_the_panel_over_the_table(qtbot: Hands, page: RollupPage) -> None:
    page.resize(1000, 608)
    assert not page.panel.isVisible()
    press(qtbot, page, row_of(page, SALES))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.indicators.table, Key.Key_F6)
    assert page.panel.isVisible()
    assert page.panel.title.text() == "社会消费品零售总额增速"
    qtbot.keyClick(page.panel.official, Key.Key_Escape)
    assert not page.panel.isVisible()
    assert page.indicators.table.hasFocus()
    qtbot.mouseClick(page.aside, LEFT)
    assert page.panel.isVisible()
    qtbot.mouseClick(page.aside, LEFT)
    assert not page.panel.isVisible()
    page.resize(700, 608)
    assert page.indicators.table.isColumnHidden(OFFICIAL)
    assert not page.indicators.table.isColumnHidden(VERDICT), "the verdict is never given up"


def node(page: RollupPage, title: str) -> QTreeWidgetItem:
    top = page.tree.topLevelItem(0)
    return next(top.child(n) for n in range(top.childCount()) if top.child(n).text(0) == title)


def test_an_action_narrows_lamps_and_means_to_it(qtbot: Hands, office: Workspace, look: Theme) -> None:
    unit, period = office.plan.unit("瓦屋塘镇"), office.plan.period("2024-10")
    by_action: dict[str, list[str]] = {}
    for task, _ in office.plan.tasks_of(unit.code):
        by_action.setdefault(task.action, []).append(task.id)
    (first, tasks), (second, others) = [(a, t) for a, t in by_action.items() if len(t) >= 3][:2]
    lines = [{"task": t, "status": "late" if n == 0 else "doing", "percent": D(20)} for n, t in enumerate(tasks[:3])]
    lines += [{"task": t, "status": "doing", "percent": D(80)} for t in others[:3]]
    reported(office, unit, period, {"tasks": lines}, "2024-10-20T09:00:00+08:00")
    page = RollupPage(Session(office), look)
    qtbot.addWidget(page)
    page.resize(1366, 608)
    page.show()
    lamps = page.drill.lamps.lamps

    def row() -> list[str]:
        at = next(n for n, r in enumerate(lamps.rows) if r.unit == unit.short)
        return [lamps.index(at, c).data() for c in range(lamps.columnCount())]

    assert row()[-1] == "50.0%"
    assert page.drill.rule.text().startswith("灯：滞后的任务占1/3及以上为滞后；")
    names = {a.id: a.name for a in office.plan.actions}
    for action, word, mean in ((first, "滞后", "20.0%"), (second, "正常", "80.0%")):
        item = node(page, names[action])
        assert item.text(1) == "3项任务"
        at = page.tree.visualItemRect(item).center()
        qtbot.mouseClick(page.tree.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)
        assert lamps.columns == (names[action].removesuffix("行动"),)
        assert (row()[1], row()[-1]) == (word, mean)
        assert row()[2].startswith("滞后1/3：" if action == first else "正常3/3：")
    tip = lamps.index(next(n for n, r in enumerate(lamps.rows) if r.unit == unit.short), 1)
    assert "正常3/3：" in tip.data(Qt.ItemDataRole.ToolTipRole)


def test_the_acts_stand_in_one_order(page: RollupPage) -> None:
    acts = [page.panel.acts.itemAt(n).widget() for n in range(page.panel.acts.count())]
    assert [w.text() for w in acts if isinstance(w, QPushButton)] == ["督办……", "写官方数……", "看填报"]
