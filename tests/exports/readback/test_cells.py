"""Single cells and lines of a filled workbook: formulas, copies, merges, calendars, edits on both sides, lost columns."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from exports.excel.workbook import write_workbook
from exports.readback.result import WorkbookReading
from exports.readback.sandbox import Sandbox
from exports.readback.workbook import read_workbook
from exports.sheets.unit_sheets import unit_book
from models.refusals import Refused
from models.reporting.sample import fill
from models.workspace import Workspace
from tests.exports.readback.hostile import packed, parts_of
from tests.exports.readback.people import column, row_of, written

UNIT = "县科工局"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


class Clerk:
    """Somebody with one workbook open, at the PC of its unit."""

    def __init__(self, space: Workspace, path: Path, sandbox: Sandbox) -> None:
        self.space, self.path, self.sandbox = space, path, sandbox
        self.book = load_workbook(written(space, path))

    def id(self, form: str, n: int = 0) -> str:
        return str(self.space.context(self.space.units[0].code, self.space.period).rows[form][n]["id"])

    def cell(self, form: str, field: str, n: int = 0) -> Any:
        sheet = self.book[self.space.form(form).title]
        return sheet.cell(row_of(sheet, self.id(form, n)), column(sheet, field))

    def read(self, period: str = "") -> WorkbookReading:
        self.book.save(self.path)
        return read_workbook(self.path.read_bytes(), self.space, self.sandbox, period)

    def here(self, form: str, field: str, value: Any, n: int = 0) -> None:
        """Give a cell of the workspace another value."""
        report = self.space.report(
            self.space.form(form), self.space.context(self.space.units[0].code, self.space.period)
        )
        self.space.apply(report.set(report.rows[n]["id"], {field: value}), "填写")


@pytest.fixture
def clerk(new_space: Callable[..., Workspace], tmp_path: Path, sandbox: Sandbox) -> Clerk:
    space = new_space(UNIT)
    space.set({"current": "2024-10"})
    fill(space, space.period)
    return Clerk(space, tmp_path / "表.xlsx", sandbox)


def differences(reading: WorkbookReading) -> list[tuple[str, str, str]]:
    return [(d.field, d.before, d.after) for d in reading.differences]


# ---- formulas, errors, figures


def test_a_formula_without_a_result_is_a_problem(clerk: Clerk) -> None:
    clerk.cell("projects", "total").value = "=1000*2"
    reading = clerk.read()
    assert [(p.value, "没有算出的结果" in p.why) for p in reading.problems] == [("=1000*2", True)]
    assert reading.changes == []


def test_the_result_of_a_formula_is_taken_and_the_formula_shown(clerk: Clerk) -> None:
    where = clerk.cell("projects", "total")
    where.value = 123456
    clerk.book.save(clerk.path)
    parts = parts_of(clerk.path.read_bytes())
    bare, name = b"<v>123456</v>", "xl/worksheets/sheet3.xml"
    parts[name] = parts[name].replace(bare, b"<f>61728*2</f>" + bare)
    reading = read_workbook(packed(parts), clerk.space, clerk.sandbox)
    assert [(d.field, d.after, d.how) for d in reading.differences] == [
        ("total", "123,456.00", "公式=61728*2→123,456.00")
    ]


@pytest.mark.parametrize(
    ("form", "field", "value", "said"),
    [
        ("projects", "total", "#REF!", "出错的公式"),
        ("projects", "total", 12.34567, "小数超过"),
        ("projects", "total", date(2024, 3, 5), "不是数字"),
        ("tasks", "phone", 430527199001011234, "超过15位"),
        ("tasks", "status", "快好了", "不在可选的内容里"),
        ("tasks", "due", "11月", "没有说是哪一天"),
    ],
)
def test_what_cannot_be_read_is_listed_with_its_place(
    clerk: Clerk, form: str, field: str, value: Any, said: str
) -> None:
    cell = clerk.cell(form, field)
    cell.value = value
    if value == "#REF!":
        cell.data_type = "e"
    reading = clerk.read()
    assert [(p.sheet, p.row, p.column) for p in reading.problems] == [
        (clerk.space.form(form).title, cell.row, cell.column_letter)
    ]
    assert said in reading.problems[0].why
    assert reading.changes == []


def test_a_percentage_of_excel_is_a_percentage(clerk: Clerk) -> None:
    cell = clerk.cell("tasks", "percent")
    cell.value, cell.number_format = 0.855, "0.0%"
    reading = clerk.read()
    assert differences(reading)[0][2] == "85.5"


def test_a_bare_fraction_in_a_column_of_percents_is_pointed_out(clerk: Clerk) -> None:
    clerk.cell("tasks", "percent").value = 0.9
    assert [d.how for d in clerk.read().differences] == ["0.9→0.9%"]


@pytest.mark.parametrize("value", [45600, "2024-11-04", date(2024, 11, 4), "2024年11月4日"])
def test_a_day_in_any_dress(clerk: Clerk, value: Any) -> None:
    cell = clerk.cell("tasks", "due")
    cell.value = value
    if value == 45600:
        cell.number_format = "General"
    assert [d.after for d in clerk.read().differences] == ["2024年11月4日"]


def test_days_of_a_workbook_that_counts_from_1904(clerk: Clerk) -> None:
    clerk.book = load_workbook(clerk.path)
    clerk.book.epoch = CALENDAR_MAC_1904
    clerk.cell("tasks", "due").number_format = "General"
    clerk.cell("tasks", "due").value = 45600 - 1462
    assert ("due", "2024年11月4日") in [
        (d.field, d.after) for d in clerk.read().differences if d.record == clerk.id("tasks")
    ]


# ---- lines


def test_a_copied_line_is_new_wherever_it_is(clerk: Clerk) -> None:
    """The copy lies above its original and was changed: the original keeps its id, the copy becomes a line."""
    sheet = clerk.book["项目清单"]
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    at = row_of(sheet, clerk.id("projects"))
    sheet.insert_rows(at)
    for n in range(1, sheet.max_column + 1):
        sheet.cell(at, n).value = sheet.cell(at + 1, n).value
    sheet.cell(at, column(sheet, "name")).value = "另一个项目"
    reading = clerk.read()
    assert (reading.cells, reading.added) == (0, 1)
    assert "复制，当作新增" in reading.sentence()


def test_a_line_pasted_twice_unchanged_is_listed(clerk: Clerk) -> None:
    sheet = clerk.book["项目清单"]
    at, end = row_of(sheet, clerk.id("projects")), sheet.max_row + 1
    for n in range(1, sheet.max_column + 1):
        sheet.cell(end, n).value = sheet.cell(at, n).value
    reading = clerk.read()
    assert (reading.changes, [p.row for p in reading.problems]) == ([], [end])


def test_a_new_line_is_taken_once_however_often_the_workbook_comes(clerk: Clerk) -> None:
    sheet = clerk.book["宣传信息"]
    for n in (1, 2):
        sheet.cell(sheet.max_row + n, column(sheet, "title")).value = "同一个标题"
    first = clerk.read()
    clerk.space.apply(first.changes, "装入")
    assert (first.added, clerk.read().changes) == (2, [])


def test_lines_deleted_in_the_workbook_stay_until_somebody_says_so(clerk: Clerk) -> None:
    sheet = clerk.book["项目清单"]
    id, name = clerk.id("projects"), clerk.cell("projects", "name").value
    sheet.delete_rows(row_of(sheet, id))
    reading = clerk.read()
    assert ([g.text for g in reading.gone], reading.changes) == ([name], [])
    clerk.space.apply(reading.with_deletions(), "装入")
    assert clerk.space.store.row("projects", id) is None


def test_lines_of_the_plan_cannot_be_deleted(clerk: Clerk) -> None:
    sheet = clerk.book["任务清单"]
    sheet.delete_rows(row_of(sheet, clerk.id("tasks")))
    reading = clerk.read()
    assert (reading.gone, reading.with_deletions()) == ([], [])
    assert "方案给的1行在工作簿里没有了" in reading.sentence()


def test_words_in_the_number_column_and_own_sums_are_listed(clerk: Clerk) -> None:
    sheet = clerk.book["项目清单"]
    end = sheet.max_row + 1
    sheet.cell(end, 2).value, sheet.cell(end, column(sheet, "name")).value = "新增", "某某项目"
    sheet.cell(end + 1, column(sheet, "name")).value = "小　计"
    reading = clerk.read()
    assert [(p.row, p.value) for p in reading.problems] == [(end, "新增"), (end + 1, "小计")]
    assert reading.changes == []


def test_a_column_of_ones_own_is_listed_once(clerk: Clerk) -> None:
    sheet = clerk.book["任务清单"]
    column_of_ones_own = sheet.max_column + 1
    for n in (0, 1):
        sheet.cell(row_of(sheet, clerk.id("tasks", n)), column_of_ones_own).value = "我的备注"
    assert ["2格没有读入" in p.why for p in clerk.read().problems] == [True]


def test_text_beside_the_cells_of_a_record_and_on_other_sheets_is_reported(clerk: Clerk) -> None:
    cover = clerk.book["单位信息"]
    row = next(c.row for (c,) in cover.iter_rows(max_col=1) if c.value == "filler")
    cover.cell(row, 4).value = "写偏了"
    clerk.book.create_sheet("补充说明")["A1"].value = "另外的事"
    reading = clerk.read()
    assert [(p.row, p.column, p.value) for p in reading.problems] == [(row, "D", "写偏了")]
    assert "工作表“补充说明”不是本程序的表" in reading.sentence()
    assert reading.changes == []


def test_cells_merged_down_hold_the_text_above_and_merged_across_are_listed(clerk: Clerk) -> None:
    sheet = clerk.book["任务清单"]
    a, b = (row_of(sheet, clerk.id("tasks", n)) for n in (0, 1))
    top, bottom = min(a, b), max(a, b)
    at = column(sheet, "section")
    sheet.cell(top, at).value = "合并的股室"
    sheet.merge_cells(start_row=top, end_row=bottom, start_column=at, end_column=at)
    reading = clerk.read()
    assert {d.after for d in reading.differences} == {"合并的股室"}
    assert len(reading.differences) == bottom - top + 1
    sheet.merge_cells(start_row=top, end_row=top, start_column=at + 1, end_column=at + 3)
    assert any("左右合并" in p.why for p in clerk.read().problems)


# ---- both sides changed, blank forms, other periods, other plans


def test_what_was_typed_here_since_is_not_put_back(clerk: Clerk) -> None:
    clerk.here("tasks", "note", "后来在本机写的")
    assert clerk.read().changes == []


def test_what_both_sides_changed_is_asked(clerk: Clerk) -> None:
    clerk.here("tasks", "note", "后来在本机写的")
    clerk.cell("tasks", "note").value = "工作簿里写的"
    reading = clerk.read()
    assert reading.changes == []
    assert "后来在本机写的" in reading.problems[0].why
    assert "工作簿里写的" in reading.problems[0].why


def test_without_a_known_base_version_the_clock_tells_what_is_newer(clerk: Clerk) -> None:
    """The plan was renewed since, so that nobody knows the lines of the workbook's day any more."""
    keys = {c.value: c.row for (c,) in clerk.book["_qingdan"].iter_rows(max_col=1)}
    clerk.book["_qingdan"].cell(keys["version"], 2).value = "0000-0000-0000"
    clerk.cell("tasks", "note").value = "工作簿里写的"
    for printed, taken in (("2999-01-01 00:00", 1), ("2000-01-01 00:00", 0)):
        clerk.book["_qingdan"].cell(keys["printed"], 2).value = printed
        clerk.here("tasks", "note", f"本机写的{taken}")
        reading = clerk.read()
        assert (len(reading.differences), len(reading.problems)) == (taken, 1 - taken)


