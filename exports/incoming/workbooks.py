"""A filled workbook taken in: at its unit cell by cell; at the county as an unverified submission, so that what counts,
conflicts and undoing work as for any other.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from exports.incoming import submissions as inbox
from exports.incoming.intake_log import keep_copy
from exports.outgoing.submission import BESIDE, digest_of, lines_described, totals
from exports.package.container import Parcel, make, write_inner
from exports.package.envelope import Refused
from exports.package.keyring import Keyring
from exports.readback.annotated_copy import marked
from exports.readback.result import Reading
from exports.readback.sandbox import Apart
from exports.readback.workbook import read_workbook
from forms.field import Context, Row
from models.ledger.ledger import ACCEPTED, Ledger, Package, now
from models.reporting.version_code import PROGRAM, data_code
from models.store.store import record_id
from models.workspace import SAMPLE, Workspace

SAVED = re.compile(rb"<dcterms:modified[^>]*>([^<]{1,40})</dcterms:modified>")
UNVERIFIED = "未验证：是填好的工作簿，不能确认是谁发来的，请与单位核实"


@dataclass(frozen=True)
class Answer:
    """What a person said to a workbook before it is taken in: delete the lines that are gone; read it into a period."""

    delete: bool = False
    period: str = ""


@dataclass
class Desk:
    """What a load needs for its workbooks: the second process, and the answers by the path of the file, under '' for all others."""

    apart: Apart
    answers: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class TakenBook:
    """What became of a workbook; `package` and `revision` where it became a submission."""

    reading: Reading
    result: str
    message: str
    revision: int = 0
    package: str = ""
    would: Package | None = None  # of a dry run at the county
    parcel: Parcel | None = None  # and what it amounts to


def take(space: Workspace, name: str, data: bytes, dry_run: bool, desk: Desk) -> TakenBook:
    """Take a filled workbook in; what cannot be read is marked in a copy under refused/. Raises Refused."""
    answer = desk.answers.get(name) or desk.answers.get("") or Answer()
    reading = read_workbook(data, space, desk.apart, answer.period)
    taken = (
        _at_county(space, reading, name, data, dry_run)
        if reading.pure
        else _at_unit(space, reading, name, dry_run, answer)
    )
    if dry_run or not reading.problems:
        return taken
    path = keep_copy(
        space.folder / "refused", f"{Path(name).stem}_标出问题.xlsx", desk.apart.do(marked, data, reading.problems)
    )
    return TakenBook(
        reading, taken.result, f"{taken.message}\n标出了问题的工作簿放在：{path}", taken.revision, taken.package
    )


def _at_unit(space: Workspace, reading: Reading, name: str, dry_run: bool, answer: Answer) -> TakenBook:
    if said := space.withdrawn(reading.changes):
        reading.changes += said
        reading.notes.append("零报告已撤销")
    changes = reading.with_deletions() if answer.delete else reading.changes
    ledger, line = Ledger(space.store), _line_of(reading)
    reading.again = ledger.get(line.id) is not None
    result = "accepted" if changes else "refused" if reading.problems and not reading.again else "unchanged"
    if not dry_run and (changes or (reading.problems and result != "refused")):  # else nothing is to be remembered
        with space.store.db.atomic():
            space.apply(changes, f"装入工作簿{Path(name).name}")
            ledger.keep(line)
    return TakenBook(reading, result, reading.told(answer.delete))


def _line_of(reading: Reading) -> Package:
    """The line of the unit's ledger for a workbook, by its bytes and the period that it is read into."""
    unit, period = reading.unit.code, reading.period.id
    id = sha256(reading.data + period.encode()).hexdigest()
    return Package(id, "in", "workbook", unit, period, made=reading.keys.get("printed", ""), at=now())


