"""A new year's plan from the last one's: carried over, moved by a year, and to be confirmed anew."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date

from forms.choices import FromPlan
from forms.form import Form
from forms.kind import Day, Unreadable
from forms.plan_tables import ABOUT, ASSIGNMENTS, INDICATORS, PERIODS, PLAN_TABLES, TASKS, UNITS
from models.plan_edit import CONFIRMED, NO
from models.plan_rows import Cells, Tables, written

CARRIED = (TASKS.name, INDICATORS.name)  # what a new year may leave behind
FIXED = (UNITS.name,)  # what is as sure next year as it was


def new_year(tables: Tables, keep: Collection[str] = CARRIED) -> Tables:
    """The rows of the next year's plan: periods and due days a year later, the title's and the version's year too; what
    the plan asks for is to be confirmed anew. Tasks and indicators not in `keep` are left behind, with all that
    names them.
    """
    key, value = (f.label for f in ABOUT.fields)
    year = int(next(r[value] for r in tables[ABOUT.name] if r[key] == "年度"))
    left = {name for name in CARRIED if name not in keep}
    left |= {ASSIGNMENTS.name} if TASKS.name in left else set()
    made = {t.name: [] if t.name in left else [_row(t, r, year, left) for r in tables[t.name]] for t in PLAN_TABLES}
    made[ABOUT.name] = [_about(r, key, value, year) for r in tables[ABOUT.name]]
    return made


def _about(row: Cells, key: str, value: str, year: int) -> Cells:
    if row[key] == "版本":
        return {**row, value: f"{year + 1}.1"}
    return {**row, value: row[value].replace(str(year), str(year + 1))}


def _row(table: Form, row: Cells, year: int, left: Collection[str]) -> Cells:
    out = dict(row)
    for f in table.fields:
        if isinstance(f.kind, Day):
            out[f.label] = _later(row.get(f.label, ""))
        elif f.name == CONFIRMED and table.name not in FIXED:
            out[f.label] = written(f, NO, {})
        elif isinstance(f.kind, FromPlan) and f.kind.of in left:
            out[f.label] = ""
        elif table.name == PERIODS.name and f.name in ("id", "name"):
            out[f.label] = row[f.label].replace(str(year), str(year + 1))
        elif table.name == ASSIGNMENTS.name and f.name == "why":
            out[f.label] = f"沿用{year}年分工"
    return out


def _later(text: str) -> str:
    """A day a year later; the last day of a month stays the last."""
    try:
        day: date | None = Day().parse(text)
    except Unreadable:
        return text
    if day is None:
        return text
    last = monthrange(day.year, day.month)[1] == day.day
    end = monthrange(day.year + 1, day.month)[1]
    return date(day.year + 1, day.month, end if last else min(day.day, end)).isoformat()
