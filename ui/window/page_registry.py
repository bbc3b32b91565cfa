"""Which pages the window has: a unit's, or the county's; and a page per form."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from importlib import import_module
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from forms.field import Row
from forms.form import Form
from forms.kind import Value
from forms.records import OF_THE_COUNTY, SETTINGS
from ui.session import Session
from ui.widgets.theme import Look

HOME, CHECK, PRINT, SEND, SET = "home", "check", "print", "send", "settings"
INBOX = "inbox"
SAME = {SEND: PRINT}  # two steps of a unit's rail, one page


Maker = Callable[[Session, Look], QWidget]


def late(module: str, name: str) -> Maker:
    """A page whose code is read when it is first wanted."""
    return lambda session, look: getattr(import_module(f"ui.{module}"), name)(session, look)


# The county's own pages after 一览, in order: name, title, maker. One that drills down to a unit's line has the signal
# `line_wanted(unit, form, record, field)`, and one that shows what was written `follow(changes)`: main_window connects them.
OFFICE_PAGES: tuple[tuple[str, str, Maker], ...] = (
    (INBOX, "收件", late("county.inbox.inbox_page", "ReceptionPage")),
    ("rollup", "汇总", late("county.rollup.rollup_page", "RollupPage")),
    ("docket", "中梗阻", late("county.obstacles.obstacle_page", "DocketPage")),
    ("scores", "考核", late("county.scores.score_page", "ScorePage")),
    ("plan", "方案", late("plan.plan_page", "PlanPage")),
)


class Pages(dict[str, QWidget]):
    """Pages by name, each made when it is first asked for: a start waits for one page only."""

    def __init__(self, make: Callable[[str], QWidget]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, name: str) -> QWidget:
        page = self[name] = self[SAME[name]] if name in SAME else self.make(name)
        return page


def ask(page: object, name: str, *args: Any) -> Any:
    """What a page answers to a question; None where it knows nothing of it."""
    known = getattr(page, name, None)
    return known(*args) if known is not None else None


def side_pages(session: Session, look: Look) -> dict[str, Callable[[], QWidget]]:
    """What makes the pages beside the forms, by name."""
    unit = session.space.role == "unit"
    pages: dict[str, Maker] = {
        HOME: late("filling.home_page", "HomePage") if unit else late("county.overview.overview_page", "OfficePage"),
        CHECK: late("filling.check_page", "CheckPage"),
        PRINT: late("handin.hand_in_page", "HandInPage") if unit else late("handin.print_page", "PrintPage"),
        SET: settings_page,
    }
    own = {SEND: pages[PRINT]} if unit else {name: make for name, _, make in OFFICE_PAGES}
    return {name: partial(make, session, look) for name, make in {**pages, **own}.items()}


def settings_page(session: Session, look: Look) -> QWidget:
    """The record editor over the settings."""
    from ui.filling.record_page import RecordEditor, Source
    from ui.settings.key_card import KeyCard

    space = session.space

    def write(values: Mapping[str, Value]) -> bool:
        space.set(values)
        session.told.emit("设置已存好", "saved")
        if {"theme", "font_size"} & set(values):
            look.change(*chosen_look(space.settings))
            QTimer.singleShot(0, session, session.looked.emit)  # not while this page is still at work
        return True

    hidden = () if space.role == "office" else OF_THE_COUNTY
    shown = replace(SETTINGS, fields=tuple(f for f in SETTINGS.fields if f.name not in hidden))
    page = RecordEditor(shown, look, Source(lambda: space.settings, write))
    page.below.addWidget(KeyCard(session, look))
    return page


def chosen_look(settings: Row) -> tuple[str, int]:
    """Theme and text size in percent, as set."""
    return settings.get("theme") or "light", int(settings.get("font_size") or 100)


def form_page(session: Session, form: Form, look: Look) -> QWidget:
    """The page of a form: a grid, or label and value for a record."""
    module, name = ("filling.record_page", "sheet_page") if form.record else ("filling.form_page", "FormPage")
    page: QWidget = getattr(import_module(f"ui.{module}"), name)(session, form, look)
    if session.space.role == "office":
        _with_orders(page, session, look)
    return page


def _with_orders(page: Any, session: Session, look: Look) -> None:
    """The office may send back or correct the very cell it looks at."""
    from ui.county.feedback.cell_actions import CellOrders

    panel = page.beside if hasattr(page, "beside") else page.panel
    orders = CellOrders(session, look, panel)
    if hasattr(page, "grid"):
        orders.on_grid(page)
        page.grid.moved.emit(page.grid.currentIndex())
