"""Line breaking: the rules of GB/T 15834 hold for every text and width, and nothing is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.pdf.fonts import SONG, widths
from exports.sheets.line_breaking import NO_END, NO_START, PLAIN, Widths, fit, spread, wrap

SIZE = 10
# the plan's way of writing: half-width commas inside Chinese sentences, quotes, dashes, figures with signs and units
PARAGRAPH = (
    "坚持“链主、链长、链生态”协同发展,围绕产业、企业、产业链、产业生态四个着力点,逐条产业链排出年度推进计划——"
    "规模工业增加值增长7%以上,固定资产投资完成146.5亿元,新增经营主体25876户,其中“个转企”200家以上（见附件1）。"
    "2024年10月31日前建成3 200㎡标准厂房,配合邵阳-怀化-东盟接续班列;按GB/T 15834排印……力争GDP达到1,234.56亿元。"
)
WHOLE = st.sampled_from(
    [
        "7%",
        "146.5",
        "1,234.56",
        "3 200",
        "2024-10-31",
        "85％",
        "12:30",
        "50㎡",
        "PM2.5",
        "GB/T",
        "1—10",
        "A4",
        "——",
        "……",
    ]
)
WORDS = WHOLE | st.sampled_from(["绥宁", "任务清单", "县", "楠竹产业", "①", "𬭊", " ", "　"])
CLOSING, OPENING = st.sampled_from(list("，。、；：！？”）》,.;%")), st.sampled_from(list("“（《〔[￥"))
PIECES = st.one_of(WORDS, WORDS, WORDS, st.builds("绥{}宁".format, CLOSING), st.builds("绥{}宁".format, OPENING))
TEXTS = st.lists(PIECES, max_size=40).map("".join)
COLUMNS = st.floats(min_value=80, max_value=300)


def squeezed(text: str) -> str:
    """The text without blanks: a break may swallow them."""
    return re.sub(r"\s", "", text)


@given(TEXTS, COLUMNS)
def test_no_line_starts_with_a_closing_mark_nor_ends_with_an_opening_one(text: str, column: float) -> None:
    lines = wrap(text, column, SIZE, PLAIN)
    assert [line for line in lines[1:] if line[:1] in NO_START and line[:1]] == []
    assert [line for line in lines[:-1] if line[-1:] in NO_END and line[-1:]] == []


@given(st.lists(WHOLE), COLUMNS)
def test_numbers_words_dashes_and_ellipses_are_not_split(parts: list[str], column: float) -> None:
    lines = iter(wrap("县".join(["绥宁", *parts]), column, SIZE, PLAIN))
    line = next(lines)
    for part in parts:
        while part not in line:  # in this line from where the last part ended, or whole in one of the next
            line = next(lines)
        line = line.partition(part)[2]


@given(TEXTS, COLUMNS)
def test_no_line_sticks_out_more_than_a_punctuation_mark_may(text: str, column: float) -> None:
    for line in wrap(text, column, SIZE, PLAIN):
        assert PLAIN.of(line) * SIZE / 1000 <= column + 0.42 * SIZE + 0.01


@given(st.text(), st.floats(min_value=0, max_value=100))
def test_any_text_in_any_column_keeps_every_character(text: str, column: float) -> None:
    lines = wrap(text, column, SIZE, PLAIN)
    assert squeezed("".join(lines)) == squeezed(text)


@pytest.mark.parametrize("column", range(60, 400, 7))
def test_the_plans_wording_keeps_the_rules_in_every_column(column: int) -> None:
    measure = widths(SONG)
    lines = wrap(PARAGRAPH, column, SIZE, measure)
    assert squeezed("".join(lines)) == squeezed(PARAGRAPH)
    assert [line for line in lines if line[0] in NO_START or line[-1] in NO_END] == []
    assert max(measure.of(line) for line in lines) <= column * 100 + 420
    whole = ["7%", "146.5", "25876", "10月", "31日", "3 200㎡", "15834", "1,234.56", "GDP", "——", "……"]
    assert [word for word in whole if not any(word in line for line in lines)] == []


@pytest.mark.parametrize(
    ("text", "squares", "lines"),
    [
        ("绥宁县人民政府", 7, ["绥宁县人民政府"]),
        ("绥宁县人民政府办", 7, ["绥宁县人民政府", "办"]),
        ("绥宁县，人民", 3.6, ["绥宁县，", "人民"]),  # the comma hangs
        ("绥宁县，人民", 3.5, ["绥宁", "县，人", "民"]),  # it would stand out half a square: too much
        ("绥宁县,人民", 3, ["绥宁", "县,人", "民"]),  # a half-width comma may not start a line either
        ("称为“八大行动”的", 3, ["称为", "“八大", "行动”", "的"]),
        ("增长7.25%以上", 4, ["增长", "7.25%以", "上"]),
        ("建成3 200㎡厂房", 5.5, ["建成3 200㎡", "厂房"]),
        ("他说——好", 3, ["他", "说——", "好"]),
        ("2024年10月31日前", 4, ["2024年", "10月31日", "前"]),
        ("牵头/配合单位", 3, ["牵", "头/配", "合单位"]),
        ("第一行\n\n第三行", 9, ["第一行", "", "第三行"]),
        ("甲\r\n乙\r丙", 9, ["甲", "乙", "丙"]),
        ("　　首行缩进", 4, ["　　首行", "缩进"]),
        ("one two  three", 4, ["one two", "three"]),
        ("https://example", 4, ["https://", "example"]),  # longer than the line: broken where it ends
        ("123456789012", 4, ["12345678", "9012"]),
        ("", 9, []),
    ],
)
def test_examples(text: str, squares: float, lines: list[str]) -> None:
    assert wrap(text, squares * SIZE, SIZE, PLAIN) == lines


def test_plain_counts_full_and_half_squares_and_nothing_for_unseen_characters() -> None:
    assert [PLAIN.of(text) for text in ("绥", "“", "·", "A1,", "㎡", "e\u0301", "\u200b")] == [
        1000,
        1000,
        1000,
        1500,
        1000,
        500,
        0,
    ]


def test_each_width_is_looked_up_once() -> None:
    asked: list[str] = []

    def width(char: str) -> int:
        asked.append(char)
        return 1000

    measure = Widths(width)
    assert (measure.of("绥宁绥宁"), measure.of("宁绥"), asked) == (4000, 2000, ["绥", "宁"])


def test_a_lonely_last_character_is_drawn_in_by_a_smaller_size() -> None:
    assert fit("县发展和改革局", 60, 10, PLAIN) == (10, ["县发展和改革", "局"])  # even 9 pt does not cure it
    assert fit("县发展和改革局", 64, 10, PLAIN) == (9, ["县发展和改革局"])
    assert fit("县发展和改革局", 64, 10, PLAIN, floor=9.5) == (10, ["县发展和改革", "局"])
    assert fit("县发展和改革局局长", 60, 10, PLAIN) == (10, ["县发展和改革", "局局长"])
    assert fit("", 60, 10, PLAIN) == (10, [])


def test_a_line_is_spread_to_the_margin_but_never_too_loose() -> None:
    assert spread("绥宁县人民", 52, 10, PLAIN) == pytest.approx(0.5)
    assert spread("绥宁县人民", 60, 10, PLAIN) == pytest.approx(0.85)  # the most that copied text stands
    assert spread("绥宁县人民", 70, 10, PLAIN) == 0  # the end of a paragraph
    assert spread("绥宁县人民，", 56, 10, PLAIN) == 0  # the mark hangs
    assert spread("县", 12, 10, PLAIN) == 0
