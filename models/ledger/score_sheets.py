"""成绩单 at the unit: its scores as the newest receipt or hand-out brought them, and what it objects to (异议); it goes
out with the submission of the period in which it is written.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forms.field import Row
from forms.records import SCORE_LINES, SCORE_OBJECTIONS, SCORE_SHEETS
from forms.states import SHEET_STATES, SheetState
from models.errors import UserError
from models.ledger.county_acts import received
from models.plan.entries import Period
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = SCORE_OBJECTIONS.name
SHORTEST = 6


def short_day(day: date) -> str:
    """11月3日."""
    return f"{day.month}月{day.day}日"


def points_of(value: object) -> str:
    """Points as people read them; 未计 for None."""
    return "未计" if value is None else f"{value:f}"


def sheet_sentence(paper: Row) -> str:
    """A sheet in words: 得分83.30分，同类17家第9名；有异议的11月8日前提."""
    place = (
        f"同类{paper['among']}家第{paper['rank']}名" if paper["rank"] else f"{paper['unranked'] or '没有'}，不排名次"
    )
    fixed = paper["state"] == SheetState.FIXED
    end = "已经定分" if fixed else f"有异议的{short_day(paper['until'])}前提，随上报包报来"
    return f"得分{points_of(paper['total'])}分，{place}；{end}"


def whys_of(line: Row) -> list[str]:
    """The lines that explain an item's points."""
    return [str(w[0]) for w in json.loads(line["whys"] or "[]")]


@dataclass(frozen=True)
class ReceivedSheet:
    """A sheet with its items in the plan's order, and by item the unit's newest objection."""

    period: Period
    sheet: Row
    lines: Sequence[Row]
    objections: Mapping[str, Row]

    @property
    def state(self) -> SheetState:
        """The state as the unit knows it: OBJECTED once it objects to something that was not answered."""
        if self.sheet["state"] == SheetState.FIXED:
            return SheetState.FIXED
        answered = {r["item"] for r in self.lines if r["answered"]}
        return SheetState.OBJECTED if self.objections.keys() - answered else SheetState.ISSUED

    @property
    def word(self) -> str:
        """The state in words."""
        return SHEET_STATES[self.state]

    def may_object(self, today: date) -> bool:
        """Whether there is still time."""
        return self.state != SheetState.FIXED and today <= self.sheet["until"]


def received_sheets(space: Workspace, unit: str) -> list[ReceivedSheet]:
    """The sheets of a unit, the newest period first."""
    lines: dict[str, list[Row]] = {}
    for r in sorted(received(space.store, unit, SCORE_LINES), key=lambda r: r["position"]):
        lines.setdefault(r["period"], []).append(r)
    said: dict[str, dict[str, Row]] = {}
    for paper in sorted(space.store.of_unit(NAME, unit), key=lambda paper: (paper["day"], paper["period"])):
        said.setdefault(paper["about"], {})[paper["item"]] = paper
    found = [(space.plan.find("periods", r["period"]), r) for r in received(space.store, unit, SCORE_SHEETS)]
    made = [ReceivedSheet(p, r, lines.get(p.id, []), said.get(p.id, {})) for p, r in found if p]
    return sorted(made, key=lambda s: s.period.end, reverse=True)


def objection(
    space: Workspace, unit: str, period: Period, sheet: ReceivedSheet, paper: Row, text: str, today: date
) -> list[Change]:
    """The change that objects to an item of a sheet, in the submission of a period; an empty text takes the objection
    back. Raises UserError.
    """
    name, said = sheet.period.name, text.strip()
    if sheet.state == SheetState.FIXED:
        raise UserError("objection.fixed", period=name)
    if today > sheet.sheet["until"]:
        raise UserError("objection.late", period=name, until=short_day(sheet.sheet["until"]), today=short_day(today))
    if space.is_closed(period.id):
        raise UserError("objection.closed", period=period.name)
    id = record_id(NAME, unit, period.id, f"{sheet.period.id}/{paper['item']}")
    now = space.store.row(NAME, id)
    if not said:
        return [Change(NAME, id, now, None)] if now else []
    if len(said) < SHORTEST:
        raise UserError("objection.short", item=paper["name"], least=SHORTEST, count=len(said))
    after = {"name": paper["name"], "text": said, "day": today, "by": space.person or None}
    if now is None:
        keys = {
            "id": id, "unit": unit, "period": period.id, "line": f"{sheet.period.id}/{paper['item']}",
            "position": paper["position"], "about": sheet.period.id, "item": paper["item"],
        }  # fmt: skip
        return [Change(NAME, id, None, {**keys, **after})]
    changed = {n: v for n, v in after.items() if now[n] != v}
    return [Change(NAME, id, {n: now[n] for n in changed}, changed)] if changed else []
