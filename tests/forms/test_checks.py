"""What the checks find: each case is a form, what stands in the row, last period's row, and the expected findings."""

from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from forms import FORMS
from forms.field import Context
from forms.form import Form
from models.plan.plan import Plan

UNIT, LINE = "430527106", "x"
TASK = {
    "task": "CY-015", "goal": "目标", "chief": "示例", "section": "示例股室", "person": "示例", "due": date(2024, 12, 31),
    "status": "doing", "percent": D(80), "progress": "完成厂房主体工程。", "next": "抓紧设备安装。",
}  # fmt: skip
PROJECT = {
    "name": "示例项目", "action": "CY", "kind": "industry", "nature": "new", "place": "示例村", "content": "示例内容",
    "total": D(100), "past": D(0), "plan": D(60), "period_done": D(5), "year_done": D(50), "progress": "主体完工",
    "chief": "示例", "section": "示例股室", "status": "doing",
}  # fmt: skip
POLICY = {
    "name": "示例政策", "action": "CY", "content": "示例", "stage": "issued", "number": "示例1号", "issued": date(2024, 9, 1),
    "chief": "示例", "section": "示例股室",
}  # fmt: skip
INDICATOR = {"indicator": "ZB-CX-02"}
OBSTACLE = {
    "text": "示例", "about": "示例", "kind": "land", "wanted": "示例", "level": "group", "person": "示例",
    "due": date(2024, 12, 1), "status": "open",
}  # fmt: skip
PIECE = {"title": "示例", "media": "示例", "level": "county", "day": date(2024, 10, 8)}
COVER = dict.fromkeys(("head", "deputy", "liaison", "filler"), "示例") | {
    "liaison_phone": "0739-0000000", "filler_phone": "13000000000"
}  # fmt: skip


def problems(plan: Plan, form: str, row: dict[str, Any], before: dict[str, Any]) -> list[tuple[str, str, str]]:
    bound: Form = plan.form(next(f for f in FORMS if f.name == form))
    ctx = Context(plan, UNIT, plan.period("2024-10"), {(form, LINE): before} if before else {})
    problems = bound.problems([{"id": "1", "line": LINE, **row}], ctx)
    return [(p.level, p.code, p.field) for p in problems]


