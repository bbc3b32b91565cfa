"""台账 of the files that came in and went out; and which submission of a unit's period counts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from models.store import Store

ACCEPTED = "accepted"
VERIFIED, UNVERIFIED = "verified", "unverified"


@dataclass(frozen=True)
class Package:
    """One file that travelled. `id` is the SHA-256 of its inner zip; `way` in or out; `ancestors` the ids it stands
    on; `trust` whether its signer is known; `made` what its maker's clock said, `at` what ours said.
    """

    id: str
    way: str
    kind: str
    unit: str
    period: str = ""
    revision: int = 0
    ancestors: tuple[str, ...] = ()
    data_hash: str = ""
    signer: str = ""
    trust: str = VERIFIED
    state: str = ACCEPTED
    plan: str = ""
    made: str = ""
    at: str = ""
    file: str = ""
    about: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """Where a unit's period stands with the county: what `counts` (None before anything came), the `heads` that do
    not know each other (more than one is a conflict), and all that came, oldest revision first.
    """

    counts: Package | None
    heads: tuple[Package, ...]
    all: tuple[Package, ...]

    @property
    def in_conflict(self) -> bool:
        """Whether a person has to settle it."""
        return len(self.heads) > 1


def now() -> str:
    """The time as the ledger keeps it."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


def standing(packages: Sequence[Package]) -> Standing:
    """What counts, from all packages of one unit and period. A pure function of the set: order and repeats of loading
    cannot matter. Signed by a known computer goes before unverified; a decision settles the heads that it names.
    """
    came = [p for p in packages if p.kind == "submission" and p.way == "in" and p.state == ACCEPTED]
    came = [p for p in came if p.trust == VERIFIED] or came
    came.sort(key=lambda p: (p.revision, p.id))
    named = {a for p in came for a in p.ancestors}
    heads = [p for p in came if p.id not in named]
    by_data = {p.data_hash: p for p in reversed(heads)}  # equal data is never a conflict
    heads = sorted(by_data.values(), key=lambda p: (p.revision, p.id))
    chosen = _decided(packages, heads) if len(heads) > 1 else None
    if chosen:
        heads = [chosen]
    counts = heads[0] if len(heads) == 1 else _last_agreed(came, heads)
    return Standing(counts, tuple(heads), tuple(came))


def _decided(packages: Sequence[Package], heads: Sequence[Package]) -> Package | None:
    """The head that a person chose among just these."""
    ids = {h.id for h in heads}
    decisions = [p for p in packages if p.kind == "decision" and ids <= set(p.ancestors)]
    if not decisions:
        return None
    latest = max(decisions, key=lambda d: (d.revision, d.id))
    return next((h for h in heads if h.id == latest.about["chosen"]), None)


def _last_agreed(came: Sequence[Package], heads: Sequence[Package]) -> Package | None:
    """The newest submission on which all heads stand; None where there is none."""
    if not heads:
        return None
    common = set(heads[0].ancestors).intersection(*(h.ancestors for h in heads[1:]))
    return next((p for p in reversed(came) if p.id in common), None)


class Ledger:
    """The files that came in and went out of a workspace."""

    def __init__(self, store: Store) -> None:
        self.db = store.db

    def get(self, id: str) -> Package | None:
        """The package of that id, or None."""
        return next(iter(self._find("id=?", (id,))), None)

    def of(self, unit: str, period: str, kind: str = "", way: str = "") -> list[Package]:
        """The packages of a unit and period in the order in which they came or went."""
        words = [("unit=?", unit), ("period=?", period), ("kind=?", kind), ("way=?", way)]
        asked = [(w, v) for w, v in words if v]
        return self._find(" AND ".join(w for w, _ in asked) or "1", [v for _, v in asked])

    def _find(self, where: str, args: Sequence[str]) -> list[Package]:
        names = ", ".join(Package.__dataclass_fields__)
        lines = self.db.conn.execute(f"SELECT {names} FROM packages WHERE {where} ORDER BY at, rowid", args)
        return [_package(dict(zip(Package.__dataclass_fields__, line, strict=True))) for line in lines]

    def keep(self, package: Package) -> None:
        """Write a package into the ledger, or over the line it has."""
        names = Package.__dataclass_fields__
        values = [getattr(package, n) for n in names]
        values = [json.dumps(v, ensure_ascii=False) if isinstance(v, (tuple, dict)) else v for v in values]
        marks = ", ".join("?" * len(values))
        self.db.conn.execute(f"INSERT OR REPLACE INTO packages ({', '.join(names)}) VALUES ({marks})", values)

    def standing(self, unit: str, period: str) -> Standing:
        """Where a unit's period stands with the county."""
        return standing(self.of(unit, period))

    ## what the next submission stands on (unit); whose lines stand in the tables (county)

    def lineage(self, unit: str, period: str) -> list[str]:
        """The ids kept for a unit's period."""
        sql = "SELECT id FROM lineage WHERE unit=? AND period=? ORDER BY rowid"
        return [r[0] for r in self.db.conn.execute(sql, (unit, period))]

    def stand_on(self, unit: str, period: str, ids: Sequence[str]) -> None:
        """Add ids to the lineage."""
        for id in ids:
            self.db.conn.execute("INSERT OR IGNORE INTO lineage VALUES (?, ?, ?)", (unit, period, id))

    def stand_only_on(self, unit: str, period: str, id: str) -> None:
        """Make one id the whole lineage."""
        self.db.conn.execute("DELETE FROM lineage WHERE unit=? AND period=?", (unit, period))
        self.stand_on(unit, period, [id])


def _package(line: dict[str, Any]) -> Package:
    return Package(**{**line, "ancestors": tuple(json.loads(line["ancestors"])), "about": json.loads(line["about"])})
