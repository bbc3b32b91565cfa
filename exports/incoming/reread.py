"""补读: after an update of the program, reads again the kept submissions that were not fully understood."""

from dataclasses import replace

from exports.incoming.bugs import bug
from exports.incoming.conflicts import reread, settle
from exports.incoming.submissions import UNREAD, strange_words
from exports.package.versions import in_words
from models.errors import UserError, is_store_trouble
from models.ledger.ledger import ACCEPTED, Ledger, Package
from models.workspace import Workspace


def read_again(space: Workspace) -> list[str]:
    """Read again every submission with parts that were not understood and now are; returns a sentence for each. A
    unit's workspace keeps no originals: [].
    """
    if space.role == "unit":
        return []
    found = [p for p in Ledger(space.store).containing(UNREAD) if p.state == ACCEPTED and p.about.get(UNREAD)]
    return [s for p in found if _may_change(space, p) and (s := _fenced(space, p))]


def _may_change(space: Workspace, package: Package) -> bool:
    """Whether the plan in force still has the unit and the period, and the period is open."""
    known = space.plan.find("units", package.unit) and space.plan.find("periods", package.period)
    return bool(known) and not space.is_closed(package.period)


def _fenced(space: Workspace, package: Package) -> str:
    """The sentence for one submission; one that cannot be read again stops nothing else."""
    try:
        return _again(space, package)
    except UserError as why:
        return str(why)
    except Exception as error:
        if is_store_trouble(error):
            raise
        return bug(package.file, error)


def _again(space: Workspace, package: Package) -> str:
    file = reread(space, package)
    before, after = list(package.about[UNREAD]), strange_words(file)
    clear = [w for w in before if w not in after]
    if not clear:
        return ""
    ledger, rest = Ledger(space.store), {k: v for k, v in package.about.items() if k != UNREAD}
    with space.store.db.atomic():
        ledger.keep(replace(package, about={**rest, **({UNREAD: after} if after else {})}))
        settle(space, package.unit, package.period, anew=True)
    unit, period = space.plan.unit(package.unit).short, space.plan.period(package.period).name
    return f"程序更新后补读了{unit}{period}第{package.revision}版：{in_words(clear, file.described)}"
