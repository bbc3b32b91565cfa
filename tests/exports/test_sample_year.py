"""The county's sample year: real files of every period, with what an office meets, for any plan."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.incoming.conflicts import conflict, reread
from exports.incoming.load import load
from exports.sample_year import hand_in_year
from forms.field import Context
from forms.indicators import judgement
from forms.states import Mark, ReportState
from forms.verdict import Verdict
from models.county.unit_states import states
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.plan.plan import Plan
from models.plan.reader import read_texts
from models.reporting.check import check
from models.reporting.report import in_order
from models.reporting.sample import Lines, fill_year, made_up, year_until
from models.workspace import Workspace

MONTH = "2024-03"
ACTIONS = re.compile(r"\b(CY|CX|XQ|GG|ZT|QY|AQ|MS)\b")


@pytest.fixture
def county(new_space: Callable[..., Workspace]) -> Workspace:
    made = new_space(role="office")
    hand_in_year(made, made.plan.period(MONTH))
    return made


def test_the_office_meets_what_offices_meet(county: Workspace) -> None:
    months = year_until(county, county.plan.period(MONTH))
    assert [m.id for m in months] == ["2024-01", "2024-02", MONTH]
    found = [Counter(s.state for s in states(county, m)) for m in months]
    usual = {ReportState.SUBMITTED, ReportState.MISSING, ReportState.LATE}
    assert [set(c) - {ReportState.ZERO} for c in found[:2]] == [usual, usual]
    assert {ReportState.SUBMITTED, ReportState.MISSING, ReportState.RETURNED, ReportState.CONFLICT} <= set(found[2])
    assert any(s.revision == 2 for s in states(county, months[2]))


def test_every_unit_that_reported_passes_the_check(county: Workspace) -> None:
    period = county.plan.period(MONTH)
    here = [s.unit.code for s in states(county, period) if s.state != ReportState.MISSING]
    assert [f for u in here for f in check(county, u, period) if not f.settled] == []
    assert all(county.is_sample(u, period.id) for u in here)


def test_files_are_kept_and_in_the_intake_log_and_the_same_file_again_is_known(county: Workspace) -> None:
    ledger, log = Ledger(county.store), county.intake.recent()
    assert {a.result for a in log} == {"accepted", "conflict"}
    assert len({a.load for a in log}) > 3  # more than one day
    packages = [p for a in log if (p := ledger.get(a.package))]
    assert len(packages) == len(log)
    assert all(reread(county, p).id == p.id for p in packages[::20])
    at = sorted(p.at for p in packages)
    assert date.fromisoformat(at[-1][:10]) < county.plan.period(MONTH).sample_day  # the month is under way
    _, (again,) = load(county.folder, county, [county.folder / packages[0].file])
    assert again.result == "unchanged"


def test_two_versions_that_clash_can_be_settled(county: Workspace) -> None:
    period = county.plan.period(MONTH)
    (one,) = [s for s in states(county, period) if s.state == ReportState.CONFLICT]
    found = conflict(county, one.unit.code, period.id)
    assert len(found.standing.heads) == 2
    assert len(found.asked) == 1  # the same cell twice


def test_a_period_with_data_is_refused_and_earlier_ones_are_passed_over(county: Workspace) -> None:
    with pytest.raises(UserError, match="已经有数据了"):
        hand_in_year(county, county.plan.period(MONTH))
    made = hand_in_year(county, county.plan.period("2024-05"), seed=2)
    assert made.files == sum(a.period > MONTH for a in county.intake.recent())


def test_with_faults_some_rows_of_the_last_period_are_wrong(new_space: Callable[..., Workspace]) -> None:
    made = new_space(role="office")
    period = made.plan.period("2024-02")
    hand_in_year(made, period, faults=True)
    here = {m: [s.unit.code for s in states(made, made.plan.period(m)) if s.revision] for m in ("2024-01", "2024-02")}
    wrong = {
        m: [f for u in here[m] for f in check(made, u, made.plan.period(m)) if f.problem.level == "A"] for m in here
    }
    assert (wrong["2024-01"], len(wrong["2024-02"]) > 5) == ([], True)


def another(plan: Plan) -> Plan:
    """Another county's plan: other actions, due days in the year, a unit without tasks, reports by quarter."""
    texts = {name: ACTIONS.sub(lambda m: f"N{m[0]}", text) for name, text in plan.texts.items()}
    found = read_texts(texts)
    days = [date(2024, 3, 31), date(2024, 6, 20), date(2024, 11, 5), date(2025, 6, 30)]
    tasks = tuple(t._replace(due=days[n % 4]) for n, t in enumerate(found.tasks))
    idle = found.units[0].code
    return replace(found, tasks=tasks, assignments=tuple(a for a in found.assignments if a.unit != idle))


