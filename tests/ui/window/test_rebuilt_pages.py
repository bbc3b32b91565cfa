"""Pages are rebuilt while the session lives on: the old ones are gone for good, and the next edit finds nothing of them."""

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMetaMethod,
    QMimeData,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    Qt,
    QThreadPool,
    QUrl,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from exports.incoming.work_team import card, card_name, team_handout
from exports.outgoing.write_out import write_out
from forms.plan_tables import TASKS
from models.workspace import Workspace
from tests.travel import PERIOD, Desk
from tests.ui.conftest import Hands
from tests.ui.county.inbox.inbox_files import drop as drop_files
from tests.ui.hands import CTRL, Key, Open, at_dialog, editor, page, put
from ui.loads.load_dialog import LoadPreview
from ui.plan.plan_page import PlanPage
from ui.window.main_window import MainWindow
from ui.window.page import HOME, SET

A, B = "瓦屋塘镇", "县科工局"
PLATFORM = ("This plugin does not support", "QStandardPaths")  # said of the screen that is none, not of us


@pytest.fixture
def errors(qtbot: Hands, qtlog: Any) -> Iterator[list[str]]:
    """What would have opened the box of an unexpected error, and what Qt complained about."""
    seen: list[str] = []
    with qtbot.captureExceptions() as raised:
        yield seen
        seen += [f"{error!r}" for _, error, _ in raised]
    said = [r.message for r in qtlog.records if r.message and not r.message.startswith(PLATFORM)]
    assert seen + said == []


## the three windows, each with the file that brings it a plan


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.county(tmp_path / "county")
    yield desk
    desk.close()


def unit(tmp_path: Path, _county: Desk) -> Workspace:
    space = Workspace.create(tmp_path / "unit", "unit", [A, B])
    space.set({"current": PERIOD})
    return space


def office(_tmp_path: Path, county: Desk) -> Workspace:
    return county.work


def team(tmp_path: Path, county: Desk) -> Workspace:
    space = Workspace.create(tmp_path / "team", "team", action="CY")
    space.set({"current": PERIOD})
    desk = Desk(tmp_path / "team", space)
    county.load(write_out(card(space), desk.out, card_name(space)))
    return space


## the four ways


def change_period(qtbot: Hands, window: MainWindow, _county: Desk) -> None:
    before = window.session.period.id
    qtbot.keyClick(window.top.periods, Key.Key_Up)
    assert window.session.period.id != before


def change_unit(qtbot: Hands, window: MainWindow, _county: Desk) -> None:
    before = window.session.unit.code
    if window.session.space.role != "unit":
        window.open_unit(window.session.unit.code)  # where the choice of units is
    qtbot.keyClick(window.top.units, Key.Key_Down)
    assert window.session.unit.code != before


def load_plan(qtbot: Hands, window: MainWindow, county: Desk) -> None:
    """A task pack is dropped on the window; the office itself puts a changed plan in force."""
    role = window.session.space.role
    if role == "unit":
        at_dialog(LoadPreview, lambda dialog: qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton))
        drop(window, county.hand_out(A))
    elif role == "team":
        county.work.set({"current": "2024-11"})
        parcel = team_handout(county.work, county.work.plan.action("CY"))
        assert parcel is not None
        inbox = drop_files(qtbot, window, write_out(parcel, county.out, "任务包.qd"))
        qtbot.mouseClick(inbox.take, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: window.session.period.id == "2024-11")
    else:
        plan = plan_grid(window)
        plan.grid.stand_on(plan.grid.table.place(plan.desk.draft.ids("tasks")[1], "confirmed"))
        qtbot.mouseClick(plan.buttons["确认选中的"], Qt.MouseButton.LeftButton)
        at_dialog(QMessageBox, lambda box: press(qtbot, box, "生效"))
        qtbot.mouseClick(plan.buttons["生效……"], Qt.MouseButton.LeftButton)
        assert window.session.space.plan.version == "2024.2"


def change_text_size(qtbot: Hands, window: MainWindow, _county: Desk) -> None:
    window.show_page(SET)
    box = window.pages[SET].boxes["font_size"]  # type: ignore[attr-defined]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "120")
    qtbot.keyClick(box, Key.Key_Return)
    qtbot.waitUntil(lambda: window.look.percent == 120)
    QApplication.processEvents()


