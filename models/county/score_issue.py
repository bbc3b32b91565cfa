"""发成绩单 and 定分: the changes that give out a unit's scores and those that fix them, with the points of that moment."""

import json
from collections.abc import Sequence
from datetime import date

from forms.field import Row
from forms.states import SheetState
from models.county.score_sheets import LINES, SHEETS, ScoreSheets
from models.county.scoring import ItemScore, Scoring, UnitScore
from models.errors import UserError
from models.store.change import Change


def issue(scoring: Scoring, results: Sequence[UnitScore], day: date) -> list[Change]:
    """The changes that give out the scores of these units, of those that were not given out yet. Raises UserError where
    there are none, or the period is not due yet.
    """
    sheets = scoring.sheets
    fresh = [r for r in results if sheets.of(r.unit).state == SheetState.DRAFT]
    period = scoring.whole.period
    if day <= period.due:
        raise UserError("score.before-due", period=period.name, due=f"{period.due.month}月{period.due.day}日")
    if not fresh:
        raise UserError("score.all-issued", period=period.name)
    return [c for r in fresh for c in _issued(sheets, r, scoring.among(r), day)]


def _issued(sheets: ScoreSheets, r: UnitScore, among: int, day: date) -> list[Change]:
    space, period = sheets.space, sheets.period
    keys = {"unit": r.unit.code, "period": period.id}
    values = {
        "state": str(SheetState.ISSUED),
        **_summary(r, among),
        "day": day,
        "until": sheets.until(day),
        "fixed": None,
    }
    sheet: Row = {
        "id": sheets.id_of(r.unit.code), **keys, "line": "sheet", "position": 0, **values, "by": space.person or None,
    }  # fmt: skip
    lines = [
        {
            "id": sheets.id_of(r.unit.code, i.score.id), **keys, "line": i.score.id, "position": n * 10,
            **_line(i), "objection": None, "answer": None, "answered": None,
        }
        for n, i in enumerate(r.items, 1)
    ]  # fmt: skip
    return [Change(SHEETS, sheet["id"], None, sheet), *(Change(LINES, str(x["id"]), None, x) for x in lines)]


def _summary(r: UnitScore, among: int) -> Row:
    total = None if all(i.points is None for i in r.items) else r.total
    return {"total": total, "rank": r.rank or None, "among": among, "unranked": r.unranked or None}


def _line(i: ItemScore) -> Row:
    texts = [[w.text, w.form, w.record, w.field] for w in i.whys]
    return {
        "item": i.score.id, "name": i.score.name, "full": i.score.points, "worked": i.worked, "points": i.points,
        "whys": json.dumps(texts, ensure_ascii=False),
    }  # fmt: skip


def fix(scoring: Scoring, results: Sequence[UnitScore], today: date) -> list[Change]:
    """The changes that fix the scores of those of these units where it may be done, with their points of now. Raises
    UserError where it may for none.
    """
    sheets = scoring.sheets
    why = [(r, sheets.not_yet(sheets.of(r.unit), today)) for r in results]
    ready = [r for r, error in why if error is None]
    first = next((error for _, error in why if error is not None), None)
    if not ready and first is not None:
        raise first
    return [c for r in ready for c in _fixed(sheets, r, scoring.among(r), today)]


def _fixed(sheets: ScoreSheets, r: UnitScore, among: int, today: date) -> list[Change]:
    sheet = sheets.of(r.unit)
    after = {"state": str(SheetState.FIXED), **_summary(r, among), "fixed": today}
    points = {i.score.id: i.points for i in r.items}
    lines = [(x, {"points": points[x["item"]]}) for x in sheet.lines if x["item"] in points]
    return [
        _changed(SHEETS, sheet.row, after),
        *(_changed(LINES, x, new) for x, new in lines if x["points"] != new["points"]),
    ]


def _changed(form: str, now: Row, after: Row) -> Change:
    changed = {n: v for n, v in after.items() if now[n] != v}
    return Change(form, now["id"], {n: now[n] for n in changed}, changed)
