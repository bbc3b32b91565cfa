"""读回: reads back a workbook that this program wrote: where it differs from the workspace, cell by cell."""

from collections.abc import Iterator, Sequence

from exports.readback.annotated_copy import LIST
from exports.readback.foreign_table import stranger
from exports.readback.merge import Merge
from exports.readback.print_only import edits, unknown
from exports.readback.raw_cells import open_worksheets
from exports.readback.result import WorkbookReading
from exports.readback.sandbox import Sandbox
from exports.readback.sheets import FormWorksheet, WorkbookProblem, keys_of, lines_of, sheets_of
from forms.form import Form
from forms.states import Role
from models.plan.entries import Period, Unit
from models.refusals import Refused
from models.reporting.as_of_version import BaseVersion
from models.reporting.lock import Lock, lock
from models.workspace import Workspace


def read_workbook(data: bytes, space: Workspace, apart: Sandbox, period: str = "") -> WorkbookReading:
    """How a filled workbook differs, in its own period or read into another; it is parsed in the sandbox `apart`. At
    the county it is compared with its content when it was written, so that the result does not depend on what else was
    received. Writes nothing; raises Refused for a workbook that is not ours or not for this workspace.
    """
    pages = open_worksheets(data, apart)
    sheets = sheets_of(pages)
    if not sheets:
        raise stranger(space.role)
    unit, own = _whose(space, sheets)
    into, keys = space.plan.period(period) if period else own, keys_of(pages)
    shut = _shut(space, unit, into)
    pure = space.role != Role.UNIT
    reading = WorkbookReading(unit, into, written_for="" if into == own else own.id, pure=pure, keys=keys, data=data)
    _of_other_times(space, reading, own)
    strange = [
        p.title for p in pages if p.rows and not p.hidden and p.title != LIST and p not in [s.page for s in sheets]
    ]
    reading.notes += [f"工作表“{'”“'.join(strange)}”不是本程序的表，没有读入"] if strange else []
    past = BaseVersion(space, unit.code, own, into, keys)
    ctx = space.context(unit.code, into)
    if pure:
        reading.start = {f.name: past.start(f, ctx) for f in space.forms}
    for form, sheet in _forms(space, sheets, reading):
        filled, report = lines_of(sheet, form), space.report(form, ctx)
        if pure:
            report.start_from([dict(r) for r in reading.start[form.name]])
        reading.problems += filled.problems
        Merge(reading, filled, report, past, shut.why).take()
    reading.problems += edits(pages, sheets, keys, ctx)
    reading.notes += unknown(sheets, keys)
    return reading


def _shut(space: Workspace, unit: Unit, period: Period) -> Lock:
    if space.role != Role.UNIT and space.is_closed(period.id):
        raise Refused("readback.closed-off", period=period.name, unit=unit.short)
    shut = lock(space, unit.code, period) if space.role == Role.UNIT else Lock()
    if shut.reason and not shut.open:
        raise Refused("readback.locked", why=shut.reason)
    return shut


def _whose(space: Workspace, sheets: Sequence[FormWorksheet]) -> tuple[Unit, Period]:
    places = {(s.unit, s.period) for s in sheets}
    code, when = next(iter(places))
    unit, period = space.plan.find("units", code), space.plan.find("periods", when)
    if len(places) > 1:
        raise Refused("readback.mixed")
    if not code:
        raise Refused("readback.county-summary")
    if unit is None:
        raise Refused("readback.no-such-unit", code=code)
    if period is None:
        raise Refused("readback.no-such-period", unit=unit.short, period=when, year=space.plan.year)
    if unit not in space.units:
        raise Refused("readback.other-unit", unit=unit.short)
    return unit, period


def _of_other_times(space: Workspace, reading: WorkbookReading, own: Period) -> None:
    """Add notes for a workbook of another period or of an older plan."""
    if reading.written_for:
        reading.notes.append(f"工作簿是{own.name}的，当作{reading.period.name}读入")
    elif own != space.period:
        reading.notes.append(f"装入的是{own.name}（本机当前是{space.period.name}）")
    plan = reading.keys.get("plan", "")
    if plan and plan != space.plan.version:
        reading.notes.append(f"工作簿是按方案{plan}版做的，本机是{space.plan.version}版")


def _forms(
    space: Workspace, sheets: Sequence[FormWorksheet], reading: WorkbookReading
) -> Iterator[tuple[Form, FormWorksheet]]:
    """Each form with its worksheet; a second worksheet of a form is a problem where it differs from the first."""
    for form in space.forms:
        mine = [s for s in sheets if s.form == form.name]
        for other in mine[1:]:
            if other.page.rows != mine[0].page.rows:
                why = f"是“{mine[0].page.title}”的副本，内容不一样，没有读入；请只留要报的一张"
                reading.problems.append(WorkbookProblem(other.page.title, other.names, "A", "", why))
        if mine:
            yield form, mine[0]
