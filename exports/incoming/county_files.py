"""What a unit does with a file from the county (任务包、回执、退回单), and with a submission of its own (上报包)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from exports.incoming.conflicts import tables_of
from exports.incoming.county_acts import acts_of, kept
from exports.incoming.county_acts import sentences as acts_sentences
from exports.incoming.file_rows import own_settled, rows_before, rows_by_period, without_comments
from exports.incoming.messages import brought_along, corrected, not_understood, obstacles, typed_lines
from exports.incoming.outcome import Outcome, outcome
from exports.incoming.unit_entries import keep, line_of, once_more
from exports.incoming.unread import now_understood, strange_words, with_unread
from exports.outgoing.submission import again, ledger_line
from exports.package.attachments import absent, take_files
from exports.package.container import PackageFile
from exports.package.envelope import is_identity, is_recipient
from exports.package.keyring import Keyring
from exports.package.manifest import HandOut, ReceiptItem, Return, Submission, read_items
from exports.package.records_csv import read_lines
from forms.plan_tables import LATER_TABLES, PLAN_TABLES
from forms.records import COMMENTS
from forms.states import FileKind, Result, Way
from models.errors import UserError
from models.ledger.ledger import Ledger, Package
from models.ledger.projection import Tables, changes_to, merged, missing_only
from models.plan.impact import News, kept_lines, news, summary
from models.plan.plan import Plan
from models.plan.reader import read_texts
from models.refusals import INCOMPLETE, STRANGER, Refused
from models.reporting.take_over import apply_take_over
from models.reporting.version_code import PROGRAM, is_older
from models.store.change import Change
from models.workspace import Workspace

LINES = "data/comments.csv"


def plan_of(file: PackageFile) -> Plan:
    """The plan in a hand-out. Raises Refused where a table is missing or not UTF-8, UserError where it is wrong."""
    try:
        texts = {
            path.removeprefix("plan/").removesuffix(".csv"): content.decode("utf-8")
            for path, content in file.members.items()
            if path.startswith("plan/")
        }
    except UnicodeDecodeError:
        raise Refused(STRANGER) from None
    if any(t.name not in texts for t in PLAN_TABLES if t.name not in LATER_TABLES):
        raise Refused(INCOMPLETE)
    return read_texts(texts, scored=False)


def begin(folder: Path, file: PackageFile) -> Workspace:
    """Make a unit's workspace from a hand-out; the hand-out is still to be taken in as usual. Raises UserError."""
    new_enough(file)
    head = file.expect(HandOut)
    return Workspace.begin(folder, plan_of(file), head.unit, head.period)


def new_enough(file: PackageFile) -> None:
    """Raise Refused where a hand-out requires a newer program than this one."""
    least = file.expect(HandOut).least or "0"
    if is_older(PROGRAM, least):
        raise Refused("handout.program-too-old", least=least, program=PROGRAM)


def take_handout(space: Workspace, file: PackageFile, dry_run: bool = False) -> Outcome:
    """Take a hand-out in: plan, keys, and the rows of forms that the unit has not filled. Raises Refused, UserError."""
    new_enough(file)
    head, ledger = file.expect(HandOut), Ledger(space.store)
    if known := ledger.get(file.id):
        return once_more(space, file, known, dry_run)
    _pinned(space, head)
    _usable_keys(head)
    if _is_stale(space, head):
        if not dry_run:
            ledger.keep(line_of(space, file, ()))
        return outcome(file, Result.UNCHANGED, "这份任务包比本机装入过的旧，方案、密钥和调度期都没有换")
    plan, unit, words = plan_of(file), head.unit, strange_words(file)
    plan.period(head.period)  # refused before anything is kept
    changed = tuple(news(space.plan, plan, unit, typed_lines(space, unit)))
    sentences = _changes_text(space, plan, head, changed)
    sentences += brought_along(space, head, rows_by_period(space, file, plan))
    acts = acts_of(file)
    sentences += acts_sentences(space, unit, acts)
    sentences += not_understood(file, words, kept=True, dry_run=dry_run)
    if dry_run:
        return outcome(file, Result.ACCEPTED, "；".join(["可以装入", *sentences]), changed)
    take_files(space.folder, file)
    with space.store.db.atomic():
        brought = _adopt(space, file, head, plan)
        keep(space, file, line_of(space, file, words, kept(acts)))
    space.take_plan(plan)
    took_over = apply_take_over(space, unit, space.period)
    sentences += [f"承接来的{took_over}行，已带上原来填过的内容"] if took_over else []
    sentences += absent(space, brought)
    done = f"任务包已装入，当前调度期{space.period.name}"
    return outcome(file, Result.ACCEPTED, "；".join([done, *sentences]), changed)


