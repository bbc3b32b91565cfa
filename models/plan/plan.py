"""A plan year (方案): actions, indicators, tasks, units, assignments, periods and scoring, with the queries on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from forms import FORMS
from forms.dates import Day
from forms.field import PeriodLike
from forms.form import Form
from forms.kind import Option
from forms.parameters import Parameter
from forms.plan_tables import ALL_OF
from forms.states import Part
from models.errors import UserError
from models.plan.entries import (
    Action,
    Assignment,
    Dated,
    Indicator,
    Milestone,
    Period,
    Rule,
    Score,
    Sharing,
    Task,
    Unit,
    predecessors,
)  # fmt: skip
from models.plan.validity import CORRECTS, ids_in

LEAD = Part.LEAD
DATED = ("units", "tasks", "indicators", "assignments")  # entries with 起 and 止


@dataclass(frozen=True)
class Plan:
    """A plan year as read by models.plan.reader; `texts` are its files as read, `digest` their SHA-256."""

    about: Mapping[str, str]
    lists: Mapping[str, tuple[Option, ...]]
    choices: Mapping[str, tuple[Option, ...]]
    units: tuple[Unit, ...]
    actions: tuple[Action, ...]
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...]
    tasks: tuple[Task, ...]
    assignments: tuple[Assignment, ...]
    periods: tuple[Period, ...]
    scoring: tuple[Score, ...]
    milestones: tuple[Milestone, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)  # what the plan sets, by id
    texts: Mapping[str, str] = field(repr=False, default_factory=dict)
    digest: str = ""
    former: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)  # of earlier versions: can still be read

    @property
    def title(self) -> str:
        """The plan's full name."""
        return self.about["名称"]

    @property
    def year(self) -> int:
        """The plan's year."""
        return int(self.about["年度"])

    @property
    def version(self) -> str:
        """The version as people name it, such as 2024.1."""
        return self.about["版本"]

    @cached_property
    def start(self) -> date:
        """The plan's first day: 开始, otherwise 1 January of its year."""
        return self._day("开始", f"{self.year}-01-01")

    @cached_property
    def end(self) -> date:
        """The plan's last day: 结束, otherwise 31 December of its year."""
        return self._day("结束", f"{self.year}-12-31")

    def _day(self, key: str, otherwise: str) -> date:
        day: date = Day().parse(self.about.get(key) or otherwise)
        return day

    @property
    def corrects(self) -> tuple[str, ...]:
        """The ids of the earlier periods that this version corrects (勘误)."""
        return ids_in(self.about.get(CORRECTS, ""))

    def correction_note(self, period: PeriodLike) -> tuple[str, ...]:
        """The sentence for the papers of a period that this version corrects; () for any other."""
        return (f"勘误：本期按方案{self.version}版更正后的内容列出。",) if period.id in self.corrects else ()

    def at(self, period: Period) -> "Plan":
        """The plan with only what is valid on the last day of a period (起, 止); the plan itself where all is."""
        valid = {of: [e for e in all if self._is_valid(e, period.end)] for of, all in self._dated.items()}
        codes, tasks = {u.code for u in valid["units"]}, {t.id for t in valid["tasks"]}
        valid["assignments"] = [a for a in valid["assignments"] if a.unit in codes and a.task in tasks]
        if all(len(valid[of]) == len(all) for of, all in self._dated.items()):
            return self
        milestones = tuple(m for m in self.milestones if m.task in tasks)
        lists, former = dict(self.lists), dict(self.former)
        for of, kept in (("units", codes), ("tasks", tasks), ("indicators", {i.id for i in valid["indicators"]})):
            lists[of] = tuple(o for o in self.lists[of] if o.id in kept)
            former[of] = (*(o for o in self.lists[of] if o.id not in kept), *self.former.get(of, ()))
        dated: dict[str, Any] = {of: tuple(found) for of, found in valid.items()}
        return replace(self, lists=lists, former=former, milestones=milestones, **dated)

    @property
    def _dated(self) -> Mapping[str, Sequence[Any]]:
        return {of: getattr(self, of) for of in DATED}

    def _is_valid(self, entry: Dated, day: date) -> bool:
        since, until = self.find("periods", entry.since or ""), self.find("periods", entry.until or "")
        return (since is None or since.start <= day) and (until is None or day <= until.end)

    @cached_property
    def _moved(self) -> dict[tuple[str, str], dict[str, tuple[tuple[str, ...], tuple[str, ...]]]]:
        of_unit = {u.code: predecessors(u) for u in self.units}
        found: dict[tuple[str, str], dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {}
        parts = [("tasks", self.find("tasks", a.task), a.unit, predecessors(a)) for a in self.assignments]
        parts += [("indicators", i, i.lead, ()) for i in self.indicators]
        for of, entry, unit, named in parts:
            codes, ids = named or of_unit.get(unit, ()), predecessors(entry)
            if codes or ids:
                found.setdefault((unit, of), {})[entry.id] = codes or (unit,), (entry.id, *ids)
        return found

    def moved_to(self, unit: str, of: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
        """By task or indicator (`of`) of a unit that it had not, or not under this id, before: the codes of the units that
        had it, and the ids under which.
        """
        return self._moved.get((unit, of), {})

    @cached_property
    def _milestones(self) -> dict[str, list[Milestone]]:
        found: dict[str, list[Milestone]] = {}
        for m in sorted(self.milestones, key=lambda m: m.day):
            found.setdefault(m.task, []).append(m)
        return found

    def milestones_of(self, task: str) -> Sequence[Milestone]:
        """The 节点 of a task in the order of their days."""
        return self._milestones.get(task, ())

    def parameter(self, wanted: Parameter) -> Any:
        """The value that the plan sets for a parameter, or the program's own."""
        return self.parameters.get(wanted.id, wanted.value)

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        named: dict[str, Iterable[Any]] = {
            "actions": self.actions,
            "indicators": self.indicators,
            "tasks": self.tasks,
            "periods": self.periods,
            **self.choices,
        }
        found = {of: {e.id: e for e in entries} for of, entries in named.items()}
        return {**found, "units": {u.code: u for u in self.units}}

    def find(self, of: str, id: str) -> Any:
        """The entry of a list (actions, tasks, units, status …) with that id, or None."""
        return self._entries[of].get(id)

    def options(self, of: str) -> tuple[Option, ...]:
        """The options of a list."""
        return self.lists[of]

    @property
    def tags(self) -> tuple[Option, ...]:
        """The labels (标签) that the plan's tasks and indicators may have; () where its dictionary has none."""
        return self.choices.get("tag", ())

    def form(self, form: Form) -> Form:
        """The form bound to this plan year."""
        return form.bound(self)

    @cached_property
    def forms(self) -> tuple[Form, ...]:
        """The forms that this plan year asks for, bound to it, in printing order."""
        return tuple(self.form(f) for f in FORMS if f.of_year(self.year))

    @cached_property
    def _parts(self) -> dict[str, list[tuple[Task, str]]]:
        order = {t.id: n for n, t in enumerate(self.tasks)}
        parts: dict[str, list[tuple[Task, str]]] = {u.code: [] for u in self.units}
        for a in sorted(self.assignments, key=lambda a: order[a.task]):
            parts[a.unit].append((self.find("tasks", a.task), a.role))
        return parts

    def tasks_of(self, unit: str) -> Sequence[tuple[Task, str]]:
        """The unit's tasks in the plan's order, each with the unit's part in it."""
        return self._parts.get(unit, ())

    def indicators_of(self, unit: str) -> Sequence[Indicator]:
        """The indicators that the unit answers for."""
        return [i for i in self.indicators if i.lead == unit]

    def tasks_of_action(self, action: str) -> Sequence[Task]:
        """The tasks of an action in the plan's order."""
        return [t for t in self.tasks if t.action == action]

    @cached_property
    def _sharing(self) -> dict[str, Sharing]:
        return {t.id: self._sharing_of(t.id) for t in self.tasks}

    def _sharing_of(self, task: str) -> Sharing:
        mine = [a for a in self.assignments if a.task == task]
        return Sharing(
            tuple(self.find("units", a.unit).short for a in mine if a.role == LEAD),
            self._folded([a.unit for a in mine if a.role != LEAD]),
            all(a.confirmed for a in mine),
        )

    @cached_property
    def _confirmed(self) -> set[tuple[str, str]]:
        return {(a.task, a.unit) for a in self.assignments if a.confirmed}

    def is_confirmed(self, task: str, unit: str) -> bool:
        """Whether the plan or the office has confirmed the unit's part in the task."""
        return (task, unit) in self._confirmed

    def _folded(self, codes: Sequence[str]) -> tuple[str, ...]:
        """Short names; all units of a kind together become their group word."""
        left, words = list(codes), []
        for kind, word in ALL_OF.items():
            group = [u.code for u in self.units if u.kind == kind]
            if len(group) > 1 and set(group) <= set(left):
                left = [c for c in left if c not in group]
                words.append(word)
        return tuple([self.find("units", c).short for c in left] + words)

    def sharing(self, task: str) -> Sharing:
        """Who works on a task."""
        return self._sharing[task]

    def wording_of(self, indicator: str) -> str:
        """An indicator with its target in one short line."""
        found = self.find("indicators", indicator)
        return f"{found.name}：{found.wording}"

    def unit(self, word: str) -> Unit:
        """The unit of a code, full or short name, exactly; a near miss is refused with the candidates."""
        for u in self.units:
            if word in (u.code, u.name, u.short, u.signed):
                return u
        raise UserError("plan.no-such-unit", word=word, near=self._near(word))

    def _near(self, word: str) -> str:
        core = word.strip("县乡镇局委办 ") or word
        near = [f"{u.short}（{u.code}）" for u in self.units if core in u.name or core in u.short or u.short in word]
        return (
            f"您要找的是不是：{'、'.join(near[:6])}"
            if near
            else "请用单位代码、全称或简称；用 plan 命令可以看到全部单位"
        )

    def period(self, word: str) -> Period:
        """The period of an id or name, exactly."""
        for p in self.periods:
            if word in (p.id, p.name):
                return p
        raise UserError("plan.no-such-period", word=word, periods=self._period_ids)

    @property
    def _period_ids(self) -> str:
        """The ids of all periods for a sentence: of every kind the first and the last in order."""
        spans = []
        for kind in dict.fromkeys(p.kind for p in self.periods):
            ids = [p.id for p in sorted(self.periods, key=lambda p: p.start) if p.kind == kind]
            spans.append(ids[0] if len(ids) == 1 else f"{ids[0]} 到 {ids[-1]}")
        return "，".join(spans)

    def action(self, word: str) -> Action:
        """The action of an id or name, exactly."""
        for a in self.actions:
            if word in (a.id, a.name):
                return a
        raise UserError("plan.no-such-action", word=word, actions="、".join(f"{a.id} {a.name}" for a in self.actions))

    def current(self, today: date) -> Period:
        """The month that contains `today`, or the plan's nearest one."""
        months = [p for p in self.periods if p.monthly] or list(self.periods)
        inside = [p for p in months if p.start <= today <= p.end]
        if inside:
            return inside[0]
        return months[0] if today < months[0].start else months[-1]

    def period_before(self, period: Period) -> Period | None:
        """The last period of the same kind, or None for the first of the year."""
        same = [p for p in self.periods if p.kind == period.kind and p.end < period.start]
        return max(same, key=lambda p: p.end) if same else None
