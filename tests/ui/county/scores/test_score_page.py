"""考核 in the window: one kind at a time, who moved, from every point to its line, corrections, and the acts of 成绩单."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from forms.records import SCORE_OBJECTIONS
from forms.states import FileKind, Way
from models.county.scoring import UnitScore
from models.ledger.ledger import Ledger, Package
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace
from tests.models.county_months import reported
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, there
from ui.county.scores.ranking_table import CHANGE, ITEMS, RANK, TASKS, TOTAL, UNIT
from ui.county.scores.score_page import ScorePage
from ui.session import Session
from ui.widgets.theme import Theme, dress

A, B, DEPARTMENT = "瓦屋塘镇", "长铺镇", "县残联"
SEPTEMBER, OCTOBER = "2024-09", "2024-10"
OBJECTION = "县电视台10月12日还播过一条，漏算了"


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Two months that were handed out: in September A is before B, in October behind it; a department reports, too."""
    space = new_space(role="office")
    space.set({"current": OCTOBER})
    for month in (SEPTEMBER, OCTOBER):
        line = Package(
            f"out-{month}", Way.OUT, FileKind.HANDOUT, space.plan.unit(A).code, month, at=f"{month}-01T08:00:00+08:00"
        )
        Ledger(space.store).keep(line)
    for month, percents in ((SEPTEMBER, {A: 70, B: 50}), (OCTOBER, {A: 40, B: 80, DEPARTMENT: 80})):
        for name, percent in percents.items():
            unit = space.plan.unit(name)
            task = space.plan.tasks_of(unit.code)[0][0]
            rows = {"tasks": [{"task": task.id, "percent": D(percent), "status": "doing", "progress": f"{name}的进展"}]}
            reported(space, unit, space.plan.period(month), rows, f"{month}-20T09:00:00+08:00")
    return space


@pytest.fixture
def page(qtbot: Hands, office: Workspace, look: Theme) -> ScorePage:
    return shown(qtbot, office, look)


def shown(qtbot: Hands, office: Workspace, look: Theme, width: int = 1366, height: int = 600) -> ScorePage:
    made = ScorePage(Session(office), look)
    qtbot.addWidget(made)
    made.resize(width, height)
    made.show()
    qtbot.waitUntil(lambda: made.worked_out)
    return made


def cells(page: ScorePage, row: int, *columns: int) -> list[str]:
    return [there(page.table.item(row, c)).text() for c in columns]


def choose(qtbot: Hands, page: ScorePage, unit: str) -> UnitScore:
    """Click on a unit's row."""
    row = next(n for n, r in enumerate(page.rows) if r.unit.short == unit)
    page.table.scrollToItem(there(page.table.item(row, UNIT)))
    place = page.table.visualItemRect(there(page.table.item(row, UNIT))).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    return there(page.result())


def choose_item(qtbot: Hands, page: ScorePage, basis: str) -> int:
    """Click on an item of the panel; gives its number."""
    n = next(n for n, s in enumerate(page.session.space.plan.scoring) if s.basis == basis)
    items = page.panel.items
    items.scrollToItem(items.topLevelItem(n))
    box = items.visualItemRect(there(items.topLevelItem(n)))
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(box.left() + 40, box.top() + 10))
    return n


def test_one_kind_at_a_time_is_ranked_with_its_tasks_beside(page: ScorePage, office: Workspace) -> None:
    assert page.table.rowCount() == 17, "the townships are first, never all kinds in one table"
    assert [c.text() for c in page.kind_chips.values()] == ["乡镇 17", "县直部门 47", "园区 1"]
    parts = [part for _, part in office.plan.tasks_of(office.plan.unit(B).code)]
    tasks = f"{parts.count('lead')}＋{parts.count('support')}"
    assert cells(page, 0, RANK, CHANGE, UNIT, TASKS) == ["1", "↑1", B, tasks]
    assert cells(page, 1, RANK, CHANGE, UNIT) == ["2", "↓1", A]
    assert page.sentence.text().startswith(f"乡镇里{B}第一")
    assert cells(page, 2, RANK, CHANGE, TOTAL) == ["—", "", "—"]
    assert page.below.text().startswith("不排名次15家：")
    assert page.unsure.text() == "6项计分办法还没有确认，印出来会写“试算”"


