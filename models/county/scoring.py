"""考核: points per unit by the plan's weights, each explained by lines; corrections by hand; ranking."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from forms.field import Row
from forms.kind import Value
from forms.parameters import EXCLUDED_SCORES
from forms.states import Part, ReportState, SheetState
from models.county.exclusions import WORD
from models.county.score_bases import BASES
from models.county.score_inputs import ScoreInputs, Why, points_text
from models.county.score_sheets import ScoreSheets, whys_of
from models.county.unit_states import STATES
from models.errors import UserError
from models.plan.entries import Period, Score, Unit
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

CENT = Decimal("0.01")
SHORTEST_REASON = 6
SCORED, UNSCORED, NO_POINTS = "yes", "no", "zero"  # what a plan may say of units whose figures are left out
LONG_LIST = 30  # lines of explanation of one item


@dataclass(frozen=True)
class ItemScore:
    """The points of one line of the scoring table: as worked out, as corrected (None if not), and why. `worked` is
    None where the program does not know what the points are worked out from: then the item does not count.
    """

    score: Score
    worked: Decimal | None
    whys: tuple[Why, ...]
    correction: Row | None = None

    @property
    def points(self) -> Decimal | None:
        """The points that count: the corrected ones, otherwise the computed ones; None where neither is known."""
        return self.correction["points"] if self.correction else self.worked


@dataclass(frozen=True)
class UnitScore:
    """A unit's scores, its place among its kind, and among all; 0 where it has none, and `unranked` says why: 未报, 冲突 or
    不计入. `lead` and `support` are the numbers of its tasks.
    """

    unit: Unit
    items: tuple[ItemScore, ...]
    rank: int = 0
    overall: int = 0
    unranked: str = ""
    lead: int = 0
    support: int = 0

    @property
    def total(self) -> Decimal:
        """All points that count."""
        return sum((i.points for i in self.items if i.points is not None), Decimal(0))


@dataclass(frozen=True)
class Scoring(ScoreInputs):
    """The scores of a period (考核得分)."""

    @cached_property
    def results(self) -> list[UnitScore]:
        """Every unit, the best first; units with equal points share a place, and the next one is left out. Units of
        which nothing counts, or two reports are in conflict, have no place and come last.
        """
        found = [self._scored(u) for u in self.whole.units]
        placed, rest = [r for r in found if not r.unranked], [r for r in found if r.unranked]
        totals = [r.total for r in placed]
        by_kind = {k: [r.total for r in placed if r.unit.kind == k] for k in {r.unit.kind for r in placed}}
        ranked = [replace(r, rank=place(r.total, by_kind[r.unit.kind]), overall=place(r.total, totals)) for r in placed]
        return sorted(ranked, key=lambda r: (r.overall, r.unit.order)) + rest

    def _scored(self, unit: Unit) -> UnitScore:
        parts = [part for _, part in self.whole.space.plan.tasks_of(unit.code)]
        lead = sum(part == Part.LEAD for part in parts)
        return UnitScore(
            unit, tuple(self._items(unit)), unranked=self._unranked(unit), lead=lead, support=len(parts) - lead
        )

    @cached_property
    def by_unit(self) -> dict[str, UnitScore]:
        """The results by unit code."""
        return {r.unit.code: r for r in self.results}

    def of_kind(self, kind: str) -> list[UnitScore]:
        """The units of one kind, the best first; those without a place last."""
        mine = [r for r in self.results if r.unit.kind == kind]
        return sorted(mine, key=lambda r: (bool(r.unranked), r.rank, r.unit.order))

    @cached_property
    def _of_excluded(self) -> str:
        """How the plan scores a unit whose figures are left out: yes, no or zero."""
        return str(self.whole.space.plan.parameter(EXCLUDED_SCORES))

    @cached_property
    def _with_excluded(self) -> "Scoring":
        return Scoring(replace(self.whole, excluded_too=True), self.today)

    @cached_property
    def sheets(self) -> ScoreSheets:
        """What was given out of these scores."""
        return ScoreSheets(self.whole.space, self.whole.period)

    @cached_property
    def is_fixed(self) -> bool:
        """Whether every unit's score is fixed, so that no line of the period is read again."""
        return all(self.sheets.of(u).state == SheetState.FIXED for u in self.whole.units)

    def among(self, result: UnitScore) -> int:
        """How many units of its kind have a place."""
        return sum(r.unit.kind == result.unit.kind and not r.unranked for r in self.results)

    def _unranked(self, unit: Unit) -> str:
        """Why a unit has no place in the ranking; "" where it has one. Once it is fixed, it stays."""
        sheet = self.sheets.of(unit)
        if sheet.state == SheetState.FIXED:
            return str(sheet.row["unranked"] or "")
        if unit.code in self.whole.excluded and not self.whole.excluded_too:
            return WORD if self._of_excluded == UNSCORED else ""
        if unit.code in self._conflicts:
            return STATES[ReportState.CONFLICT]
        return "" if unit.code in self.whole.contexts else STATES[ReportState.MISSING]

    @cached_property
    def _conflicts(self) -> set[str]:
        return {s.unit.code for s in self.whole.states if s.state == ReportState.CONFLICT}

    def _items(self, unit: Unit) -> Sequence[ItemScore]:
        space, period = self.whole.space, self.whole.period
        corrected = {c["item"]: c for c in space.store.rows("score_corrections", unit.code, period.id)}
        return [ItemScore(s, *self._worked(s, unit), corrected.get(s.id)) for s in space.plan.scoring]

    def _worked(self, score: Score, unit: Unit) -> tuple[Decimal | None, tuple[Why, ...]]:
        """The points of an item and why: those given out where a sheet was, whatever came later."""
        sheet = self.sheets.of(unit)
        if sheet.row:
            line = sheet.line(score.id)
            gone = (Why("发出的成绩单里没有这一项，没有计分"),)
            return (line["worked"], whys_of(line)) if line else (None, gone)
        if unit.code in self.whole.excluded and not self.whole.excluded_too:
            if self._of_excluded == SCORED:
                return self._with_excluded._worked(score, unit)  # noqa: SLF001 - one of us
            why = Why(f"{WORD}：{self.whole.excluded[unit.code]}")
            return (Decimal(0) if self._of_excluded == NO_POINTS else None), (why,)
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
            for r in sorted(self.results, key=lambda r: (order[r.unit.kind], bool(r.unranked), r.rank, r.unit.order))
        ]


