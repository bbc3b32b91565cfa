"""装入: takes in files, folders, zips and saved mails, whatever their names; the kind of a file is known by its
content.
"""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import nullcontext
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from exports.incoming.batch_effects import with_batch_effects
from exports.incoming.collect import IncomingFile, collect, not_there
from exports.incoming.county_files import begin, new_enough
from exports.incoming.fence import fenced
from exports.incoming.handlers import take_package
from exports.incoming.load_log import LoadLog
from exports.incoming.messages import AGAIN
from exports.incoming.outcome import TAKEN, Outcome, outcome
from exports.incoming.plan_workbooks import take_plan
from exports.incoming.received_days import MONTH, SAY_YES, other_month, with_received
from exports.incoming.workbooks import Answer, WorkbookLoad, take
from exports.package.container import PackageFile
from exports.package.keyring import Keyring
from exports.package.manifest import HandOut, Submission
from exports.readback.foreign_table import is_table, refusal
from exports.readback.sandbox import Sandbox
from forms.states import Result, Role
from models.act_backup import backed_up
from models.errors import NotKept, StoreError
from models.ledger.ledger import Ledger
from models.refusals import Refused
from models.store.atomic_file import new_files_undone
from models.store.connection import refused as store_trouble
from models.store.data_folder import FILE
from models.workspace import Workspace

PLAN = "plan"  # the question that a plan workbook asks
TWICE = "重复，无变化"


def load(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    done: Callable[[int], None] = lambda n: None,
    answers: Mapping[str, Answer] | None = None,
    yes: Container[str] = (),
    received: date | None = None,
) -> tuple[Workspace | None, list[Outcome]]:
    """Take in every file under the paths, each on its own; returns the workspace and an outcome per file. Without a
    workspace the first hand-out makes one in `folder`. Raises UserError where no path exists, and NotKept, which names
    how many files were taken in before, where the workspace cannot be written to. `yes` names the questions that are
    answered beforehand: plan.
    """
    found: list[Outcome] = []
    try:
        for made, one in steps(folder, space, paths, dry_run, None, answers, None, yes, received):
            space = made
            found.append(one)
            done(len(found))
    except NotKept as why:
        raise stopped(found, why) from None
    return space, with_batch_effects(space, found) if space and dry_run else found


def stopped(found: Sequence[Outcome], why: object) -> NotKept:
    """The error for a load that stopped: how many files were taken in, and why it stopped."""
    return NotKept("intake.stopped", count=sum(o.result in TAKEN for o in found), why=why)


