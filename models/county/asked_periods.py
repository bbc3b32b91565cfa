"""要报的调度期: whether the units were asked for a period, so that it may count for scores and for who was late before."""

from decimal import Decimal

from forms.parameters import ASKED_SHARE
from models.ledger.ledger import ACCEPTED
from models.plan.entries import Period
from models.workspace import Workspace

HANDED_OUT = "SELECT 1 FROM packages WHERE kind='handout' AND period=? LIMIT 1"
REPORTED = "SELECT DISTINCT unit FROM packages WHERE kind='submission' AND way='in' AND state=? AND period=?"


def is_asked(space: Workspace, period: Period) -> bool:
    """Whether a period was asked for: the plan does not take it out (考核 否), and a hand-out was written for it, or it is
    closed off, or the plan's share of the units reported it. A few files of another month do not make it asked.
    """
    space = space.at(period)
    if not period.scored:
        return False
    if space.is_closed(period.id) or space.store.conn.execute(HANDED_OUT, (period.id,)).fetchone():
        return True
    units = {u.code for u in space.units}
    came = {r[0] for r in space.store.conn.execute(REPORTED, (ACCEPTED, period.id))} & units
    return bool(came) and Decimal(100 * len(came)) >= space.plan.parameter(ASKED_SHARE) * len(units)
