"""单位信息 and the settings as vertical forms: what is missing or wrong stands at its field, the panel follows."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, inside, kept, of_kind
from ui.filling.line_panel import LinePanel
from ui.filling.record_page import RecordEditor
from ui.window.main_window import MainWindow
from ui.window.page import SET


def sheet(window: MainWindow, name: str) -> RecordEditor:
    window.show_page(name)
    found = window.pages[name]
    assert isinstance(found, RecordEditor)
    return found


def write(qtbot: Hands, box: QLineEdit, text: str) -> None:
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Key.Key_Tab)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in inside(widget, QLabel) if label.isVisible()]


def test_what_must_be_filled_is_marked_till_it_is(open_window: Open, qtbot: Hands) -> None:
    cover = sheet(open_window(), "cover")
    assert {name for name, box in cover.boxes.items() if box.property("missing")} == {
        f.name for f in cover.form.fields if f.required
    }
    write(qtbot, of_kind(QLineEdit, cover.boxes["filler"]), "Shili")
    assert not cover.boxes["filler"].property("missing")


def test_a_problem_is_shown_below_its_field(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    cover = sheet(window, "cover")
    write(qtbot, of_kind(QLineEdit, cover.boxes["filler_phone"]), "123456")
    assert kept(window, "cover", "filler_phone") == ["123456"]
    assert any("不像电话号码" in t for t in texts(cover.told["filler_phone"]))
    write(qtbot, of_kind(QLineEdit, cover.boxes["filler_phone"]), "0739-0000000")
    assert texts(cover.told["filler_phone"]) == []


def test_the_panel_follows_the_cursor_and_shows_what_stood_there(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    fill(window.session.space, window.session.space.plan.period("2024-09"))
    window.session.go()
    cover = sheet(window, "cover")
    panel = cover.beside
    assert isinstance(panel, LinePanel)
    write(qtbot, of_kind(QLineEdit, cover.boxes["filler_phone"]), "0739-1111111")
    cover.go_to("", "filler_phone")
    qtbot.waitUntil(lambda: texts(panel)[:1] == ["填报人电话"])
    told = texts(panel)
    assert "9月　0000-0000000" in told
    assert "这一格改过1次" in told  # not the moment when the line was made, empty
    qtbot.keyClick(window, Key.Key_F6)
    assert panel.hasFocus()
    qtbot.keyClick(window, Key.Key_F6)
    assert cover.boxes["filler_phone"].hasFocus()


def test_a_folder_is_kept_as_it_was_typed(open_window: Open, qtbot: Hands, tmp_path: Path) -> None:
    window = open_window()
    settings = sheet(window, SET)
    write(qtbot, of_kind(QLineEdit, settings.boxes["backup_place"]), f" {tmp_path}/bei  fen ")
    assert window.session.space.settings["backup_place"] == f"{tmp_path}/bei  fen"
    assert any("另一块硬盘" in t for t in texts(settings))


def test_the_name_given_at_the_first_start_is_offered_as_who_fills_in(open_window: Open, qtbot: Hands) -> None:
    window = open_window()  # where “示例” is at work
    cover = sheet(window, "cover")
    assert {name: b.text() for name, b in cover.offers.items() if b.isVisible()} == {"filler": "填“示例”"}
    cover.offers["filler"].click()
    assert kept(window, "cover", "filler") == ["示例"]
    assert not cover.offers["filler"].isVisible()
    window.session.undo.undo()
    assert kept(window, "cover", "filler") == [None]
    assert cover.offers["filler"].isVisible()
    window.session.space.set({"person": None})
    cover.show_values()
    assert not cover.offers["filler"].isVisible()
