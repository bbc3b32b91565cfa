"""A county's store with just the lines that a test names."""

from collections.abc import Mapping, Sequence
from typing import Any

from forms.states import FileKind, Way
from models.ledger.ledger import Ledger, Package
from models.plan.entries import Period, Unit
from models.reporting.report import new_row
from models.store.change import Change
from models.workspace import Workspace

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def reported(space: Workspace, unit: Unit, period: Period, rows: Rows, at: str, revision: int = 1) -> None:
    """What a unit reported: rows by form, and the submission that came in `at`."""
    ctx, changes = space.context(unit.code, period), []
    for name, given in rows.items():
        form = space.form(name)
        for n, values in enumerate(given, 1):
            row = {**new_row(form, ctx, f"line-{n}", n * 10), **values}
            changes.append(Change(name, row["id"], None, row))
    space.apply(changes, "装入")
    id = f"{unit.code}{period.id}{revision}"
    Ledger(space.store).keep(
        Package(id, Way.IN, FileKind.SUBMISSION, unit.code, period.id, revision, data_hash=id, plan=space.plan.digest, made=at,
                at=at, about={"code": f"CODE-{revision}"})
    )  # fmt: skip
