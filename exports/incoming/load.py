"""装入: whatever it is and however it came: files, folders, zips and saved e-mails; known by content, not by name."""

from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from exports.incoming import county_files as arrived
from exports.incoming import submissions as inbox
from exports.incoming import work_team as team
from exports.incoming.batch_effects import together
from exports.incoming.collect import collect, is_workbook, not_there
from exports.incoming.intake_log import Register
from exports.incoming.workbooks import Answer, Desk, take
from exports.package.container import KINDS, Parcel, read
from exports.package.envelope import is_ours
from exports.package.keyring import Keyring
from exports.readback.foreign_table import is_table, refusal
from exports.readback.result import Reading
from exports.readback.sandbox import Apart
from models.errors import NotKept, StoreError, UserError
from models.ledger.intake_log import Arrived
from models.ledger.ledger import Ledger, Package, now
from models.plan.impact import News
from models.plan_editing.draft import Draft
from models.refusals import NOT_FOR_OFFICE, NOT_FOR_US, STRANGER, Refused
from models.store.connection import refused
from models.workspace import FILE, Workspace

ONE_UNIT = "这次装入里有几个单位的任务包，没有装入这一份；一次只装一个单位的，请只选要在本机填报的单位"
TWICE = "重复，无变化"


@dataclass(frozen=True)
class Arrival:
    """What became of one file; `path` names it, with the zip or mail it lay in before a slash."""

    path: str
    kind: str
    unit: str
    period: str
    revision: int
    result: str
    message: str
    package: str = ""
    reading: Reading | None = field(default=None, compare=False, repr=False)  # of a filled workbook
    news: tuple[News, ...] = ()  # what a newer plan brings
    would: Package | None = field(default=None, compare=False, repr=False)  # of a dry run: what would be in the ledger
    parcel: Parcel | None = field(default=None, compare=False, repr=False)  # of a dry run: what a workbook amounts to

    @property
    def problems(self) -> list[str]:
        """The places of a workbook that were not taken over, as `path:sheet:row:column: message`."""
        return [f"{self.path}:{p.line}" for p in self.reading.problems] if self.reading else []

    @property
    def document(self) -> dict[str, Any]:
        """The object that `load --json` promises."""
        return {n: v for n, v in self.__dict__.items() if n not in ("package", "reading", "news", "would", "parcel")}


def load(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    done: Callable[[int], None] = lambda n: None,
    answers: Mapping[str, Answer] | None = None,
) -> tuple[Workspace | None, list[Arrival]]:
    """Take in everything under the paths, each file on its own. Without a workspace the first hand-out makes one in
    `folder`. Raises UserError where no path is there, and NotKept, which says how many went in before, where the
    workspace cannot be written to.
    """
    found: list[Arrival] = []
    try:
        for made, arrival in steps(folder, space, paths, dry_run, None, answers):
            space = made
            found.append(arrival)
            done(len(found))
    except NotKept as why:
        raise NotKept(stopped_told(found, str(why))) from None
    return space, together(space, found) if space and dry_run else found


def stopped_told(found: Sequence[Arrival], why: str) -> str:
    """A load that stopped: how much of it went in, and why it went no further."""
    taken = sum(a.result in ("accepted", "conflict") for a in found)
    return f"装入了{taken}个就停下了：{why}；再装一次，从没有装的接着来"


