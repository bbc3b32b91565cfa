"""Takes in a filled workbook: at its unit cell by cell; at the county as an unverified submission, so that counting,
conflicts and undoing work as for any other.
"""

import io
import re
import zipfile
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from exports.incoming.kept_files import keep_copy, safe_name
from exports.incoming.outcome import Outcome
from exports.incoming.received_days import MONTH, SAY_YES, other_month
from exports.incoming.submissions import take_unsigned
from exports.outgoing.submission import BESIDE, digest_of, lines_described, plan_head, totals
from exports.package.container import PackageFile, make, write_inner
from exports.package.keyring import Keyring
from exports.package.manifest import Submission
from exports.readback.annotated_copy import marked
from exports.readback.result import WorkbookReading
from exports.readback.sandbox import Sandbox
from exports.readback.workbook import read_workbook
from forms.field import Row
from forms.states import FileKind, Result, Statement, Way
from models.ledger.ledger import ACCEPTED, Ledger, Package
from models.refusals import Refused
from models.reporting.version_code import PROGRAM, data_code
from models.store.atomic_file import replacing
from models.store.store import record_id
from models.workspace import Workspace

SAVED = re.compile(rb"<dcterms:modified[^>]*>([^<]{1,40})</dcterms:modified>")
UNVERIFIED = "未验证：是填好的工作簿，不能确认是谁发来的，请与单位核实"


@dataclass(frozen=True)
class Answer:
    """The user's answers about a workbook: `delete` the rows that were deleted in it; the `period` to read it into."""

    delete: bool = False
    period: str = ""


@dataclass
class WorkbookLoad:
    """The sandbox in which a load opens workbooks, and the answers by path of the file; the key '' is
    for all others. `yes` has the questions that are answered with yes beforehand.
    """

    sandbox: Sandbox
    answers: Mapping[str, Answer] = field(default_factory=dict)
    yes: Container[str] = ()


def take(space: Workspace, name: str, data: bytes, dry_run: bool, desk: WorkbookLoad) -> Outcome:
    """Take a filled workbook in; cells that cannot be read are marked in a copy under refused/. Raises Refused."""
    answer = desk.answers.get(name) or desk.answers.get("") or Answer()
    reading = read_workbook(data, space, desk.sandbox, answer.period)
    month = (
        other_month(space, reading.period.id) if reading.pure and not answer.period and MONTH not in desk.yes else ""
    )
    if month:
        return _outcome(reading, Result.WAITING, f"{month}；{SAY_YES}")
    taken = (
        _at_county(space, reading, name, data, dry_run)
        if reading.pure
        else _at_unit(space, reading, name, dry_run, answer)
    )
    if dry_run or not reading.problems:
        return taken
    marked_name = safe_name(f"{Path(name).stem}_标出问题.xlsx")
    path = keep_copy(space.folder / "refused", marked_name, desk.sandbox.do(marked, data, reading.problems))
    return replace(taken, message=f"{taken.message}\n标出了问题的工作簿放在：{path}")


def _outcome(reading: WorkbookReading, result: Result, message: str) -> Outcome:
    return Outcome("", FileKind.WORKBOOK, reading.unit.code, reading.period.id, 0, result, message, reading=reading)


def _at_unit(space: Workspace, reading: WorkbookReading, name: str, dry_run: bool, answer: Answer) -> Outcome:
    if said := space.withdrawn(reading.changes):
        reading.changes += said
        reading.notes.append("零报告已撤销")
    changes = reading.with_deletions() if answer.delete else reading.changes
    ledger, line = Ledger(space.store), _line_of(space, reading)
    reading.again = ledger.get(line.id) is not None
    result = (
        Result.ACCEPTED if changes else Result.REFUSED if reading.problems and not reading.again else Result.UNCHANGED
    )
    if not dry_run and (changes or (reading.problems and result != Result.REFUSED)):  # else there is nothing to record
        with space.store.db.atomic():
            space.apply(changes, f"装入工作簿{Path(name).name}")
            ledger.keep(line)
    return _outcome(reading, result, reading.report(answer.delete))


def _line_of(space: Workspace, reading: WorkbookReading) -> Package:
    """The entry for a workbook in the unit's ledger; its id depends on the bytes and the period it is read into."""
    unit, period = reading.unit.code, reading.period.id
    id = sha256(reading.data + period.encode()).hexdigest()
    return Package(id, Way.IN, FileKind.WORKBOOK, unit, period, made=reading.keys.get("printed", ""), at=space.stamp)


