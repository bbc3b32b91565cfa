"""方案 in the county's window: rows changed in the grid, confirmed, and put in force."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

from forms.plan_tables import ASSIGNMENTS, TASKS
from models.county.unit_states import on_this_plan
from models.ledger.ledger import Ledger, Package
from models.plan_editing.draft import PlanDraft
from models.plan_editing.publish import put_in_force, versions
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import Key, at_dialog, inside, there
from ui.operations.operation import running
from ui.plan.assignment_chip import AssignmentChip
from ui.plan.new_year_box import NewYearBox
from ui.plan.plan_page import PlanPage
from ui.plan.versions_box import VersionsBox
from ui.window.main_window import MainWindow

Open = Callable[..., MainWindow]


@pytest.fixture
def page(tmp_path: Path, open_window: Open) -> PlanPage:
    window = open_window(Desk.county(tmp_path / "county").work)
    window.show_page("plan")
    found = window.pages["plan"]
    assert isinstance(found, PlanPage)
    return found


def test_a_guess_is_confirmed_and_the_count_goes_down_and_back(page: PlanPage, qtbot: Hands) -> None:
    before = page.desk.draft.unsure["assignments"]
    assert page.segments["assignments"].text() == f"分工 {before}"
    qtbot.mouseClick(page.views["grid"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.buttons["下一处待确认"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.buttons["确认选中的"], Qt.MouseButton.LeftButton)
    assert page.segments["assignments"].text() == f"分工 {before - 1}"
    page.session.undo.undo()
    assert page.segments["assignments"].text() == f"分工 {before}"
    assert not page.buttons["生效……"].isEnabled()


def test_a_cell_is_changed_by_typing_and_put_in_force(
    page: PlanPage, qtbot: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.show_table(TASKS)
    grid = page.grid
    grid.stand_on(grid.table.place(page.desk.draft.ids("tasks")[1], "goal"))
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert "有1处不对" in page.second.text()
    assert not page.buttons["生效……"].isEnabled()
    page.session.undo.undo()
    grid.stand_on(grid.table.place(page.desk.draft.ids("tasks")[1], "confirmed"))
    qtbot.mouseClick(page.buttons["确认选中的"], Qt.MouseButton.LeftButton)
    asked: list[str] = []
    monkeypatch.setattr(page, "asked", lambda *words: not asked.append(words[1]))  # type: ignore[func-returns-value]  # it notes, and then answers
    space = page.session.space
    qtbot.mouseClick(page.buttons["生效……"], Qt.MouseButton.LeftButton)
    assert asked[0].splitlines()[1:] == ["重点任务CY-002 加快推进绿色矿业等传统产业扩能提质…“确认”：待确认 → 已确认"]
    assert space.plan.version == "2024.2"
    assert [v["version"] for v in versions(space)] == ["2024.2"]


def test_what_comes_in_force_is_described_by_names(
    page: PlanPage, qtbot: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(page, "asked", lambda *words: bool(asked.append(words[1])))  # type: ignore[func-returns-value]  # it notes, and then answers
    draft = page.desk.draft
    for count in (2, 5):
        page.desk.edit("确认", page.desk.draft.confirm(ASSIGNMENTS, draft.ids("assignments")[:count]))
        qtbot.mouseClick(page.buttons["生效……"], Qt.MouseButton.LeftButton)
    task = "CY-001“构建具有绥宁特色和优势的“3×3”…”"
    assert asked == [
        "以下2处改动作为新的版本生效：\n"
        f"分工{task}县科工局“确认”：待确认 → 已确认\n分工{task}县发改局“确认”：待确认 → 已确认",
        "以下5处改动作为新的版本生效：\n"
        f"分工“确认”：待确认 → 已确认，共5处：{task}县科工局、{task}县发改局、{task}县农业农村局等",
    ]


def test_a_task_that_was_deleted_while_units_still_have_it_is_one_sentence(page: PlanPage) -> None:
    draft = page.desk.draft
    page.desk.edit("删去", draft.remove(draft.ids("tasks")[1:2]))
    assert page.second.text().endswith(
        "有1处不对，改好才能生效：重点任务里没有CY-002“加快推进绿色矿业等传统产业扩能提质…”了，"
        "还用着它的有“分工”第7、8、9、10行；把这些行也删去，或把CY-002补回来"
    )
    assert not page.buttons["生效……"].isEnabled()


def test_an_id_in_force_says_why_it_is_locked(page: PlanPage) -> None:
    page.show_table(TASKS)
    table = page.grid.table
    assert "已经下发" in table.why_locked(table.place(page.desk.draft.ids("tasks")[0], "id_"))
    assert table.why_locked(table.place(page.desk.draft.ids("tasks")[0], "goal")) == ""


def test_all_of_a_task_is_confirmed_at_once(page: PlanPage, qtbot: Hands) -> None:
    qtbot.mouseClick(page.views["grid"], Qt.MouseButton.LeftButton)
    draft = page.desk.draft
    mine = [i for i in draft.ids("assignments") if draft.cells[i]["任务"] == "CY-001"]
    page.grid.stand_on(page.grid.table.place(mine[2], "confirmed"))
    qtbot.mouseClick(page.buttons["确认整项任务"], Qt.MouseButton.LeftButton)
    assert {page.desk.draft.cells[i]["确认"] for i in mine} == {"已确认"}
    assert page.desk.draft.unsure["assignments"] == draft.unsure["assignments"] - len(mine)


def chip(page: PlanPage, unit: str) -> AssignmentChip:
    """The chip as a screen reader finds it: by its name."""
    found = [c for c in page.parts.card.chips if c.accessibleName().startswith(f"{unit}，")]
    assert len(found) == 1
    return found[0]


def names(page: PlanPage) -> list[str]:
    return [c.accessibleName() for c in page.parts.card.chips]


def front(page: PlanPage) -> str:
    part = page.parts.card.chosen()
    assert part is not None
    return f"{page.parts.front} {part.name}"


def test_the_units_of_a_task_are_confirmed_by_keys(page: PlanPage, qtbot: Hands) -> None:
    assert names(page)[:2] == ["县科工局，牵头，待确认", "县发改局，配合，待确认"]
    before = page.desk.draft.unsure["assignments"]
    page.setFocus()
    assert front(page) == "CY-001 县科工局"
    qtbot.keyClick(chip(page, "县科工局"), Key.Key_Return)
    assert front(page) == "CY-001 县发改局"
    assert names(page)[0] == "县科工局，牵头，已确认"
    qtbot.keyClick(chip(page, "县发改局"), Key.Key_Delete)
    assert "县发改局" not in "".join(names(page))
    assert page.desk.draft.unsure["assignments"] == before - 2
    qtbot.keyClick(chip(page, "县农业农村局"), Key.Key_Right)
    assert front(page) == "CY-001 县文旅广体局"
    qtbot.keyClick(chip(page, "县文旅广体局"), Key.Key_L)
    assert names(page)[:2] == ["县文旅广体局，牵头，已确认", "县科工局，配合，已确认"]
    assert front(page) == "CY-001 县统计局"  # the keys go on to the next one
    assert chip(page, "县统计局").hasFocus()
    qtbot.keyClick(chip(page, "县统计局"), Key.Key_Return)
    assert "县统计局，配合，已确认" in names(page)
    for _ in range(4):
        page.session.undo.undo()
    assert names(page)[:2] == ["县科工局，牵头，待确认", "县发改局，配合，待确认"]
    assert page.desk.draft.unsure["assignments"] == before
    assert not page.buttons["生效……"].isEnabled()


def test_a_view_that_was_behind_catches_up_when_it_comes_to_the_front(page: PlanPage, qtbot: Hands) -> None:
    qtbot.mouseClick(page.views["grid"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.views["parts"], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.parts.card.buttons["all"], Qt.MouseButton.LeftButton)
    mine = [
        n for n, line in enumerate(page.grids["assignments"].table.lines) if line.row and line.row["task"] == "CY-001"
    ]
    qtbot.mouseClick(page.views["grid"], Qt.MouseButton.LeftButton)
    table = page.grid.table
    assert {table.index(n, table.column("confirmed")).data() for n in mine} == {"已确认"}
    page.grid.stand_on(table.index(mine[0], table.column("confirmed")))
    page.session.undo.undo()
    qtbot.mouseClick(page.views["parts"], Qt.MouseButton.LeftButton)
    assert names(page)[0] == "县科工局，牵头，待确认"


def test_a_task_without_a_lead_says_so_and_gets_one(page: PlanPage, qtbot: Hands) -> None:
    page.setFocus()
    qtbot.keyClick(chip(page, "县科工局"), Key.Key_Delete)
    assert "任务CY-001还没有牵头单位" in page.second.text()
    assert not page.buttons["生效……"].isEnabled()
    adding = page.parts.card.adding
    adding.setFocus()
    qtbot.keyClicks(adding, "xkgj")
    qtbot.keyClick(adding, Key.Key_Return)
    assert names(page)[0] == "县科工局，牵头，已确认"
    assert front(page) == "CY-001 县科工局"
    assert "不对" not in page.second.text()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("示例局", "没有“示例局”这个单位"), ("县发改局", "已经在里面了"), ("县", "个单位像它，再打几个字")],
)
def test_a_unit_that_cannot_be_added_is_reported_and_nothing_is_written(
    page: PlanPage, qtbot: Hands, typed: str, told: str
) -> None:
    before, adding = names(page), page.parts.card.adding
    adding.setText(typed)
    qtbot.keyClick(adding, Key.Key_Return)
    assert told in page.parts.card.wrong.text()
    assert adding.text() == typed
    assert names(page) == before
    assert not page.desk.draft.started


def test_all_parts_of_a_task_are_confirmed_by_a_button_and_the_filter_leaves_it_out(
    page: PlanPage, qtbot: Hands
) -> None:
    view = page.parts
    qtbot.mouseClick(view.only, Qt.MouseButton.LeftButton)
    before = view.list.count()
    qtbot.mouseClick(view.card.buttons["all"], Qt.MouseButton.LeftButton)
    assert all(n.endswith("已确认") for n in names(page))
    assert not view.card.buttons["all"].isEnabled()
    assert view.list.count() == before  # the one in front is not pulled away
    view.list.setCurrentRow(1)
    view.searching.setText("x")
    view.searching.clear()
    assert "CY-001" not in [t.id for t in view.list.tasks()]
    assert view.only.text() == f"只看待确认 {page.desk.draft.unsure['assignments']}"


@pytest.mark.parametrize("typed", ["食品加工", "spjg", "cy-003"])
def test_a_task_is_searched_by_its_words_or_initials(page: PlanPage, qtbot: Hands, typed: str) -> None:
    page.parts.searching.setText(typed)
    assert "CY-003" in [t.id for t in page.parts.list.tasks()]
    assert page.parts.list.count() < 10
    page.parts.searching.setText("没有这样的字")
    assert page.parts.list.count() == 0
    assert page.parts.card.text.text() == "没有这样的任务"


def test_f8_goes_from_one_guess_to_the_next_through_tasks_and_tables(page: PlanPage, qtbot: Hands) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    assert window.top.next.text() == "下一处待确认　F8"
    page.setFocus()
    qtbot.keyClick(window, Key.Key_F8)
    assert front(page) == "CY-001 县发改局"
    qtbot.keyClick(window, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert front(page) == "CY-001 县科工局"
    draft = page.desk.draft
    rest = [i for i in draft.ids("assignments") if draft.cells[i]["任务"] != "CY-005"]
    page.desk.edit("确认", draft.confirm(ASSIGNMENTS, rest))
    qtbot.keyClick(window, Key.Key_F8)
    assert front(page).startswith("CY-005 ")
    qtbot.mouseClick(page.parts.card.buttons["all"], Qt.MouseButton.LeftButton)
    qtbot.keyClick(window, Key.Key_F8)
    assert page.table is TASKS
    assert page.stack.currentWidget() is page.grid
    row = page.grid.table.lines[page.grid.currentIndex().row()].row
    assert row is not None
    assert page.desk.draft.is_unsure(TASKS, str(row["id"]))


@pytest.fixture
def asked(page: PlanPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a person is asked before handing out; all is answered with going on, into the folder `out`."""
    found: list[str] = []
    monkeypatch.setattr(page.handing, "asked", lambda text: not found.append(text))  # type: ignore[func-returns-value]  # it notes, and then answers
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    return found


