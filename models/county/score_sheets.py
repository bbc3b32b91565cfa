"""成绩单 at the county: what was given out of a unit's scores. From then on the points are those of the sheet, whatever data
comes later; a correction still counts till the score is fixed. 试算 → 已发 → 有异议 → 已定.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from forms.field import Row
from forms.parameters import OBJECTION_DAYS
from forms.records import SCORE_LINES, SCORE_OBJECTIONS, SCORE_SHEETS
from forms.states import SHEET_STATES, SheetState
from models.county.score_inputs import Why
from models.errors import UserError
from models.plan.entries import Period, Unit
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

SHEETS, LINES = SCORE_SHEETS.name, SCORE_LINES.name
SHORTEST = 6


@dataclass(frozen=True)
class Objection:
    """What a unit objects to in an item, and the county's answer; "" while there is none. `late` says that it was written
    after the last day for it.
    """

    paper: Row
    answer: str
    late: bool

    @property
    def item(self) -> str:
        """The id of the item."""
        return str(self.paper["item"])


@dataclass(frozen=True)
class ScoreSheet:
    """A unit's sheet of a period: `row` and `lines` as given out, {} and () while the scores are 试算."""

    unit: Unit
    period: Period
    row: Row
    lines: Sequence[Row]
    objections: Sequence[Objection]

    @property
    def open_objections(self) -> list[Objection]:
        """The objections that wait for an answer."""
        return [o for o in self.objections if not o.answer]

    @property
    def state(self) -> SheetState:
        """How far the sheet is."""
        if not self.row:
            return SheetState.DRAFT
        if self.row["state"] == SheetState.FIXED:
            return SheetState.FIXED
        return SheetState.OBJECTED if self.open_objections else SheetState.ISSUED

    @property
    def word(self) -> str:
        """The state in words."""
        return SHEET_STATES[self.state]

    def line(self, item: str) -> Row | None:
        """The line of an item, or None."""
        return next((r for r in self.lines if r["item"] == item), None)


def whys_of(line: Row) -> tuple[Why, ...]:
    """The lines that explain an item's points."""
    return tuple(Why(*w) for w in json.loads(line["whys"] or "[]"))


@dataclass(frozen=True)
class ScoreSheets:
    """The sheets of a period."""

    space: Workspace
    period: Period

    @cached_property
    def _rows(self) -> Mapping[str, Row]:
        return {r["unit"]: r for r in self.space.store.everything(SHEETS) if r["period"] == self.period.id}

    @cached_property
    def _lines(self) -> Mapping[str, list[Row]]:
        found: dict[str, list[Row]] = {}
        for r in self.space.store.everything(LINES):
            if r["period"] == self.period.id:
                found.setdefault(r["unit"], []).append(r)
        return {u: sorted(rows, key=lambda r: r["position"]) for u, rows in found.items()}

    @cached_property
    def _objections(self) -> Mapping[str, dict[str, Row]]:
        rows = [
            paper for paper in self.space.store.everything(SCORE_OBJECTIONS.name) if paper["about"] == self.period.id
        ]
        found: dict[str, dict[str, Row]] = {}
        for paper in sorted(rows, key=lambda paper: (paper["day"], paper["period"])):
            found.setdefault(paper["unit"], {})[paper["item"]] = paper
        return found

    def of(self, unit: Unit) -> ScoreSheet:
        """The sheet of a unit."""
        row, lines = self._rows.get(unit.code, {}), self._lines.get(unit.code, [])
        paper = self._objections.get(unit.code, {}).values() if row else ()
        return ScoreSheet(unit, self.period, row, lines, [self._objection(r, row, lines) for r in paper])

    @staticmethod
    def _objection(paper: Row, sheet: Row, lines: Sequence[Row]) -> Objection:
        line = next((r for r in lines if r["item"] == paper["item"]), {})
        answered = line.get("objection") == paper["text"]  # another text is another objection
        return Objection(paper, str(line.get("answer") or "") if answered else "", paper["day"] > sheet["until"])

    ## what the county does

    def take_back(self, sheet: ScoreSheet) -> list[Change]:
        """The changes that make the scores 试算 again. Raises UserError where they are fixed."""
        if sheet.state == SheetState.FIXED:
            raise UserError("score.fixed-sheet", unit=sheet.unit.short, period=self.period.name)
        gone = [(LINES, r) for r in sheet.lines] + ([(SHEETS, sheet.row)] if sheet.row else [])
        return [Change(form, r["id"], r, None) for form, r in gone]

    def answer(self, sheet: ScoreSheet, objection: Objection, text: str, day: date) -> list[Change]:
        """The change that answers an objection; other points are given by a correction. Raises UserError."""
        line = sheet.line(objection.item)
        if line is None or sheet.state == SheetState.FIXED:
            raise UserError("score.fixed-answer", unit=sheet.unit.short, period=self.period.name)
        if len(text.strip()) < SHORTEST:
            raise UserError("score.short-answer", least=SHORTEST, count=len(text.strip()))
        after = {"objection": objection.paper["text"], "answer": text.strip(), "answered": day}
        return [Change(LINES, line["id"], {n: line[n] for n in after}, after)]

    def not_yet(self, sheet: ScoreSheet, today: date) -> UserError | None:
        """Why a score cannot be fixed yet; None where it can: nobody objected in time, or every objection is answered."""
        unit, period = sheet.unit.short, self.period.name
        if sheet.state == SheetState.DRAFT:
            return UserError("score.not-issued", unit=unit, period=period)
        if sheet.state == SheetState.FIXED:
            return UserError("score.fixed", unit=unit, period=period)
        if sheet.open_objections:
            return UserError("score.not-answered", unit=unit, period=period, count=len(sheet.open_objections))
        if not sheet.objections and today <= sheet.row["until"]:
            until = f"{sheet.row['until'].month}月{sheet.row['until'].day}日"
            return UserError("score.days-left", unit=unit, period=period, until=until)
        return None

    def until(self, day: date) -> date:
        """The last day for objections to sheets given out on a day."""
        return day + timedelta(days=int(self.space.plan.parameter(OBJECTION_DAYS)))

    def id_of(self, unit: str, item: str = "") -> str:
        """The id of a sheet's record, or of one of its lines."""
        return record_id(LINES if item else SHEETS, unit, self.period.id, item or "sheet")
