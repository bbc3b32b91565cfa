"""F8: from one thing left to the next; and in words how far each step of the month is."""

from collections.abc import Sequence

from models.handed import handed
from ui.session import Session

Place = tuple[str, str, str]  # form, record, field
STATES = {"sent": "待回执", "reported": "✓", "returned": "退回"}


def next_place(session: Session, here: Place, forms: Sequence[str], way: int) -> Place | None:
    """Where the next (1) or last (-1) thing left is, seen from `here`: what came back first, then what the check finds.
    None where nothing is left.
    """
    back = [(c["form"], c["record"] or "", c["field"] or "") for c in session.returned]
    found = [(f.problem.form, f.problem.record, f.problem.field) for f in session.left]
    places = list(dict.fromkeys([*back, *found]))
    if not places:
        return None
    order = {name: n for n, name in enumerate(forms)}
    at = places.index(here) if here in places else None
    if at is None:
        ahead = [n for n, p in enumerate(places) if order.get(p[0], 0) >= order.get(here[0], 0)]
        at = (ahead[0] if ahead else 0) - (1 if way > 0 else 0)
    return places[(at + way) % len(places)]


def handed_words(session: Session) -> str:
    """How far the handing in is: its state, or the day on which it is due."""
    state = handed(session.space, session.unit.code, session.period).state
    return STATES.get(state, f"{session.period.due.day}日前")
