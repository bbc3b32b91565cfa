"""Makes a month of sample data for a county: every unit's submission is really made, encrypted and loaded."""

from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from exports.incoming.county_files import begin, take_handout
from exports.incoming.submissions import take_submission
from exports.outgoing.handout import handout
from exports.outgoing.submission import submission
from exports.package.keyring import Keyring
from models.plan.entries import Period
from models.reporting.sample import fill, refuse_over_real_data
from models.workspace import Workspace

LATE, MISSING = 0.06, 0.1  # shares of the units; missing ones only among the faults


def hand_in(county: Workspace, period: Period, seed: int = 1, faults: bool = False) -> int:
    """Fill in the period for all units and load their submissions; returns the number of submissions. With `faults`
    some units are missing and some rows are wrong.
    """
    refuse_over_real_data(county, period)
    with TemporaryDirectory(prefix="qingdan-sample-", ignore_cleanup_errors=True) as folder:
        units = _units(county, Path(folder) / "units", period)
        try:
            fill(units, period, seed, faults)
            count = _sent(county, units, period, seed, faults)
            Keyring(county).keys.forget(Keyring(units).verify)  # its keys are deleted with the folder:
            return count  # later files for it could not be opened
        finally:
            units.close()


def _units(county: Workspace, folder: Path, period: Period) -> Workspace:
    """One computer that fills in for all units, with the keys that the county's hand-outs would give it."""
    first = handout(county, county.units[0], again=not Keyring(county).keys.code(county.units[0].code))
    space = begin(folder, first)
    take_handout(space, first)
    mine, theirs = Keyring(space), Keyring(county)
    for unit in county.units:
        mine.keys.set(f"code.{unit.code}", theirs.code_for(unit.code))
    space.set({"units": "、".join(u.code for u in county.units), "current": period.id, "person": "示例"})
    return space


def _sent(county: Workspace, units: Workspace, period: Period, seed: int, faults: bool) -> int:
    random, count = Random(f"{seed}/{period.id}"), 0
    for unit in county.units:
        came = _came(random, period)
        if faults and random.random() < MISSING:
            continue
        parcel = submission(units, unit, period, papers=False, checked=not faults)
        take_submission(county, parcel, at=came)
        count += 1
    return count


def _came(random: Random, period: Period) -> str:
    """A made-up time of receipt near the due day, late for some units."""
    days = random.randint(1, 3) if random.random() < LATE else -random.randint(0, 6)
    hour = time(random.randint(8, 17), random.randint(0, 59))
    return datetime.combine(period.due + timedelta(days=days), hour).astimezone().isoformat(timespec="seconds")
