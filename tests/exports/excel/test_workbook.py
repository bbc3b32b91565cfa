"""Workbooks: what is written reads back with its value and type, and looks as the paper does."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from exports.excel.workbook import write_workbook
from exports.sheets.sheet import Book, LineKind, SheetLine
from forms.choices import Several, choice
from forms.dates import Day, Month
from forms.evidence import Attachment, Files
from forms.field import Field
from forms.kind import Integer, Number, Option, Text, Value
from forms.projects import PROJECTS
from forms.tasks import TASKS
from models.errors import UserError
from tests.exports.excel_samples import (
    GROUPED,
    STAMP,
    cell,
    form_of,
    keys,
    letters,
    named_row,
    row,
    rules,
    sheet,
    texts,
    words,
    wrote,
)

# ---- values


STATUS = choice(doing="正常推进", done="已完成")
KINDS: list[tuple[str, Any, Value, Any, str]] = [
    ("short text", Text(), "黄桑村", "黄桑村", "@"),
    ("figures as text", Text(), "0739-7611234", "0739-7611234", "@"),
    ("line breaks", Text(long=True), "一\n二", "一\n二", "@"),
    ("outer blanks", Text(), " 两边有空格 ", " 两边有空格 ", "@"),
    ("money", Number(2), Decimal("1234567.80"), 1234567.8, "#,##0.00"),
    ("free places", Number(4, fixed=False), Decimal("146.5000"), 146.5, "#,##0.####"),
    ("zero", Number(2), Decimal("0.00"), 0.0, "#,##0.00"),
    ("negative", Number(1), Decimal("-66.7"), -66.7, "#,##0.0"),
    ("whole", Integer(), 25876, 25876, "#,##0"),
    ("day", Day(), date(2024, 10, 25), datetime(2024, 10, 25), 'yyyy"年"m"月"d"日"'),
    ("first day", Day(), date(1900, 3, 1), datetime(1900, 3, 1), 'yyyy"年"m"月"d"日"'),
    ("day before serials", Day(), date(1899, 12, 31), "1899年12月31日", 'yyyy"年"m"月"d"日"'),
    ("month", Month(), "2024-03", "2024年3月", "@"),
    ("choice", STATUS, "doing", "正常推进", "@"),
    ("several", Several((Option("a", "甲"), Option("b", "乙"))), ("b", "a"), "乙、甲", "@"),
    ("files", Files(), (Attachment("会议纪要"), Attachment("照片")), "会议纪要、照片", "@"),
    ("too many figures", Number(2), Decimal("123456789012345.67"), "123,456,789,012,345.67", "#,##0.00"),
    ("nothing", Number(2), None, None, "#,##0.00"),
]


@pytest.mark.parametrize(("kind", "value", "read", "format"), [k[1:] for k in KINDS], ids=[k[0] for k in KINDS])
def test_values_read_back_with_their_types(tmp_path: Path, kind: Any, value: Value, read: Any, format: str) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(form_of(Field("it", "栏", kind)), [row(1, it=value)])).active
    found = cell(page, "id-1", "it")
    assert (found.value, type(found.value), found.number_format) == (read, type(read), format)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-5%", "@示例", '=HYPERLINK("x")', "＝1", "'引号", "\t=1"])
def test_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write_workbook(tmp_path / "a.xlsx", Book("b", "b", [words(text)]))
    found = cell(load_workbook(tmp_path / "a.xlsx").active, "id-1", "text")
    assert (found.value, found.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('<b>&amp;</b> ]]> "', '<b>&amp;</b> ]]> "'),
        ("坏\x00字\x0b符\x1f\ufffe", "坏字符"),
        ("半个\ud800代理", "半个代理"),
        ("前_x000D_后 _x4e00_", "前_x000D_后 _x4e00_"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("㙟𬭊𠅤 ㎡ ① 😀", "㙟𬭊𠅤 ㎡ ① 😀"),
    ],
)
def test_rare_characters_survive_and_forbidden_ones_go(tmp_path: Path, text: str, read: str) -> None:
    page = wrote(tmp_path / "a.xlsx", words(text)).active
    assert unescape(cell(page, "id-1", "text").value) == read


def test_long_text_is_complete_in_a_row_that_excel_allows(tmp_path: Path) -> None:
    text = "进展情况说明，" * 285 + "完成。"
    page = wrote(tmp_path / "a.xlsx", words(text)).active
    found = cell(page, "id-1", "text")
    height, width = page.row_dimensions[found.row].height, page.column_dimensions[found.column_letter].width
    assert found.value == text
    assert height <= 409
    assert (height / 14) * (width / 2) >= len(text), "room for every character"
    assert found.number_format == "General", "old versions of Excel show ### for a long text in text format"


def test_a_text_that_no_cell_can_hold_is_refused_and_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="32767"):
        write_workbook(tmp_path / "a.xlsx", Book("b", "b", [words("长" * 32768)]))
    assert list(tmp_path.iterdir()) == []


def test_many_rows(tmp_path: Path) -> None:
    lines = [row(n, text=f"第{n}行") for n in range(1, 301)]
    page = wrote(tmp_path / "a.xlsx", sheet(form_of(Field("text", "内容")), lines)).active
    assert [cell(page, f"id-{n}", "text").value for n in (1, 150, 300)] == ["第1行", "第150行", "第300行"]
    assert page.print_title_rows == f"${named_row(page)}:${named_row(page) + 2}"


def test_an_empty_list_has_rows_to_fill_in(tmp_path: Path) -> None:
    book = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, []))
    first = int(keys(book)["sheet.1.spare_first"])
    place = f"{letters(book.active)['name']}{first}"
    assert book.active[place].protection.locked is False


def test_a_list_without_lines_says_why_as_the_paper_does(tmp_path: Path) -> None:
    said = "零报告（本期没有这方面的内容）"
    book = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, [], empty=said), sheet(PROJECTS, GROUPED, empty=said))
    page = book["项目清单"]
    at = int(keys(book)["sheet.1.first"])
    assert (page.cell(at, 1).value, page.cell(at, 2).value) == (None, said), "no id: it holds no record"
    assert f"B{at}:{letters(page)['note']}{at}" in {str(r) for r in page.merged_cells.ranges}
    assert said not in texts(book["项目清单（2）"])


def test_a_blank_form_leaves_height_to_write_by_hand(tmp_path: Path) -> None:
    lines = [SheetLine(LineKind.ROW, {}, number=1)]
    book = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, lines, blank=True), sheet(PROJECTS, lines))
    first = int(keys(book)["sheet.1.first"])
    by_hand, on_screen = (p.row_dimensions[first].height for p in book.worksheets[:2])
    assert by_hand > on_screen


def test_an_empty_line_of_a_blank_form_can_name_its_task(tmp_path: Path) -> None:
    lines = [row(1, task="tasks-1"), SheetLine(LineKind.ROW, {}, number=2)]
    page = wrote(tmp_path / "a.xlsx", sheet(TASKS, lines, blank=True)).active
    given = cell(page, "id-1", "task")
    empty = page[f"{given.column_letter}{given.row + 1}"]
    assert (given.protection.locked, empty.protection.locked) == (True, False)
    assert [v.type for v in rules(page, "task") if empty.coordinate in v.sqref] == ["list"]
    assert [v.type for v in page.data_validations.dataValidation if given.coordinate in v.sqref] == [None]


def test_a_telephone_number_is_on_one_line(tmp_path: Path) -> None:
    form = form_of(Field("phone", "电话", width=5), Field("link", "链接", width=5))
    page = wrote(tmp_path / "a.xlsx", sheet(form, [row(1, phone="0739-7611234", link="a" * 60)])).active
    widths = {name: page.column_dimensions[letters(page)[name]].width for name in ("phone", "link")}
    assert widths["phone"] >= len("0739-7611234") + 1
    assert widths["link"] < 20, "an address may be broken"


def test_a_blank_form_has_its_empty_lines_open(tmp_path: Path) -> None:
    lines = [SheetLine(LineKind.ROW, {}, number=n) for n in range(1, 13)]
    page = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, lines, blank=True)).active
    first = named_row(page) + 4
    name, share = letters(page)["name"], letters(page)["share"]
    assert [page[f"B{r}"].value for r in (first, first + 11)] == [1, 12]
    assert (page[f"{name}{first}"].protection.locked, page[f"{share}{first}"].protection.locked) == (False, True)


# ---- the sheet as people see it


def test_the_sheet_says_what_the_paper_says(tmp_path: Path) -> None:
    made = sheet(PROJECTS, GROUPED, notes=("说明文字",), signatures=("审核人", "填报人"))
    page = wrote(tmp_path / "a.xlsx", made).active
    found = "\n".join(texts(page))
    for said in ("附件1", "表号：示例1", "绥宁县项目清单", "（2024年10月）", "填报单位：示例镇", "计量单位：万元",
                 "投资（万元）", "占计划\n（%）", "一、产业培塑行动（2项）", "合　　计（3项）", "说明：说明文字", "审核人："):  # fmt: skip
        assert said in found
    assert "示例数据" not in found


def test_sums_are_live_formulas_with_their_results(tmp_path: Path) -> None:
    wrote(tmp_path / "a.xlsx", sheet(PROJECTS, GROUPED))
    live, seen = load_workbook(tmp_path / "a.xlsx").active, load_workbook(tmp_path / "a.xlsx", data_only=True).active
    column, first = letters(live)["total"], named_row(live) + 4
    spare = int(keys(load_workbook(tmp_path / "a.xlsx"))["sheet.1.spare_first"])
    assert live[f"{column}{first}"].value == f"=SUBTOTAL(9,{column}{first + 1}:{column}{first + 2})"
    assert live[f"{column}{first + 5}"].value == (
        f"=SUBTOTAL(9,{column}{first}:{column}{first + 4},{column}{spare}:{column}{spare + 199})"
    )
    assert [seen[f"{column}{first + n}"].value for n in (0, 3, 5)] == [30, 5, 35]
    at, total = letters(live), first + 5
    share = f"{at['share']}{total}"
    divided = f'=IF(N({at["plan"]}{total})>0,ROUND({at["year_done"]}{total}*100/{at["plan"]}{total},2),"")'
    assert live[share].value == divided, "a ratio follows the sums that it divides"
    assert seen[share].value == 12.5


def test_merged_headings(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, GROUPED)).active
    at, where = named_row(page) + 2, letters(page)
    ranges = {str(r) for r in page.merged_cells.ranges}
    assert f"{where['total']}{at}:{where['share']}{at}" in ranges
    assert f"{where['name']}{at}:{where['name']}{at + 1}" in ranges


def test_sample_data_are_called_so(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1)], stamp=replace(STAMP, sample=True))).active
    assert any("示例数据" in t for t in texts(page))
    assert "示例数据" in page.oddHeader.center.text


def test_page_and_window_settings(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, GROUPED, notes=("注",))).active
    at = named_row(page)
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 8), "twenty columns want A3"
    assert "A3纸打印" in page.oddHeader.right.text
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert (page.sheet_view.topLeftCell, page.sheet_view.pane.ySplit) == (f"B{at + 1}", 3), "no more than the headings"
    assert page.freeze_panes == f"D{at + 4}"
    assert page.auto_filter.ref == f"A{at + 3}:{letters(page)['note']}{at + 8}"
    assert page.print_title_rows == f"${at}:${at + 3}"
    assert page.print_area == f"'项目清单'!$B$1:${letters(page)['note']}${at + 11}"
    assert "&P" in page.oddFooter.center.text
    assert "&N" in page.oddFooter.center.text
    assert page.oddFooter.left.text == "版本码 7F3A-91C2-0D5E"


def test_a_field_added_in_one_line_is_a_column(tmp_path: Path) -> None:
    form = replace(TASKS, fields=(*TASKS.fields, Field("village", "涉及村", Text(), width=20)))
    page = wrote(tmp_path / "a.xlsx", sheet(form, [row(1, village="黄桑村")])).active
    assert cell(page, "id-1", "village").value == "黄桑村"
    assert page[f"{letters(page)['village']}{named_row(page) + 2}"].value == "涉及村"
