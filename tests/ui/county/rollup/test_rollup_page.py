"""汇总 in the window: drilling down to the line and its package, choosing units, writing."""

from collections.abc import Callable
from decimal import Decimal as D
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QTreeWidgetItem, QWidget

from models.workspace import Workspace
from tests.models.county_months import reported
from tests.ui.conftest import Hands
from tests.ui.hands import Key, of_kind
from ui.county.rollup.rollup_page import RollupPage
from ui.county.rollup.unit_choice import UnitChoice
from ui.county.scores.score_page import ScorePage
from ui.filling.form_page import FormPage
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow

A, B = "瓦屋塘镇", "县残联"
Shown = Callable[[type], QWidget]


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """A township is behind on its task, a department is done; nobody else has reported October."""
    space = new_space(role="office")
    space.set({"current": "2024-10"})
    period = space.plan.period("2024-10")
    for name, percent, status, money in ((A, "40", "late", "30"), (B, "100", "done", "90")):
        unit = space.plan.unit(name)
        task = space.plan.tasks_of(unit.code)[0][0]
        rows = {
            "tasks": [{"task": task.id, "percent": D(percent), "status": status, "progress": f"{name}的进展"}],
            "projects": [
                {"name": f"{name}项目", "action": task.action, "kind": "farm", "plan": D(100), "year_done": D(money)}
            ],
        }
        reported(space, unit, period, rows, "2024-10-20T09:00:00+08:00", revision=2)
    return space


@pytest.fixture
def shown(qtbot: Hands, office: Workspace, look: Theme) -> Shown:
    session = Session(office)

    def make(kind: Callable[[Session, Theme], QWidget]) -> QWidget:
        page = kind(session, look)
        qtbot.addWidget(page)
        page.resize(1366, 570)
        page.show()
        return page

    return make


def titles(page: RollupPage) -> list[str]:
    top = page.tree.topLevelItem(0)
    return [top.child(n).text(0) for n in range(top.childCount())]


def cells(page: RollupPage) -> list[list[str]]:
    model = page.drill.lines.lines
    return [[model.index(r, c).data() for c in range(model.columnCount())] for r in range(model.rowCount())]


def test_from_the_county_to_the_line_and_its_package_by_keyboard(qtbot: Hands, shown: Shown, office: Workspace) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    assert page.sentence.text().startswith("2个行动，1个慢于序时；")
    assert "63个未报（上期数不计入）" in page.second.text()
    assert titles(page)[:8] == [a.name for a in office.plan.actions]
    page.ways.button(3).click()
    assert titles(page) == ["农业农村"]
    page.tree.setFocus()
    qtbot.keyClick(page.tree, Key.Key_Down)
    assert page.drill.place.text() == "农业农村"
    assert "年度计划200.00万元　本年累计120.00万元　占计划60.00%" in page.drill.told.text()
    assert [row[0] for row in cells(page)] == [A, B]
    assert cells(page)[0][2:] == [f"{A}项目", "", "30.00%", "第2版", "CODE-2"]
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.tree, Key.Key_F6)
    assert page.drill.lines.hasFocus()
    with qtbot.waitSignal(page.line_wanted) as told:
        qtbot.keyClick(page.drill.lines, Key.Key_Return)
    unit = office.plan.unit(A)
    assert told.args[:3] == [unit.code, "projects", office.store.rows("projects", unit.code, "2024-10")[0]["id"]]
    assert "来自瓦屋塘镇第2版上报包，版本码CODE-2" in page.drill.lines.lines.index(0, 0).data(
        Qt.ItemDataRole.ToolTipRole
    )


