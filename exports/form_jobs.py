"""Turns the arguments of `forms` into jobs; everything is looked up and made before the first file is written."""

from collections.abc import Sequence
from pathlib import Path

from exports.batch import Job
from exports.sheets.unit_sheets import action_book, unit_book
from exports.writers import FORMATS
from forms.form import Form
from forms.states import Role
from models.workspace import Workspace


def jobs(
    space: Workspace,
    out: Path,
    units: Sequence[str] = (),
    period: str = "",
    formats: Sequence[str] = FORMATS,
    forms: Sequence[str] = (),
    blank: bool = False,
) -> list[Job]:
    """A job per unit, in a folder of its code and short name; for all units and forms also the tables of the actions.
    The arguments are codes, names and titles as the user typed them; raises UserError for an unknown one.
    """
    chosen = space.asked_units(units)
    when = space.plan.period(period) if period else space.period
    asked = {space.form(f).name for f in forms}
    wanted: Sequence[Form] = [f for f in space.forms if f.name in asked] or space.forms
    now, look = space.now, _look(space)
    made = [
        Job(out / f"{u.code}{u.short}", unit_book(space, u, when, wanted, blank, now), tuple(formats), *look)
        for u in chosen
    ]
    if not units and not forms and not blank and space.role != Role.UNIT:
        actions = [a for a in space.plan.actions if space.settings.get("action") in (None, a.id)]
        made += [Job(out / "实施方案任务表", action_book(space.plan, a, now), tuple(formats), *look) for a in actions]
    return made


def _look(space: Workspace) -> tuple[str, bool]:
    """Page profile and black printing from the workspace's settings."""
    return space.settings.get("page") or "sheet", space.settings.get("black") == "yes"
