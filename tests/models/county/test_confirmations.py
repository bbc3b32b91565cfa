"""核验: what the units ask waits for the county; only what it confirms counts, and the unit's own words stay."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from forms.parameters import CONFIRM_COUNTS
from forms.states import Decision, Mark, Request
from models.county.confirmations import Confirmation
from models.county.consolidation import Consolidation
from models.county.scoring import Scoring
from models.errors import UserError
from models.store.change import inverse
from models.workspace import Workspace
from tests.models.county_months import reported

TOWN, OCTOBER, NOVEMBER = "瓦屋塘镇", "2024-10", "2024-11"
DAY, LATER = date(2024, 11, 2), date(2024, 12, 20)


def line(space: Workspace, n: int, status: str, percent: int, **more: Any) -> Mapping[str, Any]:
    task = space.plan.tasks_of(space.plan.unit(TOWN).code)[n][0].id
    return {"task": task, "status": status, "percent": D(percent), "due": date(2024, 10, 25), **more}


def month(space: Workspace, period: str, *lines: Mapping[str, Any]) -> None:
    at = f"{period}-20T09:00:00+08:00"
    reported(space, space.plan.unit(TOWN), space.plan.period(period), {"tasks": lines}, at)


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    space = new_space(role="office")
    month(
        space, OCTOBER, line(space, 0, "done", 100), line(space, 1, "delay", 40, asked_due=LATER),
        line(space, 2, "ended", 5), line(space, 3, "doing", 80),
    )  # fmt: skip
    return space


def consolidated(space: Workspace, period: str = OCTOBER) -> Consolidation:
    return Consolidation(space, space.plan.period(period))


def asked(space: Workspace, kind: Request, period: str = OCTOBER) -> Confirmation:
    return next(c for c in consolidated(space, period).confirmations.all if c.kind == kind)


def figures(space: Workspace, period: str = OCTOBER) -> dict[str, Any]:
    found = consolidated(space, period)
    return found.figures(found.entries)


def decide(space: Workspace, kind: Request, agree: bool = True, period: str = OCTOBER) -> None:
    claims, c = consolidated(space, period).confirmations, asked(space, kind, period)
    space.apply(claims.confirm(c, DAY, "看过现场") if agree else claims.refuse(c, DAY, "佐证不够，请补齐"), "核验")


def test_what_the_lines_ask_waits(office: Workspace) -> None:
    waiting = consolidated(office).confirmations.waiting
    assert [(c.kind, c.sentence) for c in waiting] == [
        (Request.COMPLETION, "已报完成，待核验"), (Request.DELAY, "申请延期，待县里定"), (Request.END, "申请终止，待县里定"),
    ]  # fmt: skip
    assert waiting[1].asked_due == LATER


def test_a_completion_counts_once_it_is_confirmed_or_where_the_plan_says_so(office: Workspace) -> None:
    now = figures(office)
    assert (now["status_done"], now["status_doing"], now["unproven"]) == (0, 1, 1)
    assert consolidated(office).lamps()[office.plan.unit(TOWN).code] != {}
    decide(office, Request.COMPLETION)
    now = figures(office)
    assert (now["status_done"], now["status_doing"], now["unproven"]) == (1, 1, 0)
    assert asked(office, Request.COMPLETION).sentence == "核验通过（11月2日）：看过现场"


def test_a_plan_may_count_completions_at_once(office: Workspace) -> None:
    office.plan = replace(office.plan, parameters={CONFIRM_COUNTS.id: "yes"})
    assert figures(office)["status_done"] == 1


def test_a_refusal_needs_a_word_and_makes_an_overdue_line_late(office: Workspace) -> None:
    c = asked(office, Request.COMPLETION)
    with pytest.raises(UserError, match="至少6个字，现在3个字"):
        consolidated(office).confirmations.refuse(c, DAY, "不同意")
    decide(office, Request.COMPLETION, agree=False)
    now = asked(office, Request.COMPLETION)
    assert (now.state, now.sentence) == (Decision.REFUSED, "不同意完成（11月2日）：佐证不够，请补齐")
    assert (now.row["status"], consolidated(office).confirmations.mark(now.row)) == ("done", Mark.LATE)


def test_an_allowed_delay_moves_the_due_day_of_checks_and_marks(office: Workspace) -> None:
    month(office, NOVEMBER, line(office, 0, "doing", 60), line(office, 1, "doing", 60))
    code = office.plan.unit(TOWN).code

    def overdue() -> list[int]:
        return [f.problem.row for f in consolidated(office, NOVEMBER).findings[code] if f.problem.code == "overdue"]

    assert overdue() == [1, 2]
    decide(office, Request.DELAY)
    assert overdue() == [1]
    claims, c = consolidated(office).confirmations, asked(office, Request.DELAY)
    assert (c.due, claims.due(c.row), c.row["due"], claims.mark(c.row)) == (
        LATER,
        LATER,
        date(2024, 10, 25),
        Mark.DOING,
    )
    assert claims.since(c) == date(2024, 10, 20)


def test_a_delay_to_an_earlier_day_is_refused(office: Workspace) -> None:
    with pytest.raises(UserError, match="新的时限2024年10月1日不晚于原来的2024年10月25日"):
        consolidated(office).confirmations.confirm(asked(office, Request.DELAY), DAY, due=date(2024, 10, 1))


def test_what_the_county_ended_leaves_the_mean(office: Workspace) -> None:
    before = figures(office)
    assert (before["percent"], before["status_ended"]) == (D("56.2"), 1)  # 100, 40, 5, 80
    decide(office, Request.END)
    now = figures(office)
    assert (now["percent"], now["status_ended"], now["ended"], now["lines"]) == (D("73.3"), 1, 1, 4)


def test_a_decision_holds_until_the_line_asks_for_something_else(office: Workspace) -> None:
    decide(office, Request.COMPLETION)
    decide(office, Request.DELAY)
    month(
        office, NOVEMBER, line(office, 0, "done", 100), line(office, 1, "doing", 60),
        line(office, 2, "done", 100), line(office, 3, "delay", 80, asked_due=LATER),
    )  # fmt: skip
    claims = consolidated(office, NOVEMBER).confirmations
    assert [c.state for c in claims.all] == [Decision.CONFIRMED, Decision.WAITING, Decision.WAITING]
    assert claims.due(claims.lines[1].row) == LATER, "an allowed day stays when the work goes on"
    month(office, "2024-12", line(office, 0, "doing", 90), line(office, 1, "delay", 60, asked_due=date(2024, 12, 31)))
    assert [c.state for c in consolidated(office, "2024-12").confirmations.all] == [Decision.WAITING]
    assert asked(office, Request.COMPLETION).state == Decision.CONFIRMED, "October stays as it was"


def test_a_completion_that_was_taken_back_in_between_waits_again(office: Workspace) -> None:
    decide(office, Request.COMPLETION)
    month(office, NOVEMBER, line(office, 0, "doing", 90))
    month(office, "2024-12", line(office, 0, "done", 100))
    assert [c.state for c in consolidated(office, "2024-12").confirmations.all] == [Decision.WAITING]


def test_every_act_can_be_taken_back_and_undone(office: Workspace) -> None:
    claims = consolidated(office).confirmations
    changes = claims.confirm(asked(office, Request.COMPLETION), DAY)
    office.apply(changes, "核验")
    office.apply(inverse(changes), "撤销")
    assert asked(office, Request.COMPLETION).state == Decision.WAITING
    decide(office, Request.COMPLETION)
    office.apply(consolidated(office).confirmations.take_back(asked(office, Request.COMPLETION)), "取消核验")
    assert asked(office, Request.COMPLETION).state == Decision.WAITING
    office.apply(office.close_off(OCTOBER), "封存")
    with pytest.raises(UserError, match="已经封存，不能核验"):
        consolidated(office).confirmations.confirm(asked(office, Request.COMPLETION), DAY)


def test_scores_count_an_unproven_line_no_further_than_the_pace(office: Workspace) -> None:
    def progress() -> tuple[D | None, str]:
        scoring = Scoring(consolidated(office), date(2024, 11, 1))
        unit = next(r for r in scoring.results if r.unit.short == TOWN)
        item = next(i for i in unit.items if i.score.basis == "progress")
        return item.points, " ".join(w.text for w in item.whys)

    points, why = progress()
    assert "还没有核验通过的1行，按序时进度计" in why
    decide(office, Request.COMPLETION)
    more, why = progress()
    assert more is not None
    assert points is not None
    assert more > points
    assert "核验通过" not in why


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"status": "delay", "asked_due": None}, "no_asked_day"),
        ({"status": "delay", "asked_due": date(2024, 10, 25)}, "asked_day_early"),
        ({"status": "doing", "asked_due": LATER}, "asked_day_alone"),
    ],
)
def test_the_form_asks_for_the_day_of_a_delay(office: Workspace, values: Mapping[str, Any], code: str) -> None:
    ctx = office.context(office.plan.unit(TOWN).code, office.plan.period(OCTOBER))
    row = {**ctx.rows["tasks"][3], **values}
    assert code in [p.code for p in office.form("tasks").problems([row], ctx)]
