"""成绩单: given out with the receipt, seen at the unit, objected to within the plan's days, answered, and then fixed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from exports.outgoing.handout import receipt
from exports.package.versions import beyond_format_1, is_understood
from forms.states import SheetState
from models.county.consolidation import Consolidation
from models.county.score_issue import fix, issue
from models.county.score_sheets import ScoreSheet
from models.county.scoring import Scoring, UnitScore, correct
from models.errors import UserError
from models.ledger.score_sheets import ReceivedSheet, objection, received_sheets, sheet_sentence, whys_of
from tests.travel import PERIOD, Desk

UNIT = "瓦屋塘镇"
ISSUED, IN_TIME, LATER = date(2024, 10, 28), date(2024, 11, 2), date(2024, 11, 3)  # five days for objections
WHY = "县电视台10月12日还播过一条，漏算了"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A county that gave out the scores of a unit, and that unit, which has loaded the receipt."""
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    assert county.results(unit.submit()) == ["accepted"]
    county.work.apply(issue(scores(county), [result(county)], ISSUED), "发成绩单")
    assert "成绩单：得分" in unit.load(county.receipt(UNIT))[0].message
    yield county, unit
    county.close()
    unit.close()


def scores(county: Desk) -> Scoring:
    return Scoring(Consolidation(county.work, county.work.plan.period(PERIOD)), ISSUED)


def result(county: Desk) -> UnitScore:
    return scores(county).by_unit[county.work.plan.unit(UNIT).code]


def sheet(county: Desk) -> ScoreSheet:
    return scores(county).sheets.of(county.work.plan.unit(UNIT))


def received(unit: Desk) -> ReceivedSheet:
    return received_sheets(unit.work, unit.work.plan.unit(UNIT).code)[0]


def object_to(unit: Desk, text: str = WHY, today: date = IN_TIME, item: int = -1) -> None:
    now, code = received(unit), unit.work.plan.unit(UNIT).code
    unit.work.apply(objection(unit.work, code, unit.work.period, now, now.lines[item], text, today), "考核异议")


def test_the_unit_sees_its_points_and_every_reason(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    ours, theirs = result(county), received(unit)
    assert [(r["name"], r["points"]) for r in theirs.lines] == [(i.score.name, i.points) for i in ours.items]
    assert [whys_of(r) for r in theirs.lines] == [[w.text for w in i.whys] for i in ours.items]
    assert theirs.sheet["total"] == ours.total
    assert (theirs.state, theirs.word) == (SheetState.ISSUED, "已发")
    assert sheet_sentence(theirs.sheet) == f"得分{ours.total:f}分，同类1家第1名；有异议的11月2日前提，随上报包报来"


def test_an_objection_is_answered_and_then_the_score_is_fixed(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    object_to(unit)
    assert received(unit).state == SheetState.OBJECTED
    assert county.results(unit.submit()) == ["accepted"]
    now = sheet(county)
    assert (now.state, now.word, now.open_objections[0].paper["text"]) == (SheetState.OBJECTED, "有异议", WHY)
    with pytest.raises(UserError, match="有1条异议没有答复"):
        fix(scores(county), [result(county)], LATER)
    item = result(county).items[-1]
    more = (item.points or D(0)) - 1
    county.work.apply(correct(county.work, now.unit.code, now.period, item.score, more, "经查漏算了一条，改正"), "更正")
    county.work.apply(scores(county).sheets.answer(now, now.open_objections[0], "经查属实，已更正", LATER), "答复")
    assert sheet(county).state == SheetState.ISSUED
    county.work.apply(fix(scores(county), [result(county)], IN_TIME), "定分")
    unit.load(county.receipt(UNIT))
    final = received(unit)
    assert (final.state, final.lines[-1]["points"], final.lines[-1]["answer"]) == (
        SheetState.FIXED,
        more,
        "经查属实，已更正",
    )
    assert final.sheet["total"] == result(county).total
    with pytest.raises(UserError, match="得分已经定了，不能再提异议"):
        object_to(unit)


def test_without_an_objection_it_is_fixed_when_the_days_are_over(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    with pytest.raises(UserError, match="异议期到11月2日，过了才能定"):
        fix(scores(county), [result(county)], IN_TIME)
    with pytest.raises(UserError, match="异议11月2日截止，今天11月3日，已经过了"):
        object_to(unit, today=LATER)
    county.work.apply(fix(scores(county), [result(county)], LATER), "定分")
    assert sheet(county).state == SheetState.FIXED
    with pytest.raises(UserError, match="已经定了，不能再更正"):
        correct(
            county.work,
            sheet(county).unit.code,
            sheet(county).period,
            result(county).items[0].score,
            D(1),
            "理由写得很清楚",
        )
    with pytest.raises(UserError, match="已经定了，不能收回"):
        scores(county).sheets.take_back(sheet(county))


def test_later_data_change_no_score_that_was_given_out(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    before = [i.points for i in result(county).items]
    other = "county" if unit.cell("publicity", 1, "level") != "county" else "city"
    unit.write("publicity", 1, "level", other)
    assert county.results(unit.submit()) == ["accepted"]
    assert [i.points for i in result(county).items] == before
    county.work.apply(scores(county).sheets.take_back(sheet(county)), "收回成绩单")
    assert sheet(county).state == SheetState.DRAFT
    assert [i.points for i in result(county).items] != before, "试算 follows the data again"


@pytest.mark.parametrize(("text", "says"), [("不对", "至少6个字，现在2个字")])
def test_an_objection_says_what_is_wrong(desks: tuple[Desk, Desk], text: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        object_to(desks[1], text)


def test_an_objection_can_be_taken_back(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    object_to(unit)
    unit.submit()
    object_to(unit, "")
    assert county.results(unit.submit()) == ["accepted"]
    assert sheet(county).state == SheetState.ISSUED


def test_sheets_are_given_out_once_and_after_the_due_day(desks: tuple[Desk, Desk]) -> None:
    county, _ = desks
    with pytest.raises(UserError, match="都发过了"):
        issue(scores(county), [result(county)], ISSUED)
    with pytest.raises(UserError, match="10月25日截止，过了才能发成绩单"):
        issue(scores(county), scores(county).results, date(2024, 10, 25))


def test_the_receipt_names_the_sheet_so_that_no_program_loses_it(desks: tuple[Desk, Desk]) -> None:
    made = receipt(desks[0].work, desks[0].work.plan.unit(UNIT))
    assert made is not None
    words = beyond_format_1(made.members)
    assert words == ["form:score_lines", "form:score_sheets"]
    assert all(map(is_understood, words)), "later programs take the rest in and read it again"
