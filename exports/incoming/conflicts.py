"""两版相撞、选定: brings the submission that counts into the tables, finds conflicts between revisions of which neither
is an ancestor of the other, records how a person settled them, and undoes a load. What counts follows from the packages
and decisions in the ledger alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from exports.outgoing.submission import BESIDE
from exports.package.container import PackageFile, read
from exports.package.keyring import Keyring
from exports.package.records_csv import read_lines
from forms.field import Row
from forms.form import Form
from forms.states import CommentState, FileKind, Result, Way
from models.act_backup import backed_up
from models.ledger.compare import CellDifference, Patch, Place, compare, patch, patched
from models.ledger.intake_log import UNDONE, IntakeLog, IntakeRecord
from models.ledger.ledger import ACCEPTED, WITHDRAWN, Ledger, Package, Standing
from models.ledger.projection import Tables, changes_to
from models.ledger.return_comments import differs
from models.plan_editing.publish import put_back
from models.refusals import Refused
from models.workspace import Workspace


def tables_of(space: Workspace, file: PackageFile) -> Tables:
    """The rows of every form in a submission."""
    head = file.manifest
    forms = {f.name: f for f in (*space.forms, *BESIDE)}
    return {
        name: read_lines(form, file.members[path], head.unit, head.period)
        for name, form in forms.items()
        if (path := f"data/{name}.csv") in file.members
    }


def settle(
    space: Workspace, unit: str, period: str, known: Mapping[str, Tables] | None = None, anew: bool = False
) -> None:
    """Write the rows of the submission that counts into the tables; call it inside a transaction. `known` has the rows
    of submissions just read, by id, so that they are not opened again. `anew` rewrites them even where the submission
    that counts has not changed.
    """
    ledger = Ledger(space.store)
    stands = ledger.standing(unit, period)
    if not anew and ledger.lineage(unit, period) == [k for k in (stands.key,) if k]:
        return
    names = [f.name for f in (*space.forms, *BESIDE)]
    tables = {**dict.fromkeys(names, ()), **counting(space, stands, known)}
    bare = bool(stands.counts and stands.counts.about.get("workbook"))
    tables = {**tables, **_comments(space, unit, period, tables, bare)}
    short, told = space.plan.unit(unit).short, f"第{stands.counts.revision}版" if stands.counts else "：没有算数的了"
    space.apply(changes_to(space.store, unit, period, tables), f"装入{short}{period}{told}")
    ledger.set_ancestor(unit, period, stands.key)


def counting(space: Workspace, stands: Standing, known: Mapping[str, Tables] | None = None) -> Tables:
    """The rows that count, by form: those of a submission, or of the decision that settled a conflict; {} where none
    counts.
    """
    if stands.counts is None:
        return {}
    tables = (known or {}).get(stands.counts.id) or tables_of(space, reread(space, stands.counts))
    if stands.decision is None:
        return tables
    made = stands.decision.about.get("patch") or {}
    return patched(_merging(space), tables, made, stands.counts.unit, stands.counts.period)


def _merging(space: Workspace) -> list[Form]:
    return [*space.forms, *(f for f in BESIDE if f.name != "comments")]


def _comments(space: Workspace, unit: str, period: str, tables: Tables, bare: bool) -> Tables:
    """The county's own comments, each with the state and answer that the unit gave it in the submission that counts. A
    `bare` submission (made of a workbook) carries no answers: a comment counts as answered where its cell has changed.
    """
    theirs = {c["id"]: c for c in tables.get("comments", ())}
    found = []
    for c in space.store.rows("comments", unit, period):
        kept = {"state": c["state"] if c["state"] == CommentState.CLOSED else str(CommentState.OPEN), "answer": None}
        if bare and c["state"] != CommentState.CLOSED and _mended(space, c, tables):
            kept["state"] = str(CommentState.CHANGED)
        done = theirs.get(c["id"], kept)
        found.append(c | {n: done[n] for n in ("state", "answer")})
    return {"comments": found}


def _mended(space: Workspace, comment: Row, tables: Tables) -> bool:
    rows = {r["id"]: r for r in tables.get(comment["form"], ())}
    return bool(comment["record"]) and differs(space, comment, rows.get(comment["record"]))


def reread(space: Workspace, package: Package) -> PackageFile:
    """The opened file of a package, from its kept original. Raises Refused where the original is
    missing or unreadable.
    """
    path: Path = space.folder / package.file
    try:
        return read(path.read_bytes(), Keyring(space).identities)
    except OSError:
        raise Refused("intake.original-gone", path=path) from None


@dataclass(frozen=True)
class Conflict:
    """A conflict of one unit and period: its heads (no one of them an ancestor of another) and their last common
    ancestor, if any.
    """

    space: Workspace
    unit: str
    period: str
    standing: Standing

    def line(self, cell: CellDifference) -> Row:
        """The row that a cell belongs to, from the first head that has it; {} where none does."""
        rows = (r for side in self.sides for r in side.get(cell.place[0], ()) if r["id"] == cell.place[1])
        return next(rows, {})

    @cached_property
    def sides(self) -> list[Tables]:
        """The rows of every head, by form, in the order of `standing.heads`."""
        return [tables_of(self.space, reread(self.space, h)) for h in self.standing.heads]

    @property
    def base(self) -> Tables | None:
        """The rows of the last common ancestor; None where there is none or where it is a decision, which
        has no file.
        """
        if self.standing.counts is None or self.standing.decision is not None:
            return None
        return tables_of(self.space, reread(self.space, self.standing.counts))

    @cached_property
    def cells(self) -> list[CellDifference]:
        """Every cell in which the heads differ; `pick` is None where a person has to choose."""
        return compare(_merging(self.space), self.sides, self.base)

    @cached_property
    def asked(self) -> list[CellDifference]:
        """The cells for which a person has to choose."""
        return [c for c in self.cells if c.pick is None]

    def form(self, name: str) -> Form:
        """The form of that name."""
        return next(f for f in _merging(self.space) if f.name == name)


def conflict(space: Workspace, unit: str, period: str) -> Conflict:
    """The conflict of a unit's period. Raises Refused where there is none (any more)."""
    stands = Ledger(space.store).standing(unit, period)
    if not stands.in_conflict:
        raise Refused("conflict.none")
    return Conflict(space, unit, period, stands)


