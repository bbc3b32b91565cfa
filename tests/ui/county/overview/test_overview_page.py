"""The county's window: the wall of seats, its keys and filters, loading, reminding, sending back, handing out."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QMenu

from models.county.consolidation import Consolidation
from models.county.corrections import correct
from models.county.standings import standings
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.county.inbox.inbox_files import take
from tests.ui.hands import Key, at_dialog, inside, of_kind
from ui.county.feedback.correction_dialog import CorrectionDialog
from ui.county.feedback.return_dialog import ReturnDialog, write_return
from ui.county.overview.overview_page import OverviewPage
from ui.county.rollup.line_table import FIGURE
from ui.county.rollup.rollup_page import RollupPage
from ui.filling.form_page import FormPage
from ui.grid.record_table import STATE
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import HOME

A = "瓦屋塘镇"
Open = Callable[..., MainWindow]


@pytest.fixture
def county(tmp_path: Path) -> Desk:
    return Desk.county(tmp_path / "county")


def office(window: MainWindow) -> OverviewPage:
    page = window.pages[HOME]
    assert isinstance(page, OverviewPage)
    return page


def tile_of(page: OverviewPage, unit: str) -> QAbstractButton:
    """The seat as a screen reader finds it: by its name."""
    found = [b for b in inside(page, QAbstractButton) if b.accessibleName().startswith(f"{unit}，")]
    assert len(found) == 1
    return found[0]


def state(page: OverviewPage, unit: str) -> str:
    return tile_of(page, unit).accessibleName().split("，")[1]


def test_a_day_at_the_office(qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open) -> None:
    one, two = Desk(tmp_path / "one"), Desk(tmp_path / "two")
    hand_out = county.hand_out(A)
    for desk in (one, two):
        desk.load(hand_out)
        desk.fill()
    two.write("tasks", 2, "note", "另一台电脑填的")
    window = open_window(county.work)
    assert office(window).sentence.text() == f"还差{len(county.work.units)}家"
    assert state(office(window), A) == "未报"
    assert window.top.next.text() == "收件　F8"
    take(qtbot, window, one.submit())
    assert state(office(window), A) in ("已报", "迟报")
    take(qtbot, window, two.submit())
    assert state(office(window), A) == "冲突"
    window.show_page(HOME)
    assert window.top.next.text() == f"先办：{A}两版相撞　F8"
    qtbot.keyClick(window, Key.Key_F8)
    assert window.stack.currentWidget() is window.pages["inbox"]
    window.show_page(HOME)
    qtbot.mouseClick(office(window).side.copy, Qt.MouseButton.LeftButton)
    assert A not in QGuiApplication.clipboard().text()
    assert "长铺镇" in QGuiApplication.clipboard().text()
    said: list[str] = []
    window.session.message.connect(lambda text, _tone: said.append(text))
    office(window).handing.to(tmp_path / "out")
    qtbot.waitUntil(lambda: "可以安全拔出" in window.saved.toolTip())
    assert [text for text in said if "先不要拔" in text]
    files = list((tmp_path / "out").iterdir())
    assert sum("任务包" in f.name for f in files) == len(county.work.units)
    for desk in (one, two):
        desk.close()


def test_seats_stay_where_they_are_and_filters_only_dim(
    qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open
) -> None:
    one = Desk(tmp_path / "one")
    one.load(county.hand_out(A))
    one.fill()
    window = open_window(county.work)
    before = [(t.seat.unit.code, t.pos()) for t in office(window).wall.tiles]
    take(qtbot, window, one.submit())
    page = office(window)
    qtbot.mouseClick(page.chips["missing"], Qt.MouseButton.LeftButton)
    assert [t.seat.unit.short for t in page.wall.tiles if t.dim] == [A]
    assert page.chips["missing"].text() == f"未报 {len(county.work.units) - 1}"
    assert [(t.seat.unit.code, t.pos()) for t in page.wall.tiles] == before
    qtbot.mouseClick(page.chips["missing"], Qt.MouseButton.LeftButton)  # once more lets all shine
    assert not [t for t in page.wall.tiles if t.dim]
    one.close()


def test_arrows_go_from_tile_to_tile_and_letters_find_a_unit(qtbot: Hands, county: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    page = office(window)
    first = page.wall.tiles[0]
    first.setFocus()
    for key, unit in ((Key.Key_Right, 1), (Key.Key_Down, 1 + page.wall.columns), (Key.Key_Left, page.wall.columns)):
        qtbot.keyClick(QApplication.focusWidget(), key)
        assert QApplication.focusWidget() is page.wall.tiles[unit]
        assert page.side.seat.unit == page.wall.tiles[unit].seat.unit
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_W)
    for letter in "wtz":
        qtbot.keyClick(QApplication.focusWidget(), letter)
    assert [t.seat.unit.short for t in page.wall.tiles if not t.dim] == [A]
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)
    assert page.side.name.text().startswith(A)
    assert QApplication.focusWidget() is tile_of(page, A)
    assert not [t for t in page.wall.tiles if t.dim]


def test_one_unit_is_reminded_by_name(qtbot: Hands, county: Desk, open_window: Open) -> None:
    page = office(open_window(county.work))
    page.go_to_unit(county.work.plan.unit(A).code)
    qtbot.mouseClick(page.side.one, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.side.copy, Qt.MouseButton.LeftButton)
    text = QGuiApplication.clipboard().text()
    assert text.startswith(A)
    assert "10月25日前" in text


def test_the_office_sends_a_cell_back(qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open) -> None:
    one = Desk(tmp_path / "one")
    one.load(county.hand_out(A))
    one.fill()
    county.load(one.submit())
    window = open_window(county.work)
    page = office(window)
    page.go_to_unit("430527106")
    box = ReturnDialog(window.session, county.work.plan.unit(A), window.look, page)
    qtbot.addWidget(box)
    box.show()
    box.form_box.setCurrentText("任务清单")
    box.number.setValue(3)
    box.field_box.setCurrentText("进展情况")
    assert box.found.text() == f"单位填的：{county.cell('tasks', 3, 'progress', A)}"
    assert not box.send.isEnabled()
    box.text.insert("请写具体数字")
    qtbot.keyClick(box.text, Key.Key_Return)
    assert (box.comments, box.isVisible()) == ([("tasks", 3, "进展情况", "请写具体数字")], True)
    path = write_return(window.session, county.work.plan.unit(A), box.comments, tmp_path / "back")
    page.refresh()
    assert state(page, A) == "退回未回"
    assert one.load(path)[0].message.startswith("退回1条意见")
    one.close()


def test_a_cell_is_sent_back_from_where_it_is_looked_at(
    qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Desk(tmp_path / "one")
    one.load(county.hand_out(A))
    one.fill()
    county.load(one.submit())
    words = of_kind(str, one.cell("tasks", 3, "task", A))
    text = county.work.plan.find("tasks", words).text
    window = open_window(county.work)
    window.go_to_unit(county.work.plan.unit(A).code, "tasks", str(county.cell("tasks", 3, "id", A)), "progress")
    page = window.pages["tasks"]
    assert isinstance(page, FormPage)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "back"))

    def write(box: ReturnDialog) -> None:
        assert (box.form_box.currentText(), box.number.value(), box.field_box.currentText()) == (
            "任务清单", 3, "进展情况",
        )  # fmt: skip
        assert box.about.text() == text
        box.text.insert("请写具体数字")
        qtbot.keyClick(box.text, Key.Key_Return)
        assert box.list.item(0).text() == f"任务清单第3行（{text[:15]}…）“进展情况”：请写具体数字"
        qtbot.mouseClick(box.send, Qt.MouseButton.LeftButton)

    at_dialog(ReturnDialog, write)
    qtbot.mouseClick(pressed(page, "退回这一格……"), Qt.MouseButton.LeftButton)
    assert one.load(*(tmp_path / "back").iterdir())[0].message.startswith("退回1条意见")
    one.close()


def pressed(page: FormPage, text: str) -> QAbstractButton:
    """The button of the panel."""
    return next(b for b in inside(page.panel, QAbstractButton) if b.text() == text)


def test_the_menu_of_a_cell_corrects_it(qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open) -> None:
    one = Desk(tmp_path / "one")
    one.load(county.hand_out(A))
    one.fill()
    county.load(one.submit())
    window = open_window(county.work)
    window.go_to_unit(county.work.plan.unit(A).code, "tasks", str(county.cell("tasks", 2, "id", A)), "percent")
    page = window.pages["tasks"]
    assert isinstance(page, FormPage)
    grid = page.grid

    def write(box: CorrectionDialog) -> None:
        assert (box.number.value(), box.field_box.currentText()) == (2, "完成进度")
        box.value.setText("77")
        box.text.setText("与台账核对")
        qtbot.keyClick(box.text, Key.Key_Return)
        assert "本办更正为 77" in box.list.item(0).text()
        box.reject()

    def menu() -> list[str]:
        grid.customContextMenuRequested.emit(grid.visualRect(grid.currentIndex()).center())
        (found,) = grid.findChildren(QMenu) or [QMenu()]
        texts = [a.text() for a in found.actions()]
        if texts:
            at_dialog(CorrectionDialog, write)
            found.actions()[-1].trigger()
        found.deleteLater()
        return texts

    assert menu() == ["退回这一格……", "更正这一格……"]
    assert (window.session.corrected or {}).keys() == {("tasks", county.cell("tasks", 2, "id", A), "percent")}
    one.close()


def test_what_has_not_come_is_not_sent_back(county: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    window.open_unit(county.work.plan.unit(A).code)
    page = window.pages["tasks"]
    assert isinstance(page, FormPage)
    assert not [b for b in inside(page.panel, QAbstractButton) if b.text().startswith("退回这一格")]


def test_all_seats_stand_on_the_usual_screen(qtbot: Hands, county: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    window.resize(1366, 696)
    page = office(window)
    qtbot.waitUntil(lambda: page.wall.width() > 900)
    assert len(page.wall.tiles) == len(county.work.units) == 65
    qtbot.waitUntil(
        lambda: all(t.visibleRegion().boundingRect() == t.rect() for t in page.wall.tiles)
    )  # none is cut off


def fully_visible(tile: QAbstractButton) -> bool:
    return tile.visibleRegion().boundingRect() == tile.rect()


@pytest.mark.parametrize(("width", "height", "percent"), [(1280, 648, 100), (1920, 972, 150), (1366, 696, 125)])
def test_tiles_move_closer_before_the_overview_scrolls(
    qtbot: Hands, county: Desk, open_window: Open, look: Theme, width: int, height: int, percent: int
) -> None:
    window = open_window(county.work)
    look.change("light", percent)
    window.session.appearance_changed.emit()
    window.show_page(HOME)
    window.resize(width, height)
    qtbot.waitUntil(lambda: all(fully_visible(t) for t in office(window).wall.tiles))
    boxes = [t.geometry() for t in office(window).wall.tiles]
    assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.intersects(b)]
    assert max(b.right() for b in boxes) <= office(window).wall.width()


def test_the_current_tile_is_visible_in_an_overview_that_scrolls(
    qtbot: Hands, county: Desk, open_window: Open, look: Theme
) -> None:
    window = open_window(county.work)
    look.change("light", 200)
    window.session.appearance_changed.emit()
    window.show_page(HOME)
    window.resize(1366, 696)
    tiles = office(window).wall.tiles
    qtbot.waitUntil(lambda: fully_visible(tiles[0]) and not fully_visible(tiles[-1]))
    tiles[0].setFocus()
    for _ in range(len(tiles)):
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Down)
    assert QApplication.focusWidget() is tiles[-1]
    assert fully_visible(tiles[-1])
    assert not fully_visible(tiles[0])


def marked_line(window: MainWindow, figure: str) -> str:
    """What 汇总 says of the line whose figure bears the mark of a correction."""
    window.show_page("rollup")
    page = window.pages["rollup"]
    assert isinstance(page, RollupPage)
    lines = page.drill.lines.lines
    marked = [n for n in range(lines.rowCount()) if lines.index(n, FIGURE).data().endswith(f"{figure}%＊")]
    assert len(marked) == 1
    return str(lines.index(marked[0], FIGURE).data(Qt.ItemDataRole.ToolTipRole))


def looked_into(window: MainWindow, code: str, county: Desk) -> str:
    """What the panel beside the unit's form says of the corrected cell, whose cell bears the mark."""
    window.go_to_unit(code, "tasks", str(county.cell("tasks", 3, "id", A)), "percent")
    page = window.pages["tasks"]
    assert isinstance(page, FormPage)
    at = page.grid.currentIndex()
    states = [at.siblingAtColumn(n).data(STATE).corrected for n in range(1, at.model().columnCount())]
    assert [n for n, corrected in enumerate(states, 1) if corrected] == [at.column()]
    return "".join(label.text() for label in inside(page.panel, QLabel))


