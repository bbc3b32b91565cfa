"""密钥 in the settings: told where they lie, printed for the safe, taken from paper, renewed after a word."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QLabel, QMessageBox, QPlainTextEdit

from exports.outgoing.recovery_key import secrets_of
from exports.package.keyring import Keyring, fingerprint
from tests.travel import Desk
from tests.ui.conftest import Hands
from tests.ui.hands import Open, inside
from ui.settings.key_card import KeyCard
from ui.window.main_window import MainWindow
from ui.window.page import SET


@pytest.fixture
def office(tmp_path: Path, open_window: Open) -> MainWindow:
    window = open_window(Desk.county(tmp_path / "county").work)
    window.show_page(SET)
    return window


def card(window: MainWindow) -> KeyCard:
    return inside(window.pages[SET], KeyCard)[0]


def ring(window: MainWindow) -> Keyring:
    return Keyring(window.session.space)


def soon(action: Callable[[Any], object]) -> None:
    """Do something with the dialog that is about to open."""
    QTimer.singleShot(0, lambda: action(QApplication.activeModalWidget()))


def test_the_office_sees_where_its_keys_lie(office: MainWindow) -> None:
    words = " ".join(w.text() for w in inside(card(office), QLabel))
    assert str(office.session.space.store.path) in words
    assert "没有另外加密" in words
    assert fingerprint(ring(office).verify) in card(office).number.text()


def test_the_page_for_the_safe_is_written_and_its_file_to_be_deleted(office: MainWindow, tmp_path: Path) -> None:
    card(office).save_to(tmp_path / "柜" / "密钥.pdf")
    assert (tmp_path / "柜" / "密钥.pdf").read_bytes().startswith(b"%PDF")
    assert "删去这个文件" in office.saved.toolTip()


def test_a_key_that_was_not_printed_is_asked_for(
    qtbot: Hands, office: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "还没有打印过" in card(office).printed.text()
    name = str(tmp_path / "密钥.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (name, ""))
    qtbot.mouseClick(card(office).buttons["打印恢复密钥……"], Qt.MouseButton.LeftButton)
    assert card(office).printed.text().endswith("日打印过。")


def test_keys_are_taken_from_paper(qtbot: Hands, office: MainWindow, tmp_path: Path) -> None:
    lost = Desk.county(tmp_path / "lost")
    wanted = secrets_of(lost.work)
    lost.close()

    def type_it(dialog: QInputDialog) -> None:
        inside(dialog, QPlainTextEdit)[0].setPlainText(wanted.code.lower())
        dialog.accept()

    soon(type_it)
    qtbot.mouseClick(card(office).buttons["用纸质密钥恢复……"], Qt.MouseButton.LeftButton)
    assert secrets_of(office.session.space) == wanted
    assert card(office).number.text().startswith(f"县里的密钥指纹　{fingerprint(ring(office).verify)}")


def test_a_wrong_key_is_reported_and_changes_nothing(qtbot: Hands, office: MainWindow) -> None:
    before = secrets_of(office.session.space)

    def type_it(dialog: QInputDialog) -> None:
        inside(dialog, QPlainTextEdit)[0].setPlainText("抄错了")
        dialog.accept()

    soon(type_it)
    qtbot.mouseClick(card(office).buttons["用纸质密钥恢复……"], Qt.MouseButton.LeftButton)
    assert "不像纸质恢复密钥" in office.saved.toolTip()
    assert secrets_of(office.session.space) == before


@pytest.mark.parametrize("word", ["换新密钥", "不换"])
def test_new_keys_are_made_only_after_a_word(qtbot: Hands, office: MainWindow, word: str) -> None:
    before = ring(office).recipient

    def answer(box: QMessageBox) -> None:
        next(b for b in box.buttons() if b.text() == word).click()

    soon(answer)
    qtbot.mouseClick(card(office).buttons["换新密钥……"], Qt.MouseButton.LeftButton)
    assert (ring(office).recipient != before) == (word == "换新密钥")


def test_a_unit_sees_the_countys_fingerprint_once_it_has_a_hand_out(tmp_path: Path, open_window: Open) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "pc")
    unit.load(county.hand_out("瓦屋塘镇"))
    window = open_window(unit.work)
    window.show_page(SET)
    assert fingerprint(Keyring(county.work).verify) in card(window).number.text()
    assert card(window).buttons == {}
    county.close()
