"""挂号督办: the obstacles of all units in one list: how many days each is open, who was asked to clear it, when it was
closed.

A unit reports; the office gives a number, names who is asked and until when, and closes the obstacle (销号). What the
office wrote is kept separate from the report, and goes back to the unit with the receipt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from forms.field import Row
from forms.form import Form
from forms.kind import Unreadable, Value
from forms.obstacles import OBSTACLES
from forms.pace import reference_day
from forms.records import DOCKET
from forms.states import FileKind, Mark, ObstacleState, Way
from models.county.aggregation import CountedRow
from models.county.consolidation import Consolidation
from models.county.obstacle_lines import EARLIER, is_solved, is_struck_off, paper_id
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.plan.entries import Period, Unit
from models.store.change import Change
from models.store.store import HistoryEntry as Written
from models.workspace import Workspace

NAME = DOCKET.name
OPEN, WORKING, CLOSED = ObstacleState.OPEN, ObstacleState.WORKING, ObstacleState.CLOSED
STATES: Mapping[str, str] = {OPEN: "未解决", WORKING: "协调中", CLOSED: "已销号"}
TO_CONFIRM = "单位报已解决，请核实后销号"
WEEK = 7
ORDERED = ("level", "asked", "due", "opinion")  # fields of the office that ask somebody to act


@dataclass(frozen=True)
class TrackedObstacle:
    """One obstacle of a unit. `since` is the day on which it was first reported, `days` how long it hung up to the end
    of the period (or until it was closed); `paper` what the office wrote ({} before it wrote anything); `beside` the
    other units that named the same task or project.
    """

    unit: Unit
    row: Row
    since: date
    days: int
    paper: Row
    state: str
    claimed: bool
    beside: tuple[Unit, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Unit and line: the same obstacle in every period."""
        return self.unit.code, self.row["line"]

    @property
    def earlier(self) -> str:
        """The id of the earlier period in which the unit last reported it; "" where this period's report has it (上期数)."""
        return self.row.get(EARLIER) or ""

    @property
    def level(self) -> Value:
        """The level that has to decide: the office's, otherwise the unit's."""
        return self.paper.get("level") or self.row["level"]

    @property
    def due(self) -> date | None:
        """The due day: the office's, otherwise the unit's."""
        due: date | None = self.paper.get("due") or self.row["due"]
        return due

    @property
    def beside_words(self) -> str:
        """The other units on the same thing, the first few by name."""
        names = "、".join(u.short for u in self.beside[:3])
        return names + (f"等{len(self.beside)}个单位" if len(self.beside) > 3 else "")

    @property
    def weeks(self) -> int:
        """How many weeks it has been open, a begun week counted; one box each."""
        return -(-self.days // WEEK)


@dataclass(frozen=True)
class ObstacleList:
    """The obstacles of a period; `today` ends the counting of days where the period is not over yet."""

    consolidation: Consolidation
    today: date

    @property
    def space(self) -> Workspace:
        """The workspace."""
        return self.consolidation.space

    @property
    def source(self) -> str:
        """The form in which units report them."""
        return OBSTACLES.name

    @cached_property
    def form(self) -> Form:
        """What the office writes, with the plan's options."""
        return DOCKET.bound(self.space.plan)

    @cached_property
    def all(self) -> list[TrackedObstacle]:
        """Every obstacle, those first that block several units, then by level, then by age."""
        entries = [
            *self.consolidation.of(self.consolidation.space.form(OBSTACLES.name)),
            *self.consolidation.earlier_obstacles,
        ]
        about: dict[str, list[Unit]] = {}
        for e in entries:
            if not is_solved(self.space, e.row):
                about.setdefault(_plain(e.row["about"]), []).append(e.unit)
        found = [self._tracked(e, about) for e in entries]
        levels = {o.id: -n for n, o in enumerate(self.space.plan.options("level"))}
        return sorted(found, key=lambda h: (h.state == CLOSED, -len(h.beside), levels.get(h.level, 0), -h.days))

    def _tracked(self, e: CountedRow, about: Mapping[str, Sequence[Unit]]) -> TrackedObstacle:
        paper = self.space.store.row(NAME, paper_id(e.unit.code, e.row["line"])) or {}
        claimed, since = is_solved(self.space, e.row), self._since(e)
        state = self._state(e.row, paper, claimed)
        last = (paper.get("closed") or e.row["closed"]) if state == CLOSED else None
        until = last or reference_day(self.consolidation.period, self.today)
        beside = [] if state == CLOSED else about.get(_plain(e.row["about"]), [])
        others = tuple(dict.fromkeys(u for u in beside if u != e.unit))
        return TrackedObstacle(e.unit, e.row, since, max((until - since).days, 0), paper, state, claimed, others)

    def _state(self, row: Row, paper: Row, claimed: bool) -> str:
        if is_struck_off(self.space, row, paper):
            return CLOSED
        begun = self.consolidation.mark("obstacle_state", row["status"]) == Mark.DOING
        return WORKING if begun or claimed or paper.get("asked") else OPEN

    def _since(self, e: CountedRow) -> date:
        """The day on which the first report with this line came, no later than the day on which it was due."""
        code, line = e.unit.code, e.row["line"]
        sql = f"SELECT DISTINCT period FROM [{OBSTACLES.name}] WHERE unit=? AND line=?"
        named = {r[0] for r in self.space.store.conn.execute(sql, (code, line))}
        first = min(
            (p for id, p in self.space.plans.periods().items() if id in named),  # of earlier years too
            key=lambda p: p.start,
            default=self.consolidation.period,
        )
        came = [p.came for p in Ledger(self.space.store).of(code, first.id, FileKind.SUBMISSION, Way.IN)]
        return min([first.due, *(datetime.fromisoformat(at).date() for at in came)])

    def find(self, key: tuple[str, str]) -> TrackedObstacle | None:
        """The obstacle of a unit and line, or None."""
        return next((h for h in self.all if h.key == key), None)

    ## what the office writes

    def assign_number(self, h: TrackedObstacle) -> list[Change]:
        """挂号: the next number."""
        numbers = [r["number"] or 0 for r in self.space.store.everything(NAME)]
        return [] if h.paper.get("number") else self.write(h, {"number": max(numbers, default=0) + 1})

    def write(self, h: TrackedObstacle, values: Mapping[str, Value]) -> list[Change]:
        """The change that writes the office's values for an obstacle."""
        id, values = paper_id(*h.key), {**values, "by": self.space.person or None}
        if not h.paper:
            keys = {"id": id, "unit": h.unit.code, "period": "", "line": h.row["line"], "position": 0}
            empty = {f.name: None for f in self.form.stored}
            return [Change(NAME, id, None, {**keys, **empty, **values})]
        changed = {n: v for n, v in values.items() if h.paper.get(n) != v}
        return [Change(NAME, id, {n: h.paper.get(n) for n in changed}, changed)] if changed else []

    def decide(self, h: TrackedObstacle, typed: Mapping[str, str]) -> list[Change]:
        """督办: level, who is asked, until when, and in what words, all as typed. It gets a number with it.
        Raises UserError.
        """
        values: dict[str, Value] = {}
        for name, text in typed.items():
            field = self.form.field(name)
            try:
                values[name] = field.parse(text, self.space.plan.year)
            except Unreadable as why:
                raise UserError("cell.unreadable", field=field.label, why=why) from None
        if not any(values.values()):
            raise UserError("obstacle.nothing-written")
        if not h.paper.get("number"):
            values["number"] = self.assign_number(h)[0].after["number"]  # type: ignore[index]
        return self.write(h, values)

    def close(self, h: TrackedObstacle, day: date) -> list[Change]:
        """销号 on a day. Raises UserError where that was before it came up."""
        if day < h.since:
            raise UserError("obstacle.closed-too-early", month=h.since.month, day=h.since.day)
        return self.write(h, {"closed": day})

    def reopen(self, h: TrackedObstacle) -> list[Change]:
        """The change that takes the closing (销号) back."""
        return self.write(h, {"closed": None})


def _plain(text: Value) -> str:
    """The text without spaces and marks, to compare names: two units rarely write the same name alike."""
    return "".join(c for c in text or "" if c.isalnum())


def _done(form: Form, entry: Written) -> str:
    """What the office did: its name, and what it ordered with it."""
    after = entry.after or {}
    said = [(f.label, f.kind.show(f.kind.read(after[f.name]))) for f in map(form.field, ORDERED) if after.get(f.name)]
    return "，".join([entry.label, *(f"{label}：{text}" for label, text in said)])


def steps(docket: ObstacleList, h: TrackedObstacle) -> list[tuple[date, str]]:
    """What happened to an obstacle, oldest first: how it came, what the unit wrote each period, what the office did."""
    space, found = docket.space, [(h.since, f"{h.unit.short}提出")]
    for period in space.plan.periods:
        rows = space.store.rows(OBSTACLES.name, h.unit.code, period.id)
        row = next((r for r in rows if r["line"] == h.row["line"]), None)
        if row and row["progress"]:
            found.append((min(period.due, docket.today), f"{period.name}报：{row['progress']}"))
    for entry in space.store.history(NAME, paper_id(*h.key)):
        found.append((datetime.fromisoformat(entry.at).date(), _done(docket.form, entry)))
    return sorted(found, key=lambda step: step[0])


def instructions(space: Workspace, unit: str, period: Period) -> list[dict[str, Any]]:
    """What the office wrote about the obstacles of a unit's period, in words for the receipt."""
    space = space.at(period)
    form, found = DOCKET.bound(space.plan), []
    rows = space.store.rows(OBSTACLES.name, unit, period.id)
    for n, row in enumerate(rows, 1):
        paper = space.store.row(NAME, paper_id(unit, row["line"]))
        if paper:
            told = [
                f"{f.label}：{f.kind.show(paper[f.name])}"
                for f in form.stored
                if f.name != "by" and paper[f.name] is not None
            ]
            about = {"row": n, "about": row["about"], "told": "，".join(told)}
            found.append({**about, "record": row["id"], "cells": _set_cells(form, paper)})
    return found


def _set_cells(form: Form, paper: Row) -> dict[str, list[str]]:
    """What the office set that the unit reports too, by field: canonical text, and as people read it."""
    both = [f for f in form.stored if OBSTACLES.find(f.name) and paper[f.name] is not None]
    return {f.name: [f.kind.write(paper[f.name]), f.kind.show(paper[f.name])] for f in both}
