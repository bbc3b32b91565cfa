"""督办: papers that the county opens itself, for anything: numbered by year, with a due day, for one or several units.

They go to the units with receipts and hand-outs; the replies come with the submissions. A paper is open till the county
closes it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from forms.field import Row
from forms.kind import Option
from forms.parameters import RED, YELLOW
from forms.records import SUPERVISION_REPLIES, SUPERVISIONS
from models.errors import UserError
from models.plan.entries import Unit
from models.plan.plan import Plan
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME, DICTIONARY = SUPERVISIONS.name, "supervision_source"
SOURCES = (
    Option("meeting", "会议议定"), Option("order", "领导批示"), Option("notice", "通报点名"), Option("indicator", "指标"),
    Option("other", "其他"),
)  # fmt: skip
OPEN, REPLIED, CLOSED = "open", "replied", "closed"
STATES: Mapping[str, str] = {OPEN: "在办", REPLIED: "已答复", CLOSED: "已销号"}
LEVELS: Mapping[str, str] = {"blue": "蓝", "yellow": "黄", "red": "红"}
APART = "、"


def sources(plan: Plan) -> tuple[Option, ...]:
    """Where papers can come from: the plan's dictionary, otherwise the usual ones."""
    return plan.choices.get(DICTIONARY, SOURCES)


@dataclass(frozen=True)
class Supervision:
    """One paper and the newest reply of each unit, by code."""

    paper: Row
    units: tuple[Unit, ...]
    replies: Mapping[str, Row]
    level: str  # blue, yellow or red; "" once it is closed
    days_left: int  # negative once it is overdue

    @property
    def number(self) -> str:
        """The running number of its year, as people name it: 2024年9号."""
        return f"{self.paper['opened'].year}年{self.paper['number']}号"

    @property
    def state(self) -> str:
        """Open, replied by every unit, or closed by the county."""
        if self.paper["closed"]:
            return CLOSED
        return REPLIED if self.units and all(u.code in self.replies for u in self.units) else OPEN

    @property
    def days_words(self) -> str:
        """The days left in words: 还有6天, 今天到期, 过15天; "" once it is closed."""
        if self.paper["closed"]:
            return ""
        n = self.days_left
        return f"还有{n}天" if n > 0 else "今天到期" if n == 0 else f"过{-n}天"


@dataclass(frozen=True)
class Supervisions:
    """The papers of a workspace, seen on a day."""

    space: Workspace
    today: date

    @cached_property
    def all(self) -> list[Supervision]:
        """Every paper: the open ones first, the nearest due day first, then by number."""
        found = [self._made(r) for r in self.space.store.everything(NAME)]
        return sorted(
            found, key=lambda s: (s.state == CLOSED, s.paper["due"], s.paper["opened"].year, s.paper["number"])
        )

    @property
    def open(self) -> list[Supervision]:
        """The papers that are not closed."""
        return [s for s in self.all if s.state != CLOSED]

    def find(self, id: str) -> Supervision | None:
        """The paper of that id, or None."""
        return next((s for s in self.all if s.paper["id"] == id), None)

    def tied_to(self, tied: str) -> list[Supervision]:
        """The papers tied to a place: `form/unit/line` for a line or an obstacle, `indicators//id` for an indicator."""
        return [s for s in self.all if s.paper["tied"] == tied]

    @cached_property
    def _replies(self) -> Mapping[str, dict[str, Row]]:
        found: dict[str, dict[str, Row]] = {}
        for r in sorted(
            self.space.store.everything(SUPERVISION_REPLIES.name), key=lambda paper: (paper["day"], paper["period"])
        ):
            found.setdefault(r["line"], {})[r["unit"]] = r
        return found

    def _made(self, paper: Row) -> Supervision:
        plan, left = self.space.plan, (paper["due"] - self.today).days
        units = tuple(u for code in paper["units"].split(APART) if (u := plan.find("units", code)))
        level = "red" if left <= plan.parameter(RED) else "yellow" if left <= plan.parameter(YELLOW) else "blue"
        return Supervision(paper, units, self._replies.get(paper["id"], {}), "" if paper["closed"] else level, left)

    ## what the county writes

    def begin(self, source: str, units: Sequence[Unit], text: str, due: date, tied: str = "") -> list[Change]:
        """The change that opens a paper, today, with the next number of the year. Raises UserError."""
        if source not in {o.id for o in sources(self.space.plan)}:
            names = APART.join(o.name for o in sources(self.space.plan))
            raise UserError("supervision.unknown-source", source=source, names=names)
        numbers = [
            paper["number"] for paper in self.space.store.everything(NAME) if paper["opened"].year == self.today.year
        ]
        number = max(numbers, default=0) + 1
        line = f"{self.today.year}-{number}"
        id = record_id(NAME, "", "", line)
        keys = {"id": id, "unit": "", "period": "", "line": line, "position": number}
        empty = {f.name: None for f in SUPERVISIONS.stored}
        return [Change(NAME, id, None, {**keys, **empty, **self._values(units, text, due, self.today), "number": number,
                                        "source": source, "opened": self.today, "tied": tied or None})]  # fmt: skip

    def change(self, s: Supervision, units: Sequence[Unit], text: str, due: date) -> list[Change]:
        """The change that gives a paper other units, words or another due day. Raises UserError."""
        return self._update(s, self._values(units, text, due, s.paper["opened"]))

    def close(self, s: Supervision, day: date, result: str = "") -> list[Change]:
        """The change that closes a paper (销号). Raises UserError where the day is before it was opened."""
        if day < s.paper["opened"]:
            raise UserError("supervision.closed-early", opened=_day(s.paper["opened"]))
        return self._update(s, {"closed": day, "result": result.strip() or None})

    def reopen(self, s: Supervision) -> list[Change]:
        """The change that takes a closing back."""
        return self._update(s, {"closed": None, "result": None})

    def discard(self, s: Supervision) -> list[Change]:
        """The change that takes a paper out, as if it had not been opened."""
        return [Change(NAME, s.paper["id"], s.paper, None)]

    def _values(self, units: Sequence[Unit], text: str, due: date, opened: date) -> dict[str, object]:
        if not units:
            raise UserError("supervision.no-unit")
        if not text.strip():
            raise UserError("supervision.no-text")
        if due < opened:
            raise UserError("supervision.due-early", due=_day(due), opened=_day(opened))
        codes = APART.join(dict.fromkeys(u.code for u in units))
        return {"units": codes, "text": text.strip(), "due": due, "by": self.space.person or None}

    def _update(self, s: Supervision, values: Mapping[str, object]) -> list[Change]:
        changed = {n: v for n, v in values.items() if s.paper[n] != v}
        return [Change(NAME, s.paper["id"], {n: s.paper[n] for n in changed}, changed)] if changed else []


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def papers_of(space: Workspace, unit: str) -> list[Row]:
    """The records of the papers for one unit, for its receipt and hand-out."""
    return [r for r in space.store.everything(NAME) if unit in r["units"].split(APART)]
