"""Workbooks: what people fill in reads back as it was written, and says by itself what it is."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from exports.excel import write_workbook
from exports.table import Book, Head, Line, Sheet, Stamp
from forms.cover import COVER
from forms.form import Field, Form
from forms.indicators import INDICATORS
from forms.kind import (
    Attachment,
    Day,
    Files,
    Month,
    Number,
    Option,
    Several,
    Text,
    Value,
    Whole,
    choice,
)  # fmt: skip
from forms.projects import PROJECTS
from forms.tasks import TASKS
from models.errors import UserError

STAMP = Stamp("430527106", "2024-10", "2024.1", "7F3A-91C2-0D5E", "2024-10-25 09:30")
LONG_NAME = "推进" + "楠竹产业全链条提质升级" * 6


@dataclass(frozen=True)
class TinyPlan:
    """A plan year with two actions, three tasks and a few dictionaries."""

    year: int = 2024

    def options(self, of: str) -> tuple[Option, ...]:
        names = {
            "actions": ("产业培塑行动", "激发需求行动"),
            "tasks": ("建设竹加工园区", "办好招商活动", *(f"{LONG_NAME}{n}" for n in range(5))),
            "status": ("未启动", "正常推进", "进度滞后", "已完成"),
        }.get(of, ("甲", "乙"))
        return tuple(Option(f"{of}-{n}", name) for n, name in enumerate(names, 1))

    def find(self, of: str, id: str) -> Any:
        return next((o for o in self.options(of) if o.id == id), None)

    def tasks_of(self, unit: str) -> Sequence[tuple[Any, str]]:
        return ()

    def indicators_of(self, unit: str) -> Sequence[Any]:
        return ()

    def tasks_of_action(self, action: str) -> Sequence[Any]:
        return ()

    def sharing(self, task: str) -> Any:
        return None

    def wording_of(self, indicator: str) -> str:
        return ""

    def is_confirmed(self, task: str, unit: str) -> bool:
        return True


def sheet(form: Form, lines: Sequence[Line], **more: Any) -> Sheet:
    """A sheet of a form bound to the tiny plan."""
    head = Head(
        f"绥宁县{form.title}", place="附件1", right=("表号：示例1",), below="（2024年10月）", left="填报单位：示例镇"
    )
    settings: dict[str, Any] = {
        "head": replace(head, measure="计量单位：万元"),
        "stamp": STAMP,
        "signatures": ("审核人",),
    }
    return Sheet(form.bound(TinyPlan()), lines=lines, **(settings | more))


def row(number: int, **values: Value) -> Line:
    """A line of a sheet, with an id made of its number."""
    return Line("row", values, number=number, id=f"id-{number}")


def wrote(path: Path, *sheets: Sheet) -> Workbook:
    """The workbook of these sheets, as openpyxl reads values back."""
    write_workbook(path, Book("示例", "示例镇2024年10月", sheets))
    return load_workbook(path, data_only=True)


def named_row(page: Worksheet) -> int:
    """The number of the hidden row of field names."""
    return next(r for r in range(1, 30) if str(page.cell(r, 1).value).startswith("qingdan"))


def letters(page: Worksheet) -> dict[str, str]:
    """Column letters by field name."""
    return {str(c.value): c.column_letter for c in page[named_row(page)] if c.value}


def cell(page: Worksheet, id: str, name: str) -> Any:
    """The cell of a record's field, found by the hidden ids."""
    number = next(r for r in range(1, page.max_row + 1) if page.cell(r, 1).value == id)
    return page[f"{letters(page)[name]}{number}"]


def form_of(*fields: Field, **more: Any) -> Form:
    """A form made for a test."""
    return Form("sample", "示例表", fields, **more)


def words(text: str) -> Sheet:
    """A sheet with one text."""
    return sheet(form_of(Field("text", "内容", Text(long=True, limit=5000))), [row(1, text=text)])


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
    ("whole", Whole(), 25876, 25876, "#,##0"),
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


def test_long_text_is_whole_in_a_row_that_excel_allows(tmp_path: Path) -> None:
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


def test_a_blank_form_has_its_empty_lines_open(tmp_path: Path) -> None:
    lines = [Line("row", {}, number=n) for n in range(1, 13)]
    page = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, lines, blank=True)).active
    first = named_row(page) + 4
    name, share = letters(page)["name"], letters(page)["share"]
    assert [page[f"B{r}"].value for r in (first, first + 11)] == [1, 12]
    assert (page[f"{name}{first}"].protection.locked, page[f"{share}{first}"].protection.locked) == (False, True)


# ---- the sheet as people see it


def money(n: int, **values: int) -> Line:
    """A project line."""
    return row(n, name=f"项目{n}", action="actions-1", **{k: Decimal(v) for k, v in values.items()})


