"""Papers: everything that stands in the rows is found on the pages, whole, in order, and within its cell."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

from exports.batch import Job, write
from exports.form_jobs import jobs
from exports.pdf.column_widths import columns
from exports.pdf.painter import PROFILES, paint_book, write_pdf
from exports.sheets.sheet import Book, LineKind, Sheet, SheetHead, SheetLine, Stamp
from exports.sheets.unit_sheets import action_book, unit_book
from forms import FORMS
from forms.form import Form
from models.errors import UserError
from models.plan.plan import Plan
from models.reporting.sample import fill
from models.workspace import Workspace

NOW = datetime(2024, 10, 25, 16, 20)
LONG = "推进竹缠绕管道、竹木复合板材等主导产品扩产，完成投资1,860.50万元，占年度计划的76.37%；" * 50
RARE = "䶮㛃㸌𬭊𠅤𣲗塅圫㘭㵲㙟"


def tasks(plan: Plan) -> Form:
    return plan.form(next(f for f in FORMS if f.name == "tasks"))


def row(n: int, **values: object) -> SheetLine:
    shared = {"task": "CY-015", "due": date(2024, 12, 31), "status": "doing", "percent": Decimal(66)}
    return SheetLine(LineKind.ROW, {**shared, "progress": f"第{n}项进展。", **values}, number=n, id=str(n))


def sheet(form: Form, lines: list[SheetLine], **more: Any) -> Sheet:
    head = SheetHead("绥宁县实施“八大行动”任务清单", "附件1", ("表　　号：绥八办表1",), "（2024年10月）", "填报单位（盖章）：示例镇人民政府",
                "填报日期：2024年10月25日", "", "任务清单（续表）")  # fmt: skip
    stamp = Stamp("430527106", "2024-10", "2024.1", "7F3A-91C2-0D5E", "2024-10-25 16:20")
    return Sheet(form, head, lines, stamp, ("说明一。", "说明二。"), ("填报人", "联系电话"), **more)


def pages(book: Book, **look: Any) -> list[str]:
    data, count = paint_book(book, **look)
    read = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages]
    assert len(read) == count
    return read


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_row_is_on_paper_in_order_with_heads_on_every_page(plan: Plan) -> None:
    lines = [row(n) for n in range(1, 301)]
    read = pages(Book("a", "示例", (sheet(tasks(plan), lines),)))
    text = squeezed("".join(read))
    places = [text.find(f"第{n}项进展。") for n in range(1, 301)]
    assert places == sorted(places)
    assert min(places) >= 0
    total = len(read)
    for number, page in enumerate(read, 1):
        assert f"第{number}页共{total}页" in squeezed(page)
        assert "重点任务" in page
        assert ("（续表）" in page) == (number > 1)
        assert "版本码 7F3A-91C2-0D5E" in page


def test_notes_and_signatures_stand_on_the_last_page_only(plan: Plan) -> None:
    read = pages(Book("a", "示例", (sheet(tasks(plan), [row(n) for n in range(1, 60)]),)))
    assert ["盖章处" in p for p in read] == [False] * (len(read) - 1) + [True]
    assert "1. 说明一。" in read[-1]


@pytest.mark.parametrize("profile", ["sheet", "annex"])
def test_a_cell_of_2000_characters_is_split_without_loss(plan: Plan, profile: str) -> None:
    read = pages(Book("a", "示例", (sheet(tasks(plan), [row(1, progress=LONG), row(2)]),)), profile=profile)
    column = squeezed("".join(read))
    assert sum(column.count(c) for c in "缠绕管道板材") >= sum(LONG.count(c) for c in "缠绕管道板材")
    assert len(read) > 2
    assert "第2项进展" in column


@pytest.mark.parametrize("name", ["projects", "policies", "obstacles", "indicators"])
def test_every_cell_is_extracted_in_the_order_of_rows_and_columns(
    new_space: Callable[..., Workspace], name: str
) -> None:
    space = new_space("县发改局", "县林业局", "县农业农村局")
    fill(space, space.plan.period("2024-10"))
    for unit in space.units:
        book = unit_book(space, unit, space.plan.period("2024-10"), [space.form(name)], now=NOW)
        (one,) = book.sheets
        text, at = squeezed("".join(pages(book))), 0
        fields = [g for c in columns(one, 740, 9) for g in c.fields]
        for line in one.lines:
            shown = [f.kind.show(line.values.get(f.name)) for f in fields] if line.kind == "row" else [line.title]
            for part in filter(None, map(squeezed, shown)):
                at = text.find(part, at) + len(part)
                assert at >= len(part), (line.number, part)


@pytest.mark.parametrize("profile", ["sheet", "annex"])
def test_nothing_is_drawn_outside_the_margins(new_space: Callable[..., Workspace], profile: str) -> None:
    space = new_space("绥宁产业开发区管理委员会", "瓦屋塘镇")
    fill(space, space.plan.period("2024-10"))
    top, right, bottom, left = (m * 72 / 25.4 - 1.5 for m in PROFILES[profile])  # half a rule, and rounding
    for unit in space.units:
        book = unit_book(space, unit, space.plan.period("2024-10"), space.forms, now=NOW)
        for page in pypdfium2.PdfDocument(paint_book(book, profile)[0]):
            boxes = [one.get_bounds() for one in page.get_objects()]
            assert min(b[0] for b in boxes) >= left
            assert min(b[1] for b in boxes) >= bottom
            assert max(b[2] for b in boxes) <= 841.89 - right
            assert max(b[3] for b in boxes) <= 595.28 - top


def test_the_two_profiles_keep_their_margins_and_annex_is_narrower(plan: Plan) -> None:
    book = Book("a", "示例", (sheet(tasks(plan), [row(n) for n in range(1, 100)]),))
    assert len(pages(book, profile="annex")) > len(pages(book, profile="sheet"))
    for profile, (_, right, _, left) in PROFILES.items():
        page = pypdfium2.PdfDocument(paint_book(book, profile)[0])[0]
        boxes = [one.get_bounds() for one in page.get_objects()]
        assert min(b[0] for b in boxes) == pytest.approx(left * 72 / 25.4, abs=1.5), profile
        assert max(b[2] for b in boxes) == pytest.approx(841.89 - right * 72 / 25.4, abs=1.5), profile


def test_the_paper_says_in_chinese_what_it_is_and_sample_data_on_every_page(plan: Plan) -> None:
    made = sheet(tasks(plan), [row(n) for n in range(1, 30)])
    book = Book("a", "瓦屋塘镇2024年10月任务清单", (replace(made, stamp=replace(made.stamp, sample=True)),))
    data, count = paint_book(book)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("瓦屋塘镇2024年10月任务清单", "示例镇人民政府")
    assert count > 1
    assert all("示例数据" in page.extract_text() for page in reader.pages)


def test_a_unit_of_a_long_name_does_not_run_into_the_date(plan: Plan) -> None:
    name = "填报单位（盖章）：" + "示例县某某苗族侗族瑶族自治乡人民政府" * 2
    made = sheet(tasks(plan), [row(1)])
    book = Book("a", "示例", (replace(made, head=replace(made.head, left=name, measure="计量单位：万元")),))
    page = pypdfium2.PdfDocument(paint_book(book, "annex")[0])[0]
    words = page.get_textpage()
    boxes = [words.get_text_bounded(*one.get_bounds()).strip() for one in page.get_objects() if one.type == 1]
    assert any(b.startswith("填报单位") and b.endswith("人民政府") for b in boxes)
    assert "填报日期：2024年10月25日" in boxes


def test_a_group_that_goes_on_says_so(plan: Plan) -> None:
    lines = [SheetLine(LineKind.GROUP, {}, "一、产业培塑行动（60项）"), *(row(n) for n in range(1, 61))]
    read = pages(Book("a", "示例", (sheet(tasks(plan), lines),)))
    assert all("产业培塑行动（60项）（续）" in squeezed(p) for p in read[1:-1])


def test_rare_characters_can_be_searched_and_every_font_is_embedded(plan: Plan) -> None:
    data, _ = paint_book(Book("a", "示例", (sheet(tasks(plan), [row(1, progress=RARE)]),)))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert RARE in squeezed(reader.pages[0].extract_text())
    resources: Any = reader.pages[0]["/Resources"]
    fonts = resources["/Font"]
    files = [f["/DescendantFonts"][0]["/FontDescriptor"].get("/FontFile2") for f in (fonts[n] for n in fonts)]
    assert len(files) >= 3
    assert all(files)


def test_what_no_font_has_is_shown_not_dropped(plan: Plan) -> None:
    read = pages(Book("a", "示例", (sheet(tasks(plan), [row(1, progress="甲🙂乙")]),)))
    assert "甲〓乙" in squeezed(read[0])


def test_equal_sheets_give_equal_bytes(plan: Plan) -> None:
    book = Book("a", "示例", (sheet(tasks(plan), [row(1), row(2, progress=RARE)]),))
    assert paint_book(book) == paint_book(book)


def test_black_printing_uses_no_colour(plan: Plan) -> None:
    book = Book(
        "a", "示例", (sheet(tasks(plan), [row(1, status=s) for s in ("idle", "doing", "warn", "late", "done")]),)
    )

    def drawing(page: pypdf.PageObject) -> bytes:
        contents = page.get_contents()
        assert contents is not None
        return contents.get_data()

    def colours(black: bool) -> set[bytes]:
        read = pypdf.PdfReader(io.BytesIO(paint_book(book, black=black)[0])).pages
        drawn = b"\n".join(map(drawing, read))
        lines = drawn.replace(b"q ", b"\n").split(b"\n")
        return {line.split(b" rg")[0] for line in lines if b" RG " in line and len(set(line.split()[:3])) > 1}

    assert colours(black=True) == set()
    assert len(colours(black=False)) >= 4


def text_of(space: Workspace, form: str, blank: bool = False) -> str:
    book = unit_book(space, space.units[0], space.plan.period("2024-10"), [space.form(form)], blank, NOW)
    return squeezed("".join(pages(book)))


def test_a_zero_report_an_unfilled_form_and_one_not_asked_for_say_different_words(space: Workspace) -> None:
    assert "未填报" in text_of(space, "projects")
    space.apply(space.state("430527106", "2024-10", "projects", "zero"), "零报告")
    assert "零报告" in text_of(space, "projects")
    assert "没有给本单位分配" in text_of(space, "indicators")


def test_a_blank_form_has_the_plans_words_and_room_to_write(space: Workspace) -> None:
    fill(space, space.plan.period("2024-10"))
    read = text_of(space, "tasks", blank=True)
    assert "竹笋加工生产基地" in read
    assert "示例" not in read
    assert "填报日期：年月日" in read


def test_what_is_not_confirmed_says_so_and_sample_data_too(space: Workspace) -> None:
    fill(space, space.plan.period("2024-10"))
    read = text_of(space, "tasks")
    assert "待确认" in read
    assert "示例数据" in read
    assert "待确认，以县“八大行动”领导小组办公室确认为准" in read


def test_totals_are_the_sums_of_the_lines(new_space: Callable[..., Workspace]) -> None:
    space = new_space(role="office")
    fill(space, space.plan.period("2024-10"))
    for unit in space.units:
        (made,) = unit_book(space, unit, space.plan.period("2024-10"), [space.form("projects")], now=NOW).sheets
        sums = space.store.db.execute(
            "SELECT sum(total), sum(year_done) FROM projects WHERE unit=? AND period='2024-10'", (unit.code,)
        ).fetchone()
        totals = [line.values for line in made.lines if line.kind == "total"]
        groups = [line.values for line in made.lines if line.kind == "group"]
        if not totals:
            assert sums == (None, None)
            continue
        assert (totals[0]["total"] * 100, totals[0]["year_done"] * 100) == sums
        assert sum(g["total"] for g in groups) == totals[0]["total"]


def test_the_set_of_a_unit_and_the_tables_of_the_actions(new_space: Callable[..., Workspace], plan: Plan) -> None:
    space = new_space(role="office")
    book = unit_book(space, plan.unit("县林业局"), plan.period("2024-10"), space.forms, now=NOW)
    assert [s.form.title for s in book.sheets][-2:] == ["年度重点工作计划", "责任分工一览"]
    assert len(book.sheets) == len(FORMS) + 2
    for action in plan.actions:
        read = squeezed("".join(pages(action_book(plan, action, NOW))))
        assert f"{action.name}任务分工表" in read
        assert f"合计（{len(plan.tasks_of_action(action.id))}项）" in read


def test_one_more_field_in_one_line_is_on_paper(plan: Plan) -> None:
    from forms.field import Field

    form = replace(tasks(plan), fields=(*tasks(plan).fields, Field("loan", "贷款银行")))
    read = squeezed(pages(Book("a", "示例", (sheet(form, [row(1, loan="示例银行")]),)))[0])
    assert "贷款银行" in read
    assert "示例银行" in read


def test_many_units_at_once_each_in_its_folder(new_space: Callable[..., Workspace], tmp_path: Path) -> None:
    space = new_space(role="office")
    told: list[int] = []
    todo = jobs(
        space, tmp_path / "输出 文件夹", [u.code for u in space.plan.units[:13]], "2024-10", ["pdf"], ["projects"]
    )
    paths = write(todo, told.append)
    assert told == list(range(1, 14))
    assert [p.parent.name for p in paths][:2] == ["430527100长铺镇", "430527101武阳镇"]
    assert [p for p in (tmp_path / "输出 文件夹").rglob("*") if p.name.endswith(".part")] == []


def test_a_folder_that_cannot_be_made_is_named_and_nothing_remains(plan: Plan, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    job = Job(blocked / "sub", Book("a", "示例", (sheet(tasks(plan), [row(1)]),)), ("pdf",))
    with pytest.raises(UserError, match="不能在这里建立文件夹"):
        write([job])
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("target", ["gone/a.pdf", "folder"])
def test_a_place_that_cannot_be_written_is_named_and_nothing_remains(plan: Plan, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    book = Book("a", "示例", (sheet(tasks(plan), [row(1)]),))
    with pytest.raises(UserError, match=target):
        write_pdf(tmp_path / target, book)
    assert [p.name for p in tmp_path.rglob("*")] == ["folder"]


def test_writing_twice_replaces_the_paper(plan: Plan, tmp_path: Path) -> None:
    book = Book("a", "示例", (sheet(tasks(plan), [row(1)]),))
    assert write_pdf(tmp_path / "a.pdf", book) == write_pdf(tmp_path / "a.pdf", book) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"]
