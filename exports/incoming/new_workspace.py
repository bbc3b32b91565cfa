"""What a hand-out would begin on a computer that has nothing yet: read and checked first, written only when agreed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from exports.incoming.collect import collect, is_workbook
from exports.incoming.county_files import new_enough, plan_of
from exports.incoming.intake_log import aside
from exports.incoming.load import Arrival, steps
from exports.package.container import KINDS, Parcel, read
from exports.package.envelope import is_ours
from exports.package.keyring import fingerprint
from exports.readback.foreign_table import is_table
from models.errors import UserError
from models.plan.entries import Period, Unit
from models.plan.plan import Plan
from models.refusals import STRANGER, Refused
from models.workspace import Workspace

FIRST = "第一次用要先装入县里发的任务包，这份以后再装"


@dataclass(frozen=True)
class Offer:
    """A hand-out that was opened: for which unit, over which plan, from which period on. `county` signed it on `day`;
    `sure` says whether the signature is that of the county it names.
    """

    name: str
    unit: Unit
    plan: Plan
    period: Period
    county: str
    day: date
    fingerprint: str
    sure: bool


def offers(paths: Sequence[Path]) -> tuple[list[Offer], list[str]]:
    """The newest hand-out of each unit under the paths, and what is wrong with each other file, in sentences."""
    found: dict[str, tuple[str, Offer]] = {}
    refused: list[str] = []
    for name, data in collect(paths):
        try:
            made, offer = _offer(name, data)
            if made >= found.get(offer.unit.code, ("", offer))[0]:
                found[offer.unit.code] = made, offer
        except UserError as why:
            refused.append(f"{Path(name).name}：{why}")
        except (KeyError, TypeError, ValueError, AttributeError):  # signed, yet not what this program writes
            refused.append(f"{Path(name).name}：{STRANGER}")
    return [offer for _, offer in found.values()], refused


def _offer(name: str, data: bytes | str) -> tuple[str, Offer]:
    if isinstance(data, str):
        raise Refused(data)
    if not is_ours(data) and (is_table(name, data) or (data.startswith(b"PK") and is_workbook(data))):
        raise Refused(f"这是工作簿，{FIRST}")
    parcel = read(data)
    if parcel.kind != "handout":
        raise Refused(f"这是{KINDS[parcel.kind]}，{FIRST}")
    new_enough(parcel)
    return str(parcel.about["created"]), _read(name, parcel)


def _read(name: str, parcel: Parcel) -> Offer:
    about, plan = parcel.about, plan_of(parcel)
    county: dict[str, Any] = about["county"]
    return Offer(
        Path(name).name,
        plan.unit(str(about["unit"])),
        plan,
        plan.period(str(about["period"])),
        str(county.get("name") or "县里"),
        datetime.fromisoformat(str(about["created"])).date(),
        fingerprint(str(about["signer"])),
        county.get("signer") == about["signer"],
    )


def begin(folder: Path, paths: Sequence[Path], unit: str) -> Workspace:
    """Make the workspace of a unit (its code) from the files; what belongs to other units stays out. Raises UserError
    where its hand-out cannot be taken in; then there is no workspace.
    """
    arrivals: list[Arrival] = []
    space: Workspace | None = None
    for made, arrival in steps(folder, None, paths, only=_wanted(paths, unit)):
        space = made
        arrivals.append(arrival)
    mine = [a for a in arrivals if a.kind == "handout" and a.unit == unit]
    if space is None or not any(a.result == "accepted" for a in mine):
        if space is not None:
            space.discard()
        raise UserError(next((a.message for a in [*mine, *arrivals]), "文件不在原来的地方了，请重新选任务包"))
    aside(folder, arrivals)
    return space


def _wanted(paths: Sequence[Path], unit: str) -> set[str]:
    """The names of all files but the hand-outs of other units."""
    return {name for name, data in collect(paths) if _for(data) in (unit, "")}


def _for(data: bytes | str) -> str:
    """The unit that a hand-out is for; "" for another file."""
    with suppress(UserError):
        parcel = read(data) if isinstance(data, bytes) and is_ours(data) else None
        if parcel and parcel.kind == "handout":
            return str(parcel.about["unit"])
    return ""
