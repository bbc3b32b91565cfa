"""F8: from one thing left to the next."""

from collections.abc import Sequence

from ui.handin.step_state import TO_PRINT, ending
from ui.session import Session
from ui.window.page import PRINT, SEND

Place = tuple[str, str, str]  # form, record, field


def next_place(session: Session, here: Place, forms: Sequence[str], way: int) -> Place | None:
    """Where the next (1) or last (-1) thing left is, seen from `here`: what came back first, then what the check finds.
    None where nothing is left.
    """
    if session.lock.shut:
        return None
    back = [(c["form"], c["record"] or "", c["field"] or "") for c in session.returned]
    found = [(f.problem.form, f.problem.record, f.problem.field) for f in session.open_findings]
    places = list(dict.fromkeys([*back, *found]))
    if not places:
        return None
    order = {name: n for n, name in enumerate(forms)}
    at = places.index(here) if here in places else None
    if at is None:
        ahead = [n for n, p in enumerate(places) if order.get(p[0], 0) >= order.get(here[0], 0)]
        at = (ahead[0] if ahead else 0) - (1 if way > 0 else 0)
    return places[(at + way) % len(places)]


def last_page(session: Session) -> str:
    """Once nothing is left: the step of the rail that is due."""
    return PRINT if ending(session).step == TO_PRINT else SEND
