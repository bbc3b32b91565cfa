"""收件 in the window: what came is seen before it is taken, some or all; put aside, taken back; conflicts by keys."""

import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from exports.excel.workbook import write_workbook
from exports.sheets.unit_sheets import unit_book
from models.county.corrections import correct
from models.county.unit_states import state
from models.ledger.intake_log import IntakeLog
from models.ledger.ledger import Ledger
from models.store import backup
from models.workspace import Workspace
from tests.travel import PERIOD, Desk
from tests.ui.conftest import Hands
from tests.ui.county.inbox.inbox_files import drop, inbox, take
from tests.ui.hands import Key, inside, of_kind, there
from ui.county.overview.overview_page import OverviewPage
from ui.operations.operation import running
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import HOME, INBOX

A, B, CODE = "瓦屋塘镇", "长铺镇", "430527106"
Open = Callable[..., MainWindow]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def county(tmp_path: Path) -> Desk:
    return Desk.county(tmp_path / "county")


@pytest.fixture
def one(county: Desk, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "one")
    desk.load(county.hand_out(A))
    desk.fill()
    yield desk
    desk.close()


def items(window: MainWindow) -> list[str]:
    """The files; the head of each load is told apart by its two lines."""
    return [text for text in rows(window) if "\n" not in text]


def rows(window: MainWindow) -> list[str]:
    found = inbox(window).list
    return [found.item(n).text() for n in range(found.count())]


def cells(window: MainWindow) -> list[list[str]]:
    table = inbox(window).side.table
    return [[there(table.item(r, c)).text() for c in range(4)] for r in range(table.rowCount())]


