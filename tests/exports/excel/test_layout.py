"""Workbooks: hidden ids, drop-downs and limits, protection, the file itself, and LibreOffice."""

import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as raw
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from exports.excel.workbook import write_workbook
from exports.sheets.sheet import Book
from exports.sheets.unit_sheets import unit_book
from forms.cover import COVER
from forms.field import Field
from forms.indicators import INDICATORS
from forms.projects import PROJECTS
from forms.publicity import PUBLICITY
from forms.tasks import TASKS
from models.errors import UserError
from models.reporting.sample import fill
from models.reporting.version_code import PROGRAM
from tests.effort import HANG
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
    words,
    wrote,
)

# ---- what makes it readable again


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


def test_the_workbook_names_the_program_that_wrote_it(tmp_path: Path) -> None:
    assert keys(wrote(tmp_path / "a.xlsx", words("一")))["program"] == PROGRAM


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


def test_choices_drop_down_short_lists_inline_and_long_ones_by_name(tmp_path: Path) -> None:
    lines = [row(n, task=f"tasks-{n}", status="status-1") for n in range(1, 8)]
    book = wrote(tmp_path / "a.xlsx", sheet(TASKS, lines))
    (status,) = rules(book.active, "status")
    assert (status.type, status.formula1) == ("list", '"未启动,正常推进,进度滞后,已完成"')
    task = next(v for v in rules(book.active, "task") if v.type == "list")
    hidden, where = book.defined_names[task.formula1].attr_text.split("!")
    assert hidden == "'_选项'"
    assert book["_选项"].sheet_state == "veryHidden"
    assert [c.value for (c,) in book["_选项"][where]][:2] == ["建设竹加工园区", "办好招商活动"]


def test_a_new_line_chooses_among_the_units_own_tasks(tmp_path: Path) -> None:
    page = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1, task="tasks-2")])).active
    assert next(v for v in rules(page, "task") if v.type == "list").formula1 == '"办好招商活动"'


def test_numbers_and_days_are_limited_in_chinese(tmp_path: Path) -> None:
    book = wrote(tmp_path / "a.xlsx", sheet(TASKS, [row(1)]), sheet(PUBLICITY, [row(1)]))
    page = book[TASKS.title]
    (percent,), (due,), (day,) = rules(page, "percent"), rules(page, "due"), rules(book[PUBLICITY.title], "day")
    assert (percent.type, percent.formula1, percent.formula2) == ("decimal", "0", "100")
    assert "不大于100" in percent.error
    assert percent.errorTitle == "完成进度"
    assert day.type == "date"
    assert "2024-3-5" in day.prompt
    assert due.type is None, "a due day may be words, which a limit on dates would refuse"
    assert "2024-3-5" in due.prompt
    assert "持续推进" in due.prompt
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


def test_equal_workbooks_give_equal_bytes(tmp_path: Path) -> None:
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
    subprocess.run(command, check=True, capture_output=True, timeout=HANG)
    return out / f"{path.stem}.{to}"


def contents(book: Workbook) -> dict[str, dict[str, Any]]:
    """Cell contents by worksheet and place."""
    return {p.title: {c.coordinate: c.value for r in p.iter_rows() for c in r if c.value is not None} for p in book}


def test_libreoffice_reads_and_saves_it_completely(tmp_path: Path) -> None:
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


# ---- as printed


def printed_sizes(path: Path) -> list[float]:
    """The size in points at which most of each page's text is printed."""
    found = []
    for page in pypdfium2.PdfDocument(path):
        words, sizes, matrix = page.get_textpage(), Counter[float](), raw.FS_MATRIX()
        for n in range(words.count_chars()):
            raw.FPDFText_GetMatrix(words.raw, n, matrix)
            sizes[round(raw.FPDFText_GetFontSize(words.raw, n) * abs(matrix.d), 1)] += 1
        found.append(max((s for s in sizes if s > 1), key=lambda s: sizes[s]))
    return found


def test_every_sheet_of_a_unit_is_printed_large_enough_to_read(new_space: Any, tmp_path: Path) -> None:
    space = new_space("瓦屋塘镇")
    fill(space, space.plan.period("2024-10"))
    book = unit_book(space, space.units[0], space.plan.period("2024-10"), space.forms)
    write_workbook(tmp_path / "a.xlsx", book)
    papers = {
        p.title: p.page_setup.paperSize for p in load_workbook(tmp_path / "a.xlsx").worksheets if p.max_column > 1
    }
    assert {papers[s.form.title] for s in book.sheets if s.form.name in ("tasks", "projects", "policies")} == {8}
    assert {papers[s.form.title] for s in book.sheets if s.form.name in ("cover", "publicity", "duties")} == {9}
    sizes = printed_sizes(converted(tmp_path / "a.xlsx", "pdf"))
    assert len(sizes) >= len(book.sheets)
    assert min(sizes) >= 7.5
