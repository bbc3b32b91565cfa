"""工作专班: gives a work team the keys to open its units' submissions, and forwards the originals to the office
unchanged.

The team writes a card with its public keys and the office loads it; every later hand-out names the team among the
readers of submissions. The team forwards the files as it received them, because the office checks the units'
signatures.
"""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

from exports.incoming.county_files import plan_of
from exports.incoming.messages import not_understood
from exports.incoming.outcome import Outcome, outcome
from exports.incoming.unread import strange_words
from exports.outgoing.submission import name_of, plan_head
from exports.package.container import PackageFile, make, write_inner
from exports.package.envelope import is_recipient
from exports.package.keyring import Keyring, fingerprint
from exports.package.manifest import HandOut, TeamCard
from forms.states import FileKind, Result, Role, Way
from models.errors import UserError, cause
from models.ledger.ledger import ACCEPTED, Ledger, Package, now
from models.plan.entries import Action, Period
from models.refusals import Refused
from models.reporting.version_code import PROGRAM
from models.store.atomic_file import replacing
from models.workspace import Workspace


def action_of(space: Workspace) -> Action:
    """The action of a work team's workspace. Raises UserError for other workspaces."""
    if space.role != Role.TEAM:
        raise UserError("team.not-here")
    return space.plan.action(str(space.settings["action"]))


def card(space: Workspace) -> PackageFile:
    """The team's card: its action and its public keys for reading and signing."""
    action, ring = action_of(space), Keyring(space)
    made = TeamCard(
        unit="", period=space.period.id, plan=plan_head(space), signer=ring.verify, program=PROGRAM, created=now(),
        action=action.id, recipient=ring.recipient,
    )  # fmt: skip
    return make(write_inner(made, {}), ring.signer)


def take_card(space: Workspace, file: PackageFile, dry_run: bool = False) -> Outcome:
    """At the office: keep a team's keys. With the next hand-outs the units encrypt their submissions for it too."""
    head, ring = file.expect(TeamCard), Keyring(space)
    action = space.plan.find("actions", head.action)
    if action is None:
        raise Refused("team.no-such-action", action=head.action)
    if not is_recipient(head.recipient):
        raise Refused("team.card-recipient")
    team = {"recipient": head.recipient, "signer": head.signer}
    known = ring.teams.get(action.id)
    if known == team:
        return outcome(file, Result.UNCHANGED, f"{action.name}专班已登记过，无变化")
    name, number = action.team or f"{action.name}专班", fingerprint(team["signer"])
    words = f"{name}，密钥指纹{number}，请与专班核对" + ("；换掉原来登记的那台电脑" if known else "")
    if not dry_run:
        ring.keys.set("teams", json.dumps({**ring.teams, action.id: team}, ensure_ascii=False))
    done = "可以登记" if dry_run else "登记"
    message = f"{done}{words}；重新下发任务包以后，各单位的上报包专班也能打开"
    strange = not_understood(file, strange_words(file), kept=False, dry_run=dry_run)
    return outcome(file, Result.ACCEPTED, "；".join([message, *strange]))


def team_handout(space: Workspace, action: Action) -> PackageFile | None:
    """At the office: the plan in force as a hand-out for a team; None where the team's card was not loaded."""
    ring = Keyring(space)
    team = ring.teams.get(action.id)
    if team is None:
        return None
    if not is_recipient(team["recipient"]):
        raise UserError("team.invalid-recipient", action=action.name, recipient=team["recipient"][:20])
    members = {f"plan/{name}.csv": text.encode() for name, text in space.plan.texts.items() if text}
    made = HandOut(
        unit="", unit_name=action.team or "", period=space.period.id, plan=plan_head(space), signer=ring.verify,
        program=PROGRAM, created=now(), county=ring.county, action=action.id,
        closed=tuple(p.id for p in space.plan.periods if space.is_closed(p.id)),
    )  # fmt: skip
    return make(write_inner(made, members), ring.signer, (team["recipient"], ring.recipient))


def take_team_handout(space: Workspace, file: PackageFile, dry_run: bool = False) -> Outcome:
    """At the team: take the office's plan and period in."""
    head, ring, plan = file.expect(HandOut), Keyring(space), plan_of(file)
    action = action_of(space)
    if head.action != action.id:
        raise Refused("team.other-team", action=action.name)
    county = ring.reports_to
    if county and county.signer != head.signer:
        raise Refused("team.other-county-key")
    strange = not_understood(file, strange_words(file), kept=False, dry_run=dry_run)
    if dry_run:
        return outcome(file, Result.ACCEPTED, "；".join([f"可以装入方案{plan.version}版", *strange]))
    with space.store.db.atomic():
        ring.report_to(head.county)
        space.store.keep_plan(plan.digest, plan.texts)
        space.set({"current": head.period})
        space.apply([c for p in plan.periods for c in space.close_off(p.id, p.id in head.closed)], "装入任务包")
    space.take_plan(plan)
    done = f"任务包已装入，方案{plan.version}版，当前调度期{space.period.name}"
    return outcome(file, Result.ACCEPTED, "；".join([done, *strange]))


def forwarded(space: Workspace, period: Period) -> list[Package]:
    """The submissions of a period that the team has received, all revisions."""
    action_of(space)
    found = Ledger(space.store).of("", period.id, FileKind.SUBMISSION, Way.IN)
    return [p for p in found if p.state == ACCEPTED and p.file]


def forward(space: Workspace, period: Period, out: Path) -> tuple[Path, int]:
    """转报: write the originals of a period byte for byte into one zip for the office; returns its path and their
    number. Raises UserError.
    """
    action, packages = action_of(space), forwarded(space, period)
    if not packages:
        raise UserError("team.nothing-received", period=period.name)
    path = out / f"{action.numeral}{action.name}_{period.id}_转报_{len(packages)}份.zip"
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder.cannot-write", cause=cause(error), place=out) from None
    with replacing(path) as part:
        _write(part, space.folder, packages)
    return path, len(packages)


def _write(part: Path, folder: Path, packages: Sequence[Package]) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as zipped:
        for p in packages:
            try:
                data = (folder / p.file).read_bytes()
            except OSError:
                raise UserError("team.original-gone", path=folder / p.file) from None
            zipped.writestr(name_of(p.unit, p.period, p.revision, p.id), data)


def card_name(space: Workspace) -> str:
    """The file name of the team's card."""
    action = action_of(space)
    return f"{action.numeral}{action.name}_专班登记.qd"


def handout_name(action: Action, file: PackageFile) -> str:
    """The file name of a team's hand-out."""
    return f"{action.numeral}{action.name}_专班_{file.manifest.period}_任务包_{file.id[:8]}.qd"
