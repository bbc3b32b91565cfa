"""按指标: a result for every indicator, its words, and the sentence of the page."""

from collections.abc import Callable
from decimal import Decimal as D
from typing import Any

import pytest

from forms.verdict import Verdict
from models.county import indicator_words as words
from models.county.consolidation import Consolidation
from models.county.indicator_results import (
    IndicatorResult,
    basis,
    carrying_tasks,
    contact,
    headline,
    indicator_results,
    worst_first,
)  # fmt: skip
from models.workspace import Workspace
from tests.models.county_months import reported

# indicator: what its unit reports; and the row of the table: 目标, 累计, 与上年比, 完成　序时差, 判定
ROWS: list[tuple[str, dict[str, Any], tuple[str, ...]]] = [
    ("ZB-CY-01", {"total": D("118.37"), "last_year": D("110.7")},
     ("≥ 146.5 亿元", "118.37", "+6.9 %", "80.8 %　−2.5", "滞后")),
    ("ZB-CY-02", {"total": D("3.9"), "last_year": D("3.5")}, ("≥ 3.6 %", "3.9", "+0.4 个百分点", "超 0.3", "已达到")),
    ("ZB-CY-06", {"total": D("41.2"), "last_year": D("38.3")},
     ("力争 > 42 %", "41.2", "+2.9 个百分点", "差 0.8", "滞后")),
    ("ZB-CX-02", {"total": D(3), "last_year": D(2)}, ("≥ 3 家", "3", "上年 2", "100 %", "已达到")),
    ("ZB-XQ-01", {"total": D("7.4"), "last_year": D("8.1")},
     ("≥ 8 %", "7.4", "−0.7 个百分点", "差 0.6", "滞后")),
    ("ZB-QY-02", {"total": D("0.99"), "last_year": D("0.89")},
     ("1 个百分点左右", "0.99", "+0.1 个百分点", "在0.9到1.1之间", "已达到")),
    ("ZB-QY-04", {"total": D("6.7"), "last_year": D("6.2")}, ("≥ 6.5 %", "6.7", "+0.5 个百分点", "超 0.2", "已达到")),
    ("ZB-QY-05", {"total": D("6.9"), "last_year": D("6.6")}, ("高于 6.7 %", "6.9", "+0.3 个百分点", "超 0.2", "已达到")),
    ("ZB-AQ-01", {"total": D(1), "last_year": D(0)}, ("杜绝（0 起）", "1", "上年 0", "已发生，不能挽回", "已发生")),
    ("ZB-AQ-02", {"total": D(0), "last_year": D(1)}, ("遏制（不多于上年）", "0", "上年 1", "没有发生", "正常")),
    ("ZB-AQ-03", {"total": D(9), "last_year": D(13)}, ("下降", "9", "上年 13", "少 4 起", "正常")),
    ("ZB-AQ-04", {"total": D(8), "last_year": D(8)}, ("下降", "8", "上年 8", "持平，没有下降", "滞后")),
    ("ZB-AQ-09", {"total": D(2), "last_year": None}, ("下降", "2", "—", "上年同期没有填", "无法判断")),
    ("ZB-CX-07", {"note": "建平台2个"}, ("", "建平台2个", "", "", "定性")),
]  # fmt: skip


@pytest.fixture
def office(new_space: Callable[..., Workspace]) -> Workspace:
    """Every unit that answers for one of ROWS reports it in October."""
    space = new_space(role="office")
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for id, values, _ in ROWS:
        by_unit.setdefault(space.plan.find("indicators", id).lead, []).append({"indicator": id, **values})
    for code, rows in by_unit.items():
        cover = [{"liaison": "示例", "liaison_phone": "0739-7600000"}]
        forms = {"indicators": rows, "cover": cover}
        reported(space, space.plan.unit(code), space.plan.period("2024-10"), forms, "2024-10-20T09:00:00+08:00")
    return space


