"""Handing in by the window: from the county's file on the first start to the receipt."""

import email
import email.policy
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from models.reporting.check import give_reason
from models.reporting.sample import fill
from tests.exports.incoming.test_newer_plan import edited, put_in_force, without
from tests.travel import PERIOD, Desk
from tests.ui.conftest import Hands
from tests.ui.hands import agree as agree_to
from tests.ui.hands import at_dialog, inside
from ui.first.wizard import SetupWizard
from ui.handin.drives import Drive
from ui.handin.hand_in_page import HandInPage
from ui.handin.submission_job import SubmissionJob
from ui.loads.load_dialog import LoadPreview
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import SEND

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


def press(qtbot: Hands, page: HandInPage, text: str) -> None:
    QApplication.processEvents()  # new lines are shown in the next round
    button = next(b for b in inside(page.column, QPushButton) if b.text() == text and b.isVisible())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def sending(page: HandInPage) -> SubmissionJob:
    return page.column.write.sending


def done(qtbot: Hands, page: HandInPage) -> None:
    """Wait until what is on its way out has got there."""
    qtbot.waitUntil(lambda: not sending(page).busy)


def plug(page: HandInPage, *folders: Path, writable: bool = True) -> None:
    """Sticks that are plugged in from now on, each named as its folder."""
    for folder in folders:
        folder.mkdir(exist_ok=True)
    page.column.write.plugged = lambda: [Drive(f, f.name, "FAT32", 3 << 30, writable) for f in folders]
    page.column.write.show_sticks()


def states(page: HandInPage) -> list[str]:
    """How the four steps stand: checked, printed, written, received."""
    return [step.state for step in page.column.steps]


def words(page: HandInPage) -> str:
    """Everything that can be read beside the paper."""
    QApplication.processEvents()  # new lines are shown in the next round
    shown = [w for w in inside(page.column, QLabel) if w.isVisible()]
    return "\n".join(w.text().replace("\u200b", "") for w in shown)


def agree(seen: list[str]) -> None:
    """Press 装入 in the preview that is about to open, after reading it."""

    def press(preview: LoadPreview) -> None:
        seen.extend(preview.list.item(n).text() for n in range(preview.list.count()))
        preview.take.click()

    at_dialog(LoadPreview, press)


def started(county: Desk, tmp_path: Path, look: Theme, open_window: Open) -> tuple[MainWindow, HandInPage]:
    """A window on a workspace made from the county's hand-out, October filled in."""
    start = SetupWizard(tmp_path / "pc", look)
    start.show()
    start.take([county.hand_out(A)])
    space = agree_to(start)
    fill(space, space.plan.period(PERIOD))
    window = open_window(space)
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    return window, page


def test_out_and_back_in(qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open) -> None:
    window, page = started(county, tmp_path, look, open_window)
    stick = tmp_path / "KINGSTON"
    plug(page, stick)
    assert states(page) == ["done", "now", "todo", "todo"]
    press(qtbot, page, "写进 KINGSTON")
    assert not page.column.write.write.isVisible()
    done(qtbot, page)
    [file] = stick.iterdir()
    assert "上面这一版是第一次传出的" in words(page)
    assert "还没有；传出的每一版" not in words(page)
    assert "可以安全拔出" in window.saved.toolTip()
    assert states(page) == ["done", "todo", "done", "now"]
    told = words(page)
    assert all(
        w in told for w in ("可以安全拔出", "读回来与原文一字不差", file.name, "只有县办能打开", "只算“已传出，待确认”")
    )
    assert county.results(file) == ["accepted"]
    back = county.send_back(A, ("tasks", 2, "progress", "请写具体数字"))
    seen: list[str] = []
    agree(seen)
    window.open_files([back])
    assert seen == [
        f"可以装入　{back.name}　退回单　{A}　2024年10月　第1版\n　　退回1条意见，请只改被退回的地方，改好后再报"
    ]
    page = window.pages[SEND]  # type: ignore[assignment]
    plug(page, stick)
    assert "县里退回1处，还有1处要办" in words(page)
    assert page.column.write.main() is None
    press(qtbot, page, "去改这一格")
    assert window.stack.currentWidget() is window.pages["tasks"]
    window.show_page(SEND)
    box = page.column.returned.text
    box.setText("已与业主核对，数字无误")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert "退回的1处都办完了，请再报一次" in words(page)
    press(qtbot, page, "写进 KINGSTON")
    done(qtbot, page)
    second = next(f for f in stick.iterdir() if "_r002_" in f.name)
    assert "盘里原有的第1版没有动，县里认第2版" in words(page)
    assert county.results(second) == ["accepted"]
    seen.clear()
    agree(seen)
    window.open_files([county.receipt(A)])
    page = window.pages[SEND]  # type: ignore[assignment]
    assert states(page)[2:] == ["done", "done"]
    assert "县里已收到第2版" in words(page)
    assert "10月 第1版　已收到回执" in words(page)
    assert editable(window, 2) is True  # the cell that was sent back
    assert editable(window, 4) is False
    assert "更正" in window.session.lock.why("tasks", "x", "progress")
    window.show_page(SEND)
    press(qtbot, page, "更正")
    assert editable(window, 4) is True


