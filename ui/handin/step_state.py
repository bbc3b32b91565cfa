"""Where the last steps of the month stand: checked, printed, written out, received; and each of them in words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.ledger.ledger import Package
from models.ledger.submission_status import SubmissionStatus, submission_status, writings
from models.ledger.unit_files import kinds_of_files
from models.reporting.print_log import KIND, Printing, are_printed, printings
from models.reporting.version_code import data_code
from ui.session import Session

TO_CHECK, TO_PRINT, TO_WRITE, TO_WAIT, OVER = "check", "print", "write", "wait", ""
NEXT = {TO_CHECK: "审核", TO_PRINT: "打印盖章", TO_WRITE: "写进U盘", TO_WAIT: "装入回执", OVER: "看上报过的"}
TRAVELLED = {"submission", "receipt", KIND}  # without one of these nothing was printed nor sent
STATES = {"made": "还没写出", "sent": "待回执", "returned": "退回", "again": "请再报"}


@dataclass(frozen=True)
class StepState:
    """`left` findings in the way; `now` what travelled; `code` of the lines as they stand; `prints` oldest first; `forms`
    the names of those to be printed.
    """

    open_count: int
    now: SubmissionStatus
    code: str
    prints: Sequence[Printing]
    forms: Collection[str]

    @property
    def newest(self) -> Package | None:
        """What went out last."""
        return self.now.sent[0] if self.now.sent else None

    @property
    def checked(self) -> bool:
        """Whether nothing keeps the file in."""
        return not self.open_count and not self.now.open

    @property
    def printed(self) -> bool:
        """Whether every page was handed to a printer as it stands now."""
        return are_printed(self.prints, self.code, self.forms)

    @property
    def current(self) -> bool:
        """Whether the newest file says what stands here now, and has not been sent back."""
        fresh = self.newest is not None and self.newest.about.get("code") == self.code
        return fresh and self.now.state not in ("returned", "again")

    @property
    def out(self) -> bool:
        """Whether the newest file says what stands here and was written somewhere."""
        return self.current and self.newest is not None and writings(self.newest) != []

    @property
    def received(self) -> bool:
        """Whether the county has what stands here."""
        return self.now.state == "reported" and (self.out or self.newest is None)

    @property
    def step(self) -> str:
        """What comes next. Whoever prints elsewhere may go on without printing here."""
        if self.received:
            return OVER
        if self.out:
            return TO_WAIT
        if not self.checked:
            return TO_CHECK
        return TO_WRITE if self.printed else TO_PRINT


def ending(session: Session) -> StepState:
    """As it is now."""
    space, unit, period = session.space, session.unit.code, session.period
    forms = [f.name for f in session.forms]
    code, found = data_code(space.forms, session.ctx), printings(space, unit, period)
    return StepState(len(session.open_findings), submission_status(space, unit, period), code, found, forms)


def rail_words(session: Session) -> tuple[str, str]:
    """How far the printing and the handing in are; before anything went out, the day on which it is due."""
    space, unit, period = session.space, session.unit.code, session.period
    due = f"{period.due.day}日前"
    if not TRAVELLED & kinds_of_files(space, unit):  # asked for after every key
        return "", due
    found = ending(session)
    stale = found.newest is not None and not found.current and found.now.state in ("sent", "reported")
    sent = "✓" if found.received else "又改过" if stale else STATES.get(found.now.state, due)
    return "✓" if found.printed else "", sent


def next_words(session: Session) -> str:
    """What comes next once nothing is left to fill in."""
    return NEXT[ending(session).step]


def fate(now: SubmissionStatus, package: Package) -> tuple[str, str]:
    """What became of one of those that went out: its sign and the words."""
    said = now.comments_on(package)
    if package.id in now.received:
        return "done", "已收到回执"
    if said:
        return "back", f"退回{len(said)}处"
    if package.id != now.sent[0].id:  # rows of another reading are other objects
        return "tick", "后来又报了新的"
    return ("todo", "封好了，还没有写出去") if writings(package) == [] else ("todo", "待回执")
