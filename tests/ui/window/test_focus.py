"""Where the cursor goes: on from field to field, from card to card, and never by itself into the boxes of the corners."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QWidget

from models.reporting.sample import fill
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import SHIFT, Key, Open, at_dialog, inside, kept, of_kind, page, put, sent_back, there
from ui.filling.home_page import HomePage
from ui.filling.reason_row import ReasonRow
from ui.filling.record_page import RecordEditor
from ui.window.main_window import MainWindow
from ui.window.page import HOME, INBOX, SET


def focus() -> QWidget:
    box = QApplication.focusWidget()
    assert box is not None
    return box


def sheet(window: MainWindow, name: str) -> RecordEditor:
    window.show_page(name)
    found = window.pages[name]
    assert isinstance(found, RecordEditor)
    return found


def month(open_window: Open) -> MainWindow:
    window = open_window()
    for period in ("2024-09", "2024-10"):
        fill(window.session.space, window.session.space.plan.period(period))
    window.session.go()
    return window


def test_enter_keeps_a_field_and_goes_to_the_next(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    cover = sheet(window, "cover")
    names = list(cover.boxes)
    assert focus() is cover.boxes[names[0]]  # the page is ready for typing
    for name in names[:2]:
        qtbot.keyClicks(focus(), "Shili")
        qtbot.keyClick(focus(), Key.Key_Return)
        assert kept(window, "cover", name) != [None]
    assert focus() is cover.boxes[names[2]]
    cover.go_to("", names[-1])
    qtbot.keyClicks(focus(), "1")
    qtbot.keyClick(focus(), Key.Key_Enter)
    assert kept(window, "cover", names[-1]) != [None]
    assert focus() is cover.boxes[names[-1]]


def test_enter_keeps_a_setting_and_holds_what_cannot_be_taken(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    settings = sheet(window, SET)
    settings.go_to("", "person")
    of_kind(QLineEdit, settings.boxes["person"]).clear()
    qtbot.keyClicks(focus(), "Jia")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert window.session.space.settings["person"] == "Jia"
    assert focus() is not settings.boxes["person"]
    settings.go_to("", "font_size")
    size = settings.boxes["font_size"]
    (size if isinstance(size, QLineEdit) else there(of_kind(QComboBox, size).lineEdit())).selectAll()
    qtbot.keyClicks(focus(), "many")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert focus() is size


def test_f8_on_the_cover_goes_on_to_the_next_open_item(open_window: Open, qtbot: Hands) -> None:
    window = month(open_window)
    cover = sheet(window, "cover")
    for name in ("filler", "filler_phone"):
        cover.go_to("", name)
        of_kind(QLineEdit, cover.boxes[name]).clear()
        qtbot.keyClick(focus(), Key.Key_Return)
    cover.go_to("", "filler_phone")
    seen = []
    for _ in range(3):
        qtbot.keyClick(window, Key.Key_F8)
        seen.append(cover.at)
    assert seen == ["filler", "filler_phone", "filler"]


def test_f8_on_the_first_page_opens_one_card_after_another(open_window: Open, qtbot: Hands) -> None:
    window = month(open_window)
    grid = page(window, "tasks").grid
    for n in range(3):
        put(grid, "chief", n)
        qtbot.keyClick(grid, Key.Key_Delete)
    window.show_page(HOME)
    first = window.pages[HOME]
    assert isinstance(first, HomePage)
    assert first.list.currentRow() == 0
    qtbot.keyClicks(focus(), "Shili")
    qtbot.keyClick(window, Key.Key_F8)
    assert kept(window, "tasks", "chief")[0] == "Shili"
    assert there(there(first.list.thing()).row)["chief"] is None
    assert there(first.list.card).isAncestorOf(focus())
    assert window.in_front == HOME
    here = first.list.currentRow()
    qtbot.keyClick(window, Key.Key_F8)
    qtbot.keyClick(window, Key.Key_F8, SHIFT)
    assert first.list.currentRow() == here


def test_a_reason_in_the_panel_leaves_the_cursor_in_the_page_and_is_shown(open_window: Open, qtbot: Hands) -> None:
    window = month(open_window)
    cover = sheet(window, "cover")
    cover.go_to("", "filler_phone")
    of_kind(QLineEdit, cover.boxes["filler_phone"]).clear()
    qtbot.keyClicks(focus(), "123456")
    qtbot.keyClick(focus(), Key.Key_Return)
    cover.go_to("", "filler_phone")
    reason = there(cover.beside).findChild(ReasonRow)
    there(reason).box.setFocus()
    there(reason).box.setText("这是单位的短号")
    qtbot.keyClick(there(reason).box, Key.Key_Return)
    qtbot.waitUntil(lambda: focus() is cover.boxes["filler_phone"])
    told = [w.text() for w in inside(cover.told["filler_phone"], type(cover.whys["filler"])) if w.isVisible()]
    assert told == ["已说明：这是单位的短号"]
    assert any(w.text().startswith("✓ 已说明") for w in inside(there(cover.beside), type(cover.whys["filler"])))


def test_an_answer_in_the_panel_leaves_the_cursor_in_the_grid(open_window: Open, qtbot: Hands) -> None:
    window = month(open_window)
    record = sent_back(window, "percent", "请核实")
    window.go_to("tasks", record, "percent")
    formed = page(window, "tasks")
    box = inside(formed.panel, QLineEdit)[0]
    box.setFocus()
    box.setText("按实数报的")
    qtbot.keyClick(box, Key.Key_Return)
    assert window.session.returned == []
    qtbot.waitUntil(lambda: formed.grid.isAncestorOf(focus()) or focus() is formed.grid)


def test_what_is_shut_or_gone_hands_the_cursor_to_the_page(
    open_window: Open, new_space: Callable[..., Workspace], qtbot: Hands
) -> None:
    office = open_window(new_space(role="office"))
    office.show_page(INBOX)
    button = next(
        b for b in inside(office.pages[INBOX], QWidget) if b.isVisible() and b.focusPolicy() and b.isEnabled()
    )
    button.setFocus()
    button.setEnabled(False)
    qtbot.waitUntil(lambda: office.pages[INBOX].isAncestorOf(focus()) or focus() is office.pages[INBOX])
    corner = office.periods
    assert focus() is not corner
    corner.setFocus()
    qtbot.keyClick(corner, Key.Key_Tab)  # tabbing still goes wherever one tabs
    assert focus() is not corner


def test_after_a_box_the_cursor_is_in_the_page(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    cover = sheet(window, "cover")
    where = cover.boxes["deputy"]
    where.setFocus()
    at_dialog(QMessageBox, lambda _box: where.setEnabled(False))
    QMessageBox(QMessageBox.Icon.NoIcon, "清单填报", "示例", parent=window).exec()
    window.activateWindow()  # as the system does after a box; not where the tests run
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None and cover.isAncestorOf(focus()))
