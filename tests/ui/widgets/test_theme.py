"""Colours and text size: chosen in the settings, in force at once, readable for everybody."""

import pytest
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit

from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, of_kind
from ui.filling.record_page import RecordEditor
from ui.widgets.icons import icon
from ui.widgets.theme import THEMES, Theme
from ui.window.main_window import MainWindow
from ui.window.page import SET

TEXTS = ("ink", "ink2", "ink3", "acc", "red", "amb")
GROUNDS = ("ground", "sheet", "head", "locked", "sunk")
# what else is written on what: text, ground
PAIRS = (
    ("ink", "acc_sel"), ("ink", "acc_tint"), ("ink2", "acc_tint"), ("ink3", "acc_sel"), ("acc", "acc_tint"), ("acc", "acc_sel"),
    ("on_acc", "acc"), ("red", "red_tint"), ("ink", "red_tint"), ("ink3", "red_tint"), ("amb", "amb_tint"), ("ink", "amb_tint"), ("sheet", "ink"),
    ("sheet", "red"), ("ink2", "amb_tint"),
)  # fmt: skip


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(a: str, b: str) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_has_contrast_to_its_ground(theme: str) -> None:
    tokens = THEMES[theme]
    pairs = [*((t, g) for t in TEXTS for g in GROUNDS), *PAIRS]
    faint = {(t, g): round(ratio(tokens[t], tokens[g]), 2) for t, g in pairs if ratio(tokens[t], tokens[g]) < 4.5}
    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_outlines_and_marks_stand_out(theme: str) -> None:
    tokens = THEMES[theme]
    pairs = [("edge", "sheet"), ("edge", "ground"), ("acc", "sheet"), ("amb_mark", "sheet"), ("red", "sheet")]
    assert {
        p: round(ratio(tokens[p[0]], tokens[p[1]]), 2) for p in pairs if ratio(tokens[p[0]], tokens[p[1]]) < 3
    } == {}


def test_theme_and_text_size_are_in_force_at_once(open_window: Open, qtbot: Hands) -> None:
    window: MainWindow = open_window()
    window.show_page(SET)
    sheet = window.pages[SET]
    assert isinstance(sheet, RecordEditor)
    before = window.top.sizeHint().height()
    size = sheet.boxes["font_size"]
    assert isinstance(size, QLineEdit)
    size.setFocus()
    size.setText("150")
    qtbot.keyClick(size, Key.Key_Tab)
    qtbot.waitUntil(lambda: window.top.sizeHint().height() > before)
    assert window.pages[SET] is window.stack.currentWidget()
    assert window.pages[SET] is not sheet
    assert QLabel("字").font().pixelSize() == 21
    theme = of_kind(RecordEditor, window.pages[SET]).boxes["theme"]
    assert isinstance(theme, QComboBox)
    theme.setCurrentText("深色")
    theme.textActivated.emit("深色")
    qtbot.waitUntil(lambda: window.grab().toImage().pixelColor(5, window.height() // 2).lightness() < 60)


@pytest.mark.parametrize("name", ["house", "settings", "inbox", "printer", "search", "paperclip"])
@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
def test_icons_are_painted_in_the_colours_of_the_look(look: Theme, name: str, theme: str) -> None:
    dressed = Theme(theme)
    for state, token in ((QIcon.State.Off, "ink2"), (QIcon.State.On, "acc")):
        picture = icon(dressed, name).pixmap(16, 16, QIcon.Mode.Normal, state).toImage()
        solid = [picture.pixelColor(x, y) for x in range(picture.width()) for y in range(picture.height())]
        strongest = max(solid, key=lambda c: c.alpha())
        assert abs(strongest.lightness() - dressed.colour(token).lightness()) < 12
