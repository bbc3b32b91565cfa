"""Handing in by the window: from the county's file on the first start to the receipt."""

import email
import email.policy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from models.sample import fill
from tests.exports.test_newer_plan import edited, put_in_force, without
from tests.travel import PERIOD, Desk
from tests.ui.hands import agree as agree_to
from ui.first_start import FirstStart
from ui.hand_in_page import HandInPage
from ui.loading import Preview
from ui.main_window import SEND, MainWindow
from ui.sending import SendBar
from ui.theme import Look

A = "瓦屋塘镇"
Open = Callable[..., MainWindow]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    made = Desk.county(tmp_path / "county")
    yield made
    made.close()


def editable(window: MainWindow, row: int) -> bool:
    """Whether the progress of the n-th task may be written now."""
    window.show_page("tasks")
    grid = window.pages["tasks"].grid  # type: ignore[attr-defined]
    records = [x.row["id"] for x in grid.table.lines if x.row]
    index = grid.table.place(records[row - 1], "progress")
    return bool(grid.table.flags(index) & Qt.ItemFlag.ItemIsEditable)


def press(qtbot, page: HandInPage, text: str) -> None:
    button = next(b for b in page.findChildren(QPushButton) if b.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def done(qtbot, page: HandInPage) -> None:
    """Wait until what is on its way out has got there."""
    qtbot.waitUntil(lambda: not page.sending.busy)


def bar(page: HandInPage) -> SendBar:
    return page.findChildren(SendBar)[0]


def agree(seen: list[str]) -> None:
    """Press 装入 in the preview that is about to open, after reading it."""

    def press() -> None:
        preview = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Preview) and w.isVisible())
        seen.extend(preview.list.item(n).text() for n in range(preview.list.count()))
        preview.take.click()

    QTimer.singleShot(0, press)


def started(county: Desk, tmp_path: Path, look: Look, open_window: Open) -> tuple[MainWindow, HandInPage]:
    """A window on a workspace made from the county's hand-out, October filled in."""
    start = FirstStart(tmp_path / "pc", look)
    start.show()
    start.take([county.hand_out(A)])
    space = agree_to(start)
    fill(space, space.plan.period(PERIOD))
    window = open_window(space)
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    return window, page


def test_out_and_back_in(qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open) -> None:
    window, page = started(county, tmp_path, look, open_window)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.place.insertItem(0, "U盘", stick)
    page.place.setCurrentIndex(0)
    press(qtbot, page, "传出上报包")
    assert not page.out.isEnabled()
    assert "先不要拔" not in window.saved.toolTip()
    done(qtbot, page)
    [file] = stick.iterdir()
    assert "可以安全拔出" in window.saved.toolTip()
    assert page.sentence.text() == "已传出，待回执"
    assert county.results(file) == ["accepted"]
    back = county.send_back(A, ("tasks", 2, "progress", "请写具体数字"))
    seen: list[str] = []
    agree(seen)
    window.open_files([back])
    assert seen == [
        f"可以装入　{back.name}　退回单　{A}　2024-10　第1版\n　　退回1条意见，请只改被退回的地方，改好后再报"
    ]
    page = window.pages[SEND]  # type: ignore[assignment]
    assert page.sentence.text() == "县里退回了，请办完意见再报"
    assert not page.out.isEnabled()
    press(qtbot, page, "去改这一格")
    assert window.stack.currentWidget() is window.pages["tasks"]
    window.show_page(SEND)
    page.text.setText("已与业主核对，数字无误")
    qtbot.keyClick(page.text, Qt.Key.Key_Return)
    assert page.out.isEnabled()
    page.write_to(stick)
    done(qtbot, page)
    second = next(f for f in stick.iterdir() if "_r002_" in f.name)
    assert county.results(second) == ["accepted"]
    seen.clear()
    agree(seen)
    window.open_files([county.receipt(A)])
    page = window.pages[SEND]  # type: ignore[assignment]
    assert page.sentence.text() == "已报，县里的回执已收到"
    assert editable(window, 2) is True  # the cell that was sent back
    assert editable(window, 4) is False
    assert "更正" in window.session.lock.why("tasks", "x", "progress")
    press(qtbot, page, "更正")
    assert editable(window, 4) is True


def test_a_stranger_file_on_the_first_start_is_told_and_nothing_is_made(tmp_path: Path, look: Look) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(300))
    start = FirstStart(tmp_path / "pc", look)
    start.take([photo])
    assert "不是清单填报的文件" in start.pack.told.text()
    assert start.space is None
    assert not (tmp_path / "pc" / "qingdan.db").exists()


