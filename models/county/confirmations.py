"""核验: what the units ask with the status of a task line (完成, 延期, 调整, 终止), and what the county decided about it.

What waits is worked out from the lines that count. A decision holds in later periods too, until the line asks for
something else. The unit's own words are never changed: what counts of a line is asked here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from forms.dates import day_of
from forms.field import Meaning, Row
from forms.kind import Value
from forms.parameters import CONFIRM_COUNTS
from forms.records import CONFIRMATIONS
from forms.states import Decision, Mark, Request
from forms.task_requests import request_of
from forms.tasks import TASKS
from models.county.aggregation import CountedRow
from models.errors import UserError
from models.ledger.county_acts import decision_sentence
from models.ledger.ledger import Ledger
from models.plan.entries import Period, Unit
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = CONFIRMATIONS.name
SHORTEST_WORD = 6
STATUS, DONE, DUE, ASKED_DUE = (TASKS.means(m) for m in (Meaning.STATUS, Meaning.DONE, Meaning.DUE, Meaning.ASKED_DUE))
Key = tuple[str, str]  # code of the unit, line


@dataclass(frozen=True)
class Confirmation:
    """A request of a unit's task line and its state; `paper` is what the county wrote, {} while it waits. `row` is the
    complete line of the unit.
    """

    unit: Unit
    row: Row
    kind: Request
    state: Decision
    paper: Row

    @property
    def key(self) -> Key:
        """Unit and line: the same in every period."""
        return self.unit.code, self.row["line"]

    @property
    def asked_due(self) -> date | None:
        """Until when the unit asks to put the line off."""
        return self.row.get(ASKED_DUE) if self.kind == Request.DELAY else None

    @property
    def due(self) -> date | None:
        """The due day that the county allowed."""
        return self.paper.get("due") if self.state == Decision.CONFIRMED else None

    @property
    def sentence(self) -> str:
        """The state in words: 已报完成，待核验; 同意延期到11月30日（11月2日）：…"""
        return decision_sentence(self.kind, self.state, self.paper)


@dataclass(frozen=True)
class Confirmations:
    """The requests in the task lines of a period that count, and what counts of each line."""

    space: Workspace
    period: Period
    lines: Sequence[CountedRow]

    @cached_property
    def all(self) -> list[Confirmation]:
        """Every request, in the order of the lines."""
        found = []
        for e in self.lines:
            kind = request_of(self._status(e.row))
            if kind:
                paper = self._paper(e.row, kind)
                found.append(
                    Confirmation(e.unit, e.row, kind, Decision(paper["state"]) if paper else Decision.WAITING, paper)
                )
        return found

    @property
    def waiting(self) -> list[Confirmation]:
        """The requests that wait for the county."""
        return [c for c in self.all if c.state == Decision.WAITING]

    @cached_property
    def _by_key(self) -> Mapping[Key, Confirmation]:
        return {c.key: c for c in self.all}

    def find(self, key: Key) -> Confirmation | None:
        """The request of a unit and line, or None."""
        return self._by_key.get(key)

    def of(self, row: Row) -> Confirmation | None:
        """The request of a task line, or None."""
        return self._by_key.get((row["unit"], row["line"]))

    def _status(self, row: Row) -> Value:
        return self.space.plan.find("status", row.get(STATUS) or "")

    @cached_property
    def _papers(self) -> Mapping[Key, list[Row]]:
        """What the county wrote up to this period, newest first."""
        end = {p.id: p.end for p in self.space.plan.periods if p.end <= self.period.end}
        rows = [r for r in self.space.store.everything(NAME) if r["period"] in end]
        found: dict[Key, list[Row]] = {}
        for r in sorted(rows, key=lambda r: end[r["period"]], reverse=True):
            found.setdefault((r["unit"], r["line"]), []).append(r)
        return found

    def _paper(self, row: Row, kind: Request) -> Row:
        """The newest decision on just this request; {} where it waits."""
        paper = next(iter(self._papers.get((row["unit"], row["line"]), ())), None)
        if paper is None or paper["kind"] != kind or (kind == Request.DELAY and paper["asked"] != row.get(ASKED_DUE)):
            return {}
        return paper if paper["period"] == self.period.id or self._unbroken(row, kind, paper["period"]) else {}

    def _unbroken(self, row: Row, kind: Request, since: str) -> bool:
        """Whether the line asked for the same in every period that it was reported in since a decision."""
        first = self.space.plan.period(since)
        between = {p.id for p in self.space.plan.periods if first.end < p.end < self.period.end}
        sql = f"SELECT period, [{STATUS}] FROM [{TASKS.name}] WHERE unit=? AND line=?"
        rows = self.space.store.conn.execute(sql, (row["unit"], row["line"]))
        return all(self._asks(s) == kind for p, s in rows if p in between)

    def since(self, c: Confirmation) -> date:
        """The day on which the first of the unbroken reports with this request came."""
        sql = f"SELECT period, [{STATUS}] FROM [{TASKS.name}] WHERE unit=? AND line=?"
        status, first = dict(self.space.store.conn.execute(sql, c.key).fetchall()), self.period
        while (before := self.space.plan.period_before(first)) and self._asks(status.get(before.id)) == c.kind:
            first = before
        came = [p.came[:10] for p in Ledger(self.space.store).of(c.unit.code, first.id, "submission", "in")]
        return date.fromisoformat(min(came)) if came else first.due

    def _asks(self, status: Value) -> Request | None:
        return request_of(self.space.plan.find("status", status or ""))

    ## what counts of a line

    @cached_property
    def _counts_unconfirmed(self) -> bool:
        return bool(self.space.plan.parameter(CONFIRM_COUNTS) == "yes")

    def is_ended(self, row: Row) -> bool:
        """Whether the county agreed that the line is ended: it is in no mean and has no mark."""
        found = self.of(row)
        return found is not None and (found.kind, found.state) == (Request.END, Decision.CONFIRMED)

    def is_unproven(self, row: Row) -> bool:
        """Whether the line is reported as completed and does not count as completed."""
        found = self.of(row)
        if found is None or found.kind != Request.COMPLETION or found.state == Decision.CONFIRMED:
            return False
        return found.state == Decision.REFUSED or not self._counts_unconfirmed

    def due(self, row: Row) -> date | None:
        """The due day that counts: the later one that the county allowed, else the unit's; None for words."""
        return self.allowed_due(row) or day_of(row.get(DUE))

    def allowed_due(self, row: Row) -> date | None:
        """The later due day that the county allowed, or None."""
        for paper in self._papers.get((row["unit"], row["line"]), ()):
            if paper["kind"] == Request.DELAY and paper["state"] == Decision.CONFIRMED and paper["due"]:
                allowed: date = paper["due"]
                return allowed
        return None

    def mark(self, row: Row) -> str:
        """The mark that counts for a task line: its status's, or another one until the county agreed; '' for ended."""
        found, status = self.of(row), self._status(row)
        if self.is_ended(row):
            return ""
        late = (due := self.due(row)) is not None and due < self.period.end
        if self.is_unproven(row):
            return Mark.LATE if late and found and found.state == Decision.REFUSED else Mark.DOING
        if found and (found.kind, found.state) == (Request.DELAY, Decision.CONFIRMED):
            return Mark.LATE if late else Mark.DOING
        return status.mark if status else ""

    def percent(self, row: Row, most: Decimal) -> Decimal:
        """The share done that counts in scores, in percent: of what is not proven no more than `most`."""
        done: Decimal = row.get(DONE) or Decimal(0)
        return min(done, most) if self.is_unproven(row) else done

    ## what the county writes

    def confirm(self, c: Confirmation, day: date, text: str = "", due: date | None = None) -> list[Change]:
        """The change that agrees to a request; a delay until `due`, or until the day that was asked for. Raises UserError."""
        until = (due or c.asked_due) if c.kind == Request.DELAY else None
        if c.kind == Request.DELAY and until is None:
            raise UserError("confirmation.no-due")
        before = day_of(c.row.get(DUE))
        if until and before and until <= before:
            raise UserError("confirmation.due-not-later", due=_day(until), before=_day(before))
        return self._write(c, Decision.CONFIRMED, day, text, until)

    def refuse(self, c: Confirmation, day: date, text: str) -> list[Change]:
        """The change that refuses a request, with the reason. Raises UserError where it is too short."""
        if len(text.strip()) < SHORTEST_WORD:
            raise UserError("confirmation.short-word", least=SHORTEST_WORD, count=len(text.strip()))
        return self._write(c, Decision.REFUSED, day, text, None)

    def take_back(self, c: Confirmation) -> list[Change]:
        """The change that takes a decision back: the request waits again."""
        self._may_write()
        return [Change(NAME, c.paper["id"], c.paper, None)] if c.paper else []

    def _may_write(self) -> None:
        if self.space.is_closed(self.period.id):
            raise UserError("confirmation.closed", period=self.period.name)

    def _write(self, c: Confirmation, state: Decision, day: date, text: str, due: date | None) -> list[Change]:
        self._may_write()
        code, line = c.key
        id = record_id(NAME, code, self.period.id, line)
        after = {
            "kind": str(c.kind), "state": str(state), "day": day, "text": text.strip() or None, "asked": c.asked_due,
            "due": due, "by": self.space.person or None,
        }  # fmt: skip
        now = self.space.store.row(NAME, id)
        if now is None:
            keys = {"id": id, "unit": code, "period": self.period.id, "line": line, "position": 0}
            return [Change(NAME, id, None, {**keys, **after})]
        changed = {n: v for n, v in after.items() if now[n] != v}
        return [Change(NAME, id, {n: now[n] for n in changed}, changed)] if changed else []


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
