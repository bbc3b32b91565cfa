"""Figures out of proportion: each case is a form, the figures in the row, what they are held against, and what is asked."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal as D
from typing import Any

import pytest

from forms import FORMS
from forms.field import Context, Field
from forms.form import Form
from forms.kind import Number
from forms.parameters import ODD_LINES, ODD_MOST, ODD_TIMES
from forms.problem import Problem
from forms.proportion import PROPORTION
from models.plan.plan import Plan

CODES = {c.code for c in PROPORTION}
MONEY = {"total": D(3000), "past": D(500), "plan": D(1200), "period_done": D(100), "year_done": D(900)}
RATE, SUM, SHARE = "rate", "total", "ratio"


def asked(plan: Plan, form: str, row: Mapping[str, Any], before: Mapping[str, Any] | None = None) -> list[Problem]:
    bound: Form = plan.form(next(f for f in FORMS if f.name == form))
    ctx = Context(plan, plan.units[0].code, plan.period("2024-10"), {(form, "x"): before} if before else {})
    return [p for p in bound.problems([{"id": "1", "line": "x", **row}], ctx) if p.code in CODES]


@pytest.mark.parametrize(
    ("change", "before", "expected"),
    [
        ({}, {}, []),
        ({}, MONEY, []),
        ({"total": D(20_000_000)}, {}, [("odd_amount", "total")]),  # 2,000 亿元
        ({"total": D(500_000)}, {}, []),
        ({"total": D(30_000_000)}, MONEY, [("odd_change", "total")]),  # 元 in a column of 万元
        ({"total": D(4600)}, MONEY, [("odd_change", "total")]),
        ({"total": D(4400)}, MONEY, []),
        ({"past": D(900)}, MONEY, []),  # below what is asked about
        ({"past": D(5000)}, MONEY | {"past": D(0)}, []),  # was not known before
        ({"year_done": D(9000)}, MONEY, [("odd_jump", "year_done")]),
        ({"year_done": D(8999)}, MONEY, []),
        ({"year_done": D(90)}, MONEY | {"year_done": D(1000)}, [("odd_jump", "year_done")]),
        ({"year_done": D(50)}, MONEY | {"year_done": D(3)}, []),
    ],
)
def test_money_of_a_line_is_held_against_its_past_and_what_is_possible(
    plan: Plan, change: dict[str, Any], before: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert [(p.code, p.field) for p in asked(plan, "projects", MONEY | change, before)] == expected


def test_both_figures_and_what_to_do_are_in_the_sentence(plan: Plan) -> None:
    (problem,) = asked(plan, "projects", MONEY | {"total": D(30_000_000)}, MONEY)
    assert problem.level == "C"
    assert problem.message == (
        "“总投资”由上期的3,000万元改成30,000,000万元（3,000.00亿元），相差10,000倍，请核对；确有调整的，说明原因"
    )
    assert problem.sides == ("本期", "30,000,000万元（3,000.00亿元）", "≠", "上期", "3,000万元")


@pytest.mark.parametrize(
    ("nature", "factors", "before", "expected"),
    [
        (SUM, {"total": "0.8", "last_year": "0.7", "forecast": "1"}, {}, []),
        (SUM, {"total": "8000"}, {}, [("odd_target", "total")]),  # 万元 in a figure of 亿元
        (SUM, {"total": "0.00008"}, {}, [("odd_target", "total")]),
        (SUM, {"total": "0.03"}, {}, []),  # January
        (SUM, {"total": "0.8", "last_year": "0.00007"}, {}, [("odd_last_year", "total")]),
        (SUM, {"total": "0.8", "forecast": "10000"}, {}, [("odd_target", "forecast")]),
        (SUM, {"total": "0.8"}, {"total": "0.9"}, [("odd_fall", "total")]),
        (SUM, {"total": "0.8"}, {"total": "0.7"}, []),
        (SUM, {"total": "0.8"}, {"total": "0.00007"}, [("odd_jump", "total")]),
        (RATE, {"total": "1.1", "last_year": "0.5"}, {"total": "2"}, []),
        (RATE, {"total": "10000"}, {}, [("odd_target", "total")]),
        (RATE, {"total": "1"}, {"total": "100"}, [("odd_jump", "total")]),
    ],
)
def test_an_indicator_is_held_against_its_past_last_year_and_its_target(
    plan: Plan, nature: str, factors: dict[str, str], before: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    indicator = next(i for i in plan.indicators if i.nature == nature and i.target and i.target >= 7)
    of_target = {n: (indicator.target or D(0)) * D(f) for n, f in factors.items()}
    last = {n: (indicator.target or D(0)) * D(f) for n, f in before.items()}
    found = asked(plan, "indicators", {"indicator": indicator.id, **of_target}, last)
    assert [(p.code, p.field) for p in found] == expected


def test_a_share_that_is_written_as_a_decimal_is_asked_about(plan: Plan) -> None:
    indicator = next(i for i in plan.indicators if i.nature == SHARE and i.target and i.target >= 20)
    row = {"indicator": indicator.id, "total": D("0.24")}
    assert [p.code for p in asked(plan, "indicators", row)] == ["odd_target"]
    assert asked(plan, "indicators", row | {"total": D(24)}) == []


def lines(plan: Plan, *totals: int | None) -> list[tuple[int, str, str]]:
    bound: Form = plan.form(next(f for f in FORMS if f.name == "projects"))
    rows = [{"id": str(n), "line": str(n), "total": None if v is None else D(v)} for n, v in enumerate(totals)]
    found = bound.problems(rows, Context(plan, plan.units[0].code, plan.period("2024-10")))
    return [(p.row, p.code, p.field) for p in found if p.code in CODES]


def test_a_line_is_held_against_the_middle_of_the_others(plan: Plan) -> None:
    assert lines(plan, 300, 20, 50, 400_000) == [(4, "odd_lines", "total")]
    assert lines(plan, 300, None, 50, 400_000) == []  # two others are no measure
    assert lines(plan, 3, 2, 5, 900) == []  # below what is asked about
    assert lines(plan, 300, 200, 500, 9000) == []
    assert lines(plan, 400_000, 30, 20, 50, 300_000) == [(1, "odd_lines", "total"), (5, "odd_lines", "total")]


def test_what_is_asked_about_is_up_to_the_plan(plan: Plan) -> None:
    strict = replace(plan, parameters={ODD_MOST.id: D(2000), ODD_TIMES.id: D(3), ODD_LINES.id: D(10)})
    assert [p.code for p in asked(strict, "projects", MONEY)] == ["odd_amount"]
    assert lines(strict, 30, 20, 50, 1500) == [(4, "odd_lines", "total")]
    assert [p.code for p in asked(strict, "projects", {"year_done": D(1300)}, {"year_done": D(400)})] == ["odd_jump"]


def test_a_form_that_is_added_is_looked_at_without_code_of_its_own(plan: Plan) -> None:
    form = Form("f", "表", (Field("a", "走访补助", Number(2), unit="元", total=True), Field("b", "序号", Number(0))))
    ctx = Context(plan, plan.units[0].code, plan.periods[9], {("f", "x"): {"a": D(1), "b": D(1)}})
    row = {"id": "1", "line": "x", "a": D(6 * 10**9), "b": D(10**9)}
    (problem,) = form.bound(plan).problems([row], ctx)
    assert (problem.code, problem.field) == ("odd_jump", "a")
    assert problem.message.startswith("“走访补助”本期6,000,000,000元，上期1元，相差6,000,000,000倍，")