def decide_cells(found: Conflict, picks: Mapping[Place, int]) -> None:
    """Settle a conflict cell by cell: `picks` maps each asked place to the number of the head that counts; cells that
    one head alone changed need none. The decision is kept and goes to the unit with the next receipt. Raises Refused
    while a place has no pick.
    """
    left = [c for c in found.asked if c.place not in picks]
    if left:
        raise Refused("conflict.cells-open", count=len(left))
    _keep(found, found.standing.heads[0], patch(_merging(found.space), found.cells, picks))


def decide(space: Workspace, unit: str, period: str, chosen: str) -> None:
    """Settle a conflict by taking all cells from the head with the id `chosen`. Raises Refused where there is no such
    head.
    """
    found = conflict(space, unit, period)
    head = next((h for h in found.standing.heads if h.id == chosen), None)
    if head is None:
        raise Refused("conflict.none")
    _keep(found, head, {})


def _keep(found: Conflict, head: Package, made: Patch) -> None:
    space, unit, period, heads = found.space, found.unit, found.period, found.standing.heads
    ledger, log = Ledger(space.store), IntakeLog(space.store)
    ids = tuple(sorted(h.id for h in heads))
    number = len(ledger.of(unit, period, FileKind.DECISION)) + 1
    id = sha256(json.dumps([unit, period, number, head.id, ids, made], sort_keys=True).encode()).hexdigest()
    hashes = sorted(h.data_hash for h in heads)
    about = {"chosen": head.id, "hash": head.data_hash, "hashes": hashes, "patch": made, "by": space.person}
    told = f"{len(heads)}份不同的上报已由人选定" + (f"，逐格定了{len(found.asked)}格" if made else "，整份采用一份")
    with backed_up(space, "settle"), space.store.db.atomic():
        ledger.keep(Package(id, Way.OUT, FileKind.DECISION, unit, period, number, ids, at=space.stamp, about=about))
        line = IntakeRecord(
            log.next_load(), "选定", "", FileKind.DECISION, unit, period, head.revision, ACCEPTED, told, id
        )
        log.note(line)
        settle(space, unit, period)


def undo_load(space: Workspace, load: int) -> list[IntakeRecord]:
    """Undo a load in one step: its packages do not count any more, their files are kept. Returns the intake records
    undone. Raises Refused where nothing can be undone or a period is closed off.
    """
    log, ledger = IntakeLog(space.store), Ledger(space.store)
    lines = [a for a in log.of_load(load) if a.package and not a.ended and a.result != Result.UNCHANGED]
    if not lines:
        raise Refused("intake.nothing-to-undo")
    shut = next((a.period for a in lines if space.is_closed(a.period)), "")
    if shut:
        raise Refused("intake.undo-closed-off", period=space.plan.period(shut).name)
    with backed_up(space, "load"), space.store.db.atomic():
        for a in lines:
            package = ledger.get(a.package)
            if package:
                ledger.keep(replace(package, state=WITHDRAWN))
        for unit, period in dict.fromkeys((a.unit, a.period) for a in lines if a.unit):
            settle(space, unit, period)
        log.end(lines, UNDONE)
        plans = [p for a in lines if a.kind == FileKind.PLAN and (p := ledger.get(a.package))]
        if plans:  # last, because it changes the plan of `space`
            put_back(space, plans[0].about["before"], plans[-1].plan)
    return lines
