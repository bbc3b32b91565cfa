"""An obstacle is open until it is struck off, whether its unit has reported this period or not."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from exports.sheets.bulletin_facts import BulletinFacts
from exports.sheets.bulletin_sentences import sentences
from models.county.consolidation import Consolidation
from models.county.obstacle_lines import EARLIER
from models.county.obstacles import CLOSED, ObstacleList
from models.county.standings import standings
from models.workspace import Workspace
from tests.models.county_months import reported

A, B, C = "瓦屋塘镇", "县残联", "长铺镇"
OCTOBER, NOVEMBER = "2024-10", "2024-11"


def obstacle(text: str, status: str = "open", **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "about": text,
        "kind": "land",
        "level": "group",
        "due": date(2024, 11, 30),
        "status": status,
        **more,
    }


def month(space: Workspace, unit: str, period: str, *lines: dict[str, Any]) -> None:
    reported(
        space, space.plan.unit(unit), space.plan.period(period), {"obstacles": lines}, f"{period}-20T09:00:00+08:00"
    )


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Of three units that reported October only one reports November."""
    space = new_space(role="office")
    month(space, A, OCTOBER, obstacle("用地"), obstacle("旧账", "closed", closed=date(2024, 10, 8)))
    month(space, B, OCTOBER, obstacle("资金", "working"))
    month(space, C, OCTOBER)
    return space


def consolidated(space: Workspace, period: str = NOVEMBER) -> Consolidation:
    return Consolidation(space, space.plan.period(period))


def open_ones(space: Workspace) -> list[tuple[str, str]]:
    return sorted((r["text"], r.get(EARLIER, "")) for r in consolidated(space).open_obstacles())


def test_what_was_open_stays_open_till_the_unit_reports(office: Workspace) -> None:
    assert open_ones(office) == [("用地", OCTOBER), ("资金", OCTOBER)]
    assert [o.carried for o in BulletinFacts(consolidated(office), date(2024, 11, 25)).obstacles] == [True, True]
    month(office, B, NOVEMBER, obstacle("资金", "closed", closed=date(2024, 11, 8)))
    assert open_ones(office) == [("用地", OCTOBER)]
    assert {r["unit"]: r["obstacles"] for r in standings(consolidated(office)) if r["obstacles"]} == {
        office.plan.unit(A).code: 1
    }


def test_the_office_can_strike_off_what_an_earlier_period_brought(office: Workspace) -> None:
    docket = ObstacleList(consolidated(office), date(2024, 11, 25))
    found = next(h for h in docket.all if h.row["text"] == "用地")
    assert (found.earlier, found.days) == (OCTOBER, 36)
    office.apply(docket.close(found, date(2024, 11, 20)), "销号")
    assert open_ones(office) == [("资金", OCTOBER)]
    assert all(
        h.state == CLOSED for h in ObstacleList(consolidated(office), docket.today).all if h.row["text"] == "用地"
    )


def test_a_numbered_one_that_a_unit_leaves_out_stays_open(office: Workspace) -> None:
    docket = ObstacleList(consolidated(office, OCTOBER), date(2024, 10, 25))
    office.apply(docket.assign_number(next(h for h in docket.all if h.row["text"] == "用地")), "挂号")
    month(office, A, NOVEMBER)
    month(office, B, NOVEMBER)
    assert open_ones(office) == [("用地", OCTOBER)]


def test_nobody_says_there_are_none_while_units_are_out(office: Workspace) -> None:
    for unit in (A, B):
        month(office, unit, NOVEMBER)
    text = "".join(text for _, text in sentences(BulletinFacts(consolidated(office), date(2024, 11, 25))))
    assert "已报的2家没有" in text
    assert "未报的63家" in text
