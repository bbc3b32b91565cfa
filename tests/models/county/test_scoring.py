"""考核: equal to figures worked out by hand; every point explained; corrections keep their reasons."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from forms.kind import Value
from forms.states import FileKind, Way
from models.county.consolidation import Consolidation
from models.county.scoring import Scoring, UnitScore, correct
from models.county.unit_states import state
from models.errors import UserError
from models.ledger.ledger import Ledger, Package
from models.store.change import Change
from models.workspace import Workspace
from tests.models.county_months import reported

OCTOBER, TODAY = "2024-10", date(2024, 11, 1)
OK = {"goal": "目标", "chief": "示例", "section": "股室", "person": "示例", "due": date(2024, 12, 31), "next": "继续"}


def tasks(space: Workspace, unit: str, *percents: D | None) -> list[dict[str, Value]]:
    """Task lines with these percents, otherwise complete."""
    given = [t.id for t, _ in space.plan.tasks_of(space.plan.unit(unit).code)][: len(percents)]
    text = "这一期做了实实在在的事情第{n}件"
    return [
        {**OK, "task": t, "percent": p, "status": "warn", "progress": text.format(n=n), "trouble": "资金到位较慢"}
        for n, (t, p) in enumerate(zip(given, percents, strict=True))
    ]


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    return new_space(role="office")


def hand_out(space: Workspace, period: str) -> None:
    """Note in the ledger that a period was handed out, so that it was asked for."""
    at = f"{period}-01T08:00:00+08:00"
    Ledger(space.store).keep(Package("handed", Way.OUT, FileKind.HANDOUT, "", period, at=at))


def scored(space: Workspace, unit: str, today: date = TODAY) -> UnitScore:
    whole = Consolidation(space, space.plan.period(OCTOBER))
    return next(r for r in Scoring(whole, today).results if r.unit.short == unit)


def points(result: UnitScore) -> dict[str, D | None]:
    return {i.score.basis: i.points for i in result.items}


def whys(result: UnitScore, basis: str) -> str:
    return "\n".join(w.text for i in result.items if i.score.basis == basis for w in i.whys)


def test_points_worked_out_by_hand(office: Workspace) -> None:
    hand_out(office, "2024-09")
    unit, plan = office.plan.unit("县残联"), office.plan
    reported(office, unit, plan.period("2024-09"), {"publicity": []}, "2024-09-26T09:00:00+08:00")  # a day late
    lines = tasks(office, "县残联", D(50), D(100), None)
    news = [
        {"title": "一", "media": "报", "level": "province", "day": date(2024, 10, 3)},
        {"title": "二", "media": "报", "level": "county", "day": date(2024, 10, 9)},
    ]
    trouble = {"about": "事", "kind": "money", "wanted": "钱", "level": "unit", "person": "示例"}
    stuck = [
        {**trouble, "text": "到期了", "due": date(2024, 10, 10), "status": "open"},
        {**trouble, "text": "按时销号", "due": date(2024, 10, 10), "status": "closed", "closed": date(2024, 10, 8)},
        {**trouble, "text": "还早", "due": date(2024, 12, 10), "status": "open"},
    ]
    reported(office, unit, plan.period(OCTOBER), {"tasks": lines, "publicity": news, "obstacles": stuck},
             "2024-10-20T09:00:00+08:00")  # fmt: skip
    result = scored(office, "县残联")
    got = points(result)
    assert got["on_time"] == D("14.00")  # 15 − 1 for a late September
    assert got["progress"] == D("24.01")  # (50+100+0)/3 = 50; 40 × 50/83.3
    assert got["obstacles"] == D("5.00")  # two due or closed, one of them in time
    assert got["publicity"] == D("5.00")  # 4 + 1
    # one task percent is empty; cover, projects and policies have neither lines nor 零报告: 4 of 1+1+…
    must = {f.name: sum(x.required for x in f.stored) for f in office.forms}
    asked = 6 + 3 * must["tasks"] + 3 * must["obstacles"] + 2 * must["publicity"]
    assert got["complete"] == (10 * (1 - D(4) / asked)).quantize(D("0.01"))
    assert result.total == sum(v for v in got.values() if v is not None)
    assert "2024年9月迟报，扣1分" in whys(result, "on_time")
    assert "第3行：“完成进度”没有填" in whys(result, "complete")
    assert "到期未销号：到期了" in whys(result, "obstacles")
    assert "省级，加4分：一" in whys(result, "publicity")


def test_late_stays_late_after_a_return_and_in_a_conflict(office: Workspace) -> None:
    hand_out(office, "2024-09")
    unit, plan = office.plan.unit("县残联"), office.plan
    first = plan.period("2024-09")
    reported(office, unit, first, {"publicity": []}, "2024-09-26T09:00:00+08:00")  # a day late
    said = {"form": "cover", "record": "", "field": "", "text": "请补全", "state": "open"}
    keys = {"id": "comment-1", "unit": unit.code, "period": first.id, "line": "comment-1", "position": 0}
    office.apply([Change("comments", "comment-1", None, {**keys, **said})], "退回")
    october = plan.period(OCTOBER)
    reported(office, unit, october, {"publicity": []}, "2024-10-27T09:00:00+08:00")  # two that do not know each other
    reported(office, unit, october, {}, "2024-10-28T09:00:00+08:00", revision=2)
    assert [state(office, unit, p).state for p in (first, october)] == ["returned", "conflict"]
    result = scored(office, "县残联")
    assert points(result)["on_time"] == D("13.00")
    assert whys(result, "on_time") == "2024年9月迟报，扣1分\n2024年10月迟报，扣1分"


def test_each_strict_problem_costs_half_a_point_and_is_named(office: Workspace) -> None:
    lines = tasks(office, "县残联", D(90), D(100), D(90))  # the second is at 100 % and not 已完成: one of level B
    unit, period = office.plan.unit("县残联"), office.plan.period(OCTOBER)
    said = office.state(unit.code, period.id, "projects", "zero") + office.state(
        unit.code, period.id, "policies", "zero"
    )
    office.apply(said, "零报告")
    reported(office, unit, period, {"tasks": lines}, "2024-10-20T09:00:00+08:00")
    result = scored(office, "县残联")
    # cover, obstacles and publicity are empty without 零报告: three of level A, and the one of level B
    assert points(result)["quality"] == D(15) - 4 * D("0.5")
    assert "任务清单第2行：完成进度已是100%" in whys(result, "quality")


def test_a_missing_unit_has_points_only_for_time_that_is_not_over(office: Workspace) -> None:
    other, period = office.plan.unit("县妇联"), office.plan.period(OCTOBER)
    reported(office, other, period, {"publicity": []}, "2024-10-20T09:00:00+08:00")
    gone = scored(office, "县残联")
    assert points(gone) == {
        "on_time": D(12), "complete": 0, "quality": 0, "progress": 0, "obstacles": 0, "publicity": 0
    }  # fmt: skip
    assert "2024年10月未报，扣3分" in whys(gone, "on_time")
    assert points(scored(office, "县残联", date(2024, 10, 25)))["on_time"] == D(15), "the due day is not over"


def test_equal_points_share_a_place_and_the_next_is_skipped(office: Workspace) -> None:
    period = office.plan.period(OCTOBER)
    for name, level in (("县残联", "province"), ("县妇联", "county"), ("县接待中心", "county")):
        news = [{"title": name, "media": "报", "level": level, "day": date(2024, 10, 3)}]
        unit = office.plan.unit(name)
        done = [{**t, "status": "done"} for t in tasks(office, name, D(100))]
        reported(office, unit, period, {"tasks": done, "publicity": news}, "2024-10-20T09:00:00+08:00")
    whole = Consolidation(office, period)
    results = Scoring(whole, TODAY).results
    by_name = {r.unit.short: r for r in results}
    ranks = [by_name[n].overall for n in ("县残联", "县妇联", "县接待中心")]
    totals = [by_name[n].total for n in ("县残联", "县妇联", "县接待中心")]
    assert totals[0] == totals[1] + 3
    assert totals[1] == totals[2]
    assert ranks == [1, 2, 2]
    rest = {(r.rank, r.overall, r.unranked) for r in results[3:]}
    assert rest == {(0, 0, "未报")}, "who has not reported has no place, and stands last"


def test_a_conflict_has_no_place_till_it_is_settled(office: Workspace) -> None:
    period = office.plan.period(OCTOBER)
    for name in ("县残联", "县妇联"):
        lines = {"tasks": tasks(office, name, D(100)), "publicity": []}
        reported(office, office.plan.unit(name), period, lines, "2024-10-20T09:00:00+08:00")
    assert scored(office, "县残联").overall == 1
    reported(office, office.plan.unit("县残联"), period, {}, "2024-10-21T09:00:00+08:00", revision=2)  # knows no first
    torn, other = scored(office, "县残联"), scored(office, "县妇联")
    assert (torn.rank, torn.overall, torn.unranked) == (0, 0, "冲突")
    assert (other.overall, other.unranked) == (1, "")
    scoring = Scoring(Consolidation(office, period), TODAY)
    assert scoring.results[0].unit.short == "县妇联"
    rows = {r["unit"]: r for r in scoring.rows()}
    row = rows[torn.unit.code]
    assert (row["rank"], row["overall"], row["total"]) == (None, None, None)
    assert "冲突，不排名次" in row["note"]
    same = [r["rank"] for r in scoring.rows() if r["unit_kind"] == other.unit.kind]
    assert (same[0], set(same[1:])) == (1, {None})


def test_an_unknown_basis_is_reported_and_does_not_count(office: Workspace) -> None:
    odd = office.plan.scoring[0]._replace(basis="weather")
    office.take_plan(replace(office.plan, scoring=(odd, *office.plan.scoring[1:])))
    result = scored(office, "县残联")
    assert result.items[0].points is None
    assert "“weather”程序不认识" in result.items[0].whys[0].text
    assert result.total == 0


def test_a_plan_that_does_not_say_the_rate_takes_nothing_off(office: Workspace) -> None:
    mute = office.plan.scoring[0]._replace(rates=())
    office.take_plan(replace(office.plan, scoring=(mute, *office.plan.scoring[1:])))
    reported(
        office, office.plan.unit("县妇联"), office.plan.period(OCTOBER), {"publicity": []}, "2024-10-20T09:00:00+08:00"
    )
    result = scored(office, "县残联")
    assert result.items[0].points == D(15)
    assert "没有写“未报”扣几分" in result.items[0].whys[0].text


def test_a_correction_counts_with_its_reason_and_can_be_taken_back(office: Workspace) -> None:
    unit, period, score = office.plan.unit("县残联"), office.plan.period(OCTOBER), office.plan.scoring[3]
    before = scored(office, "县残联").total
    office.apply(correct(office, unit.code, period, score, D("20.5"), "因防汛抽调，经领导小组同意"), "考核更正")
    after = scored(office, "县残联")
    assert after.total == before + D("20.5")
    whole = Scoring(Consolidation(office, period), TODAY)
    note = next(r["note"] for r in whole.rows() if r["unit"] == unit.code)
    assert note == "未报，不排名次；工作进度由0改为20.5分：因防汛抽调，经领导小组同意"
    id = office.store.rows("score_corrections", unit.code, period.id)[0]["id"]
    office.apply(correct(office, unit.code, period, score, D(21), "因防汛抽调，经领导小组同意"), "考核更正")
    office.apply(correct(office, unit.code, period, score, None), "撤销更正")
    assert scored(office, "县残联").total == before
    assert [e.label for e in office.store.history("score_corrections", id)] == ["考核更正", "考核更正", "撤销更正"]


@pytest.mark.parametrize(
    ("given", "text", "says"),
    [(D(41), "理由写得很清楚", "满分40分"), (D(-1), "理由写得很清楚", "满分40分"), (D(3), "不清楚", "至少6个字")],
)
def test_a_correction_that_cannot_be(office: Workspace, given: D, text: str, says: str) -> None:
    score = office.plan.scoring[3]
    with pytest.raises(UserError, match=says):
        correct(office, "430527537", office.plan.period(OCTOBER), score, given, text)
