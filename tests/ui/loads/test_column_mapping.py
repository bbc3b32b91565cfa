"""A table that somebody made himself: proposed columns are shown and changed, every line is seen first, one undo."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from exports.readback.foreign_table import read_tables
from exports.readback.sandbox import Sandbox
from forms.heading_match import heading_row, in_unit, matches, score
from models.refusals import Refused
from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, kept, page, there
from ui.loads.column_mapping import ColumnMapping

LINES = [
    ["示例台账", "", "", "", ""],
    ["序号", "工程名称", "建设地点", "总投资（元）", "联系微信"],
    ["1", "示例一路", "大坪村", "20,000,000", "a"],
    ["2", "示例水渠", "同上", "约300万", "b"],
    ["合计", "", "", "23000000", ""],
]
CSV = "\r\n".join(",".join(f'"{c}"' for c in line) for line in LINES)


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_csv_is_read_in_every_usual_writing(code: str, mark: str) -> None:
    text = "\r\n".join(mark.join(f'"{c}"' for c in line) for line in LINES)
    with Sandbox() as apart:
        assert [t.rows for t in read_tables("台账.csv", text.encode(code), apart)] == [LINES]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("空.csv", b"", "空的"),
        ("坏.csv", b"\xff\xff\xff\x80\x00\xff", "读不出来"),
        ("坏.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600, "读不出来"),
        ("密.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        ("大.csv", b"a,b\n" * 30_000, "太大"),
    ],
)
def test_what_cannot_be_read_is_answered_by_one_sentence(name: str, data: bytes, told: str) -> None:
    with Sandbox() as apart, pytest.raises(Refused, match=told):
        read_tables(name, data, apart)


def test_headings_are_recognised_and_matched_by_words_and_other_words(space: Workspace) -> None:
    forms = [f for f in space.forms if f.own and not f.record]
    assert heading_row(LINES, forms) == 1
    projects = max(forms, key=lambda f: score(f, LINES[1]))
    assert projects.name == "projects"
    found = {m.column: (m.field.name, m.sure, m.unit) for m in matches(projects, LINES[1])}
    assert found == {1: ("name", False, ""), 2: ("place", True, ""), 3: ("total", True, "元")}
    assert in_unit("20,000,000", projects.field("total"), "元") == "20,000,000元"
    assert in_unit("20,000,000", projects.field("total"), "万元") == "20,000,000"


@pytest.mark.parametrize(("cell", "told"), [("0.85", "“0.85%或85%”看不懂"), ("1", "“1%或100%”看不懂")])
def test_a_share_below_one_raises_a_question(space: Workspace, cell: str, told: str) -> None:
    percent = space.form("tasks").field("percent")
    with pytest.raises(ValueError, match=told):
        percent.parse(in_unit(cell, percent, ""))
    assert in_unit("85", percent, "") == "85"


def test_a_table_of_ones_own_is_shown_and_then_added_as_one_step(
    open_window: Open, qtbot: Hands, tmp_path: Path
) -> None:
    window = open_window()
    page(window, "projects")
    book = Workbook()
    for line in LINES:
        book.active.append(line)
    book.active.merge_cells("C3:C4")
    book.save(tmp_path / "台账.xlsx")
    with Sandbox() as apart:
        tables = read_tables("台账.xlsx", (tmp_path / "台账.xlsx").read_bytes(), apart)
    dialog = ColumnMapping(window.session, "台账.xlsx", tables, window.look)
    qtbot.addWidget(dialog)
    dialog.show()
    assert [dialog.chosen_form.name, [b.currentText() for b in dialog.boxes]] == [
        "projects",
        ["（不要）", "项目名称", "建设地点", "总投资（万元）", "（不要）"],
    ]

    def cell(r: int, c: int) -> str:
        return there(dialog.grid.item(r, c)).text()

    assert cell(1, 3) == "20,000,000 → 2,000.00"
    assert cell(2, 2) == "（合并单元格） → 大坪村"
    assert cell(2, 3) == "✗ 约300万"
    assert "加2行" in dialog.told.text()
    steps = window.session.undo.count()
    told = dialog.write()
    assert "加了2行，1格读不懂" in told
    assert kept(window, "projects", "name") == ["示例一路", "示例水渠"]
    assert kept(window, "projects", "place") == ["大坪村", "大坪村"]
    assert kept(window, "projects", "total") == [Decimal("2000.00"), None]
    assert window.session.undo.count() == steps + 1
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "name") == []


def test_two_columns_for_one_field_are_not_taken(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    with Sandbox() as apart:
        tables = read_tables("台账.csv", CSV.encode("gbk"), apart)
    dialog = ColumnMapping(window.session, "台账.csv", tables, window.look)
    qtbot.addWidget(dialog)
    dialog.boxes[4].setCurrentText("建设地点")
    assert not dialog.take.isEnabled()
    assert dialog.told.text() == "有两栏都放到“建设地点”，请改掉一栏"
    dialog.boxes[4].setCurrentText("备注")
    assert dialog.take.isEnabled()
