"""页面登记: the one list of the window's pages. A further page is one row here and one class (ui/window/page.py: Page);
tabs, rails, keys, help and counts all read this list.
"""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forms.form import Form
from forms.states import Role
from ui.county.next_step import Progress, handout_progress, intake_progress, no_progress
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.key_help import ACT_KEYS, GRID_KEYS, ITEM_KEYS, OTHER_KEYS, PLAN_KEYS, ROLLUP_KEYS, STEP_KEYS, KeyList
from ui.window.page import CHECK, HOME, INBOX, OBSTACLES, PLAN, PRINT, ROLLUP, SCORES, SEND, SET, Page
from ui.window.remaining_counts import Remaining, cells_count, items_count

if TYPE_CHECKING:  # imported when a form is first shown
    from ui.county.feedback.cell_actions import CellOrders
    from ui.filling.line_panel import LinePanel

Maker = Callable[[Session, Theme], Page]
UNIT, OFFICE = frozenset({Role.UNIT}), frozenset({Role.OFFICE})
COUNTY = OFFICE | {Role.TEAM}
ALL = UNIT | COUNTY


@dataclass(frozen=True)
class CountyStage:
    """A step of the county's rail 下发 → 收件 → 汇总: its place, its word, how far it is, and whose rail has it."""

    place: int
    word: str
    progress: Progress = no_progress
    roles: Set[str] = COUNTY


@dataclass(frozen=True)
class PageRow:
    """One page. `make` builds it at the first use; `roles` are those that see it.

    `tab`: it has a tab below; `icon` of the tab or button. `step`: its word on the rail of a unit's period; `count`
    gives the number or words shown there. `stage`: its step on the county's rail. `key` opens it from everywhere,
    `keys` are listed by F1. `same_as` names the row whose page this one shows too.
    """

    name: str
    title: str
    make: Maker
    roles: Set[str] = ALL
    tab: bool = False
    icon: str = ""
    step: str = ""
    count: Callable[[Remaining], str] = lambda _now: ""
    stage: CountyStage | None = None
    key: str = ""
    keys: KeyList = OTHER_KEYS
    same_as: str = ""


def _home(session: Session, look: Theme) -> Page:
    from ui.filling.home_page import HomePage

    return HomePage(session, look)


def _check(session: Session, look: Theme) -> Page:
    from ui.filling.check_page import CheckPage

    return CheckPage(session, look)


def _hand_in(session: Session, look: Theme) -> Page:
    from ui.handin.hand_in_page import HandInPage

    return HandInPage(session, look)


def _print(session: Session, look: Theme) -> Page:
    from ui.handin.print_page import PrintPage

    return PrintPage(session, look)


def _overview(session: Session, look: Theme) -> Page:
    from ui.county.overview.overview_page import OverviewPage

    return OverviewPage(session, look)


def _inbox(session: Session, look: Theme) -> Page:
    from ui.county.inbox.inbox_page import InboxPage

    return InboxPage(session, look)


def _rollup(session: Session, look: Theme) -> Page:
    from ui.county.rollup.rollup_page import RollupPage

    return RollupPage(session, look)


def _obstacles(session: Session, look: Theme) -> Page:
    from ui.county.obstacles.acts_page import ActsPage

    return ActsPage(session, look)


def _scores(session: Session, look: Theme) -> Page:
    from ui.county.scores.score_page import ScorePage

    return ScorePage(session, look)


def _plan(session: Session, look: Theme) -> Page:
    from ui.plan.plan_page import PlanPage

    return PlanPage(session, look)


def _settings(session: Session, look: Theme) -> Page:
    from ui.settings.settings_page import settings_page

    return settings_page(session, look)