def _at_county(space: Workspace, reading: WorkbookReading, name: str, data: bytes, dry_run: bool) -> Outcome:
    if reading.problems and not reading.changes:
        return _outcome(reading, Result.REFUSED, reading.message)
    file = _submission(space, reading, data)
    head = file.expect(Submission)
    known = Ledger(space.store).of(reading.unit.code, reading.period.id, FileKind.SUBMISSION, Way.IN)
    if any(p.data_hash == head.data_hash and p.state == ACCEPTED for p in known):
        return _outcome(reading, Result.UNCHANGED, "与已收到的一份内容相同，无变化")
    taken = take_unsigned(space, file, UNVERIFIED, dry_run, Path(name).name)
    lines = [p.line for p in reading.problems]
    message = "；".join([taken.message, *reading.notes]) + (f"；{len(lines)}处没有采用：" if lines else "")
    shown = "\n".join([message, *lines])
    return replace(taken, kind=FileKind.WORKBOOK, message=shown, reading=reading, file=file if dry_run else None)


def _submission(space: Workspace, reading: WorkbookReading, data: bytes) -> PackageFile:
    """The submission made of a workbook; the same workbook gives the same id."""
    unit, period, ring = reading.unit, reading.period, Keyring(space)
    rows = _rows(reading)
    ctx = space.context(unit.code, period)
    ctx = replace(ctx, rows={f.name: rows[f.name] for f in space.forms})
    members, resources = lines_described(space, {**ctx.rows, **_beside(reading)})
    revision, ancestors = _base_revision(space, reading)
    head = Submission(
        unit=unit.code,
        unit_name=unit.name,
        period=period.id,
        plan=plan_head(space),
        signer=ring.verify,
        program=PROGRAM,
        created=reading.keys.get("printed", ""),
        code=data_code(space.forms, ctx),
        totals=totals(space.forms, ctx.rows),
        sample=reading.keys.get("sample") == "yes",
        workbook=sha256(data).hexdigest(),
        saved=saved_at(data),
        data_hash=digest_of(members),
        revision=revision,
        ancestors=ancestors,
    )
    return make(write_inner(head, members, resources), ring.signer, (ring.recipient,))


def _beside(reading: WorkbookReading) -> dict[str, Sequence[Row]]:
    """The rows of the forms beside the data (statements, reasons, comments): only the mark of sample data."""
    beside: dict[str, Sequence[Row]] = {f.name: () for f in BESIDE}
    if reading.keys.get("sample") == "yes":
        keys = {"id": record_id("statements", reading.unit.code, reading.period.id, "*"), "line": "*", "position": 0}
        beside["statements"] = [{**keys, "form": "*", "kind": Statement.SAMPLE}]
    return beside


def saved_at(data: bytes) -> str:
    """When Excel or WPS last saved a workbook, from its properties (ISO, UTC); '' where they have no time. The zip
    guard must have passed it before.
    """
    with suppress(KeyError), zipfile.ZipFile(io.BytesIO(data)) as zipped:
        found = SAVED.search(zipped.read("docProps/core.xml"))
        return found[1].decode("ascii", "replace") if found else ""
    return ""


def _rows(reading: WorkbookReading) -> dict[str, list[Row]]:
    """The rows of every form with the workbook's changes made in them."""
    rows: dict[str, dict[str, Row]] = {n: {r["id"]: r for r in found} for n, found in reading.start.items()}
    for change in reading.changes:
        rows[change.form][change.id] = {**rows[change.form].get(change.id, {}), **(change.after or {})}
    return {n: sorted(found.values(), key=lambda r: (r["position"], r["id"])) for n, found in rows.items()}


def _base_revision(space: Workspace, reading: WorkbookReading) -> tuple[int, tuple[str, ...]]:
    """Revision and ancestors of the submission made of a workbook: the next after the submission whose data the
    workbook was written from, where that was taken in, else 1 and none.
    """
    version = reading.keys.get("version", "")
    known = Ledger(space.store).of(reading.unit.code, reading.period.id, FileKind.SUBMISSION, Way.IN)
    base = next((p for p in known if version and p.about.get("code") == version and p.state == ACCEPTED), None)
    return (base.revision + 1, (*base.ancestors, base.id)) if base else (1, ())


def problems_marked(reading: WorkbookReading, path: Path, apart: Sandbox) -> None:
    """Write a copy of the workbook with its problems marked to `path`, which the user chose.
    Raises Refused, OSError.
    """
    if not reading.problems:
        raise Refused("readback.nothing-unread")
    content = apart.do(marked, reading.data, reading.problems)
    with replacing(path) as part:
        part.write_bytes(content)