def results(space: Workspace) -> dict[str, IndicatorResult]:
    found = indicator_results(Consolidation(space, space.plan.period("2024-10")))
    return {r.indicator.id: r for r in found}


@pytest.mark.parametrize(("id", "row"), [(id, row) for id, _, row in ROWS])
def test_the_row_of_an_indicator(office: Workspace, id: str, row: tuple[str, ...]) -> None:
    cells = words.cells(results(office)[id])
    assert cells[1:6] == row
    assert cells[0] == office.plan.find("indicators", id).name
    assert cells[6] == office.plan.find("units", office.plan.find("indicators", id).lead).short


def test_every_indicator_of_the_plan_has_a_result_and_the_headline_counts_them_all(office: Workspace) -> None:
    found = list(results(office).values())
    assert len(found) == len(office.plan.indicators) == 56
    count = {v: sum(r.verdict == v for r in found) for v in Verdict}
    broken, rest = headline(found)
    assert broken == "1项杜绝的已经发生，"
    assert rest == f"4项滞后，7项正常或已达到，{count[Verdict.UNKNOWN]}项无法判断"
    assert 1 + 4 + 7 + count[Verdict.UNKNOWN] + count[Verdict.WORDS] == 56
    assert [r.verdict for r in worst_first(found)][:2] == [Verdict.OCCURRED, Verdict.BEHIND]


def test_what_has_not_come_says_so_and_nobody_guesses(office: Workspace) -> None:
    r = next(r for r in results(office).values() if not r.entries and r.verdict == Verdict.UNKNOWN)
    assert words.cells(r)[2:5] == ("—", "—", "还没有报")
    none = next(r for r in results(office).values() if not r.entries and r.verdict == Verdict.WORDS)
    assert words.words_given(none) == "还没有报"


def test_it_says_what_it_rests_on_and_whom_to_ask(office: Workspace) -> None:
    whole = Consolidation(office, office.plan.period("2024-10"))
    leads = {i.lead for i in office.plan.indicators}
    came = {office.plan.find("indicators", id).lead for id, _, _ in ROWS}
    assert basis(whole) == (f"依据{len(came)}家牵头单位报的数，差{len(leads) - len(came)}家", True)
    who = contact(whole, results(office)["ZB-XQ-01"].lead)
    assert who is not None
    assert (who.name, who.phone) == ("示例", "0739-7600000")
    missing = next(u for u in office.plan.units if u.code not in came)
    assert contact(whole, missing) is None


def test_the_outlook_is_judged_as_if_the_year_were_over(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    lead = space.plan.find("indicators", "ZB-XQ-01").lead
    rows = [{"indicator": "ZB-XQ-01", "total": D("7.4"), "forecast": D("7.8")},
            {"indicator": "ZB-XQ-03", "total": D("9.4"), "forecast": D("10.2")}]  # fmt: skip
    reported(
        space, space.plan.unit(lead), space.plan.period("2024-10"), {"indicators": rows}, "2024-10-20T09:00:00+08:00"
    )
    broken = space.plan.find("indicators", "ZB-AQ-01")
    row = {"indicator": broken.id, "total": D(1), "forecast": D(0)}
    reported(
        space,
        space.plan.unit(broken.lead),
        space.plan.period("2024-10"),
        {"indicators": [row]},
        "2024-10-20T09:00:00+08:00",
    )
    made = {i: r.outlook.word for i, r in results(space).items() if r.outlook}
    assert made == {"ZB-XQ-01": "未达到", "ZB-XQ-03": "已达到", "ZB-AQ-01": "已发生"}, "what happened cannot be undone"


def test_the_tasks_that_carry_an_indicator(office: Workspace) -> None:
    indicator = office.plan.find("indicators", "ZB-CY-01")
    found = carrying_tasks(Consolidation(office, office.plan.period("2024-10")), indicator)
    assert found
    assert all(indicator.id in c.task.indicators and c.leads for c in found)
    assert {c.percent for c in found} == {None}, "no task was reported"
