"""What a unit does with a file from the county: hand-out, receipt, return; and with a submission of its own."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from exports.incoming.messages import brought_along, corrected, obstacles
from exports.incoming.submissions import Taken, tables_of
from exports.outgoing.submission import BESIDE
from exports.package.attachments import absent, take_files
from exports.package.container import Parcel
from exports.package.envelope import CHANGED, NOT_FOR_US, Refused
from exports.package.keyring import Keyring
from exports.package.records_csv import read_lines
from forms.choices import Choice
from models.ledger.ledger import Ledger, Package, now
from models.ledger.projection import Tables, changes_to, merged, missing_only
from models.plan.impact import kept_lines, news, summary
from models.plan.plan import Plan
from models.plan.reader import read_texts
from models.reporting.version_code import PROGRAM, is_older
from models.store.change import Change
from models.workspace import Workspace


def plan_of(parcel: Parcel) -> Plan:
    """The plan in a hand-out."""
    texts = {
        path.removeprefix("plan/").removesuffix(".csv"): content.decode("utf-8")
        for path, content in parcel.members.items()
        if path.startswith("plan/")
    }
    return read_texts(texts)


def begin(folder: Path, parcel: Parcel) -> Workspace:
    """A new unit's workspace made from a hand-out; the hand-out itself is then taken in as usual."""
    new_enough(parcel)
    plan = plan_of(parcel)
    return Workspace.begin(folder, plan, str(parcel.about["unit"]), str(parcel.about["period"]))


def new_enough(parcel: Parcel) -> None:
    """Refuse a hand-out that wants a newer program."""
    least = str(parcel.about.get("least") or "0")
    if is_older(PROGRAM, least):
        raise Refused(f"县里要求程序至少是{least}版，本机是{PROGRAM}版；没有装入，请先更新程序，再装入这份任务包")


def take_handout(space: Workspace, parcel: Parcel, dry_run: bool = False) -> Taken:
    """Take a hand-out in: the plan in force, the keys, and the unit's lines where nothing stands yet."""
    _for_units(space)
    new_enough(parcel)
    about, ledger = parcel.about, Ledger(space.store)
    if ledger.get(parcel.id):
        return Taken("unchanged", "已装入过，无变化")
    _pinned(space, parcel)
    if _is_stale(space, parcel):
        if not dry_run:
            ledger.keep(_package(parcel))
        return Taken("unchanged", "这份任务包比本机装入过的旧，方案、密钥和调度期都没有换")
    plan, unit = plan_of(parcel), str(about["unit"])
    changed = news(space.plan, plan, unit, _typed(space, unit))
    told = [f"方案更新为{plan.version}版，{summary(changed, kept_lines(space.plan, plan, unit))}"] if changed else []
    if unit not in {u.code for u in space.units}:
        told.append(f"本机增加填报单位：{about['unit_name']}")
    told += brought_along(space, parcel.about, _data(space, parcel, plan))
    if dry_run:
        return Taken("accepted", "；".join(["可以装入", *told]), tuple(changed))
    take_files(space.folder, parcel)
    with space.store.db.atomic():
        brought = _adopt(space, parcel, plan, unit)
        ledger.keep(_package(parcel))
    space.take_plan(plan)
    told += absent(space, brought)
    return Taken("accepted", "；".join([f"任务包已装入，当前调度期{space.period.name}", *told]), tuple(changed))


def _for_units(space: Workspace) -> None:
    if space.role != "unit":
        raise Refused("这是发给责任单位的文件，本机是县里用的工作区，没有装入")


def _is_stale(space: Workspace, parcel: Parcel) -> bool:
    """Whether the unit has a later hand-out already. A county restored from a backup counts anew, and clocks are wrong
    at times: only what is earlier by both is stale.
    """
    kept = json.loads(Keyring(space).keys.get(f"handout.{parcel.about['unit']}") or "null")
    if kept is None:
        return False
    serial, written = _order(parcel)
    return serial < kept[0] and datetime.fromisoformat(written) < datetime.fromisoformat(kept[1])


def _order(parcel: Parcel) -> tuple[int, str]:
    return int(parcel.about.get("serial") or 0), str(parcel.about.get("written") or parcel.about["created"])


def _pinned(space: Workspace, parcel: Parcel) -> None:
    """The first county is trusted from then on; a file of another key is refused with whom to call."""
    county = Keyring(space).keys.county
    if county and county["signer"] != parcel.about["signer"]:
        call = f"，请打电话{county['phone']}" if county.get("phone") else ""
        raise Refused(f"签名的密钥与原来的县级密钥不同，没有装入{call}；请向{county.get('name') or '县里'}核实密钥指纹")


