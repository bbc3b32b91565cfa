"""What the window's tests do with their hands: open a page, put the cursor, look at what is kept."""

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace
from ui.filling.form_page import FormPage
from ui.first.wizard import SetupWizard
from ui.grid.grid import Grid
from ui.window.main_window import MainWindow

T = TypeVar("T")
Open = Callable[..., MainWindow]
UNIT = "430527106"
Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def there(thing: T | None) -> T:
    """The same, which must not be None."""
    assert thing is not None
    return thing


def of_kind(kind: type[T], thing: object) -> T:
    """The same, which must be of this kind."""
    assert isinstance(thing, kind), thing
    return thing


def inside(owner: QObject, kind: type[T]) -> list[T]:
    """All children of this kind, at any depth; the stubs of PySide6 6.8 lose the kind."""
    children: list[T] = list(owner.findChildren(kind))
    return children


def page(window: MainWindow, form: str) -> FormPage:
    window.show_page(form)
    found = window.pages[form]
    assert isinstance(found, FormPage)
    return found


def put(grid: Grid, field: str, n: int = 0) -> None:
    """The cursor on a field of the n-th record."""
    records = [x.row["id"] for x in grid.table.lines if x.row]
    grid.stand_on(grid.table.place(records[n], field))
    grid.setFocus()


def agree(start: SetupWizard) -> Workspace:
    """Say yes to the card of a first start, and begin."""
    for _ in range(2):
        QTest.keyClick(start.focusWidget(), Key.Key_Return)
    assert start.space is not None
    return start.space


def editor(grid: Grid) -> QWidget:
    assert grid.cells.editing is not None, "no editor is open"
    return grid.cells.editing


def kept(window: MainWindow, form: str, field: str) -> list[Any]:
    return [r[field] for r in window.session.report(window.session.space.form(form)).rows]


def add_projects(window: MainWindow, count: int) -> Grid:
    grid = page(window, "projects").grid
    for _ in range(count):
        grid.insert_line()
    return grid


AWAITED: list[tuple[type[QDialog], Callable[..., object]]] = []  # dialogs that have not opened yet


def at_dialog(kind: type[QDialog], act: Callable[..., object]) -> None:
    """Do something at the dialog that is about to open; it does not stay open. A dialog that does not open until the
    test is over fails it (the fixture `every_dialog_opened`), and nobody waits for it any longer.
    """
    awaited = kind, act
    AWAITED.append(awaited)

    def there() -> None:
        if awaited not in AWAITED:
            return
        shown = (w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible())
        if (dialog := next(shown, None)) is None:  # what comes before it takes a while
            QTimer.singleShot(10, there)
            return
        AWAITED.remove(awaited)
        try:
            act(dialog)
        finally:
            if dialog.isVisible():
                dialog.reject()

    QTimer.singleShot(0, there)


def sent_back(window: MainWindow, field: str, text: str, n: int = 0) -> str:
    """The county sends a cell of the tasks back; gives the line's id."""
    row = window.session.ctx.rows["tasks"][n]
    form = window.session.space.form("tasks")
    id = record_id("comments", UNIT, "2024-10", field)
    keys = {"id": id, "unit": UNIT, "period": "2024-10", "line": field, "position": n}
    found = form.field(field).kind.show(row[field])
    about = {"form": "tasks", "record": row["id"], "row": n + 1, "field": field, "text": text, "found": found}
    rest = {"state": "open", "answer": None, "by": "县领导小组办公室"}
    window.session.space.apply([Change("comments", id, None, {**keys, **about, **rest})], "装入退回单")
    window.session.go()
    return str(row["id"])