def status_text(page: PlanPage) -> str:
    window = page.window()
    assert isinstance(window, MainWindow)
    return window.saved.toolTip()


def handouts(page: PlanPage) -> list[Package]:
    """What the ledger says went out."""
    return Ledger(page.session.space.store).of("", "", "handout", "out")


def test_the_plan_goes_out_from_its_page_after_asking(
    page: PlanPage, qtbot: Hands, tmp_path: Path, asked: list[str]
) -> None:
    draft, units = page.desk.draft, page.session.space.units
    page.desk.edit("确认", draft.confirm(ASSIGNMENTS, draft.ids("assignments")[:1]))
    qtbot.mouseClick(page.handing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "可以安全拔出" in status_text(page))
    assert len(asked) == 1
    assert page.sentence.text() == "还有846处待确认，其中分工638处"
    assert page.segments["assignments"].text() == "分工 638"
    assert page.parts.only.text() == "只看待确认 638"
    assert "还有847处待确认，其中分工639处，下发后" in asked[0]  # what goes out is the plan in force
    assert "草稿里的改动还没有生效，发下去的仍是2024.1版" in asked[0]
    assert f"{len(units)}家里已有0家报来的文件用的是2024.1版" in asked[0]
    assert len(list((tmp_path / "out").glob("*任务包*"))) == len(units) == len(handouts(page))
    assert page.handing.text() == "下发和回执……"
    assert page.handing.isEnabled()


