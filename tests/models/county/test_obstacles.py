"""中梗阻: how long each hangs, what the office writes beside it, and that the unit hears of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from models.county.consolidation import Consolidation
from models.county.obstacles import CLOSED, OPEN, WORKING, ObstacleList, TrackedObstacle, steps
from models.errors import UserError
from models.workspace import Workspace
from tests.models.county_months import reported
from tests.travel import Desk

OCTOBER = "2024-10"
LAND = {
    "text": "用地指标没有批",
    "about": "标准厂房",
    "kind": "land",
    "wanted": "请协调指标",
    "level": "group",
    "person": "示例",
}
MONEY = {
    "text": "资金没有到位",
    "about": "水厂",
    "kind": "money",
    "wanted": "请拨付",
    "level": "unit",
    "person": "示例",
}
DUE = {"due": date(2024, 11, 30)}


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    space = new_space(role="office")
    september, october = space.plan.period("2024-09"), space.plan.period(OCTOBER)
    one, two = space.plan.unit("瓦屋塘镇"), space.plan.unit("县残联")
    reported(space, one, september, {"obstacles": [{**LAND, **DUE, "status": "open"}]}, "2024-09-20T09:00:00+08:00")
    lines = [{**LAND, **DUE, "status": "open"}, {**MONEY, **DUE, "status": "working"}]
    reported(space, one, october, {"obstacles": lines}, "2024-10-20T09:00:00+08:00")
    done = {**MONEY, **DUE, "status": "closed", "closed": date(2024, 10, 12)}
    reported(space, two, october, {"obstacles": [{**LAND, **DUE, "about": "标准厂房 ", "status": "open"}, done]},
             "2024-10-21T09:00:00+08:00")  # fmt: skip
    return space


def obstacle_list(space: Workspace, today: date = date(2024, 10, 26)) -> ObstacleList:
    return ObstacleList(Consolidation(space, space.plan.period(OCTOBER)), today)


def find(space: Workspace, unit: str, text: str) -> TrackedObstacle:
    return next(h for h in obstacle_list(space).all if h.unit.short == unit and h.row["text"] == text)


def test_days_count_from_the_first_report_and_what_blocks_several_comes_first(office: Workspace) -> None:
    found = [(h.unit.short, h.row["about"], h.state, h.days) for h in obstacle_list(office).all]
    assert found == [
        ("瓦屋塘镇", "标准厂房", OPEN, 36),  # since 20 September
        ("县残联", "标准厂房 ", OPEN, 5),
        ("瓦屋塘镇", "水厂", WORKING, 6),
        ("县残联", "水厂", CLOSED, 0),
    ]
    assert [u.short for u in obstacle_list(office).all[0].beside] == ["县残联"]
    assert obstacle_list(office).all[0].weeks == 6
    late = obstacle_list(office, today=date(2026, 1, 1)).all[0]
    assert late.days == 41  # a period that is over counts up to its last day


def test_what_the_office_decides_is_kept_with_a_number_and_can_be_undone(office: Workspace) -> None:
    h = find(office, "瓦屋塘镇", "用地指标没有批")
    typed = {"asked": "县自然资源局", "due": "11月15日", "opinion": "请现场踏勘", "level": ""}
    changes = obstacle_list(office).decide(h, typed)
    office.apply(changes, "批办")
    now = find(office, "瓦屋塘镇", "用地指标没有批")
    assert (now.state, now.paper["number"], now.due) == (WORKING, 1, date(2024, 11, 15))
    office.apply(obstacle_list(office).assign_number(find(office, "县残联", "用地指标没有批")), "挂号")
    assert find(office, "县残联", "用地指标没有批").paper["number"] == 2
    assert obstacle_list(office).assign_number(now) == []
    assert [text for _, text in steps(obstacle_list(office), now)] == [
        "瓦屋塘镇提出", "批办，请谁办：绥宁县自然资源局，办结时限：2024年11月15日，批办意见：请现场踏勘",
    ]  # fmt: skip
    with pytest.raises(UserError, match=r"“办结时限”.*不是日历上有的日子"):
        obstacle_list(office).decide(now, {"due": "2月30日"})
    with pytest.raises(UserError, match="还没有写请谁办"):
        obstacle_list(office).decide(now, {"asked": "", "due": ""})


def test_with_a_number_only_the_office_strikes_off(office: Workspace) -> None:
    h = find(office, "县残联", "资金没有到位")
    office.apply(obstacle_list(office).assign_number(h), "挂号")
    claimed = find(office, "县残联", "资金没有到位")
    assert (claimed.state, claimed.claimed) == (WORKING, True)
    with pytest.raises(UserError, match="销号日期早于报来的日子（10月21日）"):
        obstacle_list(office).close(claimed, date(2024, 10, 1))
    office.apply(obstacle_list(office).close(claimed, date(2024, 10, 24)), "销号")
    assert find(office, "县残联", "资金没有到位").state == CLOSED
    office.apply(obstacle_list(office).reopen(find(office, "县残联", "资金没有到位")), "取消销号")
    assert find(office, "县残联", "资金没有到位").state == WORKING


def test_the_unit_hears_of_it_with_the_receipt(tmp_path: Path) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out("瓦屋塘镇"))
    unit.fill()
    county.load(unit.submit())
    book = ObstacleList(Consolidation(county.work, county.work.period), date(2024, 10, 26))
    county.work.apply(book.decide(book.all[0], {"asked": "县林业局", "opinion": "请月底前确权"}), "批办")
    told = unit.load(county.receipt("瓦屋塘镇"))[0].message
    assert f"“{book.all[0].row['about']}”挂号：1，请谁办：绥宁县林业局，批办意见：请月底前确权" in told
    county.close()
    unit.close()