def test_an_emptied_cell_is_emptied_and_one_nobody_knows_of_is_kept(clerk: Clerk) -> None:
    before = clerk.cell("tasks", "progress").value
    clerk.cell("tasks", "progress").value = None
    assert differences(clerk.read()) == [("progress", before, "")]
    del clerk.book["_qingdan"]
    reading = clerk.read()
    assert (reading.changes, reading.kept) == ([], 1)


def test_a_blank_form_fills_in_what_was_written_and_nothing_else(clerk: Clerk) -> None:
    write_workbook(
        clerk.path, unit_book(clerk.space, clerk.space.units[0], clerk.space.period, clerk.space.forms, blank=True)
    )
    clerk.book = load_workbook(clerk.path)
    clerk.cell("tasks", "percent").value = 33
    assert [(d.field, d.after) for d in clerk.read().differences] == [("percent", "33")]


def test_a_workbook_of_last_month_goes_into_its_month_or_where_one_says(clerk: Clerk) -> None:
    clerk.cell("tasks", "note").value = "上月的本子"
    clerk.space.set({"current": "2024-11"})
    own, moved = clerk.read(), clerk.read("2024-11")
    assert (own.period.id, "本机当前是" in own.sentence()) == ("2024-10", True)
    assert moved.period.id == "2024-11"
    assert ("note", "", "上月的本子") in differences(moved)
    clerk.space.apply(moved.changes, "装入")
    lines = [
        {r["line"]: r["name"] for r in clerk.space.store.rows("projects", clerk.space.units[0].code, p)}
        for p in ("2024-10", "2024-11")
    ]
    assert lines[0] == lines[1] != {}, "a line goes on as the same line"
    clerk.here("tasks", "note", "这个月又改了")
    assert clerk.read("2024-11").changes != [], "the workbook's own words are taken again"