@pytest.mark.parametrize(
    ("lead", "supports", "told"),
    [
        (("100", "done"), ("20", "late"), "牵头的{0}已完成100%；报的不一样：{1}进度滞后20%"),
        (("100", "done"), ("100", "done"), "牵头的{0}已完成100%；配合单位报的一样"),
        (None, ("20", "late"), "牵头的{0}还没有报，下面都是配合单位报的"),
    ],
)
def test_a_task_shows_its_lead_first_and_who_reports_otherwise(
    qtbot: Hands, new_space: Callable[..., Workspace], look: Theme,
    lead: tuple[str, str] | None, supports: tuple[str, str], told: str,
) -> None:  # fmt: skip
    office = new_space(role="office")
    office.set({"current": "2024-10"})
    order = {u.code: n for n, u in enumerate(office.plan.units)}
    of_task = {t.id: [a for a in office.plan.assignments if a.task == t.id] for t in office.plan.tasks}
    ones = {t: [a.unit for a in found if a.role == "lead"] for t, found in of_task.items()}
    others = {t: [a.unit for a in found if a.role != "lead"] for t, found in of_task.items()}
    task = next(t for t in ones if len(ones[t]) == 1 and len(others[t]) > 1 and order[others[t][0]] < order[ones[t][0]])
    given = ([] if lead is None else [(ones[task][0], lead)]) + [(code, supports) for code in others[task][:2]]
    for code, (percent, status) in given:
        rows = {"tasks": [{"task": task, "percent": D(percent), "status": status}]}
        reported(office, office.plan.unit(code), office.plan.period("2024-10"), rows, "2024-10-20T09:00:00+08:00")
    page = RollupPage(Session(office), look)
    qtbot.addWidget(page)
    page.show()
    action = next(
        page.tree.topLevelItem(0).child(n) for n in range(8) if page.tree.topLevelItem(0).child(n).childCount()
    )
    page.tree.setCurrentItem(action.child(0))
    names = [office.plan.unit(code).short for code, _ in given]
    assert [row[0] for row in cells(page)] == names
    assert [row[2][:2] for row in cells(page)] == ["牵头"] * (lead is not None) + ["配合"] * 2
    first = office.plan.unit(ones[task][0]).short
    assert told.format(first, names[1]) in page.drill.told.text()


def press(qtbot: Hands, page: RollupPage, item: QTreeWidgetItem) -> None:
    """Press the left button on an item of the tree, as a person does."""
    page.tree.scrollToItem(item)
    at = page.tree.visualItemRect(item).center()
    qtbot.mouseClick(page.tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_the_middle_shows_the_pressed_node_at_once(qtbot: Hands, shown: Shown, office: Workspace) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    top = page.tree.topLevelItem(0)
    for n in (2, 5, 0):
        press(qtbot, page, top.child(n))
        assert page.drill.place.text() == office.plan.actions[n].name
        assert page.drill.node().title == office.plan.actions[n].name
        assert [b.name for b in page.drill.bars.bars if b.name == page.drill.bars.chosen] == [
            office.plan.actions[n].name
        ]
    for key, n in ((Key.Key_Down, 1), (Key.Key_Down, 2), (Key.Key_Up, 1)):
        qtbot.keyClick(page.tree, key)
        visible = office.plan.actions[n].name if not top.child(0).isExpanded() else page.tree.currentItem().text(0)
        assert page.drill.place.text() == visible
    press(qtbot, page, top)
    assert page.drill.place.text() == "全部"


def test_lamps_say_in_words_what_they_show_and_who_has_not_reported(
    qtbot: Hands, shown: Shown, office: Workspace
) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    lamps = page.drill.lamps.lamps
    rows = {r.unit: n for n, r in enumerate(lamps.rows)}
    assert len(rows) == 65
    words = [lamps.index(rows[A], c).data() for c in range(lamps.columnCount())]
    assert words.count("滞后") == 1
    assert words[-1] == "40.0%"
    assert lamps.index(rows["长铺镇"], 1).data(Qt.ItemDataRole.AccessibleTextRole) == "本期未报"
    page.drill.lamps.setCurrentIndex(lamps.index(rows[A], 0))
    page.drill.lamps.setFocus()
    qtbot.keyClick(page.drill.lamps, Key.Key_Return)
    assert {row[0] for row in cells(page)} == {A}
    assert page.drill.views.checkedId() == 1, "the lines of the unit are in front"


def test_units_that_have_not_reported_stand_in_the_tree_and_say_so(shown: Shown) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    page.ways.button(1).click()
    towns = page.tree.topLevelItem(0).child(0)
    told = {towns.child(n).text(0): towns.child(n).text(1) for n in range(towns.childCount())}
    assert told[A] == "1项任务", "of its lines only the tasks are counted"
    assert told["长铺镇"] == "本期未报"
    page.tree.setCurrentItem(towns.child(0))
    assert page.drill.told.text() == "本期未报，上期数不计入"


def test_charts_tell_their_figures_to_those_who_cannot_see_them(shown: Shown, office: Workspace) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    action = office.plan.find("actions", office.plan.tasks_of(office.plan.unit(A).code)[0][0].action)
    assert f"{action.name}40.0%" in page.drill.bars.accessibleDescription()
    assert "序时进度83.3%" in page.drill.bars.accessibleDescription()
    assert "滞后1行" in page.drill.tally.accessibleDescription()


def visible_choice() -> UnitChoice:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, UnitChoice) and w.isVisible())