@pytest.mark.parametrize("kind", ["month", "quarter", "half", "year"])
@pytest.mark.parametrize("other", [False, True])
def test_nothing_is_found_in_any_period_of_any_plan(plan: Plan, other: bool, kind: str, tmp_path: Path) -> None:
    space = Workspace.create(tmp_path, "office")
    space.plan = another(plan) if other else plan
    last = max((p for p in space.plan.periods if p.kind == kind), key=lambda p: p.start)
    found = []
    for unit in space.units[:: 8 if kind == "month" else 4]:
        before: Lines = {}
        for period in year_until(space, last):
            made = made_up(space, unit.code, period, before, seed=2)
            bare = Context(space.plan, unit.code, period, before)
            rows = {f.name: in_order(f, bare, list(made.rows[f.name])) for f in space.forms}
            ctx = replace(bare, rows=rows)
            problems = [p for f in space.forms if f.expected(ctx) for p in f.problems(rows[f.name], ctx)]
            found += [(unit.short, period.id, p.message) for p in problems if p.level != "D"]
            before = made.lines
    space.close()
    assert found == []


def test_a_year_has_trends_obstacles_and_verdicts_of_every_sort(
    plan: Plan, new_space: Callable[..., Workspace]
) -> None:
    space = new_space(role="office")
    october = plan.period("2024-10")
    year, told, closed, opened, verdicts = dict[str, list[object]](), Counter[str](), set[str](), set[str](), set[str]()
    for unit in space.units:
        before: Lines = {}
        for period in year_until(space, october):
            made = made_up(space, unit.code, period, before)
            for row in made.rows["indicators"]:
                year.setdefault(str(row["indicator"]), []).append(row.get("total"))
            for row in made.rows["obstacles"]:
                mark = plan.find("obstacle_state", row["status"]).mark
                told[mark] += 1
                (closed if mark == Mark.DONE else opened).add(f"{unit.code}/{row['line']}")
            before = made.lines
        ctx = Context(plan, unit.code, october, before, made.rows)
        verdicts |= {str(j.verdict) for row in made.rows["indicators"] if (j := judgement(row, ctx))}
    assert {Mark.LATE, Mark.DOING, Mark.DONE} <= set(told)
    assert closed & opened  # struck off after it was open
    assert {Verdict.REACHED, Verdict.ON_COURSE, Verdict.BEHIND, Verdict.WORDS} <= verdicts
    moving = [figures for figures in year.values() if figures[0] is not None]
    assert sum(len(set(figures)) > 4 for figures in moving) > len(moving) / 2


def test_a_units_year_is_the_same_for_the_same_seed_and_follows_what_is_there(
    new_space: Callable[..., Workspace],
) -> None:
    one, two, other = (new_space("瓦屋塘镇") for _ in range(3))
    period = one.plan.period(MONTH)
    assert [fill_year(s, period, seed) for s, seed in ((one, 1), (two, 1), (other, 2))] == [(1, 3)] * 3
    rows = [[s.store.everything(f.name) for f in s.forms] for s in (one, two, other)]
    assert rows[0] == rows[1] != rows[2]
    assert fill_year(one, one.plan.period("2024-05")) == (1, 2)
    assert [f for f in check(one, one.units[0].code, one.plan.period("2024-05")) if not f.settled] == []
