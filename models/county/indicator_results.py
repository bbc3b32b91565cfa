"""按指标: one result for every indicator of the plan — what the units report of it, the official figure, and what
forms.verdict makes of the one that is judged.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from forms.cover import COVER
from forms.field import Meaning, Row
from forms.indicators import INDICATORS, judgement, rules
from forms.tasks import TASKS
from forms.verdict import BAD, TO_LOOK_AT, Figures, Judgement, Moment, Verdict, accumulates, judge
from models.county.aggregation import INDICATOR, TOTAL, CountedRow
from models.county.consolidation import Consolidation
from models.county.official_figures import counted_figures, differ, official_counts
from models.county.rollup import LAST_YEAR, counted_row, reported_figures
from models.ledger.ledger import VERIFIED, Package
from models.plan.entries import Action, Indicator, Task, Unit
from models.plan.plan import LEAD

ORDER = (*TO_LOOK_AT, Verdict.ON_COURSE, Verdict.REACHED, Verdict.WORDS)  # the worst first
REMARK, FORECAST = (INDICATORS.means(m) for m in (Meaning.REMARK, Meaning.FORECAST))
PERSON, PHONE = COVER.means(Meaning.CONTACT), COVER.means(Meaning.PHONE)
TASK, STATUS, DONE = (TASKS.means(m) for m in (Meaning.ENTRY, Meaning.STATUS, Meaning.DONE))


@dataclass(frozen=True)
class IndicatorResult:
    """One indicator in one period. `entries` are the units' lines about it, `reported` what they add up to as the plan
    says ({} where none came), `official` the record of its official figure (None without one), `judged` the figures
    that `judgement` is about: the units' or, where the plan says so, the official one. `lead` is the unit that answers.
    """

    indicator: Indicator
    lead: Unit
    entries: tuple[CountedRow, ...]
    reported: Row
    official: Row | None
    judged: Row
    judgement: Judgement
    outlook: Judgement | None = None  # of 全年预计, as if the year were over

    @property
    def verdict(self) -> Verdict:
        """What is made of the figure."""
        return self.judgement.verdict

    @property
    def bad(self) -> bool:
        """Whether it is behind, missed, or has happened though it must not."""
        return self.verdict in BAD

    @property
    def broken(self) -> bool:
        """Whether something happened that must not happen at all (杜绝)."""
        return self.verdict == Verdict.OCCURRED

    @property
    def total(self) -> Decimal | None:
        """累计: the figure that is judged."""
        return self.judged.get(TOTAL)

    @property
    def last_year(self) -> Decimal | None:
        """上年同期."""
        return self.judged.get(LAST_YEAR)

    @property
    def official_differs(self) -> bool:
        """Whether the official figure is another than the one the units report, rounded to the coarser."""
        reported = self.reported.get(TOTAL)
        if self.official is None or reported is None:
            return False
        return differ(self.indicator, reported, self.official["value"])

    @property
    def sentence(self) -> str:
        """What the units wrote about it: one sentence after the other, each with its unit where there are several."""
        given = [(e.unit.short, str(e.row[REMARK]).replace("\n", " ")) for e in self.entries if e.row.get(REMARK)]
        return "；".join(text if len(self.entries) == 1 else f"{unit}：{text}" for unit, text in given)


def indicator_results(consolidation: Consolidation) -> list[IndicatorResult]:
    """A result for each indicator of the consolidation's actions, in the plan's order."""
    parts: dict[str, list[CountedRow]] = {}
    for e in consolidation.of(INDICATORS):
        parts.setdefault(e.row[INDICATOR], []).append(e)
    wanted = {a.id for a in consolidation.actions}
    mine = [i for i in consolidation.space.plan.indicators if i.action in wanted]
    return [_result(consolidation, i, parts.get(i.id, ())) for i in mine]


def _result(consolidation: Consolidation, indicator: Indicator, entries: Sequence[CountedRow]) -> IndicatorResult:
    plan, official = consolidation.space.plan, consolidation.official
    counted = counted_figures(plan, official).get(indicator.id)
    judged = counted_row(consolidation, entries) if entries else {INDICATOR: indicator.id, TOTAL: counted}
    context = replace(consolidation.ctx, figures=consolidation.known_figures)
    found = judgement(judged, context)
    assert found is not None, indicator.id  # it is one of the plan's
    return IndicatorResult(
        indicator,
        plan.find("units", indicator.lead),
        tuple(entries),
        reported_figures(consolidation, entries) if entries else {},
        official.get(indicator.id),
        judged,
        found,
        _outlook(consolidation, indicator, judged),
    )


def _outlook(consolidation: Consolidation, indicator: Indicator, judged: Row) -> Judgement | None:
    """What would be made of 全年预计 at the year's end; None without one, or where that cannot be said yet."""
    forecast = judged.get(FORECAST)
    if forecast is None:
        return None
    if accumulates(indicator.nature) and judged.get(TOTAL) is not None:
        forecast = max(forecast, judged[TOTAL])  # what has happened cannot become less
    other = consolidation.known_figures.get(indicator.than or "")
    moment = Moment(Decimal(100), over=True)
    made = judge(indicator, Figures(forecast, None, other), moment, rules(consolidation.space.plan))
    return None if made.verdict in (Verdict.UNKNOWN, Verdict.WORDS) else made