def _typed(space: Workspace, unit: str) -> dict[str, int]:
    """How many lines the unit wrote, in all periods, under each line of the plan."""
    counted: dict[str, int] = {}
    for form in (f for f in space.forms if f.seed):
        keys = [f.name for f in form.stored if f.locked and isinstance(f.kind, Choice)]
        for period in space.plan.periods:
            for row in space.store.rows(form.name, unit, period.id):
                for id in {row[k] for k in keys if row.get(k)}:
                    counted[id] = counted.get(id, 0) + 1
    return counted


def _adopt(space: Workspace, parcel: Parcel, plan: Plan, unit: str) -> list[Change]:
    """Take it over; gives the lines that it brought."""
    about, ring = parcel.about, Keyring(space)
    ring.keys.set("county", json.dumps(about["county"], ensure_ascii=False))
    ring.keys.set(f"code.{unit}", str(about["code"]))
    ring.keys.set(f"handout.{unit}", json.dumps(_order(parcel)))
    if about.get("reader"):
        ring.add_reader(unit, str(about["reader"]))
    space.store.keep_plan(plan.digest, plan.texts)
    codes = [u.code for u in space.units if plan.find("units", u.code)]
    space.set({"units": "、".join(dict.fromkeys([*codes, unit])), "current": str(about["period"])})
    changes: list[Change] = []
    for where, tables in _data(space, parcel, plan).items():
        fresh = not any(space.store.rows(n, unit, where) for n in tables)
        changes += missing_only(space.store, unit, where, tables)
        if fresh and where in (about.get("stands") or {}):
            _go_on(space, parcel, where)
    closing = [c for p in plan.periods for c in space.close_off(p.id, p.id in (about.get("closed") or ()))]
    space.apply([*changes, *closing], "装入任务包")
    return changes


def _go_on(space: Workspace, parcel: Parcel, period: str) -> None:
    """What is sent from here next stands on what the county has."""
    id, revision, ancestors = parcel.about["stands"][period]
    ledger, unit = Ledger(space.store), str(parcel.about["unit"])
    if ledger.get(id) is None:
        ledger.keep(Package(id, "in", "submission", unit, period, int(revision), tuple(ancestors), at=now()))
    ledger.stand_on(unit, period, [*ancestors, id])


def _data(space: Workspace, parcel: Parcel, plan: Plan | None = None) -> dict[str, Tables]:
    """The lines in a file of the county: period → form → rows."""
    forms = {f.name: f for f in (*((plan.form(f) for f in space.forms) if plan else space.forms), *BESIDE)}
    found: dict[str, dict[str, Any]] = {}
    for path, content in parcel.members.items():
        parts = path.removesuffix(".csv").split("/")
        if len(parts) == 3 and parts[0] == "data" and parts[2] in forms:
            rows = read_lines(forms[parts[2]], content, str(parcel.about["unit"]), parts[1])
            found.setdefault(parts[1], {})[parts[2]] = rows
    return dict(found)


def _package(parcel: Parcel, **more: Any) -> Package:
    about = parcel.about
    return Package(
        parcel.id, "in", parcel.kind, str(about["unit"]), str(about["period"]), int(about.get("revision") or 0),
        signer=str(about["signer"]), plan=str(about["plan"]["digest"]), made=str(about["created"]), at=now(), **more,
    )  # fmt: skip


def _from_our_county(space: Workspace, parcel: Parcel) -> None:
    _for_units(space)
    county = Keyring(space).keys.county
    if not county:
        raise Refused("本机还没有装入县里发的任务包，不能核对这份文件；请先装入任务包")
    if county["signer"] != parcel.about["signer"]:
        raise Refused(f"{NOT_FOR_US}（签名不是本县的）")
    if parcel.about["unit"] not in {u.code for u in space.units}:
        raise Refused(f"这是发给{parcel.about['unit_name']}的，本机没有这个单位，没有装入")


