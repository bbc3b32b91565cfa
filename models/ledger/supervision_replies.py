"""督办 at the unit: the papers that the county opened for it, and what the unit answers; the answer goes out with the
submission of the period in which it is written.
"""

from dataclasses import dataclass
from datetime import date

from forms.field import Row
from forms.records import SUPERVISION_REPLIES, SUPERVISIONS
from models.errors import UserError
from models.ledger.county_acts import received
from models.plan.entries import Period
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = SUPERVISION_REPLIES.name


@dataclass(frozen=True)
class ReceivedSupervision:
    """A paper of the county for this unit, as the newest receipt or hand-out brought it, and the unit's newest reply."""

    paper: Row
    reply: Row | None

    @property
    def closed(self) -> bool:
        """Whether the county has closed it."""
        return self.paper["closed"] is not None

    @property
    def sentence(self) -> str:
        """The paper in words: 督办2024年9号（10月10日前）：…"""
        paper = self.paper
        end = f"已销号：{paper['result'] or ''}" if self.closed else f"{paper['due'].month}月{paper['due'].day}日前"
        return f"督办{paper['opened'].year}年{paper['number']}号（{end}）：{paper['text']}"


def received_supervisions(space: Workspace, unit: str) -> list[ReceivedSupervision]:
    """The papers for a unit, the open ones first, then by due day."""
    replies: dict[str, Row] = {}
    for r in sorted(space.store.of_unit(NAME, unit), key=lambda paper: (paper["day"], paper["period"])):
        replies[r["line"]] = r
    found = [ReceivedSupervision(p, replies.get(p["id"])) for p in received(space.store, unit, SUPERVISIONS)]
    return sorted(found, key=lambda s: (s.closed, s.paper["due"], s.paper["number"]))


def reply(space: Workspace, unit: str, period: Period, paper: Row, text: str, day: date) -> list[Change]:
    """The change that answers a paper in a period; an empty text takes the answer back. Raises UserError."""
    id = record_id(NAME, unit, period.id, paper["id"])
    now, said = space.store.row(NAME, id), text.strip()
    if space.is_closed(period.id):
        raise UserError("supervision.reply-closed", period=period.name)
    if not said:
        return [Change(NAME, id, now, None)] if now else []
    after = {"number": paper["number"], "text": said, "day": day, "by": space.person or None}
    if now is None:
        keys = {"id": id, "unit": unit, "period": period.id, "line": paper["id"], "position": paper["number"]}
        return [Change(NAME, id, None, {**keys, **after})]
    changed = {n: v for n, v in after.items() if now[n] != v}
    return [Change(NAME, id, {n: now[n] for n in changed}, changed)] if changed else []
