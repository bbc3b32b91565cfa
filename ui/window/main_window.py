"""The window: four corners, each with one question, and the pages between them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.store.change import Change
from ui.county.next_step import first_thing
from ui.first.files import waiting
from ui.handin.submission_job import sending_of
from ui.operations.bulk_edit import WorkBar
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.theme import Look, dress
from ui.window.corners import Buttons, Foot, Top
from ui.window.focus import lost, stay
from ui.window.next_item import last_page, next_place
from ui.window.page_registry import (
    CHECK,
    HOME,
    INBOX,
    OFFICE_PAGES,
    PRINT,
    SEND,
    SET,
    Pages,
    ask,
    form_page,
    side_pages,
)
from ui.window.remaining_counts import say_next, show_counts
from ui.window.shortcuts import shortcuts

STEPS_BACK = 30
OFFICE_RAIL = ((HOME, "一览"), (CHECK, "审核"), (PRINT, "打印"))  # of the unit that is looked into
RAIL = ((HOME, "填报"), (CHECK, "审核"), (PRINT, "打印"), (SEND, "上报"))


class MainWindow(QMainWindow):
    """Builds and switches pages; holds no data."""

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.setWindowTitle(f"清单填报　{session.space.plan.title}")
        self.resize(1366, 696)
        self.rail = RAIL if session.space.role == "unit" else OFFICE_RAIL
        self.sides: dict[str, Callable[[], QWidget]] = {}
        self.pages = Pages(self._make)
        self.trail: list[tuple[str, str, str]] = []  # where one was before: page, record, field
        self.front = HOME
        self._build()
        session.changed.connect(self._follow)
        session.moved.connect(self._rebuild)
        session.looked.connect(self._dress)
        session.picked.connect(lambda text: self.foot.picked.setText(text))
        session.told.connect(lambda text, tone: self.foot.tell(text, tone))
        shortcuts(self)
        self._rebuild()
        self.setAcceptDrops(True)

    def _build(self) -> None:
        """The corners and the empty stack between them."""
        buttons = Buttons(lambda name: self.show_page(name))
        self.top, self.foot = Top(self.session, self.look, buttons, self.rail, SET), Foot(self.look, buttons)
        self.top.next.clicked.connect(lambda: self.walk(1))
        self.stack, self.buttons = QStackedWidget(), buttons.by_name
        self.units, self.periods, self.saved = self.top.units, self.top.periods, self.foot.saved
        body = QWidget()
        body.setObjectName("ground")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.stack, 1)
        column.addWidget(WorkBar(self.session.long, self.look))
        column.addWidget(self.foot)
        self.setCentralWidget(body)

    def _dress(self) -> None:
        """Everything anew in other colours or sizes; the page in front stays."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            dress(app, self.look)
        for page in self.pages.values():
            page.deleteLater()
        self.pages.clear()
        self.pages[SET] = QWidget()
        self._build()
        self.stack.addWidget(self.pages[SET])
        self._rebuild()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere on the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Load what was dropped."""
        self.open_files([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    def open_files(self, paths: list[Path]) -> None:
        """Load files, whatever they are; shown on the hand-in page."""
        name = SEND if SEND in self.sides else INBOX
        page = self.pages[name]
        if paths and hasattr(page, "take_in"):
            self.show_page(name)
            page.take_in(paths)

    def settle(self, unit: str) -> None:
        """To the conflict of a unit."""
        self.show_page(INBOX)
        self.pages[INBOX].settle_unit(unit)  # type: ignore[attr-defined]  # read when first wanted

    def enter(self) -> None:
        """The cursor to where the page in front wants it."""
        name = self.in_front
        page = self.pages[name]
        getattr(page, "enter", page.setFocus)()
        ask(page, "stand_on", name)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab goes on as ever; where the cursor's place is gone, the cursor stays in the page."""
        return stay(self) if lost(self) else super().focusNextPrevChild(onward)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and lost(self):  # its place went while a box was open
            stay(self)
        return super().event(event)

    ## pages

    def _rebuild(self) -> None:
        """Fresh pages for another unit or period."""
        current = self.in_front
        self.top.show_where()
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        self.sides = side_pages(self.session, self.look)
        forms = [(f.name, f.title) for f in self.session.forms]
        county = [(HOME, "一览"), *((name, title) for name, title, _ in OFFICE_PAGES)]
        self.foot.show_tabs([(HOME, "首页"), *forms] if self.rail is RAIL else [*county, *forms])
        show_counts(self)
        self.show_page(current if current in self.buttons else HOME)

    @property
    def in_front(self) -> str:
        """The name of the page in front."""
        front = self.stack.currentWidget()
        if self.front in self.pages and self.pages[self.front] is front:  # one page may be two steps of the rail
            return self.front
        return next((n for n, p in self.pages.items() if p is front), HOME)

    def _make(self, name: str) -> QWidget:
        """The page of a name, when it is first wanted."""
        space, known = self.session.space, self.sides.get(name)
        with waiting():
            page = known() if known else form_page(self.session, space.form(name), self.look)
        asks = {
            "wanted": self.go_to,
            "files": self.choose_files,
            "line_wanted": self.go_to_unit,
            "unit_wanted": self.open_unit,
            "loaded": self.session.refresh,
            "turned": partial(show_counts, self),
            "dropped": self.open_files,
            "settling": self.settle,
        }
        for name in filter(partial(hasattr, page), asks if known else ()):
            getattr(page, name).connect(asks[name])
        self.stack.addWidget(page)
        return page

    def show_page(self, name: str) -> None:
        """Turn to a page; Alt+← goes back."""
        here = self._here() if self.stack.currentWidget() in self.pages.values() else ("", "", "")
        if here[0] and here[0] != name and here not in self.trail[-1:]:
            self.trail = [*self.trail[-STEPS_BACK:], here]
        page = self.pages[name]
        if name != self.front:
            self.foot.turned()
        self.front = name
        self.stack.setCurrentWidget(page)
        self.top.buttons.press(name)
        self._show_level(name)
        self.foot.picked.setText("")
        self.enter()

    @property
    def county(self) -> set[str]:
        """The pages about all units; none at a unit."""
        return set() if self.rail is RAIL else {HOME, SET, *(name for name, _, _ in OFFICE_PAGES)}

    def _show_level(self, name: str) -> None:
        """The county's pages have the county's tabs; a unit that is looked into has its forms', and the way back."""
        if self.rail is not RAIL:
            above = name in self.county
            self.foot.show_only(self.county if above else {HOME, *self.names})
            self.top.show_level(above)
            say_next(self)

    def _do_first(self) -> None:
        """To what the office has to do next."""
        thing = first_thing(self.session.space, self.session.period)
        if thing.unit and not thing.page:
            self.settle(thing.unit)
            return
        self.show_page(thing.page)
        if thing.unit:
            ask(self.pages[thing.page], "decide", thing.unit)

    def back(self) -> None:
        """To the page and the cell where one was before."""
        while self.trail:
            name, record, field = self.trail.pop()
            if name in self.buttons and name != self.in_front:
                if record:
                    self.go_to(name, record, field)
                else:
                    self.show_page(name)
                self.trail.pop()  # going back leaves no step of its own
                return

    def go_to_unit(self, unit: str, form: str, record: str, field: str) -> None:
        """From a county's page to a line of a unit."""
        self.session.go(unit=self.session.space.plan.unit(unit))
        self.go_to(form, record, field)

    def open_unit(self, unit: str) -> None:
        """From a county's page to what a unit filled in."""
        self.session.go(unit=self.session.space.plan.unit(unit))
        self.show_page(self.names[0])

    def go_to(self, form: str, record: str, field: str) -> None:
        """Turn to a form and put the cursor on a cell."""
        self.show_page(form)
        ask(self.pages[form], "go_to", record, field)

    def _follow(self, changes: list[Change]) -> None:
        for page in dict.fromkeys(self.pages.values()):
            ask(page, "follow", changes)
        show_counts(self)

    ## keys

    @property
    def names(self) -> list[str]:
        """The names of the forms in their order."""
        return [f.name for f in self.session.forms]

    def choose_files(self, given: list[Path] | None = None) -> None:
        """Load files, whatever they are; those given, or chosen now."""
        if given:
            self.open_files(given)
            return
        names = choosing.files(self, "装入文件")
        self.open_files([Path(n) for n in names])

    def walk(self, way: int) -> None:
        """To the next thing left, through all forms; when nothing is left, to the printing, then the handing in."""
        if self.in_front in self.county:
            if not ask(self.stack.currentWidget(), "walk", way):
                self._do_first()
            return
        if ask(self.stack.currentWidget(), "walk_on", way):
            return
        place = next_place(self.session, self._here(), self.names, way)
        if place is None:
            if self.stack.currentWidget() is not self.pages[PRINT]:
                self.show_page(last_page(self.session) if SEND in self.sides else PRINT)
            else:
                ask(self.pages[PRINT], "walk", way)
        else:
            self.go_to(*place)

    def _here(self) -> tuple[str, str, str]:
        return (self.in_front, *(ask(self.pages[self.in_front], "here") or ("", "")))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already, but for what is being typed: leaving its editor saves it. What cannot be
        read keeps the window open, with its reason.
        """
        self.session.long.stop()  # nothing of it was written yet
        focus = self.focusWidget()
        if focus is not None:
            focus.clearFocus()
        pages = list(self.pages.values())
        if any(ask(page, "finish_typing") is False for page in pages):
            event.ignore()
            return
        for page in pages:
            ask(page, "let_go")
            ask(getattr(page, "slices", None), "stop")  # what is in is kept; the next load goes on from there
        sending_of(self.session).wait()  # a file that is on its way out comes to its end
        QThreadPool.globalInstance().waitForDone()  # nothing may be painting when the program ends
        self.session.close()
        super().closeEvent(event)
