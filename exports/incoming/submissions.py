"""Takes in a 上报包 at the county: each package is judged on its own, and which one counts follows from all of them."""

from dataclasses import replace

from exports.incoming.conflicts import settle, tables_of
from exports.incoming.messages import AGAIN, clash, not_understood
from exports.incoming.outcome import Outcome, outcome
from exports.incoming.unread import strange_words, with_unread
from exports.outgoing.submission import ledger_line, totals
from exports.package.attachments import files_in, take_files
from exports.package.container import PackageFile
from exports.package.envelope import is_proof, is_recipient
from exports.package.keyring import Keyring
from exports.package.manifest import Submission
from forms.states import Result, Role, Trust
from models.errors import NotKept, cause
from models.ledger.ledger import ACCEPTED, UNVERIFIED, VERIFIED, Ledger, Package, Standing, standing
from models.ledger.projection import Tables
from models.refusals import Refused
from models.store.atomic_file import replacing
from models.workspace import Workspace


def take_submission(space: Workspace, file: PackageFile, dry_run: bool = False, at: str = "") -> Outcome:
    """Take a submission in at the county or a work team; `at` is when it was received, "" for now. Raises Refused; then
    nothing was changed.
    """
    known = Ledger(space.store).get(file.id)
    if known is not None and known.state == ACCEPTED:
        return outcome(file, Result.UNCHANGED, AGAIN)
    said = file.expect(Submission)
    _whose(space, said)
    trust, hint = _trust(Keyring(space), said)
    return _take(space, file, trust, hint, dry_run, at)


def take_unsigned(space: Workspace, file: PackageFile, hint: str, dry_run: bool = False, name: str = "") -> Outcome:
    """Take in a submission that was made here from something unsigned, such as a workbook called `name`; `hint` is
    added to its message. Raises Refused.
    """
    known = Ledger(space.store).get(file.id)
    if known is not None and known.state == ACCEPTED:
        return outcome(file, Result.UNCHANGED, AGAIN)
    taken = _take(space, file, UNVERIFIED, hint, dry_run, name=name)
    return replace(taken, message=taken.message if hint in taken.message else f"{taken.message}；{hint}")


def _take(
    space: Workspace, file: PackageFile, trust: Trust, hint: str, dry_run: bool = False, at: str = "", name: str = ""
) -> Outcome:
    """Everything that can refuse is done first; then the ledger entry, the rows and the files are written in one
    transaction.
    """
    ledger, ring, said = Ledger(space.store), Keyring(space), file.expect(Submission)
    unit, period = _whose(space, said)
    tables = tables_of(space, file)
    _same_totals(space, tables, said)
    files_in(file)
    words = strange_words(file)
    package = _line(space, file, said, trust, at, name, words)
    if dry_run:
        foreseen = _judged(standing([*ledger.of(unit, period), package]), file, package, hint, "")
        return replace(_with(foreseen, not_understood(file, words, kept=True, dry_run=True)), would=package)
    with space.store.db.atomic():
        ledger.keep(package)
        if trust == VERIFIED:
            ring.keys.enrol(package.signer, unit, said.recipient, said.device)
        settle(space, unit, period, {file.id: tables})
        found = _judged(ledger.standing(unit, period), file, package, hint)
        taken = _with(found, not_understood(file, words, kept=True, dry_run=False))
        take_files(space.folder, file)  # last: what is refused leaves no file
        keep_original(space, package, file.data)
    return taken


def _with(found: Outcome, sentences: list[str]) -> Outcome:
    """The outcome with these sentences added to its message."""
    return replace(found, message="；".join([found.message, *sentences]))


def _line(
    space: Workspace, file: PackageFile, said: Submission, trust: Trust, at: str, name: str, words: list[str]
) -> Package:
    known = Ledger(space.store).get(file.id)
    about = with_unread({**details(said), **({"workbook": name} if name else {})}, words)
    came = at or (known.at if known else space.stamp)
    return replace(ledger_line(file, said), trust=trust, at=came, file=f"received/{file.id}.qd", about=about)


