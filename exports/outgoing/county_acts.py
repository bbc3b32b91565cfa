"""What receipts and hand-outs carry of the county's decisions on a unit (核验, 不计入, 督办, 成绩单): its rows as CSV members."""

from collections.abc import Sequence

from exports.package.container import Resource
from exports.package.records_csv import resource, write_lines
from forms.field import Row
from forms.form import Form
from forms.records import CONFIRMATIONS, EXCLUSIONS, SCORE_LINES, SCORE_SHEETS, SUPERVISIONS
from models.county.supervisions import papers_of
from models.plan.entries import Unit
from models.workspace import Workspace


def add_county_acts(space: Workspace, unit: Unit, members: dict[str, bytes], resources: list[Resource]) -> None:
    """What the county decided about the unit: its decisions, exclusions and scores by period, and its papers of supervision."""
    found: dict[str, tuple[Form, Sequence[Row]]] = {
        f"data/{SUPERVISIONS.name}.csv": (SUPERVISIONS, papers_of(space, unit.code))
    }
    for form in (CONFIRMATIONS, EXCLUSIONS, SCORE_SHEETS, SCORE_LINES):
        for period in space.plan.periods:
            decided = space.store.rows(form.name, unit.code, period.id)
            found[f"data/{period.id}/{form.name}.csv"] = (form, decided)
    for path, (form, rows) in found.items():
        if rows:
            members[path] = write_lines(form, rows)
            resources.append(resource(form, path))
