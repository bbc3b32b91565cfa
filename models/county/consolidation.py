"""汇总: the lines of all units that count (算数的行), and the figures computed from them per unit and per action."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

from forms.county_papers import COUNTED, MEAN
from forms.derive import share
from forms.field import Context, Meaning, Row
from forms.form import Form
from forms.indicators import INDICATORS
from forms.kind import Value
from forms.obstacles import OBSTACLES
from forms.pace import reference_day, row_pace
from forms.problem import STRICT
from forms.projects import PROJECTS
from forms.tasks import TASKS
from models.county.aggregation import INDICATOR, TOTAL, CountedRow, added, aggregate, average, read_of, source_of
from models.county.confirmations import Confirmations
from models.county.corrections import NAME, Correction, corrected, corrections
from models.county.exclusions import exclusions
from models.county.figure_basis import RestsOn, basis_of
from models.county.lamps import Lamp, lamp
from models.county.obstacle_lines import EarlierObstacles, open_rows
from models.county.official_figures import counted_figures, official_figures
from models.county.unit_states import UnitState, states
from models.ledger.ledger import Ledger, Package
from models.plan.entries import Action, Period, Unit
from models.reporting.check import Finding, check
from models.workspace import Workspace

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
    excluded_too: bool = False  # for the scores, where the plan says so

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
        reported = {code for code, ctx in found.items() if code in self.sources or any(ctx.rows.values())}
        counted = reported - (set() if self.excluded_too else self.excluded.keys())
        came = {code: ctx for code, ctx in found.items() if code in counted}
        known = self._figures_of(came)
        return {code: replace(ctx, figures=known) for code, ctx in came.items()}

    @cached_property
    def excluded(self) -> dict[str, str]:
        """By unit code why the figures of a unit are left out (不计入)."""
        found = exclusions(self.space, self.period.id)
        return {u.code: found[u.code] for u in self.units if u.code in found}

    @cached_property
    def rests_on(self) -> RestsOn:
        """What the figures rest on."""
        strict = {c: [f for f in found if f.problem.level in STRICT] for c, found in self.findings.items()}
        failing = {c for c, found in strict.items() if any(not f.settled for f in found)}
        earlier = [e.unit for e in self.earlier_obstacles]
        return basis_of(self.units, self.states, self.contexts.keys(), failing, self.excluded.keys(), earlier)

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
        found = {u.code: source_of(ledger.standing(u.code, self.period.id)) for u in self.units}
        return {code: package for code, package in found.items() if package}

    @cached_property
    def before(self) -> "Consolidation | None":
        """Last period over the units that are in both (可比单位), so that both can be compared, with those whose tasks they
        took over; None where there are none.
        """
        last = self.space.plan.period_before(self.period)
        if last is None or not self.contexts:
            return None
        then = replace(self, period=last, only=frozenset(self.contexts).union(*map(self._predecessors, self.contexts)))
        return then._narrowed(only=frozenset(then.contexts)) if then.contexts else None  # noqa: SLF001 - one of us

    @cached_property
    def comparable(self) -> "Consolidation | None":
        """The same period over the units that are in last period too, to compare it with `before`."""
        if self.before is None:
            return None
        then = self.before.contexts.keys()
        return self._narrowed(only=frozenset(c for c in self.contexts if {c, *self._predecessors(c)} & then))

    def _predecessors(self, unit: str) -> set[str]:
        """The codes of the units whose tasks a unit took over."""
        return {code for codes, _ in self.space.plan.moved_to(unit, TASKS.name).values() for code in codes}

    def of_action(self, action: str) -> "Consolidation":
        """The same period for one action only; what was read for all is not read again."""
        one = self._narrowed(action=action)
        if self.before and one.contexts:
            one.__dict__["before"] = self.before._narrowed(action=action)  # noqa: SLF001 - one of us
        return one

    def _narrowed(self, **by: Any) -> "Consolidation":
        """The same over fewer units or one action; what was read is not read again."""
        one = replace(self, **by)
        one.__dict__.update(read_of(self.__dict__, {u.code for u in one.units}))
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

    @cached_property
    def findings(self) -> dict[str, list[Finding]]:
        """By unit code the findings in the units' lines."""
        return {code: check(self.space, code, self.period, ctx) for code, ctx in self.contexts.items()}

    def work_out(self) -> Iterator[str]:
        """Works `findings` out unit by unit, for work in slices; gives the codes. Nothing where they are known."""
        if "findings" not in self.__dict__:
            found: dict[str, list[Finding]] = {}
            for code, ctx in self.contexts.items():
                found[code] = check(self.space, code, self.period, ctx)
                yield code
            self.__dict__["findings"] = found

    @cached_property
    def earlier_obstacles(self) -> list[CountedRow]:
        """The obstacles of earlier periods that are still open and not in this period's reports."""
        return EarlierObstacles(self.space, self.period, self.units, self.contexts.keys()).all

    def open_obstacles(self) -> list[Row]:
        """Every 中梗阻 that is not struck off, the highest level of coordination first; those that a unit reported in an
        earlier period only have its id under EARLIER.
        """
        return open_rows(self.space, self.lines(OBSTACLES), self.earlier_obstacles)

    @cached_property
    def confirmations(self) -> Confirmations:
        """What the task lines ask of the county, and what counts of each line."""
        return Confirmations(self.space, self.period, self.of(TASKS))

    def pace(self, row: Row) -> Decimal | None:
        """序时 of a task line, until the due day that the county allowed; None where it has none."""
        return row_pace(row, self.ctx, self.confirmations.allowed_due(row))

    def percents(self, rows: Iterable[Row]) -> list[Value]:
        """The share done of each task line, without those that the county agreed to end."""
        return [r[DONE] for r in rows if not self.confirmations.is_ended(r)]

    def mark(self, of: str, id: Value) -> str:
        """The mark that the plan's list `of` gives to an option."""
        entry = self.space.plan.find(of, id or "")
        return entry.mark if entry else ""

    ## per action

    def progress(self) -> list[dict[str, Value]]:
        """A row per action: its task lines, `before` and `same` their mean in the last and in this period over the
        `comparable` units, which are in both, and the investment of its projects.
        """
        before = {r["id"]: r for r in self.before.progress_now()} if self.before else {}
        same = {r["id"]: r for r in self.comparable.progress_now()} if self.comparable else {}
        return [
            {
                **row,
                "before": before.get(row["id"], {}).get("percent"),
                "same": same.get(row["id"], {}).get("percent"),
                "comparable": before.get(row["id"], {}).get("units"),
            }
            for row in self.progress_now()
        ]

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
        proven = [r for r in tasks if not self.confirmations.is_unproven(r)]
        counted = Counter(r[STATUS] for r in proven)
        mean = average(self.percents(tasks))
        going_on = [r for r in tasks if r[DONE] is not None and not self.confirmations.is_ended(r)]
        paced = [(r[DONE], p) for r in going_on if (p := self.pace(r)) is not None]
        planned, spent = added(r[PLANNED] for r in built), added(r[SPENT] for r in built)
        return {
            "lines": Decimal(len(tasks)),
            "units": Decimal(len({r["unit"] for r in tasks})),
            **{f"{COUNTED}{o.id}": Decimal(counted[o.id]) for o in self.space.plan.options("status")},
            "unproven": Decimal(len(tasks) - len(proven)),
            "ended": Decimal(sum(map(self.confirmations.is_ended, tasks))),
            MEAN: mean,
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
            parts[e.unit.code].setdefault(e.row[ACTION], []).append((self.confirmations.mark(e.row), e.row))
        made = {code: {a: lamp(self.space.plan, m) for a, m in mine.items()} for code, mine in parts.items()}
        return {code: {a: one for a, one in mine.items() if one} for code, mine in made.items()}

    @property
    def expected(self) -> Decimal:
        """序时进度 of the plan on the reference day, in percent."""
        return self.ctx.expected
