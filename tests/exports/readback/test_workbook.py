"""Filled workbooks come back by their hidden ids, however people moved them about."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from exports.excel.workbook import write_workbook
from exports.incoming.load import load
from exports.incoming.outcome import Outcome
from exports.sheets.unit_sheets import unit_book
from forms.field import Row
from models.reporting.sample import fill
from models.workspace import Workspace

PERIOD = "2024-10"
UNIT = "县科工局"


@pytest.fixture
def pc(new_space: Callable[..., Workspace]) -> Workspace:
    space = new_space(UNIT)
    space.set({"current": PERIOD})
    fill(space, space.plan.period(PERIOD))
    return space


def written(space: Workspace, path: Path) -> Path:
    write_workbook(path, unit_book(space, space.units[0], space.period, space.forms))
    return path


def taken(space: Workspace, path: Path) -> Outcome:
    return load(space.folder, space, [path])[1][0]


def rows(space: Workspace, form: str) -> list[Row]:
    return list(space.context(space.units[0].code, space.period).rows[form])


def column(sheet: Any, name: str) -> int:
    number: int = next(c.column for row in sheet.iter_rows(max_row=60) for c in row if c.value == name)
    return number


def row_of(sheet: Any, id: str) -> int:
    number: int = next(c.row for (c,) in sheet.iter_rows(max_col=1) if c.value == id)
    return number


def test_what_was_written_comes_back_as_nothing_new(pc: Workspace, tmp_path: Path) -> None:
    before = [rows(pc, f.name) for f in pc.forms]
    found = taken(pc, written(pc, tmp_path / "表.xlsx"))
    assert (found.result, found.message) == ("unchanged", "与本机内容相同")
    assert [rows(pc, f.name) for f in pc.forms] == before


def test_people_move_rename_sort_and_type(pc: Workspace, tmp_path: Path) -> None:
    """A column inserted, the sheet renamed, two rows exchanged, an amount with its unit, a new line."""
    path = written(pc, tmp_path / "表.xlsx")
    book = load_workbook(path)
    sheet = book["任务清单"]
    sheet.title = "十月任务"
    first, second = (r["id"] for r in rows(pc, "tasks")[:2])
    note = column(sheet, "note")
    sheet.cell(row_of(sheet, first), note).value = "第一行"
    sheet.cell(row_of(sheet, second), column(sheet, "percent")).value = "八成"
    a, b = row_of(sheet, first), row_of(sheet, second)
    for c in range(1, note + 1):
        if type(sheet.cell(a, c)).__name__ == type(sheet.cell(b, c)).__name__ == "Cell":
            sheet.cell(a, c).value, sheet.cell(b, c).value = sheet.cell(b, c).value, sheet.cell(a, c).value
    book.save(path)
    found = taken(pc, path)
    assert found.result == "accepted"
    now = {r["id"]: r for r in rows(pc, "tasks")}
    assert now[first]["note"] == "第一行"
    assert now[second]["percent"] == Decimal(80)


def test_good_cells_go_in_while_bad_ones_are_listed(pc: Workspace, tmp_path: Path) -> None:
    path = written(pc, tmp_path / "表.xlsx")
    book = load_workbook(path)
    sheet = book["任务清单"]
    first, second = (r["id"] for r in rows(pc, "tasks")[:2])
    sheet.cell(row_of(sheet, first), column(sheet, "note")).value = "好的一格"
    sheet.cell(row_of(sheet, second), column(sheet, "percent")).value = "差不多"
    place = f"任务清单:{row_of(sheet, second)}:"
    book.save(path)
    before = rows(pc, "tasks")[1]["percent"]
    found = taken(pc, path)
    assert found.result == "accepted"
    assert place in found.message
    assert "差不多" in found.message
    assert rows(pc, "tasks")[0]["note"] == "好的一格"
    assert rows(pc, "tasks")[1]["percent"] == before


def test_a_line_in_the_spare_rows_is_new_and_a_deleted_one_stays(pc: Workspace, tmp_path: Path) -> None:
    path = written(pc, tmp_path / "表.xlsx")
    book = load_workbook(path)
    sheet = book["宣传信息"]
    title = column(sheet, "title")
    spare = max((c.row for (c,) in sheet.iter_rows(max_col=1) if c.value), default=1) + 12
    sheet.cell(spare, title).value = "新增的一条"
    before = rows(pc, "publicity")
    if before:
        sheet.delete_rows(row_of(sheet, before[0]["id"]))
    book.save(path)
    found = taken(pc, path)
    assert "新增1行" in found.message
    titles = [r["title"] for r in rows(pc, "publicity")]
    assert titles == [*(r["title"] for r in before), "新增的一条"]
    assert ("本机的保留未删" in found.message) is bool(before)


def test_of_another_unit_and_strangers(pc: Workspace, new_space: Callable[..., Workspace], tmp_path: Path) -> None:
    other = new_space("瓦屋塘镇")
    assert "本机不填报它" in taken(pc, written(other, tmp_path / "别家.xlsx")).message
    Workbook().save(tmp_path / "台账.xlsx")
    assert "不是本程序生成的表" in taken(pc, tmp_path / "台账.xlsx").message
    (tmp_path / "旧.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "另存为" in taken(pc, tmp_path / "旧.xls").message


def with_part(path: Path, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for n in old.namelist():
            new.writestr(n, old.read(n))
        new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("xl/vbaProject.bin", b"x", "宏"),
        ("xl/externalLinks/externalLink1.xml", b"<a/>", "外部链接"),
        ("xl/embeddings/oleObject1.bin", b"x", "嵌入"),
        ("xl/bomb.xml", bytes(20 << 20), "不正常"),
        ("xl/big.bin", bytes(41 << 20), "太大"),
        ("xl/entities.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', "不正常"),
    ],
    ids=["macro", "link", "embedded", "bomb", "big", "dtd"],
)
def test_a_hostile_workbook_is_refused_unopened(
    pc: Workspace, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    path = written(pc, tmp_path / "表.xlsx")
    path.write_bytes(with_part(path, name, content))
    found = taken(pc, path)
    assert found.result == "refused"
    assert said in found.message


def test_an_emptied_cell_is_named_with_what_was_there(pc: Workspace, tmp_path: Path) -> None:
    path = written(pc, tmp_path / "a.xlsx")
    book = load_workbook(path)
    sheet = book["任务清单"]
    first = rows(pc, "tasks")[0]
    sheet.cell(row_of(sheet, first["id"]), column(sheet, "progress")).value = None
    book.save(path)
    reading = taken(pc, path).reading
    assert reading is not None
    (told,) = reading.emptied
    assert told.startswith("任务清单:")
    assert told.endswith(f"原来是：{first['progress'][:60]}")


def test_lines_of_a_workbook_take_the_zero_report_back(pc: Workspace, tmp_path: Path) -> None:
    unit = pc.units[0].code
    report = pc.report(pc.form("publicity"), pc.context(unit, pc.period))
    pc.apply(report.remove([r["id"] for r in report.rows]), "删去")
    pc.apply(pc.state(unit, PERIOD, "publicity", "zero"), "零报告")
    path = written(pc, tmp_path / "表.xlsx")
    book = load_workbook(path)
    sheet = book["宣传信息"]
    spare = max((c.row for (c,) in sheet.iter_rows(max_col=1) if c.value), default=1) + 12
    sheet.cell(spare, column(sheet, "title")).value = "新增的一条"
    book.save(path)
    assert "零报告已撤销" in load(pc.folder, pc, [path], dry_run=True)[1][0].message
    assert pc.statements(unit, PERIOD)["publicity"] == "zero"
    assert "零报告已撤销" in taken(pc, path).message
    assert [r["title"] for r in rows(pc, "publicity")] == ["新增的一条"]
    assert "publicity" not in pc.statements(unit, PERIOD)
