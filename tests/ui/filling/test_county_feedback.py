"""What the county corrected and decided, as the unit's clerk sees it: a mark on the cell, both figures beside it."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from models.county.consolidation import Consolidation
from models.county.corrections import correct
from models.county.obstacles import ObstacleList
from models.workspace import Workspace
from tests.travel import PERIOD, Desk
from tests.ui.hands import inside, of_kind, page, put
from ui.filling.form_page import FormPage
from ui.filling.home_page import HomePage
from ui.filling.record_page import RecordEditor
from ui.grid.record_table import STATE
from ui.window.main_window import MainWindow
from ui.window.page import HOME

A = "瓦屋塘镇"


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Desk]:
    """Reported 60 % in the third task; the county says 77, decided about the first obstacle, and sent its receipt."""
    county, desk = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    desk.load(county.hand_out(A))
    desk.fill()
    desk.write("tasks", 3, "percent", 60)
    county.load(desk.submit())
    work = county.work
    place = ("tasks", str(county.cell("tasks", 3, "id", A)), "percent")
    work.apply(correct(work, work.plan.unit(A), work.plan.period(PERIOD), place, "77", "与台账核对"), "更正")
    cover = ("cover", str(county.cell("cover", 1, "id", A)), "liaison_phone")
    work.apply(correct(work, work.plan.unit(A), work.plan.period(PERIOD), cover, "0739-0000001", "号码打不通"), "更正")
    book = ObstacleList(Consolidation(work, work.period), date(2024, 10, 26))
    work.apply(book.decide(book.all[0], {"asked": "县林业局", "opinion": "请月底前确权"}), "批办")
    desk.load(county.receipt(A))
    county.close()
    yield desk
    desk.close()


def beside(formed: FormPage) -> list[str]:
    return [label.text() for label in inside(formed.panel, QLabel)]


def marked(formed: FormPage) -> list[str]:
    """The fields of the current line that bear the mark."""
    at = formed.grid.currentIndex()
    fields = enumerate(formed.table.fields, 1)
    return [f.name for n, f in fields if at.siblingAtColumn(n).data(STATE).corrected]


def test_a_corrected_cell_bears_a_mark_and_shows_both_figures(
    unit: Desk, open_window: Callable[..., MainWindow]
) -> None:
    formed = page(open_window(unit.work), "tasks")
    put(formed.grid, "percent", 2)
    assert "＊县里核定77，本单位报60：与台账核对" in beside(formed)
    assert marked(formed) == ["percent"]
    assert formed.grid.currentIndex().data() == "60"
    put(formed.grid, "progress", 2)
    assert "县里更正了这一行的“完成进度”" in beside(formed)
    put(formed.grid, "percent", 1)
    assert marked(formed) == []
    assert formed.banner.label.text().splitlines()[0] == "县里更正了1格，格上标＊，选中可看；本单位填的没有动"


def test_what_was_decided_on_an_obstacle_is_shown_beside_all_its_cells(
    unit: Desk, open_window: Callable[..., MainWindow]
) -> None:
    formed = page(open_window(unit.work), "obstacles")
    rows = [x.row for x in formed.table.lines if x.row]
    there = next(n for n, r in enumerate(rows) if ("obstacles", r["id"], "text") in formed.session.corrected)
    for field in ("text", "wanted"):
        put(formed.grid, field, there)
        assert "县里批办　挂号：1，请谁办：绥宁县林业局，批办意见：请月底前确权" in beside(formed)
    assert marked(formed) == ["text"]
    assert formed.banner.label.text().startswith("县里批办了1行")


def test_a_corrected_field_of_the_units_own_sheet_is_shown_beside_it(
    unit: Desk, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(unit.work)
    window.show_page("cover")
    page = window.pages["cover"]
    assert isinstance(page, RecordEditor)
    assert page.banner.label.text().startswith("县里更正了1格")
    page.go_to("", "liaison_phone")
    told = [label.text() for label in inside(page, QLabel)]
    assert any(t.startswith("＊县里核定0739-0000001，本单位报") and t.endswith("：号码打不通") for t in told)


def test_the_first_page_of_a_new_computer_knows_the_version_that_the_county_has(
    unit: Desk, open_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    county, new = Desk(tmp_path / "county", Workspace.open(tmp_path / "county")), Desk(tmp_path / "new")
    new.load(county.hand_out(A, again=True))
    county.close()
    window = open_window(new.work)
    said = [label.text() for label in inside(of_kind(HomePage, window.pages[HOME]).ease, QLabel)]
    assert "2024年10月 第1版　县里已有" in said
    assert any(text.endswith("随任务包回到本机") for text in said)
    assert "还没有报过" not in said


@pytest.fixture
def refused(tmp_path: Path) -> Iterator[Desk]:
    """Reported the third task as completed; the county did not agree, and sent its receipt."""
    county, desk = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    desk.load(county.hand_out(A))
    desk.fill()
    desk.write("tasks", 3, "status", "done")
    desk.write("tasks", 3, "percent", 100)
    county.load(desk.submit())
    claims = Consolidation(county.work, county.work.period).confirmations
    line = county.cell("tasks", 3, "line", A)
    asked = next(c for c in claims.waiting if c.row["line"] == line)
    county.work.apply(claims.refuse(asked, date(2024, 10, 26), "佐证不够，请补齐"), "核验")
    desk.load(county.receipt(A))
    county.close()
    yield desk
    desk.close()


def test_a_decision_on_a_request_is_shown_beside_the_status(
    refused: Desk, open_window: Callable[..., MainWindow]
) -> None:
    says = "县里不同意完成（10月26日）：佐证不够，请补齐"
    formed = page(open_window(refused.work), "tasks")
    put(formed.grid, "status", 2)
    assert f"＊{says}" in beside(formed)
    assert marked(formed) == ["status"]
    put(formed.grid, "progress", 2)
    assert says in beside(formed)
    assert formed.banner.label.text().startswith("县里核验了1行")