def test_what_is_left_keeps_the_file_in(county: Desk, tmp_path: Path, look: Look, open_window: Open) -> None:
    start = FirstStart(tmp_path / "pc", look)
    start.show()
    start.take([county.hand_out(A)])
    window = open_window(agree_to(start))
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    assert not page.out.isEnabled()
    assert "解决了才能传出" in page.second.text()


def test_the_way_out_is_told_step_by_step(qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open) -> None:
    window, page = started(county, tmp_path, look, open_window)
    steps: list[str] = []
    page.sending.said.connect(lambda text, *_: steps.append(text))
    page.write_to(tmp_path / "u")
    assert bar(page).leave.isVisible()
    window.show_page("tasks")  # the window goes on meanwhile
    done(qtbot, page)
    assert steps[:2] == ["正在排版盖章用的表……", f"正在写到 {tmp_path / 'u'}，先不要拔"]
    assert steps[2].startswith("✓ 已读回核对，可以安全拔出：430527106_2024-10_r001_")
    assert not bar(page).leave.isVisible()


def test_leaving_off_hands_nothing_in(qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open) -> None:
    _, page = started(county, tmp_path, look, open_window)
    page.write_to(tmp_path / "u")
    qtbot.mouseClick(bar(page).leave, Qt.MouseButton.LeftButton)
    done(qtbot, page)
    assert bar(page).label.text() == "已取消，没有传出"
    assert not (tmp_path / "u").exists()
    assert page.sentence.text() == "还没有传出"


def test_too_little_room_is_told_before_anything_is_written(
    qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open, monkeypatch
) -> None:
    _, page = started(county, tmp_path, look, open_window)
    whole, usage = tmp_path / "u", shutil.disk_usage(tmp_path)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda p: usage._replace(free=5 << 10) if Path(p) == whole else usage
    )  # fmt: skip
    page.write_to(whole)
    done(qtbot, page)
    assert bar(page).label.text().startswith("这里只剩5KB，要写")
    assert list(whole.iterdir()) == []
    page.write_to(tmp_path / "other")
    done(qtbot, page)
    assert "_r001_" in next((tmp_path / "other").iterdir()).name


def test_closing_the_window_brings_the_file_to_its_end(
    qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    page.write_to(tmp_path / "u")
    window.close()
    assert county.results(*(tmp_path / "u").iterdir()) == ["accepted"]


def test_a_copy_goes_out_once_more_and_a_lost_copy_is_told(
    qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    page.write_to(tmp_path / "u")
    done(qtbot, page)
    page.place.insertItem(0, "U盘", tmp_path / "second")
    page.place.setCurrentIndex(0)
    press(qtbot, page, "再写一份")
    done(qtbot, page)
    [one], [two] = (tmp_path / "u").iterdir(), (tmp_path / "second").iterdir()
    assert (one.name, one.read_bytes()) == (two.name, two.read_bytes())
    (window.session.space.folder / page.now.sent[0].file).unlink()
    press(qtbot, page, "再写一份")
    assert "第1版的原件不在本机了" in window.saved.toolTip()


def test_the_mail_draft_is_read_by_pythons_own_mail_reader(
    qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open
) -> None:
    _, page = started(county, tmp_path, look, open_window)
    page.write_to(tmp_path / "mail", mail=True)
    done(qtbot, page)
    [draft] = (tmp_path / "mail").iterdir()
    read = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert (read["X-Unsent"], read["Subject"]) == ("1", f"{A}2024年10月清单上报包")
    [attached] = read.iter_attachments()
    assert attached.get_filename() == f"{draft.stem}.qd"
    assert county.results(draft) == ["accepted"]


def test_a_newer_plan_is_laid_beside_the_one_in_force(
    qtbot, county: Desk, tmp_path: Path, look: Look, open_window: Open
) -> None:
    window, _ = started(county, tmp_path, look, open_window)
    gone = window.session.space.plan.tasks_of("430527106")[0][0]
    put_in_force(county, edited(county.work.plan, **without(gone.id)))
    seen: list[list[str]] = []

    def read() -> None:
        preview = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Preview) and w.isVisible())
        seen.append([preview.news.item(0, n).text() for n in range(4)])
        preview.reject()

    QTimer.singleShot(0, read)
    window.open_files([county.hand_out(A)])
    assert seen == [["不再有", gone.text, "填过1行，仍保留，可以看", "新方案没有"]]
    assert window.session.space.plan.find("tasks", gone.id) is not None
