"""What the office sees of a request: how long it waits, and the line's year; and obstacles of one kind together."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal as D

from models.county.consolidation import Consolidation
from models.county.obstacle_groups import grouped
from models.county.obstacles import ObstacleList
from models.county.request_details import READ, details, reading, waiting_days
from models.workspace import Workspace
from tests.models.county_months import reported

TOWN, OTHER, TODAY = "瓦屋塘镇", "县城管局", date(2024, 10, 31)
OBSTACLE = {
    "wanted": "请协调",
    "level": "group",
    "person": "示例",
    "due": date(2024, 11, 30),
    "status": "open",
    "about": "甲",
}


def month(space: Workspace, period: str, day: str, status: str, percent: int) -> None:
    unit = space.plan.unit(TOWN)
    task = space.plan.tasks_of(unit.code)[0][0].id
    lines = [{"task": task, "status": status, "percent": D(percent), "due": date(2024, 11, 30)}]
    stuck = [{**OBSTACLE, "kind": kind, "text": text} for kind, text in (("land", "用地"), ("money", "配套"))]
    reported(space, unit, space.plan.period(period), {"tasks": lines, "obstacles": stuck}, f"{day}T09:00:00+08:00")


def test_a_request_waits_since_its_line_asked_without_a_break(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    for period, day, status, percent in (
        ("2024-07", "2024-07-20", "done", 100), ("2024-08", "2024-08-20", "doing", 60),
        ("2024-09", "2024-09-20", "done", 100), ("2024-10", "2024-10-21", "done", 100),
    ):  # fmt: skip
        month(space, period, day, status, percent)
    requests = Consolidation(space, space.plan.period("2024-10")).confirmations
    (c,) = requests.waiting
    assert waiting_days(requests, TODAY) == {c.key: 41}, "since 20 September: August broke it"
    bars = {p.id: value for p, value in details(requests, c).bars}
    assert (bars["2024-06"], bars["2024-08"], bars["2024-10"]) == (None, D(60), D(100))


def test_reading_in_slices_gives_the_same_lines(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    month(space, "2024-10", "2024-10-21", "done", 100)
    period = space.plan.period("2024-10")
    *parts, read = reading(space, period)
    plain = Consolidation(space, period)
    assert len(parts) == len(plain.units), "one step for each unit"
    assert [e.row for e in read.entries] == [e.row for e in plain.entries if e.form.name in READ]
    assert read.confirmations.all == plain.confirmations.all


def test_one_kind_is_one_group_and_the_oldest_is_first(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    month(space, "2024-10", "2024-10-19", "doing", 80)
    stuck = [{**OBSTACLE, "kind": "money", "text": "管网"}]
    unit, period = space.plan.unit(OTHER), space.plan.period("2024-10")
    reported(space, unit, period, {"obstacles": stuck}, "2024-10-10T09:00:00+08:00")
    found = ObstacleList(Consolidation(space, period), TODAY)
    assert [(g.kind.id, len(g.obstacles), g.oldest.unit.short) for g in grouped(found)] == [
        ("money", 2, OTHER), ("land", 1, TOWN),
    ]  # fmt: skip
    money = grouped(found)[0]
    space.apply(found.close(money.oldest, TODAY), "销号")
    again = grouped(ObstacleList(Consolidation(space, period), TODAY))
    assert [(g.kind.id, len(g.obstacles)) for g in again] == [("land", 1), ("money", 1)]
