"""Which obstacles are open: an obstacle is open until it is struck off, whether its unit has reported this period or not."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from forms.field import Context, Meaning, Row
from forms.obstacles import OBSTACLES
from forms.records import DOCKET, OVERRIDES
from forms.states import Mark
from models.county.aggregation import CountedRow
from models.ledger.ledger import Ledger
from models.plan.entries import Period, Unit
from models.store.store import record_id
from models.workspace import Workspace

STATUS, LEVEL, DUE = (OBSTACLES.means(m) for m in (Meaning.STATUS, Meaning.LEVEL, Meaning.DUE))
EARLIER = "earlier"  # key of a row that comes from an earlier period; the value is the id of that period


def paper_id(unit: str, line: str) -> str:
    """The id of what the office wrote about an obstacle."""
    return record_id(DOCKET.name, unit, "", line)


def is_solved(space: Workspace, row: Row) -> bool:
    """Whether the unit says that the obstacle is solved."""
    status = space.plan.find("obstacle_state", row[STATUS] or "")
    return bool(status) and status.mark == Mark.DONE


def is_struck_off(space: Workspace, row: Row, paper: Row) -> bool:
    """Whether an obstacle is closed: with a number only the office strikes it off; without one the unit's word counts."""
    return bool(paper.get("closed")) or (is_solved(space, row) and not paper.get("number"))


@dataclass(frozen=True)
class EarlierObstacles:
    """The obstacles of earlier periods that are open and not in this period's reports: all of the units that have not
    `reported`; of those that have, the ones to which the office gave a number.
    """

    space: Workspace
    period: Period
    units: Sequence[Unit]
    reported: Collection[str]

    @cached_property
    def all(self) -> list[CountedRow]:
        """The complete rows, each with EARLIER, unit by unit."""
        return [e for unit in self.units for e in self._of(unit)]

    @cached_property
    def _papers(self) -> Mapping[tuple[str, str], Row]:
        return {(r["unit"], r["line"]): r for r in self.space.store.everything(DOCKET.name)}

    def _of(self, unit: Unit) -> Iterator[CountedRow]:
        came, store = unit.code in self.reported, self.space.store
        if came and not any(code == unit.code and paper["number"] for (code, _), paper in self._papers.items()):
            return
        seen = {r["line"] for r in store.rows(OBSTACLES.name, unit.code, self.period.id)} if came else set()
        then = self.space.plan.period_before(self.period)
        while then is not None:
            rows = store.rows(OBSTACLES.name, unit.code, then.id)
            for row in (r for r in rows if r["line"] not in seen):
                paper = self._papers.get((unit.code, row["line"]), {})
                if not is_struck_off(self.space, row, paper) and (paper.get("number") or not came):
                    yield self._row(unit, then, row)
            seen |= {r["line"] for r in rows}
            came = came or bool(rows) or bool(Ledger(store).of(unit.code, then.id, "submission", "in"))
            then = self.space.plan.period_before(then)

    def _row(self, unit: Unit, then: Period, row: Row) -> CountedRow:
        form, over = self.space.plan.form(OBSTACLES), self.space.store.rows(OVERRIDES.name, unit.code, then.id)
        mine = [o for o in over if (o["form"], o["record"]) == (OBSTACLES.name, row["id"]) and form.find(o["field"])]
        values = {o["field"]: form.field(o["field"]).kind.read(o["value"] or "") for o in mine}
        full = form.complete({**row, **values}, Context(self.space.plan, unit.code, then))
        return CountedRow(form, unit, {**full, EARLIER: then.id})


def open_rows(space: Workspace, reported: Sequence[Row], earlier: Sequence[CountedRow]) -> list[Row]:
    """Of the obstacles reported in a period those that are not struck off, and those of earlier periods, the highest
    level of coordination first.
    """
    levels = {o.id: -n for n, o in enumerate(space.plan.options("level"))}
    papers = {(r["unit"], r["line"]): r for r in space.store.everything(DOCKET.name)}
    mine = [r for r in reported if not is_struck_off(space, r, papers.get((r["unit"], r["line"]), {}))]
    return sorted([*mine, *(e.row for e in earlier)], key=lambda r: (levels.get(r[LEVEL], 0), str(r[DUE] or "")))
