"""A plan folder is read whole or refused with file, row and column of everything that is wrong."""

import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from forms.parameters import AROUND
from forms.plan_tables import BASES
from models.county.score_bases import BASES as SCORED
from models.errors import UserError
from models.plan.plan import Plan
from models.plan.reader import built_in, read_folder, read_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(built_in()[-1], tmp_path / "plan"))


def rewrite(path: Path, change: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8-sig")
    changed = change(text)
    assert changed != text, "the test's fault did not get in"
    path.write_text(changed, encoding="utf-8-sig")


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        ("tasks", lambda t: t.replace("完成时限", "时限", 1), "tasks.csv:重点任务:1:完成时限: 缺少“完成时限”这一列"),
        ("units", lambda t: t.replace("430527101", "430527100", 1), "units.csv:责任单位:3:代码: “代码”与第1行相同"),
        ("tasks", lambda t: t.replace("CY-001,CY,", "CY-001,ZZ,", 1), "tasks.csv:重点任务:2:行动: “ZZ”不在可选的内容里"),
        ("indicators", lambda t: t.replace(",146.5,", ",一百四十六,", 1), "indicators.csv:指标:2:目标值: “一百四十六”不是数字"),
        ("assignments", lambda t: t + "CY-001,430527100,牵头,待确认,测试\n", "只能有一个"),
        ("assignments", lambda t: t.replace("430527507", "430527999"), "assignments.csv:分工:2:单位: “430527999”"),
        ("periods", lambda t: t.replace("2024-01-31", "2023-01-31", 1), "periods.csv:调度期:2:结束: 结束日期早于开始日期"),
        ("scoring", lambda t: t.replace(",publicity,", ",weather,"), "scoring.csv:考核:7:依据数据: 程序不认识依据数据“weather”"),
        ("plan", lambda t: t.replace("县代码", "代码", 1), "缺少“县代码”这一行"),
    ],
)  # fmt: skip
def test_a_fault_is_reported_with_its_place(folder: Path, file: str, change: Callable[[str], str], told: str) -> None:
    rewrite(folder / f"{file}.csv", change)
    with pytest.raises(UserError) as error:
        read_folder(folder)
    assert any(told in line for line in error.value.details), error.value.details[:5]


def test_a_kept_plan_with_a_basis_of_another_version_still_opens(folder: Path) -> None:
    texts = {f.stem: f.read_text(encoding="utf-8-sig") for f in folder.glob("*.csv")}
    texts["scoring"] = texts["scoring"].replace(",publicity,", ",weather,")
    assert read_texts(texts, checked=True).scoring[-1].basis == "weather"
    with pytest.raises(UserError, match="weather"):
        read_texts(texts)


def test_a_plan_may_name_every_basis_that_is_scored(folder: Path) -> None:
    rewrite(
        folder / "scoring.csv", lambda t: t.replace(",publicity,", ",indicators,").replace(",obstacles,", ",confirmed,")
    )
    assert [s.basis for s in read_folder(folder).scoring][-2:] == ["confirmed", "indicators"]
    assert {o.id for o in BASES.options} == set(SCORED)


def test_all_faults_are_reported_at_once(folder: Path) -> None:
    rewrite(folder / "tasks.csv", lambda t: t.replace(",CY,", ",ZZ,"))
    with pytest.raises(UserError) as error:
        read_folder(folder)
    assert len(error.value.details) > 10


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "scoring.csv").unlink()
    with pytest.raises(UserError, match=r"scoring\.csv"):
        read_folder(folder)


def test_a_file_saved_by_excel_in_gbk_is_read(folder: Path) -> None:
    text = (folder / "units.csv").read_text(encoding="utf-8-sig")
    (folder / "units.csv").write_text(text, encoding="gb18030")
    assert len(read_folder(folder).units) == 65


def test_group_words_reach_every_unit_of_the_kind(plan: Plan) -> None:
    townships = {u.code for u in plan.units if u.kind == "township"}
    reached = {a.unit for a in plan.assignments if a.task == "QY-013"}
    assert townships <= reached


def test_a_near_miss_of_a_name_is_refused_with_candidates(plan: Plan) -> None:
    assert plan.unit("长铺镇").code != plan.unit("长铺子乡").code
    with pytest.raises(UserError, match=r"长铺镇（430527100）、长铺子乡（430527207）"):
        plan.unit("长铺")


def test_the_plans_that_ship_lie_where_the_program_looks() -> None:
    assert [p.name for p in built_in()] == [p.name for p in sorted(resources.path("plans").iterdir())]


def test_parameters_are_optional_and_each_is_checked(folder: Path) -> None:
    assert read_folder(folder).parameter(AROUND) == Decimal(10)
    heading = "编号,取值,说明,确认\n"
    (folder / "parameters.csv").write_text(heading + "verdict.around,5,,已确认\n", encoding="utf-8")
    assert read_folder(folder).parameter(AROUND) == Decimal(5)
    (folder / "parameters.csv").write_text(heading + "verdict.around,很多,,已确认\n", encoding="utf-8")
    with pytest.raises(UserError, match="不是数字") as caught:
        read_folder(folder)
    assert caught.value.details[0].startswith("parameters.csv:参数:2:取值: ")
    (folder / "parameters.csv").write_text(heading + "verdict.other,5,,已确认\n", encoding="utf-8")
    with pytest.raises(UserError, match="不在可选的内容里"):
        read_folder(folder)