def test_another_kind_by_mouse_and_the_year_by_keyboard(qtbot: Hands, page: ScorePage) -> None:
    qtbot.mouseClick(page.kind_chips["department"], Qt.MouseButton.LeftButton)
    assert cells(page, 0, RANK, CHANGE, UNIT) == ["1", "—", DEPARTMENT]
    assert page.table.hasFocus()
    page.kind_chips["township"].setFocus()
    qtbot.keyClick(page.kind_chips["township"], Key.Key_Space)
    page.view_chips["year"].setFocus()
    qtbot.keyClick(page.view_chips["year"], Key.Key_Space)
    assert page.second.text().startswith("9月、10月，只算一起调度过的各期")
    year = {y.unit.short: y for y in there(page.year).totals()}
    assert cells(page, 0, RANK, UNIT, TOTAL) == ["1", B, f"{year[B].total:.1f}"]
    assert page.panel.items.topLevelItemCount() == 6
    assert not page.panel.correct.isEnabled(), "a year is corrected in its months"


def test_the_panel_explains_every_point(qtbot: Hands, page: ScorePage, office: Workspace) -> None:
    result = choose(qtbot, page, A)
    assert page.panel.name.text().startswith(A)
    assert page.panel.total.text() == f"{result.total:.1f}"
    assert page.panel.place.text().startswith("第2名　↓1")
    assert page.panel.chart.accessibleDescription() == "2024年9月第1名，2024年10月第2名"
    n = choose_item(qtbot, page, "progress")
    item = there(page.panel.items.shown)
    assert item.sentence.startswith("1行任务平均完成40.0%，序时应到83.3%")
    assert item.change_words.startswith("−")
    assert there(page.panel.items.topLevelItem(n)).text(0).startswith(f"工作进度，{item.points_words}分")
    qtbot.keyClick(page.panel.items, Key.Key_Right)
    qtbot.keyClick(page.panel.items, Key.Key_Down)
    with qtbot.waitSignal(page.line_wanted) as told:
        qtbot.keyClick(page.panel.items, Key.Key_Return)
    code = office.plan.unit(A).code
    assert told.args == [code, "tasks", office.store.rows("tasks", code, OCTOBER)[0]["id"], "percent"]


def test_a_correction_from_the_foot_counts_and_is_undone(qtbot: Hands, page: ScorePage) -> None:
    before = choose(qtbot, page, A)
    n = choose_item(qtbot, page, "progress")
    told: list[str] = []
    page.session.message.connect(lambda text, _tone: told.append(text))
    qtbot.mouseClick(page.panel.correct, Qt.MouseButton.LeftButton)
    box = page.panel.box
    assert box.isVisible()
    worked = there(before.items[n].worked)
    for typed, reason, says in (
        (
            str(worked),
            "与算出来的一样，看一看",
            f"“工作进度”算出来就是{worked.normalize():f}分，没有更正；请填另外的分数",
        ),
        ("30.5", "短", "更正“工作进度”要写明理由，至少6个字"),
    ):
        box.points.clear()
        qtbot.keyClicks(box.points, typed)
        box.reason.setText(reason)
        qtbot.keyClick(box.reason, Key.Key_Return)
        assert told[-1] == says
    box.reason.setText("抗洪抢险耽误，经领导小组同意")
    qtbot.keyClick(box.reason, Key.Key_Return)
    qtbot.waitUntil(lambda: page.worked_out)
    assert there(page.result()).total == before.total - worked + D("30.5")
    assert "30.5＊" in cells(page, page.table.currentRow(), *range(page.table.columnCount()))
    assert there(page.panel.items.shown).sentence.endswith("更正：抗洪抢险耽误，经领导小组同意")
    page.session.undo.undo()
    page.refresh()
    assert there(page.result()).total == before.total
    page.session.undo.redo()
    page.refresh()
    qtbot.mouseClick(box.back, Qt.MouseButton.LeftButton)
    assert there(page.result()).total == before.total