def test_nothing_is_taken_before_it_was_seen(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    sent = one.submit()
    shutil.copy(sent, folder / "a.qd")
    (folder / "b.qd").write_bytes(sent.read_bytes()[:300])
    (folder / "c.jpg").write_bytes(b"\xff\xd8 photo")
    window = open_window(county.work)
    page = drop(qtbot, window, folder)
    assert items(window) == [f"{A}　第1版　可以装入", "b.qd　不能装入", "c.jpg　不能装入"]
    assert page.take.text() == "装入打勾的1个"
    assert "本期第一次报：" in page.side.told.text()
    assert county.work.store.rows("tasks", CODE, PERIOD) == []
    page.list.setCurrentRow(1)
    assert page.side.told.text().startswith("文件不完整")
    qtbot.mouseClick(page.take, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    assert county.lines(A) == one.lines(A)
    assert [t for t in items(window) if "已装入" in t] == [f"{A}　第1版　已装入"]
    assert page.list.waiting == 2


def test_three_sides_of_each_cell(qtbot: Hands, county: Desk, one: Desk, open_window: Open) -> None:
    county.load(one.submit())
    work = county.work
    for row, value in ((3, "77"), (4, "66")):
        place = ("tasks", str(county.cell("tasks", row, "id", A)), "percent")
        work.apply(correct(work, work.plan.unit(A), work.period, place, value, "与台账核对"), "更正")
    old = [f"{Decimal(str(county.cell('tasks', r, 'percent', A))):f}".removesuffix(".0") for r in (3, 4)]
    county.send_back(A, ("tasks", 2, "note", "请补充"))
    one.write("tasks", 2, "note", "补充了")
    one.write("tasks", 3, "percent", Decimal(70))
    window = open_window(work)
    drop(qtbot, window, one.submit())
    assert cells(window) == [
        ["备注　退回过\n任务清单第2行", "（空）", "补充了", "未改"],
        ["完成进度\n任务清单第3行", old[0], "70", "77"],
        ["完成进度\n任务清单第4行", old[1], old[1], "66"],
    ]
    assert "其中1格本办也更正过" in inbox(window).side.told.text()


def test_some_are_taken_one_is_put_aside_and_taken_up_later(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    other = Desk(tmp_path / "other")
    other.load(county.hand_out("长铺镇"))
    other.fill()
    window = open_window(county.work)
    page = drop(qtbot, window, one.submit(), other.submit())
    page.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    qtbot.mouseClick(page.take, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    assert county.work.store.rows("tasks", CODE, PERIOD) == []
    assert county.lines("长铺镇") == other.lines("长铺镇")
    page.leave(page.pending[0], "等单位来电话")
    assert items(window)[0] == f"{A}　第1版　先放着"
    page.list.setCurrentRow(1)
    assert page.side.told.text() == "等单位来电话"
    qtbot.mouseClick(page.again, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    qtbot.mouseClick(page.take, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    assert county.lines(A) == one.lines(A)
    assert f"{A}　第1版　后来装入" in items(window)
    other.close()


def test_a_load_is_taken_back_by_one_click(qtbot: Hands, county: Desk, one: Desk, open_window: Open) -> None:
    window = open_window(county.work)
    page = take(qtbot, window, one.submit())
    assert page.undo.isEnabled()
    qtbot.mouseClick(page.undo, LEFT)
    assert county.work.store.rows("tasks", CODE, PERIOD) == []
    assert f"{A}　第1版　已撤销" in items(window)
    assert not page.undo.isEnabled()
    home = window.pages[HOME]
    assert isinstance(home, OverviewPage)
    assert home.sentence.text() == f"还差{len(county.work.units)}家"


def test_a_load_with_a_workbook_in_it_is_taken_back_as_one(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    other, office = Desk(tmp_path / "other", Workspace.create(tmp_path / "other", "unit", (B,))), county.work
    other.work.set({"current": PERIOD})
    other.fill()
    book, code, bare = tmp_path / "十月.xlsx", other.work.units[0].code, county.lines(B)
    write_workbook(book, unit_book(other.work, other.work.units[0], other.work.period, other.work.forms))
    window = open_window(office)
    page = take(qtbot, window, one.submit(), book)
    assert county.lines(B)["tasks"] == other.lines(B)["tasks"]
    assert not state(office, office.plan.unit(B), office.period).verified
    qtbot.mouseClick(page.undo, LEFT)
    assert county.lines(B) == bare
    assert [state(office, office.plan.unit(u), office.period).state for u in (A, B)] == ["missing"] * 2
    assert Ledger(office.store).lineage(code, PERIOD) == []
    take(qtbot, window, book)
    assert county.lines(B)["tasks"] == other.lines(B)["tasks"]
    assert state(office, office.plan.unit(A), office.period).state == "missing"
    other.close()


def test_the_empty_page_says_what_to_do_and_the_book_tells_of_each_load(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    shutil.copy(one.submit(), folder / "a.qd")
    (folder / "c.jpg").write_bytes(b"\xff\xd8 photo")
    window = open_window(county.work)
    window.show_page(INBOX)
    page = inbox(window)
    ways = [b.way.title for b in page.empty.buttons]
    assert (page.empty.isVisible(), page.list.isVisible(), ways) == (True, False, ["选文件……", "收文件夹……"])
    take(qtbot, window, folder)
    page.take_in([folder / "c.jpg"])
    qtbot.waitUntil(lambda: not running(page))
    page.forget()
    assert (page.empty.isVisible(), page.list.isVisible()) == (False, True)
    assert rows(window)[0].endswith("第1次，1个\n已装入1　来自“来件”")
    qtbot.mouseClick(page.undo, LEFT)
    assert rows(window)[0].endswith("第1次，1个\n已撤销1　来自“来件”")
    assert page.undo.toolTip() == "没有可以撤销的装入"


def test_stopping_keeps_what_is_in_and_the_next_load_goes_on(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(4):
        one.write("tasks", 1, "note", f"第{n}次")
        shutil.copy(one.submit(), folder / f"{n}.qd")
    window = open_window(county.work)
    page = drop(qtbot, window, folder)
    qtbot.mouseClick(page.take, LEFT)
    taking = running(page)
    there(taking).progressed.connect(lambda count, *_: there(taking).cancel() if count >= 1 else None)
    qtbot.waitUntil(lambda: not running(page))
    taken = len(IntakeLog(county.work.store).of_load(1))
    assert taken >= 1
    assert len(page.pending) == 4 - taken
    take(qtbot, window, folder)
    assert county.lines(A) == one.lines(A)


def test_files_of_one_load_are_seen_beside_each_other(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    first = one.submit()
    one.write("tasks", 2, "note", "甲的备注")
    second = one.submit()
    window = open_window(county.work)
    page = drop(qtbot, window, first, second)
    assert "一起装入后算数的是第2版" in page.side.told.text()
    page.list.setCurrentRow(1)
    assert page.side.told.text() == "可以装入：第2版；示例数据。与一起来的第1版不同1格。"
    assert cells(window) == [["备注\n任务清单第2行", "（空）", "甲的备注", "未改"]]
    shutil.copytree(one.folder, tmp_path / "two")
    two = Desk(tmp_path / "two", Workspace.open(tmp_path / "two"))
    for desk, word in ((one, "又改"), (two, "也改")):
        desk.write("tasks", 2, "note", word)
    a, b = one.submit(), two.submit()
    page = drop(qtbot, window, a, b)
    short = [p.stem.rsplit("_", 1)[1] for p in (a, b)]  # the file's name ends with how the package is called
    assert items(window) == [f"{A}　第3版　两版相撞　{s}" for s in short]
    assert all(s in page.side.told.text() for s in short)
    assert page.side.told.text().startswith("2份相撞")
    assert cells(window) == [["备注\n任务清单第2行", "也改", "又改", "未改"]]
    two.close()


def test_a_workbook_is_seen_cell_by_cell_before_it_is_taken(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    county.load(one.submit())
    one.write("tasks", 2, "note", "工作簿里写的")
    book = tmp_path / "十月.xlsx"
    write_workbook(book, unit_book(one.work, one.work.units[0], one.work.period, one.work.forms))
    window = open_window(county.work)
    page = drop(qtbot, window, book)
    assert "已装入" not in page.side.told.text()
    assert "未验证" in page.side.told.text()
    assert cells(window) == [["备注\n任务清单第2行", "（空）", "工作簿里写的", "未改"]]


def test_the_head_says_how_many_went_in(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    window = open_window(county.work)
    page = drop(qtbot, window, one.submit())
    assert page.sentence.text() == "收到1份，请看过再装入"
    qtbot.mouseClick(page.take, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    assert page.sentence.text() == "装入了1份"
    (tmp_path / "c.jpg").write_bytes(b"\xff\xd8 photo")
    drop(qtbot, window, tmp_path / "c.jpg")
    page.forget()
    assert page.sentence.text() == "把文件拖进来"


def test_why_a_load_stopped_stays_on_the_page(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    window, told = open_window(county.work), list[tuple[str, str]]()
    window.session.message.connect(lambda text, tone: told.append((text, tone)))
    page = drop(qtbot, window, tmp_path / "没有的.qd")
    assert told[-1] == (f"没有这个文件或文件夹：{tmp_path / '没有的.qd'}", "red")
    drop(qtbot, window, one.submit(), tmp_path / "没有的.qd")
    assert items(window) == ["没有的.qd　不能装入", f"{A}　第1版　可以装入"]
    full = county.work.store.db.execute("PRAGMA page_count").fetchone()[0]
    county.work.store.db.execute(f"PRAGMA max_page_count={full}")
    qtbot.mouseClick(page.take, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    text, tone = told[-1]
    assert text.startswith("装入了0个就停下了：“")
    assert "磁盘满了" in text
    assert (tone, len(page.pending)) == ("red", 2)
    assert window.foot.saved.toolTip() == text


def test_a_conflict_is_settled_by_keys(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    county.load(one.submit())
    shutil.copytree(one.folder, tmp_path / "two")
    two = Desk(tmp_path / "two", Workspace.open(tmp_path / "two"))
    for desk, word in ((one, "甲方的话"), (two, "乙方的话")):
        desk.write("tasks", 2, "note", word)
        desk.write("tasks", 3, "note", word)
    one.write("tasks", 5, "note", "只有一方改过")
    county.load(one.submit(), two.submit())
    window = open_window(county.work)
    home = window.pages[HOME]
    assert isinstance(home, OverviewPage)
    home.go_to_unit(CODE)
    qtbot.mouseClick(home.side.buttons["settle"], LEFT)
    page = inbox(window).conflict
    assert [r.accessibleName() for r in page.rows] == ["任务清单第2行备注", "任务清单第3行备注"]
    assert page.fold.text() == "▸ 自动并好的1格"
    assert not any(c.isChecked() for r in page.rows for c in r.choices)  # nothing is chosen beforehand
    assert not page.settle.isEnabled()
    words = page.rows[0].cell.values
    assert QApplication.focusWidget() is page.rows[0]
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Down, Key.Key_Right, Key.Key_Down):
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert QApplication.focusWidget() is page.settle
    qtbot.keyClick(page.settle, Key.Key_Space)
    assert [county.cell("tasks", r, "note", A) for r in (2, 3, 5)] == [words[0], words[1], "只有一方改过"]
    assert home.wall.tile(CODE).seat.state.state in ("submitted", "late")
    two.close()


def test_a_conflict_is_sent_back_for_the_unit_to_settle(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    county.load(one.submit())
    shutil.copytree(one.folder, tmp_path / "two")
    two = Desk(tmp_path / "two", Workspace.open(tmp_path / "two"))
    for desk, word in ((one, "甲方的话"), (two, "乙方的话")):
        desk.write("tasks", 2, "note", word)
    county.load(one.submit(), two.submit())
    window = open_window(county.work)
    window.show_conflict(CODE)
    inbox(window).conflict.send_back_to(tmp_path / "back")
    (comment,) = county.work.store.rows("comments", CODE, PERIOD)
    assert (comment["row"], comment["field"], comment["state"]) == (2, "note", "open")
    assert "甲方的话" in comment["text"]
    assert "乙方的话" in comment["text"]
    (path,) = (tmp_path / "back").iterdir()
    assert one.load(path)[0].result == "accepted"
    two.close()


def test_what_is_chosen_between_is_shown_to_its_end(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open
) -> None:
    county.load(one.submit())
    shutil.copytree(one.folder, tmp_path / "two")
    two = Desk(tmp_path / "two", Workspace.open(tmp_path / "two"))
    for desk, word in ((one, "短话"), (two, "很长的话，" * 60)):
        desk.write("tasks", 2, "note", word)
    county.load(one.submit(), two.submit())
    window = open_window(county.work)
    window.resize(1280, 648)
    window.show_conflict(CODE)
    (row,) = inbox(window).conflict.rows
    qtbot.waitUntil(lambda: all(c.height() >= c.document.size().height() for c in row.choices))
    assert min(c.document.size().height() for c in row.choices) < 30 < 60 < row.height()
    task = county.work.plan.find("tasks", of_kind(str, county.cell("tasks", 2, "task", A))).text
    assert any(w.text().endswith(f"任务清单 第2行<br>{task}</span>") for w in inside(row, QLabel)), task
    two.close()


def test_what_became_of_a_file_is_readable_in_the_largest_text(
    qtbot: Hands, county: Desk, one: Desk, open_window: Open, look: Theme
) -> None:
    look.change("light", 200)
    window = open_window(county.work)
    window.resize(1366, 696)
    page = take(qtbot, window, one.submit())
    qtbot.waitUntil(lambda: page.list.viewport().width() > look.size(200))
    item = page.list.item(page.list.count() - 1)
    assert item.text().endswith("已装入")
    assert page.list.sizeHintForIndex(page.list.indexFromItem(item)).width() <= page.list.viewport().width()


def test_the_buttons_of_a_conflict_are_in_sight_in_the_largest_text(
    qtbot: Hands, county: Desk, one: Desk, tmp_path: Path, open_window: Open, look: Theme
) -> None:
    shutil.copytree(one.folder, tmp_path / "two")
    two = Desk(tmp_path / "two", Workspace.open(tmp_path / "two"))
    for desk, word in ((one, "甲机填的"), (two, "乙机填的")):
        desk.write("tasks", 2, "note", word)
    county.load(one.submit(), two.submit())
    look.change("light", 200)
    window = open_window(county.work)
    window.resize(1366, 696)
    window.show_conflict(CODE)
    page = inbox(window).conflict
    qtbot.waitUntil(lambda: page.settle.mapTo(page, page.settle.rect().bottomRight()).x() > page.width() // 2)
    for button in (page.back, page.settle):
        assert page.rect().contains(button.geometry().translated(there(button.parentWidget()).mapTo(page, QPoint())))
        assert not button.visibleRegion().isEmpty()
    two.close()


def test_57_files_with_bad_ones_among_them(qtbot: Hands, tmp_path: Path, open_window: Open) -> None:
    from tests.mixed_files import BAD, GOOD, fill_bag

    county, bag = fill_bag(tmp_path)
    window = open_window(county.work)
    page = drop(qtbot, window, bag)
    assert (len(page.pending), sum("不能装入" in text for text in items(window))) == (57, len(BAD))
    qtbot.mouseClick(page.take, LEFT)
    qtbot.waitUntil(lambda: not running(page))
    home = window.pages[HOME]
    assert isinstance(home, OverviewPage)
    assert home.sentence.text() == f"还差{len(county.work.units) - GOOD}家"
    assert {Path(a.path).name for a in page.pending if a.result == "refused"} == set(BAD)


def test_the_office_is_backed_up_by_loading_correcting_and_closing(
    qtbot: Hands, county: Desk, one: Desk, open_window: Open
) -> None:
    folder, sent = county.folder / "backups", one.submit()
    window = open_window(county.work)
    before = len(backup.backups(folder))
    take(qtbot, window, sent)
    loaded = len(backup.backups(folder))
    assert loaded == before + 1
    unit = county.work.plan.unit(A)
    place = ("tasks", county.work.store.rows("tasks", CODE, PERIOD)[0]["id"], "percent")
    assert window.session.edit("更正", correct(county.work, unit, county.work.period, place, "7", "与台账核对"))
    assert len(backup.backups(folder)) == loaded + 1
    window.session.take_back()
    assert len(backup.backups(folder)) == loaded + 2
    county.work.set({"person": "示例"})
    window.close()
    assert len(backup.backups(folder)) == loaded + 3
