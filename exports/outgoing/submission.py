"""上报包: the data of one unit, one period and one revision, made from the store."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from exports.batch import Job, write_job
from exports.package.attachments import packed
from exports.package.container import ATTACHMENTS, PackageFile, Resource, make, read, write_inner
from exports.package.envelope import proof
from exports.package.keyring import Keyring
from exports.package.manifest import PlanHead, Submission
from exports.package.records_csv import history_resource, resource, write_history, write_lines
from exports.sheets.sheet import Book
from exports.sheets.unit_sheets import unit_book
from exports.writers import WRITERS
from forms.field import Context, Row
from forms.form import Form
from forms.records import COMMENTS, REASONS, STATEMENTS, SUPERVISION_REPLIES
from forms.states import CommentState, FileKind, Way
from models.attachments import named
from models.errors import UserError
from models.ledger.ledger import Ledger, Package, now
from models.ledger.return_comments import corrected
from models.plan.entries import Period, Unit
from models.reporting.check import check
from models.reporting.version_code import PROGRAM, data_code
from models.store.atomic_file import replacing
from models.store.store import HistoryEntry
from models.workspace import Workspace

BESIDE = (STATEMENTS, REASONS, COMMENTS, SUPERVISION_REPLIES)  # forms that a submission carries besides the plan's
IF_ANY = (SUPERVISION_REPLIES.name,)  # of these the ones that it carries only with rows in them, as older programs do
ENCLOSED = tuple(w.name for w in WRITERS if w.enclosed)  # formats of the papers enclosed
MOST_ANCESTORS = 200


@dataclass(frozen=True)
class SubmissionDraft:
    """A submission before its papers are made; everything that needs the store is in it. `paint` may run in another
    thread.
    """

    manifest: Submission
    members: Mapping[str, bytes]
    resources: Sequence[Resource]
    book: Book
    look: tuple[str, bool]

    def paint(self) -> dict[str, bytes]:
        """The papers, by path in the package: the same Excel and PDF as are printed. Does not use the store."""
        with TemporaryDirectory(prefix="qingdan-") as folder:
            paths = write_job(Job(Path(folder), self.book, ENCLOSED, *self.look))
            return {f"papers/{p.name}": p.read_bytes() for p in paths}


def submission(space: Workspace, unit: Unit, period: Period, papers: bool = True, checked: bool = True) -> PackageFile:
    """The submission of a unit's period: the next revision, or the last one where nothing has changed since. Raises
    UserError, with each place in `details`, where problems are open; `checked=False` lets sample data with faults out,
    to show the county what bad files look like.
    """
    draft = prepare(space, unit, period, checked)
    return draft if isinstance(draft, PackageFile) else finish(space, draft, draft.paint() if papers else {})


def prepare(space: Workspace, unit: Unit, period: Period, checked: bool = True) -> SubmissionDraft | PackageFile:
    """The draft of a submission, or the last submission where nothing has changed since. Raises UserError."""
    space.apply(corrected(space, unit.code, period), "改正退回意见")
    ctx = space.context(unit.code, period)
    if checked:
        _may_go_out(space, unit, period, ctx)
    ledger, ring = Ledger(space.store), Keyring(space)
    members, resources = _lines(space, unit, period, ctx)
    data_hash = digest_of(members)
    files, described = packed(space.folder, [n.file for n in named(space.forms, ctx.rows)])
    sent = ledger.of(unit.code, period.id, FileKind.SUBMISSION, Way.OUT)
    last = max(sent, key=lambda p: p.revision, default=None)  # not by time: clocks are wrong at times
    if last and last.data_hash == data_hash and _went(space, last, ring, files):
        return again(space, last)
    members["data/history.csv"] = write_history(_since(space, unit.code, period.id, last))
    manifest = replace(_manifest(space, ring, unit, period, ctx), data_hash=data_hash, history_to=_newest(space))
    look = space.settings.get("page") or "sheet", space.settings.get("black") == "yes"
    book = unit_book(space, unit, period, space.forms)
    return SubmissionDraft(
        manifest, members | files, [*resources, history_resource("data/history.csv"), *described], book, look
    )


def finish(
    space: Workspace, draft: SubmissionDraft, papers: Mapping[str, bytes], more: Mapping[str, object] | None = None
) -> PackageFile:
    """Sign and encrypt a submission, write its copy into the outbox and its entry into the ledger, with `more` in the
    entry's details. Raises UserError.
    """
    ledger, ring, unit, period = Ledger(space.store), Keyring(space), draft.manifest.unit, draft.manifest.period
    known = ledger.of(unit, period, FileKind.SUBMISSION)
    manifest = replace(
        draft.manifest,
        revision=max([p.revision for p in known], default=0) + 1,
        ancestors=tuple(ledger.lineage(unit, period)[-MOST_ANCESTORS:]),
    )
    inner = write_inner(manifest, {**draft.members, **papers}, draft.resources)
    made = make(inner, ring.signer, ring.of_submission(unit))
    _remember(space, ledger, made, manifest, ring, more or {})
    return made


def _may_go_out(space: Workspace, unit: Unit, period: Period, ctx: Context) -> None:
    found = [f for f in check(space, unit.code, period, ctx) if not f.settled]
    open_ones = [c for c in space.store.rows("comments", unit.code, period.id) if c["state"] == CommentState.OPEN]
    places = [f.line(space) for f in found] + [_comment_line(space, unit, c) for c in open_ones]
    if places:
        raise UserError(
            "submission.open-problems", places, unit=unit.short, period=period.name, count=len(places), first=places[0]
        )


def _comment_line(space: Workspace, unit: Unit, comment: Row) -> str:
    form = space.form(comment["form"])
    field = form.find(comment["field"] or "")
    place = f"{unit.short}:{form.title}:{comment['row'] or ''}:{field.label if field else ''}"
    return f"{place}: 县里退回的意见还没有办理：{comment['text']}；请改正，或写一句答复"


def _lines(space: Workspace, unit: Unit, period: Period, ctx: Context) -> tuple[dict[str, bytes], list[Resource]]:
    beside = {f.name: space.store.rows(f.name, unit.code, period.id) for f in BESIDE}
    return lines_described(space, {**ctx.rows, **beside})


def lines_described(space: Workspace, rows: Mapping[str, Sequence[Row]]) -> tuple[dict[str, bytes], list[Resource]]:
    """The rows of every form, those of BESIDE too, as members of a package file, with their descriptions."""
    members: dict[str, bytes] = {}
    resources: list[Resource] = []
    shown: list[Form] = [*space.forms, *BESIDE]
    for form in (f for f in shown if rows.get(f.name) or f.name not in IF_ANY):
        path = f"data/{form.name}.csv"
        members[path] = write_lines(form, rows[form.name])
        resources.append(resource(form, path))
    return members, resources


def digest_of(members: Mapping[str, bytes]) -> str:
    """One hash over the rows of all forms: equal data has equal hashes."""
    digests = [f"{path} {sha256(content).hexdigest()}" for path, content in sorted(members.items())]
    return sha256("\n".join(digests).encode()).hexdigest()


def _since(space: Workspace, unit: str, period: str, last: Package | None) -> list[HistoryEntry]:
    return space.store.history_of(unit, period, int(last.about.get("history_to", 0)) if last else 0)


def _newest(space: Workspace) -> int:
    return int(space.store.conn.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()[0])


def plan_head(space: Workspace) -> PlanHead:
    """The plan in force, as manifests name it."""
    plan = space.plan
    return PlanHead(title=plan.title, year=plan.year, version=plan.version, digest=plan.digest)


def _manifest(space: Workspace, ring: Keyring, unit: Unit, period: Period, ctx: Context) -> Submission:
    """The manifest without revision, ancestors and hash, which are added later."""
    code = ring.keys.get(f"code.{unit.code}")
    return Submission(
        unit=unit.code,
        unit_name=unit.name,
        period=period.id,
        plan=plan_head(space),
        signer=ring.verify,
        recipient=ring.recipient,
        enrol=proof(code, ring.verify, unit.code) if code else "",
        device=platform.node()[:40],
        person=space.person,
        program=PROGRAM,
        created=space.stamp,
        code=data_code(space.forms, ctx),
        totals=totals(space.forms, ctx.rows),
        sample=space.is_sample(unit.code, period.id),
        answered=_answered(space, unit.code, period.id),
        revision=0,
        ancestors=(),
        data_hash="",
    )


def totals(forms: Sequence[Form], rows: Mapping[str, Sequence[Row]]) -> dict[str, dict[str, str]]:
    """Control sums: the number of lines of each form and the sums of its total fields, as canonical text."""
    found: dict[str, dict[str, str]] = {}
    for form in forms:
        lines = rows.get(form.name, ())
        summed = [f for f in form.stored if f.total]
        sums = {f.name: f.kind.write(sum((r[f.name] for r in lines if r.get(f.name) is not None), 0)) for f in summed}
        found[form.name] = {"lines": str(len(lines)), **sums}
    return found


def _answered(space: Workspace, unit: str, period: str) -> tuple[int, int]:
    """How many comments are answered, and how many there are."""
    comments = space.store.rows("comments", unit, period)
    return sum(c["state"] != CommentState.OPEN for c in comments), len(comments)


def file_name(made: PackageFile) -> str:
    """The name of a submission's file."""
    manifest = made.expect(Submission)
    return name_of(manifest.unit, manifest.period, manifest.revision, made.id)