GROUPED = [
    Line("group", {"total": Decimal(30), "plan": Decimal(9)}, "一、产业培塑行动（2项）"),
    money(1, total=10, plan=4),
    money(2, total=20, plan=5),
    Line("group", {"total": Decimal(5), "plan": None}, "二、激发需求行动（1项）"),
    money(3, total=5),
    Line("total", {"total": Decimal(35), "plan": Decimal(9), "share": Decimal("12.50")}, "合　　计（3项）"),
]


def texts(page: Worksheet) -> list[str]:
    """Every text of a worksheet, in reading order."""
    return [str(v) for r in page.iter_rows(values_only=True) for v in r if v is not None]


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
    assert live[f"{letters(live)['share']}{first + 5}"].value == 12.5, "worked out by the program: a plain figure"


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
    assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
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


# ---- what makes it readable again


def keys(book: Workbook) -> dict[str, str]:
    """The pairs of the very hidden sheet."""
    return {str(k): str(v or "") for k, v in book["_qingdan"].iter_rows(max_col=2, values_only=True)}


def test_the_workbook_says_what_it_is(tmp_path: Path) -> None:
    book = wrote(tmp_path / "a.xlsx", sheet(COVER, [row(1)]), sheet(PROJECTS, GROUPED))
    said, page = keys(book), book["项目清单"]
    stamp = {"format": "1", "unit": "430527106", "period": "2024-10", "plan": "2024.1", "version": STAMP.version}
    assert stamp.items() <= said.items()
    assert (said["sheet.1.form"], said["sheet.2.form"], said["sheet.2.name"]) == ("cover", "projects", "项目清单")
    assert page.cell(int(said["sheet.2.names"]), 1).value == "qingdan 1 projects 430527106 2024-10"
    assert page.cell(int(said["sheet.2.first"]) + 1, 1).value == "id-1"
    assert page.cell(int(said["sheet.2.total"]), 2).value == "合　　计（3项）"
    assert book["_qingdan"].sheet_state == "veryHidden"


def test_ids_and_names_are_hidden_beside_the_lines(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(PROJECTS, GROUPED)).active
    assert page.column_dimensions["A"].hidden
    assert page.row_dimensions[named_row(page)].hidden
    first = named_row(page) + 4
    assert [page.cell(first + n, 1).value for n in range(6)] == [None, "id-1", "id-2", None, "id-3", None]
    named = set(letters(page)) - {"#"}
    assert {f.name for f in PROJECTS.fields} == {n for n in named if not n.startswith("qingdan")}


def test_a_record_is_label_and_value(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(COVER, [row(1, head="示例", note="第一行\n第二行")])).active
    by_name = {page.cell(r, 1).value: r for r in range(1, page.max_row + 1)}
    assert page.cell(named_row(page), 3).value == "id-1"
    assert (page.cell(by_name["head"], 2).value, page.cell(by_name["head"], 3).value) == ("主要负责人", "示例")
    assert page.cell(by_name["note"], 3).value == "第一行\n第二行"
    assert page.cell(by_name["note"], 3).protection.locked is False


# ---- what a cell accepts


def rules(page: Worksheet, name: str) -> list[Any]:
    """The validations that cover the column of a field."""
    return [v for v in page.data_validations.dataValidation if str(v.sqref).startswith(letters(page)[name])]


def test_choices_drop_down_short_lists_inline_and_long_ones_by_name(tmp_path: Path) -> None:
    lines = [row(n, task=f"tasks-{n}", status="status-1") for n in range(1, 8)]
    book = wrote(tmp_path / "a.xlsx", sheet(TASKS, lines))
    (status,) = rules(book.active, "status")
    assert (status.type, status.formula1) == ("list", '"未启动,正常推进,进度滞后,已完成"')
    task = next(v for v in rules(book.active, "task") if v.type == "list")
    hidden, where = book.defined_names[task.formula1].attr_text.split("!")
    assert hidden == "'_选项'"
    assert book["_选项"].sheet_state == "hidden"
    assert [c.value for (c,) in book["_选项"][where]][:2] == ["建设竹加工园区", "办好招商活动"]


def test_a_new_line_chooses_among_the_units_own_tasks(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1, task="tasks-2")])).active
    assert next(v for v in rules(page, "task") if v.type == "list").formula1 == '"办好招商活动"'


def test_numbers_and_days_are_limited_in_chinese(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1)])).active
    (percent,), (due,) = rules(page, "percent"), rules(page, "due")
    assert (percent.type, percent.formula1, percent.formula2) == ("decimal", "0", "100")
    assert "不大于100" in percent.error
    assert percent.errorTitle == "完成进度"
    assert due.type == "date"
    assert "2024-3-5" in due.prompt
    assert len(str(percent.sqref).split()) == 2, "the lines, and the spare rows"