def test_handing_out_can_be_stopped_and_then_leaves_nothing(
    page: PlanPage, qtbot: Hands, tmp_path: Path, asked: list[str]
) -> None:
    qtbot.mouseClick(page.handing, Qt.MouseButton.LeftButton)
    assert page.handing.text() == f"停下（0／{len(page.session.space.units)}）"
    qtbot.mouseClick(page.handing, Qt.MouseButton.LeftButton)
    assert status_text(page).startswith("已停下，没有写出任务包和回执")
    assert page.handing.text() == "下发和回执……"
    assert not (tmp_path / "out").exists()
    assert handouts(page) == []


def test_a_folder_that_cannot_be_written_is_reported(
    page: PlanPage, qtbot: Hands, tmp_path: Path, asked: list[str]
) -> None:
    (tmp_path / "out").write_text("示例")
    qtbot.mouseClick(page.handing, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "不能写到这里" in status_text(page))
    assert page.handing.isEnabled()
    assert (tmp_path / "out").read_text() == "示例"
    assert handouts(page) == []


def test_units_that_report_on_the_plan_in_force_are_known_to_have_it(tmp_path: Path) -> None:
    county, unit = Desk.county(tmp_path / "two"), Desk(tmp_path / "unit")
    unit.load(county.hand_out("瓦屋塘镇"))
    unit.fill()
    assert on_this_plan(county.work) == []
    county.load(unit.submit())
    assert [u.short for u in on_this_plan(county.work)] == ["瓦屋塘镇"]
    draft = PlanDraft(county.work)
    county.work.apply([*draft.begin(), *draft.confirm(TASKS, draft.ids("tasks")[1:2])], "示例")
    put_in_force(county.work, PlanDraft(county.work).texts)
    assert on_this_plan(county.work) == []
    unit.close()
    county.close()


