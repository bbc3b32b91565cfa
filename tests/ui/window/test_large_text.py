"""The largest text on the usual screen: nothing asks for a wider window, and what is to be done is seen."""

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, of_kind, there
from ui.filling.home_page import HomePage
from ui.filling.item_page import ItemPage
from ui.window.page import CHECK, HOME


def test_the_largest_text_keeps_the_window_and_the_thing_to_do(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.look.change("light", 200)
    window.session.appearance_changed.emit()
    window.resize(1366, 696)
    for name in (HOME, CHECK):
        window.show_page(name)
        QApplication.processEvents()
        assert (window.width(), window.height()) == (1366, 696)
        things = of_kind(ItemPage, window.pages[name]).list
        box = there(QApplication.focusWidget())
        assert there(things.card).isAncestorOf(box)
        place = box.mapTo(things.viewport(), box.rect().center())
        assert things.viewport().rect().contains(place)
    assert len({window.buttons[name].y() for name in window.names}) == 1


def test_the_last_card_is_gone_when_the_next_one_opens(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    window.show_page(HOME)
    things = of_kind(HomePage, window.pages[HOME]).list
    before = there(things.card)
    qtbot.keyClick(QApplication.focusWidget(), Key.Key_Down, CTRL)
    assert things.card is not before
    assert before.isHidden()
