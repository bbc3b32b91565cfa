"""中梗阻 of one kind together (同一种并成一行), the group whose oldest is open the longest first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from forms.field import Meaning
from forms.kind import Option
from forms.obstacles import OBSTACLES
from forms.states import ObstacleState
from models.county.obstacles import ObstacleList, TrackedObstacle

KIND = OBSTACLES.means(Meaning.KIND)


@dataclass(frozen=True)
class ObstacleGroup:
    """The open obstacles of one kind, the oldest first. `asked` says who has to act most often, and how often."""

    kind: Option
    obstacles: Sequence[TrackedObstacle]
    asked: str

    @property
    def oldest(self) -> TrackedObstacle:
        """The one that is open the longest."""
        return self.obstacles[0]


def grouped(found: ObstacleList) -> list[ObstacleGroup]:
    """The open obstacles by kind; a kind that the plan does not know goes by its own word."""
    parts: dict[str, list[TrackedObstacle]] = {}
    for h in found.all:
        if h.state != ObstacleState.CLOSED:
            parts.setdefault(h.row.get(KIND) or "", []).append(h)
    groups = [_group(found, kind, sorted(mine, key=lambda h: -h.days)) for kind, mine in parts.items()]
    return sorted(groups, key=lambda g: (-g.oldest.days, -len(g.obstacles)))


def _group(found: ObstacleList, kind: str, mine: Sequence[TrackedObstacle]) -> ObstacleGroup:
    option = found.space.plan.find("obstacle_kind", kind) or Option(kind, kind or "没有写类型")
    (name, count), *others = Counter(asked_of(found, h) for h in mine).most_common()
    return ObstacleGroup(option, mine, f"{name} {count}" if others else name)


def asked_of(found: ObstacleList, h: TrackedObstacle) -> str:
    """Who has to act: the unit that the county named, else the level that has to decide."""
    plan = found.space.plan
    unit = plan.find("units", h.paper.get("asked") or "")
    level = plan.find("level", h.level or "")
    return unit.short if unit else level.name if level else ""
