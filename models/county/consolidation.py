"""汇总: the lines of all units that count (算数的行), and the figures computed from them per unit and per action."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from forms.county_papers import COUNTED
from forms.derive import share
from forms.field import Context, Meaning, Row
from forms.form import Form
from forms.indicators import INDICATORS
from forms.kind import Value
from forms.obstacles import OBSTACLES
from forms.pace import reference_day, row_pace
from forms.problem import STRICT
from forms.projects import PROJECTS
from forms.states import Mark, ReportState
from forms.tasks import TASKS
from models.county.aggregation import INDICATOR, TOTAL, CountedRow, aggregate
from models.county.corrections import NAME, Correction, corrected, corrections
from models.county.lamps import Lamp, lamp
from models.county.official_figures import counted_figures, official_figures
from models.county.unit_states import UnitState, states
from models.ledger.ledger import Ledger, Package, Standing
from models.plan.entries import Action, Period, Unit
from models.reporting.check import Finding, check
from models.workspace import Workspace

TENTH = Decimal("0.1")
ACTION, STATUS, DONE = (TASKS.means(m) for m in (Meaning.ACTION, Meaning.STATUS, Meaning.DONE))
PLANNED, SPENT = PROJECTS.means(Meaning.PLANNED), PROJECTS.means(Meaning.SPENT)


@dataclass(frozen=True)
class Consolidation:
    """One period over the units of a workspace: all of them (完全汇总), or those chosen by code in `only` (选择汇总);
    of all actions, or of one. A work team sees its own action only.
    """

    space: Workspace
    period: Period
    only: frozenset[str] = frozenset()
    action: str = ""

    def __post_init__(self) -> None:
        """The period is seen with the plan that was in force in it, whatever is in force today."""
        there = self.space.at(self.period)
        object.__setattr__(self, "space", there)
        object.__setattr__(self, "period", there.plan.period(self.period.id))

    @cached_property
    def ctx(self) -> Context:
        """The context of the period without a unit: plan and reference day."""
        return Context(self.space.plan, "", self.period, day=reference_day(self.period, self.space.today))

    @cached_property
    def actions(self) -> Sequence[Action]:
        """The actions that this consolidation is about."""
        mine = self.action or self.space.settings.get("action")
        return [a for a in self.space.plan.actions if mine in (None, "", a.id)]

    @cached_property
    def units(self) -> list[Unit]:
        """The units that it asks: those chosen, and of them those that have a task in the action."""
        found = [u for u in self.space.units if not self.only or u.code in self.only]
        if not self.action:
            return found
        return [u for u in found if any(t.action == self.action for t, _ in self.space.plan.tasks_of(u.code))]

    @cached_property
    def states(self) -> list[UnitState]:
        """The state of each of the units."""
        codes = {u.code for u in self.units}
        return [s for s in states(self.space, self.period) if s.unit.code in codes]

    @cached_property
    def contexts(self) -> dict[str, Context]:
        """By unit code the context of every unit that has reported, and just the lines that it reported."""
        found = {u.code: self._context(u) for u in self.units}
        came = {code: ctx for code, ctx in found.items() if code in self.sources or any(ctx.rows.values())}
        known = self._figures_of(came)
        return {code: replace(ctx, figures=known) for code, ctx in came.items()}

    @property
    def known_figures(self) -> Mapping[str, Decimal]:
        """By indicator the figure of all units that reported it, against which others are measured."""
        return next((ctx.figures for ctx in self.contexts.values()), {})

    def _figures_of(self, came: Mapping[str, Context]) -> dict[str, Decimal]:
        parts: dict[str, list[CountedRow]] = {}
        for unit in (u for u in self.units if u.code in came):
            for row in came[unit.code].rows.get(INDICATORS.name, ()):
                parts.setdefault(row[INDICATOR], []).append(CountedRow(INDICATORS, unit, row))
        found = {i: aggregate(self.space.plan, self.sources, entries, TOTAL) for i, entries in parts.items()}
        known = {i: figure for i, figure in found.items() if figure is not None}
        return {**known, **counted_figures(self.space.plan, self.official)}

    @cached_property
    def official(self) -> dict[str, Row]:
        """By indicator the official figure (官方数) of the period."""
        return official_figures(self.space, self.period)

    def _context(self, unit: Unit) -> Context:
        """The unit's context with the office's corrections and only the lines it reported: lines that the plan gives
        and the unit has not reported are not in it.
        """
        ctx = self.space.context(unit.code, self.period)
        stored = {f.name: {r["id"] for r in self._stored(unit, f)} for f in self.space.forms}
        rows = {n: [r for r in rows if r["id"] in stored[n]] for n, rows in ctx.rows.items()}
        return corrected(replace(ctx, rows=rows), self.corrections.get(unit.code, ()))

    @cached_property
    def corrections(self) -> dict[str, list[Correction]]:
        """By unit code the cells whose value is replaced by the office's own."""
        return {u.code: found for u in self.units if (found := self._corrections(u))}

    def _corrections(self, unit: Unit) -> list[Correction]:
        if not self.space.store.rows(NAME, unit.code, self.period.id):
            return []
        found = corrections(self.space, self.space.context(unit.code, self.period))
        return [c for c in found if c.holds]

    def corrected(self, e: CountedRow) -> list[Correction]:
        """The office's corrections in a line."""
        mine = self.corrections.get(e.unit.code, ())
        return [c for c in mine if c.place[:2] == (e.form.name, e.row["id"])]

    def _stored(self, unit: Unit, form: Form) -> Sequence[Row]:
        return self.space.store.rows(form.name, unit.code, self.period.id)

    @cached_property
    def sources(self) -> dict[str, Package]:
        """By unit code the submission from which its lines come."""
        ledger = Ledger(self.space.store)
        found = {u.code: _source(ledger.standing(u.code, self.period.id)) for u in self.units}
        return {code: package for code, package in found.items() if package}

    @cached_property
    def before(self) -> "Consolidation | None":
        """Last period over the units that have reported this one, and those whose tasks they took over, so that both can
        be compared; None in the first.
        """
        last = self.space.plan.period_before(self.period)
        if last is None or not self.contexts:
            return None
        moved = (codes for u in self.contexts for codes, _ in self.space.plan.moved_to(u, TASKS.name).values())
        return replace(self, period=last, only=frozenset(self.contexts).union(*moved))

    def of_action(self, action: str) -> "Consolidation":
        """The same period for one action only; what was read for all is not read again."""
        one = self._shared(action)
        if self.before and one.contexts:
            one.__dict__["before"] = self.before._shared(action)  # noqa: SLF001 - one of us
        return one

    def _shared(self, action: str) -> "Consolidation":
        one = replace(self, action=action)
        codes, read = {u.code for u in one.units}, self.__dict__
        for name in ("contexts", "corrections", "sources", "findings"):
            if name in read:
                one.__dict__[name] = {c: v for c, v in read[name].items() if c in codes}
        if "states" in read:
            one.__dict__["states"] = [s for s in self.states if s.unit.code in codes]
        return one

    ## lines

    @cached_property
    def entries(self) -> list[CountedRow]:
        """Every line that counts, form by form and unit by unit, in printing order."""
        return [
            CountedRow(form, unit, row)
            for form in self.space.forms
            for unit in self.units
            if unit.code in self.contexts
            for row in self._rows(form, self.contexts[unit.code])
        ]

    def _rows(self, form: Form, ctx: Context) -> list[dict[str, Value]]:
        wanted = {a.id for a in self.actions}
        rows = [form.complete(r, ctx) for r in ctx.rows[form.name]]
        return [r for r in rows if r.get("action") in wanted or not r.get("action")]

    def of(self, form: Form) -> list[CountedRow]:
        """The entries of one form."""
        return [e for e in self.entries if e.form.name == form.name]

    @cached_property
    def _by_unit(self) -> dict[tuple[str, str], list[Row]]:
        found: dict[tuple[str, str], list[Row]] = {}
        for e in self.entries:
            found.setdefault((e.form.name, e.unit.code), []).append(e.row)
        return found

    def of_unit(self, form: Form, unit: Unit) -> Sequence[Row]:
        """The complete lines of a form of one unit."""
        return self._by_unit.get((form.name, unit.code), ())

    def lines(self, form: Form) -> list[Row]:
        """The complete lines of a form over all units, unit by unit, each with its id."""
        return [e.row for e in self.of(form)]

    ## per unit

    def standings(self) -> list[dict[str, Value]]:
        """A row per unit for 报送情况, the kinds of units together."""
        open_ones = Counter(r["unit"] for r in self.open_obstacles())
        rows = [self._standing(s, open_ones) for s in self.states]
        order = {kind: n for n, kind in enumerate(dict.fromkeys(r["unit_kind"] for r in rows))}
        return sorted(rows, key=lambda r: order[r["unit_kind"]])

    def _standing(self, s: UnitState, open_ones: Counter[str]) -> dict[str, Value]:
        notes = ["两版相撞，" + ("暂按商定过的" if s.revision else "没有计入")] * (s.state == ReportState.CONFLICT)
        notes += [f"本办更正待定{s.contested}格"] * bool(s.contested)
        notes += ["方案版本旧"] * s.old_plan + ["未验证"] * (not s.verified)
        faults = [f for f in self.findings.get(s.unit.code, ()) if f.problem.level in STRICT]
        source = self.sources.get(s.unit.code)
        return {
            "id": s.unit.code, "unit_kind": s.unit.kind, "unit": s.unit.code, "state": s.state,
            "revision": Decimal(s.revision) if s.revision else None,
            "code": source.about.get("code") if source else None,
            "received": s.received[:16].replace("T", " ") or None,
            "findings": Decimal(len(faults)), "obstacles": Decimal(open_ones[s.unit.code]),
            "note": "、".join(notes) or None,
        }  # fmt: skip

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """By unit code the findings in the units' lines."""
        return {code: check(self.space, code, self.period, ctx) for code, ctx in self.contexts.items()}

    def open_obstacles(self) -> list[Row]:
        """Every 中梗阻 that is not closed, the highest level of coordination first."""
        levels = {o.id: -n for n, o in enumerate(self.space.plan.options("level"))}
        rows = [r for r in self.lines(OBSTACLES) if self.mark("obstacle_state", r["status"]) != Mark.DONE]
        return sorted(rows, key=lambda r: (levels.get(r["level"], 0), str(r["due"] or "")))

    def mark(self, of: str, id: Value) -> str:
        """The mark that the plan's list `of` gives to an option."""
        entry = self.space.plan.find(of, id or "")
        return entry.mark if entry else ""

    ## per action

    def progress(self) -> list[dict[str, Value]]:
        """A row per action: its task lines compared with last period, and the investment of its projects."""
        before = {r["id"]: r["percent"] for r in self.before.progress_now()} if self.before else {}
        return [{**row, "before": before.get(row["id"])} for row in self.progress_now()]

    def progress_now(self) -> list[dict[str, Value]]:
        """A row per action as in `progress`, without last period's figures."""
        parts = {a.id: [e for e in self.entries if e.row.get("action") == a.id] for a in self.actions}
        return [{"id": a.id, "action": a.id, **self.figures(parts[a.id])} for a in self.actions]

    def figures(self, entries: Sequence[CountedRow]) -> dict[str, Value]:
        """The figures of any set of lines: tasks by status of the plan, mean completion, the mean of the tasks' own 序时 and
        how far they are ahead of it (tasks without a due day have none), investment of projects.
        """
        tasks = [e.row for e in entries if e.form.name == TASKS.name]
        built = [e.row for e in entries if e.form.name == PROJECTS.name]
        counted = Counter(r[STATUS] for r in tasks)
        mean = average([r[DONE] for r in tasks])
        paced = [(r[DONE], p) for r in tasks if r[DONE] is not None and (p := row_pace(r, self.ctx)) is not None]
        planned, spent = added(r[PLANNED] for r in built), added(r[SPENT] for r in built)
        return {
            "lines": Decimal(len(tasks)),
            **{f"{COUNTED}{o.id}": Decimal(counted[o.id]) for o in self.space.plan.options("status")},
            "percent": mean,
            "expected": average([p for _, p in paced]) if mean is not None else self.expected,
            "lag": average([done - p for done, p in paced]),
            "projects": Decimal(len(built)),
            "plan": planned,
            "year_done": spent,
            "share": share(spent, planned),
        }

    def lamps(self) -> dict[str, dict[str, Lamp]]:
        """Unit code → action → the lamp of the unit's task lines. Units that have not reported, and actions in which a
        unit has no line, are not in it.
        """
        parts: dict[str, dict[str, list[tuple[str, Row]]]] = {code: {} for code in self.contexts}
        for e in self.of(TASKS):
            parts[e.unit.code].setdefault(e.row[ACTION], []).append((self.mark("status", e.row[STATUS]), e.row))
        made = {code: {a: lamp(self.space.plan, m) for a, m in mine.items()} for code, mine in parts.items()}
        return {code: {a: one for a, one in mine.items() if one} for code, mine in made.items()}

    @property
    def expected(self) -> Decimal:
        """序时进度 of the plan on the reference day, in percent."""
        return self.ctx.expected


def _source(stands: Standing) -> Package | None:
    """The submission that counts; after a conflict was settled cell by cell, with the version codes of all it was made
    of.
    """
    counts, decision = stands.counts, stands.decision
    if counts is None or decision is None or not decision.about.get("patch"):
        return counts
    heads = [p for p in stands.all if p.id in decision.ancestors]
    codes = "＋".join(str(h.about.get("code") or h.id[:8]) for h in heads)
    return replace(counts, about={**counts.about, "code": f"逐格选定：{codes}"})


def added(figures: Iterable[Value]) -> Decimal:
    """The sum of the figures that are given."""
    return sum((f for f in figures if f is not None), Decimal(0))


def average(figures: Sequence[Value]) -> Decimal | None:
    """The mean of the figures that are given, to a tenth; None where there is none."""
    given = [f for f in figures if f is not None]
    return (sum(given) / len(given)).quantize(TENTH) if given else None