def test_the_office_corrects_a_cell_with_a_reason(
    qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open
) -> None:
    one = Desk(tmp_path / "one")
    one.load(county.hand_out(A))
    one.fill()
    county.load(one.submit())
    window = open_window(county.work)
    unit, reported = county.work.plan.unit(A), of_kind(Decimal, county.cell("tasks", 3, "percent", A))
    box = CorrectionDialog(window.session, unit, window.look, office(window))
    qtbot.addWidget(box)
    box.show()
    box.form_box.setCurrentText("任务清单")
    box.number.setValue(3)
    box.field_box.setCurrentText("完成进度")
    box.value.setText("77")
    qtbot.keyClick(box.text, Key.Key_Return)
    assert box.found.text() == "请写一句更正的理由；理由随回执告诉单位"
    box.text.insert("与台账核对")
    qtbot.keyClick(box.text, Key.Key_Return)
    assert box.list.item(0).text().endswith("本办更正为 77（与台账核对）　有效")
    lines = Consolidation(county.work, county.work.period).lines(county.work.form("tasks"))
    assert next(r for r in lines if r["id"] == county.cell("tasks", 3, "id", A))["percent"] == 77
    assert county.cell("tasks", 3, "percent", A) == reported
    told = f"单位报{reported.normalize():f}，本办更正为77：与台账核对"
    assert f"＊“完成进度”{told}" in marked_line(window, "77")
    assert told in looked_into(window, unit.code, county)
    box.list.setCurrentRow(0)
    qtbot.mouseClick(box.theirs, Qt.MouseButton.LeftButton)
    assert box.list.count() == 0
    one.close()


