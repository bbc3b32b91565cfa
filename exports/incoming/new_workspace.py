"""Previews the workspace that a hand-out would make on a computer without one (首次启动); nothing is written before the
user agrees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from exports.incoming.bugs import bug
from exports.incoming.collect import IncomingFile, collect
from exports.incoming.county_files import new_enough, plan_of
from exports.incoming.kept_files import keep_refused_files
from exports.incoming.load import steps
from exports.incoming.outcome import Outcome
from exports.package.container import PackageFile
from exports.package.keyring import fingerprint
from exports.package.manifest import HandOut
from exports.readback.foreign_table import is_table
from forms.states import FileKind, Result
from models.errors import UserError
from models.plan.entries import Period, Unit
from models.plan.plan import Plan
from models.refusals import Refused
from models.workspace import Workspace


@dataclass(frozen=True)
class NewWorkspace:
    """A hand-out that was opened: its unit, plan and first period. `county` signed it on `day`; `sure`: the signature
    is that of the county it names.
    """

    name: str
    unit: Unit
    plan: Plan
    period: Period
    county: str
    day: date
    fingerprint: str
    sure: bool


def offers(paths: Sequence[Path]) -> tuple[list[NewWorkspace], list[str]]:
    """The newest hand-out of each unit under the paths, and for each other file a sentence why it is none."""
    found: dict[str, tuple[str, NewWorkspace]] = {}
    refused: list[str] = []
    for file in collect(paths):
        try:
            made, offer = _offer(file)
            if made >= found.get(offer.unit.code, ("", offer))[0]:
                found[offer.unit.code] = made, offer
        except UserError as why:
            refused.append(f"{file.caption}：{why}")
        except Exception as error:
            refused.append(f"{file.caption}：{bug(file.name, error)}")
    return [offer for _, offer in found.values()], refused


def _offer(file: IncomingFile) -> tuple[str, NewWorkspace]:
    if not file.why and not file.is_package and (is_table(file.name, file.data) or file.is_workbook):
        raise Refused("first.workbook")
    package = file.open()
    if not isinstance(package.manifest, HandOut):
        raise Refused("first.not-a-handout", kind=package.caption)
    new_enough(package)
    return package.manifest.created, _read(file.name, package, package.manifest)


def _read(name: str, file: PackageFile, head: HandOut) -> NewWorkspace:
    plan = plan_of(file)
    return NewWorkspace(
        Path(name).name,
        plan.unit(head.unit),
        plan,
        plan.period(head.period),
        head.county.name or "县里",
        datetime.fromisoformat(head.created).date(),
        fingerprint(head.signer),
        head.county.signer == head.signer,
    )


def begin(folder: Path, paths: Sequence[Path], unit: str) -> Workspace:
    """Make the workspace of the unit with this code from the files, without files for other units. Raises UserError
    where its hand-out cannot be taken in; then there is no workspace.
    """
    outcomes: list[Outcome] = []
    space: Workspace | None = None
    for made, found in steps(folder, None, paths, only=_wanted(paths, unit)):
        space = made
        outcomes.append(found)
    mine = [a for a in outcomes if a.kind == FileKind.HANDOUT and a.unit == unit]
    if space is None or not any(a.result == Result.ACCEPTED for a in mine):
        if space is not None:
            space.discard()
        if not outcomes:
            raise UserError("first.files-moved")
        raise UserError("first.refused", why=(mine or outcomes)[0].message)
    keep_refused_files(folder, outcomes)
    return space


def _wanted(paths: Sequence[Path], unit: str) -> set[str]:
    """The names of all files except hand-outs of other units."""
    return {f.name for f in collect(paths) if _for(f) in (unit, "")}


def _for(file: IncomingFile) -> str:
    """The code of the unit that a hand-out is for; "" for other files."""
    package = file.open_plain()
    return package.manifest.unit if package and isinstance(package.manifest, HandOut) else ""