def steps(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    only: Container[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    apart: Sandbox | None = None,
    yes: Container[str] = (),
    received: date | None = None,
) -> Iterator[tuple[Workspace | None, Outcome]]:
    """`load` as a generator: each file is stored when its outcome is yielded, so a caller that stops asking stops the
    load. `only` names the wanted files (by `Outcome.path`); others are passed over. `answers` are the answers to
    questions about workbooks, which are opened in the sandbox `apart`, or in a new one if None. `yes` has the
    questions that are answered with yes beforehand (MONTH); a file with another question waits. `received` is the day on
    which the files came, None for today, or for the day of the mail in which one lies.
    """
    gone = not_there(paths)
    for path, why in gone.items():
        if only is None or str(path) in only:
            yield space, Outcome(str(path), "", "", "", 0, Result.REFUSED, why)
    files = (f for f in collect([p for p in paths if p not in gone]) if only is None or f.name in only)
    act = backed_up(space, "load") if space and not dry_run else nullcontext()
    with act, Sandbox() as own:
        desk = WorkbookLoad(apart or own, answers or {}, yes)
        yield from Load(folder, space, dry_run, desk, yes, received).run(files)


@dataclass
class Load:
    """One load in progress; where there is no workspace the first hand-out makes it."""

    folder: Path
    space: Workspace | None
    dry_run: bool
    desk: WorkbookLoad
    yes: Container[str] = ()
    received: date | None = None
    seen: set[bytes] = field(default_factory=set)  # files of this dry run, which the log does not know
    strange: frozenset[str] = frozenset()  # units of first hand-outs; more than one are too many for one computer
    log: LoadLog | None = None

    def run(self, files: Iterator[IncomingFile]) -> Iterator[tuple[Workspace | None, Outcome]]:
        """Take the files in one after another; yields the workspace and the outcome of each."""
        if self.space and self.space.role != Role.UNIT:
            self.log = LoadLog(self.space)
        else:
            files = iter(self._in_order(list(files)))
        for file in files:
            found = self._noted(file)
            if self.dry_run and found.result == Result.ACCEPTED:
                found = replace(found, result=Result.UNCHANGED, message=TWICE) if file.data in self.seen else found
                self.seen.add(file.data)
            yield self.space, found

    def _in_order(self, files: list[IncomingFile]) -> list[IncomingFile]:
        """At a unit without a hand-out, the hand-outs first: other packages cannot be opened before."""
        packages = [f.open_plain() for f in files]
        units = {p.manifest.unit for p in packages if p and isinstance(p.manifest, HandOut)}
        self.strange = frozenset(units - {u.code for u in (self.space.units if self.space else ())})
        new = self.space is None or Keyring(self.space).reports_to is None
        return sorted(files, key=lambda f: new and f.is_package and not _is_handout(f))

    def _noted(self, file: IncomingFile) -> Outcome:
        """The outcome of a file; in the county's log it is written in one transaction with the data. Raises NotKept
        with the name of the file where the workspace cannot be written to any more.
        """
        try:
            if self.log is None or self.dry_run:
                return self._judged(file)
            return self.log.judged(file.data, lambda: self._judged(file))
        except (NotKept, StoreError) as error:
            why = error if isinstance(error, NotKept) else store_trouble(error, self.folder / FILE)
            raise NotKept("intake.stopped-at", file=Path(file.name).name, why=why) from None

    def _judged(self, file: IncomingFile) -> Outcome:
        known = self.log.known(file.data) if self.log and not file.why else None
        if known:  # the same bytes again need no opening
            line = (known.kind, known.unit, known.period, known.revision)
            return Outcome(file.name, *line, Result.UNCHANGED, AGAIN, known.package)
        return replace(fenced(file, self.space, lambda: self._taken(file)), path=file.name)

    def _taken(self, file: IncomingFile) -> Outcome:
        if file.why:
            raise copy(file.why)
        if not file.is_package and (is_table(file.name, file.data) or file.is_workbook):
            return self._workbook(file)
        package = file.open(Keyring(self.space).identities if self.space else ())
        if self.space is None:
            return self._first(package)
        mine = {u.code for u in self.space.units}
        if len(self.strange) > 1 and _is_handout(file) and package.manifest.unit in self.strange - mine:
            raise Refused("intake.several-handouts")
        if self.space.role == Role.UNIT or not isinstance(package.manifest, Submission):
            return take_package(self.space, package, self.dry_run)
        month = other_month(self.space, package.manifest.period)
        if month and MONTH not in self.yes and Ledger(self.space.store).get(package.id) is None:
            return outcome(package, Result.WAITING, f"{month}；{SAY_YES}")
        return self._received(file, take_package(self.space, package, self.dry_run), month)

    def _received(self, file: IncomingFile, found: Outcome, month: str) -> Outcome:
        """The outcome of a submission with its received day, and the sentence on its month."""
        assert self.space is not None
        dated = with_received(self.space, found, self.received, file.mailed, self.dry_run)
        return replace(dated, message=f"{month}；{dated.message}") if month and found.result in TAKEN else dated

    def _first(self, package: PackageFile) -> Outcome:
        """Make the workspace from a hand-out. Raises Refused for any other kind of package."""
        if not isinstance(package.manifest, HandOut):
            raise Refused("intake.handout-first", kind=package.caption)
        if self.dry_run:
            new_enough(package)
            return outcome(package, Result.ACCEPTED, f"可以用这份任务包为{package.manifest.unit_name}建立工作区")
        space = begin(self.folder, package)
        try:
            with new_files_undone():
                found = take_package(space, package, False)
        except BaseException:
            space.discard()  # a hand-out that is refused begins nothing
            raise
        self.space = space
        return found

    def _workbook(self, file: IncomingFile) -> Outcome:
        """Take a workbook in: what can be read in one step, the rest as a list of problems."""
        if self.space is None:
            raise Refused("intake.workbook-first")
        if is_table(file.name, file.data):
            raise refusal(file.name, file.data, self.desk.sandbox, self.space.role)
        if self.space.role == Role.OFFICE:
            plan = take_plan(self.space, file.name, file.data, self.dry_run, self.desk.sandbox, PLAN in self.yes)
            if plan is not None:
                return plan
        found = take(self.space, file.name, file.data, self.dry_run, self.desk)
        if self.space.role == Role.UNIT:
            return found
        return self._received(file, found, other_month(self.space, found.period))


def _is_handout(file: IncomingFile) -> bool:
    return file.package is not None and isinstance(file.package.manifest, HandOut)
