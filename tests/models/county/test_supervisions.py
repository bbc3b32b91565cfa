"""督办: numbered by year, coloured by the days left, open till the county closes it, whatever the units answer."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from forms.kind import Option
from forms.parameters import YELLOW
from models.county.supervisions import CLOSED, OPEN, SOURCES, Supervision, Supervisions, sources
from models.errors import UserError
from models.restore import restore
from models.store.change import inverse
from models.workspace import Workspace

TODAY = date(2024, 10, 26)


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    return new_space(role="office")


def begin(
    space: Workspace, text: str, due: date, *units: str, today: date = TODAY, source: str = "meeting"
) -> Supervision:
    desk = Supervisions(space, today)
    changes = desk.begin(source, [space.plan.unit(u) for u in units or ("寨市乡",)], text, due, "indicators//CY-01")
    space.apply(changes, "开督办单")
    found = Supervisions(space, today).find(changes[0].id)
    assert found is not None
    return found


def test_numbers_run_by_year_and_colours_by_the_days_to_go(office: Workspace) -> None:
    red = begin(office, "用地报批", date(2024, 10, 10), today=date(2024, 10, 1))
    yellow = begin(office, "二次供水", date(2024, 11, 1))
    blue = begin(office, "社零增速", date(2024, 11, 20), "县商务局", "县统计局")
    assert [s.number for s in (red, yellow, blue)] == ["2024年1号", "2024年2号", "2024年3号"]
    found = Supervisions(office, TODAY).all
    assert [(s.level, s.days_words, s.state) for s in found] == [
        ("red", "过16天", OPEN), ("yellow", "还有6天", OPEN), ("blue", "还有25天", OPEN),
    ]  # fmt: skip
    assert [u.short for u in found[2].units] == ["县商务局", "县统计局"]
    assert begin(office, "下一年的", date(2025, 3, 1), today=date(2025, 1, 8)).number == "2025年1号"
    assert len(Supervisions(office, TODAY).tied_to("indicators//CY-01")) == 4
    office.plan = replace(office.plan, parameters={YELLOW.id: 5})
    assert Supervisions(office, TODAY).all[1].level == "blue"


def test_it_is_open_till_the_county_closes_it_and_that_can_be_taken_back(office: Workspace) -> None:
    s = begin(office, "用地报批", date(2024, 10, 30))
    with pytest.raises(UserError, match="销号日期早于开出的日子（10月26日）"):
        Supervisions(office, TODAY).close(s, date(2024, 10, 25))
    changes = Supervisions(office, TODAY).close(s, date(2024, 10, 29), "已批复")
    office.apply(changes, "销号")
    (now,) = Supervisions(office, TODAY).all
    assert (now.state, now.level, now.days_words, now.paper["result"]) == (CLOSED, "", "", "已批复")
    assert Supervisions(office, TODAY).open == []
    office.apply(inverse(changes), "撤销")
    assert Supervisions(office, TODAY).all[0].state == OPEN
    office.apply(Supervisions(office, TODAY).discard(s), "作废")
    assert Supervisions(office, TODAY).all == []


@pytest.mark.parametrize(
    ("source", "units", "text", "due", "says"),
    [
        ("rumour", ["寨市乡"], "用地报批", date(2024, 11, 1), "不在可选的里面"),
        ("meeting", [], "用地报批", date(2024, 11, 1), "请选至少一个单位"),
        ("meeting", ["寨市乡"], "  ", date(2024, 11, 1), "现在是空的"),
        ("meeting", ["寨市乡"], "用地报批", date(2024, 10, 1), "时限10月1日早于开出的日子（10月26日）"),
    ],
)
def test_what_cannot_be(office: Workspace, source: str, units: list[str], text: str, due: date, says: str) -> None:
    with pytest.raises(UserError, match=says):
        Supervisions(office, TODAY).begin(source, [office.plan.unit(u) for u in units], text, due)


def test_the_plan_may_name_the_sources(office: Workspace) -> None:
    assert sources(office.plan) == SOURCES
    own = (Option("letter", "来信来访"),)
    office.plan = replace(office.plan, choices={**office.plan.choices, "supervision_source": own})
    assert sources(office.plan) == own
    assert begin(office, "用地报批", date(2024, 11, 1), source="letter").paper["source"] == "letter"


def test_numbers_and_words_survive_backup_and_restore(office: Workspace, tmp_path: Path) -> None:
    begin(office, "用地报批", date(2024, 11, 1))
    kept = office.back_up(tmp_path / "backups")
    restore(tmp_path / "new", kept)
    again = Workspace.open(tmp_path / "new")
    assert [(s.number, s.paper["text"]) for s in Supervisions(again, TODAY).all] == [("2024年1号", "用地报批")]
    assert begin(again, "下一件", date(2024, 11, 2)).number == "2024年2号"
    again.close()
