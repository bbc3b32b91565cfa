"""台账, the packages that came in and went out (任务包, 上报包, 回执, 退回单), and which submission of a unit's period counts:
ancestors (前版) and heads (末版) decide.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from forms.states import FileKind, PackageState, Trust, Way
from models.store.clock import now_here
from models.store.store import Store

ACCEPTED, WITHDRAWN = PackageState.ACCEPTED, PackageState.WITHDRAWN
VERIFIED, UNVERIFIED = Trust.VERIFIED, Trust.UNVERIFIED
UNREAD = "unread"  # key in a package's `about`: the words for what this program did not understand


@dataclass(frozen=True)
class Package:
    """One file that travelled. `id` is the SHA-256 of its inner zip; `way` in or out; `ancestors` the ids of the
    revisions it was edited from; `trust` whether its signer is known; `made` the time on its maker's clock, `at` the
    time on ours when it was loaded, `received` the day on which the office says that it came ("" for that of `at`).
    """

    id: str
    way: Way
    kind: str
    unit: str
    period: str = ""
    revision: int = 0
    ancestors: tuple[str, ...] = ()
    data_hash: str = ""
    signer: str = ""
    trust: Trust = VERIFIED
    state: PackageState = ACCEPTED
    plan: str = ""
    made: str = ""
    at: str = ""
    file: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    received: str = ""

    @property
    def came(self) -> str:
        """When it was received: the day that the office named (ISO), else the time at which it was loaded."""
        return self.received or self.at


@dataclass(frozen=True)
class Standing:
    """A unit's period at the county: the submission that `counts` (None before any came), the `heads` (concurrent
    revisions: none is an ancestor of another; more than one is a conflict), all that came, oldest revision first, and
    the `decision` of a person on which `counts` rests.
    """

    counts: Package | None
    heads: tuple[Package, ...]
    all: tuple[Package, ...]
    decision: Package | None = None

    @property
    def in_conflict(self) -> bool:
        """Whether there is more than one head, so that a person has to settle it."""
        return len(self.heads) > 1

    @property
    def key(self) -> str:
        """The id of what the tables have to hold: the submission that counts, or the decision on it."""
        return self.decision.id if self.decision else self.counts.id if self.counts else ""


def now() -> str:
    """The current time in the ledger's format."""
    return now_here().isoformat(timespec="seconds")


def standing(packages: Sequence[Package]) -> Standing:
    """What counts, from all packages of one unit and period. A pure function of the set: order and repeats of loading
    cannot matter. Signed by a known computer goes before unverified; a decision settles the heads that it names.
    """
    came = [p for p in packages if p.kind == FileKind.SUBMISSION and p.way == Way.IN and p.state == ACCEPTED]
    came = [p for p in came if p.trust == VERIFIED] or came
    came.sort(key=lambda p: (p.revision, p.id))
    named = {a for p in came for a in p.ancestors}
    heads = [p for p in came if p.id not in named]
    by_data = {p.data_hash: p for p in reversed(heads)}  # equal data is never a conflict
    heads = sorted(by_data.values(), key=lambda p: (p.revision, p.id))
    decided = [p for p in packages if p.kind == FileKind.DECISION and p.state == ACCEPTED]
    found = _decided(decided, heads, came) if len(heads) > 1 else None
    if found:
        return Standing(found[1], (found[1],), tuple(came), found[0])
    counts, decision = (heads[0], None) if len(heads) == 1 else _last_agreed(decided, came, heads)
    return Standing(counts, tuple(heads), tuple(came), decision)


def _latest(decided: Sequence[Package]) -> Package | None:
    return max(decided, key=lambda d: (d.revision, d.id), default=None)


def _decided(
    decided: Sequence[Package], heads: Sequence[Package], came: Sequence[Package]
) -> tuple[Package, Package] | None:
    """The latest decision about just these heads, or about others with the same data; and the head that it chose."""
    ids, hashes = {h.id for h in heads}, {h.data_hash for h in heads}
    fits = [d for d in decided if ids <= set(d.ancestors) or hashes <= set(d.about.get("hashes", ()))]
    latest = _latest([d for d in fits if _chosen(d, heads)])
    chosen = _chosen(latest, heads) if latest else None
    return (latest, chosen) if latest and chosen else None


