"""What the points of the scoring table are worked out from: one function for each 依据数据, with lines that explain."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from forms.field import Row
from forms.obstacles import OBSTACLES
from forms.problem import EMPTY_FORM, LEVELS, REQUIRED, STRICT
from forms.publicity import PUBLICITY
from forms.states import Mark, ReportState
from models.county.consolidation import Consolidation
from models.county.score_inputs import NOTHING_CAME, Basis, ScoreInputs, Why, Worked, points_text, when_reported
from models.county.score_work import confirmed, indicators, progress
from models.county.unit_states import STATES, UnitState
from models.plan.entries import Period, Score, Unit


def _costs(score: Score, word: str, verb: str = "扣") -> str:
    """What a word costs or brings, as text; it says so where the plan has no points for the word."""
    rate = score.rate(word)
    return f"{verb}{points_text(rate)}分" if rate is not None else f"方案的参数里没有写“{word}”{verb}几分，没有{verb}"


def _on_time(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """Full points, less so much where the period's report is late or missing; a report that is sent back, or in
    conflict, was late all the same.
    """
    found, period = scoring.states[unit.code], scoring.whole.period
    state = ReportState.LATE if found.late else found.state
    if all(s.state == ReportState.MISSING for s in scoring.states.values()):
        return score.points, [Why("还没有单位报过，没有扣分")]
    if state == ReportState.MISSING and period.due >= scoring.today:
        return score.points, [Why(f"还没有报，{_day(period)}截止，没有扣分")]
    if state in (ReportState.LATE, ReportState.MISSING):
        came = f"，{_moment(found)}收到" if found.received else ""
        text = f"{period.name}{STATES[state]}，{_costs(score, STATES[state])}{came}"
        return score.points - (score.rate(STATES[state]) or 0), [Why(text)]
    return score.points, [Why(f"{_moment(found)}收到，没有迟" if found.received else "没有迟")]


def _day(period: Period) -> str:
    return f"{period.due.month}月{period.due.day}日"


def _moment(state: UnitState) -> str:
    """The time of receipt: 10月25日 17:52; the day where it was received on another day than it was loaded."""
    day, _, time = state.received.partition("T")
    _year, month, number = day.split("-")
    return f"{int(month)}月{int(number)}日" + (f" {time[:5]}" if time else "")


EMPTY = (REQUIRED.code, EMPTY_FORM.code)


@when_reported
def _complete(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """The share of must-cells that are filled; a form without a line and without 零报告 is one cell that is not."""
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


@when_reported
def _quality(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """Full points, less so much for each problem of a strict level."""
    found = [f for f in scoring.whole.findings[unit.code] if f.problem.level in STRICT]
    lost, whys, count = Decimal(0), list[Why](), dict.fromkeys(STRICT, 0)
    for f in found:
        p, level = f.problem, LEVELS[f.problem.level]
        lost += score.rate(level) or 0
        count[p.level] += 1
        told = f"（已说明：{f.reason}）" if f.reason else ""
        text = f"{level}，{_costs(score, level)}：{_where(scoring, p)}{p.message}{told}"
        whys.append(Why(text, p.form, p.record, p.field))
    if not found:
        return score.points, [Why("没有强制、准强制问题")]
    head = "、".join(f"{LEVELS[level]}{n}处" for level, n in count.items() if n)
    return score.points - lost, [Why(f"{head}，扣{points_text(lost)}分"), *whys]


@when_reported
def _obstacles(scoring: ScoreInputs, score: Score, unit: Unit) -> Worked:
    """The share of obstacles closed in time, of those that are due or closed."""
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
    return points, whys or [Why("本期没有宣传信息" if scoring.has_reported(unit) else NOTHING_CAME)]


BASES: Mapping[str, Basis] = {
    "on_time": _on_time, "complete": _complete, "quality": _quality, "progress": progress, "indicators": indicators,
    "confirmed": confirmed, "obstacles": _obstacles, "publicity": _publicity,
}  # fmt: skip
