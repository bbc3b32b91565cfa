"""上报包: one unit, one period, one revision, made from the store."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from exports.batch import Job, write_job
from exports.package.attachments import packed
from exports.package.container import ATTACHMENTS, Parcel, make, write_inner
from exports.package.envelope import proof
from exports.package.keyring import Keyring
from exports.package.records_csv import history_resource, resource, write_history, write_lines
from exports.sheets.sheet import Book
from exports.sheets.unit_sheets import unit_book
from exports.writers import WRITERS
from forms.field import Context
from forms.form import Form
from forms.records import COMMENTS, REASONS, STATEMENTS
from forms.states import CommentState
from models.attachments import named
from models.errors import UserError
from models.ledger.ledger import Ledger, Package, now
from models.ledger.return_comments import corrected
from models.plan.entries import Period, Unit
from models.reporting.check import check
from models.reporting.version_code import PROGRAM, data_code
from models.workspace import Workspace

BESIDE = (STATEMENTS, REASONS, COMMENTS)  # what travels beside the forms
ENCLOSED = tuple(w.name for w in WRITERS if w.enclosed)  # formats of the papers in it
MOST_ANCESTORS = 200


@dataclass(frozen=True)
class Draft:
    """A submission but for its papers: everything that the store was asked. `paint` may run beside the window."""

    about: Mapping[str, Any]
    members: Mapping[str, bytes]
    resources: Sequence[Any]
    book: Book
    look: tuple[str, bool]

    def paint(self) -> dict[str, bytes]:
        """The very Excel and PDF; asks nothing of the store."""
        with TemporaryDirectory(prefix="qingdan-") as folder:
            paths = write_job(Job(Path(folder), self.book, ENCLOSED, *self.look))
            return {f"papers/{p.name}": p.read_bytes() for p in paths}


def submission(space: Workspace, unit: Unit, period: Period, papers: bool = True, checked: bool = True) -> Parcel:
    """The submission of a unit's period: the next revision, or the last one again where nothing has changed since.
    Raises UserError, with each place in `details`, where the check forbids it; sample data with faults in it goes
    out un-`checked`, to show the county what bad files look like.
    """
    draft = prepare(space, unit, period, checked)
    return draft if isinstance(draft, Parcel) else finish(space, draft, draft.paint() if papers else {})


def prepare(space: Workspace, unit: Unit, period: Period, checked: bool = True) -> Draft | Parcel:
    """What a submission is made of, or the last one where nothing has changed since. Raises UserError."""
    space.apply(corrected(space, unit.code, period), "改正退回意见")
    ctx = space.context(unit.code, period)
    if checked:
        _may_go_out(space, unit, period, ctx)
    ledger, ring = Ledger(space.store), Keyring(space)
    members, resources = _lines(space, unit, period, ctx)
    data_hash = digest_of(members)
    files, described = packed(space.folder, [n.file for n in named(space.forms, ctx.rows)])
    sent = ledger.of(unit.code, period.id, "submission", "out")
    last = max(sent, key=lambda p: p.revision, default=None)  # not by time: clocks are wrong at times
    if last and last.data_hash == data_hash and _went(space, last, ring, files):
        return again(space, last)
    members["data/history.csv"] = write_history(_since(space, unit.code, period.id, last))
    about = _about(space, ring, unit, period, ctx) | {"data_hash": data_hash, "history_to": _newest(space)}
    look = space.settings.get("page") or "sheet", space.settings.get("black") == "yes"
    book = unit_book(space, unit, period, space.forms)
    return Draft(about, members | files, [*resources, history_resource("data/history.csv"), *described], book, look)


def finish(
    space: Workspace, draft: Draft, papers: Mapping[str, bytes], more: Mapping[str, Any] | None = None
) -> Parcel:
    """Sign, seal and remember a submission, and `more` about it; the copy is in the outbox then. Raises UserError."""
    ledger, ring, about = Ledger(space.store), Keyring(space), draft.about
    unit, period = str(about["unit"]), str(about["period"])
    known = ledger.of(unit, period, "submission")
    about = {
        **about,
        "revision": max([p.revision for p in known], default=0) + 1,
        "ancestors": ledger.lineage(unit, period)[-MOST_ANCESTORS:],
    }
    parcel = make(
        write_inner(about, {**draft.members, **papers}, draft.resources), ring.signer, ring.of_submission(unit)
    )
    _remember(space, ledger, parcel, ring, more or {})
    return parcel


def _may_go_out(space: Workspace, unit: Unit, period: Period, ctx: Context) -> None:
    found = [f for f in check(space, unit.code, period, ctx) if not f.settled]
    open_ones = [c for c in space.store.rows("comments", unit.code, period.id) if c["state"] == CommentState.OPEN]
    places = [f.line(space) for f in found] + [_comment_line(space, unit, c) for c in open_ones]
    if places:
        raise UserError(f"{unit.short}{period.name}还有{len(places)}处要处理，没有传出：{places[0]}", places)


def _comment_line(space: Workspace, unit: Unit, comment: Mapping[str, Any]) -> str:
    form = space.form(comment["form"])
    field = form.find(comment["field"] or "")
    place = f"{unit.short}:{form.title}:{comment['row'] or ''}:{field.label if field else ''}"
    return f"{place}: 县里退回的意见还没有办理：{comment['text']}；请改正，或写一句答复"


def _lines(space: Workspace, unit: Unit, period: Period, ctx: Context) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    beside = {f.name: space.store.rows(f.name, unit.code, period.id) for f in BESIDE}
    return lines_described(space, {**ctx.rows, **beside})


def lines_described(
    space: Workspace, rows: Mapping[str, Sequence[Any]]
) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The lines of every form, and of what travels beside them, as members of a parcel with their descriptions."""
    members, resources = {}, []
    shown: list[Form] = [*space.forms, *BESIDE]
    for form in shown:
        path = f"data/{form.name}.csv"
        members[path] = write_lines(form, rows[form.name])
        resources.append(resource(form, path))
    return members, resources


