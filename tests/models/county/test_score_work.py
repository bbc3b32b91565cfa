"""考核 by the work itself: lead weighs more than support, completions the county confirmed, verdicts of indicators."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from forms.parameters import BEHIND_BRINGS, FAILED_BRINGS, WEIGHT_LEAD, WEIGHT_SUPPORT
from forms.states import Request
from models.county.consolidation import Consolidation
from models.county.score_inputs import Why
from models.county.scoring import Scoring
from models.plan.entries import Score
from models.workspace import Workspace
from tests.models.county_months import reported

OCTOBER, TODAY, CAME = "2024-10", date(2024, 11, 1), "2024-10-20T09:00:00+08:00"
UNIT = "县残联"  # leads the first and the third of its tasks, supports the second
CENT = D("0.01")


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    return new_space(role="office")


def set_rule(space: Workspace, basis: str, **parameters: Any) -> None:
    """Only this basis is scored, with 40 points."""
    score = Score("S1", "项目", D(40), "办法", basis, (), True)
    named = {"lead": WEIGHT_LEAD, "support": WEIGHT_SUPPORT, "behind": BEHIND_BRINGS, "failed": FAILED_BRINGS}
    values = {named[n].id: v for n, v in parameters.items()}
    space.take_plan(replace(space.plan, scoring=(score,), parameters=values))


def tasks(space: Workspace, *lines: dict[str, Any]) -> None:
    unit = space.plan.unit(UNIT)
    given = [t.id for t, _ in space.plan.tasks_of(unit.code)]
    rows = [{"task": t, "status": "doing", "due": date(2024, 12, 31), **x} for t, x in zip(given, lines, strict=False)]
    reported(space, unit, space.plan.period(OCTOBER), {"tasks": rows}, CAME)


def scored(space: Workspace, unit: str = UNIT) -> tuple[D | None, tuple[Why, ...]]:
    whole = Consolidation(space, space.plan.period(OCTOBER))
    item = Scoring(whole, TODAY).by_unit[space.plan.unit(unit).code].items[0]
    return item.points, item.whys


@pytest.mark.parametrize(("lead", "support", "mean"), [(D(2), D(1), D(40)), (D(1), D(1), D(50)), (D(0), D(1), D(100))])
def test_lead_weighs_as_the_plan_says(office: Workspace, lead: D, support: D, mean: D) -> None:
    tasks(office, {"percent": D(50)}, {"percent": D(100)}, {"percent": D(0)})
    set_rule(office, "progress", lead=lead, support=support)
    points, whys = scored(office)
    assert points == min(D(40), 40 * mean / D("83.3")).quantize(CENT)
    assert whys[0].text.startswith(f"3行任务平均完成{mean:.1f}%，序时应到83.3%")
    assert [w.field for w in whys[1:]] == ["percent"] * 2, "both slow lines are named with their cell"


def test_a_line_that_the_county_let_end_leaves_the_mean(office: Workspace) -> None:
    tasks(office, {"percent": D(80)}, {"percent": D(80)}, {"percent": D(0), "status": "ended"})
    set_rule(office, "progress")
    assert "3行任务" in scored(office)[1][0].text
    decide(office, Request.END)
    points, whys = scored(office)
    assert points == (40 * D(80) / D("83.3")).quantize(CENT)
    assert whys[0].text.startswith("2行任务平均完成80.0%")


def decide(space: Workspace, kind: Request) -> None:
    claims = Consolidation(space, space.plan.period(OCTOBER)).confirmations
    asked = next(c for c in claims.waiting if c.kind == kind)
    space.apply(claims.confirm(asked, date(2024, 10, 28)), "核验")


def test_confirmed_completions_of_those_due_or_reported(office: Workspace) -> None:
    tasks(
        office,
        {"percent": D(100), "status": "done"},  # lead
        {"percent": D(40), "due": date(2024, 9, 30)},  # support, overdue
        {"percent": D(40)},  # lead, not due yet
    )
    set_rule(office, "confirmed")
    assert scored(office)[0] == 0
    decide(office, Request.COMPLETION)
    points, whys = scored(office)
    assert points == (D(40) * 2 / 3).quantize(CENT), "the lead of a lead and a support line"
    assert whys[0].text == "到期或报了已完成的2行，县里核验通过1行"
    assert whys[1].text.startswith("9月30日到期，没有完成：")


def test_with_nothing_due_nothing_is_lost(office: Workspace) -> None:
    tasks(office, {"percent": D(40)})
    set_rule(office, "confirmed")
    assert (scored(office)[0], scored(office)[1][0].text) == (D(40), "没有到期的任务，也没有报已完成的，不扣分")


def test_verdicts_of_indicators_bring_what_the_plan_says(office: Workspace) -> None:
    unit = next(u for u in office.plan.units if len(office.plan.indicators_of(u.code)) >= 3)
    mine = office.plan.indicators_of(unit.code)[:4]
    plan, kept = office.plan, {i.id for i in mine}
    same: dict[str, Any] = {"nature": "total", "measure": "个", "comparison": "≥", "target": D(120), "than": None}
    made = tuple(
        i._replace(**same) if i.id in kept else i for i in plan.indicators if i.lead != unit.code or i.id in kept
    )
    office.take_plan(replace(plan, indicators=made))
    figures = [D(120), D(110), D(10), None]  # 83.3 % of the year gone: reached, on course, behind, not given
    rows = [{"indicator": i.id, "total": f} for i, f in zip(mine, figures, strict=False)]
    reported(office, unit, office.plan.period(OCTOBER), {"indicators": rows}, CAME)
    shares = [D(1), D(1), D("0.5"), D(0)][: len(mine)]
    set_rule(office, "indicators")
    points, whys = scored(office, unit.short)
    assert points == (40 * sum(shares, D(0)) / len(shares)).quantize(CENT)
    assert whys[0].text == f"负责的指标计分{len(mine)}项，已达到或正常2项"
    assert whys[1].text.startswith(f"滞后：{mine[2].name}")
    assert whys[1].field == "total"
    set_rule(office, "indicators", behind=D(80))
    assert scored(office, unit.short)[0] == (40 * (2 + D("0.8")) / len(shares)).quantize(CENT)


def test_a_broken_ban_and_a_missing_line_bring_nothing(office: Workspace) -> None:
    ban = next(i for i in office.plan.indicators if i.comparison == "杜绝")
    office.take_plan(replace(office.plan, indicators=tuple(i for i in office.plan.indicators if i.id == ban.id)))
    unit = office.plan.unit(ban.lead)
    set_rule(office, "indicators")
    reported(office, unit, office.plan.period(OCTOBER), {"indicators": []}, CAME)
    assert (scored(office, unit.short)[0], scored(office, unit.short)[1][1].text) == (D(0), f"没有报：{ban.name}")
    reported(office, unit, office.plan.period(OCTOBER), {"indicators": [{"indicator": ban.id, "total": D(99)}]}, CAME)
    points, whys = scored(office, unit.short)
    assert points == 0
    assert whys[1].text.startswith("已发生：")
    set_rule(office, "indicators", failed=D(10))
    assert scored(office, unit.short)[0] == 4


def test_who_answers_for_no_indicator_loses_nothing(office: Workspace) -> None:
    tasks(office, {"percent": D(40)})
    office.take_plan(replace(office.plan, indicators=()))
    set_rule(office, "indicators")
    assert scored(office)[0] == 40
