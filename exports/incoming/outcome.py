"""装入结果: the outcome of one file that was taken in, as the window, `load --json` and the intake log use it."""

from dataclasses import dataclass, field

from exports.package.container import PackageFile
from exports.package.manifest import Return, Submission
from exports.readback.result import WorkbookReading
from forms.states import Result
from models.ledger.intake_log import IntakeRecord
from models.ledger.ledger import Package
from models.plan.impact import News

TAKEN = (Result.ACCEPTED, Result.CONFLICT)  # the content was taken in


@dataclass(frozen=True)
class Outcome:
    """The outcome of one file. `path` names it, with the zip or mail that contains it before a slash; `package` is its
    id in the ledger, "" where it has none.

    `reading` is the comparison of a workbook with the workspace, `news` the changes of a newer plan. In a dry run,
    `would` is the ledger entry it would get and `file` the submission made of a workbook.
    """

    path: str
    kind: str
    unit: str
    period: str
    revision: int
    result: Result
    message: str
    package: str = ""
    reading: WorkbookReading | None = field(default=None, compare=False, repr=False)
    news: tuple[News, ...] = ()
    would: Package | None = field(default=None, compare=False, repr=False)
    file: PackageFile | None = field(default=None, compare=False, repr=False)

    @property
    def problems(self) -> list[str]:
        """The cells of a workbook that were not taken in, each as `path:sheet:row:column: message`."""
        return [f"{self.path}:{p.line}" for p in self.reading.problems] if self.reading else []

    @property
    def document(self) -> dict[str, str | int]:
        """The object for `load --json`."""
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
        """The record for the county's intake log."""
        kept = self.package if self.result not in (Result.REFUSED, Result.WAITING) else ""
        return IntakeRecord(
            0, self.path, "", self.kind, self.unit, self.period, self.revision, str(self.result), self.message, kept
        )


def outcome(
    file: PackageFile, result: Result, message: str, news: tuple[News, ...] = (), would: Package | None = None
) -> Outcome:
    """The outcome of a package; the caller that loads it adds the path."""
    head = file.manifest
    revision = head.revision if isinstance(head, Submission | Return) else 0
    return Outcome("", file.kind, head.unit, head.period, revision, result, message, file.id, None, news, would)
