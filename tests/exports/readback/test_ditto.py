"""同上 and 〃 in a filled workbook of ours: the cell above is taken, listed as read, and the sign is in the history."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.readback.result import WorkbookReading
from exports.readback.sandbox import Sandbox
from exports.readback.workbook import read_workbook
from forms.field import Row
from models.reporting.sample import fill
from models.workspace import Workspace
from tests.exports.readback.people import column, row_of, written

UNIT = "县科工局"


@pytest.fixture
def space(new_space: Callable[..., Workspace]) -> Workspace:
    space = new_space(UNIT)
    space.set({"current": "2024-10"})
    fill(space, space.period)
    return space


def rows(space: Workspace) -> list[Row]:
    return list(space.context(space.units[0].code, space.period).rows["tasks"])


def read(space: Workspace, path: Path, said: dict[tuple[int, str], object]) -> WorkbookReading:
    """The workbook of the unit, with some cells of its tasks otherwise: line from 0 and field → text."""
    book = load_workbook(written(space, path))
    sheet = book[space.form("tasks").title]
    for (n, field), text in said.items():
        sheet.cell(row_of(sheet, rows(space)[n]["id"]), column(sheet, field)).value = text
    book.save(path)
    with Sandbox() as apart:
        return read_workbook(path.read_bytes(), space, apart)


@pytest.mark.parametrize("sign", ["同上", "〃", "″", " 同上 "])
def test_the_cell_above_is_taken_and_listed_as_read(space: Workspace, tmp_path: Path, sign: str) -> None:
    reading = read(
        space,
        tmp_path / "表.xlsx",
        {
            (0, "note"): "示例备注",
            (1, "note"): sign,
            (2, "note"): sign,
            (0, "due"): date(2024, 11, 4),
            (1, "due"): sign,
        },
    )
    assert reading.problems == []
    found = {(d.field, d.record): (d.after, d.how) for d in reading.differences}
    ids = [r["id"] for r in rows(space)]
    seen = sign.strip()
    assert found[("note", ids[1])] == ("示例备注", f"{seen}→示例备注")
    assert found[("note", ids[2])] == ("示例备注", f"{seen}→示例备注")
    assert found[("due", ids[1])] == ("2024年11月4日", f"{seen}→2024年11月4日")
    space.apply(reading.changes, "装入工作簿")
    assert [r["note"] for r in rows(space)[:3]] == ["示例备注"] * 3
    last = space.store.history("tasks", ids[1])[-1]
    assert (last.typed or {})["note"].strip() == seen
    assert (last.after or {})["note"] == "示例备注"


def test_the_same_workbook_again_changes_nothing(space: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    space.apply(read(space, path, {(0, "note"): "示例", (1, "note"): "同上"}).changes, "装入工作簿")
    with Sandbox() as apart:
        again = read_workbook(path.read_bytes(), space, apart)
    assert (again.changes, again.problems) == ([], [])


def test_under_nothing_it_is_a_problem_and_nothing_is_changed(space: Workspace, tmp_path: Path) -> None:
    reading = read(space, tmp_path / "表.xlsx", {(0, "note"): "同上", (0, "due"): "〃"})
    assert [(p.value, p.why) for p in reading.problems] == [
        ("〃", "“完成时限”“〃”看不到上面是什么，请写明"),
        ("同上", "“备注”“同上”看不到上面是什么，请写明"),
    ]
    assert reading.changes == []


def test_what_cannot_be_read_above_cannot_be_read_below(space: Workspace, tmp_path: Path) -> None:
    reading = read(space, tmp_path / "表.xlsx", {(0, "percent"): "差不多", (1, "percent"): "同上"})
    assert [p.value for p in reading.problems] == ["差不多", "同上"]
    assert reading.changes == []


def test_a_sign_that_was_kept_as_text_before_stays_where_nobody_touched_it(space: Workspace, tmp_path: Path) -> None:
    report = space.report(space.form("tasks"), space.context(space.units[0].code, space.period))
    one, two = (r["id"] for r in report.rows[:2])
    changes = [*report.set(one, {"note": "示例"}), *report.set(two, {"note": "同上"})]
    space.apply(changes, "填写")
    reading = read(space, tmp_path / "表.xlsx", {})
    assert (reading.changes, reading.problems) == ([], [])
