"""考核: points per unit by the plan's weights, each explained by lines; corrections by hand; ranking."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from forms.form import Row
from forms.kind import Value
from forms.obstacles import OBSTACLES
from forms.problem import LEVELS, STRICT
from forms.publicity import PUBLICITY
from forms.tasks import TASKS
from models.consolidation import Consolidation
from models.county import STATES, State, states
from models.entries import Period, Score, Unit
from models.errors import UserError
from models.store import Change, record_id
from models.workspace import Workspace

CENT = Decimal("0.01")
NOTHING_CAME = "本期未报，没有可以计分的内容"
SHORTEST_REASON = 6
LONG_LIST = 30  # lines of explanation of one item


@dataclass(frozen=True)
class Why:
    """One line that explains points: what, and where it is (form, record, field; '' where it is no cell)."""

    text: str
    form: str = ""
    record: str = ""
    field: str = ""


@dataclass(frozen=True)
class Item:
    """The points of one line of the scoring table: as worked out, as corrected (None if not), and why. `worked` is
    None where the program does not know what the points are worked out from: then the item does not count.
    """

    score: Score
    worked: Decimal | None
    whys: tuple[Why, ...]
    correction: Row | None = None

    @property
    def points(self) -> Decimal | None:
        """What counts."""
        return self.correction["points"] if self.correction else self.worked


@dataclass(frozen=True)
class Result:
    """A unit's scores, its place among its kind, and among all; 0 where it has none, and `apart` says why: 未报 or 冲突."""

    unit: Unit
    items: tuple[Item, ...]
    rank: int = 0
    overall: int = 0
    apart: str = ""

    @property
    def total(self) -> Decimal:
        """All points that count."""
        return sum((i.points for i in self.items if i.points is not None), Decimal(0))


@dataclass(frozen=True)
class Scoring:
    """The scores of a period. `today` decides whether a period that is due counts as not reported."""

    whole: Consolidation
    today: date

    @cached_property
    def history(self) -> list[tuple[Period, dict[str, State]]]:
        """The periods of this kind up to this one in which anybody reported, with the state of every unit."""
        space, now = self.whole.space, self.whole.period
        periods = [p for p in space.plan.periods if p.kind == now.kind and p.end <= now.end]
        found = [(p, {s.unit.code: s for s in states(space, p)}) for p in periods]
        return [(p, by_unit) for p, by_unit in found if any(s.revision for s in by_unit.values())]

    @cached_property
    def results(self) -> list[Result]:
        """Every unit, the best first; units with equal points share a place, and the next one is left out. Units of
        which nothing counts, or two reports are in conflict, have no place and come last.
        """
        found = [Result(u, tuple(self._items(u)), apart=self._apart(u)) for u in self.whole.units]
        placed, rest = [r for r in found if not r.apart], [r for r in found if r.apart]
        totals = [r.total for r in placed]
        by_kind = {k: [r.total for r in placed if r.unit.kind == k] for k in {r.unit.kind for r in placed}}
        ranked = [
            replace(r, rank=_place(r.total, by_kind[r.unit.kind]), overall=_place(r.total, totals)) for r in placed
        ]
        return sorted(ranked, key=lambda r: (r.overall, r.unit.order)) + rest

    def _apart(self, unit: Unit) -> str:
        """Why a unit has no place in the ranking; "" where it has one."""
        if unit.code in self._conflicts:
            return STATES["conflict"]
        return "" if unit.code in self.whole.contexts else STATES["missing"]

    @cached_property
    def _conflicts(self) -> set[str]:
        return {s.unit.code for s in self.whole.states if s.state == "conflict"}

    def _items(self, unit: Unit) -> Sequence[Item]:
        space, period = self.whole.space, self.whole.period
        corrected = {c["item"]: c for c in space.store.rows("score_corrections", unit.code, period.id)}
        return [Item(s, *self._worked(s, unit), corrected.get(s.id)) for s in space.plan.scoring]

    def _worked(self, score: Score, unit: Unit) -> tuple[Decimal | None, tuple[Why, ...]]:
        basis = BASES.get(score.basis)
        if basis is None:
            known = "、".join(BASES)
            return None, (Why(f"方案里的依据数据“{score.basis}”程序不认识，这一项没有计分；可以用的有：{known}"),)
        points, whys = basis(self, score, unit)
        kept = min(max(points, Decimal(0)), score.points).quantize(CENT, ROUND_HALF_UP)
        more = (Why(f"……另有{len(whys) - LONG_LIST}条"),) if len(whys) > LONG_LIST else ()
        return kept, (*whys[:LONG_LIST], *more)

    ## for papers

    def rows(self) -> list[dict[str, Value]]:
        """A row per unit for the ranking, the kinds of units together, the best first."""
        order = {kind: n for n, kind in enumerate(dict.fromkeys(u.kind for u in self.whole.units))}
        return [
            _row(r)
            for r in sorted(self.results, key=lambda r: (order[r.unit.kind], bool(r.apart), r.rank, r.unit.order))
        ]


