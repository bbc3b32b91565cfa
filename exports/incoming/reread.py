"""补读没看懂的内容: after an update of the program, reads again the kept files that were not fully understood."""

from dataclasses import replace

from exports.incoming.bugs import bug
from exports.incoming.conflicts import reread, settle
from exports.incoming.file_rows import rows_taken
from exports.incoming.submissions import details
from exports.incoming.unread import now_understood, strange_words, with_unread
from exports.package.container import PackageFile
from exports.package.keyring import Keyring
from exports.package.manifest import CAPTIONS, HandOut, Receipt, Return, Submission
from exports.package.versions import in_words
from forms.states import Role
from models.errors import UserError, is_store_trouble
from models.ledger.ledger import Ledger, Package
from models.ledger.projection import late_cells, missing_only
from models.store.change import Change
from models.workspace import Workspace


def read_again(space: Workspace) -> list[str]:
    """Read again every file with parts that were not understood and now are; returns a sentence for each. Newest first:
    at a unit only empty cells are filled, and the newest content is to be in them.
    """
    found = Ledger(space.store).partly_read()[::-1]
    return [s for p in found if _may_change(space, p) and (s := _fenced(space, p))]


def _may_change(space: Workspace, package: Package) -> bool:
    """At the county, whether the plan in force still has the unit and the period, and the period is open; at a unit,
    whether the original was kept.
    """
    if space.role == Role.UNIT:
        return bool(package.file)
    known = space.plan.find("units", package.unit) and space.plan.find("periods", package.period)
    return bool(known) and not space.is_closed(package.period)


def _fenced(space: Workspace, package: Package) -> str:
    """The sentence for one file; one that cannot be read again stops nothing else."""
    try:
        return _again(space, package)
    except UserError as why:
        return str(why)
    except Exception as error:
        if is_store_trouble(error):
            raise
        return str(bug(package.file, error))


def _again(space: Workspace, package: Package) -> str:
    if space.role == Role.UNIT and not (space.folder / package.file).is_file():
        return f"{_called(space, package)}的原件不见了，没有补读；请再装入一次它：{space.folder / package.file}"
    file = reread(space, package)
    clear = now_understood(package, file)
    if not clear:
        return ""
    if space.role == Role.UNIT:
        return complete(space, file, package)
    with space.store.db.atomic():
        about = {**package.about, **details(file.expect(Submission))}
        Ledger(space.store).keep(replace(package, about=with_unread(about, strange_words(file))))
        settle(space, package.unit, package.period, anew=True)
    return f"程序更新后补读了{_called(space, package)}：{in_words(clear, file.described)}"


def complete(space: Workspace, file: PackageFile, package: Package) -> str:
    """At a unit: take in what was not understood in a file before and now is, and return a sentence that names it. What
    is in a cell already, and every row of a form that the unit has filled, is as before.
    """
    head, ledger, clear = file.manifest, Ledger(space.store), now_understood(package, file)
    with space.store.db.atomic():
        space.apply(_late(space, file, clear), f"补读{file.caption}")
        if isinstance(head, HandOut) and Keyring(space).newest_handout(head.unit) == head.order:
            Keyring(space).keep_handout(head)
        about = {**package.about, **_details(file)}
        ledger.keep(replace(package, about=with_unread(about, strange_words(file))))
    return f"程序更新后补读了{_called(space, package)}：{in_words(clear, file.described)}"


def _called(space: Workspace, package: Package) -> str:
    """The file in words: the unit's submission at the county, kind and period at a unit."""
    unit, period = space.plan.find("units", package.unit), space.plan.find("periods", package.period)
    what = f"{unit.short if unit else package.unit}{period.name if period else package.period}"
    return f"{what}{f'第{package.revision}版' if package.kind == Submission.kind else CAPTIONS[package.kind]}"


def _late(space: Workspace, file: PackageFile, clear: list[str]) -> list[Change]:
    """The rows of forms, and the cells of columns, for which these words stand."""
    words = [w.partition(":") for w in clear]
    forms = {name for kind, _, name in words if kind == "form"}
    columns: dict[str, set[str]] = {}
    for form, _, column in (name.partition(".") for kind, _, name in words if kind == "field"):
        columns.setdefault(form, set()).add(column)
    changes: list[Change] = []
    for period, tables in rows_taken(space, file).items():
        new_forms = {n: rows for n, rows in tables.items() if n in forms}
        changes += missing_only(space.store, file.manifest.unit, period, new_forms)
        changes += late_cells(space.store, file.manifest.unit, period, tables, columns)
    return changes


def _details(file: PackageFile) -> dict[str, object]:
    """What a unit's ledger keeps of a manifest in `about`."""
    head = file.manifest
    if isinstance(head, Receipt):
        return {"items": file.json("receipt.json") or []}
    if isinstance(head, Return):
        return {"about": head.about}
    return {"code": head.code} if isinstance(head, Submission) else {}