def _at_county(space: Workspace, reading: Reading, name: str, data: bytes, dry_run: bool) -> TakenBook:
    if reading.problems and not reading.changes:
        return TakenBook(reading, "refused", reading.message)
    parcel = _parcel(space, reading, data)
    known = Ledger(space.store).of(reading.unit.code, reading.period.id, "submission", "in")
    if any(p.data_hash == parcel.about["data_hash"] and p.state == ACCEPTED for p in known):
        return TakenBook(reading, "unchanged", "与已收到的一份内容相同，无变化", package="")
    taken = inbox.take_unsigned(space, parcel, UNVERIFIED, dry_run, Path(name).name)
    lines = [p.line for p in reading.problems]
    told = "；".join([taken.message, *reading.notes]) + (f"；{len(lines)}处没有采用：" if lines else "")
    seen = parcel if dry_run else None
    revision = int(parcel.about["revision"])
    return TakenBook(reading, taken.result, "\n".join([told, *lines]), revision, parcel.id, taken.would, seen)


def _parcel(space: Workspace, reading: Reading, data: bytes) -> Parcel:
    """The submission that the workbook amounts to; the same workbook gives the same one."""
    unit, period, ring = reading.unit, reading.period, Keyring(space)
    rows = _rows(reading)
    ctx = space.context(unit.code, period)
    ctx = Context(ctx.plan, ctx.unit, ctx.period, ctx.previous, {f.name: rows[f.name] for f in space.forms})
    beside: dict[str, Sequence[Row]] = {f.name: () for f in BESIDE}
    if reading.keys.get("sample") == "yes":
        keys = {"id": record_id("statements", unit.code, period.id, "*"), "line": "*", "position": 0}
        beside["statements"] = [{**keys, "form": "*", "kind": SAMPLE}]
    members, resources = lines_described(space, {**ctx.rows, **beside})
    stands = _stands_on(space, reading)
    about = {
        "kind": "submission", "unit": unit.code, "unit_name": unit.name, "period": period.id,
        "plan": {"title": space.plan.title, "year": space.plan.year, "version": space.plan.version, "digest": space.plan.digest},
        "signer": ring.verify, "recipient": "", "enrol": "", "device": "", "person": "", "program": PROGRAM,
        "created": reading.keys.get("printed", ""), "code": data_code(space.forms, ctx),
        "totals": totals(space.forms, ctx.rows), "sample": reading.keys.get("sample") == "yes", "answered": [0, 0],
        "workbook": sha256(data).hexdigest(), "saved": saved_at(data), "data_hash": digest_of(members), **stands,
    }  # fmt: skip
    return make(write_inner(about, members, resources), ring.signer, (ring.recipient,))


def saved_at(data: bytes) -> str:
    """When Excel or WPS last saved a workbook that passed the guard (ISO, UTC), as it says itself; '' where it does not."""
    with suppress(KeyError), zipfile.ZipFile(io.BytesIO(data)) as zipped:
        found = SAVED.search(zipped.read("docProps/core.xml"))
        return found[1].decode("ascii", "replace") if found else ""
    return ""


def _rows(reading: Reading) -> dict[str, list[Row]]:
    """Every form's lines with what the workbook says."""
    rows: dict[str, dict[str, Any]] = {n: {r["id"]: r for r in found} for n, found in reading.start.items()}
    for change in reading.changes:
        rows[change.form][change.id] = {**rows[change.form].get(change.id, {}), **(change.after or {})}
    return {n: sorted(found.values(), key=lambda r: (r["position"], r["id"])) for n, found in rows.items()}


def _stands_on(space: Workspace, reading: Reading) -> dict[str, Any]:
    """The submission whose data the workbook was written from, if it came in: the workbook is its next revision."""
    version = reading.keys.get("version", "")
    known = Ledger(space.store).of(reading.unit.code, reading.period.id, "submission", "in")
    base = next((p for p in known if version and p.about.get("code") == version and p.state == ACCEPTED), None)
    if base is None:
        return {"revision": 1, "ancestors": []}
    return {"revision": base.revision + 1, "ancestors": [*base.ancestors, base.id]}


def problems_marked(reading: Reading, path: Path, apart: Apart) -> None:
    """Write the workbook with its problems marked, somewhere a person chose. Raises Refused, OSError."""
    from exports.files import replacing

    if not reading.problems:
        raise Refused("这本工作簿没有读不了的地方")
    content = apart.do(marked, reading.data, reading.problems)
    with replacing(path) as part:
        part.write_bytes(content)
