"""The plan as a workbook: written, changed, read back with its differences or its faults, and put in force by load."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from exports.excel.layout import half_widths
from exports.incoming.load import load
from exports.plan.workbook import read_plan, write_plan
from exports.readback.sandbox import Sandbox
from models.ledger.ledger import Ledger
from models.plan.plan import Plan
from models.store.change import Change
from models.workspace import Workspace
from tests.travel import Desk


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def written(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_plan(plan, tmp_path_factory.mktemp("plan") / "方案.xlsx")


def changed(written: Path, folder: Path, change: Callable[[Any], None]) -> Path:
    book = load_workbook(written)
    change(book)
    book.save(folder / "方案.xlsx")
    return folder / "方案.xlsx"


def column(page: Any, heading: str) -> int:
    number: int = next(c.column for c in page[1] if c.value == heading)
    return number


def test_what_is_written_reads_back_to_the_letter(plan: Plan, written: Path, sandbox: Sandbox) -> None:
    book = read_plan(written.read_bytes(), plan, written.name, sandbox)
    assert book is not None
    assert (book.faults, book.message, dict(book.texts)) == ((), "与现行方案没有不同", dict(plan.texts))


def test_every_sheet_can_be_read_on_paper(plan: Plan, written: Path) -> None:
    book = load_workbook(written)
    for page in [p for p in book if p.sheet_state == "visible"]:
        assert page.oddHeader.center.text == page.title
        for row in range(2, page.max_row + 1):
            for cell in page[row]:
                letter = page.column_dimensions[cell.column_letter]
                if not letter.hidden and isinstance(cell.value, str) and not cell.value.startswith("="):
                    need = -(-half_widths(cell.value) // int(letter.width)) * 13  # lines, each of 13 points
                    assert page.row_dimensions[row].height >= need, (page.title, cell.coordinate)
    parts = book["分工"]
    assert parts.cell(1, column(parts, "任务内容")).value == "任务内容"
    assert parts.cell(2, column(parts, "任务内容")).value == (
        '=IFERROR(INDEX(重点任务!$C:$C,MATCH(A2,重点任务!$A:$A,0)),"")'
    )
    assert [c.value for c in book["重点任务"][1]][2] == "重点任务"


def test_moved_columns_names_and_new_rows_are_understood(
    plan: Plan, written: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    def change(book: Any) -> None:
        book["重点任务"].insert_cols(1)  # every column one further to the right
        book["分工"].append(["CY-002", "县人社局", "配合", "已确认", "会议议定"])
        book["重点任务"].cell(3, column(book["重点任务"], "年度目标")).value = "按季度完成"

    book = read_plan(changed(written, tmp_path, change).read_bytes(), plan, "方案.xlsx", sandbox)
    assert book is not None
    assert book.message.startswith(
        "与现行方案有2处不同：\n重点任务CY-002 加快推进绿色矿业等传统产业扩能提质…“年度目标”："
    )
    assert "分工增加CY-002“加快推进绿色矿业等传统产业扩能提质…”县人社局" in book.message


@pytest.mark.parametrize(
    ("sheet", "heading", "value", "told"),
    [
        ("重点任务", "行动", "示例行动", "方案.xlsx:重点任务:2:行动: “示例行动”不在可选的内容里"),
        ("重点任务", "编号", "CY-999", "方案.xlsx:重点任务:2:编号: 编号从“CY-001”改成了“CY-999”"),
        ("指标", "目标值", "很多", "方案.xlsx:指标:2:目标值: “很多”不是数字"),
        ("调度期", "截止", "月底", "方案.xlsx:调度期:2:截止: “月底”不是日历上有的日子"),
    ],
)
def test_a_fault_is_reported_with_sheet_row_and_column(
    plan: Plan, written: Path, tmp_path: Path, sandbox: Sandbox, sheet: str, heading: str, value: str, told: str
) -> None:
    def change(book: Any) -> None:
        book[sheet].cell(2, column(book[sheet], heading)).value = value

    book = read_plan(changed(written, tmp_path, change).read_bytes(), plan, "方案.xlsx", sandbox)
    assert book is not None
    assert any(line.startswith(told) for line in book.faults), book.faults


def test_faults_are_a_list_with_place_value_and_what_to_do(
    plan: Plan, written: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    def change(book: Any) -> None:
        tasks = book["重点任务"]
        tasks.cell(2, column(tasks, "完成时限")).value = "很快"
        book["指标"].cell(3, column(book["指标"], "目标值")).value = "很多"
        for row in (2, 3, 4):
            book["分工"].cell(row, column(book["分工"], "分工")).value = "协助"

    book = read_plan(changed(written, tmp_path, change).read_bytes(), plan, "方案.xlsx", sandbox)
    assert book is not None
    assert book.message.splitlines() == [
        "方案工作簿有3处不对，没有装入；改好存盘，再装一次：",
        "“指标”第3行“目标值”：“很多”不是数字，请只填数字，例如 12.5",
        "“重点任务”第2行“完成时限”：“很快”不是日历上有的日子，请按“2024年3月5日”的样子填写；"
        "没有日子的，可以写：持续推进、全年、长期坚持、常年坚持、常态化推进",
        "“分工”第2行“分工”：“协助”不在可选的内容里，请从“牵头、配合”里选一个；第2、3、4行都是这样",
    ]


def test_a_deleted_task_with_its_parts_is_one_sentence(
    plan: Plan, written: Path, tmp_path: Path, sandbox: Sandbox
) -> None:
    def change(book: Any) -> None:
        book["重点任务"].delete_rows(3)

    book = read_plan(changed(written, tmp_path, change).read_bytes(), plan, "方案.xlsx", sandbox)
    assert book is not None
    told = (
        "重点任务里没有CY-002“加快推进绿色矿业等传统产业扩能提质…”了，"
        "还用着它的有“分工”第8、9、10、11行；把这些行也删去，或把CY-002补回来"
    )
    assert book.faults == (f"方案.xlsx:分工:8:: {told}",)
    assert book.message.splitlines()[1:] == [told]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("11月底", "2024-11-30"), ("2024年11月底", "2024-11-30"), ("第三季度末", "2024-09-30")],
)
def test_the_end_of_a_month_is_read_in_the_plans_year(
    plan: Plan, written: Path, tmp_path: Path, sandbox: Sandbox, typed: str, read: str
) -> None:
    def change(book: Any) -> None:
        book["重点任务"].cell(2, column(book["重点任务"], "完成时限")).value = typed

    book = read_plan(changed(written, tmp_path, change).read_bytes(), plan, "方案.xlsx", sandbox)
    assert book is not None
    assert book.plan is not None
    assert str(book.plan.tasks[0].due) == read


def test_the_office_loads_a_plan_workbook_first_to_see_then_in_force(written: Path, tmp_path: Path) -> None:
    county = Desk.county(tmp_path / "county")

    def change(book: Any) -> None:
        book["考核"].cell(2, column(book["考核"], "分值")).value = 20

    path = changed(written, tmp_path, change)
    (seen,) = county.load(path, dry_run=True)
    assert (seen.kind, seen.result, county.work.plan.version) == ("plan", "accepted", "2024.1")
    assert "→ 20" in seen.message
    (done,) = county.load(path)
    assert (done.result, county.work.plan.version) == ("accepted", "2024.2")
    assert county.results(path) == ["unchanged"]
    county.close()


TINY: dict[str, list[list[object]]] = {
    "方案": [["名称", "示例县“七大攻坚”总体方案"], ["简称", "“七大攻坚”"], ["年度", 2031], ["县", "示例县"],
           ["县代码", "999901"], ["版本", "2031.1"], ["制表机关", "示例县“七大攻坚”办公室"], ["表号前缀", "示攻表"],
           ["办公室单位", "999901901"]],
    "责任单位": [["999901101", "示例甲镇", "甲镇", "乡镇", "示例甲镇人民政府", 1, "已确认"],
             ["999901901", "示例县政府办公室", "县府办", "县直部门", "示例县政府办公室", 2, "已确认"]],
    "行动": [["GJ1", "示例一攻坚", None, "一", None, None, "县府办", None, None, "已确认"],
           ["GJ2", "示例二攻坚", None, "二", None, None, "县府办", None, None, "已确认"],
           ["GJ3", "示例三攻坚", None, "三", None, None, "县府办", None, None, "已确认"]],
    "组织实施": [],
    "指标": [["Z1", "GJ1", "示例产量", "吨", "≥", 10, "达到10吨", "否", None, "总量", "合计", "甲镇", "已确认", "一"]],
    "重点任务": [["G-01", "GJ1", "示例任务一", "办成", "2031-12-31", "Z1", "二（一）", "已确认"],
             ["G-02", "GJ3", "示例任务二", "办成", "2031-12-31", None, "二（三）", "已确认"]],
    "分工": [["G-01", "甲镇", "牵头", "已确认", None], ["G-02", "县府办", "牵头", "已确认", None],
           ["G-02", "全部乡镇", "配合", "待确认", None]],
    "调度期": [["2031-01", "2031年1月", "月", "2031-01-01", "2031-01-31", "2031-01-25"],
            ["2031-02", "2031年2月", "月", "2031-02-01", "2031-02-28", "2031-02-25"]],
}  # fmt: skip


def test_another_countys_plan_of_another_year_goes_all_the_way_round(written: Path, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for title, rows in TINY.items():
            page = book[title]
            page.delete_rows(2, page.max_row)
            for row in rows:
                page.append(row)

    county, town = Desk.county(tmp_path / "county"), Desk(tmp_path / "town")
    (taken,) = county.load(changed(written, tmp_path, change))
    assert taken.result == "accepted", taken.message
    assert (county.work.plan.title, county.work.period.id) == ("示例县“七大攻坚”总体方案", "2031-01")
    assert town.results(county.hand_out("甲镇")) == ["accepted"]
    assert [r["task"] for r in town.report("tasks").rows] == ["G-01", "G-02"]
    town.fill()
    assert county.results(town.submit()) == ["accepted"]
    came = Ledger(county.work.store).standing("999901101", "2031-01").counts
    assert came is not None
    assert came.revision == 1
    assert county.work.store.rows("tasks", "999901101", "2031-01")
    for desk in (county, town):
        desk.close()


def test_a_unit_does_not_take_a_plan_workbook(written: Path, space: Workspace, tmp_path: Path) -> None:
    desk = Desk(space.folder, space)
    assert desk.results(written) == ["refused"]
    assert space.plan.version == "2024.1"


def test_a_workbook_that_takes_away_what_was_filled_in_asks_first(written: Path, tmp_path: Path) -> None:
    county = Desk.county(tmp_path / "county")
    row = {"task": "CY-130", "unit": "430527100", "period": "2024-10", "id": "r", "line": "CY-001", "position": 1}
    county.work.apply([Change("tasks", "r", None, {**row, "task": "CY-001"})], "填报")

    def change(book: Any) -> None:
        for title, heading in (("重点任务", "编号"), ("分工", "任务")):
            page = book[title]
            at = column(page, heading)
            for n in range(page.max_row, 1, -1):
                if str(page.cell(n, at).value or "").startswith("CY-001"):
                    page.delete_rows(n)

    path = changed(written, tmp_path, change)
    for dry_run in (True, False):  # both say the same
        (asked,) = county.load(path, dry_run=dry_run)
        assert asked.result == "refused"
        assert "重点任务CY-001：长铺镇在“任务清单”里填过" in asked.message
        assert "--yes=plan" in asked.message
    space, (done,) = load(county.folder, county.space, [path], yes=["plan"])
    assert (done.result, space is county.space, county.work.plan.find("tasks", "CY-001")) == ("accepted", True, None)
    county.close()
