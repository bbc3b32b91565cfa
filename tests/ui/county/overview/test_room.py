"""The office's pages fit the usual screen in every text size, with a month in which most have reported."""

from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from exports.sample_month import hand_in
from forms.dates import Day
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import Open, inside, of_kind, there
from ui.county.obstacles.acts_page import ActsPage
from ui.county.obstacles.obstacle_page import ObstaclePage
from ui.filling.form_page import FormPage
from ui.grid.delegate import EQUAL, PAD
from ui.widgets.responsive_columns import ResponsiveColumns
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page_registry import ROWS, RoleRows

NAMES = tuple(row.name for row in RoleRows(ROWS, "office").tabs)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "county"
    made = Workspace.create(folder, "office")
    hand_in(made, made.plan.period("2024-10"), faults=True)
    made.set({"current": "2024-10"})
    made.close()
    return folder


@pytest.fixture
def window(county: Path, open_window: Open) -> MainWindow:
    return open_window(Workspace.open(county))


def acts_page(qtbot: Hands, window: MainWindow) -> ActsPage:
    """中梗阻与督办, once it has read the units' lines."""
    window.show_page("docket")
    page = of_kind(ActsPage, window.pages["docket"])
    qtbot.waitUntil(lambda: page.read is not None)
    return page


def full_list(qtbot: Hands, window: MainWindow) -> ObstaclePage:
    """The full list of obstacles, opened by its button."""
    page = acts_page(qtbot, window)
    page.aside.all.click()
    settle()
    return there(page.board)


def settle() -> None:
    QThreadPool.globalInstance().waitForDone()
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("width", "height", "percent"), [(1366, 696, 100), (1280, 648, 100), (1366, 696, 150), (1366, 696, 200)]
)
def test_no_page_of_the_office_is_larger_than_the_window(
    qtbot: Hands, window: MainWindow, look: Theme, width: int, height: int, percent: int
) -> None:
    look.change("light", percent)
    window.session.appearance_changed.emit()
    window.resize(width, height)
    for name in NAMES:
        window.show_page(name)
        settle()
        assert (name, window.width(), window.height()) == (name, width, height)
        assert window.minimumSizeHint().width() <= width, name
    lanes = full_list(qtbot, window).board
    assert (window.width(), window.height()) == (width, height)
    assert window.minimumSizeHint().width() <= width
    assert percent == 200 or lanes.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize(("percent", "rows"), [(100, 1), (200, 2)])
@pytest.mark.parametrize("name", ["rollup", "scores"])
def test_parts_go_below_one_another_where_the_text_is_large(
    window: MainWindow, look: Theme, name: str, percent: int, rows: int
) -> None:
    look.change("light", percent)
    window.session.appearance_changed.emit()
    window.resize(1366, 696)
    window.show_page(name)
    settle()
    columns = of_kind(ResponsiveColumns, window.pages[name].findChild(ResponsiveColumns))
    boxes = [p.widget.geometry() for p in columns.parts]
    assert len({b.y() for b in boxes}) == rows
    assert not [(a, b) for n, a in enumerate(boxes) for b in boxes[:n] if a.intersects(b)]
    assert [b for b in boxes if not columns.rect().contains(b)] == []
    assert [p.widget.width() >= look.size(p.least) for p in columns.parts] == [True] * len(boxes)


def test_an_empty_board_says_what_there_is_to_say_at_the_top(qtbot: Hands, open_window: Open, tmp_path: Path) -> None:
    window = open_window(Workspace.create(tmp_path / "empty", "office"))
    page = acts_page(qtbot, window)
    settle()
    shown = [w for w in inside(page, QLabel) if w.isVisible() and w.text()]
    assert max(w.mapTo(page, w.rect().bottomLeft()).y() for w in shown) < page.height() // 3
    assert [w.accessibleName() for w in inside(page, QLineEdit) if w.isVisible()] == []


@pytest.mark.parametrize("percent", [100, 150])
def test_a_day_is_on_one_line_beside_the_sign_for_unchanged(open_window: Open, look: Theme, percent: int) -> None:
    window = open_window()
    look.change("light", percent)
    window.session.appearance_changed.emit()
    window.show_page("tasks")
    page = window.pages["tasks"]
    assert isinstance(page, FormPage)
    wide = QFontMetrics(look.font(14)).horizontalAdvance("2024年12月31日")
    widths = [page.grid.columnWidth(n) for n, f in enumerate(page.table.fields, 1) if isinstance(f.kind, Day)]
    assert widths
    assert min(widths) >= wide + 2 * PAD + EQUAL
