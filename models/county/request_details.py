"""What the office looks at before it decides a request (核验): the line, its year, the unit's words, how long it waits."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from forms.evidence import Attachment
from forms.field import Meaning
from forms.obstacles import OBSTACLES
from forms.records import CONFIRMATIONS
from forms.states import Decision, Request
from forms.task_requests import request_of
from forms.tasks import TASKS
from models.county.confirmations import Confirmation, Confirmations, Key
from models.county.consolidation import Consolidation
from models.ledger.ledger import Ledger
from models.plan.entries import Period
from models.workspace import Workspace

STATUS, DONE, ENTRY, DUE, GOAL, PROGRESS, TROUBLE, EVIDENCE = (
    TASKS.means(m)
    for m in (Meaning.STATUS, Meaning.DONE, Meaning.ENTRY, Meaning.DUE, Meaning.GOAL, Meaning.PROGRESS, Meaning.TROUBLE,
              Meaning.EVIDENCE)
)  # fmt: skip

READ = (TASKS.name, OBSTACLES.name)


def reading(space: Workspace, period: Period) -> Iterator[Consolidation]:
    """The period with its lines of tasks and obstacles read, as the last of the items; one item per unit before it, so
    that a window can go on between them.
    """
    whole = Consolidation(space, period)
    parts = []
    for unit in whole.units:
        part = Consolidation(space, period, only=frozenset({unit.code}))
        parts.append(([e for e in part.entries if e.form.name in READ], part.earlier_obstacles))
        yield part
    whole.__dict__["entries"] = [e for name in READ for found, _ in parts for e in found if e.form.name == name]
    whole.__dict__["earlier_obstacles"] = [e for _, found in parts for e in found]
    yield whole


@dataclass(frozen=True)
class RequestDetails:
    """A request with what belongs to it. `bars`: by period of the same kind up to this one the share done, in percent,
    None where it was not reported; `delays` how many delays were allowed before.
    """

    request: Confirmation
    task: str
    task_id: str
    goal: str
    due: date | None
    words: str
    evidence: tuple[Attachment, ...]
    bars: Sequence[tuple[Period, Decimal | None]]
    delays: int

    @property
    def done(self) -> Decimal | None:
        """The share done, in percent."""
        found: Decimal | None = self.request.row.get(DONE)
        return found

    @property
    def later(self) -> int | None:
        """By how many days the unit asks to put it off; None where a day is missing."""
        asked = self.request.asked_due
        return (asked - self.due).days if asked and self.due else None


def task_words(space: Workspace, c: Confirmation) -> str:
    """The full text of the request's task."""
    return str(space.form(TASKS.name).field(ENTRY).kind.show(c.row.get(ENTRY)))


def evidence_of(c: Confirmation) -> tuple[Attachment, ...]:
    """The papers and files that the unit named."""
    found: tuple[Attachment, ...] = c.row.get(EVIDENCE) or ()
    return found


def details(requests: Confirmations, c: Confirmation) -> RequestDetails:
    """Everything that belongs to one request; it reads the unit's year."""
    space, row = requests.space, c.row
    words = [t for t in (row.get(PROGRESS), row.get(TROUBLE)) if t]
    others = (paper for paper in space.store.of_unit(CONFIRMATIONS.name, c.unit.code) if paper["line"] == row["line"])
    allowed = [
        paper
        for paper in others
        if (paper["kind"], paper["state"]) == (Request.DELAY, Decision.CONFIRMED) and paper["id"] != c.paper.get("id")
    ]
    return RequestDetails(
        c, task_words(space, c), row.get(ENTRY) or "", row.get(GOAL) or "", row.get(DUE), "\n".join(words),
        evidence_of(c), _bars(requests, c), len(allowed),
    )  # fmt: skip


def _bars(requests: Confirmations, c: Confirmation) -> list[tuple[Period, Decimal | None]]:
    space, now = requests.space, requests.period
    rows = {r["period"]: r for r in space.store.of_unit(TASKS.name, c.unit.code) if r["line"] == c.row["line"]}
    periods = [p for p in space.plan.periods if p.kind == now.kind and p.end <= now.end]
    return [(p, c.row.get(DONE) if p.id == now.id else rows.get(p.id, {}).get(DONE)) for p in periods]


def waiting_days(requests: Confirmations, today: date) -> Mapping[Key, int]:
    """How many days each request waits: since the file came in which the line asked for just this first, up to `today`."""
    keys: dict[str, dict[str, Request]] = {}
    for c in requests.waiting:
        keys.setdefault(c.key[0], {})[c.key[1]] = c.kind
    days: dict[Key, int] = {}
    for unit, lines in keys.items():
        for line, since in _since(requests, unit, lines).items():
            days[unit, line] = max((today - since).days, 0)
    return days


def _since(requests: Confirmations, unit: str, lines: Mapping[str, Request]) -> dict[str, date]:
    space, now = requests.space, requests.period
    sql = f"SELECT period, line, [{STATUS}] FROM [{TASKS.name}] WHERE unit=?"
    asked: dict[str, dict[str, Request | None]] = {}
    for period, line, status in space.store.conn.execute(sql, (unit,)):
        asked.setdefault(period, {})[line] = request_of(space.plan.find("status", status or ""))
    decided = {(p["period"], p["line"]) for p in space.store.of_unit(CONFIRMATIONS.name, unit)}
    earlier = [p for p in space.plan.periods if p.end < now.end and p.id in asked]
    return {
        line: _came(space, unit, _first([*earlier, now], line, kind, asked, decided)) for line, kind in lines.items()
    }


def _first(
    periods: Sequence[Period],
    line: str,
    kind: Request,
    asked: Mapping[str, Mapping[str, Request | None]],
    decided: Collection[tuple[str, str]],
) -> Period:
    """The first of the last periods in which the line asked for this without a break and without a decision."""
    first = periods[-1]
    for p in reversed(periods[:-1]):
        if asked[p.id].get(line) != kind or (p.id, line) in decided:
            break
        first = p
    return first


def _came(space: Workspace, unit: str, period: Period) -> date:
    files = Ledger(space.store).of(unit, period.id, "submission", "in")
    return min((date.fromisoformat(p.came[:10]) for p in files), default=period.due)