def details(said: Submission) -> dict[str, object]:
    """What the county's ledger keeps of a submission's manifest in `about`."""
    return {
        "code": said.code,
        "device": said.device,
        "person": said.person,
        "program": said.program,
        "answered": list(said.answered),
        "sample": said.sample,
        "saved": said.saved or None,
    }


def _whose(space: Workspace, said: Submission) -> tuple[str, str]:
    """Unit code and period id of a submission. Raises Refused where the plan does not have them or the period is closed
    off.
    """
    plan = space.plan
    if said.plan.year != plan.year:
        raise Refused("submission.other-year", year=said.plan.year, own=plan.year)
    unit = plan.find("units", said.unit)
    if unit is None:
        raise Refused("submission.no-such-unit", code=said.unit, unit=said.unit_name)
    period = plan.find("periods", said.period)
    if period is None:
        raise Refused("submission.no-such-period", period=said.period)
    if space.is_closed(period.id):
        raise Refused("submission.closed-off", period=period.name, unit=unit.short)
    return unit.code, period.id


def _trust(ring: Keyring, said: Submission) -> tuple[Trust, str]:
    """VERIFIED or UNVERIFIED, and a sentence for the user. Raises Refused where the signer may not sign
    for the unit.
    """
    signer, unit = said.signer, said.unit
    device, code = ring.keys.device(signer, unit), ring.keys.code(unit)
    others = [d for d in ring.keys.devices(unit) if not d.ended and d.signer != signer]
    if ring.space.role == Role.TEAM:  # a team has no enrolment codes; the office checks what it forwards
        return UNVERIFIED, "专班不核对登记，以领导小组办公室收到时的核对为准"
    if device and not device.ended:
        return VERIFIED, ""
    if device:
        raise Refused("submission.device-stopped")
    lost = not code and bool(ring.keys.get("recovered"))  # an office recovered from the printed key has lost the codes
    if said.enrol and not lost:
        return _enrolled(said, code, len(others))
    if others:
        raise Refused("submission.unknown-device")
    if lost:
        return UNVERIFIED, "未验证：本机没有给该单位下发过任务包，请补发；收到它装入后传出的，就能确认了"
    return UNVERIFIED, "未验证：该单位还没有装入任务包，不能确认是谁传出的"


def _enrolled(said: Submission, code: str, others: int) -> tuple[Trust, str]:
    """VERIFIED for a computer that enrols with this file, and a sentence where it is not the unit's first. Raises
    Refused where its proof or recipient is not valid.
    """
    if not code or not is_proof(said.enrol, code, said.signer, said.unit):
        raise Refused("submission.enrolled-elsewhere")
    if said.recipient and not is_recipient(said.recipient):
        raise Refused("submission.invalid-recipient")
    return VERIFIED, f"这是该单位登记的第{others + 1}台电脑，请与单位核实" if others else ""


def _same_totals(space: Workspace, tables: Tables, said: Submission) -> None:
    ours = totals(space.forms, tables)
    wrong = [space.form(n).title for n, sums in ours.items() if n in said.totals and said.totals[n] != sums]
    if wrong:
        raise Refused("submission.totals-differ", forms="、".join(wrong))


def keep_original(space: Workspace, package: Package, data: bytes) -> None:
    """Write the bytes of a package to its `file` in the workspace. Raises NotKept."""
    path = space.folder / package.file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotKept("intake.original-not-kept", cause=cause(error), folder=path.parent) from None
    with replacing(path) as part:
        part.write_bytes(data)


def _judged(after: Standing, file: PackageFile, package: Package, hint: str, done: str = "已装入") -> Outcome:
    mended, of = file.expect(Submission).answered
    sample = "示例数据" if package.about.get("sample") else ""
    answered = f"，{of}条退回意见已答复{mended}条" if of else ""
    if after.in_conflict and any(h.id == package.id for h in after.heads):
        return outcome(file, Result.CONFLICT, clash(after.heads))
    if after.counts is None or after.counts.id != package.id:
        counting = getattr(after.counts, "revision", 0)
        words = f"第{package.revision}版{done and '已收下'}；现在算数的是第{counting}版"
        return outcome(file, Result.ACCEPTED, words)
    parts = [f"第{package.revision}版{done}{answered}", sample, hint]
    return outcome(file, Result.ACCEPTED, "；".join(p for p in parts if p))
