"""汇总: the lines of all units that count, and what follows from them per unit and per action."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from forms.form import Context, Form, Row
from forms.kind import Value
from forms.problem import STRICT
from models.checking import check
from models.county import State, states
from models.entries import Action, Period, Unit
from models.workspace import Workspace

MARKS = ("done", "doing", "warn", "late", "idle")


@dataclass(frozen=True)
class Consolidation:
    """One period over all units of a workspace; a work team sees the lines of its own action only."""

    space: Workspace
    period: Period

    @cached_property
    def states(self) -> list[State]:
        """Where every unit stands."""
        return states(self.space, self.period)

    @cached_property
    def contexts(self) -> list[tuple[Unit, Context]]:
        """Every unit of which lines are there."""
        found = [(u, self.space.context(u.code, self.period)) for u in self.space.units]
        return [(u, ctx) for u, ctx in found if any(self._stored(u, f) for f in self.space.forms)]

    def _stored(self, unit: Unit, form: Form) -> bool:
        return bool(self.space.store.rows(form.name, unit.code, self.period.id))

    @property
    def actions(self) -> Sequence[Action]:
        """The actions that this workspace answers for."""
        mine = self.space.settings.get("action")
        return [a for a in self.space.plan.actions if mine in (None, a.id)]

    def lines(self, form: Form) -> list[dict[str, Value]]:
        """The complete lines of a form over all units, unit by unit, each with its id."""
        wanted = {a.id for a in self.actions}
        rows = [form.complete(r, ctx) for u, ctx in self.contexts for r in ctx.rows[form.name]]
        return [r for r in rows if r.get("action") in wanted or not r.get("action")]

    ## per unit

    def standings(self) -> list[dict[str, Value]]:
        """A row per unit for 报送情况, the kinds of units together."""
        open_ones, faults = self._open_obstacles(), self._faults()
        rows = [self._standing(s, open_ones, faults) for s in self.states]
        order = {kind: n for n, kind in enumerate(dict.fromkeys(r["unit_kind"] for r in rows))}
        return sorted(rows, key=lambda r: order[r["unit_kind"]])

    def _standing(self, s: State, open_ones: dict[str, int], faults: dict[str, int]) -> dict[str, Value]:
        notes = ["方案版本旧"] * s.old_plan + ["未验证"] * (not s.verified)
        return {
            "id": s.unit.code, "unit_kind": s.unit.kind, "unit": s.unit.code, "state": s.state,
            "revision": Decimal(s.revision) if s.revision else None,
            "received": s.received[:16].replace("T", " ") or None,
            "findings": Decimal(faults.get(s.unit.code, 0)), "obstacles": Decimal(open_ones.get(s.unit.code, 0)),
            "note": "、".join(notes) or None,
        }  # fmt: skip

    def _faults(self) -> dict[str, int]:
        return {
            u.code: sum(f.problem.level in STRICT for f in check(self.space, u.code, self.period, ctx))
            for u, ctx in self.contexts
        }

    def _open_obstacles(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for row in self.open_obstacles():
            counts[row["unit"]] = counts.get(row["unit"], 0) + 1
        return counts

    def open_obstacles(self) -> list[dict[str, Value]]:
        """Every 中梗阻 that is not closed, the highest level of coordination first."""
        form = self.space.form("obstacles")
        levels = {o.id: -n for n, o in enumerate(self.space.plan.options("level"))}
        rows = [r for r in self.lines(form) if self._mark("obstacle_state", r["status"]) != "done"]
        return sorted(rows, key=lambda r: (levels.get(r["level"], 0), str(r["due"] or "")))

    def _mark(self, of: str, id: Value) -> str:
        entry = self.space.plan.find(of, id or "")
        return entry.mark if entry else ""

    ## per action

    def progress(self) -> list[dict[str, Value]]:
        """A row per action: how its task lines stand, and the investment of its projects."""
        tasks, projects = self.lines(self.space.form("tasks")), self.lines(self.space.form("projects"))
        return [dict(self._action(a, tasks, projects)) for a in self.actions]

    def _action(self, action: Action, tasks: Sequence[Row], projects: Sequence[Row]) -> Iterator[tuple[str, Value]]:
        mine = [r for r in tasks if r["action"] == action.id]
        built = [r for r in projects if r["action"] == action.id]
        yield from (("id", action.id), ("action", action.id), ("lines", Decimal(len(mine))))
        marks = [self._mark("status", r["status"]) for r in mine]
        yield from ((mark, Decimal(marks.count(mark))) for mark in MARKS)
        given = [r["percent"] for r in mine if r["percent"] is not None]
        mean = (sum(given) / len(given)).quantize(Decimal("0.1")) if given else None
        yield "percent", mean
        yield "lag", mean - self.expected if mean is not None else None
        yield "projects", Decimal(len(built))
        for name in ("plan", "year_done"):
            yield name, sum((r[name] for r in built if r[name] is not None), Decimal(0))

    @property
    def expected(self) -> Decimal:
        """序时进度 of the period, in percent."""
        return Context(self.space.plan, "", self.period).expected
