"""装入结果: what became of one file that was taken in."""

from dataclasses import dataclass, field
from enum import StrEnum

from exports.package.container import PackageFile
from exports.package.manifest import Return, Submission
from exports.readback.result import WorkbookReading
from models.ledger.intake_log import IntakeRecord
from models.ledger.ledger import Package
from models.plan.impact import News


class Result(StrEnum):
    """The word for it; part of the promise of `load --json`."""

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    WAITING = "waiting"
    REFUSED = "refused"


TAKEN = (Result.ACCEPTED, Result.CONFLICT)  # the content is in


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `path` names it, with the zip or mail it lay in before a slash; `package` is its id in the
    ledger, "" where it has none there.

    `reading` is what a filled workbook says, `news` what a newer plan brings; of a dry run, `would` is the line that the
    ledger would get and `file` the submission that a workbook amounts to.
    """

    path: str
    kind: str
    unit: str
    period: str
    revision: int
    result: str
    message: str
    package: str = ""
    reading: WorkbookReading | None = field(default=None, compare=False, repr=False)
    news: tuple[News, ...] = ()
    would: Package | None = field(default=None, compare=False, repr=False)
    file: PackageFile | None = field(default=None, compare=False, repr=False)

    @property
    def problems(self) -> list[str]:
        """The places of a workbook that were not taken over, as `path:sheet:row:column: message`."""
        return [f"{self.path}:{p.line}" for p in self.reading.problems] if self.reading else []

    @property
    def document(self) -> dict[str, str | int]:
        """The object that `load --json` promises."""
        return {
            "path": self.path,
            "kind": self.kind,
            "unit": self.unit,
            "period": self.period,
            "revision": self.revision,
            "result": str(self.result),
            "message": self.message,
        }

    @property
    def record(self) -> IntakeRecord:
        """The line of the county's intake log for it."""
        kept = self.package if self.result != Result.REFUSED else ""
        return IntakeRecord(
            0, self.path, "", self.kind, self.unit, self.period, self.revision, str(self.result), self.message, kept
        )


def outcome(
    file: PackageFile, result: str, message: str, news: tuple[News, ...] = (), would: Package | None = None
) -> Outcome:
    """The outcome of a package; its path is known to whoever loads it."""
    head = file.manifest
    revision = head.revision if isinstance(head, Submission | Return) else 0
    return Outcome("", file.kind, head.unit, head.period, revision, result, message, file.id, None, news, would)
