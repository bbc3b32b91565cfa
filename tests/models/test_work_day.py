"""示例日期: a workspace of sample data lives on a day of its own, a real one never does."""

from datetime import date
from pathlib import Path

import pytest

from exports.outgoing.submission import submission
from forms.states import ReportState
from models.county.unit_states import reminder, states
from models.ledger.ledger import Ledger
from models.reporting.report import Report
from models.reporting.sample import fill, fill_year, live_on_sample_day
from models.store.clock import now_here, today_here
from models.workspace import Workspace
from tests.travel import PERIOD, Desk


@pytest.fixture
def sample(space: Workspace) -> Workspace:
    space.set({"current": PERIOD})
    fill_year(space, space.period)
    live_on_sample_day(space)
    return space


def test_a_real_workspace_lives_today(space: Workspace) -> None:
    assert (space.sample_day, space.today) == (None, today_here())
    assert abs((space.now - now_here()).total_seconds()) < 60
    space.set({"sample_day": date(2024, 10, 3)})  # means nothing there
    assert (space.sample_day, space.today) == (None, today_here())


def test_sample_data_live_on_the_22nd_of_their_month_until_another_day_is_set(sample: Workspace) -> None:
    assert sample.today == date(2024, 10, 22)
    assert sample.stamp.startswith("2024-10-22T")
    sample.set({"sample_day": date(2024, 10, 28)})
    assert sample.today == date(2024, 10, 28)
    sample.set({"sample_day": None, "current": "2024-11"})
    assert sample.today == date(2024, 11, 22)


@pytest.mark.parametrize(
    ("period", "day"), [("2024-02", (2, 22)), ("2024-Q3", (9, 22)), ("2024-H1", (6, 22)), ("2024", (12, 22))]
)
def test_every_kind_of_period_has_its_day(space: Workspace, period: str, day: tuple[int, int]) -> None:
    assert space.plan.period(period).sample_day == date(2024, *day)
    first_days = space.plan.period("2024-10")._replace(end=date(2024, 10, 10))
    assert first_days.sample_day == date(2024, 10, 10)


def test_a_workspace_with_real_lines_never_lives_on_a_sample_day(space: Workspace) -> None:
    space.set({"current": PERIOD})
    fill(space, space.period)
    form = space.form("projects")
    september = space.context(space.units[0].code, space.plan.period("2024-09"))
    space.apply(Report.read(space.store, form, september).add({"name": "真实的项目"}), "填写")
    assert live_on_sample_day(space) is False
    assert space.today == today_here()


def test_what_goes_out_is_noted_on_the_sample_day_and_the_history_in_real_time(sample: Workspace) -> None:
    unit = sample.units[0]
    submission(sample, unit, sample.period)
    (sent,) = Ledger(sample.store).of(unit.code, PERIOD, "submission", "out")
    assert (sent.at[:10], sent.made[:10]) == ("2024-10-22", "2024-10-22")
    last = sample.store.last_entry(unit.code, PERIOD)
    assert last is not None
    assert last.at[:10] == today_here().isoformat()


@pytest.mark.parametrize(("day", "state"), [(22, ReportState.SUBMITTED), (27, ReportState.LATE)])
def test_what_a_sample_office_takes_in_is_received_on_its_day(tmp_path: Path, day: int, state: ReportState) -> None:
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out("瓦屋塘镇"))
    unit.fill()
    assert live_on_sample_day(county.work, date(2024, 10, day))
    assert ("已过期" in reminder(county.work, county.work.period, states(county.work, county.work.period))) is (
        day > 25
    )
    county.load(unit.submit())
    (one,) = [s for s in states(county.work, county.work.period) if s.revision]
    assert (one.state, one.received[:10]) == (state, f"2024-10-{day}")
    for desk in (county, unit):
        desk.close()
