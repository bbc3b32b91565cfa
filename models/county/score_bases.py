"""What the points of the scoring table are worked out from: one function for each 依据数据, with lines that explain."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from forms.field import Meaning, Row
from forms.obstacles import OBSTACLES
from forms.problem import EMPTY_FORM, LEVELS, REQUIRED, STRICT
from forms.publicity import PUBLICITY
from forms.states import Mark, ReportState
from forms.tasks import TASKS
from models.county.aggregation import average
from models.county.asked_periods import is_asked
from models.county.consolidation import Consolidation
from models.county.unit_states import STATES, UnitState, states
from models.plan.entries import Period, Score, Unit

TASK, DONE = TASKS.means(Meaning.ENTRY), TASKS.means(Meaning.DONE)
NOTHING_CAME = "本期未报，没有可以计分的内容"


@dataclass(frozen=True)
class ScoreInputs:
    """What the scores of a period are worked out from. `today` decides whether a period that is due counts as not
    reported.
    """

    whole: Consolidation
    today: date

    @cached_property
    def history(self) -> list[tuple[Period, dict[str, UnitState]]]:
        """The period itself, where anybody reported it, and the earlier ones of its kind that were asked for, with the state of
        every unit.
        """
        space, now = self.whole.space, self.whole.period
        same = [p for p in space.plan.periods if p.kind == now.kind and p.end <= now.end]
        periods = [p for p in same if p.scored and (p.id == now.id or is_asked(space, p))]
        found = [(p, {s.unit.code: s for s in states(space, p)}) for p in periods]
        return [
            (p, by_unit)
            for p, by_unit in found
            if p.id != now.id or any(s.state != ReportState.MISSING for s in by_unit.values())
        ]


@dataclass(frozen=True)
class Why:
    """One line that explains points: the text, and its place (form, record, field; '' where it is no cell)."""

    text: str
    form: str = ""
    record: str = ""
    field: str = ""


def points_text(points: Decimal | None) -> str:
    """Points as people read them; 未计 for None."""
    return "未计" if points is None else f"{points.normalize():f}"


def _costs(score: Score, word: str, verb: str = "扣") -> str:
    """What a word costs or brings, as text; it says so where the plan has no points for the word."""
    rate = score.rate(word)
    return f"{verb}{points_text(rate)}分" if rate is not None else f"方案的参数里没有写“{word}”{verb}几分，没有{verb}"


Worked = tuple[Decimal, list[Why]]


def _on_time(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """Full points, less so much for each period late or not reported; a report that is sent back, or in conflict, was
    late all the same.
    """
    lost, whys = Decimal(0), []
    for period, by_unit in scoring.history:
        found = by_unit.get(unit.code)
        if found is None:
            continue  # it did not exist then
        state = ReportState.LATE if found.late else found.state
        if state == ReportState.MISSING and period.due >= scoring.today:
            continue  # there is still time
        if state in (ReportState.LATE, ReportState.MISSING):
            lost += score.rate(STATES[state]) or 0
            whys.append(Why(f"{period.name}{STATES[state]}，{_costs(score, STATES[state])}"))
    if not scoring.history:
        whys.append(Why("还没有单位报过，没有扣分"))
    return score.points - lost, whys or [Why("各期都按时报送")]


def _reported(scoring: ScoreInputs, unit: Unit) -> bool:
    return unit.code in scoring.whole.contexts


EMPTY = (REQUIRED.code, EMPTY_FORM.code)


def _complete(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """The share of must-cells that are filled; a form without a line and without 零报告 is one cell that is not."""
    if not _reported(scoring, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    ctx = scoring.whole.contexts[unit.code]
    forms = [f for f in scoring.whole.space.forms if f.expected(ctx)]
    asked = sum(1 + len(ctx.rows[f.name]) * sum(x.required for x in f.stored) for f in forms)
    gone = [f.problem for f in scoring.whole.findings[unit.code] if f.problem.code in EMPTY]
    whys = [Why(_where(scoring, p) + p.message, p.form, p.record, p.field) for p in gone]
    share = 1 - Decimal(len(gone)) / asked if asked else Decimal(1)
    return score.points * share, [Why(f"应填{asked}处，缺{len(gone)}处"), *whys]


def _where(scoring: ScoreInputs, problem: Any) -> str:
    form = scoring.whole.space.form(problem.form)
    return f"{form.title}第{problem.row}行：" if problem.row else f"{form.title}："


def _quality(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """Full points, less so much for each problem of a strict level."""
    if not _reported(scoring, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    lost, whys = Decimal(0), []
    for f in scoring.whole.findings[unit.code]:
        p, level = f.problem, LEVELS[f.problem.level]
        if p.level in STRICT:
            lost += score.rate(level) or 0
            told = f"（已说明：{f.reason}）" if f.reason else ""
            text = f"{level}，{_costs(score, level)}：{_where(scoring, p)}{p.message}{told}"
            whys.append(Why(text, p.form, p.record, p.field))
    return score.points - lost, whys or [Why("没有强制、准强制问题")]


def _progress(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """Mean completion of the task lines to 序时进度; a line without a figure counts as zero."""
    if not _reported(scoring, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    claims = scoring.whole.confirmations
    lines = [(r, scoring.whole.pace(r)) for r in scoring.whole.of_unit(TASKS, unit) if not claims.is_ended(r)]
    paces = {r["id"]: pace for r, pace in lines if pace is not None}
    rows = [r for r, pace in lines if pace is not None]
    done = {r["id"]: claims.percent(r, paces[r["id"]]) for r in rows}
    free = [Why(f"另有{len(lines) - len(rows)}行任务没有完成时限（持续推进等），没有序时，不参加比较")]
    expected = average(list(paces.values()))
    if not rows or not expected:
        return score.points, [Why("没有承担任务，不扣分")] if not lines else free[: len(lines) - len(rows)] or [
            Why("任务都还没有开始，不扣分")
        ]
    mean = sum(done.values(), Decimal(0)) / len(rows)
    slow = sorted((r for r in rows if done[r["id"]] < paces[r["id"]]), key=lambda r: done[r["id"]])
    task = TASKS.bound(scoring.whole.space.plan).field(TASK).kind
    whys = [
        Why(f"{points_text(r[DONE] or Decimal(0))}%：{task.show(r[TASK])}", TASKS.name, r["id"], DONE) for r in slow
    ]
    head = Why(f"{len(rows)}行任务平均完成{mean.quantize(Decimal('0.1'))}%，序时进度{expected}%，慢于序时{len(slow)}行")
    return score.points * min(Decimal(1), mean / expected), [
        head,
        *free[: len(lines) - len(rows)],
        *_unproven(scoring, rows),
        *whys,
    ]


def _unproven(scoring: ScoreInputs, rows: Sequence[Row]) -> list[Why]:
    """A line of explanation on completions that do not count yet; [] for none."""
    waiting = [r for r in rows if scoring.whole.confirmations.is_unproven(r)]
    text = f"报了已完成、还没有核验通过的{len(waiting)}行，按序时进度计"
    return [Why(text, TASKS.name, waiting[0]["id"], DONE)] if waiting else []


def _obstacles(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """The share of obstacles closed in time, of those that are due or closed."""
    if not _reported(scoring, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    whole = scoring.whole
    rows = whole.of_unit(OBSTACLES, unit)
    asked = [r for r in rows if _closed(whole, r) or (r["due"] and r["due"] <= whole.ctx.today)]
    late = [r for r in asked if not _closed(whole, r) or (r["closed"] and r["due"] and r["closed"] > r["due"])]
    if not asked:
        return score.points, [Why(f"没有到期的中梗阻（未到期{len(rows)}件），不扣分")]
    whys = [
        Why(
            f"{'销号迟于时限' if _closed(whole, r) else '到期未销号'}：{r['text'] or ''}",
            OBSTACLES.name,
            r["id"],
            "due",
        )
        for r in late
    ]
    share = 1 - Decimal(len(late)) / len(asked)
    return score.points * share, [Why(f"到期或已销号{len(asked)}件，按时销号{len(asked) - len(late)}件"), *whys]


def _closed(whole: Consolidation, row: Row) -> bool:
    return whole.mark("obstacle_state", row["status"]) == Mark.DONE


def _publicity(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """So much for each piece, by the level of the medium."""
    level = PUBLICITY.bound(scoring.whole.space.plan).field("level").kind
    points, whys = Decimal(0), []
    for row in scoring.whole.of_unit(PUBLICITY, unit):
        word = level.show(row["level"])
        rate = score.rate(word) or Decimal(0)
        points += rate
        whys.append(
            Why(
                f"{word or '没有写级别'}，加{points_text(rate)}分：{row['title'] or ''}",
                PUBLICITY.name,
                row["id"],
                "level",
            )
        )
    return points, whys or [Why("本期没有宣传信息" if _reported(scoring, unit) else NOTHING_CAME)]


BASES: Mapping[str, Callable[[ScoreInputs, Score, Unit], Worked]] = {
    "on_time": _on_time, "complete": _complete, "quality": _quality, "progress": _progress, "obstacles": _obstacles,
    "publicity": _publicity,
}  # fmt: skip
