"""灯: one sign for the tasks of a unit in an action, by the rule of the plan (`lamp.rule`); pages and papers show the
same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from forms.field import Meaning, Row
from forms.parameters import LAMP_RULE, LAMP_SHARE
from forms.states import MARKS, Mark
from forms.tasks import TASKS
from models.plan.plan import Plan

DONE, TASK = TASKS.means(Meaning.DONE), TASKS.means(Meaning.ENTRY)
WORST = (Mark.LATE, Mark.WARN, Mark.IDLE, Mark.DOING, Mark.DONE)  # of several tasks the first of these is the worst


@dataclass(frozen=True)
class Lamp:
    """The sign of some tasks: its mark, how many tasks there are, how many of them have the worst mark, and the row of
    the least advanced of those.
    """

    mark: str
    lines: int
    count: int
    worst: str
    row: Row

    @property
    def counts(self) -> str:
        """How many of how many have the worst mark: 滞后2/9."""
        return f"{MARKS[Mark(self.worst)]}{self.count}/{self.lines}"


def lamp(plan: Plan, marked: Sequence[tuple[str, Row]]) -> Lamp | None:
    """The lamp of task rows, each with its mark; None where no row has one."""
    known = [(m, r) for m, r in marked if m in WORST]
    if not known:
        return None
    worst = min((m for m, _ in known), key=lambda m: WORST.index(Mark(m)))
    rows = [r for m, r in known if m == worst]
    least = min(rows, key=lambda r: r[DONE] if r[DONE] is not None else Decimal(-1))
    late = sum(m == Mark.LATE for m, _ in known)
    return Lamp(_mark(plan, worst, late, len(known)), len(known), len(rows), worst, least)


def _mark(plan: Plan, worst: str, late: int, lines: int) -> str:
    if plan.parameter(LAMP_RULE) == "worst":
        return worst
    if late and late * 100 >= plan.parameter(LAMP_SHARE) * lines:
        return Mark.LATE
    return Mark.WARN if worst in (Mark.LATE, Mark.WARN, Mark.IDLE) else worst


def lamp_rule(plan: Plan) -> str:
    """The rule in a sentence, for pages and papers that show lamps."""
    if plan.parameter(LAMP_RULE) == "worst":
        return "灯：看最差的一项任务。"
    share = share_words(plan.parameter(LAMP_SHARE))
    return f"灯：滞后的任务占{share}及以上为滞后；有滞后、偏慢或未启动的为偏慢；其余正常、完成。"


def share_words(percent: Decimal) -> str:
    """A percentage as people say it: 1/3 for 33.3, otherwise 40%."""
    part = Fraction(percent / 100).limit_denominator(4)
    near = abs(float(part) - float(percent) / 100) < 0.0005 and part.denominator > 1
    return f"{part.numerator}/{part.denominator}" if near else f"{percent.normalize():f}%"
