"""Makes the county's files for a unit: 任务包, 回执 and 退回单."""

import json
from collections.abc import Sequence
from typing import TypedDict

from exports.outgoing.county_acts import add_county_acts
from exports.outgoing.submission import BESIDE, plan_head
from exports.package.attachments import packed
from exports.package.container import PackageFile, Resource, make, write_inner
from exports.package.keyring import Keyring
from exports.package.manifest import (
    CorrectionNote,
    HandOut,
    Instruction,
    Manifest,
    PlanHead,
    Receipt,
    ReceiptItem,
    Return,
    Stand,
    convert,
)
from exports.package.records_csv import resource, write_lines
from exports.package.versions import BEFORE
from forms.evidence import Attachment
from forms.field import Meaning, Row
from forms.kind import Unreadable, Value
from forms.records import COMMENTS, SETTINGS
from forms.states import CommentState, FileKind, Role, Way
from models.attachments import ALL, MOST, named, sizes
from models.county.corrections import notes
from models.county.obstacles import instructions
from models.errors import UserError
from models.ledger.ledger import ACCEPTED, Ledger, Package, now
from models.plan.entries import Period, Unit
from models.plan_editing.validity_rows import since_day
from models.reporting.inherited import inherited
from models.reporting.version_code import PROGRAM, is_older
from models.store.change import Change
from models.store.clock import now_here
from models.store.store import record_id
from models.workspace import Workspace


class Head(TypedDict):
    """The keys that every manifest of the county has."""

    unit: str
    unit_name: str
    period: str
    plan: PlanHead
    signer: str
    program: str
    created: str


def handout(space: Workspace, unit: Unit, again: bool = False) -> PackageFile:
    """The hand-out of a unit: plan, keys, enrolment code, and the unit's rows of every period that the county has.
    `again` issues a new code, for a computer that was lost; the computers enrolled so far may no longer sign. Raises
    UserError in a workspace that is not the office's.
    """
    _only_county(space)
    ring = Keyring(space)
    code = ring.code_for(unit.code, again)
    members = {f"plan/{name}.csv": text.encode() for name, text in space.plan.texts.items() if text}
    resources: list[Resource] = []
    for period in space.plan.periods:
        _data(space, unit, period, members, resources)
    _predecessors(space, unit, members, resources)
    add_county_acts(space, unit, members, resources)
    to = () if again else ring.to_unit(unit.code)
    if not to or _several(ring, unit):  # a computer may lack the attachments
        _files(space, unit, space.plan.periods, members, resources)
    manifest = HandOut(
        **_head(space, ring, unit, space.period),
        county=ring.county,
        code=code,
        reader=ring.reader_for(unit.code, again),
        serial=len(Ledger(space.store).of(unit.code, "", FileKind.HANDOUT, Way.OUT)) + 1,
        written=now_here().isoformat(),
        least=_not_above_us(str(space.settings.get("least") or "")),
        stands=_counted_submissions(space, unit),
        closed=tuple(p.id for p in space.plan.periods if space.is_closed(p.id)),
    )
    return _made(space, manifest, members, resources, to)


def files_for(space: Workspace, unit: Unit, again: bool = False) -> list[PackageFile]:
    """The hand-out of a unit, and its receipt where a submission was received. Raises UserError."""
    return [p for p in (handout(space, unit, again), receipt(space, unit)) if p is not None]


def _several(ring: Keyring, unit: Unit) -> bool:
    """Whether a unit has several enrolled computers: one has no attachments that another one added."""
    return sum(not d.ended for d in ring.keys.devices(unit.code)) > 1


def require(space: Workspace, typed: str) -> None:
    """Keep the oldest program version that may load later hand-outs; "" for any. Raises UserError."""
    field = SETTINGS.field("least")
    try:
        least = str(field.parse(typed) or "")
    except Unreadable as why:
        raise UserError("handout.setting-unreadable", field=field.label, why=why) from None
    _not_above_us(least)
    space.set({"least": least or None})


def _not_above_us(least: str) -> str:
    if least and is_older(PROGRAM, least):
        raise UserError("handout.least-too-new", least=least, program=PROGRAM)
    return least