def _usable_keys(head: HandOut) -> None:
    """Raise Refused where a key in the hand-out is invalid: submissions are encrypted to them and files of the county
    opened with them, so an invalid one would stop every later file.
    """
    junk = [r for r in head.county.recipients if not is_recipient(r)]
    junk += [head.reader] if head.reader and not is_identity(head.reader) else []
    if junk:
        raise Refused("handout.invalid-key")


def _changes_text(space: Workspace, plan: Plan, head: HandOut, changed: Sequence[News]) -> list[str]:
    """What a hand-out changes here, in sentences."""
    sentences = []
    if changed:
        kept = kept_lines(space.plan, plan, head.unit)
        sentences.append(f"方案更新为{plan.version}版，{summary(list(changed), kept)}")
    if head.unit not in {u.code for u in space.units}:
        sentences.append(f"本机增加填报单位：{head.unit_name}")
    return sentences


def _is_stale(space: Workspace, head: HandOut) -> bool:
    """Whether a later hand-out was taken in already. A county restored from a backup starts its serial numbers again,
    and clocks can be wrong: a hand-out is stale only if both number and time are earlier.
    """
    kept = Keyring(space).newest_handout(head.unit)
    if kept is None:
        return False
    serial, written = head.order
    return serial < kept[0] and datetime.fromisoformat(written) < datetime.fromisoformat(kept[1])


def _pinned(space: Workspace, head: HandOut) -> None:
    """Raise Refused, naming whom to call, for another county key than the first one, which is trusted."""
    county = Keyring(space).reports_to
    if county and county.signer != head.signer:
        call = f"，请打电话{county.phone}" if county.phone else ""
        raise Refused("handout.other-county-key", call=call, county=county.name or "县里")


def _adopt(space: Workspace, file: PackageFile, head: HandOut, plan: Plan) -> list[Change]:
    """Store keys, plan, rows and closed periods of a hand-out; returns the changes that added its rows."""
    unit = head.unit
    Keyring(space).keep_handout(head)
    space.store.keep_plan(plan.digest, plan.texts)
    codes = [u.code for u in space.units if plan.find("units", u.code)]
    space.set({"units": "、".join(dict.fromkeys([*codes, unit])), "current": head.period})
    changes: list[Change] = []
    for where, tables in rows_by_period(space, file, plan).items():
        fresh = not any(space.store.rows(n, unit, where) for n in tables)
        changes += missing_only(space.store, unit, where, tables)
        if fresh and where in head.stands:
            _go_on(space, head, where)
    for (code, where), tables in rows_before(space, file, plan).items():
        changes += missing_only(space.store, code, where, tables)
    closing = [c for p in plan.periods for c in space.close_off(p.id, p.id in head.closed)]
    space.apply([*changes, *closing], "装入任务包")
    return changes


def _go_on(space: Workspace, head: HandOut, period: str) -> None:
    """Record the county's revision as an ancestor of the next submission."""
    id, revision, ancestors = head.stands[period]
    ledger, unit = Ledger(space.store), head.unit
    if ledger.get(id) is None:
        ledger.keep(Package(id, Way.IN, FileKind.SUBMISSION, unit, period, revision, ancestors, at=space.stamp))
    ledger.add_ancestors(unit, period, [*ancestors, id])


def _from_our_county(space: Workspace, file: PackageFile) -> None:
    head, county = file.manifest, Keyring(space).reports_to
    if not county:
        raise Refused("intake.no-handout-yet")
    if county.signer != head.signer:
        raise Refused("file.not-of-this-county")
    if head.unit not in {u.code for u in space.units}:
        raise Refused("intake.other-unit", unit=head.unit_name)