def take_receipt(space: Workspace, parcel: Parcel, dry_run: bool = False) -> Taken:
    """Take a receipt in: what the county has counts as 已报; lines of a settled conflict are merged in."""
    _from_our_county(space, parcel)
    ledger = Ledger(space.store)
    if ledger.get(parcel.id):
        return Taken("unchanged", "已装入过，无变化")
    items = parcel.json("receipt.json") or []
    if not isinstance(items, list):
        raise Refused(CHANGED)
    names = [space.plan.period(str(i["period"])).name + f"第{i['revision']}版" for i in items]
    told = "；".join([f"县里已收到：{'、'.join(names)}", *corrected(items), *obstacles(items)])
    if dry_run:
        return Taken("accepted", told)
    unit = str(parcel.about["unit"])
    take_files(space.folder, parcel)
    with space.store.db.atomic():
        for item in items:
            _receipted(space, ledger, parcel, unit, item)
        ledger.keep(_package(parcel, about={"items": items}))
    return Taken("accepted", told)


def _receipted(space: Workspace, ledger: Ledger, parcel: Parcel, unit: str, item: Mapping[str, Any]) -> None:
    period = str(item["period"])
    settled = [str(i) for i in item.get("settled") or ()]
    if not settled:
        return
    lineage = ledger.lineage(unit, period)
    mine = [p for p in ledger.of(unit, period, "submission", "out") if p.id in settled]
    if mine and set(settled) - set(lineage):
        theirs = _data(space, parcel).get(period, {})
        base = _sent(space, max(mine, key=lambda p: p.revision))
        theirs = {n: rows for n, rows in theirs.items() if n != "comments"}
        space.apply(merged(space.store, unit, period, base, theirs), f"县里选定{period}第{item['revision']}版")
    ledger.stand_on(unit, period, settled)


def _sent(space: Workspace, package: Package) -> Tables:
    from exports.outgoing.submission import again

    try:
        return tables_of(space, again(space, package))
    except (OSError, Refused):
        return {}


def take_return(space: Workspace, parcel: Parcel, dry_run: bool = False) -> Taken:
    """Take a return in: the county's comments; what was already done about them stays."""
    _from_our_county(space, parcel)
    ledger, about = Ledger(space.store), parcel.about
    if ledger.get(parcel.id):
        return Taken("unchanged", "已装入过，无变化")
    unit, period = str(about["unit"]), str(about["period"])
    form = next(f for f in BESIDE if f.name == "comments")
    rows = read_lines(form, parcel.members["data/comments.csv"], unit, period)
    fresh = [r for r in rows if not space.store.row("comments", r["id"])]
    told = f"退回{len(fresh)}条意见，请只改被退回的地方，改好后再报"
    if not dry_run:
        with space.store.db.atomic():
            space.apply([Change("comments", r["id"], None, r) for r in fresh], "装入退回单")
            ledger.keep(_package(parcel, about={"about": about.get("about"), "comments": len(fresh)}))
    return Taken("accepted", told)


def take_own(space: Workspace, parcel: Parcel, dry_run: bool = False) -> Taken:
    """A unit loads a submission of its own: its lines come back where nothing stands, typed ones stay."""
    about, ledger = parcel.about, Ledger(space.store)
    unit, period = str(about["unit"]), str(about["period"])
    if unit not in {u.code for u in space.units}:
        raise Refused(
            f"这是{about['unit_name']}的上报包，要装到县里的程序；本机只填报{'、'.join(u.short for u in space.units)}"
        )
    known = ledger.get(parcel.id)
    changes = missing_only(space.store, unit, period, tables_of(space, parcel))
    if known and not changes:
        return Taken("unchanged", "这是本机传出的，本机的内容没有变动")
    if not known and not changes and changes_to(space.store, unit, period, tables_of(space, parcel)):
        raise Refused("本机这一期已经填有别的内容，没有覆盖；要用这份，请先新建一个空的数据文件夹再装入")
    if not dry_run:
        take_files(space.folder, parcel)
        with space.store.db.atomic():
            space.apply(changes, f"从第{about['revision']}版上报包找回")
            if not known:
                _own_again(ledger, parcel)
    return Taken("accepted", f"从第{about['revision']}版上报包找回{len(changes)}行")


def _own_again(ledger: Ledger, parcel: Parcel) -> None:
    about = parcel.about
    ledger.keep(
        Package(parcel.id, "out", "submission", about["unit"], about["period"], int(about["revision"]),
                tuple(about["ancestors"]), about["data_hash"], about["signer"], plan=about["plan"]["digest"],
                made=about["created"], at=now(), about={"code": about.get("code")})
    )  # fmt: skip
    ledger.stand_on(about["unit"], about["period"], [*about["ancestors"], parcel.id])