def _row(r: UnitScore) -> dict[str, Value]:
    changed = [f"{i.score.name}由{points_text(i.worked)}改为{points_text(i.points)}分：{i.correction['text']}"
               for i in r.items if i.correction]  # fmt: skip
    apart = [f"{r.unranked}，不排名次"] if r.unranked else []
    unknown = [f"{i.score.name}没有计分" for i in r.items if i.points is None]
    return {
        "id": r.unit.code, "unit_kind": r.unit.kind, "unit": r.unit.code, "rank": r.rank or None,
        "lead": Decimal(r.lead), "support": Decimal(r.support),
        **{i.score.id: i.points for i in r.items}, "total": None if r.unranked else r.total, "note": "；".join([*apart, *changed, *unknown]) or None,
    }  # fmt: skip


def place(total: Decimal, all: Sequence[Decimal]) -> int:
    """The place of a total among all; equal ones share a place."""
    return 1 + sum(other > total for other in all)


def correct(
    space: Workspace,
    unit: str,
    period: Period,
    score: Score,
    points: Decimal | None,
    text: str = "",
    worked: Decimal | None = None,
) -> list[Change]:
    """The change that puts other points in the place of those `worked` out (None: not known), with the reason; None
    takes it back. Raises UserError.
    """
    id = record_id("score_corrections", unit, period.id, score.id)
    now = space.store.row("score_corrections", id)
    _not_fixed(space, unit, period)
    if points is None:
        return [Change("score_corrections", id, now, None)] if now else []
    if not 0 <= points <= score.points:
        raise UserError("score.above-most", item=score.name, most=points_text(score.points), points=points_text(points))
    if points == worked and not now:
        raise UserError("score.same-points", item=score.name, points=points_text(points))
    if len(text.strip()) < SHORTEST_REASON:
        raise UserError("score.no-reason", item=score.name, shortest=SHORTEST_REASON)
    after = {"points": points.quantize(CENT), "text": text.strip()}
    if now:
        changed = {n: v for n, v in after.items() if now[n] != v}
        return [Change("score_corrections", id, {n: now[n] for n in changed}, changed)] if changed else []
    keys = {"id": id, "unit": unit, "period": period.id, "line": score.id, "position": 0, "item": score.id}
    return [Change("score_corrections", id, None, {**keys, **after})]


def _not_fixed(space: Workspace, unit: str, period: Period) -> None:
    found = space.at(period).plan.find("units", unit)
    if found and ScoreSheets(space, period).of(found).state == SheetState.FIXED:
        raise UserError("score.fixed-correction", unit=found.short, period=period.name)