def test_an_old_template_is_carried_over_with_what_was_not(clerk: Clerk) -> None:
    """A column that the form no longer has, one that the workbook lacks, a task that the plan no longer gives."""
    sheet = clerk.book["任务清单"]
    names = next(r for r in range(1, 30) if str(sheet.cell(r, 1).value).startswith("qingdan"))
    extra = sheet.max_column + 1
    sheet.cell(names, extra).value, sheet.cell(names + 2, extra).value = "village", "涉及村"
    sheet.cell(row_of(sheet, clerk.id("tasks")), extra).value = "黄桑村"
    sheet.delete_cols(column(sheet, "note"))
    end = sheet.max_row + 1
    sheet.cell(end, 1).value, sheet.cell(end, column(sheet, "task")).value = "1234", "旧方案里的任务"
    sheet.cell(end, column(sheet, "progress")).value = "做了很多工作。"
    clerk.book["_qingdan"]["B5"].value = "2023-1"
    clerk.cell("tasks", "percent").value = 77
    reading = clerk.read()
    assert [(d.field, d.after) for d in reading.differences] == [("percent", "77")]
    assert "按方案2023-1版做的" in reading.sentence()
    assert {("涉及村" in p.why, "现在的方案里没有" in p.why) for p in reading.problems} == {
        (True, False),
        (False, True),
    }


def test_of_another_year_is_refused(clerk: Clerk) -> None:
    for sheet in clerk.book.worksheets:
        for (cell,) in sheet.iter_rows(max_col=1, max_row=30):
            if str(cell.value).startswith("qingdan"):
                cell.value = cell.value.replace("2024-10", "2025-10")
    with pytest.raises(Refused, match="2025-10的，本机是2024年的方案"):
        clerk.read()


def test_a_figure_the_program_works_out_is_not_taken(clerk: Clerk) -> None:
    clerk.cell("projects", "share").value = Decimal("99.9")
    reading = clerk.read()
    assert ["由程序算出" in p.why for p in reading.problems] == [True]
