"""Ten thousand lines: the window goes on, a bar says how far it is, 取消 leaves nothing, and all of it is one step of undo."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from models.reporting.live_period import LivePeriod
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, kept, of_kind, page, put
from ui.filling.home_page import HomePage
from ui.filling.item_page import MOST, ItemPage
from ui.grid.grid import Grid
from ui.operations import work
from ui.operations.progress_row import ProgressRow
from ui.window.main_window import MainWindow
from ui.window.page import CHECK, HOME

LINES = 10_000
TITLES = [f"示例标题{n}" for n in range(LINES)]
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(autouse=True)
def short_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many slices on a fast machine too."""
    monkeypatch.setattr(work, "SLICE", 0.002)


def bar(window: MainWindow) -> ProgressRow:
    found = window.findChild(ProgressRow)
    assert isinstance(found, ProgressRow)
    return found


def begun(window: MainWindow, qtbot: Hands) -> Grid:
    """The paste has begun and is not over."""
    grid = page(window, "publicity").grid
    QGuiApplication.clipboard().setText("".join(f"{t}\r\n" for t in TITLES))
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert window.session.long.running
    return grid


def until(window: MainWindow, qtbot: Hands) -> None:
    qtbot.waitUntil(lambda: not window.session.long.running)


def as_stored(window: MainWindow) -> None:
    """What the window believes is what the store says."""
    session = window.session
    fresh = LivePeriod.read(session.space, session.unit.code, session.period)
    assert session.ctx.rows == fresh.ctx.rows
    assert session.findings == fresh.findings


def test_they_come_in_and_go_out_as_one_step_while_the_window_goes_on(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = begun(window, qtbot)
    seen: list[tuple[bool, int, str]] = []
    window.session.long.progressed.connect(
        lambda *_: seen.append((bar(window).isVisible(), bar(window).bar.value(), bar(window).label.text()))
    )
    window.show_page("tasks")  # other pages can be looked at meanwhile
    assert window.in_front == "tasks"
    until(window, qtbot)
    assert len(seen) > 4
    assert all(visible for visible, _, _ in seen)
    assert len({value for _, value, _ in seen}) > 4
    assert {text.split("：")[0] for _, _, text in seen} == {"正在读要粘贴的10,000行", "正在审核10,000行"}
    assert bar(window).isHidden()
    assert kept(window, "publicity", grid.table.fields[0].name) == TITLES
    as_stored(window)
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    until(window, qtbot)
    assert kept(window, "publicity", grid.table.fields[0].name) == []
    as_stored(window)
    qtbot.keyClick(window, Key.Key_Y, CTRL)
    until(window, qtbot)
    assert kept(window, "publicity", grid.table.fields[0].name) == TITLES
    as_stored(window)


def by_button(window: MainWindow, qtbot: Hands) -> None:
    qtbot.mouseClick(bar(window).findChild(QPushButton), LEFT)


def by_key(window: MainWindow, qtbot: Hands) -> None:
    qtbot.keyClick(window, Key.Key_Escape)


def by_turning(window: MainWindow, _qtbot: Hands) -> None:
    window.session.go(period=window.session.space.plan.period("2024-09"))
    window.session.go(period=window.session.space.plan.period("2024-10"))


@pytest.mark.parametrize("leave", [by_button, by_key, by_turning])
@pytest.mark.parametrize("phase", ["正在读", "正在审核"])
def test_cancelled_it_leaves_nothing(open_window: Open, qtbot: Hands, leave: Callable[..., None], phase: str) -> None:
    window = open_window()
    begun(window, qtbot)
    qtbot.waitUntil(lambda: bar(window).label.text().startswith(phase) and bar(window).bar.value() > 0)
    leave(window, qtbot)
    assert not window.session.long.running
    assert bar(window).isHidden()
    assert window.session.undo.count() == 0
    assert window.session.report(window.session.space.form("publicity")).rows == []
    as_stored(window)


def test_what_is_typed_meanwhile_is_refused_with_a_word_why(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "chief")
    before = kept(window, "tasks", "chief")
    begun(window, qtbot)
    window.show_page("tasks")
    for key, mods in (
        (Key.Key_S, Qt.KeyboardModifier.NoModifier),
        (Key.Key_D, CTRL),
        (Key.Key_V, CTRL),
        (Key.Key_Z, CTRL),
    ):
        window.saved.setText("")
        qtbot.keyClick(grid, key, mods)
        assert "正在" in window.saved.toolTip()
        assert "取消" in window.saved.toolTip()
        assert not grid.is_typing()
    assert window.session.long.running
    until(window, qtbot)
    assert kept(window, "tasks", "chief") == before
    assert window.session.undo.count() == 1
    qtbot.keyClick(grid, Key.Key_F2)
    assert grid.is_typing()


def test_closing_meanwhile_leaves_nothing(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    begun(window, qtbot)
    folder, unit = window.session.space.folder, window.session.unit.code
    assert window.close()
    again = Workspace.open(folder)
    assert again.store.rows("publicity", unit, "2024-10") == []
    assert again.store.history_of(unit, "2024-10") == []
    again.close()


@pytest.mark.parametrize(("name", "each"), [(HOME, 1), (CHECK, 3)])
def test_a_list_of_ten_thousand_items_shows_the_first_and_counts_the_rest(
    open_window: Open, qtbot: Hands, name: str, each: int
) -> None:
    window = open_window()
    window.show_page(name)
    before = of_kind(ItemPage, window.pages[name]).count()
    begun(window, qtbot)
    until(window, qtbot)
    window.show_page(name)
    shown = of_kind(ItemPage, window.pages[name])
    assert shown.list.count() == MOST
    assert shown.count() == before - 1 + each * LINES  # that the form was empty is settled
    assert shown.more.isVisible()
    assert f"还有{shown.count() - MOST:,}件" in shown.more.text()
    if name == HOME:
        assert of_kind(HomePage, shown).sentence.accessibleName() == f"10月还剩 {shown.count()} 件"


def test_where_something_is_asked_no_leaves_nothing(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "projects").grid
    asked: list[str] = []
    grid.asked = lambda read, _label: asked.append(f"{read.cells}，{len(read.refused)}") is not None  # type: ignore[assignment, func-returns-value, method-assign]  # the test answers in the person's place
    QGuiApplication.clipboard().setText("".join(f"示例{n}\t没有这个行动\r\n" for n in range(2000)))
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    until(window, qtbot)
    assert asked == ["2000，2000"]
    assert kept(window, "projects", "name") == []
    assert window.session.undo.count() == 0


def test_many_lines_are_sorted_in_the_background_and_sorting_can_be_cancelled(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "publicity").grid
    QGuiApplication.clipboard().setText("".join(f"{word}{n}\r\n" for n in range(600) for word in ("乙", "甲")))
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    until(window, qtbot)
    formed = page(window, "publicity")
    column = formed.table.column("title")
    formed.menus.sort(column, Qt.SortOrder.AscendingOrder)
    assert bar(window).isVisible()
    qtbot.keyClick(window, Key.Key_Escape)
    assert formed.table.index(0, column).data() == "乙0"
    formed.menus.sort(column, Qt.SortOrder.AscendingOrder)
    until(window, qtbot)
    assert [formed.table.index(n, column).data()[0] for n in (0, 599, 600, 1199)] == ["甲", "甲", "乙", "乙"]
