"""The main window: the bars above and below, and the pages between them."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QThreadPool
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from forms.states import Role
from models.store.change import Change
from ui.county.next_step import CountyMonth, first_thing, stages
from ui.first.files import waiting
from ui.handin.submission_job import sending_of
from ui.operations.bulk_edit import edit_row
from ui.operations.gc_guard import unfreeze
from ui.operations.operation import close_operations
from ui.session import Session
from ui.widgets import file_dialogs as choosing
from ui.widgets.follow import follow
from ui.widgets.theme import Theme, dress
from ui.window.corners import Buttons, LowerCorners, UpperCorners
from ui.window.focus import lost, stay
from ui.window.key_help import show_help
from ui.window.next_item import last_page, next_place
from ui.window.page import HOME, INBOX, PRINT, SEND, SET, Page
from ui.window.page_registry import ROWS, PageRegistry, PageRow, RoleRows, form_page
from ui.window.remaining_counts import Remaining, form_title, remaining, unit_next_words
from ui.window.shortcuts import add_shortcuts

STEPS_BACK = 30


class MainWindow(QMainWindow):
    """Builds and switches pages; holds no data."""

    def __init__(self, session: Session, look: Theme, rows: Sequence[PageRow] = ROWS) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.setWindowTitle(f"清单填报　{session.space.plan.title}")
        self.resize(1366, 696)
        self.rows = RoleRows(rows, session.space.role)
        self.pages = PageRegistry(self.rows, self._make)
        self.trail: list[tuple[str, str, str]] = []  # for Alt+←: page, record, field
        self.front = HOME
        self._build()
        follow(self, session.changed, self._follow)
        follow(self, session.scope_changed, self._rebuild)
        follow(self, session.appearance_changed, self._dress)
        follow(self, session.selection_summary, lambda text: self.foot.picked.setText(text))
        follow(self, session.message, lambda text, tone: self.foot.tell(text, tone))
        add_shortcuts(self, self, session, [r.name for r in self.rows.steps], self.rows.keys)
        self._rebuild()
        self.setAcceptDrops(True)

    def _build(self) -> None:
        """Build the bars and the empty stack between them."""
        buttons = Buttons(lambda name: self.show_page(name))
        self.top, self.foot = (
            UpperCorners(self.session, self.look, buttons, self.rows),
            LowerCorners(self.look, buttons),
        )
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
        column.addWidget(edit_row(self.session.long, self.look))
        column.addWidget(self.foot)
        self.setCentralWidget(body)

    def _dress(self) -> None:
        """Rebuild all widgets in new colours or sizes; the current page stays the same."""
        if isinstance(app := QApplication.instance(), QApplication):
            dress(app, self.look)
        for page in self.pages.values():
            page.deleteLater()
        self.pages.clear()
        self.pages[SET] = Page()  # an empty page, shown while the former one is destroyed
        self._build()
        self.stack.addWidget(self.pages[SET])
        self.session.long.cancel()  # its page is destroyed; the message goes to the new status line
        self._rebuild()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files dropped anywhere on the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Load the dropped files."""
        self.open_files([Path(u.toLocalFile()) for u in event.mimeData().urls() if u.isLocalFile()])

    def open_files(self, paths: list[Path]) -> None:
        """Load files of any kind, on the page that takes them in."""
        if paths:
            name = SEND if SEND in self.rows.by_name else INBOX
            self.show_page(name)
            self.pages[name].take_in(paths)

    def show_conflict(self, unit: str) -> None:
        """Show the conflict of a unit."""
        self.show_page(INBOX)
        self.pages[INBOX].show_conflict(unit)

    def enter(self) -> None:
        """Put the focus where the current page wants it."""
        name = self.in_front
        self.pages[name].enter(name)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab moves on as usual; where the focused widget is gone, the focus stays in the page."""
        return stay(self.stack, self.enter) if lost(self) else super().focusNextPrevChild(onward)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate and lost(self):  # it was destroyed while a box was open
            stay(self.stack, self.enter)
        return super().event(event)

    ## pages

    def _rebuild(self) -> None:
        """Make the pages again for another unit or period."""
        current = self.in_front
        self.top.show_where()
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        unfreeze()
        tabs = [(r.name, r.title, r.icon) for r in self.rows.tabs]
        self.foot.show_tabs([*tabs, *((f.name, f.title, "") for f in self.session.forms)])
        self.show_counts()
        self.show_page(current if current in self.buttons else HOME)

    @property
    def in_front(self) -> str:
        """The name of the current page."""
        front = self.stack.currentWidget()
        if self.front in self.pages and self.pages[self.front] is front:  # one page may be two steps of the rail
            return self.front
        return next((n for n, p in self.pages.items() if p is front), HOME)

    @property
    def page(self) -> Page:
        """The current page."""
        return self.pages[self.in_front]

    def _make(self, name: str) -> Page:
        """The page of a name, made at the first call."""
        row = self.rows.by_name.get(name)
        with waiting():
            make = row.make if row is not None else partial(form_page, self.session.space.form(name))
            page = make(self.session, self.look)
        page.cell_wanted.connect(self.go_to)
        page.line_wanted.connect(self.go_to_unit)
        page.unit_wanted.connect(self.open_unit)
        page.conflict_wanted.connect(self.show_conflict)
        page.files_wanted.connect(self.choose_files)
        page.loaded.connect(self.session.refresh)
        page.step_changed.connect(self.show_counts)
        self.stack.addWidget(page)
        return page

    def show_page(self, name: str) -> None:
        """Switch to a page and remember the former one for Alt+←."""
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
        """The names of the pages about all units; none at a unit."""
        if self.session.space.role == Role.UNIT:
            return set()
        return {r.name for r in (*self.rows.tabs, *self.rows.elsewhere)}

    def _show_level(self, name: str) -> None:
        """Show the tabs of the county's pages, or those of the unit's forms and the way back."""
        if self.county:
            above = name in self.county
            self.foot.show_only(self.county if above else {HOME, *self.names})
            self.top.show_level(above)
            self._show_next()

    def show_counts(self) -> None:
        """Show how many open items there are: on the forms' tabs, the steps of the rail, and the button F8."""
        now = remaining(self.session)
        for form in self.session.forms:
            self.buttons[form.name].setText(form_title(form.title, now.forms[form.name], now.shut))
        self.top.show_steps([f"{r.step} {r.count(now)}".strip() for r in self.rows.steps])
        self._show_next(now)

    def _show_next(self, now: Remaining | None = None) -> None:
        """Show on the main button what F8 does. `now`: the open items, where they are counted already."""
        space, period = self.session.space, self.session.period
        if self.in_front in self.county:
            own = self.page.next_words if self.stack.count() else ""
            words = own or first_thing(space, period).words
            self.top.county.tell(stages(CountyMonth(space, period), self.rows.stages), self.in_front)
        else:
            words = unit_next_words(self.session, now or remaining(self.session))
        self.top.next.setText(f"{words}　F8")

    def _do_first(self) -> None:
        """Open what the office has to do next."""
        thing = first_thing(self.session.space, self.session.period)
        if not thing.page:
            self.show_conflict(thing.unit)
        else:
            self.show_page(thing.page)
            if thing.unit:
                self.pages[thing.page].show_corrections(thing.unit)

    def back(self) -> None:
        """Return to the former page and cell (Alt+←)."""
        while self.trail:
            name, record, field = self.trail.pop()
            if name in self.buttons and name != self.in_front:
                if record:
                    self.go_to(name, record, field)
                else:
                    self.show_page(name)
                self.trail.pop()  # returning adds no step of its own
                return

    def go_to_unit(self, unit: str, form: str, record: str, field: str) -> None:
        """Open a cell of a unit, from a county's page."""
        self.session.go(unit=self.session.space.plan.unit(unit))
        self.go_to(form, record, field)

    def open_unit(self, unit: str) -> None:
        """Open the forms of a unit, from a county's page."""
        self.session.go(unit=self.session.space.plan.unit(unit))
        self.show_page(self.names[0])

    def go_to(self, form: str, record: str, field: str) -> None:
        """Open a form with the cursor on a cell."""
        self.show_page(form)
        self.pages[form].go_to(record, field)

    def _follow(self, changes: list[Change]) -> None:
        for page in dict.fromkeys(self.pages.values()):
            page.follow(changes)
        self.show_counts()

    ## keys

    @property
    def names(self) -> list[str]:
        """The names of the forms in their order."""
        return [f.name for f in self.session.forms]

    def choose_files(self, given: list[Path] | None = None) -> None:
        """Load files of any kind: those given, or chosen in a dialog."""
        self.open_files(given or [Path(n) for n in choosing.files(self, "装入文件")])

    def walk(self, way: int) -> None:
        """To the next (1) or last (-1) open item of all forms; without any, to printing, then handing in."""
        if self.page.next_item(way):
            return
        if self.in_front in self.county:
            self._do_first()
        elif (place := next_place(self.session, self._here(), self.names, way)) is not None:
            self.go_to(*place)
        elif self.page is self.pages[PRINT]:
            self.page.next_step(way)
        else:
            self.show_page(last_page(self.session) if SEND in self.rows.by_name else PRINT)

    def show_keys(self) -> None:
        """Show the keys of the current page (F1)."""
        show_help(self.rows.help(self.in_front, self.session.forms), self.look, self)

    def _here(self) -> tuple[str, str, str]:
        return (self.in_front, *self.page.current_cell())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed; everything else is saved already. The window stays open, with the reason, where the
        typed text cannot be read.
        """
        self.session.long.cancel()  # nothing of a bulk edit is written before its end
        if (focus := self.focusWidget()) is not None:
            focus.clearFocus()
        pages = list(self.pages.values())
        if not all(page.finish_typing() for page in pages):
            event.ignore()
            return
        for page in pages:
            page.release()
        close_operations(self, self.session)  # files taken in so far are kept; the next load continues there
        sending_of(self.session).wait()  # a file being written out is completed
        QThreadPool.globalInstance().waitForDone()  # nothing may be painting when the program ends
        self.session.close()
        super().closeEvent(event)
