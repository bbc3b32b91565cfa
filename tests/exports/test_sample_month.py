"""The county's month of sample data: made of real submissions."""

from collections import Counter
from collections.abc import Callable

from exports.outgoing.handout import handout
from exports.sample_month import hand_in
from forms.states import ReportState
from models.county.unit_states import states
from models.reporting.check import check
from models.workspace import Workspace


def test_every_unit_hands_in_and_passes_the_check(new_space: Callable[..., Workspace]) -> None:
    county = new_space(role="office")
    period = county.plan.period("2024-10")
    assert hand_in(county, period) == len(county.units)
    found = states(county, period)
    assert {s.state for s in found} <= {"submitted", "late", "zero"}
    assert handout(county, county.units[0]).encrypted is False  # the PC that made the sample data is no more
    assert all(s.revision == 1 and s.verified and not s.old_plan for s in found)
    assert all(county.is_sample(u.code, period.id) for u in county.units)
    assert [f for u in county.units for f in check(county, u.code, period) if not f.settled] == []


def test_a_month_with_faults_has_missing_units_and_problems(new_space: Callable[..., Workspace]) -> None:
    county = new_space(role="office")
    period = county.plan.period("2024-10")
    hand_in(county, period, faults=True)
    counted = Counter(s.state for s in states(county, period))
    assert counted[ReportState.MISSING] > 0
    assert any(f.problem.level == "A" for u in county.units for f in check(county, u.code, period))