def test_only_lists_with_own_lines_have_spare_rows(tmp_path: Path) -> None:
    book = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1)]), sheet(INDICATORS, [row(1)]))
    said = keys(book)
    assert int(said["sheet.1.spare_last"]) - int(said["sheet.1.spare_first"]) == 199
    assert "sheet.2.spare_first" not in said


def test_locked_cells_are_locked_and_the_units_cells_open(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1, task="tasks-1")])).active
    locked = {name: cell(page, "id-1", name).protection.locked for name in ("#", "task", "role", "goal", "progress")}
    assert locked == {"#": True, "task": True, "role": True, "goal": False, "progress": False}
    guard = page.protection
    assert guard.sheet
    assert not guard.password
    assert not any((guard.formatColumns, guard.formatRows, guard.insertRows, guard.sort, guard.autoFilter))


def test_a_paper_made_from_lists_is_not_for_filling_in(tmp_path: Path) -> None:
    form = form_of(Field("text", "内容", locked=True), own=True)
    page = wrote(tmp_path / "a.xlsx", sheet(form, [row(1, text="内容")])).active
    assert page.data_validations.count == 0
    assert cell(page, "id-1", "text").protection.locked


# ---- the file


def test_names_of_worksheets_are_legal_and_unique(tmp_path: Path) -> None:
    titles = ["任务/清单", "任务清单", "甲" * 40, "甲" * 40, "'", "History", "[]"]
    sheets = [sheet(replace(form_of(Field("a", "甲")), title=t), []) for t in titles]
    names = wrote(tmp_path / "a.xlsx", *sheets).sheetnames
    shown = names[: len(titles)]
    assert shown[:2] == ["任务清单", "任务清单（2）"]
    assert len({n.casefold() for n in names}) == len(names)
    assert all(n and len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) for n in names)
    assert "History" not in names


def test_equal_books_give_equal_bytes(tmp_path: Path) -> None:
    book = Book("示例", "示例", [sheet(COVER, [row(1)]), sheet(PROJECTS, GROUPED), sheet(TASKS, [row(1)])])
    write_workbook(tmp_path / "a.xlsx", book)
    write_workbook(tmp_path / "b.xlsx", book)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_book_without_sheets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有一张表"):
        write_workbook(tmp_path / "a.xlsx", Book("示例", "示例"))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="文件夹不在了"):
        write_workbook(tmp_path / "没有" / "a.xlsx", Book("示例", "示例", [words("一")]))


def test_dimensions_and_row_order(tmp_path: Path) -> None:
    wrote(tmp_path / "a.xlsx", sheet(PROJECTS, GROUPED))
    xml = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    numbers = [int(n) for n in re.findall(r'<row r="(\d+)"', xml)]
    assert numbers == list(range(1, numbers[-1] + 1))
    assert f'<dimension ref="A1:W{numbers[-1]}"/>' in xml


# ---- another program


def converted(path: Path, to: str) -> Path:
    """The file as LibreOffice saves it, in a folder beside it."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    assert office, "this test needs LibreOffice: apt-get install libreoffice-calc"
    out = path.parent / "converted"
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = [office, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out / f"{path.stem}.{to}"


def contents(book: Workbook) -> dict[str, dict[str, Any]]:
    """Cell contents by worksheet and place."""
    return {p.title: {c.coordinate: c.value for r in p.iter_rows() for c in r if c.value is not None} for p in book}


def test_libreoffice_reads_and_saves_it_whole(tmp_path: Path) -> None:
    odd = "=1+1 _x000D_ 㙟𬭊\n第二行 <&>"
    lines = [
        row(1, task="tasks-1", due=date(2024, 12, 31), percent=Decimal("66.5"), progress=odd),
        row(2, progress="字" * 2000),
    ]
    wrote(tmp_path / "a.xlsx", sheet(COVER, [row(1, note="一\n二")]), sheet(TASKS, lines), sheet(PROJECTS, GROUPED))
    before = load_workbook(tmp_path / "a.xlsx", data_only=True)
    after = load_workbook(converted(tmp_path / "a.xlsx", "xlsx"), data_only=True)
    found = contents(after)
    for name, cells in contents(before).items():  # LibreOffice reads the escaped `_`, and saves it bare
        wanted = {k: unescape(v) if isinstance(v, str) else v for k, v in cells.items()}
        assert {k: found[name].get(k) for k in wanted} == wanted
    assert after["_qingdan"].sheet_state in ("hidden", "veryHidden")
    assert after["任务清单"].protection.sheet
    assert cell(after["任务清单"], "id-1", "progress").protection.locked is False
    assert any(v.type == "list" for v in rules(after["任务清单"], "status"))


def test_libreoffice_prints_it(tmp_path: Path) -> None:
    wrote(tmp_path / "a.xlsx", sheet(PROJECTS, GROUPED))
    pdf = converted(tmp_path / "a.xlsx", "pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
