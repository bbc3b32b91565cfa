"""示例数据: plausible made-up records for trying the program, marked as such wherever they show."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

import resources
from forms.field import KEYS, Context, Row
from forms.form import Form
from forms.kind import Value
from forms.states import Statement
from models.errors import UserError
from models.plan.entries import Period
from models.reporting.report import GAP, new_row, untouched
from models.reporting.sample_faults import spoil
from models.reporting.sample_lines import MAKERS
from models.reporting.sample_values import Dice, made_by_kind
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

LABEL = "示例数据"
ANYWHERE = "*"
MOST_LINES = 4  # of a unit's own, of each form
NO_LINE = {"行动": ""}  # for a form that is not in the sample sheet
Rows = list[dict[str, Value]]
Lines = Mapping[tuple[str, str], Row]  # (form, line) → row


@dataclass(frozen=True)
class SampleReport:
    """What was made up for one unit and period: the rows of each form, and the statements."""

    unit: str
    period: Period
    rows: Mapping[str, Rows]
    statements: Rows

    @property
    def changes(self) -> list[Change]:
        """The changes that write it."""
        tables = {**self.rows, "statements": self.statements}
        return [Change(form, r["id"], None, r) for form, rows in tables.items() for r in rows]

    @property
    def lines(self) -> Lines:
        """Its rows, as the next period's context has them."""
        return {(form, r["line"]): r for form, rows in self.rows.items() for r in rows}


def fill(space: Workspace, period: Period, seed: int = 1, faults: bool = False) -> int:
    """Make up the period of every unit of the workspace; gives the number of units. Raises UserError where a unit has
    data.
    """
    refuse_over_real_data(space, period)
    for n, unit in enumerate(space.units):
        made = made_up(space, unit.code, period, _before(space, unit.code, period), seed, faults and n % 3 == 0)
        space.apply(made.changes, LABEL)
    return len(space.units)


def fill_year(space: Workspace, period: Period, seed: int = 1, faults: bool = False) -> tuple[int, int]:
    """`fill` with the periods of the plan year before it, of the same kind, in which a unit has nothing yet; only the
    period itself has faults. All of it is written in one transaction. Gives the number of units, and of the periods in
    which something was made.
    """
    refuse_over_real_data(space, period)
    periods = {period.id}
    with space.store.db.atomic():
        for month in year_until(space, period)[:-1]:
            for unit in space.units:
                if not has_data(space, unit.code, month):
                    made = made_up(space, unit.code, month, _before(space, unit.code, month), seed)
                    space.apply(made.changes, LABEL)
                    periods.add(month.id)
        return fill(space, period, seed, faults), len(periods)


def year_until(space: Workspace, period: Period) -> list[Period]:
    """The periods of the plan year up to a period, of its kind, the period itself last."""
    same = [p for p in space.plan.periods if p.kind == period.kind and p.end < period.start]
    return [*sorted(same, key=lambda p: p.start), period]


def has_data(space: Workspace, unit: str, period: Period) -> bool:
    """Whether a unit has lines in a period."""
    return any(space.store.ids(f.name, unit, period.id) for f in space.forms)


def refuse_over_real_data(space: Workspace, period: Period) -> None:
    """Raises UserError where the period already has lines: sample data never replaces real data."""
    for unit in space.units:
        if has_data(space, unit.code, period):
            raise UserError("sample.has-data", unit=unit.short, period=period.name)


def _before(space: Workspace, unit: str, period: Period) -> Lines:
    """The unit's rows of the period before."""
    before = space.plan.period_before(period)
    if before is None:
        return {}
    return {(f.name, r["line"]): r for f in space.forms for r in space.store.rows(f.name, unit, before.id)}


def made_up(
    space: Workspace, unit: str, period: Period, before: Lines, seed: int = 1, faults: bool = False
) -> SampleReport:
    """A unit's period; `before` are its rows of the period before. Nothing is written."""
    random = Random(f"{seed}/{unit}/{period.id}")
    dice = Dice(Context(space.plan, unit, period, before), random, seed)
    rows: dict[str, Rows] = {}
    stated = [_statement(dice.ctx, ANYWHERE, Statement.SAMPLE)]
    for form in space.forms:
        made = _seeded(form, dice) if form.seed else _own(form, dice)
        rows[form.name] = spoil(form, made, random) if faults else made
        if form.own and not made and not (faults and random.random() < 0.3):
            stated.append(_statement(dice.ctx, form.name, Statement.ZERO))
    return SampleReport(unit, period, rows, stated)


def _statement(ctx: Context, form: str, kind: str) -> dict[str, Value]:
    keys = (record_id("statements", ctx.unit, ctx.period.id, form), ctx.unit, ctx.period.id, form, 0)
    return {**dict(zip(KEYS, keys, strict=True)), "form": form, "kind": str(kind)}


def _seeded(form: Form, dice: Dice) -> Rows:
    """The plan's lines, filled in."""
    return [{**row, **(_made(form, row, dice) or {})} for row in untouched(form, dice.ctx)]


def _made(form: Form, row: Row, dice: Dice) -> dict[str, Value] | None:
    """The values for a row: those of the form's own maker, else some that suit the kinds of its fields; None where the
    line is not there in this period.
    """
    maker = MAKERS.get(form.name)
    return maker(row, dice) if maker else made_by_kind(form, row, dice)


def _own(form: Form, dice: Dice) -> Rows:
    """A few lines from the sample sheet, of the actions in which the unit works; the same ones every period. A form
    without lines in the sheet gets as many empty ones.
    """
    rows = []
    for n, line in enumerate(_chosen(form.name, dice), 1):
        row = new_row(form, dice.ctx, f"sample-{n}", n * GAP)
        values = _made(form, {**row, "_": line}, dice)
        if values is not None:
            rows.append({**row, **values})
    return rows


def _chosen(form: str, dice: Dice) -> Sequence[Mapping[str, str]]:
    """The lines of the sample sheet that a unit has in a form."""
    code, plan = dice.ctx.unit, dice.ctx.plan
    mine = {task.action for task, _ in plan.tasks_of(code)} | {""}
    sheet: Iterable[Mapping[str, str]] = [s for s in _lines() if s["表"] == form] or [NO_LINE] * MOST_LINES
    fitting = [s for s in sheet if plan.find("actions", s["行动"]) is None or s["行动"] in mine]
    count = Random(f"{dice.seed}/{code}/{form}").randint(0, MOST_LINES)
    return Random(f"{dice.seed}/{form}/{code}").sample(fitting, min(len(fitting), count))


@cache
def _lines() -> list[dict[str, str]]:
    with resources.path("sample", "lines.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


def live_on_sample_day(space: Workspace, day: date | None = None) -> bool:
    """Let a workspace of sample data live on a day of its own, that of its period where none is given. Nothing happens in
    a workspace that holds real lines; gives whether it lives on such a day now.
    """
    made_up = set(space.store.conn.execute("SELECT unit, period FROM statements WHERE kind=?", [Statement.SAMPLE]))
    for form in space.forms:
        if set(space.store.conn.execute(f"SELECT DISTINCT unit, period FROM [{form.name}]")) - made_up:
            return False
    space.set({"sample": "yes", "sample_day": day or space.period.sample_day})
    return True