def _counted_submissions(space: Workspace, unit: Unit) -> dict[str, Stand]:
    """By period the id, revision and ancestors of the submission that counts, from which a new computer continues."""
    ledger = Ledger(space.store)
    found = {p.id: ledger.standing(unit.code, p.id).counts for p in space.plan.periods}
    return {id: (c.id, c.revision, c.ancestors) for id, c in found.items() if c is not None}


def _only_county(space: Workspace) -> None:
    if space.role != Role.OFFICE:
        raise UserError("handout.office-only")


def _head(space: Workspace, ring: Keyring, unit: Unit, period: Period) -> Head:
    return {
        "unit": unit.code, "unit_name": unit.name, "period": period.id, "plan": plan_head(space), "signer": ring.verify,
        "program": PROGRAM, "created": now(),
    }  # fmt: skip


def _data(space: Workspace, unit: Unit, period: Period, members: dict[str, bytes], resources: list[Resource]) -> None:
    """The unit's lines of one period, where the county has any."""
    for form in (*space.forms, *BESIDE):
        rows = space.store.rows(form.name, unit.code, period.id)
        if rows:
            path = f"data/{period.id}/{form.name}.csv"
            members[path] = write_lines(form, rows)
            resources.append(resource(form, path))


def _predecessors(space: Workspace, unit: Unit, members: dict[str, bytes], resources: list[Resource]) -> None:
    """The last rows of the units whose tasks and indicators this one took over, of these tasks and indicators only."""
    coming = [p for p in space.plan.periods if p.kind == space.period.kind and p.end >= since_day(space.plan)]
    period = max(space.period, min(coming, key=lambda p: p.end, default=space.period), key=lambda p: p.end)
    there = space.at(period)
    taken = list(inherited(there.store, there.plan, unit.code, period, there.forms))
    for form in there.forms:
        places = there.plan.moved_to(unit.code, form.name)
        entries = {id for _, ids in places.values() for id in ids}
        for code, when in dict.fromkeys((t.writer, str(t.row["period"])) for t in taken if t.form.name == form.name):
            key = form.means(Meaning.ENTRY)
            rows = [r for r in space.store.rows(form.name, code, when) if r[key] in entries]
            if code != unit.code:
                path = f"{BEFORE}/{code}/{when}/{form.name}.csv"
                members[path] = write_lines(form, rows)
                resources.append(resource(form, path))


def _files(
    space: Workspace, unit: Unit, periods: Sequence[Period], members: dict[str, bytes], resources: list[Resource]
) -> None:
    """Add the attachments that the unit's rows name, the newest periods' first, up to the size that one
    file may have.
    """
    chosen: list[Attachment] = []
    total = 0
    for period in sorted(periods, key=lambda p: p.end, reverse=True):
        rows = {f.name: space.store.rows(f.name, unit.code, period.id) for f in space.forms}
        files = [n.file for n in named(space.forms, rows)]
        total += sum(sizes(space.folder, files).values())
        if total > ALL or len(chosen) + len(files) > MOST:
            break
        chosen += files
    found, described = packed(space.folder, chosen)
    members |= found
    resources += described


def _made(
    space: Workspace, manifest: Manifest, members: dict[str, bytes], resources: list[Resource], to: tuple[str, ...]
) -> PackageFile:
    return make(write_inner(manifest, members, resources), Keyring(space).signer, to)


def receipt(space: Workspace, unit: Unit) -> PackageFile | None:
    """The receipt for everything that counts of a unit; None where nothing was received yet. Where a conflict was
    settled, it carries the settled rows.
    """
    _only_county(space)
    ledger, items = Ledger(space.store), list[ReceiptItem]()
    members: dict[str, bytes] = {}
    resources: list[Resource] = []
    for period in space.plan.periods:
        stands = ledger.standing(unit.code, period.id)
        if stands.counts is None or stands.in_conflict:
            continue
        settled = _settled(ledger, unit, period)
        items.append(_item(space, period, stands.counts, settled, stands.all))
        if settled:
            _data(space, unit, period, members, resources)
            _files(space, unit, [period], members, resources)
    if not items:
        return None
    add_county_acts(space, unit, members, resources)
    members["receipt.json"] = json.dumps([i.record() for i in items], ensure_ascii=False, indent=1).encode()
    ring = Keyring(space)
    manifest = Receipt(**_head(space, ring, unit, space.period))
    return _made(space, manifest, members, resources, ring.to_unit(unit.code))


