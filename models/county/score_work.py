"""What the work itself brings in points: tasks against their pace, completions that the county confirmed, and the
verdicts of the indicators. Lead weighs more than support, as the plan says.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from forms.field import Meaning, Row
from forms.indicators import INDICATORS, judgement
from forms.parameters import BEHIND_BRINGS, FAILED_BRINGS, WEIGHT_LEAD, WEIGHT_SUPPORT
from forms.states import Decision, Part, Request
from forms.tasks import TASKS
from forms.verdict import Verdict
from models.county.consolidation import Consolidation
from models.county.score_inputs import ScoreInputs, Why, Worked, listed, points_text, tenth, when_reported
from models.plan.entries import Indicator, Score, Unit

TASK, DONE, STATUS = (TASKS.means(m) for m in (Meaning.ENTRY, Meaning.DONE, Meaning.STATUS))
INDICATOR, FIGURE = (INDICATORS.means(m) for m in (Meaning.ENTRY, Meaning.FIGURE))
HUNDRED = Decimal(100)


def pace_of(whole: Consolidation, row: Row) -> Decimal | None:
    """序时 of a task line in percent; None for a line that has none (持续推进)."""
    return whole.pace(row)


def weight_of(whole: Consolidation, unit: Unit, row: Row) -> Decimal:
    """What a task line counts in a mean: as the plan says for lead and for support; the unit's own lines as support."""
    plan = whole.space.plan
    part = next((p for task, p in plan.tasks_of(unit.code) if task.id == row.get(TASK)), Part.SUPPORT)
    weight: Decimal = plan.parameter(WEIGHT_LEAD if part == Part.LEAD else WEIGHT_SUPPORT)
    return weight


class TaskMean:
    """The weighted mean of task lines: `done` and `expected` in percent, None where no line has a pace; `slow` are the
    lines under their pace, the farthest first, `free` is the number of lines without a pace. Lines that the county let end are left out, what is not proven counts no
    more than its pace.
    """

    def __init__(self, whole: Consolidation, unit: Unit, rows: Sequence[Row]) -> None:
        claims = whole.confirmations
        lines = [(r, pace_of(whole, r)) for r in rows if not claims.is_ended(r)]
        paced = [(r, e) for r, e in lines if e is not None]
        self.free = len(lines) - len(paced)
        self.rows = [r for r, _ in paced]
        weights = [weight_of(whole, unit, r) for r in self.rows]
        counted = [claims.percent(r, e) for r, e in paced]
        all = sum(weights, Decimal(0))
        self.done = sum(map(Decimal.__mul__, counted, weights), Decimal(0)) / all if all else None
        self.expected = (
            sum((e * w for (_, e), w in zip(paced, weights, strict=True)), Decimal(0)) / all if all else None
        )
        behind = [(d - e, r) for (r, e), d in zip(paced, counted, strict=True) if d < e]
        self.slow = [r for _, r in sorted(behind, key=lambda x: x[0])]
        self.unproven = [r for r in self.rows if claims.is_unproven(r)]

    @property
    def share(self) -> Decimal:
        """How much of its pace is done, 1 at most; 1 where nothing is expected yet."""
        if self.done is None or not self.expected:
            return Decimal(1)
        return min(Decimal(1), self.done / self.expected)