def test_a_stranger_file_on_the_first_start_is_reported_and_nothing_is_made(tmp_path: Path, look: Theme) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + bytes(300))
    start = SetupWizard(tmp_path / "pc", look)
    start.take([photo])
    assert "不是清单填报的文件" in start.pack.told.text()
    assert start.space is None
    assert not (tmp_path / "pc" / "qingdan.db").exists()


def test_open_findings_keep_the_file_from_being_written(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    start = SetupWizard(tmp_path / "pc", look)
    start.show()
    start.take([county.hand_out(A)])
    window = open_window(agree_to(start))
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    assert states(page) == ["now", "todo", "todo", "todo"]
    assert page.column.write.main() is None
    assert "解决了才能传出" in words(page)
    left = window.session.open_findings
    assert page.column.check.counts["A"].text() == str(sum(f.problem.level == "A" for f in left))
    press(qtbot, page, "去改第一处")
    assert window.stack.currentWidget() is window.pages[left[0].problem.form]


def test_writing_out_is_reported_step_by_step(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    stages: list[str] = []
    sending(page).progressed.connect(lambda: stages.append(sending(page).stage))
    plug(page, tmp_path / "u")
    press(qtbot, page, "写进 u")
    assert page.column.write.leave.isVisible()
    assert page.column.write.stick.stages.accessibleName() == "排版，第1步，共5步"
    window.show_page("tasks")  # the window goes on meanwhile
    done(qtbot, page)
    assert list(dict.fromkeys(stages)) == ["排版", "写入", "落盘", "读回核对", "改名"]
    window.show_page(SEND)
    assert not page.column.write.leave.isVisible()


def test_leaving_off_hands_nothing_in(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    _, page = started(county, tmp_path, look, open_window)
    plug(page, tmp_path / "u")
    press(qtbot, page, "写进 u")
    press(qtbot, page, "取消")
    done(qtbot, page)
    assert "已取消，没有传出" in words(page)
    assert "没有写成" not in words(page), "nothing went wrong"
    assert list((tmp_path / "u").iterdir()) == []
    assert states(page)[2:] == ["todo", "todo"]


def test_too_little_room_is_reported_before_anything_is_written(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    whole, usage = tmp_path / "u", shutil.disk_usage(tmp_path)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda p: usage._replace(free=5 << 10) if Path(p) == whole else usage
    )  # fmt: skip
    plug(page, whole, tmp_path / "other")
    press(qtbot, page, "写进 u")
    done(qtbot, page)
    told = words(page)
    assert "没有写成" in told
    assert "这里只剩5KB，要写" in told
    assert states(page)[2:] == ["todo", "todo"], "sealed, but not out"
    assert list(whole.iterdir()) == []
    october = window.session.period
    window.session.go(period=window.session.space.plan.period("2024-11"))
    page = turned(window)
    assert "没有写成" not in words(page), "that was another month"
    window.session.go(period=october)
    page = turned(window)
    plug(page, whole, tmp_path / "other")
    assert "没有写成" in words(page)
    other = next(c for c in page.column.write.stick.cards if c.text() == "other")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    press(qtbot, page, "再写一次")
    done(qtbot, page)
    assert "_r001_" in next((tmp_path / "other").iterdir()).name
    assert states(page)[2:] == ["done", "now"]


def test_closing_the_window_brings_the_file_to_its_end(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    plug(page, tmp_path / "u")
    press(qtbot, page, "写进 u")
    window.close()
    assert county.results(*(tmp_path / "u").iterdir()) == ["accepted"]


def test_a_copy_goes_out_once_more_and_a_lost_copy_is_reported(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    plug(page, tmp_path / "u")
    press(qtbot, page, "写进 u")
    done(qtbot, page)
    plug(page, tmp_path / "second")
    press(qtbot, page, "再写进 second")
    done(qtbot, page)
    [one], [two] = (tmp_path / "u").iterdir(), (tmp_path / "second").iterdir()
    assert (one.name, one.read_bytes()) == (two.name, two.read_bytes())
    change(window)
    plug(page, tmp_path / "third")
    press(qtbot, page, "再写一份")  # the first version, as it was
    done(qtbot, page)
    assert next((tmp_path / "third").iterdir()).read_bytes() == one.read_bytes()
    assert states(page)[2:] == ["todo", "todo"], "what stands here now is still to go out"
    (window.session.space.folder / page.column.now.now.sent[0].file).unlink()
    press(qtbot, page, "再写一份")
    assert "第1版的原件不在本机了" in window.saved.toolTip()


def turned(window: MainWindow) -> HandInPage:
    """The page anew, after unit or period were changed."""
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    return page


def change(window: MainWindow) -> None:
    """Another word in the second task."""
    report = window.session.report(window.session.space.form("tasks"))
    window.session.edit("改", report.set(report.rows[1]["id"], {"progress": "本期新建2处，累计完成12处，正在收尾。"}))


def test_the_file_on_the_stick_is_looked_at_once_more(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    _, page = started(county, tmp_path, look, open_window)
    stick, kept = tmp_path / "u", tmp_path / "drawer"
    plug(page, stick)
    press(qtbot, page, "写进 u")
    done(qtbot, page)
    [file] = stick.iterdir()

    def look_again() -> str:
        press(qtbot, page, "再核对一次")
        qtbot.waitUntil(page.column.write.look_again.isEnabled)
        return words(page)

    assert "又核对过一次，一字不差" in look_again()
    whole = file.read_bytes()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert states(page)[2] == "done"
    assert "和本机的原件不一样了，不要交" in look_again()
    assert states(page)[2] == "now"
    press(qtbot, page, "再写一次")
    done(qtbot, page)
    assert states(page)[2] == "done"
    assert file.read_bytes() == whole
    assert "可以安全拔出" in words(page)
    stick.rename(kept)
    assert "这里没有这个文件了" in look_again()
    (kept / file.name).write_bytes(whole)
    plug(page, kept)  # the same stick under another letter
    assert "又核对过一次，一字不差" in look_again()


def test_one_of_two_sticks_is_chosen_by_the_arrow_keys_and_one_that_is_locked_is_not_written(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    _, page = started(county, tmp_path, look, open_window)
    assert "插上U盘" in words(page)
    assert page.column.write.write.text() == "存到文件夹……"
    plug(page, tmp_path / "one", tmp_path / "two")
    first, second = page.column.write.stick.cards
    assert (first.isChecked(), second.accessibleName()) == (True, "two，FAT32，空 3 GB，可写")
    qtbot.waitUntil(lambda: first.y() < second.y())
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert page.column.write.write.text() == "写进 two"
    page.column.write.show_sticks()  # as every two seconds
    assert page.column.write.write.text() == "写进 two"
    plug(page, tmp_path / "locked", writable=False)
    assert not page.column.write.write.isEnabled()
    assert "写保护，不能写" in page.column.write.stick.cards[0].accessibleName()


def test_what_was_printed_is_shown_in_its_step_till_something_changes(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    qtbot.waitUntil(lambda: bool(page.pages))
    count = len(page.pages)
    page.note("", 1, 1, 1)
    assert states(page) == ["done", "now", "todo", "todo"]
    assert "只打印了一部分" in words(page)
    page.note("示例打印机", 2, 1, count)
    assert states(page) == ["done", "done", "now", "todo"]
    assert f"交给打印机　{count}页×2份　示例打印机" in words(page)
    assert window.top.steps[2].text() == "打印 ✓"
    change(window)
    assert states(page) == ["done", "now", "todo", "todo"]
    assert "打印以后又改过" in words(page)
    assert window.top.steps[2].text() == "打印"


def test_f8_goes_from_step_to_step(qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open) -> None:
    window, page = started(county, tmp_path, look, open_window)
    plug(page, tmp_path / "u")
    window.show_page("tasks")
    assert window.top.next.text() == "打印盖章　F8"
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is page.column.paper.go
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is page.column.write.write
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    done(qtbot, page)
    assert window.top.next.text() == "装入回执　F8"
    window.show_page("tasks")
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert QApplication.focusWidget() is page.column.wait.load


def test_the_paper_is_framed_where_its_code_is_and_says_when_the_file_is_another(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, page = started(county, tmp_path, look, open_window)
    qtbot.waitUntil(lambda: bool(page.pages))
    marks = [leaf.page.mark for leaf in page.paper.pages]
    assert all(m is not None and m.left() < 0.3 < 0.85 < m.top() < 1 for m in marks)  # at the left of the foot
    assert page.paper.tag == "传出的文件也是这个版本码"
    plug(page, tmp_path / "u")
    press(qtbot, page, "写进 u")
    done(qtbot, page)
    assert page.paper.tag == "与文件同一个版本码（第1版）"
    change(window)
    assert page.paper.tag == "与第1版不是同一份，传出以后改过"


def test_a_closed_period_says_so(qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open) -> None:
    window, page = started(county, tmp_path, look, open_window)
    space = window.session.space
    window.session.edit("封存", space.close_off(PERIOD))
    assert "这一期已经封存" in words(page)


def test_before_a_handout_came_the_file_is_open_to_all_and_the_page_says_so(qtbot: Hands, open_window: Open) -> None:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    assert "文件不加密，县里会看到“未验证”" in words(page)
    assert "只有县办能打开" not in words(page)


def test_the_mail_draft_is_read_by_pythons_own_mail_reader(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    _, page = started(county, tmp_path, look, open_window)
    sending(page).start(tmp_path / "mail", mail=True)
    done(qtbot, page)
    [draft] = (tmp_path / "mail").iterdir()
    read = email.message_from_bytes(draft.read_bytes(), policy=email.policy.default)
    assert (read["X-Unsent"], read["Subject"]) == ("1", f"{A}2024年10月清单上报包")
    [attached] = read.iter_attachments()
    assert attached.get_filename() == f"{draft.stem}.qd"
    assert county.results(draft) == ["accepted"]
    assert "邮件草稿做好了" in words(page)
    assert not page.column.write.look_again.isVisible(), "a draft is no copy of the file"


def test_a_newer_plan_is_laid_beside_the_one_in_force(
    qtbot: Hands, county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, _ = started(county, tmp_path, look, open_window)
    gone = window.session.space.plan.tasks_of("430527106")[0][0]
    put_in_force(county, edited(county.work.plan, **without(gone.id)))
    seen: list[list[str]] = []

    at_dialog(LoadPreview, lambda preview: seen.append([preview.news.item(0, n).text() for n in range(4)]))
    window.open_files([county.hand_out(A)])
    assert seen == [["不再有", gone.text, "填过1行，仍保留，可以看", "新方案没有"]]
    assert window.session.space.plan.find("tasks", gone.id) is not None


def test_what_was_foreseen_of_files_is_what_is_reported_afterwards(
    county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    first = county.hand_out(A)
    start = SetupWizard(tmp_path / "pc", look)
    start.show()
    start.take([first])
    window = open_window(agree_to(start))
    (tmp_path / "坏的.qd").write_bytes(b"qingdan")
    seen: list[str] = []

    def act(preview: LoadPreview) -> None:
        seen.extend(label.text() for label in inside(preview, QLabel))
        preview.take.click()

    at_dialog(LoadPreview, act)
    window.open_files([first, county.hand_out(A), tmp_path / "坏的.qd"])
    assert "3个文件：1个可以装入，1个无变化，1个不能装入" in seen
    assert window.saved.text().startswith("1个装入了，1个无变化，1个没有装入；没有装入的，原件和原因放在：")


def test_a_reason_given_settles_a_count_at_the_last_steps_as_at_the_check(
    county: Desk, tmp_path: Path, look: Theme, open_window: Open
) -> None:
    window, _ = started(county, tmp_path, look, open_window)
    row = window.session.ctx.rows["tasks"][0]
    before = window.session.space.plan.period("2024-09")
    fill(window.session.space, before)
    window.session.go()
    window.show_page(SEND)
    page = window.pages[SEND]
    assert isinstance(page, HandInPage)
    old = window.session.ctx.previous["tasks", row["line"]]["progress"]
    report = window.session.report(window.session.space.form("tasks"))
    window.session.edit("照抄", report.set(row["id"], {"progress": old}))
    [finding] = [f for f in window.session.open_findings if f.problem.level == "C"]
    assert page.column.check.counts["C"].text() == "1"
    change = give_reason(window.session.space, finding, "本期确实没有新情况")
    window.session.edit("理由", change)
    assert page.column.check.counts["C"].text() == "0"