def steps(
    folder: Path,
    space: Workspace | None,
    paths: Sequence[Path],
    dry_run: bool = False,
    only: Container[str] | None = None,
    answers: Mapping[str, Answer] | None = None,
    apart: Apart | None = None,
) -> Iterator[tuple[Workspace | None, Arrival]]:
    """`load` file by file, each done and kept when it is given; whoever stops asking has stopped the load. `only`
    names the files (as `Arrival.path` does) that are wanted; the others are passed over. `answers` are to workbooks, which
    are opened in `apart` if there is one already.
    """
    gone = not_there(paths)
    for path in gone:
        if only is None or str(path) in only:
            yield space, Arrival(str(path), "", "", "", 0, "refused", gone[path])
    paths = [p for p in paths if p not in gone]
    register = Register(space) if space and space.role != "unit" else None
    handed = _handed(paths, only) if space is None or space.role == "unit" else {}
    strange = set(handed.values()) - {u.code for u in (space.units if space else ())}
    waiting: list[tuple[str, bytes | str]] = []
    seen: set[bytes | str] = set()  # where nothing is kept, the book cannot tell what was there before
    with Apart() as own:
        desk = Desk(apart or own, answers or {})
        for item in chain(collect(paths), waiting):  # what has to wait is taken up again at the end
            if only is not None and item[0] not in only:
                continue
            if _must_wait(space, item[1]) and item not in waiting:
                waiting.append(item)
                continue
            if space and len(strange) > 1 and handed.get(item[0]) in strange - {u.code for u in space.units}:
                yield space, Arrival(item[0], "handout", handed[item[0]], "", 0, "refused", ONE_UNIT)
                continue
            with _to_be_kept(folder, item[0]):
                space, arrival = _registered(register, folder, space, *item, dry_run, desk)
            if dry_run and arrival.result == "accepted":
                arrival = replace(arrival, result="unchanged", message=TWICE) if item[1] in seen else arrival
                seen.add(item[1])
            yield space, arrival


def _handed(paths: Sequence[Path], only: Container[str] | None) -> dict[str, str]:
    """By name of each hand-out in a load the unit it is for."""
    ours = ((n, d) for n, d in collect(paths) if isinstance(d, bytes) and is_ours(d) and (only is None or n in only))
    return {n: str(read(d).about.get("unit") or "") for n, d in ours if _is_handout(d)}


@contextmanager
def _to_be_kept(folder: Path, name: str) -> Iterator[None]:
    """Name the file at which the workspace could not be written to any more; it is to blame for nothing."""
    try:
        yield
    except NotKept as why:
        raise NotKept(f"“{Path(name).name}”没有装入：{why}") from None
    except StoreError as error:
        raise NotKept(f"“{Path(name).name}”没有装入：{refused(error, folder / FILE)}") from None


def _registered(
    register: Register | None,
    folder: Path,
    space: Workspace | None,
    name: str,
    data: bytes | str,
    dry_run: bool,
    desk: Desk,
) -> tuple[Workspace | None, Arrival]:
    """A file at the county is judged and noted in the book as one; the same bytes again need no opening."""
    if register is None:
        return _one(folder, space, name, data, dry_run, desk)
    found: list[Arrival] = []

    def judge() -> Arrived:
        known = register.known(data) if isinstance(data, bytes) else None
        found.append(_again(name, known) if known else _one(folder, space, name, data, dry_run, desk)[1])
        return line_of(found[0])

    if dry_run:
        judge()
    else:
        register.judged(data, judge)
    return space, found[0]


def _again(name: str, known: Arrived) -> Arrival:
    about = (known.kind, known.unit, known.period, known.revision)
    return Arrival(name, *about, "unchanged", "已装入过，无变化", known.package)


def line_of(arrival: Arrival) -> Arrived:
    """The line of the county's book for a file."""
    a = arrival
    taken = a.package if a.result != "refused" else ""
    return Arrived(0, a.path, "", a.kind, a.unit, a.period, a.revision, a.result, a.message, taken)


def _must_wait(space: Workspace | None, data: bytes | str) -> bool:
    """Whether a file needs a hand-out that may lie further on; a first hand-out itself is open."""
    if isinstance(data, str) or not is_ours(data):
        return False
    new = space is None or (space.role == "unit" and not Keyring(space).keys.county)
    return new and not _is_handout(data)


def _is_handout(data: bytes) -> bool:
    try:
        return read(data).kind == "handout"
    except Refused:
        return False


