"""The rows in a file that a unit takes in (文件里的行)."""

from collections.abc import Sequence

from exports.incoming.conflicts import tables_of
from exports.outgoing.submission import BESIDE
from exports.package.container import PackageFile
from exports.package.manifest import HandOut, Receipt, ReceiptItem, read_items
from exports.package.records_csv import read_lines
from exports.package.versions import BEFORE
from forms.kind import Value
from forms.records import COMMENTS
from forms.states import FileKind, Way
from models.ledger.ledger import Ledger, Package
from models.ledger.projection import Tables
from models.plan.plan import Plan
from models.workspace import Workspace


def rows_by_period(space: Workspace, file: PackageFile, plan: Plan | None = None) -> dict[str, Tables]:
    """The rows in a hand-out or receipt: period → form → rows; `plan` is the hand-out's own, where it is not in force
    yet. Raises Refused.
    """
    forms = {f.name: f for f in (*((plan.form(f) for f in space.forms) if plan else space.forms), *BESIDE)}
    found: dict[str, dict[str, Sequence[dict[str, Value]]]] = {}
    for path, content in file.members.items():
        parts = path.removesuffix(".csv").split("/")
        if len(parts) == 3 and parts[0] == "data" and parts[2] in forms:
            rows = read_lines(forms[parts[2]], content, file.manifest.unit, parts[1])
            found.setdefault(parts[1], {})[parts[2]] = rows
    return dict(found)


def rows_before(space: Workspace, file: PackageFile, plan: Plan) -> dict[tuple[str, str], Tables]:
    """What those wrote whose tasks the unit took over: unit, period → form → rows."""
    forms = {f.name: plan.form(f) for f in space.forms}
    found: dict[tuple[str, str], dict[str, Sequence[dict[str, Value]]]] = {}
    for path, content in file.members.items():
        parts = path.removesuffix(".csv").split("/")
        if len(parts) == 4 and parts[0] == BEFORE and parts[3] in forms:
            rows = read_lines(forms[parts[3]], content, parts[1], parts[2])
            found.setdefault((parts[1], parts[2]), {})[parts[3]] = rows
    return dict(found)


def rows_taken(space: Workspace, file: PackageFile) -> dict[str, Tables]:
    """The rows in a file of any kind that belong into this unit's tables: period → form → rows. Raises Refused."""
    head = file.manifest
    if isinstance(head, HandOut):
        return rows_by_period(space, file)
    if not isinstance(head, Receipt):
        return {head.period: tables_of(space, file)}
    items = read_items(file.json("receipt.json"))
    merged = {i.period for i in items if own_settled(Ledger(space.store), head.unit, i)}
    return {p: without_comments(rows) for p, rows in rows_by_period(space, file).items() if p in merged}


def own_settled(ledger: Ledger, unit: str, item: ReceiptItem) -> list[Package]:
    """The submissions of this computer among those between which the county decided; the rows of an item without any
    are not taken in.
    """
    return [p for p in ledger.of(unit, item.period, FileKind.SUBMISSION, Way.OUT) if p.id in item.settled]


def without_comments(tables: Tables) -> Tables:
    """The tables without the county's comments, which come with returns only."""
    return {n: rows for n, rows in tables.items() if n != COMMENTS.name}
