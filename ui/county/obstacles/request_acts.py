"""What the office does with a request: agree, refuse, put off, take back; each is a step of undo."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from forms.kind import Unreadable
from forms.records import CONFIRMATIONS
from forms.states import Request, Role
from models.county.confirmations import Confirmation, Confirmations, Key
from models.county.consolidation import Consolidation
from models.county.request_details import details, task_words
from models.errors import UserError
from models.store.change import Change
from ui.county.obstacles.request_card import RequestCard, request_words
from ui.county.obstacles.request_queue import QueueRow
from ui.operations.failure import catching, reporting
from ui.session import Session
from ui.widgets.theme import Theme

TEAM = "核验由领导小组办公室定，专班只看"
LONG = 20  # characters of a task's words in the status line


class Desk(Protocol):
    """What the acts need of their page."""

    session: Session
    look: Theme
    read: Consolidation | None
    requests: Confirmations | None
    later: list[Key]

    def refresh(self, key: Key | None = None) -> None:
        """Show what is kept now."""

    def take_focus(self) -> None:
        """The keys into the queue."""

    def show_item_cell(self) -> None:
        """To the line of the open request."""


class RequestActs:
    """The acts on the requests of a page."""

    def __init__(self, page: Desk) -> None:
        self.page = page

    def card(self, row: QueueRow) -> RequestCard:
        """The card of a request, with its buttons connected."""
        page, c = self.page, row.request
        assert page.requests is not None
        assert page.read is not None
        session = page.session
        period = session.period
        shut = (
            TEAM
            if session.space.role != Role.OFFICE
            else f"{period.name}已经封存"
            if session.space.is_closed(period.id)
            else ""
        )
        count = sum(p.kind == period.kind for p in session.space.plan.periods)
        card = RequestCard(page.look, details(page.requests, c), row.waited, count, page.read.expected, shut)
        card.agreed.connect(lambda text, due: self.agree(card, c, text, due))
        card.refused.connect(lambda text: self.refuse(card, c, text))
        card.later.connect(lambda: self.put_off(c))
        card.taken_back.connect(lambda: self.take_back(card, c))
        card.line.connect(page.show_item_cell)
        card.left.connect(page.take_focus)
        return card

    def agree(self, card: RequestCard, c: Confirmation, text: str, due: str) -> None:
        """同意; a delay until the day in the box."""
        self._write(card, c, "同意", lambda: self._confirm(c, text, due))

    def _confirm(self, c: Confirmation, text: str, due: str) -> list[Change]:
        page, field = self.page, CONFIRMATIONS.field("due")
        assert page.requests is not None
        day: date | None = None
        if c.kind == Request.DELAY:
            try:
                day = field.parse(due, page.session.year)
            except Unreadable as why:
                raise UserError("cell.unreadable", field=field.label, why=why) from None
            if day is None:
                raise UserError("confirmation.empty-due")
        return page.requests.confirm(c, page.session.today(), text, day)

    def refuse(self, card: RequestCard, c: Confirmation, text: str) -> None:
        """不同意, with the reason."""
        requests = self.page.requests
        assert requests is not None
        self._write(card, c, "不同意", lambda: requests.refuse(c, self.page.session.today(), text))

    def take_back(self, card: RequestCard, c: Confirmation) -> None:
        """Take a decision back: the request waits again."""
        requests = self.page.requests
        assert requests is not None
        self._write(card, c, "收回决定", lambda: requests.take_back(c))

    def _write(self, card: RequestCard, c: Confirmation, act: str, changes: Callable[[], Sequence[Change]]) -> None:
        page = self.page
        with catching(card.say):
            words = request_words(c, page.session.year).removeprefix("报").removeprefix("申请")
            label = f"{act}{c.unit.short}“{_short(task_words(page.session.space, c))}”{words}"
            if page.session.edit(label, changes()):
                page.take_focus()

    def agree_all(self, seen: Sequence[Confirmation]) -> None:
        """Agree to the requests that were each open for a moment, as one step."""
        page, requests = self.page, self.page.requests
        assert requests is not None
        with reporting(page.session):
            changes = [change for c in seen for change in requests.confirm(c, page.session.today())]
            page.session.edit(f"逐件看过，同意{len(seen)}件完成", changes)
        page.take_focus()

    def put_off(self, c: Confirmation) -> None:
        """先放着: to the end of the queue, till the window closes; nothing is written."""
        page = self.page
        page.later = [*(k for k in page.later if k != c.key), c.key]
        page.refresh()
        page.session.tell(f"{c.unit.short}的这一件先放着，排到最后", "saved")
        page.take_focus()

    def waiting_again(self, changes: Sequence[Change]) -> Key | None:
        """The request that a change (an undo) made wait again, None where it decided one."""
        gone = [c.before for c in changes if c.after is None and c.before]
        return (str(gone[0]["unit"]), str(gone[0]["line"])) if gone else None


def _short(text: str) -> str:
    return text if len(text) <= LONG else f"{text[: LONG - 1]}…"