def test_only_chosen_units(qtbot: Hands, shown: Shown) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)

    def tick_townships() -> None:
        dialog = visible_choice()
        dialog.tick("township")
        take = of_kind(QDialogButtonBox, dialog.findChild(QDialogButtonBox)).buttons()[0]
        qtbot.mouseClick(take, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, tick_townships)
    qtbot.mouseClick(page.choice, Qt.MouseButton.LeftButton)
    assert page.choice.text() == "选择汇总：17个单位"
    assert {e.unit.short for e in page.drill.node().entries} == {A}
    QTimer.singleShot(0, lambda: visible_choice().reject())
    qtbot.mouseClick(page.choice, Qt.MouseButton.LeftButton)
    assert page.choice.text() == "选择汇总：17个单位", "called off: nothing changes"


def test_writing_goes_on_beside_the_window(qtbot: Hands, shown: Shown, tmp_path: Path) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    told: list[str] = []
    page.session.message.connect(lambda text, _tone: told.append(text))
    page.write_to(tmp_path / "out")
    assert not page.write.isEnabled()
    qtbot.waitUntil(page.write.isEnabled)
    assert len(list((tmp_path / "out").iterdir())) == 10
    assert told[-1].startswith("已写出汇总表和9份通报")
    (tmp_path / "taken").write_text("这是文件，不是文件夹", encoding="utf-8")
    page.write_to(tmp_path / "taken" / "deep")
    qtbot.waitUntil(page.write.isEnabled)
    assert "请换一个位置" in told[-1]


def test_nothing_reported(qtbot: Hands, new_space: Callable[..., Workspace], look: Theme) -> None:
    space = new_space(role="office")
    space.set({"current": "2024-10"})
    page = RollupPage(Session(space), look)
    qtbot.addWidget(page)
    page.show()
    assert page.sentence.text().startswith("还没有单位报来")
    assert "请先收件" in page.second.text()


def test_in_the_window_a_line_leads_to_the_unit_s_form_and_back(
    qtbot: Hands, office: Workspace, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(office)
    qtbot.mouseClick(window.buttons["rollup"], Qt.MouseButton.LeftButton)
    page = window.pages["rollup"]
    assert isinstance(page, RollupPage)
    page.ways.button(3).click()
    page.tree.setCurrentItem(page.tree.topLevelItem(0).child(0))
    page.drill.lines.setCurrentIndex(page.drill.lines.lines.index(1, 0))
    page.drill.lines.setFocus()
    qtbot.keyClick(page.drill.lines, Key.Key_Return)
    assert window.session.unit.short == B
    form = window.stack.currentWidget()
    assert form is window.pages["projects"]
    assert of_kind(FormPage, form).grid.currentIndex().data() == f"{B}项目"
    qtbot.mouseClick(window.buttons["rollup"], Qt.MouseButton.LeftButton)
    again = window.pages["rollup"]
    assert isinstance(again, RollupPage)
    assert (again.way.title, again.drill.place.text()) == ("按项目", "农业农村"), "the tree stands where it stood"
    qtbot.mouseClick(window.buttons["scores"], Qt.MouseButton.LeftButton)
    assert of_kind(ScorePage, window.pages["scores"]).sentence.text().startswith(f"乡镇里{A}第一")


def test_a_team_sends_its_card_and_the_originals(
    qtbot: Hands, new_space: Callable[..., Workspace], look: Theme, tmp_path: Path
) -> None:
    space = new_space(role="team", action="CY")
    page = RollupPage(Session(space), look)
    qtbot.addWidget(page)
    page.show()
    assert page.team.isVisible()
    told: list[tuple[str, str]] = []
    page.session.message.connect(lambda text, tone: told.append((text, tone)))
    page.team.card_to(tmp_path)
    assert [p.name for p in tmp_path.glob("*.qd")] == ["一产业培塑行动_专班登记.qd"]
    assert "密钥指纹" in told[-1][0]
    page.team.forward_to(tmp_path)
    assert told[-1] == (f"还没有收到{space.period.name}的上报包，没有可以转报的", "red")


def test_the_office_has_no_team_s_buttons(shown: Shown) -> None:
    page = shown(RollupPage)
    assert isinstance(page, RollupPage)
    assert not page.team.isVisible()
