"""What the county corrected and decided comes to the unit beside its cells, and never into them."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from models.county.consolidation import Consolidation
from models.county.corrections import correct, corrections, lift
from models.county.obstacles import ObstacleList, TrackedObstacle
from models.ledger.county_feedback import CountyFeedback, county_feedback, sentence
from tests.travel import PERIOD, Desk

A = "瓦屋塘镇"


@pytest.fixture
def unit(tmp_path: Path, county: Desk) -> Iterator[Desk]:
    """Has reported October; the county has it."""
    desk = Desk(tmp_path / "unit")
    desk.load(county.hand_out(A))
    desk.fill()
    county.load(desk.submit())
    yield desk
    desk.close()


def put_right(county: Desk, row: int, field: str, typed: str) -> tuple[str, str, str]:
    """The office corrects a cell of the tasks; gives the place."""
    work = county.work
    place = ("tasks", str(county.cell("tasks", row, "id", A)), field)
    changes = correct(work, work.plan.unit(A), work.plan.period(PERIOD), place, typed, "与台账核对")
    work.apply(changes, "更正")
    return place


def heard(unit: Desk) -> dict[tuple[str, str, str], CountyFeedback]:
    return county_feedback(unit.work, unit.work.context(unit.work.units[0].code, unit.work.period))


def test_a_correction_shows_both_figures_and_changes_nothing_of_the_units(county: Desk, unit: Desk) -> None:
    unit.write("tasks", 3, "percent", 60)
    county.load(unit.submit())
    place, before = put_right(county, 3, "percent", "77"), unit.lines(A)
    unit.load(county.receipt(A))
    assert {p: t.text for p, t in heard(unit).items() if p[0] == "tasks"} == {
        place: "县里核定77，本单位报60：与台账核对"
    }
    assert unit.lines(A) == before
    assert sentence(heard(unit).values(), "tasks") == "县里更正了1格，格上标＊，选中可看；本单位填的没有动"
    assert sentence(heard(unit).values(), "projects") == ""


def test_it_ends_when_the_unit_reports_the_same_or_the_county_takes_it_back(county: Desk, unit: Desk) -> None:
    place = put_right(county, 3, "percent", "77")
    unit.load(county.receipt(A))
    unit.write("tasks", 3, "percent", 78)
    assert heard(unit)[place].text == "县里核定77，本单位报78：与台账核对"
    unit.write("tasks", 3, "percent", 77)
    assert place not in heard(unit)
    unit.write("tasks", 3, "percent", 79)
    work = county.work
    (found,) = corrections(work, work.context(work.plan.unit(A).code, work.plan.period(PERIOD)))
    work.apply(lift(found), "撤销本办更正")
    unit.load(county.receipt(A))
    assert place not in heard(unit)


def decided(county: Desk, typed: dict[str, str]) -> TrackedObstacle:
    """The office decides about the unit's first obstacle."""
    book = ObstacleList(Consolidation(county.work, county.work.period), date(2024, 10, 26))
    county.work.apply(book.decide(book.all[0], typed), "批办")
    return book.all[0]


def test_what_was_decided_on_an_obstacle_is_shown_at_its_line(county: Desk, unit: Desk) -> None:
    h = decided(county, {"asked": "县林业局", "due": "11月15日", "opinion": "请月底前确权"})
    before = unit.lines(A)
    unit.load(county.receipt(A))
    found = {p[2]: t for p, t in heard(unit).items() if p[:2] == ("obstacles", h.row["id"])}
    assert found["text"].of_row
    assert found["text"].text == (
        "县里批办　挂号：1，请谁办：绥宁县林业局，办结时限：2024年11月15日，批办意见：请月底前确权"
    )
    due = unit.work.form("obstacles").field("due").kind.show(h.row["due"])
    assert found["due"].text == f"县里核定2024年11月15日，本单位报{due}：批办"
    assert set(found) == {"text", "due"}
    assert unit.lines(A) == before
    assert "县里更正了1格，批办了1行" in sentence(heard(unit).values(), "obstacles")


def test_a_line_that_is_gone_is_not_spoken_of(county: Desk, unit: Desk) -> None:
    h = decided(county, {"asked": "县林业局"})
    unit.load(county.receipt(A))
    assert [p[1] for p in heard(unit)] == [h.row["id"]]
    unit.work.apply(unit.report("obstacles").remove([h.row["id"]]), "删除行")
    assert heard(unit) == {}
