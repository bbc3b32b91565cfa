"""The plan in force in a period, whatever versions came since."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import models.county
from models.errors import UserError
from models.plan.plan import Plan
from models.plan_editing.publish import Correcting, put_back, put_in_force
from models.workspace import Workspace
from tests.plan_changes import edited

New = Callable[..., Workspace]
FIRST = "CY-001"


def rename(space: Workspace, text: str, **about: str) -> Plan:
    """Put a version in force in which task CY-001 has other words."""
    texts = edited(space.plan.texts, "tasks", "编号", {FIRST: {"重点任务": text}})
    texts = edited(texts, "plan", "项目", {k: {"内容": v} for k, v in about.items()})
    return put_in_force(space, texts, correct=True)


def words(space: Workspace, period: str) -> str:
    """The words of task CY-001 in a period."""
    return str(space.at(space.plan.period(period)).plan.find("tasks", FIRST).text)


@pytest.fixture
def office(new_space: New, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An office in June, which works on June."""
    monkeypatch.setenv("QINGDAN_CLOCK", "2024-06-10T09:00:00+08:00")
    space = new_space(role="office")
    space.set({"current": "2024-06"})
    return space


def test_a_new_version_is_valid_from_the_period_under_way(office: Workspace) -> None:
    old = words(office, "2024-05")
    plan = rename(office, "换了说法的任务")
    assert (plan.about["生效"], plan.version) == ("2024-06", "2024.2")
    assert [words(office, p) for p in ("2024-01", "2024-05", "2024-06", "2024-Q2", "2024-12")] == [
        old,
        old,
        *["换了说法的任务"] * 3,
    ]
    assert office.at(office.plan.period("2024-06")) is office


def test_a_version_for_later_leaves_the_period_under_way_alone(office: Workspace) -> None:
    old = words(office, "2024-06")
    rename(office, "从七月起", 生效="2024-07-01")
    assert [words(office, p) for p in ("2024-06", "2024-07")] == [old, "从七月起"]
    rename(office, "六月又改", 生效="2024-06")
    assert [words(office, p) for p in ("2024-05", "2024-06", "2024-07")] == [old, "六月又改", "六月又改"]


def test_what_is_over_cannot_be_changed_by_a_date(office: Workspace) -> None:
    with pytest.raises(UserError, match=r"早于2024年6月.*勘误"):
        rename(office, "倒着改", 生效="2024-03")
    assert office.plan.version == "2024.1"


def test_a_correction_asks_first_and_holds_for_the_periods_it_names(office: Workspace) -> None:
    old = words(office, "2024-03")
    texts = edited(office.plan.texts, "tasks", "编号", {FIRST: {"重点任务": "更正了的任务"}})
    texts = edited(texts, "plan", "项目", {"勘误": {"内容": "2024-03、2024-04"}})
    with pytest.raises(Correcting, match="2024年3月、2024年4月已经过去") as asked:
        put_in_force(office, texts)
    assert "CY-001" in asked.value.details[0]
    assert "更正了的任务" in asked.value.details[0]
    assert words(office, "2024-03") == old
    put_in_force(office, texts, correct=True)
    assert [words(office, p) for p in ("2024-02", "2024-03", "2024-04", "2024-05")] == [
        old,
        "更正了的任务",
        "更正了的任务",
        old,
    ]
    march = office.at(office.plan.period("2024-03")).plan
    assert march.correction_note(march.period("2024-03")) == ("勘误：本期按方案2024.2版更正后的内容列出。",)
    assert rename(office, "六月的改动").corrects == ()  # a later version does not inherit it
    assert words(office, "2024-03") == "更正了的任务"


def test_taking_a_version_back_takes_it_back_everywhere(office: Workspace) -> None:
    old, before = words(office, "2024-06"), office.plan.digest
    after = rename(office, "装错了的").digest
    put_back(office, before, after)
    assert [words(office, p) for p in ("2024-05", "2024-06", "2024-12")] == [old] * 3


def test_a_computer_without_the_older_versions_takes_the_first_it_has(office: Workspace) -> None:
    plan = rename(office, "换了说法的任务")
    office.store.conn.execute("DELETE FROM plan_files WHERE digest<>?", (plan.digest,))
    assert words(office, "2024-02") == "换了说法的任务"


def test_a_period_has_only_the_rows_that_were_valid_on_its_last_day(office: Workspace) -> None:
    codes = [u.code for u in office.plan.units]
    ended, begun = codes[0], codes[1]
    texts = edited(
        office.plan.texts, "units", "代码", {ended: {"止": "2024-05"}, begun: {"起": "2024-06", "前身": ended}}
    )
    plan = put_in_force(office, edited(texts, "plan", "项目", {"勘误": {"内容": "2024-05"}}), correct=True)
    may, june = (office.at(plan.period(p)) for p in ("2024-05", "2024-06"))
    assert [u.code for u in may.units] == [c for c in codes if c != begun]
    assert [u.code for u in june.units] == codes[1:]
    assert not [a for a in june.plan.assignments if a.unit == ended]
    assert may.at(plan.period("2024-06")).plan is june.plan
    assert june.form("obstacles") is not None
    assert june.plan.form(june.form("tasks")).fields == june.form("tasks").fields


@pytest.mark.parametrize(
    ("table", "key", "cells", "message"),
    [
        ("units", "430527101", {"起": "2024-06", "止": "2024-05"}, "止“2024-05”早于起“2024-06”"),
        ("units", "430527101", {"前身": "999999"}, "前身“999999”在历次方案里都没有"),
        ("plan", "生效", {"内容": "六月"}, "生效“六月”不是日子，也不是调度期的编号"),
        ("plan", "勘误", {"内容": "2024-13"}, "勘误的调度期“2024-13”不在方案里"),
        ("tasks", FIRST, {"开始": "2025-01-01"}, "开始日期晚于完成时限"),
    ],
)
def test_times_that_cannot_be_are_refused(
    office: Workspace, table: str, key: str, cells: dict[str, str], message: str
) -> None:
    column = {"units": "代码", "plan": "项目", "tasks": "编号"}[table]
    with pytest.raises(UserError, match=message):
        put_in_force(office, edited(office.plan.texts, table, column, {key: cells}))


def _reads_todays_plan(function: ast.FunctionDef) -> bool:
    """Whether a function that is asked about a period reads the workspace's plan without going to that period."""
    arguments = {a.arg: ast.unparse(a.annotation or ast.Constant("")) for a in function.args.args}
    if "space" not in arguments or not any(kind.startswith("Period") for kind in arguments.values()):
        return False
    asked = [n for n in ast.walk(function) if isinstance(n, ast.Attribute) and ast.unparse(n.value) == "space"]
    return any(n.attr in ("plan", "forms", "form", "units") for n in asked) and not any(n.attr == "at" for n in asked)


def test_the_county_reads_no_plan_but_that_of_the_period() -> None:
    """A function of the county about a period begins with `space = space.at(period)`; a Consolidation does so itself."""
    files = sorted(Path(models.county.__file__).parent.glob("*.py"))
    wrong = [
        f"{file.name}:{f.name}"
        for file in files
        for f in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(f, ast.FunctionDef) and _reads_todays_plan(f)
    ]
    assert wrong == []
