"""What the first page of a bulletin says, worked out once: progress and its change, rankings, verdicts, open obstacles."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from forms.kind import Option
from forms.pace import reference_day
from forms.states import Mark
from forms.tasks import TASKS
from models.county.aggregation import average
from models.county.consolidation import ACTION, Consolidation
from models.county.indicator_results import IndicatorResult, indicator_results
from models.county.obstacles import CLOSED, ObstacleList, TrackedObstacle
from models.county.ranking import KindRanking, ranking
from models.plan.entries import Action, Unit

SLOW = (Mark.WARN, Mark.IDLE)


@dataclass(frozen=True)
class ActionFacts:
    """An action: mean completion in percent now and last time (of the units that reported both), the change between
    these in points, the number of late lines, and the mean 序时 of its tasks.
    """

    action: Action
    name: str
    percent: Decimal | None
    before: Decimal | None
    change: Decimal | None
    late: int
    expected: Decimal | None


@dataclass(frozen=True)
class OpenObstacle:
    """An obstacle that is not struck off: how many days it is open, and whether its unit has not reported this time
    (`carried`), so that it stands as last reported.
    """

    obstacle: TrackedObstacle
    days: int
    carried: bool


@dataclass(frozen=True)
class BulletinFacts:
    """The facts of a consolidation, seen from a day."""

    whole: Consolidation
    today: date

    @cached_property
    def missing(self) -> list[Unit]:
        """The units of which nothing counts."""
        return [u for u in self.whole.units if u.code not in self.whole.contexts]

    @cached_property
    def comparable(self) -> Collection[str]:
        """The codes of the units that reported this time and last time."""
        return set(self.whole.before.contexts) if self.whole.before else set()

    @property
    def last(self) -> str:
        """The word for the last period."""
        return "上月" if self.whole.period.kind == "month" else "上期"

    @cached_property
    def kinds(self) -> list[KindRanking]:
        """The ranking of every kind of units."""
        return ranking(self.whole)

    @cached_property
    def indicators(self) -> list[IndicatorResult]:
        """Every indicator with its verdict."""
        return indicator_results(self.whole)

    @cached_property
    def main(self) -> list[IndicatorResult]:
        """The main indicators; where the plan names none, or for one action, all those with figures."""
        named = [j for j in self.indicators if j.indicator.main]
        others = [j for j in self.indicators if not j.indicator.qualitative and not j.indicator.main]
        return named if named and len(self.whole.actions) > 1 else [*named, *others]

    def mean(self, whole: Consolidation, action: str = "", codes: Collection[str] | None = None) -> Decimal | None:
        """The mean completion of all task lines, or of those of one action, or of some units."""
        return average(
            [
                percent
                for e in whole.of(TASKS)
                if action in ("", e.row[ACTION]) and (codes is None or e.unit.code in codes)
                for percent in whole.percents([e.row])
            ]
        )

    def change(self, action: str = "") -> Decimal | None:
        """By how many points the mean rose since last time, over the units that reported both; None without these."""
        if not self.whole.before or not self.comparable:
            return None
        now, then = self.mean(self.whole, action, self.comparable), self.mean(self.whole.before, action)
        return now - then if now is not None and then is not None else None

    def pace(self, action: str = "") -> tuple[Decimal | None, Decimal | None]:
        """The mean 序时 of the tasks in percent and how far they are ahead of it, of all or of one action; None without
        tasks that have a due day.
        """
        entries = self.whole.of(TASKS)
        made = self.whole.figures([e for e in entries if action in ("", e.row[ACTION])])
        return made["expected"], made["lag"]

    @cached_property
    def actions(self) -> list[ActionFacts]:
        """The progress of each action."""
        names = short_names([a.name for a in self.whole.actions])
        late: Counter[str] = Counter(
            e.row[ACTION] for e in self.whole.of(TASKS) if self.whole.confirmations.mark(e.row) == Mark.LATE
        )
        return [
            ActionFacts(
                a,
                name,
                self.mean(self.whole, a.id),
                self.mean(self.whole.before, a.id) if self.whole.before else None,
                self.change(a.id),
                late[a.id],
                self.pace(a.id)[0],
            )
            for a, name in zip(self.whole.actions, names, strict=True)
        ]

    def statuses(self, *marks: str) -> list[Option]:
        """The plan's statuses with one of these signs."""
        return [o for o in self.whole.space.plan.options("status") if o.mark in marks]

    def status_words(self, *marks: str) -> str:
        """Their names, to be read."""
        return "、".join(o.name for o in self.statuses(*marks))

    ## obstacles

    @property
    def top_level(self) -> Option | None:
        """The highest level of coordination."""
        return next(reversed(self.whole.space.plan.options("level")), None)

    @cached_property
    def obstacles(self) -> list[OpenObstacle]:
        """Every obstacle that is not struck off, the longest open first; also those of units that have not reported, as
        they reported them last.
        """
        until, came = reference_day(self.whole.period, self.today), self.whole.contexts
        tracked = {h.key: h for h in reversed(self._tracked()) if h.state != CLOSED}
        found = [OpenObstacle(h, (until - h.since).days, h.unit.code not in came) for h in tracked.values()]
        return sorted(found, key=lambda o: (-o.days, o.obstacle.unit.order, o.obstacle.row["position"]))

    def _tracked(self) -> list[TrackedObstacle]:
        """The period's obstacles, then those of the units that are missing from the newest period that has them."""
        found = list(ObstacleList(self.whole, self.today).all)
        left, plan = frozenset(u.code for u in self.missing), self.whole.space.plan
        back = plan.period_before(self.whole.period)
        while left and back:
            then = replace(self.whole, period=back, only=left)
            found += ObstacleList(then, self.today).all
            left, back = left - set(then.contexts), plan.period_before(back)
        return found

    def at_top(self) -> list[OpenObstacle]:
        """Those that the highest level has to decide."""
        return [o for o in self.obstacles if self.top_level and o.obstacle.level == self.top_level.id]


def short_names(names: Sequence[str]) -> list[str]:
    """The names without the ending that all of them share, where at least two characters of each are left."""
    if len(names) < 2:
        return list(names)
    count = 0
    while len({n[-count - 1 :] for n in names}) == 1 and min(map(len, names)) - count > 2:
        count += 1
    return [n[: len(n) - count] for n in names]
