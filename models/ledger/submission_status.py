"""上报情况 as the unit sees it: what went out and where to, whether the receipt is in, what came back."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from forms.field import Row
from forms.states import CommentState, FileKind, HandInState, Way
from models.ledger.ledger import Ledger, Package
from models.ledger.return_comments import comments, corrected
from models.plan.entries import Period
from models.store.connection import refused
from models.workspace import Workspace

WRITTEN = "written"  # under which a package's `about` keeps its writings
ABOUT = 12  # figures of a submission's id with which the lines of the comments on it begin


@dataclass(frozen=True)
class Writing:
    """A file that was written and read back: when (in the ledger's format), its path, and the name of the drive."""

    at: str
    path: str
    place: str = ""
    mail: bool = False


@dataclass(frozen=True)
class SubmissionStatus:
    """A unit's period: its state, what went out newest first, the ids of those that the county has, each with the time
    at which its receipt was loaded here, and the comments.
    """

    state: HandInState
    sent: tuple[Package, ...]
    received: Mapping[str, str]
    comments: Sequence[Row]

    @property
    def open(self) -> list[Row]:
        """The comments that are not dealt with yet."""
        return [c for c in self.comments if c["state"] == CommentState.OPEN]

    def comments_on(self, package: Package) -> list[Row]:
        """The comments on one of those that went out."""
        return [c for c in self.comments if str(c["line"]).startswith(package.id[:ABOUT])]


def submission_status(space: Workspace, unit: str, period: Period) -> SubmissionStatus:
    """The status of the unit's period; 已报 only once a receipt for the newest file is in."""
    ledger = Ledger(space.store)
    sent = tuple(sorted(ledger.of(unit, period.id, FileKind.SUBMISSION, Way.OUT), key=lambda p: -p.revision))
    received = _received(ledger, unit, period.id)
    done = {c.id for c in corrected(space, unit, period)}  # written down when the next file goes out
    said = [{**c, "state": str(CommentState.CHANGED)} if c["id"] in done else c for c in comments(space, unit, period)]
    found = SubmissionStatus(HandInState.NONE, sent, received, said)
    return replace(found, state=_state(found))


def _state(found: SubmissionStatus) -> HandInState:
    newest = found.sent[0] if found.sent else None
    if found.open:
        return HandInState.RETURNED
    if newest is None:
        return HandInState.REPORTED if found.received else HandInState.NONE
    if any(c["state"] != CommentState.CLOSED for c in found.comments_on(newest)):
        return HandInState.AGAIN
    if newest.id in found.received:
        return HandInState.REPORTED
    return HandInState.MADE if writings(newest) == [] else HandInState.SENT


def _received(ledger: Ledger, unit: str, period: str) -> dict[str, str]:
    items = [(p.at, i) for p in ledger.of(unit, "", FileKind.RECEIPT, Way.IN) for i in p.about.get("items") or ()]
    known = [(id, at) for at, i in items if i["period"] == period for id in (i["counts"], *i.get("known", ()))]
    return dict(reversed(known))  # the first receipt that names it


def writings(package: Package) -> list[Writing] | None:
    """Where a submission was written to, oldest first; None where it was not noted (written by command)."""
    found = package.about.get(WRITTEN)
    return None if found is None else [Writing(**w) for w in found]


def note_writing(space: Workspace, id: str, writing: Writing) -> None:
    """Write down that a submission was written and read back. Raises UserError."""
    ledger = Ledger(space.store)
    package = ledger.get(id)
    if package is None:
        return
    said = [*(package.about.get(WRITTEN) or []), asdict(writing)]
    try:
        with space.store.db.atomic():
            ledger.keep(replace(package, about={**package.about, WRITTEN: said}))
    except sqlite3.Error as error:
        raise refused(error, space.store.path) from None
