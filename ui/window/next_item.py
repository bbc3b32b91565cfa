"""F8: the cell of the next open item."""

from collections.abc import Sequence

from ui.handin.step_state import TO_PRINT, ending
from ui.session import Session
from ui.window.page import PRINT, SEND

Place = tuple[str, str, str]  # form, record, field


def next_place(session: Session, here: Place, forms: Sequence[str], way: int) -> Place | None:
    """The cell of the next (1) or last (-1) open item as seen from `here`: comments of the county first, then open
    findings. None where there is none, or nothing may be changed any more.
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
    """Where F8 goes without open items: the page of the rail's step that is due."""
    return PRINT if ending(session).step == TO_PRINT else SEND
