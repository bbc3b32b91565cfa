"""Money of a table of one's own whose unit is in doubt is shown with the question, and stays empty until it is settled."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from tests.ui.hands import Open, at_dialog, kept, there
from ui.loads.column_mapping import ColumnMapping


def book(path: Path, rows: list[list[Any]], formats: dict[str, str] | None = None) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    made.save(path)
    return path


def taken(open_window: Open, path: Path, column: int) -> tuple[str, str, str, object]:
    """The first cell of a column as the dialog shows it, its tip, the sentence below, and what is kept of the column."""
    window, seen = open_window(), []

    def act(dialog: ColumnMapping) -> None:
        assert "万元" in dialog.boxes[column].currentText()
        item = dialog.grid.item(1, column)
        seen.append((there(item).text(), there(item).toolTip(), dialog.told.text()))
        assert there(item).foreground().color() == dialog.look.colour("amb") or not there(item).text().startswith("？")
        dialog.take.click()

    at_dialog(ColumnMapping, act)
    window.open_files([path])
    return (*seen[0], kept(window, "projects", "total"))


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [(20000000, '0!.0,"万元"', "2000.0万元"), (20000000, "0!.0000", "2000.0000"), (1.2, '0.00"亿元"', "1.20亿元")],
)
def test_a_figure_that_is_shown_otherwise(
    open_window: Open, tmp_path: Path, value: float, number_format: str, shown: str
) -> None:
    path = book(
        tmp_path / "台账.xlsx",
        [["项目名称", "建设地点", "总投资"], ["示例一路", "大坪村", value]],
        {"C2": number_format},
    )
    text, tip, below, total = taken(open_window, path, 2)
    assert text.startswith("？")
    assert f"看到的是“{shown}”" in tip
    assert f"存的数是{value}" in tip
    assert "1格拿不准单位" in below
    assert total == [None]


@pytest.mark.parametrize(
    ("rows", "unit"),
    [
        ([["绥宁县项目台账", "", "单位：元"], ["项目名称", "建设地点", "总投资"]], "元"),
        ([["", "", "（单位：亿元）"], ["项目名称", "建设地点", "总投资"]], "亿元"),
        ([["项目名称", "建设地点", "总投资/元"]], "元"),
        ([["项目名称", "建设地点", "总投资 单位：元"]], "元"),
        ([["项目名称", "建设地点", "总投资，元"]], "元"),
    ],
)
def test_a_unit_of_measure_above_the_table_or_without_brackets(
    open_window: Open, tmp_path: Path, rows: list[list[str]], unit: str
) -> None:
    path = book(tmp_path / "台账.xlsx", [*rows, ["示例一路", "大坪村", 2000]])
    text, tip, _, total = taken(open_window, path, 2)
    assert text.startswith("？")
    assert f"表上写着单位是{unit}，这一栏按万元填，2000不知道是哪个" in tip
    assert total == [None]


@pytest.mark.parametrize(
    ("rows", "number_format", "total"),
    [
        ([["", "", "单位：万元"], ["项目名称", "建设地点", "总投资"]], "General", "2000.00"),
        ([["项目名称", "建设地点", "总投资"]], '0.00"万元"', "2000.00"),
        ([["", "", "单位：元"], ["项目名称", "建设地点", "总投资（万元）"]], "#,##0.00", "2000.00"),
        ([["项目名称", "建设地点", "总投资（元）"]], "General", "0.20"),
    ],
)
def test_what_is_in_no_doubt_is_read(
    open_window: Open, tmp_path: Path, rows: list[list[str]], number_format: str, total: str
) -> None:
    path = book(tmp_path / "台账.xlsx", [*rows, ["示例一路", "大坪村", 2000]], {f"C{len(rows) + 1}": number_format})
    assert taken(open_window, path, 2)[3] == [Decimal(total)]