def test_a_window_that_closes_stops_the_handing_out(
    page: PlanPage, qtbot: Hands, tmp_path: Path, asked: list[str]
) -> None:
    qtbot.mouseClick(page.handing, Qt.MouseButton.LeftButton)
    assert running(page.handing)
    page.window().close()
    assert not running(page.handing)
    assert not (tmp_path / "out").exists()


def test_f1_tells_the_keys_of_the_page(page: PlanPage, qtbot: Hands) -> None:
    qtbot.keyClick(page.window(), Key.Key_F1)
    (box,) = inside(page.window(), QDialog)
    assert "逐项：改由这个单位牵头" in [w.text() for w in inside(box, QLabel)]
    box.close()


def test_a_new_year_asks_for_its_title_and_what_goes_along(page: PlanPage, qtbot: Hands) -> None:
    def ask(box: NewYearBox) -> None:
        assert box.kept["units"].text() == f"责任单位{len(page.session.space.units)}个"
        assert (box.title.text(), box.year.value()) == ("绥宁县实施“八大行动”总体方案", 2025)
        box.title.clear()
        assert not box.go.isEnabled()
        box.title.insert("绥宁县“七大攻坚”总体方案")
        qtbot.keyClick(box.kept["tasks"], Key.Key_Space)
        assert not box.kept["assignments"].isChecked()
        qtbot.mouseClick(box.go, Qt.MouseButton.LeftButton)

    at_dialog(NewYearBox, ask)
    qtbot.mouseClick(page.buttons["新年度……"], Qt.MouseButton.LeftButton)
    draft = page.desk.draft
    about = {r["项目"]: r["内容"] for r in draft.tables["plan"]}
    assert (about["名称"], about["年度"]) == ("绥宁县“七大攻坚”总体方案", "2025")
    assert [len(draft.ids(n)) for n in ("tasks", "assignments", "indicators")] == [
        0, 0, len(page.session.space.plan.indicators),
    ]  # fmt: skip
    assert {r["目标值"] for r in draft.tables["indicators"]} == {""}
    page.session.undo.undo()
    assert not page.desk.draft.changed