def _row(r: Result) -> dict[str, Value]:
    changed = [f"{i.score.name}由{_said(i.worked)}改为{_said(i.points)}分：{i.correction['text']}"
               for i in r.items if i.correction]  # fmt: skip
    apart = [f"{r.apart}，不排名次"] if r.apart else []
    unknown = [f"{i.score.name}没有计分" for i in r.items if i.points is None]
    return {
        "id": r.unit.code, "unit_kind": r.unit.kind, "unit": r.unit.code, "rank": r.rank or None, "overall": r.overall or None,
        **{i.score.id: i.points for i in r.items}, "total": None if r.apart else r.total, "note": "；".join([*apart, *changed, *unknown]) or None,
    }  # fmt: skip


def _place(total: Decimal, all: Sequence[Decimal]) -> int:
    return 1 + sum(other > total for other in all)


def _said(points: Decimal | None) -> str:
    return "未计" if points is None else f"{points.normalize():f}"


def _costs(score: Score, word: str, verb: str = "扣") -> str:
    """What a word costs or brings; a plan that does not say so is told about."""
    rate = score.rate(word)
    return f"{verb}{_said(rate)}分" if rate is not None else f"方案的参数里没有写“{word}”{verb}几分，没有{verb}"


Worked = tuple[Decimal, list[Why]]


def _on_time(self: Scoring, score: Score, unit: Unit) -> Worked:
    """Full points, less so much for each period late or not reported."""
    lost, whys = Decimal(0), []
    for period, by_unit in self.history:
        state = by_unit[unit.code].state
        if state == "missing" and period.due >= self.today:
            continue  # there is still time
        if state in ("late", "missing"):
            lost += score.rate(STATES[state]) or 0
            whys.append(Why(f"{period.name}{STATES[state]}，{_costs(score, STATES[state])}"))
    if not self.history:
        whys.append(Why("还没有单位报过，没有扣分"))
    return score.points - lost, whys or [Why("各期都按时报送")]


def _reported(self: Scoring, unit: Unit) -> bool:
    return unit.code in self.whole.contexts


EMPTY = ("required", "empty_form")


