"""Filled workbooks on their way: problems as a workbook, the command line, and the county's door."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from exports.excel.workbook import write_workbook
from exports.incoming.conflicts import conflict, decide, undo_load
from exports.incoming.messages import last_saved
from exports.incoming.outcome import Outcome
from exports.sheets.unit_sheets import unit_book
from forms.field import Row
from main import program
from models.county.unit_states import states
from models.ledger.intake_log import IntakeLog
from models.ledger.ledger import Ledger
from models.workspace import Workspace
from tests.exports.readback.people import column, row_of, written
from tests.travel import PERIOD, Desk

A, B = "瓦屋塘镇", "长铺镇"


@pytest.fixture
def pc(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Makes the PC of a unit with sample data; the county's hand-out is loaded where it is given."""
    made: list[Desk] = []

    def make(unit: str = A, hand_out: Path | None = None) -> Desk:
        folder = tmp_path / f"pc{len(made)}"
        desk = Desk(folder, None if hand_out else Workspace.create(folder, "unit", (unit,)))
        if hand_out:
            desk.load(hand_out)
        desk.work.set({"current": PERIOD})
        desk.fill()
        made.append(desk)
        return desk

    yield make
    for desk in made:
        desk.close()


def change(path: Path, space: Workspace, **texts: object) -> Path:
    """Give cells of the first task other content."""
    book = load_workbook(path)
    id = space.context(space.units[0].code, space.plan.period(PERIOD)).rows["tasks"][0]["id"]
    for name, text in texts.items():
        book["任务清单"].cell(row_of(book["任务清单"], id), column(book["任务清单"], name)).value = text
    book.save(path)
    return path


# ---- the list of problems


def test_the_workbook_comes_back_with_its_bad_cells_marked_and_is_clean_once_mended(
    pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, percent="差不多", note="好的一格")
    (found,) = desk.load(path)
    back = desk.folder / "refused" / "十月_标出问题.xlsx"
    assert (found.result, str(back) in found.message) == ("accepted", True)
    book = load_workbook(back)
    _, sheet, row, letter, value, why = next(book["装入问题"].iter_rows(min_row=2, values_only=True))
    cell = book[sheet][f"{letter}{row}"]
    assert (value, cell.value, cell.fill.start_color.rgb) == ("差不多", "差不多", "00FFF2B8")
    assert "不是确切的数" in why
    assert "不是确切的数" in cell.comment.text
    cell.value = 71.5
    book.save(back)
    (mended,) = desk.load(back)
    assert (mended.result, mended.problems) == ("accepted", [])
    assert str(desk.cell("tasks", 1, "percent")) == "71.5"


def test_marks_of_the_last_time_go(pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc()
    desk.load(change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, percent="差不多", status="快了"))
    back = change(desk.folder / "refused" / "十月_标出问题.xlsx", desk.work, percent=66)
    desk.load(back)
    again = load_workbook(desk.folder / "refused" / "十月_标出问题_标出问题.xlsx")
    comments = [c.comment.text for r in again["任务清单"].iter_rows() for c in r if c.comment]
    assert len(comments) == 1
    assert "快了" in comments[0]
    assert again.sheetnames.count("装入问题") == 1


def test_the_same_workbook_again_changes_nothing_and_is_not_marked_again(
    pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, percent="差不多", note="好的一格")
    aside = desk.folder / "refused"
    (first,) = desk.load(path)
    before = {p.name: p.stat().st_mtime_ns for p in aside.iterdir()}
    assert (first.result, list(before)) == ("accepted", ["十月_标出问题.xlsx"])
    (second,) = desk.load(path)
    assert (second.result, second.message.split("\n")[0]) == ("unchanged", "已装入过，无变化；1处没有采用：")
    assert {p.name: p.stat().st_mtime_ns for p in aside.iterdir()} == before
    desk.write("tasks", 1, "note", None)
    assert desk.results(path) == ["accepted"], "what was taken back since is taken in again"
    assert desk.cell("tasks", 1, "note") == "好的一格"