def _settled(ledger: Ledger, unit: Unit, period: Period) -> list[str]:
    """The ids of the submissions between which a person decided, and of those with the same data."""
    all = ledger.of(unit.code, period.id)
    decided = [p for p in all if p.kind == FileKind.DECISION and p.state == ACCEPTED]
    hashes = {h for d in decided for h in d.about.get("hashes", ())}
    return sorted({a for d in decided for a in d.ancestors} | {p.id for p in all if p.data_hash in hashes})


def _item(
    space: Workspace, period: Period, counts: Package, settled: Sequence[str], all: Sequence[Package]
) -> ReceiptItem:
    return ReceiptItem(
        period=period.id,
        counts=counts.id,
        revision=counts.revision,
        code=counts.about.get("code"),
        received=counts.came,
        trust=counts.trust,
        settled=tuple(settled),
        known=tuple(p.id for p in all),
        notes=convert(notes(space, counts.unit, period), tuple[CorrectionNote, ...]),
        obstacles=convert(instructions(space, counts.unit, period), tuple[Instruction, ...]),
    )


def send_back(
    space: Workspace, unit: Unit, period: Period, comments: Sequence[tuple[str, int, str, str]]
) -> PackageFile:
    """A return with comments (form, row number as printed or 0, field, text) on the submission that counts. A comment
    with the same text that is still open for the same cell is not added again. Raises UserError where a row or field
    does not exist; then nothing was changed.
    """
    _only_county(space)
    counts = Ledger(space.store).standing(unit.code, period.id).counts
    if counts is None:
        raise UserError("return.not-received", unit=unit.short, period=period.name)
    before = space.store.rows("comments", unit.code, period.id)
    position = max([c["position"] for c in before], default=0)
    changes = [
        _comment(space, unit, period, comment, position + n * 10, f"{counts.id[:12]}/{len(before) + n}")
        for n, comment in enumerate(comments, 1)
    ]
    space.apply(_new_comments(changes, before), f"退回{unit.short}{period.id}第{counts.revision}版")
    members = {"data/comments.csv": write_lines(COMMENTS, space.store.rows("comments", unit.code, period.id))}
    ring = Keyring(space)
    manifest = Return(**_head(space, ring, unit, period), about=counts.id, revision=counts.revision)
    resources = [resource(COMMENTS, "data/comments.csv")]
    return _made(space, manifest, members, resources, ring.to_unit(unit.code))


def _new_comments(changes: Sequence[Change], before: Sequence[Row]) -> list[Change]:
    def key(c: Row) -> tuple[Value, ...]:
        return c["form"], c["record"], c["field"], c["text"]

    open_ones = {key(c) for c in before if c["state"] == CommentState.OPEN}
    fresh = {key(c.after): c for c in reversed(changes) if c.after}  # the first of equal ones
    return [c for c in changes if c in fresh.values() and c.after and key(c.after) not in open_ones]


def _comment(
    space: Workspace, unit: Unit, period: Period, comment: tuple[str, int, str, str], position: int, line: str
) -> Change:
    form_word, number, field_word, text = comment
    form = space.form(form_word)
    rows = space.context(unit.code, period).rows[form.name]
    if not 0 <= number <= len(rows):
        raise UserError("return.no-such-row", form=form.title, rows=len(rows), number=number)
    field = form.find(field_word) if field_word else None
    if field_word and field is None:
        raise UserError(
            "return.no-such-field", form=form.title, word=field_word, fields="、".join(f.label for f in form.fields)
        )
    row = form.complete(rows[number - 1], space.context(unit.code, period)) if number else {}
    found = field.kind.show(row.get(field.name)) if field and number else None
    id = record_id("comments", unit.code, period.id, line)
    keys = {"id": id, "unit": unit.code, "period": period.id, "line": line, "position": position}
    about = {
        "form": form.name, "record": row.get("id"), "row": number or None, "field": field.name if field else None,
        "text": text, "found": found or None, "state": str(CommentState.OPEN), "answer": None, "by": space.person or None,
    }  # fmt: skip
    return Change("comments", id, None, {**keys, **about})