def name_of(unit: str, period: str, revision: int, id: str) -> str:
    """File name from unit, period, revision and the first eight characters of the id:
    430527106_2024-10_r003_1a2b3c4d.qd.
    """
    return f"{unit}_{period}_r{revision:03d}_{id[:8]}.qd"


def _remember(
    space: Workspace, ledger: Ledger, made: PackageFile, said: Submission, ring: Keyring, more: Mapping[str, object]
) -> None:
    """Write the copy in the outbox first, then the ledger entry: an interruption between the two loses nothing."""
    path = Path("outbox") / file_name(made)
    (space.folder / "outbox").mkdir(parents=True, exist_ok=True)
    with replacing(space.folder / path) as part:
        part.write_bytes(made.data)
    kept = {
        "code": said.code,
        "history_to": said.history_to,
        "answered": list(said.answered),
        "person": said.person,
        "to": list(ring.of_submission(said.unit)),
        "files": sorted(p for p in made.members if p.startswith(ATTACHMENTS)),
        **more,
    }
    with space.store.db.atomic():
        ledger.keep(
            replace(
                ledger_line(made, said),
                at=space.stamp,
                way=Way.OUT,
                file=path.as_posix(),
                about=json.loads(json.dumps(kept)),
            )
        )
        ledger.add_ancestors(said.unit, said.period, [made.id])


def ledger_line(made: PackageFile, said: Submission) -> Package:
    """The ledger entry of a submission."""
    return Package(
        made.id, Way.IN, FileKind.SUBMISSION, said.unit, said.period, said.revision, said.ancestors, said.data_hash, said.signer,
        plan=said.plan.digest, made=said.created, at=now(),
    )  # fmt: skip


def _went(space: Workspace, last: Package, ring: Keyring, files: Mapping[str, bytes]) -> bool:
    """Whether the last file had the same readers and attachments, and its copy is still here."""
    same = last.about.get("to") == list(ring.of_submission(last.unit)) and last.about.get("files", []) == sorted(files)
    return same and (space.folder / last.file).is_file()


def again(space: Workspace, package: Package) -> PackageFile:
    """A submission that was made before, read from its copy in the outbox. Raises UserError where the
    copy is missing.
    """
    try:
        data = (space.folder / package.file).read_bytes()
    except OSError:
        raise UserError(
            "submission.original-gone", revision=package.revision, file=space.folder / package.file
        ) from None
    return read(data, Keyring(space).identities)