def test_a_workbook_of_which_nothing_can_be_read_stays_refused_with_one_marked_copy(
    pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, percent="差不多")
    assert (desk.results(path), desk.results(path)) == (["refused"], ["refused"])
    assert [p.name for p in (desk.folder / "refused").iterdir()] == ["十月_标出问题.xlsx"]


def test_the_county_marks_a_workbook_once(pc: Callable[..., Desk], county: Desk, tmp_path: Path) -> None:
    desk = pc(hand_out=county.hand_out(A))
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, percent="差不多", note="好的一格")
    same = tmp_path / "同一本.xlsx"
    book = load_workbook(path)
    book.properties.keywords = "另存"  # other bytes, also where both are saved within one second
    book.save(same)
    assert (county.results(path), county.results(path), county.results(same)) == (
        ["accepted"], ["unchanged"], ["unchanged"],
    )  # fmt: skip
    copies = sorted(p.name for p in (county.folder / "refused").glob("*_标出问题*"))
    assert copies == ["十月_标出问题.xlsx", "同一本_标出问题.xlsx"]


# ---- the command line


def test_the_command_lists_each_problem_on_a_line_of_its_own(pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, percent="差不多", note="好的一格")
    folder = desk.folder
    desk.close()
    desk.space = None
    done = CliRunner().invoke(program, ["--data", str(folder), "load", str(path)])
    place = done.stderr.splitlines()[0].removeprefix(str(path)).split(":")
    assert (done.exit_code, len(done.stderr.splitlines())) == (1, 1)
    assert (place[1], place[2].isdigit(), "不是确切的数" in done.stderr) == ("任务清单", True, True)
    assert "改了1格" in done.stdout
    assert "差不多" not in done.stdout


def test_the_command_reads_a_workbook_into_another_period(pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, note="改作十一月的")
    folder = desk.folder
    desk.close()
    desk.space = None
    done = CliRunner().invoke(program, ["--data", str(folder), "load", str(path), "--period", "2024-11"])
    assert (done.exit_code, "当作2024年11月读入" in done.stdout) == (0, True)
    notes = [[r["note"] for r in rows_of(folder, period)] for period in (PERIOD, "2024-11")]
    assert (notes[0].count("改作十一月的"), notes[1][0]) == (0, "改作十一月的")


def rows_of(folder: Path, period: str) -> list[Row]:
    space = Workspace.open(folder)
    rows = list(space.context(space.units[0].code, space.plan.period(period)).rows["tasks"])
    space.close()
    return rows


# ---- at the county


def state(county: Desk, unit: str) -> tuple[str, bool]:
    found = next(s for s in states(county.work, county.work.period) if s.unit.short == unit)
    return found.state.replace("late", "submitted"), found.verified  # the month is long past


def test_a_workbook_at_the_county_is_an_unverified_report(
    county: Desk, pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, note="邮件发来的")
    (found,) = county.load(path)
    assert (found.result, found.unit, found.period, found.revision) == ("accepted", desk.work.units[0].code, PERIOD, 1)
    assert "未验证" in found.message
    assert state(county, A) == ("submitted", False)
    ours, theirs = desk.lines(A), county.lines(A)
    assert county.cell("tasks", 1, "note", A) == "邮件发来的"
    assert {n: [r["id"] for r in rows] for n, rows in theirs.items()} == {
        n: [r["id"] for r in rows] for n, rows in ours.items()
    }
    assert county.load(path)[0].result == "unchanged"
    renamed = tmp_path / "改名.xlsx"
    renamed.write_bytes(path.read_bytes())
    assert county.load(renamed)[0].result == "unchanged"


def test_two_workbooks_of_a_unit_that_differ_are_a_conflict_in_any_order(
    tmp_path: Path, pc: Callable[..., Desk]
) -> None:
    desk = pc()
    paths = []
    for n in (1, 2):
        paths.append(change(written(desk.work, tmp_path / f"{n}.xlsx"), desk.work, note=f"第{n}本"))
    heads = []
    for n, order in enumerate((paths, paths[::-1])):
        county = Desk.county(tmp_path / f"county{n}")
        assert [a.result for a in county.load(*order)] == ["accepted", "conflict"]
        assert state(county, A)[0] == "conflict"
        heads.append([h.id for h in Ledger(county.work.store).standing(desk.work.units[0].code, PERIOD).heads])
        county.close()
    assert len(heads[0]) == 2