def _complete(self: Scoring, score: Score, unit: Unit) -> Worked:
    """The share of must-cells that are filled; a form without a line and without 零报告 is one cell that is not."""
    if not _reported(self, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    ctx = self.whole.contexts[unit.code]
    forms = [f for f in self.whole.space.forms if f.expected(ctx)]
    asked = sum(1 + len(ctx.rows[f.name]) * sum(x.required for x in f.stored) for f in forms)
    gone = [f.problem for f in self.whole.findings[unit.code] if f.problem.code in EMPTY]
    whys = [Why(_where(self, p) + p.message, p.form, p.record, p.field) for p in gone]
    share = 1 - Decimal(len(gone)) / asked if asked else Decimal(1)
    return score.points * share, [Why(f"应填{asked}处，缺{len(gone)}处"), *whys]


def _where(self: Scoring, problem: Any) -> str:
    form = self.whole.space.form(problem.form)
    return f"{form.title}第{problem.row}行：" if problem.row else f"{form.title}："


def _quality(self: Scoring, score: Score, unit: Unit) -> Worked:
    """Full points, less so much for each problem of a strict level."""
    if not _reported(self, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    lost, whys = Decimal(0), []
    for f in self.whole.findings[unit.code]:
        p, level = f.problem, LEVELS[f.problem.level]
        if p.level in STRICT:
            lost += score.rate(level) or 0
            told = f"（已说明：{f.reason}）" if f.reason else ""
            text = f"{level}，{_costs(score, level)}：{_where(self, p)}{p.message}{told}"
            whys.append(Why(text, p.form, p.record, p.field))
    return score.points - lost, whys or [Why("没有强制、准强制问题")]


def _progress(self: Scoring, score: Score, unit: Unit) -> Worked:
    """Mean completion of the task lines to 序时进度; a line without a figure stands at nothing."""
    if not _reported(self, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    rows = self.whole.of_unit(TASKS, unit)
    expected = self.whole.expected
    if not rows or not expected:
        return score.points, [Why("没有承担任务，不扣分")]
    mean = sum((r["percent"] or Decimal(0) for r in rows), Decimal(0)) / len(rows)
    slow = sorted((r for r in rows if (r["percent"] or 0) < expected), key=lambda r: r["percent"] or Decimal(0))
    task = TASKS.bound(self.whole.space.plan).field("task").kind
    whys = [
        Why(f"{_said(r['percent'] or Decimal(0))}%：{task.show(r['task'])}", TASKS.name, r["id"], "percent")
        for r in slow
    ]
    head = Why(f"{len(rows)}行任务平均完成{mean.quantize(Decimal('0.1'))}%，序时进度{expected}%，慢于序时{len(slow)}行")
    return score.points * min(Decimal(1), mean / expected), [head, *whys]


def _obstacles(self: Scoring, score: Score, unit: Unit) -> Worked:
    """The share of obstacles closed in time, of those that are due or closed."""
    if not _reported(self, unit):
        return Decimal(0), [Why(NOTHING_CAME)]
    whole = self.whole
    rows = whole.of_unit(OBSTACLES, unit)
    asked = [r for r in rows if _closed(whole, r) or (r["due"] and r["due"] <= whole.period.end)]
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
    return whole.mark("obstacle_state", row["status"]) == "done"


def _publicity(self: Scoring, score: Score, unit: Unit) -> Worked:
    """So much for each piece, by the level of the medium."""
    level = PUBLICITY.bound(self.whole.space.plan).field("level").kind
    points, whys = Decimal(0), []
    for row in self.whole.of_unit(PUBLICITY, unit):
        word = level.show(row["level"])
        rate = score.rate(word) or Decimal(0)
        points += rate
        whys.append(
            Why(f"{word or '没有写级别'}，加{_said(rate)}分：{row['title'] or ''}", PUBLICITY.name, row["id"], "level")
        )
    return points, whys or [Why("本期没有宣传信息" if _reported(self, unit) else NOTHING_CAME)]


BASES: Mapping[str, Callable[[Scoring, Score, Unit], Worked]] = {
    "on_time": _on_time, "complete": _complete, "quality": _quality, "progress": _progress, "obstacles": _obstacles,
    "publicity": _publicity,
}  # fmt: skip


def correct(
    space: Workspace, unit: str, period: Period, score: Score, points: Decimal | None, text: str = ""
) -> list[Change]:
    """The change that puts other points in the place of those worked out, with the reason; None takes it back.
    Raises UserError.
    """
    id = record_id("score_corrections", unit, period.id, score.id)
    now = space.store.row("score_corrections", id)
    if points is None:
        return [Change("score_corrections", id, now, None)] if now else []
    if not 0 <= points <= score.points:
        raise UserError(
            f"“{score.name}”满分{_said(score.points)}分，不能改为{_said(points)}分；请填0到{_said(score.points)}的数"
        )
    if len(text.strip()) < SHORTEST_REASON:
        raise UserError(f"更正“{score.name}”要写明理由，至少{SHORTEST_REASON}个字")
    after = {"points": points.quantize(CENT), "text": text.strip()}
    if now:
        changed = {n: v for n, v in after.items() if now[n] != v}
        return [Change("score_corrections", id, {n: now[n] for n in changed}, changed)] if changed else []
    keys = {"id": id, "unit": unit, "period": period.id, "line": score.id, "position": 0, "item": score.id}
    return [Change("score_corrections", id, None, {**keys, **after})]