def take_receipt(space: Workspace, file: PackageFile, dry_run: bool = False) -> Outcome:
    """Take a receipt in: what it names counts as 已报, rows of a settled conflict are merged in. Raises Refused."""
    _from_our_county(space, file)
    ledger, words = Ledger(space.store), strange_words(file)
    if known := ledger.get(file.id):
        return once_more(space, file, known, dry_run)
    raw = file.json("receipt.json") or []
    items = read_items(raw)
    data, acts = rows_by_period(space, file), acts_of(file)  # refused before anything is kept
    names = [space.plan.period(i.period).name + f"第{i.revision}版" for i in items]
    told = acts_sentences(space, file.manifest.unit, acts)
    strange = not_understood(file, words, kept=True, dry_run=dry_run)
    message = "；".join([f"县里已收到：{'、'.join(names)}", *corrected(items), *obstacles(items), *told, *strange])
    if dry_run:
        return outcome(file, Result.ACCEPTED, message)
    take_files(space.folder, file)
    with space.store.db.atomic():
        for item in items:
            _receipted(space, ledger, file.manifest.unit, item, data)
        keep(space, file, line_of(space, file, words, {"items": raw, **kept(acts)}))
    return outcome(file, Result.ACCEPTED, message)


def _receipted(space: Workspace, ledger: Ledger, unit: str, item: ReceiptItem, data: Mapping[str, Tables]) -> None:
    period, settled = item.period, list(item.settled)
    if not settled:
        return
    lineage = ledger.lineage(unit, period)
    mine = own_settled(ledger, unit, item)
    if mine and set(settled) - set(lineage):
        theirs = without_comments(data.get(period, {}))
        base = _sent(space, max(mine, key=lambda p: p.revision))
        space.apply(merged(space.store, unit, period, base, theirs), f"县里选定{period}第{item.revision}版")
    ledger.add_ancestors(unit, period, settled)


def _sent(space: Workspace, package: Package) -> Tables:
    try:
        return tables_of(space, again(space, package))
    except UserError:
        return {}


def take_return(space: Workspace, file: PackageFile, dry_run: bool = False) -> Outcome:
    """Take a return in: adds its new comments and leaves answered ones unchanged. Raises Refused."""
    _from_our_county(space, file)
    head, words = file.expect(Return), strange_words(file)
    if known := Ledger(space.store).get(file.id):
        return once_more(space, file, known, dry_run)
    if LINES not in file.members:
        raise Refused(INCOMPLETE)
    rows = read_lines(COMMENTS, file.members[LINES], head.unit, head.period)
    fresh = [r for r in rows if not space.store.row(COMMENTS.name, str(r["id"]))]
    strange = not_understood(file, words, kept=True, dry_run=dry_run)
    message = "；".join([f"退回{len(fresh)}条意见，请只改被退回的地方，改好后再报", *strange])
    if not dry_run:
        with space.store.db.atomic():
            space.apply([Change(COMMENTS.name, str(r["id"]), None, r) for r in fresh], "装入退回单")
            keep(space, file, line_of(space, file, words, {"about": head.about, "comments": len(fresh)}))
    return outcome(file, Result.ACCEPTED, message)


def take_own(space: Workspace, file: PackageFile, dry_run: bool = False) -> Outcome:
    """A unit loads its own submission: restores missing rows, changes none. Raises Refused over other data."""
    head, ledger = file.expect(Submission), Ledger(space.store)
    if head.unit not in {u.code for u in space.units}:
        raise Refused("submission.not-here", unit=head.unit_name, units="、".join(u.short for u in space.units))
    known, tables, words = ledger.get(file.id), tables_of(space, file), strange_words(file)
    if known and now_understood(known, file):
        return once_more(space, file, known, dry_run)
    changes = missing_only(space.store, head.unit, head.period, tables)
    if known and not changes:
        return outcome(file, Result.UNCHANGED, "这是本机传出的，本机的内容没有变动")
    if not known and not changes and changes_to(space.store, head.unit, head.period, tables):
        raise Refused("submission.period-filled")
    if not dry_run:
        take_files(space.folder, file)
        with space.store.db.atomic():
            space.apply(changes, f"从第{head.revision}版上报包找回")
            if not known or words:
                line = known or replace(ledger_line(file, head), way=Way.OUT, about={"code": head.code})
                keep(space, file, replace(line, about=with_unread(line.about, words)))
            if not known:
                ledger.add_ancestors(head.unit, head.period, [*head.ancestors, file.id])
    strange = not_understood(file, words, kept=True, dry_run=dry_run)
    return outcome(file, Result.ACCEPTED, "；".join([f"从第{head.revision}版上报包找回{len(changes)}行", *strange]))
