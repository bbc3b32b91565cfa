"""标签小计: how a unit stands with the tasks and indicators of a label (三重点, 高质量发展 …), beside its scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from forms.kind import Option, Value
from forms.tasks import TASKS
from models.county.consolidation import Consolidation
from models.county.score_inputs import tenth
from models.county.score_work import TASK, IndicatorMean, TaskMean
from models.plan.entries import Unit
from models.plan.plan import Plan

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class TagScore:
    """A unit's lines of one label: of its `tasks` the weighted mean completion and pace in percent, of its `indicators`
    how many bring their full points; and `points`, out of a hundred, the mean over all lines. None where nothing counts.
    """

    tag: Option
    tasks: int
    done: Decimal | None
    expected: Decimal | None
    indicators: int
    reached: int
    points: Decimal | None

    @property
    def sentence(self) -> str:
        """The figures in words."""
        parts = []
        if self.done is not None and self.expected is not None:
            parts.append(f"任务{self.tasks}项平均完成{tenth(self.done)}%，应到{tenth(self.expected)}%")
        if self.indicators:
            parts.append(f"指标{self.indicators}项，已达到或正常{self.reached}项")
        points = f"{self.points:f}分（满100）" if self.points is not None else "还没有可以计的"
        return f"{self.tag.name}：{points}" + (f"；{'；'.join(parts)}" if parts else "")


def used_tags(plan: Plan) -> list[Option]:
    """The labels that at least one task or indicator of the plan has."""
    used = {t for task in plan.tasks for t in task.tags} | {t for i in plan.indicators for t in i.tags}
    return [o for o in plan.tags if o.id in used]


def tag_scores(whole: Consolidation, unit: Unit) -> list[TagScore]:
    """The labels that the unit's lines have; [] for a unit that has not reported."""
    if unit.code not in whole.contexts:
        return []
    found = [_tag_score(whole, unit, tag) for tag in used_tags(whole.space.plan)]
    return [t for t in found if t.tasks or t.indicators]


def _tag_score(whole: Consolidation, unit: Unit, tag: Option) -> TagScore:
    plan = whole.space.plan
    mine = {t.id for t, _ in plan.tasks_of(unit.code) if tag.id in t.tags}
    tasks = TaskMean(whole, unit, [r for r in whole.of_unit(TASKS, unit) if r[TASK] in mine])
    figures = IndicatorMean(whole, unit, [i for i in plan.indicators_of(unit.code) if tag.id in i.tags])
    shares: Sequence[Decimal] = [*([tasks.share] * len(tasks.rows)), *figures.shares]
    points = (sum(shares, Decimal(0)) / len(shares) * HUNDRED).quantize(Decimal("0.01")) if shares else None
    full = len(figures.shares) - len(figures.whys)
    return TagScore(tag, len(tasks.rows), tasks.done, tasks.expected, len(figures.shares), full, points)


def tag_column(tag: Option) -> str:
    """The name of a label's column on paper."""
    return f"tag_{tag.id}"


def tag_values(whole: Consolidation, unit: Unit) -> dict[str, Value]:
    """The points of the unit's labels, by column."""
    return {tag_column(t.tag): t.points for t in tag_scores(whole, unit)}
