"""A new year's plan from the last one's: rows carried over, dates moved by a year, entries to be confirmed again."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from datetime import date

from forms.dates import Day
from forms.form import Form
from forms.kind import Unreadable
from forms.plan_tables import ABOUT, ASSIGNMENTS, INDICATORS, PERIODS, PLAN_TABLES, TASKS, UNITS
from models.errors import UserError
from models.plan.rows import Cells, Tables, written
from models.plan_editing.draft import CONFIRMED, NO

CARRIED = (UNITS.name, TASKS.name, ASSIGNMENTS.name, INDICATORS.name)  # what a new year may leave behind
NEEDS = {ASSIGNMENTS.name: (UNITS.name, TASKS.name)}  # what cannot be carried alone
FIXED = (UNITS.name,)  # what is as sure next year as it was
GOAL = ("target", "wording")  # of an indicator: what the new plan has to set again
TITLE, SHORT, YEAR, VERSION = "名称", "简称", "年度", "版本"


def new_year(
    tables: Tables,
    keep: Collection[str] = CARRIED,
    about: Mapping[str, str] | None = None,
    goals: bool = True,
) -> Tables:
    """The rows of a coming year's plan: periods and due days that many years later, the title's and the version's year
    too; what the plan asks for is to be confirmed again. Tables of CARRIED that are not in `keep` are dropped, with all
    rows that refer to them; without `goals` the indicators' targets are empty. `about` gives 名称, 简称 and 年度 where they
    are not the old ones, a year later. Raises UserError for a year that does not come later.
    """
    key, value = (f.label for f in ABOUT.fields)
    year = int(next(r[value] for r in tables[ABOUT.name] if r[key] == YEAR))
    about = about or {}
    new = int(about.get(YEAR) or year + 1)
    if new <= year:
        raise UserError("plan.year-not-later", year=year, given=new)
    left = {name for name in CARRIED if name not in keep}
    left |= {name for name, needed in NEEDS.items() if left & set(needed)}
    made = {
        t.name: [] if t.name in left else [_row(t, r, (year, new), left, goals) for r in tables[t.name]]
        for t in PLAN_TABLES
    }
    made[ABOUT.name] = [_next_year_entry(r, key, value, (year, new), about) for r in tables[ABOUT.name]]
    return made


def _next_year_entry(row: Cells, key: str, value: str, years: tuple[int, int], about: Mapping[str, str]) -> Cells:
    old, new = years
    if row[key] == VERSION:
        return {**row, value: f"{new}.1"}
    return {**row, value: about.get(row[key]) or row[value].replace(str(old), str(new))}


def _row(table: Form, row: Cells, years: tuple[int, int], left: Collection[str], goals: bool) -> Cells:
    out, (old, new) = dict(row), years
    for f in table.fields:
        if f.kind.dated == "day":
            out[f.label] = _later(row.get(f.label, ""), new - old)
        elif f.name == CONFIRMED and table.name not in FIXED:
            out[f.label] = written(f, NO, {})
        elif f.kind.of in left:
            out[f.label] = ""
        elif table.name == PERIODS.name and f.name in ("id", "name"):
            out[f.label] = row[f.label].replace(str(old), str(new))
        elif table.name == ASSIGNMENTS.name and f.name == "why":
            out[f.label] = f"沿用{old}年分工"
        elif table.name == INDICATORS.name and f.name in GOAL and not goals:
            out[f.label] = ""
    return out


def _later(text: str, years: int) -> str:
    """A day some years later; the last day of a month stays the last."""
    try:
        day: date | None = Day().parse(text)
    except Unreadable:
        return text
    if day is None:
        return text
    last = monthrange(day.year, day.month)[1] == day.day
    end = monthrange(day.year + years, day.month)[1]
    return date(day.year + years, day.month, end if last else min(day.day, end)).isoformat()
