"""不计入, and what a figure rests on: who is in it, who is not, and why, in one sentence under every total."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from exports.county_papers import papers
from exports.sheets.bulletin_facts import BulletinFacts
from exports.sheets.bulletin_sentences import basis
from forms.parameters import EXCLUDED_SCORES
from models.county.consolidation import Consolidation
from models.county.exclusions import WORD, exclude, include
from models.county.figure_basis import RestsOn
from models.county.rollup import absent, trend
from models.county.scoring import Scoring
from models.county.standings import standings
from models.county.unit_states import state
from models.errors import UserError
from models.plan.entries import Unit
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace
from tests.models.county_months import reported

OCTOBER, DAY = "2024-10", date(2024, 10, 28)
WHY = "投资数大于计划九倍，待核实"


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Two townships report a project each, the second one far beyond its plan."""
    space = new_space(role="office")
    for name, done in (("瓦屋塘镇", "50"), ("长铺镇", "910")):
        unit = space.plan.unit(name)
        project = {"name": "示例项目", "action": "CY", "plan": D(100), "year_done": D(done), "total": D(100)}
        lines = [{"task": t.id, "status": "doing", "percent": D(80)} for t, _ in space.plan.tasks_of(unit.code)[:1]]
        reported(
            space,
            unit,
            space.plan.period(OCTOBER),
            {"projects": [project], "tasks": lines},
            "2024-10-20T09:00:00+08:00",
        )
    return space


def consolidated(space: Workspace) -> Consolidation:
    return Consolidation(space, space.plan.period(OCTOBER))


def odd(space: Workspace) -> Unit:
    return space.plan.unit("长铺镇")


def leave_out(space: Workspace) -> list[Change]:
    changes = exclude(space, odd(space), space.plan.period(OCTOBER), WHY, DAY)
    space.apply(changes, WORD)
    return changes


def invested(space: Workspace) -> D:
    found = consolidated(space)
    return D(found.figures(found.entries)["year_done"])


def test_it_stays_received_and_leaves_totals_and_ranking_and_comes_back(office: Workspace) -> None:
    assert invested(office) == 960
    leave_out(office)
    found = consolidated(office)
    assert (invested(office), absent(found, odd(office).code)) == (D(50), WORD)
    now = state(office, odd(office), office.plan.period(OCTOBER))
    assert (now.state, now.excluded, now.document["excluded"]) == ("submitted", WHY, WHY)
    assert next(r["note"] for r in standings(found) if r["unit"] == now.unit.code).startswith(f"不计入：{WHY}")
    result = next(r for r in Scoring(found, DAY).results if r.unit == now.unit)
    assert (result.rank, result.unranked, {i.points for i in result.items}) == (0, WORD, {None})
    office.apply(include(office, odd(office), office.plan.period(OCTOBER)), "计入")
    assert invested(office) == 960


def test_the_plan_says_how_it_is_scored(office: Workspace) -> None:
    whole_points = next(r.total for r in Scoring(consolidated(office), DAY).results if r.unit == odd(office))
    leave_out(office)
    for word, points in (("yes", whole_points), ("zero", D(0))):
        office.plan = replace(office.plan, parameters={EXCLUDED_SCORES.id: word})
        result = next(r for r in Scoring(consolidated(office), DAY).results if r.unit == odd(office))
        assert (result.total, result.unranked) == (points, "")
        assert result.rank > 0


def test_it_needs_a_report_a_reason_and_an_open_period(office: Workspace) -> None:
    period = office.plan.period(OCTOBER)
    with pytest.raises(UserError, match="县残联还没有报2024年10月"):
        exclude(office, office.plan.unit("县残联"), period, WHY, DAY)
    with pytest.raises(UserError, match="至少6个字，现在3个字"):
        exclude(office, odd(office), period, "不可信", DAY)
    office.apply(office.close_off(OCTOBER), "封存")
    with pytest.raises(UserError, match="已经封存"):
        exclude(office, odd(office), period, WHY, DAY)


def test_every_total_says_what_it_rests_on(office: Workspace) -> None:
    leave_out(office)
    comment = {"form": "tasks", "text": "请写具体", "state": "open"}
    code = office.plan.unit("瓦屋塘镇").code
    keys: dict[str, Any] = {
        "id": record_id("comments", code, OCTOBER, "1"),
        "unit": code,
        "period": OCTOBER,
        "line": "1",
        "position": 0,
    }
    blank = dict.fromkeys(("record", "row", "field", "found", "answer", "by"))
    office.apply([Change("comments", keys["id"], None, {**keys, **blank, **comment})], "退回")
    found = consolidated(office).rests_on
    assert (found.asked, found.counted, found.missing, found.returned, found.excluded) == (
        65,
        1,
        63,
        ("瓦屋塘镇",),
        ("长铺镇",),
    )
    says = "依据1家，差63家；含退回未回1家（瓦屋塘镇）、有强制或准强制问题1家（瓦屋塘镇）；不计入1家（长铺镇）"
    assert (found.sentence, found.sound) == (says, False)
    on_paper = basis(BulletinFacts(consolidated(office), date(2024, 10, 25)))
    assert "退回未回1家（瓦屋塘镇）、有强制或准强制问题1家（瓦屋塘镇）" in on_paper
    assert "不计入1家（长铺镇）" in on_paper
    sheets = {s.form.name: s for s in papers(office, office.plan.period(OCTOBER)).workbook.sheets}
    assert all(f"{says}。" in sheets[name].notes for name in ("action_progress", "tasks", "projects"))


def test_a_sound_figure_says_only_how_many() -> None:
    assert (RestsOn(65, 65).sentence, RestsOn(65, 65).sound) == ("依据65家", True)
    names = ("甲", "乙", "丙", "丁")
    assert RestsOn(65, 65, unverified=names).sentence == "依据65家；含未验证4家（甲、乙、丙等）"


def test_trends_leave_it_out_too(office: Workspace) -> None:
    indicator = office.plan.indicators[0]
    lead, period = odd(office), office.plan.period(OCTOBER)
    rows = {"indicators": [{"indicator": indicator.id, "total": D(7)}]}
    reported(office, lead, period, rows, "2024-10-21T09:00:00+08:00", revision=2)
    assert trend(consolidated(office), indicator.id).points[-1] == (OCTOBER, D(7))
    leave_out(office)
    assert trend(consolidated(office), indicator.id).points[-1] == (OCTOBER, None)
