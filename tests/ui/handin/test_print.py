"""打印: pages to look at, one version code on paper and file, the whole set into a folder with progress and cancel."""

import gc
from pathlib import Path
from weakref import ref

import pypdfium2
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QThreadPool, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QMenu

from models.reporting.print_log import printings
from models.reporting.sample import fill
from models.reporting.version_code import data_code
from models.workspace import Workspace
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import UNIT, Key, Open, of_kind, page, put
from ui.handin.hand_in_page import HandInPage
from ui.handin.print_page import PrintPage
from ui.handin.version_link import VersionLink
from ui.operations.operation import running
from ui.window.main_window import MainWindow
from ui.window.page import PRINT


def printing(window: MainWindow, qtbot: Hands) -> PrintPage:
    window.show_page(PRINT)
    found = window.pages[PRINT]
    assert isinstance(found, PrintPage)
    qtbot.waitUntil(lambda: bool(found.pages) and "共" in found.state.text())
    return found


def done(open_window: Open) -> MainWindow:
    window = open_window()
    fill(window.session.space, window.session.period)
    window.session.go()
    return window


def test_the_code_on_the_page_is_the_code_of_the_data(open_window: Open, qtbot: Hands) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    code = data_code(window.session.space.forms, window.session.ctx)
    assert shown.code == code
    assert code in of_kind(HandInPage, shown).column.write.file.about.text()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    grid.clear_cells()
    printing(window, qtbot)
    qtbot.waitUntil(lambda: shown.code != code)
    assert of_kind(HandInPage, shown).column.check.tail.text() == "还有1处"
    assert shown.paper.tag == "审核还没有通过，改了以后版本码会变"
    QThreadPool.globalInstance().waitForDone()


def test_a_page_is_chosen_and_made_larger(open_window: Open, qtbot: Hands) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    shown.which.setCurrentIndex(2)  # one form alone has fewer pages
    whole = len(shown.pages)
    qtbot.waitUntil(lambda: 1 < len(shown.pages) < whole)
    assert shown.paper.small.count() == len(shown.pages)
    fits = shown.pages[0].size()
    room = shown.paper.area.viewport().size()
    assert (fits.width() <= room.width(), fits.height() <= room.height()) == (True, True)
    shown.buttons["放大"].click()
    assert shown.pages[0].width() > fits.width()
    shown.buttons["适合窗口"].click()
    assert shown.pages[0].size() == fits
    shown.paper.small.setFocus()
    qtbot.keyClick(shown.paper.small, Key.Key_Down)
    assert shown.paper.area.verticalScrollBar().value() > 0


def test_the_look_of_the_paper_is_chosen_beside_it(open_window: Open, qtbot: Hands) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    before = shown.data
    QTimer.singleShot(0, lambda: press_in_menu(qtbot, shown.menu.menu()))
    qtbot.mouseClick(shown.menu, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown.data != before)
    assert window.session.space.settings["page"] == "annex"
    shown.menu.tell()
    assert [a.isChecked() for a in shown.menu.actions_of.values()] == [False, True, False, True]


def press_in_menu(qtbot: Hands, menu: QMenu) -> None:
    """The second entry, by keys."""
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Return):
        qtbot.keyClick(menu, key)


def test_only_the_pages_asked_for_are_printed(open_window: Open, qtbot: Hands, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "some.pdf"))
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    shown.print_on(printer)
    qtbot.waitUntil(lambda: "已存到" in window.saved.toolTip())
    document = pypdfium2.PdfDocument(tmp_path / "some.pdf")
    assert len(document) == 2
    document.close()
    assert printings(window.session.space, UNIT, window.session.period) == [], "a file is no paper"


def test_the_county_that_looks_into_a_unit_prints_without_a_record(
    tmp_path: Path, open_window: Open, qtbot: Hands
) -> None:
    office = Workspace.create(tmp_path / "office", "office")
    office.set({"current": "2024-10"})
    window = open_window(office)
    window.session.go(unit=office.plan.unit(UNIT))
    shown = printing(window, qtbot)
    assert isinstance(shown.side, VersionLink)
    assert shown.side.code.text() == shown.code
    shown.note("示例打印机", 1, 1, len(shown.pages))
    assert printings(office, UNIT, window.session.period) == []
    assert "已交给打印机：示例打印机" in window.saved.toolTip()
    assert shown.paper.tag == ""


def test_the_county_sees_on_the_paper_that_it_is_what_came(tmp_path: Path, open_window: Open, qtbot: Hands) -> None:
    county, unit = Desk.county(tmp_path / "office"), Desk(tmp_path / "pc")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    assert county.results(unit.submit()) == ["accepted"]
    unit.close()
    window = open_window(county.work)
    window.session.go(unit=county.work.plan.unit(UNIT))
    assert printing(window, qtbot).paper.tag == "与收到的第1版是同一个版本码"


def test_all_papers_are_saved_in_the_background(open_window: Open, qtbot: Hands, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    shown.save_into(tmp_path)
    assert shown.steps.isVisible()
    qtbot.waitUntil(lambda: not running(window.session))
    names = sorted(p.suffix for p in tmp_path.rglob("*") if p.is_file())
    assert names.count(".xlsx") == 1
    assert names.count(".pdf") >= len(window.session.forms)
    assert "已存到" in window.saved.toolTip()
    assert not shown.steps.isVisible()


def test_a_set_that_is_cancelled_keeps_what_is_complete(open_window: Open, qtbot: Hands, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    shown.save_into(tmp_path / "out")
    shown.steps.cancel.click()
    qtbot.waitUntil(lambda: not running(window.session))
    assert "已停下" in window.saved.toolTip()
    assert len([p for p in (tmp_path / "out").rglob("*") if p.is_file()]) <= 1


def test_a_folder_that_cannot_be_written_is_reported(open_window: Open, qtbot: Hands, tmp_path: Path) -> None:
    window = done(open_window)
    shown = printing(window, qtbot)
    (tmp_path / "占着").write_text("这里是一个文件")
    shown.save_into(tmp_path / "占着")
    qtbot.waitUntil(lambda: not running(window.session))
    assert "不能在这里建立文件夹" in window.saved.toolTip()
    assert QApplication.activeModalWidget() is None


def test_a_page_that_is_gone_keeps_none_of_its_pictures(open_window: Open, qtbot: Hands) -> None:
    window = done(open_window)
    gone = ref(printing(window, qtbot))
    window.session.go(unit=window.session.space.units[1])  # every page is made anew

    def is_gone() -> bool:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return gone() is None

    qtbot.waitUntil(is_gone)
