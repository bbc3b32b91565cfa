"""What is still to be done in a unit's month: figures for the forms' tabs, the steps of the rail, and the button F8."""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.filling.open_items import counts
from ui.handin.step_state import next_words, rail_words
from ui.session import Session


@dataclass(frozen=True)
class Remaining:
    """Open items by form's name and in all; the cells in which they are; words of the steps of printing and handing in
    ('' where nobody hands in from here); `shut`: nothing may be written any more.
    """

    forms: Mapping[str, int]
    items: int
    cells: int
    shut: bool
    printed: str = ""
    sent: str = ""


def remaining(session: Session) -> Remaining:
    """As it is now."""
    open_items, shut = counts(session), bool(session.lock.shut)
    steps = rail_words(session) if session.space.role == "unit" else ("", "")
    return Remaining(open_items, open_items.total(), session.now.open_count, shut, *steps)


def items_count(now: Remaining) -> str:
    """Of the step 填报."""
    return "" if now.shut else f"还剩{now.items}件" if now.items else "✓"


def cells_count(now: Remaining) -> str:
    """Of the step 审核."""
    return "" if now.shut else f"{now.cells}" if now.cells else "✓"


def form_title(title: str, count: int, shut: bool) -> str:
    """What a form's tab says; what is shut was not always finished."""
    return f"{title} {count}" if count else title if shut else f"{title} ✓"


def unit_next_words(session: Session, now: Remaining) -> str:
    """What F8 does in a unit's month."""
    if now.shut:
        return "打印"
    if now.items:
        return f"逐件做：还剩{now.items}件"
    return next_words(session) if session.space.role == "unit" else "打印"
