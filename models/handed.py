"""上报 as the unit sees it: what went out, whether the receipt is in, what came back."""

from collections.abc import Sequence
from dataclasses import dataclass

from forms.form import Row
from models.entries import Period
from models.ledger import Ledger, Package
from models.returns import comments, corrected
from models.workspace import Workspace

SENTENCES = {
    "none": "还没有传出",
    "sent": "已传出，待回执",
    "reported": "已报，县里的回执已收到",
    "returned": "县里退回了，请办完意见再报",
}


@dataclass(frozen=True)
class Handed:
    """A unit's period: its state (none, sent, reported, returned), what went out newest first, the ids of those that
    the county has, and the comments.
    """

    state: str
    sent: tuple[Package, ...]
    received: frozenset[str]
    comments: Sequence[Row]

    @property
    def open(self) -> list[Row]:
        """The comments that nobody dealt with yet."""
        return [c for c in self.comments if c["state"] == "open"]


def handed(space: Workspace, unit: str, period: Period) -> Handed:
    """Where the unit's period stands; 已报 only once a receipt for the newest file is in."""
    ledger = Ledger(space.store)
    sent = tuple(sorted(ledger.of(unit, period.id, "submission", "out"), key=lambda p: -p.revision))
    received = _received(ledger, unit, period.id)
    done = {c.id for c in corrected(space, unit, period)}  # written down when the next file goes out
    said = [{**c, "state": "changed"} if c["id"] in done else c for c in comments(space, unit, period)]
    if any(c["state"] == "open" for c in said):
        state = "returned"
    elif not sent:
        state = "reported" if received else "none"
    else:
        state = "reported" if sent[0].id in received else "sent"
    return Handed(state, sent, received, said)


def _received(ledger: Ledger, unit: str, period: str) -> frozenset[str]:
    items = [i for p in ledger.of(unit, "", "receipt", "in") for i in p.about.get("items") or ()]
    return frozenset(id for i in items if i["period"] == period for id in (i["counts"], *i.get("known", ())))
