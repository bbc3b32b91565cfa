"""Counts of the open items in a unit's period, for the forms' tabs, the steps of the rail, and the button F8."""

from collections.abc import Mapping
from dataclasses import dataclass

from forms.states import Role
from ui.filling.open_items import counts
from ui.handin.step_state import next_words, rail_words
from ui.session import Session


@dataclass(frozen=True)
class Remaining:
    """Open items by form's name and in all; cells with open findings; words of the steps of printing and handing in (''
    at the county); `shut`: nothing may be written any more.
    """

    forms: Mapping[str, int]
    items: int
    cells: int
    shut: bool
    printed: str = ""
    sent: str = ""


def remaining(session: Session) -> Remaining:
    """The counts of the session's unit and period."""
    open_items, shut = counts(session), bool(session.lock.shut)
    steps = rail_words(session) if session.space.role == Role.UNIT else ("", "")
    return Remaining(open_items, open_items.total(), session.now.open_count, shut, *steps)


def items_count(now: Remaining) -> str:
    """The count on the step 填报; '' once nothing may be written, as it may not have been finished."""
    return "" if now.shut else f"还剩{now.items}件" if now.items else "✓"


def cells_count(now: Remaining) -> str:
    """The count on the step 审核; '' once nothing may be written."""
    return "" if now.shut else f"{now.cells}" if now.cells else "✓"


def form_title(title: str, count: int, shut: bool) -> str:
    """The text of a form's tab. A locked form without open items gets no ✓, as it may not have been finished."""
    return f"{title} {count}" if count else title if shut else f"{title} ✓"


def unit_next_words(session: Session, now: Remaining) -> str:
    """The text of the button F8 in a unit's period."""
    if now.shut:
        return "打印"
    if now.items:
        return f"逐件做：还剩{now.items}件"
    return next_words(session) if session.space.role == Role.UNIT else "打印"
