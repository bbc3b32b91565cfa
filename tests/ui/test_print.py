"""打印: pages to look at, one version code on paper and file, the whole set into a folder with progress and cancel."""

from pathlib import Path

from PySide6.QtCore import QThread, QThreadPool
from PySide6.QtWidgets import QApplication

from models.sample import fill
from models.version import data_code
from tests.ui.hands import Key, Open, page, put
from ui import background
from ui.main_window import PRINT, MainWindow
from ui.print_page import PrintPage


def printing(window: MainWindow, qtbot) -> PrintPage:
    window.show_page(PRINT)
    found = window.pages[PRINT]
    assert isinstance(found, PrintPage)
    qtbot.waitUntil(lambda: bool(found.pages) and "页" in found.state.text(), timeout=20000)
    return found


def done(open_window: Open) -> MainWindow:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    return window


def test_the_code_on_the_page_is_the_code_of_the_data(open_window: Open, qtbot) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    code = data_code(window.session.space.forms, window.session.ctx)
    assert shown.tie.code.text() == code
    assert "还没有传出" in shown.tie.file.text()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    grid.clear_cells()
    printing(window, qtbot)
    assert shown.tie.code.text() != code
    assert "审核还有1处" in shown.tie.left.text()
    QThreadPool.globalInstance().waitForDone()


def test_a_page_is_chosen_and_made_larger(open_window: Open, qtbot) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    shown.which.setCurrentIndex(2)  # one form alone has fewer pages
    whole = len(shown.pages)
    qtbot.waitUntil(lambda: 1 < len(shown.pages) < whole, timeout=20000)
    assert shown.paper.small.count() == len(shown.pages)
    fits = shown.pages[0].pixmap().width()
    assert fits <= shown.paper.area.viewport().width()
    shown.buttons["＋"].click()
    assert shown.pages[0].pixmap().width() > fits
    shown.buttons["适合宽度"].click()
    assert shown.pages[0].pixmap().width() == fits
    shown.paper.small.setFocus()
    qtbot.keyClick(shown.paper.small, Key.Key_Down)
    assert shown.paper.area.verticalScrollBar().value() > 0


def test_the_look_of_the_paper_is_chosen_beside_it(open_window: Open, qtbot) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    before = shown.data
    box = shown.tie.boxes["page"]
    box.setCurrentIndex(1)
    box.activated.emit(1)
    qtbot.waitUntil(lambda: shown.data != before, timeout=20000)
    assert window.session.space.settings["page"] == box.currentData()


def test_the_whole_set_is_saved_beside_the_window(open_window: Open, qtbot, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    shown.save_into(tmp_path)
    assert shown.steps.isVisible()
    qtbot.waitUntil(lambda: not shown.steps.busy, timeout=60000)
    names = sorted(p.suffix for p in tmp_path.rglob("*") if p.is_file())
    assert names.count(".xlsx") == 1
    assert names.count(".pdf") >= len(window.session.forms)
    assert "已存到" in window.saved.toolTip()
    assert not shown.steps.isVisible()


def test_a_set_that_is_left_off_keeps_what_is_whole(open_window: Open, qtbot, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    shown.save_into(tmp_path / "out")
    shown.steps.leave.click()
    qtbot.waitUntil(lambda: not shown.steps.busy, timeout=60000)
    assert "已停下" in window.saved.toolTip()
    assert len([p for p in (tmp_path / "out").rglob("*") if p.is_file()]) <= 1


def test_a_folder_that_cannot_be_written_is_told(open_window: Open, qtbot, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    (tmp_path / "占着").write_text("这里是一个文件")
    shown.save_into(tmp_path / "占着")
    qtbot.waitUntil(lambda: not shown.steps.busy, timeout=60000)
    assert "不能在这里建立文件夹" in window.saved.toolTip()
    assert QApplication.activeModalWidget() is None


def test_work_that_breaks_is_told_in_a_sentence_in_the_windows_own_thread(qapp, qtbot) -> None:
    told = []

    def broken() -> None:
        raise ZeroDivisionError

    background.start(broken, told.append, lambda why: told.append((why, QThread.currentThread() is qapp.thread())))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("没有做成：程序出了意外，已存好的内容没有受影响；详情记在 qingdan.log 里", True)]