def by_action(
    consolidation: Consolidation, results: Sequence[IndicatorResult]
) -> list[tuple[Action, list[IndicatorResult]]]:
    """The results of each action that has any."""
    parts = [(a, [r for r in results if r.indicator.action == a.id]) for a in consolidation.actions]
    return [(action, mine) for action, mine in parts if mine]


def worst_first(results: Sequence[IndicatorResult]) -> list[IndicatorResult]:
    """The results in the order of their verdicts, the worst first."""
    return sorted(results, key=lambda r: ORDER.index(r.verdict))


def headline(results: Sequence[IndicatorResult]) -> tuple[str, str]:
    """The decision in figures: the part on what must not have happened ("" where nothing did), and the rest."""
    count = Counter(r.verdict for r in results)
    good = count[Verdict.ON_COURSE] + count[Verdict.REACHED]
    parts = [
        (count[Verdict.FAILED], "项未达到"), (count[Verdict.BEHIND], "项滞后"), (good, "项正常或已达到"),
        (count[Verdict.UNKNOWN], "项无法判断"),
    ]  # fmt: skip
    broken = f"{count[Verdict.OCCURRED]}项杜绝的已经发生，" if count[Verdict.OCCURRED] else ""
    rest = "，".join(f"{n}{words}" for n, words in parts if n)
    return broken if rest else broken.removesuffix("，"), rest or ("" if broken else "没有定量指标")


def basis(consolidation: Consolidation) -> tuple[str, bool]:
    """What the figures rest on: how many units of how many, and which of them deserve a second look; and whether there
    is anything to look at.
    """
    asked = {i.lead for i in consolidation.space.plan.indicators}
    states = [s for s in consolidation.states if s.unit.code in asked]
    came = [s for s in states if s.unit.code in consolidation.contexts]
    unverified = sum(not s.verified for s in came)
    parts = [f"依据{len(came)}家牵头单位报的数"]
    parts += [f"差{len(states) - len(came)}家"] if len(came) < len(states) else []
    parts += [f"含未验证{unverified}家"] if unverified else []
    doubtful = len(parts) > 1
    parts += ["有官方数的按官方数判定"] if official_counts(consolidation.space.plan) else []
    return "，".join(parts), doubtful


@dataclass(frozen=True)
class Contact:
    """Whom to ask: a unit's 联络员 with telephone."""

    name: str
    phone: str


def contact(consolidation: Consolidation, unit: Unit) -> Contact | None:
    """The 联络员 that the unit named in 单位信息 this period; None where it has not."""
    reported = consolidation.contexts.get(unit.code)
    rows = reported.rows.get(COVER.name, ()) if reported else ()
    row = next((r for r in rows if r.get(PERSON)), None)
    return Contact(str(row[PERSON]), str(row.get(PHONE) or "")) if row else None


def source_words(unit: Unit, source: Package | None) -> str:
    """From which submission a unit's figures come."""
    if source is None:
        return f"{unit.short}还没有报"
    day = int(source.at[8:10]) if source.at[8:10].isdigit() else 0
    checked = "已验" if source.trust == VERIFIED else "未验证"
    return f"{unit.short} 第{source.revision}版，{checked}" + (f"，{day}日收到" if day else "")


@dataclass(frozen=True)
class CarryingTask:
    """A task by which an indicator is to be reached, with the mark and the completion that its lead reports."""

    task: Task
    leads: tuple[Unit, ...]
    mark: str
    percent: Decimal | None


def carrying_tasks(consolidation: Consolidation, indicator: Indicator) -> list[CarryingTask]:
    """The tasks that carry an indicator."""
    plan = consolidation.space.plan
    return [_carrying(consolidation, t) for t in plan.tasks if indicator.id in t.indicators]


def _carrying(consolidation: Consolidation, task: Task) -> CarryingTask:
    plan = consolidation.space.plan
    leads = tuple(plan.find("units", a.unit) for a in plan.assignments if a.task == task.id and a.role == LEAD)
    rows = [r for u in leads for r in consolidation.of_unit(TASKS, u) if r[TASK] == task.id]
    row = rows[0] if rows else None
    mark = consolidation.confirmations.mark(row) if row else ""
    return CarryingTask(task, leads, mark, row[DONE] if row else None)
