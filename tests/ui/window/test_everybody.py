"""For everybody: names for those who listen, keys for those who have no mouse, room for those who need large text."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QThreadPool
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QLineEdit,
    QMenu,
    QScrollArea,
    QWidget,
)

from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import Key, Open, inside
from ui.app import words
from ui.filling.form_page import FormPage
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow

PAGES = ("home", "cover", "tasks", "projects", "check", "print", "send", "settings")


@pytest.fixture
def full(open_window: Open) -> Iterator[MainWindow]:
    window = open_window()
    fill(window.session.space, window.session.space.plan.period("2024-09"))
    fill(window.session.space, window.session.period, faults=True)
    window.session.go()
    yield window
    QThreadPool.globalInstance().waitForDone()


def stops(window: MainWindow) -> list[QWidget]:
    """Everything that Tab can reach."""
    return [
        w
        for w in inside(window, QWidget)
        if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.focusProxy() is None
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader says of it."""
    own = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    holder = widget.parentWidget()
    inside = isinstance(holder, QComboBox | QAbstractSpinBox)
    return own or (spoken(holder) if inside and holder is not None else "")


@pytest.mark.parametrize("name", PAGES)
def test_everything_that_can_be_reached_has_a_name(full: MainWindow, name: str) -> None:
    full.show_page(name)
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    nameless = [
        f"{type(w).__name__} {w.objectName()} in {type(w.parentWidget()).__name__}"
        for w in stops(full)
        if not spoken(w)
    ]
    assert nameless == []


@pytest.mark.parametrize("name", PAGES)
def test_everything_can_be_reached_by_tab(full: MainWindow, qtbot: Hands, name: str) -> None:
    full.show_page(name)
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    wanted = {w for w in stops(full) if not isinstance(w, QScrollArea)}
    page = full.pages[name]
    if isinstance(page, FormPage):  # Tab moves inside a grid; F6 and Ctrl+F lead out of it
        qtbot.keyClick(page.grid, Key.Key_F6)
        wanted.discard(page.grid)
    full.top.next.setFocus()
    seen = set()
    for _ in range(3 * len(wanted) + 20):
        widget = QApplication.focusWidget()
        seen.add(widget)
        if isinstance(page, FormPage) and widget is page.grid:
            page.panel.setFocus()  # as F6 does
        if not full.focusNextChild():
            break
    assert {f"{type(w).__name__} {spoken(w)}" for w in wanted - seen} == set()


@pytest.mark.parametrize(
    ("width", "height", "percent"),
    [(1366, 696, 100), (1280, 648, 100), (1366, 696, 150), (1920, 972, 150), (1366, 696, 200)],
)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_needs_to_be_scrolled_sideways(
    full: MainWindow, look: Theme, name: str, width: int, height: int, percent: int
) -> None:
    look.change("light", percent)
    full.session.appearance_changed.emit()
    full.resize(width, height)
    full.show_page(name)
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()
    assert full.minimumSizeHint().width() <= width
    assert (full.width(), full.height()) == (width, height)


def test_qts_own_words_are_chinese(qapp: QApplication, qtbot: Hands) -> None:
    translator = words(qapp)
    qapp.installTranslator(translator)
    line = QLineEdit()
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    assert isinstance(menu, QMenu)
    texts = [a.text().split("(")[0].strip() for a in menu.actions() if a.text()]
    kinds = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kinds.Ok | kinds.Cancel | kinds.Close | kinds.Yes | kinds.No | kinds.Save)
    qtbot.addWidget(box)
    texts += [b.text().split("(")[0].strip() for b in box.buttons()]
    qapp.removeTranslator(translator)
    menu.deleteLater()
    assert [t for t in texts if t.isascii()] == []