def saved_on(path: Path, time: str) -> Path:
    """The same workbook, as if Excel had saved it then."""
    told = f"<dcterms:modified xsi:type='dcterms:W3CDTF'>{time}</dcterms:modified>".encode()
    with zipfile.ZipFile(path) as source:
        parts = {n: source.read(n) for n in source.namelist()}
    core = re.sub(rb"<dcterms:modified.*?</dcterms:modified>", told, parts["docProps/core.xml"])
    assert told in core
    with zipfile.ZipFile(path, "w") as target:
        for name, content in {**parts, "docProps/core.xml": core}.items():
            target.writestr(name, content)
    return path


def test_of_two_workbooks_that_clash_the_one_saved_last_is_named(
    county: Desk, pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc()
    days = {"改过的.xlsx": "2024-11-02T08:30:00Z", "原来的.xlsx": "2024-11-01T08:30:00Z"}
    paths = [
        saved_on(change(written(desk.work, tmp_path / name), desk.work, note=name), day) for name, day in days.items()
    ]
    found = county.load(*paths)
    assert [a.result for a in found] == ["accepted", "conflict"]
    assert "，改过的.xlsx，" in found[1].message.split("；后存的是")[1]
    heads = Ledger(county.work.store).standing(desk.work.units[0].code, PERIOD).heads
    last = last_saved(heads)
    assert last is not None
    assert last.about["workbook"] == "改过的.xlsx"


def test_a_workbook_does_not_take_the_place_of_a_signed_report(
    county: Desk, pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc(A, county.hand_out(A))
    county.load(desk.submit())
    before = county.lines(A)
    (found,) = county.load(change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, note="又发一本"))
    assert found.result == "accepted"
    assert "现在算数的是第1版" in found.message
    assert "未验证" in found.message
    assert (county.lines(A), state(county, A)) == (before, ("submitted", True))


def test_a_signed_report_takes_the_place_of_a_workbook(county: Desk, pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc(A, county.hand_out(A))
    county.load(change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, note="先发一本"))
    assert county.load(desk.submit())[0].result == "accepted"
    assert state(county, A) == ("submitted", True)
    assert county.cell("tasks", 1, "note", A) != "先发一本"


def test_what_was_sent_back_of_a_workbook_is_mended_by_a_signed_report(
    county: Desk, pc: Callable[..., Desk], tmp_path: Path
) -> None:
    desk = pc(A, county.hand_out(A))
    county.load(change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, note="先发一本"))
    assert desk.load(county.send_back(A, ("tasks", 1, "note", "请写具体")))[0].message.startswith("退回1条意见")
    assert state(county, A) == ("returned", False)
    desk.write("tasks", 1, "note", "写具体了")
    assert county.load(desk.submit())[0].result == "accepted"
    assert (state(county, A), county.cell("tasks", 1, "note", A)) == (("submitted", True), "写具体了")


@pytest.mark.parametrize(("note", "after"), [("写具体了", "submitted"), ("先发一本", "returned")])
def test_what_was_sent_back_of_a_workbook_is_mended_by_another(
    county: Desk, pc: Callable[..., Desk], tmp_path: Path, note: str, after: str
) -> None:
    """A workbook carries no comments: whether the cell says something else tells."""
    desk = pc()
    county.load(change(written(desk.work, tmp_path / "1.xlsx"), desk.work, note="先发一本"))
    county.send_back(A, ("tasks", 1, "note", "请写具体"))
    again = change(written(desk.work, tmp_path / "2.xlsx"), desk.work, note=note, next="再补一句")
    assert county.load(again)[0].result == "conflict"
    found = conflict(county.work, desk.work.units[0].code, PERIOD)
    chosen = next(n for n, s in enumerate(found.sides) if any(r.get("next") == "再补一句" for r in s["tasks"]))
    decide(county.work, found.unit, PERIOD, found.standing.heads[chosen].id)
    assert state(county, A) == (after, False)
    undo_load(county.work, IntakeLog(county.work.store).last_load())  # the decision
    undo_load(county.work, IntakeLog(county.work.store).last_load())  # the second workbook
    assert (state(county, A), county.cell("tasks", 1, "note", A)) == (("returned", False), "先发一本")