def _chosen(decision: Package, among: Sequence[Package]) -> Package | None:
    about = decision.about
    return next((p for p in among if about["chosen"] == p.id or about.get("hash") == p.data_hash), None)


def _last_agreed(
    decided: Sequence[Package], came: Sequence[Package], heads: Sequence[Package]
) -> tuple[Package | None, Package | None]:
    """The newest state that is common to all heads: a submission that is an ancestor of every head, or an earlier
    decision about such ancestors; (None, None) where there is none.
    """
    if not heads:
        return None, None
    common = set(heads[0].ancestors).intersection(*(h.ancestors for h in heads[1:]))
    counts = next((p for p in reversed(came) if p.id in common), None)
    past = {h.id for h in heads}.union(*(h.ancestors for h in heads))
    below = {counts.id, *counts.ancestors} if counts else set()
    earlier = _latest([d for d in decided if set(d.ancestors) <= past and not set(d.ancestors) <= below])
    chosen = _chosen(earlier, came) if earlier else None
    return (chosen, earlier) if chosen else (counts, None)


class Ledger:
    """The files that came in and went out of a workspace."""

    def __init__(self, store: Store) -> None:
        self.conn = store.conn

    def get(self, id: str) -> Package | None:
        """The package of that id, or None."""
        return next(iter(self._find("id=?", (id,))), None)

    def of(self, unit: str, period: str, kind: str = "", way: str = "") -> list[Package]:
        """The packages of a unit and period in the order in which they came or went."""
        words = [("unit=?", unit), ("period=?", period), ("kind=?", kind), ("way=?", way)]
        asked = [(w, v) for w, v in words if v]
        return self._find(" AND ".join(w for w, _ in asked) or "1", [v for _, v in asked])

    def partly_read(self) -> list[Package]:
        """The packages that were taken in with parts that this program did not understand."""
        found = self._find("about LIKE ?", [f'%"{UNREAD}":%'])
        return [p for p in found if p.state == ACCEPTED and p.about.get(UNREAD)]

    def _find(self, where: str, args: Sequence[str]) -> list[Package]:
        names = ", ".join(Package.__dataclass_fields__)
        lines = self.conn.execute(f"SELECT {names} FROM packages WHERE {where} ORDER BY at, rowid", args)
        return [_package(dict(zip(Package.__dataclass_fields__, line, strict=True))) for line in lines]

    def keep(self, package: Package) -> None:
        """Write a package into the ledger, or over the line it has."""
        names = Package.__dataclass_fields__
        values = [getattr(package, n) for n in names]
        values = [json.dumps(v, ensure_ascii=False) if isinstance(v, (tuple, dict)) else v for v in values]
        marks = ", ".join("?" * len(values))
        self.conn.execute(f"INSERT OR REPLACE INTO packages ({', '.join(names)}) VALUES ({marks})", values)

    def standing(self, unit: str, period: str) -> Standing:
        """The standing of a unit's period at the county."""
        return standing(self.of(unit, period))

    ## ancestors of the next submission (unit); the revision whose lines are in the tables (county)

    def lineage(self, unit: str, period: str) -> list[str]:
        """The ids kept for a unit's period."""
        sql = "SELECT id FROM lineage WHERE unit=? AND period=? ORDER BY rowid"
        return [r[0] for r in self.conn.execute(sql, (unit, period))]

    def add_ancestors(self, unit: str, period: str, ids: Sequence[str]) -> None:
        """Add ids to the lineage."""
        for id in ids:
            self.conn.execute("INSERT OR IGNORE INTO lineage VALUES (?, ?, ?)", (unit, period, id))

    def set_ancestor(self, unit: str, period: str, id: str) -> None:
        """Make one id the only ancestor."""
        self.conn.execute("DELETE FROM lineage WHERE unit=? AND period=?", (unit, period))
        self.add_ancestors(unit, period, [id] if id else [])


def _package(line: dict[str, Any]) -> Package:
    words = {"way": Way(line["way"]), "trust": Trust(line["trust"]), "state": PackageState(line["state"])}
    nested = {"ancestors": tuple(json.loads(line["ancestors"])), "about": json.loads(line["about"])}
    return Package(**{**line, **words, **nested})
