"""The plan in force in a period, of the versions that a store keeps: each is read once."""

from models.plan.entries import Period
from models.plan.plan import Plan
from models.plan.reader import read_texts, remembering
from models.plan.validity import PeriodEnd, Version, in_force, version_of
from models.store.store import Store


class PlansInForce:
    """The versions that a store keeps, followed as others are kept."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._versions: dict[str, Version] = {}
        self._plans: dict[tuple[str, ...], Plan] = {}
        self._views: dict[tuple[int, str], tuple[Plan, Plan]] = {}

    def versions(self) -> list[Version]:
        """Every kept version, the newest last."""
        return [self._version(digest) for digest in self.store.kept_plans()]

    def periods(self) -> dict[str, Period]:
        """The periods of all kept versions by id, of earlier years too."""
        return {id: period for v in self.versions() for id, period in v.periods.items()}

    def _version(self, digest: str) -> Version:
        if digest not in self._versions:
            self._versions[digest] = version_of(digest, self.store.plan_of(digest))
        return self._versions[digest]

    def at(self, period: Period, now: Plan) -> Plan:
        """The plan in force in a period, with what was valid on its last day; `now` is the one in force today, which
        comes back where it is the same.
        """
        kept = self.store.kept_plans()
        found = in_force([self._version(d) for d in kept], PeriodEnd(period.id, period.end)) if len(kept) > 1 else None
        plan = now if found is None or found.digest == now.digest else self._read(kept[: kept.index(found.digest) + 1])
        return self._view(plan, period)

    def _read(self, digests: list[str]) -> Plan:
        """The last of these versions, which knows the names that only the ones before it had."""
        key = tuple(digests)
        if key not in self._plans:
            *older, mine = (self.store.plan_of(d) for d in digests)
            self._plans[key] = remembering(read_texts(mine, checked=True), reversed(older))
        return self._plans[key]

    def _view(self, plan: Plan, period: Period) -> Plan:
        """The plan at a period; of the same plan always the same object, so that what is computed of it is kept."""
        known = self._views.get((id(plan), period.id))
        if known is None or known[0] is not plan:
            known = self._views[id(plan), period.id] = plan, plan.at(plan.find("periods", period.id) or period)
        return known[1]