def test_a_new_year_waits_for_the_changes_of_this_one_and_then_says_that_it_is_a_draft(
    page: PlanPage, qtbot: Hands
) -> None:
    page.desk.edit("确认", page.desk.draft.confirm(TASKS, page.desk.draft.ids("tasks")[1:2]))
    qtbot.mouseClick(page.buttons["新年度……"], Qt.MouseButton.LeftButton)
    assert status_text(page) == "草稿里还有1处改动没有生效；请先按“生效”或“放弃改动”，再做新年度"
    qtbot.mouseClick(page.buttons["放弃改动"], Qt.MouseButton.LeftButton)
    at_dialog(NewYearBox, lambda box: (box.goals.setChecked(True), box.accept()))
    qtbot.mouseClick(page.buttons["新年度……"], Qt.MouseButton.LeftButton)
    assert page.second.text() == (
        "绥宁县实施“八大行动”总体方案　2024.1版　草稿里有2025年的方案（绥宁县实施“八大行动”总体方案）还没有生效"
    )


def test_the_workbook_is_written_beside_the_window(
    page: PlanPage, qtbot: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    button = page.buttons["到 Excel……"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    path = tmp_path / "out" / "方案_2024.1.xlsx"
    assert (button.text(), button.isEnabled(), path.exists()) == ("正在写……", False, False)
    assert status_text(page).startswith(f"正在写 {path}")
    qtbot.waitUntil(button.isEnabled)
    assert status_text(page) == f"已写出 {path}；改好后拖进窗口，先看不同之处再装入"
    assert path.exists()
    (tmp_path / "full").write_text("示例")
    page.excel.write(tmp_path / "full")
    qtbot.waitUntil(button.isEnabled)
    assert status_text(page).startswith("不能写到这里")


def test_what_cannot_be_read_holds_its_table_in_front(page: PlanPage, qtbot: Hands) -> None:
    page.show_table(TASKS)
    grid = page.grid
    grid.stand_on(grid.table.place(page.desk.draft.ids("tasks")[1], "due"))
    grid.setFocus()
    qtbot.keyClick(grid, Key.Key_9)
    qtbot.mouseClick(page.segments["periods"], Qt.MouseButton.LeftButton)
    assert (page.table, grid.is_typing(), page.segments["tasks"].isChecked()) == (TASKS, True, True)
    assert "“完成时限”“9”没有说是哪个月" in status_text(page)
    qtbot.keyClick(grid.focusWidget(), Key.Key_Escape)
    qtbot.mouseClick(page.segments["periods"], Qt.MouseButton.LeftButton)
    assert page.table.name == "periods"


def test_a_new_year_may_be_cancelled(page: PlanPage, qtbot: Hands) -> None:
    at_dialog(NewYearBox, lambda box: qtbot.keyClick(box, Key.Key_Escape))
    qtbot.mouseClick(page.buttons["新年度……"], Qt.MouseButton.LeftButton)
    assert not page.desk.draft.started


def test_every_version_is_in_the_list(page: PlanPage, qtbot: Hands) -> None:
    space = page.session.space
    for goal in ("第一次改的", "第二次改的"):
        draft = PlanDraft(space)
        put_in_force(space, {**draft.texts, "tasks": draft.texts["tasks"].replace(space.plan.tasks[0].goal, goal)})
    seen: list[list[str]] = []

    def look(box: VersionsBox) -> None:
        seen.extend([there(box.table.item(n, c)).text() for c in (0, 3)] for n in range(box.table.rowCount()))

    at_dialog(VersionsBox, look)
    qtbot.mouseClick(page.buttons["历次版本……"], Qt.MouseButton.LeftButton)
    assert seen == [["2024.3", "比2024.2版改动1处"], ["2024.2", "比2024.1版改动1处"], ["2024.1", "最初的方案"]]