ROWS: tuple[PageRow, ...] = (
    PageRow(HOME, "首页", _home, UNIT, tab=True, icon="house", step="填报", count=items_count, keys=ITEM_KEYS),
    PageRow(HOME, "一览", _overview, COUNTY, tab=True, icon="house", step="一览", count=items_count),
    PageRow(CHECK, "审核", _check, step="审核", count=cells_count, key="F7", keys=ITEM_KEYS),
    PageRow(PRINT, "打印", _hand_in, UNIT, step="打印", count=lambda now: now.printed, key="Ctrl+P", keys=STEP_KEYS),
    PageRow(PRINT, "打印", _print, COUNTY, step="打印", key="Ctrl+P"),
    PageRow(SEND, "上报", _hand_in, UNIT, step="上报", count=lambda now: now.sent, keys=STEP_KEYS, same_as=PRINT),
    PageRow(INBOX, "收件", _inbox, COUNTY, tab=True, icon="inbox", stage=CountyStage(2, "收件", intake_progress)),
    PageRow(ROLLUP, "汇总", _rollup, COUNTY, tab=True, keys=ROLLUP_KEYS, stage=CountyStage(3, "汇总")),
    PageRow(OBSTACLES, "中梗阻与督办", _obstacles, COUNTY, tab=True, keys=ACT_KEYS),
    PageRow(SCORES, "考核", _scores, COUNTY, tab=True),
    PageRow(
        PLAN, "方案", _plan, COUNTY, tab=True, keys=PLAN_KEYS, stage=CountyStage(1, "下发", handout_progress, OFFICE)
    ),
    PageRow(SET, "设置", _settings, icon="settings"),
)


class RoleRows:
    """The rows that one role sees, in order, and what the window asks of them."""

    def __init__(self, rows: Sequence[PageRow], role: str) -> None:
        self.rows = [r for r in rows if role in r.roles]
        self.by_name = {r.name: r for r in self.rows}
        self.tabs = [r for r in self.rows if r.tab]
        self.steps = [r for r in self.rows if r.step]
        staged = [(r, r.stage) for r in self.rows if r.stage is not None and role in r.stage.roles]
        staged.sort(key=lambda pair: pair[1].place)
        self.stages = [(r.name, s.word, s.progress) for r, s in staged]
        self.keys = {r.key: r.name for r in self.rows if r.key}

    @property
    def elsewhere(self) -> list[PageRow]:
        """The rows with neither a tab nor a step: their buttons are at the upper right."""
        return [r for r in self.rows if not r.tab and not r.step]

    def help(self, name: str, forms: Sequence[Form]) -> KeyList:
        """The keys of a page, then those that work on every page."""
        steps = [r.step for r in self.steps]
        form = next((f for f in forms if f.name == name), None)
        return (
            *(form_keys(form) if form is not None else self.by_name[name].keys),
            ("F8 / Shift+F8", "下一件 / 上一件没有做完的事，在哪一页都行"),
            (f"Alt+1 … Alt+{len(steps)}", "、".join(steps)),
            ("Ctrl+1 … Ctrl+8", "第几张表；Ctrl+PgUp / PgDn 前一张、后一张"),
            *((r.key, r.title) for r in self.rows if r.key),
            ("Alt+←", "回到刚才的地方"),
            ("Ctrl+Z / Ctrl+Y", "撤销 / 重做，跨表也行；每改一格就存好，没有保存键"),
        )


class PageRegistry(dict[str, Page]):
    """Pages by name, each made at its first use, so that a start makes one page only."""

    def __init__(self, rows: RoleRows, make: Callable[[str], Page]) -> None:
        super().__init__()
        self.rows, self.make = rows, make

    def __missing__(self, name: str) -> Page:
        row = self.rows.by_name.get(name)
        page = self[name] = self[row.same_as] if row is not None and row.same_as else self.make(name)
        return page


def form_keys(form: Form) -> KeyList:
    """The keys of a form's page: a grid, or label and value for a record."""
    return OTHER_KEYS if form.record else GRID_KEYS


def form_page(form: Form, session: Session, look: Theme) -> Page:
    """The page of a form. At the county, its cells can be returned or corrected."""
    from ui.filling.form_page import FormPage
    from ui.filling.record_page import sheet_page

    if form.record:
        sheet = sheet_page(session, form, look)
        if sheet.beside is not None:
            _cell_actions(session, look, sheet.beside)
        return sheet
    page = FormPage(session, form, look)
    if (actions := _cell_actions(session, look, page.panel)) is not None:
        actions.on_grid(page)
        page.grid.moved.emit(page.grid.currentIndex())
    return page


def _cell_actions(session: Session, look: Theme, panel: "LinePanel") -> "CellOrders | None":
    if session.space.role != Role.OFFICE:
        return None
    from ui.county.feedback.cell_actions import CellOrders

    return CellOrders(session, look, panel)
