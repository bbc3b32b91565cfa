"""往来文件: what pages ask of the files that went out of and came into a workspace, by unit."""

from collections.abc import Mapping
from typing import Any

from forms.states import FileKind, Way
from models.ledger.keys import Keys
from models.ledger.ledger import Ledger, Package
from models.plan.entries import Period
from models.workspace import Workspace

SUBMISSION = FileKind.SUBMISSION


def files_in(space: Workspace, unit: str, period: Period) -> list[Package]:
    """What came in for a unit's period, and for the unit as such, in the order in which it came."""
    return [p for p in Ledger(space.store).of(unit, "", way=Way.IN) if p.period in ("", period.id)]


def submissions(space: Workspace, unit: str) -> list[Package]:
    """A unit's submissions of all periods, newest first: those that went out, and those that came back with a hand-out."""
    return sorted(Ledger(space.store).of(unit, "", SUBMISSION), key=lambda p: (p.at, p.revision), reverse=True)


def submissions_out(space: Workspace, unit: str) -> list[Package]:
    """The submissions that went out from here, the latest period first, in it the newest revision."""
    sent = Ledger(space.store).of(unit, "", SUBMISSION, Way.OUT)
    return sorted(sent, key=lambda p: (space.plan.period(p.period).end, p.revision), reverse=True)


def kinds_of_files(space: Workspace, unit: str) -> set[str]:
    """The kinds of all that ever went out or came in for a unit."""
    return {p.kind for p in Ledger(space.store).of(unit, "")}


def counting_submission(space: Workspace, unit: str, period: Period) -> Package | None:
    """The submission that counts at the county; None where none came."""
    return Ledger(space.store).standing(unit, period.id).counts


def units_with_handout(space: Workspace) -> set[str]:
    """The codes of the units to which the plan went out from here."""
    return {p.unit for p in Ledger(space.store).of("", "", FileKind.HANDOUT, Way.OUT)}


def reports_to(space: Workspace) -> Mapping[str, Any]:
    """Whom this workspace reports to, from its first hand-out: signer, recipients, name, phone; empty before."""
    return Keys(space.store).county
