"""A figure that Excel shows otherwise than it is kept is asked about, not read; percent signs mean what is seen."""

from typing import Any

import pytest

from tests.exports.readback.test_cells import Clerk, clerk, differences, sandbox

__all__ = ["clerk", "sandbox"]


@pytest.mark.parametrize(
    ("value", "number_format", "seen"),
    [
        (20000000, '0!.0,"万元"', "2000.0万元"),
        (20000000, "0!.0000", "2000.0000"),
        (20000000, "0.00,", "20000.00"),
        (20000000, "0.00,,\n%", "2000.00%"),
        (1.2, '0.00"亿元"', "1.20亿元"),
        (1234, '0"元"', "1234元"),
    ],
)
def test_a_money_cell_shown_in_another_unit_is_questioned(
    clerk: Clerk, value: Any, number_format: str, seen: str
) -> None:
    cell = clerk.cell("projects", "total")
    cell.value, cell.number_format = value, number_format
    reading = clerk.read()
    [problem] = reading.problems
    assert f"看到的是“{seen}”" in problem.line
    assert "没有采用；请把单元格格式改成“常规”，直接写按万元填的数" in problem.line
    assert differences(reading) == []


@pytest.mark.parametrize("number_format", ["General", "#,##0.00", '0.00"万元"', "#,##0.00_);(#,##0.00)"])
def test_a_money_cell_that_is_shown_as_it_is_is_read(clerk: Clerk, number_format: str) -> None:
    cell = clerk.cell("projects", "total")
    cell.value, cell.number_format = 98765, number_format
    reading = clerk.read()
    assert reading.problems == []
    assert [(f, after.replace(",", "")) for f, _, after in differences(reading)] == [("total", "98765.00")]


@pytest.mark.parametrize(
    ("value", "number_format"), [(37, '0.00"%"'), (37, "0.00\\%"), (37, "0!%"), (0.37, "0%"), (37, "0")]
)
def test_a_percentage_is_what_is_seen(clerk: Clerk, value: Any, number_format: str) -> None:
    cell = clerk.cell("tasks", "percent")
    cell.value, cell.number_format = value, number_format
    reading = clerk.read()
    assert reading.problems == []
    assert [after for _, _, after in differences(reading)] == ["37"]
