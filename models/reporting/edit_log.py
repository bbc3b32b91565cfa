"""修改记录: what pages ask of the history of a unit's period."""

from models.plan.entries import Period
from models.store import clock
from models.store.store import HistoryEntry
from models.workspace import Workspace


def last_edit(space: Workspace, unit: str, period: Period) -> HistoryEntry | None:
    """The newest edit of a unit's period; None where there is none."""
    return space.store.last_entry(unit, period.id)


def edits_by_day(space: Workspace, unit: str, period: Period) -> dict[str, int]:
    """How many edits there were on each day (ISO date)."""
    return space.store.days(unit, period.id)


def record_history(space: Workspace, form: str, record: str) -> list[HistoryEntry]:
    """Every edit of a record, oldest first."""
    return space.store.history(form, record)


def clock_warning(space: Workspace) -> str:
    """A sentence where the PC's clock is before the newest edit; '' otherwise."""
    return clock.behind(space.store.newest_time())
