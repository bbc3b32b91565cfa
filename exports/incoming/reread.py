"""补读: after an update of the program, reads again the kept submissions that were not fully understood."""

from dataclasses import replace

from exports.incoming.conflicts import reread, settle
from exports.incoming.submissions import UNREAD, strange_words
from exports.package.versions import in_words
from models.ledger.ledger import ACCEPTED, Ledger, Package
from models.refusals import Refused
from models.workspace import Workspace


def read_again(space: Workspace) -> list[str]:
    """Read again every submission with parts that were not understood and now are; returns a sentence for each. A
    unit's workspace keeps no originals: [].
    """
    if space.role == "unit":
        return []
    found = [p for p in Ledger(space.store).containing(UNREAD) if p.state == ACCEPTED and p.about.get(UNREAD)]
    return [s for p in found if (s := _again(space, p))]


def _again(space: Workspace, package: Package) -> str:
    try:
        file = reread(space, package)
    except Refused as why:
        return str(why)
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