def _one(
    folder: Path, space: Workspace | None, name: str, data: bytes | str, dry_run: bool, desk: Desk
) -> tuple[Workspace | None, Arrival]:
    parcel: Parcel | None = None
    try:
        if isinstance(data, str):
            raise Refused(data)
        if not is_ours(data) and (is_table(name, data) or (data.startswith(b"PK") and is_workbook(data))):
            return space, _workbook(space, name, data, dry_run, desk)
        parcel = read(data, Keyring(space).identities if space else ())
        if space is None:
            space = _begin(folder, parcel, dry_run)
            if space is None:
                return None, _arrival(
                    name, parcel, "accepted", f"可以用这份任务包为{parcel.about['unit_name']}建立工作区"
                )
        taken = _take(space, parcel, dry_run)
        return space, replace(_arrival(name, parcel, taken.result, taken.message), news=taken.news, would=taken.would)
    except NotKept:
        raise  # no fault of the file
    except UserError as why:
        strange = str(why) == NOT_FOR_US and space is not None and space.role != "unit"
        return space, _arrival(name, parcel, "refused", NOT_FOR_OFFICE if strange else str(why))
    except (KeyError, TypeError, ValueError, AttributeError, UnicodeDecodeError):
        # signed by somebody who can sign, yet not what this program writes
        return space, _arrival(name, parcel, "refused", STRANGER)


def _workbook(space: Workspace | None, name: str, data: bytes, dry_run: bool, desk: Desk) -> Arrival:
    """A filled workbook: what can be read goes in as one step, the rest is listed."""
    if space is None:
        raise Refused("这是 Excel 工作簿；这个文件夹里还没有工作区，请先装入县里发的任务包，或用 init 建立")
    if is_table(name, data):
        raise refusal(name, data, desk.apart, space.role)
    if space.role == "office" and (taken := take_plan_book(space, name, data, dry_run, desk)):
        return taken
    b = take(space, name, data, dry_run, desk)
    unit, period = b.reading.unit.code, b.reading.period.id
    return Arrival(
        name, "workbook", unit, period, b.revision, b.result, b.message, b.package, b.reading, (), b.would, b.parcel
    )


def take_plan_book(space: Workspace, name: str, data: bytes, dry_run: bool, desk: Desk) -> Arrival | None:
    """A plan workbook at the office puts the plan in force; None where the workbook is another."""
    from exports.plan.workbook import read_plan, refuse_wrong
    from models.plan_editing.publish import put_in_force

    book = read_plan(data, space.plan, Path(name).name, desk.apart)
    if book is None:
        return None
    refuse_wrong(book)
    if not book.differences:
        return Arrival(name, "plan", "", "", 0, "unchanged", book.message)
    if Draft(space).changed:
        raise Refused("方案页里有改动还没有生效，没有装入；请先让它生效，或放弃改动，再装入")
    if dry_run:
        return Arrival(name, "plan", "", "", 0, "accepted", book.message)
    before, plan = space.plan.digest, put_in_force(space, book.texts)
    id = sha256(f"{before} {plan.digest} {now()}".encode()).hexdigest()
    Ledger(space.store).keep(Package(id, "in", "plan", "", plan=plan.digest, at=now(), about={"before": before}))
    return Arrival(name, "plan", "", "", 0, "accepted", f"方案{plan.version}版生效；{book.message}", id)


def _begin(folder: Path, parcel: Parcel, dry_run: bool) -> Workspace | None:
    if parcel.kind != "handout":
        raise Refused(f"这是{KINDS[parcel.kind]}；这个文件夹里还没有工作区，请先装入县里发的任务包，或用 init 建立")
    return None if dry_run else arrived.begin(folder, parcel)


def _take(space: Workspace, parcel: Parcel, dry_run: bool) -> inbox.Taken:
    if parcel.kind == "submission":
        taker = arrived.take_own if space.role == "unit" else inbox.take_submission
    else:
        own = team.take_team_handout if space.role == "team" else arrived.take_handout
        taker = {"handout": own, "receipt": arrived.take_receipt, "return": arrived.take_return,
                 "team": team.take_card}[parcel.kind]  # fmt: skip
    return taker(space, parcel, dry_run)


def _arrival(name: str, parcel: Parcel | None, result: str, message: str) -> Arrival:
    about: Any = parcel.about if parcel else {}
    unit, period = str(about.get("unit") or ""), str(about.get("period") or "")
    revision, id = int(about.get("revision") or 0), parcel.id if parcel else ""
    return Arrival(name, parcel.kind if parcel else "", unit, period, revision, result, message, id)