@pytest.mark.parametrize(
    ("form", "row", "before", "expected"),
    [
        ("tasks", TASK, {}, []),
        ("tasks", TASK | {"chief": None}, {}, [("A", "required", "chief")]),
        ("tasks", TASK | {"status": "late"}, {}, [("A", "no_reason", "trouble")]),
        ("tasks", TASK | {"status": "done"}, {}, [("A", "done_not_full", "percent")]),
        ("tasks", TASK | {"percent": D(100)}, {}, [("B", "full_not_done", "status")]),
        ("tasks", TASK, {"percent": D(85)}, [("B", "fell_back", "percent")]),
        ("tasks", TASK | {"due": date(2024, 9, 30)}, {}, [("B", "overdue", "due")]),
        ("tasks", TASK | {"percent": D(50)}, {}, [("C", "behind", "percent")]),
        ("tasks", TASK, {"progress": TASK["progress"]}, [("C", "same_text", "progress")]),
        ("tasks", TASK | {"progress": "正常"}, {}, [("C", "short_text", "progress")]),
        ("tasks", TASK | {"next": None}, {}, [("D", "no_next", "next")]),
        ("tasks", TASK | {"progress": "完成主体,开始安装。"}, {}, [("D", "half_width", "progress")]),
        ("tasks", TASK | {"status": "nonsense"}, {}, [("A", "unknown_choice", "status")]),
        ("projects", PROJECT, {}, []),
        ("projects", PROJECT | {"period_done": D(51)}, {}, [("A", "period_over_year", "year_done")]),
        ("projects", PROJECT | {"plan": D(101)}, {},
         [("A", "plan_over_total", "plan"), ("C", "investment_behind", "share")]),
        ("projects", PROJECT | {"year_done": D(61)}, {}, [("B", "over_plan", "year_done")]),
        ("projects", PROJECT | {"past": D(70)}, {}, [("B", "over_total", "year_done")]),
        ("projects", PROJECT, {"year_done": D(44)}, [("B", "sum_broken", "year_done")]),
        ("projects", PROJECT, {"year_done": D(45)}, []),
        ("projects", PROJECT | {"start": "2024-05", "end": "2024-04"}, {}, [("A", "ends_before_start", "end")]),
        ("projects", PROJECT | {"year_done": D(30)}, {}, [("C", "investment_behind", "share")]),
        ("policies", POLICY, {}, []),
        ("policies", POLICY | {"number": None}, {}, [("A", "issued_without", "number")]),
        ("policies", POLICY | {"issued": date(2024, 11, 1)}, {}, [("B", "in_future", "issued")]),
        ("policies", POLICY | {"money": D(9)}, {}, [("B", "paid_nobody", "households")]),
        ("indicators", INDICATOR | {"total": D(3)}, {}, []),
        ("indicators", INDICATOR, {}, [("B", "no_figure", "total")]),
        ("indicators", INDICATOR | {"total": D(1)}, {}, [("C", "missed", "note")]),
        ("indicators", INDICATOR | {"total": D(3), "now": D(4)}, {}, [("B", "now_over_sum", "now")]),
        ("indicators", {"indicator": "ZB-MS-01"}, {}, [("A", "required", "note")]),
        ("indicators", {"indicator": "ZB-AQ-01", "total": D(99)}, {}, [("A", "must_not_be", "note")]),
        ("indicators", {"indicator": "ZB-AQ-01", "total": D(99), "note": "示例"}, {}, []),
        ("indicators", {"indicator": "ZB-AQ-02", "total": D(2), "last_year": D(1)}, {}, [("A", "must_not_be", "note")]),
        ("indicators", {"indicator": "ZB-AQ-03", "total": D(50), "last_year": D(1)}, {}, [("C", "missed", "note")]),
        ("indicators", {"indicator": "ZB-AQ-03", "total": D(50)}, {}, [("C", "no_last_year", "last_year")]),
        ("indicators", {"indicator": "ZB-AQ-09", "total": D(12), "last_year": D(8)}, {}, [("C", "missed", "note")]),
        ("indicators", {"indicator": "ZB-QY-02", "total": D("0.1")}, {}, [("C", "missed", "note")]),
        ("obstacles", OBSTACLE, {}, []),
        ("obstacles", OBSTACLE | {"status": "closed"}, {}, [("A", "closed_without", "closed")]),
        ("obstacles", OBSTACLE | {"closed": date(2024, 10, 1)}, {}, [("A", "closed_date_alone", "status")]),
        ("obstacles", OBSTACLE | {"due": date(2024, 10, 1)}, {}, [("B", "obstacle_overdue", "due")]),
        ("publicity", PIECE, {}, []),
        ("publicity", PIECE | {"day": date(2024, 9, 30)}, {}, [("C", "outside_period", "day")]),
        ("cover", COVER, {}, []),
        ("cover", COVER | {"filler_phone": "12345"}, {}, [("C", "odd_phone", "filler_phone")]),
    ],
)  # fmt: skip
def test_findings(
    plan: Plan, form: str, row: dict[str, Any], before: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    assert problems(plan, form, row, before) == expected


def test_a_message_gives_the_figures_and_the_way_out(plan: Plan) -> None:
    bound = plan.form(next(f for f in FORMS if f.name == "tasks"))
    ctx = Context(plan, UNIT, plan.period("2024-10"), {("tasks", LINE): {"percent": D(85)}})
    message = bound.problems([{"id": "1", "line": LINE, **TASK}], ctx)[0].message
    assert message == "本期完成进度80比上期85少5，请改成不小于85；上期填错的，写明原因"


def test_two_lines_of_one_name_are_reported_with_their_row(plan: Plan) -> None:
    bound = plan.form(next(f for f in FORMS if f.name == "projects"))
    ctx = Context(plan, UNIT, plan.period("2024-10"))
    rows = [{"id": str(n), "line": str(n), **PROJECT} for n in (1, 2)]
    assert [(p.row, p.code, "第1行" in p.message) for p in bound.problems(rows, ctx)] == [(2, "double", True)]


@pytest.mark.parametrize(
    ("indicator", "total", "done", "gap"),
    [
        ("ZB-CY-01", D(146), D("99.7"), D("16.4")),  # grows through the year: October is 83.3 % of it
        ("ZB-ZT-03", D(25876), D("100.0"), None),  # counted at a day
        ("ZB-CY-02", D("3.6"), None, None),  # a rate
    ],
)
def test_completion_and_lead_over_time(plan: Plan, indicator: str, total: D, done: D | None, gap: D | None) -> None:
    form = plan.form(next(f for f in FORMS if f.name == "indicators"))
    ctx = Context(plan, UNIT, plan.period("2024-10"))
    row = form.complete({"id": "1", "line": LINE, "indicator": indicator, "total": total}, ctx)
    assert (row["done"], row["gap"]) == (done, gap)


def test_a_stock_below_its_target_is_missed_in_any_month(plan: Plan) -> None:
    assert problems(plan, "indicators", {"indicator": "ZB-ZT-03", "total": D(25000)}, {}) == [("C", "missed", "note")]
