"""The state of the last steps of a period: checked, printed, written out, received; and each as text."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from forms.states import FileKind, HandInState
from models.ledger.ledger import Package
from models.ledger.submission_status import SubmissionStatus, submission_status, writings
from models.ledger.unit_files import kinds_of_files
from models.reporting.print_log import KIND, Printing, are_printed, printings
from models.reporting.version_code import data_code
from ui.session import Session
from ui.widgets.marks import Sign

TO_CHECK, TO_PRINT, TO_WRITE, TO_WAIT, OVER = "check", "print", "write", "wait", ""
NEXT = {TO_CHECK: "审核", TO_PRINT: "打印盖章", TO_WRITE: "写进U盘", TO_WAIT: "装入回执", OVER: "看上报过的"}
TRAVELLED = {FileKind.SUBMISSION, FileKind.RECEIPT, KIND}  # without one of these nothing was printed or sent
STATES = {
    HandInState.MADE: "还没写出",
    HandInState.SENT: "待回执",
    HandInState.RETURNED: "退回",
    HandInState.AGAIN: "请再报",
}


@dataclass(frozen=True)
class StepState:
    """`open_count` open findings; `now` the submission status; `code` the version code of the present rows; `prints`
    oldest first; `forms` the names of the forms to print.
    """

    open_count: int
    now: SubmissionStatus
    code: str
    prints: Sequence[Printing]
    forms: Collection[str]

    @property
    def newest(self) -> Package | None:
        """The last submission made; None for none."""
        return self.now.sent[0] if self.now.sent else None

    @property
    def checked(self) -> bool:
        """Whether nothing blocks the submission: no open finding, no open return comment."""
        return not self.open_count and not self.now.open

    @property
    def printed(self) -> bool:
        """Whether every page was sent to a printer with the present values."""
        return are_printed(self.prints, self.code, self.forms)

    @property
    def current(self) -> bool:
        """Whether the newest submission has the present values and was not returned."""
        fresh = self.newest is not None and self.newest.about.get("code") == self.code
        return fresh and self.now.state not in (HandInState.RETURNED, HandInState.AGAIN)

    @property
    def out(self) -> bool:
        """Whether the newest submission has the present values and its file was written."""
        return self.current and self.newest is not None and writings(self.newest) != []

    @property
    def received(self) -> bool:
        """Whether the county has the present values."""
        return self.now.state == HandInState.REPORTED and (self.out or self.newest is None)

    @property
    def step(self) -> str:
        """The next step. One who prints elsewhere may continue without printing here."""
        if self.received:
            return OVER
        if self.out:
            return TO_WAIT
        if not self.checked:
            return TO_CHECK
        return TO_WRITE if self.printed else TO_PRINT


def ending(session: Session) -> StepState:
    """The present state of the last steps."""
    space, unit, period = session.space, session.unit.code, session.period
    forms = [f.name for f in session.forms]
    code, found = data_code(space.forms, session.ctx), printings(space, unit, period)
    return StepState(len(session.open_findings), submission_status(space, unit, period), code, found, forms)


def rail_words(session: Session) -> tuple[str, str]:
    """The words of the rail for printing and handing in; before the first submission the due day."""
    space, unit, period = session.space, session.unit.code, session.period
    due = f"{period.due.day}日前"
    if not TRAVELLED & kinds_of_files(space, unit):  # called after every keystroke
        return "", due
    found = ending(session)
    stale = (
        found.newest is not None and not found.current and found.now.state in (HandInState.SENT, HandInState.REPORTED)
    )
    sent = "✓" if found.received else "又改过" if stale else STATES.get(found.now.state, due)
    return "✓" if found.printed else "", sent


def next_words(session: Session) -> str:
    """The next step as text, for when nothing is open in the forms."""
    return NEXT[ending(session).step]


def fate(now: SubmissionStatus, package: Package) -> tuple[str, str]:
    """The result of a submission: its mark and its text."""
    said = now.comments_on(package)
    if package.id in now.received:
        return Sign.DONE, "已收到回执"
    if said:
        return Sign.BACK, f"退回{len(said)}处"
    if package.id != now.sent[0].id:  # compared by id: each query makes new objects
        return Sign.TICK, "后来又报了新的"
    return (Sign.TODO, "封好了，还没有写出去") if writings(package) == [] else (Sign.TODO, "待回执")
