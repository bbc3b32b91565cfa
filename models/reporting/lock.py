"""Which cells a unit may still change (锁定): none of a period that is closed off (封存) or reported, only the returned
cells of a return.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.states import CommentState, Statement
from models.ledger.submission_status import submission_status
from models.plan.entries import Period
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

CLOSED = "这一期已经封存，内容不再变动；确实要改，请与县里联系解除封存"
LAST_YEAR = "这是以前年度的调度期，只能看，不能改"
REPORTED = "这一期已报，县里的回执已收到；要改请到“上报”页按“更正”，改好后再传出一次"
RETURNED = "这一期已报，县里只退回了几格；其他地方要改，请到“上报”页按“更正”"


@dataclass(frozen=True)
class Lock:
    """The reason why cells may not be changed ('' where all may), and the `open` places that may: form, record, field;
    an empty record or field means all of them.
    """

    reason: str = ""
    open: frozenset[tuple[str, str, str]] = frozenset()
    own: bool = True  # at the unit itself; the county only looks

    @property
    def shut(self) -> str:
        """Why the unit can change nothing at all; '' where it can."""
        return self.reason if self.own and not self.open else ""

    def why(self, form: str, record: str, field: str = "") -> str:
        """Why a cell may not be changed; '' where it may."""
        places = ((form, record, field), (form, record, ""), (form, "", field), (form, "", ""))
        return "" if not self.reason or any(p in self.open for p in places) else self.reason


def lock(space: Workspace, unit: str, period: Period) -> Lock:
    """The lock on a unit's period."""
    if space.base.plan.find("periods", period.id) is None:
        return Lock(LAST_YEAR)
    if space.is_closed(period.id):
        return Lock(CLOSED)
    now = submission_status(space, unit, period)
    newest = now.sent[0].id if now.sent else ""
    if not newest or newest not in now.received or _is_reopened(space, unit, period, newest):
        return Lock()
    places = frozenset(
        (c["form"], c["record"] or "", c["field"] or "") for c in now.comments if c["state"] != CommentState.CLOSED
    )
    return Lock(RETURNED if now.comments else REPORTED, places)


def _is_reopened(space: Workspace, unit: str, period: Period, id: str) -> bool:
    return space.statements(unit, period.id).get(id) == Statement.REOPENED


def reopen(space: Workspace, unit: str, period: Period) -> Sequence[Change]:
    """更正: the change that opens a reported period again, until its next receipt."""
    now = submission_status(space, unit, period)
    if not now.sent or space.is_closed(period.id):
        return []
    newest = now.sent[0].id
    id = record_id("statements", unit, period.id, newest)
    keys = {"id": id, "unit": unit, "period": period.id, "line": newest, "position": 0}
    return [Change("statements", id, None, {**keys, "form": newest, "kind": str(Statement.REOPENED)})]
