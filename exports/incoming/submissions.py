"""收件: what the county does with a submission. Every package is judged alone; which one counts follows from the set."""

from dataclasses import dataclass, replace
from typing import Any

from exports.files import replacing
from exports.incoming.batch_effects import clash
from exports.incoming.conflicts import settle, tables_of
from exports.outgoing.submission import totals
from exports.package.attachments import files_in, take_files
from exports.package.container import Parcel
from exports.package.envelope import is_proof
from exports.package.keyring import Keyring
from models.ledger.ledger import ACCEPTED, UNVERIFIED, VERIFIED, Ledger, Package, Standing, now, standing
from models.ledger.projection import Tables
from models.plan.impact import News
from models.refusals import CHANGED, Refused
from models.workspace import Workspace


@dataclass(frozen=True)
class Taken:
    """What became of a package: accepted, unchanged, conflict or refused, and what a person should know."""

    result: str
    message: str
    news: tuple[News, ...] = ()  # of a newer plan
    would: Package | None = None  # of a dry run: what would go into the ledger


def take_submission(space: Workspace, parcel: Parcel, dry_run: bool = False, at: str = "") -> Taken:
    """Take a submission in, at the county or a work team; `at` is when it came, now if ''. Raises Refused; then
    nothing was changed.
    """
    ledger, ring, about = Ledger(space.store), Keyring(space), parcel.about
    known = ledger.get(parcel.id)
    if known is not None and known.state == ACCEPTED:
        return Taken("unchanged", "已装入过，无变化")
    _whose(space, about)
    trust, told = _trust(ring, about)
    return _take(space, parcel, trust, told, dry_run, at)


def take_unsigned(space: Workspace, parcel: Parcel, told: str, dry_run: bool = False, name: str = "") -> Taken:
    """Take in a submission that was made here from something unsigned, such as a workbook called `name`."""
    known = Ledger(space.store).get(parcel.id)
    if known is not None and known.state == ACCEPTED:
        return Taken("unchanged", "已装入过，无变化")
    taken = _take(space, parcel, UNVERIFIED, told, dry_run, name=name)
    return replace(taken, message=taken.message if told in taken.message else f"{taken.message}；{told}")


def _take(
    space: Workspace, parcel: Parcel, trust: str, told: str, dry_run: bool = False, at: str = "", name: str = ""
) -> Taken:
    ledger, ring, about = Ledger(space.store), Keyring(space), parcel.about
    known = ledger.get(parcel.id)
    unit, period = _whose(space, about)
    tables = tables_of(space, parcel)
    _same_totals(space, tables, about)
    files_in(parcel)
    package = Package(
        parcel.id, "in", "submission", unit, period, int(about["revision"]), tuple(about["ancestors"]),
        str(about["data_hash"]), str(about["signer"]), trust, ACCEPTED, str(about["plan"]["digest"]),
        str(about["created"]), at or (known.at if known else now()), f"received/{parcel.id}.qd",
        {k: about.get(k) for k in ("code", "device", "person", "program", "answered", "sample", "saved")}
        | ({"workbook": name} if name else {}),
    )  # fmt: skip
    if dry_run:
        foreseen = _judged(standing([*ledger.of(unit, period), package]), package, told, "")
        return replace(foreseen, would=package)
    _keep_file(space, package, parcel.data)
    take_files(space.folder, parcel)
    with space.store.db.atomic():
        ledger.keep(package)
        if trust == VERIFIED:
            ring.keys.enrol(package.signer, unit, str(about.get("recipient") or ""), str(about.get("device") or ""))
        settle(space, unit, period, {parcel.id: tables})
    return _judged(ledger.standing(unit, period), package, told)


def _whose(space: Workspace, about: Any) -> tuple[str, str]:
    """Unit and period of a submission, if this plan knows them."""
    plan, theirs = space.plan, about.get("plan") or {}
    if theirs.get("year") != plan.year:
        raise Refused(
            f"这是{theirs.get('year')}年方案的上报包，本机是{plan.year}年的方案，没有装入；请核对是不是拿错了文件"
        )
    unit = plan.find("units", str(about.get("unit")))
    if unit is None:
        raise Refused(
            f"方案里没有代码为“{about.get('unit')}”的单位（{about.get('unit_name')}），没有装入；请核对方案版本"
        )
    period = plan.find("periods", str(about.get("period")))
    if period is None:
        raise Refused(f"方案里没有调度期“{about.get('period')}”，没有装入；请核对方案版本")
    if space.is_closed(period.id):
        raise Refused(f"{period.name}已经封存，没有装入{unit.short}的上报包；确实要收的，请先解除封存")
    return unit.code, period.id


def _trust(ring: Keyring, about: Any) -> tuple[str, str]:
    """Whether the signer is known, and what to say about it. Raises Refused for one that may not sign."""
    signer, unit = str(about["signer"]), str(about["unit"])
    device, code = ring.keys.device(signer, unit), ring.keys.code(unit)
    others = [d for d in ring.keys.devices(unit) if not d.ended and d.signer != signer]
    if ring.space.role == "team":  # has no codes; the office checks what is forwarded
        return UNVERIFIED, "专班不核对登记，以领导小组办公室收到时的核对为准"
    if device and not device.ended:
        return VERIFIED, ""
    if device:
        raise Refused("这台电脑的登记已经停用（县里补发过任务包），没有装入；请在装过新任务包的电脑上重新传出")
    lost = not code and bool(ring.keys.get("recovered"))  # an office made anew from paper has lost the codes
    if about.get("enrol") and not lost:
        if not code or not is_proof(str(about["enrol"]), code, signer, unit):
            raise Refused(CHANGED + "（签名的电脑没有用本县发给该单位的任务包登记）")
        return VERIFIED, f"这是该单位登记的第{len(others) + 1}台电脑，请与单位核实" if others else ""
    if others:
        raise Refused("不是该单位登记过的电脑传出的，没有装入；请与单位核实，并请其先装入县里发的任务包再传出")
    if lost:
        return UNVERIFIED, "未验证：本机没有给该单位下发过任务包，请补发；收到它装入后传出的，就能确认了"
    return UNVERIFIED, "未验证：该单位还没有装入任务包，不能确认是谁传出的"


def _same_totals(space: Workspace, tables: Tables, about: Any) -> None:
    told = about.get("totals") or {}
    ours = totals(space.forms, tables)
    wrong = [space.form(n).title for n, sums in ours.items() if n in told and told[n] != sums]
    if wrong:
        raise Refused(f"{CHANGED}（{'、'.join(wrong)}的合计与明细对不上）")


def _keep_file(space: Workspace, package: Package, data: bytes) -> None:
    path = space.folder / package.file
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as part:
        part.write_bytes(data)


def _judged(after: Standing, package: Package, told: str, done: str = "已装入") -> Taken:
    mended, of = (package.about.get("answered") or [0, 0])[:2]
    sample = "示例数据" if package.about.get("sample") else ""
    answered = f"，{of}条退回意见已答复{mended}条" if of else ""
    if after.in_conflict and any(h.id == package.id for h in after.heads):
        return Taken("conflict", clash(after.heads))
    if after.counts is None or after.counts.id != package.id:
        return Taken(
            "accepted",
            f"第{package.revision}版{done and '已收下'}；现在算数的是第{getattr(after.counts, 'revision', 0)}版",
        )
    return Taken("accepted", "；".join(t for t in (f"第{package.revision}版{done}{answered}", sample, told) if t))
