"""What pages ask of the files that went out and came in, after one round between county and unit."""

from pathlib import Path

from models.ledger.unit_files import (
    counting_submission,
    files_in,
    kinds_of_files,
    reports_to,
    submissions,
    submissions_out,
    units_with_handout,
)
from models.reporting.edit_log import clock_warning, edits_by_day, last_edit, record_history
from tests.travel import PERIOD, Desk

UNIT = "430527106"


def test_one_round(tmp_path: Path) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    assert (units_with_handout(county.work), reports_to(county.work)) == (set(), {})
    unit.load(county.hand_out(UNIT))
    period = unit.work.plan.period(PERIOD)
    assert units_with_handout(county.work) == {UNIT}
    assert reports_to(unit.work)["recipients"]
    assert [p.kind for p in files_in(unit.work, UNIT, period)] == ["handout"]
    assert counting_submission(county.work, UNIT, period) is None
    unit.fill()
    first = unit.submit()
    unit.write("tasks", 1, "chief", "示例")
    second = unit.submit()
    county.load(first, second)
    assert [p.revision for p in submissions_out(unit.work, UNIT)] == [2, 1]
    assert {p.way for p in submissions(unit.work, UNIT)} == {"out"}
    assert kinds_of_files(unit.work, UNIT) == {"handout", "submission"}
    counts = counting_submission(county.work, UNIT, period)
    assert counts is not None
    assert counts.id == submissions_out(unit.work, UNIT)[0].id


def test_edits_are_counted_by_day_and_kept_by_record(tmp_path: Path) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNIT))
    period = unit.work.plan.period(PERIOD)
    assert last_edit(unit.work, UNIT, period) is None
    unit.write("tasks", 1, "chief", "示例")
    unit.write("tasks", 1, "chief", "示例乙")
    row = unit.report("tasks").rows[0]["id"]
    newest = last_edit(unit.work, UNIT, period)
    assert newest is not None
    assert newest.record == row
    assert len(record_history(unit.work, "tasks", row)) == 2
    assert edits_by_day(unit.work, UNIT, period) == {newest.at[:10]: 2}
    assert clock_warning(unit.work) == ""
