"""成绩单: one page per unit with its points of a period, each item with what it was counted from, and its year so far."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from exports.batch import Job, write
from exports.sheets.sheet import Book, Sheet, Stamp
from exports.sheets.unit_sheets import SheetContext, painted, sheet_lines
from forms.county_papers import SCORE_SHEET
from forms.field import Context
from forms.kind import Value
from forms.states import SheetState
from models.county.score_sheets import ScoreSheet
from models.county.scoring import ItemScore, UnitScore
from models.county.scoring_year import YearScore, YearScoring

LINES, SEVERAL = 3, 8  # lines of explanation in one item, one where the plan has more items: the sheet is one page
LONGEST = 46  # characters of a line


def sheet_jobs(year: YearScoring, whom: Sequence[UnitScore], folder: Path, printed: datetime) -> list[Job]:
    """What is written for these units, everything read from the store: a PDF each."""
    settings = year.space.settings
    look = settings.get("page") or "sheet", settings.get("black") == "yes"
    years = {y.unit.code: y for y in year.totals()}
    return [Job(folder, _book(year, r, years[r.unit.code], printed), ("pdf",), *look) for r in whom]


def write_sheets(jobs: Sequence[Job]) -> list[Path]:
    """Write the sheets without using the store; returns their paths. Raises UserError."""
    return write(jobs)


def _book(year: YearScoring, r: UnitScore, of_year: YearScore, printed: datetime) -> Book:
    period = year.period
    name = f"{period.id}_{r.unit.code}{r.unit.short}"
    return Book(name, f"{r.unit.short}{period.name}成绩单", (score_sheet(year, r, of_year, printed),))


def score_sheet(year: YearScoring, r: UnitScore, of_year: YearScore, printed: datetime) -> Sheet:
    """The sheet of one unit."""
    space, period, scoring = year.space, year.period, year.scoring(year.period)
    given, desk = scoring.sheets.of(r.unit), SheetContext(space.plan, printed)
    form = painted(SCORE_SHEET.bound(space.plan))
    word = "" if given.state == SheetState.FIXED else "（试算）" if _is_trial(year, given) else f"（{given.word}）"
    head = desk.head(form, 0, period, f"责任单位：{r.unit.name}")
    rows = [_row(year, r, i) for i in r.items]
    place = f"同类{scoring.among(r)}家里第{r.rank}名" if r.rank else f"{r.unranked}，不排名次"
    stamp = Stamp(r.unit.code, period.id, space.plan.version, "", f"{printed:%Y-%m-%d %H:%M}",
                  space.is_sample(r.unit.code, period.id))  # fmt: skip
    lines = sheet_lines(form, Context(space.plan, r.unit.code, period), rows)
    notes = _notes(year, given, of_year)
    summary = f"得分{r.total:f}分，{place}；牵头{r.lead}项，配合{r.support}项"
    head = replace(head, title=f"{head.title}{word}", middle="", measure=summary)
    return Sheet(form, head, lines, stamp, (*form.notes, *notes))


def _is_trial(year: YearScoring, given: ScoreSheet) -> bool:
    return given.state == SheetState.DRAFT or not all(s.confirmed for s in year.space.plan.scoring)


def _row(year: YearScoring, r: UnitScore, i: ItemScore) -> dict[str, Value]:
    return {
        "id": i.score.id, "item": i.score.name, "full": i.score.points, "points": i.points,
        "change": year.item_change(r.unit.code, i.score.id), "whys": _whys(i, LINES if len(r.items) <= SEVERAL else 1),
    }  # fmt: skip


def _whys(i: ItemScore, most: int) -> str:
    texts = [w.text if len(w.text) <= LONGEST else w.text[: LONGEST - 1] + "…" for w in i.whys]
    more = f"（另有{len(texts) - most}条，见程序里的成绩单）" if len(texts) > most else ""
    corrected = [f"更正为{i.points:f}分：{i.correction['text']}"] if i.correction and i.points is not None else []
    return "\n".join([*corrected, *texts[:most]]) + more


def _notes(year: YearScoring, given: ScoreSheet, of_year: YearScore) -> tuple[str, ...]:
    unsure = [s.name for s in year.space.plan.scoring if not s.confirmed]
    notes = [f"计分办法还没有确认，本表是试算：{'、'.join(unsure)}。"] if unsure else []
    if of_year.unranked:
        notes.append(f"今年累计：{of_year.unranked}。")
    else:
        notes.append(
            f"今年累计{of_year.total:f}分，计{of_year.counted}期（共{of_year.asked}期），同类第{of_year.rank}名。"
        )
    if given.row and given.state != SheetState.FIXED:
        until = given.row["until"]
        notes.append(f"有异议的，{until.year}年{until.month}月{until.day}日前在程序里写明，随上报包报来。")
    answers = [
        f"对“{paper['name']}”的异议：{paper['objection']}；答复：{paper['answer']}。"
        for paper in given.lines
        if paper["answer"]
    ]
    return (*notes, *answers)