def test_a_correction_that_the_unit_contests_is_seen_until_it_is_decided(
    qtbot: Hands, county: Desk, tmp_path: Path, open_window: Open
) -> None:
    one, work = Desk(tmp_path / "one"), county.work
    one.load(county.hand_out(A))
    one.fill()
    one.write("tasks", 3, "percent", Decimal(90))
    county.load(one.submit())
    unit, place = work.plan.unit(A), ("tasks", str(county.cell("tasks", 3, "id", A)), "percent")
    work.apply(correct(work, unit, work.period, place, "95", "与台账核对"), "更正")
    one.write("tasks", 3, "percent", Decimal(94))
    county.load(one.submit())
    window = open_window(work)
    page = office(window)
    assert page.wall.tile(unit.code).seat.second == "更正待定1格"
    assert page.chips["contested"].text() == "更正待定 1"
    assert window.top.next.text() == f"先办：{A}更正待定　F8"
    qtbot.keyClick(window, Key.Key_F8)
    assert page.wall.front is page.wall.tile(unit.code)
    assert page.side.buttons["correct"].text() == "定1格更正……"
    assert QApplication.focusWidget() is page.side.buttons["correct"]
    assert next(r["note"] for r in standings(Consolidation(work, work.period)) if r["unit"] == unit.code) == (
        "本办更正待定1格"
    )
    assert "单位原报90、又报94，本办更正为95，用哪个还没有定：与台账核对" in marked_line(window, "95")
    window.show_page(HOME)
    box = CorrectionDialog(window.session, unit, window.look, page)
    qtbot.addWidget(box)
    box.show()
    assert box.list.currentItem().text().endswith("单位又报了别的，请定")
    qtbot.mouseClick(box.ours, Qt.MouseButton.LeftButton)
    assert "更正待定" not in page.wall.tile(unit.code).seat.second
    assert not page.chips["contested"].isVisible()
    assert "更正待定" not in window.top.next.text()
    one.close()


def test_the_county_window_says_that_one_of_its_units_has_sample_data(county: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    space, session = county.work, window.session
    assert not window.top.sample.isVisible()
    last = space.units[-1]
    assert last != session.unit
    space.apply(space.state(last.code, session.period.id, "*", "sample"), "示例")
    session.go()
    assert window.top.sample.isVisible()