def test_the_foot_copies_and_opens_the_unit(qtbot: Hands, page: ScorePage, office: Workspace) -> None:
    choose(qtbot, page, A)
    qtbot.keyClick(page.table, Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].startswith("名次\t比上月\t单位\t牵头＋配合\t得分\t按时报送满15")
    assert lines[2].split("\t")[2] == A
    with qtbot.waitSignal(page.unit_wanted) as told:
        qtbot.mouseClick(page.panel.open, Qt.MouseButton.LeftButton)
    assert told.args == [office.plan.unit(A).code]


def act(page: ScorePage, name: str) -> list[str]:
    """Choose from the menu 成绩单; gives the messages."""
    told: list[str] = []
    page.session.message.connect(lambda text, _tone: told.append(text))
    page.panel.acts[name].trigger()
    return told


def test_sheets_are_given_out_answered_and_fixed(qtbot: Hands, page: ScorePage, office: Workspace) -> None:
    choose(qtbot, page, A)
    act(page, "issue")
    qtbot.waitUntil(lambda: page.worked_out)
    assert page.panel.place.text().endswith("成绩单已发")
    unit = office.plan.unit(A).code
    id = record_id(SCORE_OBJECTIONS.name, unit, OCTOBER, f"{OCTOBER}/S6")
    said = {
        "about": OCTOBER,
        "item": "S6",
        "name": "宣传信息",
        "text": OBJECTION,
        "day": date(2024, 10, 30),
        "by": None,
    }
    keys = {"id": id, "unit": unit, "period": OCTOBER, "line": f"{OCTOBER}/S6", "position": 60}
    page.session.edit("装入", [Change(SCORE_OBJECTIONS.name, id, None, {**keys, **said})])
    page.refresh()
    qtbot.waitUntil(lambda: page.worked_out)
    assert page.panel.place.text().endswith("成绩单有异议")
    assert page.panel.objection.isVisible()
    assert page.panel.objection.told.text() == f"对“宣传信息”有异议：{OBJECTION}"
    assert act(page, "fix")[-1].endswith("有1条异议没有答复，请先答复")
    page.panel.objection.text.setText("经查那一条是9月播的")
    qtbot.keyClick(page.panel.objection.text, Key.Key_Return)
    assert not page.panel.objection.isVisible()
    act(page, "fix")
    assert page.panel.place.text().endswith("成绩单已定")
    assert act(page, "take_back")[-1].endswith("得分已经定了，不能收回成绩单")


def test_a_sheet_is_saved_as_one_page(qtbot: Hands, page: ScorePage, tmp_path: Path) -> None:
    choose(qtbot, page, A)
    told: list[str] = []
    page.session.message.connect(lambda text, _tone: told.append(text))
    page.save_to(tmp_path / "out")
    qtbot.waitUntil(lambda: bool(told))
    assert told == [f"已存好1份成绩单：{tmp_path / 'out'}"]
    unit = page.session.space.plan.unit(A).code
    assert [p.name for p in (tmp_path / "out").iterdir()] == [f"{OCTOBER}_{unit}{A}_1考核成绩单.pdf"]


def test_nothing_reported(qtbot: Hands, new_space: Callable[..., Workspace], look: Theme) -> None:
    space = new_space(role="office")
    space.set({"current": OCTOBER})
    page = shown(qtbot, space, look)
    assert page.sentence.text().startswith("还没有单位报来")
    assert "请先收件" in page.second.text()
    assert cells(page, 0, RANK) == ["—"], "no places before anybody has reported"
    assert date.today() > space.plan.period(OCTOBER).due


@pytest.mark.parametrize(("theme", "percent", "width", "height"), [("light", 100, 1024, 620), ("dark", 150, 1920, 900)])
def test_it_fits_small_windows_and_large_text(
    qtbot: Hands, office: Workspace, look: Theme, theme: str, percent: int, width: int, height: int
) -> None:
    from PySide6.QtWidgets import QApplication

    look.change(theme, percent)
    dress(there(QApplication.instance()), look)  # type: ignore[arg-type]
    page = shown(qtbot, office, look, width, height)
    assert page.table.horizontalScrollBar().maximum() == 0, "every column of the table is within the window"
    assert page.table.columnWidth(UNIT) >= look.size(80)
    assert not page.table.isColumnHidden(ITEMS)
    right = page.panel.mapTo(page, page.panel.rect().topRight()).x()
    assert right <= page.width()
    assert all(b.isVisible() for b in (page.panel.correct, page.panel.sheet, page.copy))
