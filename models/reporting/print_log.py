"""The print log (打印): what was sent to which printer and when, with the version code printed on it. It does not know
whether paper came out.
"""

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import uuid4

from forms.states import Way
from models.ledger.ledger import Ledger, Package
from models.plan.entries import Period
from models.store.connection import refused
from models.workspace import Workspace

KIND = "printing"


@dataclass(frozen=True)
class Printing:
    """`at` as the ledger keeps time; `forms` the names of those of which every page was printed; `printer` '' where its
    name is not known.
    """

    code: str
    forms: tuple[str, ...]
    pages: int
    copies: int
    printer: str = ""
    at: str = ""


def note_printing(space: Workspace, unit: str, period: Period, printing: Printing) -> None:
    """Write down that pages were handed to a printer. Raises UserError."""
    about = {
        "code": printing.code, "forms": list(printing.forms), "pages": printing.pages, "copies": printing.copies,
        "printer": printing.printer,
    }  # fmt: skip
    package = Package(f"{KIND}-{uuid4()}", Way.OUT, KIND, unit, period.id, at=space.stamp, about=about)
    try:
        with space.store.db.atomic():
            Ledger(space.store).keep(package)
    except sqlite3.Error as error:
        raise refused(error, space.store.path) from None


def printings(space: Workspace, unit: str, period: Period) -> list[Printing]:
    """What was printed of a unit's period, oldest first."""
    found = Ledger(space.store).of(unit, period.id, KIND, Way.OUT)
    return [Printing(**{**p.about, "forms": tuple(p.about["forms"])}, at=p.at) for p in found]


def are_printed(found: Sequence[Printing], code: str, forms: Collection[str]) -> bool:
    """Whether all forms were printed as they stand now."""
    return set(forms) <= {f for p in found if p.code == code for f in p.forms}