def digest_of(members: Mapping[str, bytes]) -> str:
    """One hash over the lines of all forms: equal data has equal hashes."""
    digests = [f"{path} {sha256(content).hexdigest()}" for path, content in sorted(members.items())]
    return sha256("\n".join(digests).encode()).hexdigest()


def _since(space: Workspace, unit: str, period: str, last: Package | None) -> list[Any]:
    return space.store.history_of(unit, period, int(last.about.get("history_to", 0)) if last else 0)


def _newest(space: Workspace) -> int:
    return int(space.store.conn.execute("SELECT coalesce(max(seq), 0) FROM history").fetchone()[0])


def _about(space: Workspace, ring: Keyring, unit: Unit, period: Period, ctx: Context) -> dict[str, Any]:
    code = ring.keys.get(f"code.{unit.code}")
    plan = space.plan
    return {
        "kind": "submission", "unit": unit.code, "unit_name": unit.name, "period": period.id,
        "plan": {"title": plan.title, "year": plan.year, "version": plan.version, "digest": plan.digest},
        "signer": ring.verify, "recipient": ring.recipient, "enrol": proof(code, ring.verify, unit.code) if code else "",
        "device": platform.node()[:40], "person": space.person, "program": PROGRAM, "created": now(),
        "code": data_code(space.forms, ctx), "totals": totals(space.forms, ctx.rows),
        "sample": space.is_sample(unit.code, period.id),
        "answered": _answered(space, unit.code, period.id),
    }  # fmt: skip


def totals(forms: Sequence[Form], rows: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, str]]:
    """Control sums: the number of lines of each form and the sums of its total fields, as canonical text."""
    found: dict[str, dict[str, str]] = {}
    for form in forms:
        lines = rows.get(form.name, ())
        summed = [f for f in form.stored if f.total]
        sums = {f.name: f.kind.write(sum((r[f.name] for r in lines if r.get(f.name) is not None), 0)) for f in summed}
        found[form.name] = {"lines": str(len(lines)), **sums}
    return found


def _answered(space: Workspace, unit: str, period: str) -> list[int]:
    """How many comments were dealt with, of how many."""
    comments = space.store.rows("comments", unit, period)
    return [sum(c["state"] != CommentState.OPEN for c in comments), len(comments)]


def file_name(about: Mapping[str, Any], id: str) -> str:
    """The name of a submission: unit, period, revision and the first eight figures of its id."""
    return f"{about['unit']}_{about['period']}_r{about['revision']:03d}_{id[:8]}.qd"


def _remember(space: Workspace, ledger: Ledger, parcel: Parcel, ring: Keyring, more: Mapping[str, Any]) -> None:
    """The copy in the outbox first, then the ledger's line: a kill between them loses nothing."""
    from exports.files import replacing

    about = parcel.about
    path = Path("outbox") / file_name(about, parcel.id)
    (space.folder / "outbox").mkdir(parents=True, exist_ok=True)
    with replacing(space.folder / path) as part:
        part.write_bytes(parcel.data)
    plan = about["plan"]["digest"]
    kept = {k: about[k] for k in ("code", "history_to", "answered", "person")}
    kept |= {
        "to": list(ring.of_submission(about["unit"])),
        "files": sorted(p for p in parcel.members if p.startswith(ATTACHMENTS)),
        **more,
    }
    with space.store.db.atomic():
        ledger.keep(
            Package(parcel.id, "out", "submission", about["unit"], about["period"], about["revision"],
                    tuple(about["ancestors"]), about["data_hash"], about["signer"], plan=plan, made=about["created"],
                    at=now(), file=path.as_posix(), about=json.loads(json.dumps(kept)))
        )  # fmt: skip
        ledger.stand_on(about["unit"], about["period"], [parcel.id])


def _went(space: Workspace, last: Package, ring: Keyring, files: Mapping[str, bytes]) -> bool:
    """Whether the last file went to the same readers with the same attachments, and its copy is still here."""
    same = last.about.get("to") == list(ring.of_submission(last.unit)) and last.about.get("files", []) == sorted(files)
    return same and (space.folder / last.file).is_file()


def again(space: Workspace, package: Package) -> Parcel:
    """A submission that was made before, from the copy in the outbox."""
    from exports.package.container import read

    try:
        data = (space.folder / package.file).read_bytes()
    except OSError:
        raise UserError(
            f"第{package.revision}版的原件不在本机了：{space.folder / package.file}；请重新传出一次"
        ) from None
    return read(data, Keyring(space).identities)
