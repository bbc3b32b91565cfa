"""Where things stand on paper: columns fill the width, texts stay in their cells, pages hold all lines in their order."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.pdf.column_widths import MM, PAD, PrintColumn, columns, heading, share
from exports.pdf.fonts import widths
from exports.pdf.pagination import AIR, Band, Box, BoxLine, PageHeights, PageLayout, band_of, paginate
from exports.pdf.record_bands import record_bands
from exports.pdf.table_bands import Table
from exports.sheets.line_breaking import HANG
from exports.sheets.sheet import LineKind, Sheet, SheetHead, SheetLine, Stamp
from forms import FORMS
from forms.choices import Choice, Several
from forms.dates import Day, Month
from forms.evidence import Attachment, Files
from forms.field import Field
from forms.form import Form
from forms.kind import Number, Value
from forms.unit_papers import ACTION_TASKS, DUTIES, YEARLY_WORK
from models.plan.plan import Plan

SHEET, ANNEX = (297 - 36) * MM, (297 - 72) * MM  # widths of the two page profiles
TABLES = [f for f in (*FORMS, YEARLY_WORK, DUTIES, ACTION_TASKS) if not f.record]
WORDS = "推进竹缠绕管道、竹木复合板材等产品扩产，新建厂房3200㎡，完成投资1,860.50万元，占年度计划的76.37%；"


def sheet(form: Form, *lines: SheetLine, **more: Any) -> Sheet:
    return Sheet(form, SheetHead("示例"), lines, Stamp("430527106", "2024-10", "2024.1", ""), **more)


def full(f: Field, times: int = 1) -> Value:
    """A value of the field that takes much room."""
    if isinstance(f.kind, Number):
        return Decimal("100.0") if f.kind.high else Decimal("123456.78").quantize(Decimal(1).scaleb(-f.kind.places))
    if isinstance(f.kind, Day):
        return date(2024, 12, 31)
    if isinstance(f.kind, Month):
        return "2024-12"
    if isinstance(f.kind, Files):
        return (Attachment("调度会议纪要.pdf"), Attachment("现场照片.jpg"))
    if isinstance(f.kind, Choice):
        ids = tuple(o.id for o in f.kind.options)
        return ids[:4] if isinstance(f.kind, Several) else ids[-1]
    return {"phone": "13800000000", "link": "https://example.org/" + "a" * 90}.get(f.name, WORDS * times)


def row(form: Form, number: int = 1, times: int = 1) -> SheetLine:
    return SheetLine(LineKind.ROW, {f.name: full(f, times) for f in form.fields}, number=number, id=str(number))


def total(form: Form, kind: LineKind = LineKind.TOTAL) -> SheetLine:
    return SheetLine(kind, {f.name: full(f) for f in form.fields if f.total}, "合　　计（1项）")


def column(table: Table, name: str) -> PrintColumn:
    return next(c for c in table.columns if any(f.name == name for f in c.fields))


def texts(cell: Box) -> str:
    return "".join(i.text for i in cell.items).replace(" ", "")


@pytest.mark.parametrize("width", [SHEET, ANNEX])
@pytest.mark.parametrize("form", TABLES, ids=lambda f: f.name)
def test_columns_fill_the_width_and_hold_every_field_once(plan: Plan, form: Form, width: float) -> None:
    bound = plan.form(form)
    made = columns(sheet(bound, row(bound), total(bound)), width, 9)
    edges = [c.x for c in made] + [width]
    assert made[0].x == 0
    assert made[0].width == pytest.approx(9 * MM)
    assert [c.x + c.width for c in made] == pytest.approx(edges[1:])
    assert sorted(f.name for c in made for f in c.fields) == sorted(
        f.name for f in bound.fields if f.name != form.group
    )


@pytest.mark.parametrize("width", [SHEET, ANNEX])
@pytest.mark.parametrize("form", TABLES, ids=lambda f: f.name)
def test_no_text_leaves_its_cell_and_body_text_is_at_least_9_pt(plan: Plan, form: Form, width: float) -> None:
    bound = plan.form(form)
    table = Table(
        sheet(bound, SheetLine(LineKind.GROUP, {}, "一、产业培塑行动（1项）"), row(bound, 300), total(bound)), width
    )
    for band in [*table.head(), *table.bands()]:
        for cell in band.cells:
            assert cell.height + 2 * AIR <= band.height + 0.01 or band.kind == "head"
            for item in cell.items:
                wide = widths(cell.face).of(item.text) * item.size / 1000
                assert wide <= cell.width - 2 * PAD + HANG * item.size + 0.1, (cell, item.text)
                assert item.size >= 9 or cell.align == "right" or band.kind == "head", (cell, item.text)


def test_figures_telephone_numbers_and_short_words_get_the_width_they_need(plan: Plan) -> None:
    form = plan.form(next(f for f in FORMS if f.name == "tasks"))
    table = Table(sheet(form, row(form)), SHEET)
    (band,) = table.bands()
    person, status = (next(c for c in band.cells if abs(c.x - column(table, n).x) < 0.1) for n in ("person", "status"))
    assert person.items[-1].text == "13800000000"
    assert [i.text for i in status.items if i.text] == ["终止", "100%"]


@given(st.lists(st.tuples(st.floats(5, 60), st.floats(1, 80)), min_size=1, max_size=20), st.floats(200, 800))
def test_the_shared_width_is_used_up_and_nobody_is_pressed_without_need(
    pairs: list[tuple[float, float]], w: float
) -> None:
    weights, least = [p[0] for p in pairs], [p[1] for p in pairs]
    made = share(weights, least, w)
    assert sum(made) == pytest.approx(w)
    if sum(least) < w:
        assert all(m >= n - 1e-6 for m, n in zip(made, least, strict=True))


@pytest.mark.parametrize(
    ("label", "width", "lines"),
    [
        ("完成时限", 30, ("完成", "时限")),
        ("完成时限", 60, ("完成时限",)),
        ("牵头/配合", 32, ("牵头/", "配合")),
        ("牵头总负责人", 40, ("牵头总", "负责人")),
        ("完成进度%", 40, ("完成", "进度%")),
        ("序时差（百分点）", 44, ("序时差", "（百分点）")),
    ],
)
def test_headings_break_evenly(label: str, width: float, lines: tuple[str, ...]) -> None:
    assert heading(label, width, 9.5)[1] == lines


def test_a_merged_heading_says_the_unit_once_and_stacked_fields_are_separated_by_rules(plan: Plan) -> None:
    form = plan.form(next(f for f in FORMS if f.name == "projects"))
    table = Table(sheet(form, row(form)), SHEET)
    over, head = table.head()
    assert [texts(c) for c in over.cells if c.items] == ["投资（万元）"]
    assert texts(next(c for c in head.cells if abs(c.x - column(table, "total").x) < 0.1)) == "总投资"
    stacked = next(c for c in head.cells if abs(c.x - column(table, "nature").x) < 0.1)
    assert [i.text for i in stacked.items] == ["类别", "", "建设", "性质"]
    assert [i.rule for i in stacked.items] == [False, True, False, False]


def test_a_row_that_is_too_tall_goes_on_without_losing_a_character(plan: Plan) -> None:
    form = plan.form(next(f for f in FORMS if f.name == "tasks"))
    short = SheetLine(LineKind.ROW, {"progress": "完", "trouble": "完", "goal": "完"}, number=2)
    table = Table(sheet(form, SheetLine(LineKind.GROUP, {}, "一、产业培塑行动（2项）"), row(form, 1, 40), short), ANNEX)
    laid = paginate(table.bands(), PageHeights(250, 320, 140))
    assert len(laid) > 3
    for f in ("progress", "trouble", "goal"):
        x = column(table, f).x
        cells = [c for p in laid for b in p.bands if b.kind == "row" for c in b.cells if abs(c.x - x) < 0.1]
        assert "".join(map(texts, cells)) == WORDS * 40 + "完"
    numbers = [texts(b.cells[0]) for p in laid for b in p.bands if b.kind == "row"]
    assert numbers == ["1", *["1续"] * (len(numbers) - 2), "2"]


def test_an_empty_sheet_says_so_and_blank_rows_leave_room_to_write(plan: Plan) -> None:
    form = plan.form(next(f for f in FORMS if f.name == "publicity"))
    (band,) = Table(sheet(form), SHEET).bands()
    assert [texts(c) for c in band.cells] == ["本期无内容"]
    blank = Table(
        sheet(form, *(SheetLine(LineKind.ROW, {}, number=n) for n in range(1, 13)), blank=True), SHEET
    ).bands()
    assert len(blank) == 12
    assert all(b.height >= 10 * MM for b in blank)


def test_a_record_fills_one_page_and_long_words_go_on(plan: Plan) -> None:
    form = plan.form(next(f for f in FORMS if f.record))
    room = PageHeights(400, 460, 130)
    blank = paginate(record_bands(sheet(form, blank=True), SHEET, room), room)
    assert [p.tail for p in blank] == [True]
    filled = sheet(form, SheetLine(LineKind.ROW, {f.name: full(f, 40 if f.name == "note" else 1) for f in form.fields}))
    laid = paginate(record_bands(filled, SHEET, room), room)
    said = "".join(texts(b.cells[-1]) for p in laid for b in p.bands)
    assert said.endswith(WORDS * 40)
    assert all(p.height <= (room.first if p.head else room.again) + 0.01 for p in laid)


def lines_of(text: str, count: int, kind: LineKind = LineKind.ROW) -> Band:
    """A band whose second cell has so many lines."""
    long = Box(20, 80, tuple(BoxLine(f"{text}.{n} ", lead=12) for n in range(count)))
    return band_of(kind, [Box(0, 20, (BoxLine(text, lead=12),)), long])


SHAPES = st.lists(
    st.tuples(st.sampled_from(["row", "row", "row", "group"]), st.integers(1, 90)), min_size=1, max_size=40
)


def made(shapes: list[tuple[str, int]], closing: bool) -> list[Band]:
    """Rows, each under a group title of its own where its kind says so, and a total."""
    bands: list[Band] = []
    for n, (kind, count) in enumerate(shapes):
        bands += [lines_of(f"g{n}", 1, LineKind.GROUP)] if kind == "group" else []
        bands.append(lines_of(f"r{n}", count))
    return [*bands, *([lines_of("total", 1, LineKind.TOTAL)] if closing else [])]


def body(laid: list[PageLayout]) -> str:
    return "".join(
        i.text for p in laid for b in p.bands if b.kind != LineKind.GROUP for c in b.cells[1:] for i in c.items
    )


@given(SHAPES, st.integers(200, 420), st.integers(20, 180), st.booleans())
def test_pages_keep_all_lines_in_order_and_groups_with_their_rows(
    shapes: list[tuple[str, int]], first: int, tail: int, closing: bool
) -> None:
    bands, room = made(shapes, closing), PageHeights(first, first + 60, tail)
    laid = paginate(bands, room)
    assert body(laid) == body([PageLayout(bands)])
    for page in laid:
        assert page.height <= (room.first if page.head else room.again) + 0.01
        assert not page.bands or page.bands[-1].kind != LineKind.GROUP
        assert page.bands or page.tail
    assert [p.tail for p in laid] == [False] * (len(laid) - 1) + [True]
    assert room.of(laid[-1]) - laid[-1].height >= room.tail - 0.01
    titles = [b.cells[0].items[0].text for p in laid for b in p.bands if b.kind == LineKind.GROUP]
    assert [t for t in titles if "（续）" not in t] == [
        b.cells[0].items[0].text for b in bands if b.kind == LineKind.GROUP
    ]


@given(SHAPES, st.integers(200, 420))
def test_a_page_that_begins_inside_a_group_repeats_its_title(shapes: list[tuple[str, int]], first: int) -> None:
    group = ""
    for page in paginate(
        [lines_of("g", 1, LineKind.GROUP), *made(shapes, closing=False)], PageHeights(first, first + 60, 100)
    ):
        if page.bands and page.bands[0].kind == "row":
            assert page.head
        for band in page.bands:
            if band.kind == "group":
                title = band.cells[0].items[0].text
                assert "（续）" not in title or title == f"{group}（续）"
                group = title.removesuffix("（续）")