def test_a_blank_form_filled_in_reaches_the_county(county: Desk, tmp_path: Path) -> None:
    """The county hands out empty workbooks; one comes back with a bad cell in it."""
    office = county.work
    unit, path = office.plan.unit(B), tmp_path / "空表.xlsx"
    write_workbook(path, unit_book(office, unit, office.period, office.forms, blank=True))
    book = load_workbook(path)
    page = book["任务清单"]
    ids = [r["id"] for r in office.context(unit.code, office.period).rows["tasks"]]
    page.cell(row_of(page, ids[0]), column(page, "percent")).value = 40
    page.cell(row_of(page, ids[1]), column(page, "percent")).value = "一半多"
    book.save(path)
    (found,) = county.load(path)
    assert (found.result, len(found.problems)) == ("accepted", 1)
    assert [str(county.cell("tasks", n, "percent", B)) for n in (1, 2)] == ["40.0", "None"]
    assert (county.folder / "refused" / "空表_标出问题.xlsx").exists()


def test_a_closed_period_takes_no_workbook(county: Desk, pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc()
    county.work.apply(county.work.close_off(PERIOD), "封存")
    (found,) = county.load(written(desk.work, tmp_path / "十月.xlsx"))
    assert (found.result, "已经封存" in found.message) == ("refused", True)


# ---- the papers that are for printing only


def places(found: Outcome) -> list[tuple[str, str]]:
    """Sheet and cell of what was not taken over because it stands in a printed paper."""
    return [
        (p.sheet, f"{p.column}{p.row}")
        for p in (found.reading.problems if found.reading else ())
        if "打印用的" in p.why
    ]


def test_what_was_written_into_a_printed_paper_is_reported(pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc()
    path = change(written(desk.work, tmp_path / "十月.xlsx"), desk.work, measure="另一种举措", note="好的一格")
    assert places(desk.load(path)[0]) == [], "a list may change while its paper says what it said"
    book = load_workbook(path)
    plan, duties = book["年度重点工作计划"], book["责任分工一览"]
    id = str(desk.cell("tasks", 2, "id"))
    where = plan.cell(row_of(plan, id), column(plan, "measure"))
    where.value = "改在打印的表里"
    duties.cell(duties.max_row + 2, column(duties, "goal")).value = "写在下面"
    book.move_sheet(plan, -20)
    book.save(path)
    (found,) = desk.load(path)
    assert places(found) == [("年度重点工作计划", where.coordinate), ("责任分工一览", str(duties.max_row))]
    told = f"年度重点工作计划:{where.row}:{where.column_letter}: 第1张表“年度重点工作计划”是打印用的，改动没有装入"
    assert told in found.message
    assert desk.cell("tasks", 2, "measure") != "改在打印的表里"


def test_a_sorted_paper_is_no_edit_and_a_lost_key_is_reported(pc: Callable[..., Desk], tmp_path: Path) -> None:
    desk = pc()
    path = written(desk.work, tmp_path / "十月.xlsx")
    book = load_workbook(path)
    plan = book["年度重点工作计划"]
    a, b = (row_of(plan, str(desk.cell("tasks", n, "id"))) for n in (1, 2))
    for c in range(1, plan.max_column + 1):
        one, two = plan.cell(a, c), plan.cell(b, c)
        one.value, two.value = two.value, one.value
    book.save(path)
    assert desk.load(path)[0].result == "unchanged"
    plan.cell(a, column(plan, "measure")).value = "改了，可是谁也不知道原来写的什么"
    del book["_qingdan"]
    book.save(path)
    (found,) = desk.load(path)
    assert places(found) == []
    assert "“年度重点工作计划”“责任分工一览”是打印用的，写在里面的不会装入" in found.message