def drop(window: MainWindow, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, left, none))


def press(qtbot: Hands, box: QMessageBox, text: str) -> None:
    button = next(b for b in box.buttons() if b.text() == text)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


## what is done before and after


def open_all(window: MainWindow) -> list[weakref.ref[QObject]]:
    """Open every page; gives them, held by nobody."""
    for name in dict.fromkeys([*window.rows.by_name, *window.names]):
        window.show_page(name)
        QApplication.processEvents()
    return [weakref.ref(p) for p in dict.fromkeys(window.pages.values())]


def come_to_rest() -> None:
    """What runs beside the window ends, and what is to be deleted goes."""
    QThreadPool.globalInstance().waitForDone()
    for _ in range(3):  # what goes in one round lets go of what goes in the next
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()


def listeners(window: MainWindow) -> dict[str, int]:
    """How many listen to each signal of what lives as long as the session or longer, with only the first page open."""
    window.show_page(HOME)
    window.session.go()
    come_to_rest()
    app = QApplication.instance()
    assert app is not None
    session = window.session
    lasting = [session, *session.findChildren(QObject), QGuiApplication.clipboard(), QGuiApplication.styleHints()]
    counted: dict[str, int] = {}
    for thing in [*lasting, app, *app.children()]:
        meta = thing.metaObject()
        for method in map(meta.method, range(meta.methodCount())):
            name = bytes(method.name().data()).decode()  # `destroyed` is PySide's own, `_…` wires a thing to itself
            if method.methodType() == QMetaMethod.MethodType.Signal and name != "destroyed" and name[0] != "_":
                sign = bytes(method.methodSignature().data()).decode()
                key = f"{meta.className()}.{sign}"  # type: ignore[str-bytes-safe]  # the stubs say bytes, it is str
                counted[key] = counted.get(key, 0) + thing.receivers(f"2{sign}")  # type: ignore[arg-type]  # the stubs of PySide6 6.8 want bytes, it takes only str
    return {key: count for key, count in counted.items() if count}


def plan_grid(window: MainWindow) -> PlanPage:
    window.show_page("plan")
    plan = window.pages["plan"]
    assert isinstance(plan, PlanPage)
    plan.show_table(TASKS)
    return plan


def edit_take_back_and_do_again(qtbot: Hands, window: MainWindow) -> None:
    """Type into a cell, Ctrl+Z, Ctrl+Y: at a unit into its tasks, elsewhere into the plan's, which a team only reads."""
    if window.session.space.role == "unit":
        grid = page(window, "tasks").grid
        put(grid, "section")
    else:
        grid = plan_grid(window).grid
        put(grid, "goal", 1)
    cell = QPersistentModelIndex(grid.currentIndex())
    before = cell.data()
    qtbot.keyClick(grid, Key.Key_X)
    if window.session.space.role == "team":
        assert "这里只能看" in window.foot.said
        return
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert cell.data() == "x"
    window.activateWindow()  # a box may have been in front
    qtbot.waitUntil(window.isActiveWindow)
    for key, text in ((Key.Key_Z, before), (Key.Key_Y, "x"), (Key.Key_Z, before)):
        qtbot.keyClick(window, key, CTRL)
        qtbot.waitUntil(lambda: not window.session.long.why)  # a draft's first edit is of 1,000 lines
        assert cell.data() == text, (key, window.foot.said, window.session.undo.index(), window.session.undo.count())


@pytest.mark.parametrize("kind", [unit, office, team])
def test_an_edit_after_pages_were_rebuilt_meets_nothing_of_the_old_ones(
    qtbot: Hands,
    errors: list[str],
    tmp_path: Path,
    county: Desk,
    open_window: Open,
    kind: Callable[[Path, Desk], Workspace],
) -> None:
    window = open_window(kind(tmp_path, county))
    open_all(window)  # what the session makes when it is first asked for is there now
    before = listeners(window)
    for way in (change_period, change_unit, change_text_size, load_plan):
        old = open_all(window)
        assert len(old) >= 9
        way(qtbot, window, county)
        come_to_rest()
        left = [p for p in (ref() for ref in old) if p is not None and p not in window.pages.values()]
        assert left == [], way.__name__
        edit_take_back_and_do_again(qtbot, window)
    assert listeners(window) == before
