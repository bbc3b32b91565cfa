"""装入: whatever it is and however it came: files, folders, zips and saved e-mails; known by content, not by name."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from exports.incoming.batch_effects import with_batch_effects
from exports.incoming.collect import IncomingFile, collect, not_there
from exports.incoming.county_files import begin, new_enough
from exports.incoming.fence import fenced
from exports.incoming.handlers import take_package
from exports.incoming.load_log import LoadLog
from exports.incoming.messages import AGAIN
from exports.incoming.outcome import TAKEN, Outcome, Result, outcome
from exports.incoming.plan_workbooks import take_plan
from exports.incoming.workbooks import Answer, WorkbookLoad, take
from exports.package.container import PackageFile
from exports.package.keyring import Keyring
from exports.package.manifest import HandOut
from exports.readback.foreign_table import is_table, refusal
from exports.readback.sandbox import Sandbox
from models.act_backup import backed_up
from models.errors import NotKept, StoreError
from models.refusals import Refused
from models.store.connection import refused as store_trouble
from models.store.data_folder import FILE
from models.workspace import Workspace

ONE_UNIT = "这次装入里有几个单位的任务包，没有装入这一份；一次只装一个单位的，请只选要在本机填报的单位"
TWICE = "重复，无变化"
NO_WORKSPACE = "这个文件夹里还没有工作区，请先装入县里发的任务包，或用 init 建立"


def load(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    done: Callable[[int], None] = lambda n: None,
    answers: Mapping[str, Answer] | None = None,
) -> tuple[Workspace | None, list[Outcome]]:
    """Take in everything under the paths, each file on its own. Without a workspace the first hand-out makes one in
    `folder`. Raises UserError where no path is there, and NotKept, which says how many went in before, where the
    workspace cannot be written to.
    """
    found: list[Outcome] = []
    try:
        for made, one in steps(folder, space, paths, dry_run, None, answers):
            space = made
            found.append(one)
            done(len(found))
    except NotKept as why:
        raise NotKept(stopped_message(found, str(why))) from None
    return space, with_batch_effects(space, found) if space and dry_run else found


def stopped_message(found: Sequence[Outcome], why: str) -> str:
    """A load that stopped: how much of it went in, and why it went no further."""
    taken = sum(o.result in TAKEN for o in found)
    return f"装入了{taken}个就停下了：{why}；再装一次，从没有装的接着来"


def steps(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    only: Container[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    apart: Sandbox | None = None,
) -> Iterator[tuple[Workspace | None, Outcome]]:
    """`load` file by file, each done and kept when it is given; whoever stops asking has stopped the load. `only`
    names the files (as `Outcome.path` does) that are wanted; the others are passed over. `answers` are to workbooks, which
    are opened in `apart` if there is one already.
    """
    gone = not_there(paths)
    for path, why in gone.items():
        if only is None or str(path) in only:
            yield space, Outcome(str(path), "", "", "", 0, Result.REFUSED, why)
    files = (f for f in collect([p for p in paths if p not in gone]) if only is None or f.name in only)
    act = backed_up(space, "load") if space and not dry_run else nullcontext()
    with act, Sandbox() as own:
        yield from Load(folder, space, dry_run, WorkbookLoad(apart or own, answers or {})).run(files)


@dataclass
class Load:
    """One load under way; the workspace may be made by its first hand-out."""

    folder: Path
    space: Workspace | None
    dry_run: bool
    desk: WorkbookLoad
    seen: set[bytes] = field(default_factory=set)  # of a dry run: what the log cannot tell was there before
    strange: frozenset[str] = frozenset()  # units of first hand-outs; more than one are too many for one computer
    log: LoadLog | None = None

    def run(self, files: Iterator[IncomingFile]) -> Iterator[tuple[Workspace | None, Outcome]]:
        """Take the files one after another."""
        if self.space and self.space.role != "unit":
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
        """At a unit: where nothing was handed out yet, what needs a hand-out comes after all hand-outs."""
        packages = [f.open_plain() for f in files]
        units = {p.manifest.unit for p in packages if p and isinstance(p.manifest, HandOut)}
        self.strange = frozenset(units - {u.code for u in (self.space.units if self.space else ())})
        new = self.space is None or Keyring(self.space).reports_to is None
        return sorted(files, key=lambda f: new and f.is_package and not _is_handout(f))

    def _noted(self, file: IncomingFile) -> Outcome:
        """The outcome of a file, in the county's log as one with what it wrote; the file at which the workspace could not
        be written to any more is named, and is to blame for nothing.
        """
        try:
            if self.log is None or self.dry_run:
                return self._judged(file)
            return self.log.judged(file.data, lambda: self._judged(file))
        except NotKept as why:
            raise NotKept(f"“{Path(file.name).name}”没有装入：{why}") from None
        except StoreError as error:
            raise NotKept(f"“{Path(file.name).name}”没有装入：{store_trouble(error, self.folder / FILE)}") from None

    def _judged(self, file: IncomingFile) -> Outcome:
        known = self.log.known(file.data) if self.log and not file.why else None
        if known:  # the same bytes again need no opening
            line = (known.kind, known.unit, known.period, known.revision)
            return Outcome(file.name, *line, Result.UNCHANGED, AGAIN, known.package)
        return replace(fenced(file, self.space, lambda: self._taken(file)), path=file.name)

    def _taken(self, file: IncomingFile) -> Outcome:
        if file.why:
            raise Refused(file.why)
        if not file.is_package and (is_table(file.name, file.data) or file.is_workbook):
            return self._workbook(file)
        package = file.open(Keyring(self.space).identities if self.space else ())
        if self.space is None:
            return self._first(package)
        mine = {u.code for u in self.space.units}
        if len(self.strange) > 1 and _is_handout(file) and package.manifest.unit in self.strange - mine:
            raise Refused(ONE_UNIT)
        return take_package(self.space, package, self.dry_run)

    def _first(self, package: PackageFile) -> Outcome:
        """The hand-out with which a workspace begins."""
        if not isinstance(package.manifest, HandOut):
            raise Refused(f"这是{package.caption}；{NO_WORKSPACE}")
        if self.dry_run:
            new_enough(package)
            return outcome(package, Result.ACCEPTED, f"可以用这份任务包为{package.manifest.unit_name}建立工作区")
        space = begin(self.folder, package)
        try:
            found = take_package(space, package, False)
        except BaseException:
            space.discard()  # a hand-out that is refused begins nothing
            raise
        self.space = space
        return found

    def _workbook(self, file: IncomingFile) -> Outcome:
        """A filled workbook: what can be read goes in as one step, the rest is listed."""
        if self.space is None:
            raise Refused(f"这是 Excel 工作簿；{NO_WORKSPACE}")
        if is_table(file.name, file.data):
            raise refusal(file.name, file.data, self.desk.sandbox, self.space.role)
        if self.space.role == "office":
            plan = take_plan(self.space, file.name, file.data, self.dry_run, self.desk.sandbox)
            if plan is not None:
                return plan
        return take(self.space, file.name, file.data, self.dry_run, self.desk)


def _is_handout(file: IncomingFile) -> bool:
    return file.package is not None and isinstance(file.package.manifest, HandOut)