@when_reported
def progress(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """Mean completion of the task lines to their pace; a line without a figure counts as zero."""
    whole = scoring.whole
    mean = TaskMean(whole, unit, whole.of_unit(TASKS, unit))
    free = [Why(f"另有{mean.free}行任务没有完成时限（持续推进等），没有序时，不参加比较")] * bool(mean.free)
    if mean.done is None or not mean.expected:
        nothing = "任务都还没有开始，不扣分" if mean.rows else "没有承担任务，不扣分"
        return score.points, free or [Why(nothing)]
    task = TASKS.bound(whole.space.plan).field(TASK).kind
    whys = [
        Why(f"{points_text(r[DONE] or Decimal(0))}%：{task.show(r[TASK])}", TASKS.name, r["id"], DONE)
        for r in mean.slow
    ]
    head = f"{len(mean.rows)}行任务平均完成{tenth(mean.done)}%，序时应到{tenth(mean.expected)}%，慢于序时{len(mean.slow)}行"
    return score.points * mean.share, [Why(head), *free, *_unproven(mean.unproven), *whys]


def _unproven(rows: Sequence[Row]) -> list[Why]:
    """A line of explanation on completions that do not count yet; [] for none."""
    text = f"报了已完成、还没有核验通过的{len(rows)}行，按序时进度计"
    return [Why(text, TASKS.name, rows[0]["id"], DONE)] if rows else []


@when_reported
def confirmed(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """The weighted share of task lines that the county confirmed as completed, of those that are due or reported as
    completed.
    """
    whole, claims = scoring.whole, scoring.whole.confirmations
    end = whole.ctx.today
    done, open_ones = list[Row](), list[Row]()
    for r in whole.of_unit(TASKS, unit):
        found, due = claims.of(r), claims.due(r)
        asks = found is not None and found.kind == Request.COMPLETION
        if claims.is_ended(r) or not (asks or (due is not None and due <= end)):
            continue
        (done if asks and found and found.state == Decision.CONFIRMED else open_ones).append(r)
    if not done and not open_ones:
        return score.points, [Why("没有到期的任务，也没有报已完成的，不扣分")]
    task = TASKS.bound(whole.space.plan).field(TASK).kind
    head = Why(f"到期或报了已完成的{len(done) + len(open_ones)}行，县里核验通过{len(done)}行")
    weights = [sum((weight_of(whole, unit, r) for r in rows), Decimal(0)) for rows in (done, done + open_ones)]
    whys = [Why(_not_confirmed(whole, r, task.show(r[TASK])), TASKS.name, r["id"], STATUS) for r in open_ones]
    return score.points * (weights[0] / weights[1] if weights[1] else 1), [head, *whys]


def _not_confirmed(whole: Consolidation, row: Row, name: str) -> str:
    found, due = whole.confirmations.of(row), whole.confirmations.due(row)
    if found and found.kind == Request.COMPLETION:
        return f"{found.sentence}：{name}"
    return f"{_day(due)}到期，没有完成：{name}" if due else f"没有完成：{name}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


class IndicatorMean:
    """The verdicts of indicators for which a unit answers, each as the share of the points that the plan gives for it."""

    def __init__(self, whole: Consolidation, unit: Unit, wanted: Sequence[Indicator]) -> None:
        rows = {r[INDICATOR]: r for r in whole.of_unit(INDICATORS, unit)}
        self.shares: list[Decimal] = []
        self.whys: list[Why] = []
        self.uncounted: list[str] = []
        for i in wanted:
            self._add(whole, unit, i, rows.get(i.id))

    def _add(self, whole: Consolidation, unit: Unit, indicator: Indicator, row: Row | None) -> None:
        if row is None:
            self._count(Decimal(0), Why(f"没有报：{indicator.name}"))
            return
        found = judgement(row, whole.contexts[unit.code])
        assert found is not None  # the indicator is of the plan
        share = self._share(whole, found.verdict, row)
        if share is None:
            self.uncounted.append(f"{indicator.name}（{found.word}）")
        else:
            text = f"{found.word}：{indicator.name}，{found.why}"
            self._count(share, Why(text, INDICATORS.name, row["id"], FIGURE))

    def _count(self, share: Decimal, why: Why) -> None:
        self.shares.append(share)
        if share < 1:
            self.whys.append(why)

    @staticmethod
    def _share(whole: Consolidation, verdict: Verdict, row: Row) -> Decimal | None:
        """The share of the points that a verdict brings; None where it is left out."""
        plan = whole.space.plan
        if verdict in (Verdict.REACHED, Verdict.ON_COURSE):
            return Decimal(1)
        if verdict == Verdict.BEHIND:
            return Decimal(plan.parameter(BEHIND_BRINGS)) / HUNDRED
        if verdict in (Verdict.FAILED, Verdict.OCCURRED):
            return Decimal(plan.parameter(FAILED_BRINGS)) / HUNDRED
        return Decimal(0) if verdict == Verdict.UNKNOWN and row.get(FIGURE) is None else None

    @property
    def share(self) -> Decimal | None:
        """The mean share; None where no indicator counts."""
        return sum(self.shares, Decimal(0)) / len(self.shares) if self.shares else None


@when_reported
def indicators(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """What the verdicts of the unit's indicators bring, each indicator the same."""
    whole = scoring.whole
    wanted = {a.id for a in whole.actions}
    mean = IndicatorMean(whole, unit, [i for i in whole.space.plan.indicators_of(unit.code) if i.action in wanted])
    left = [Why(f"不计分{len(mean.uncounted)}项：{listed(mean.uncounted)}")] if mean.uncounted else []
    if mean.share is None:
        return score.points, [Why("没有可以判定的负责指标，不扣分"), *left]
    full = len(mean.shares) - len(mean.whys)
    head = Why(f"负责的指标计分{len(mean.shares)}项，已达到或正常{full}项")
    return score.points * mean.share, [head, *mean.whys, *left]
