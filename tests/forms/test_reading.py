"""Written forms of figures, days, choices and words, and what they mean: readings.csv, and properties of all kinds.

In the table {n} is a line feed and {a0} the character of that code; a meaning is the value as it is kept, or ? with a
piece of the question that is asked instead.
"""

import csv
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import FORMS
from forms.choices import Choice, Several, choice
from forms.dates import Day, Month
from forms.evidence import Files
from forms.field import Field
from forms.kind import Integer, Kind, Number, Option, Text, Unreadable
from forms.numerals import chinese
from forms.typed_text import DITTO, understand
from models.plan.reader import read_built_in

PLAN = read_built_in()
KINDS: dict[str, Kind] = {
    "money": Number(2),
    "percent": Number(1),
    "figure": Number(4, fixed=False),
    "count": Integer(),
    "day": Day(),
    "month": Month(),
    "yesno": choice(yes="是", no="否"),
    "other": choice(road="道路", other="其他"),
    "status": Choice(PLAN.options("status")),
    "text": Text(),
    "long": Text(long=True),
}
with (Path(__file__).parent / "readings.csv").open(encoding="utf-8", newline="") as table:
    READINGS = list(csv.DictReader(table))


def real(text: str) -> str:
    """The text with {a0} and the like as characters."""
    named = {"n": "\n", "r": "\r"}
    return re.sub(r"\{(\w+)\}", lambda m: named.get(m[1]) or chr(int(m[1], 16)), text)


def test_the_table_is_long_and_speaks_of_every_kind() -> None:
    assert len(READINGS) >= 300
    assert set(Counter(r["kind"] for r in READINGS)) == set(KINDS)


@pytest.mark.parametrize("line", READINGS, ids=lambda r: f"{r['kind']} {r['unit']} {r['typed']}")
def test_every_written_form_means_what_the_table_says(line: dict[str, str]) -> None:
    field = Field("f", "栏", KINDS[line["kind"]], unit=line["unit"])
    typed, meaning, year = real(line["typed"]), real(line["meaning"]), int(line["year"]) if line["year"] else None
    if meaning.startswith("?"):
        with pytest.raises(Unreadable, match=re.escape(meaning[1:])):
            field.parse(typed, year)
    else:
        assert field.kind.write(field.parse(typed, year)) == meaning


FIELDS = [f for form in FORMS for f in PLAN.form(form).fields if f.editable and not isinstance(f.kind, Files)]
UNITS = ["", "万元", "亿元", "元", "%", "户", "万吨", "百分点", "万千瓦时"]


def values(kind: Kind) -> st.SearchStrategy:
    """Any value of a kind."""
    if isinstance(kind, Number):
        low = int((Decimal(-(10**9)) if kind.low is None else kind.low).scaleb(kind.places))
        high = int((Decimal(10**9) if kind.high is None else kind.high).scaleb(kind.places))
        return st.integers(low, high).map(kind.load)
    if isinstance(kind, Day):
        return st.dates(min_value=Day().parse("1949-01-01"), max_value=Day().parse("2099-12-31"))
    if isinstance(kind, Month):
        return st.tuples(st.integers(1949, 2099), st.integers(1, 12)).map(lambda m: f"{m[0]}-{m[1]:02}")
    if isinstance(kind, Choice):
        ids = st.sampled_from([o.id for o in kind.options])
        return st.lists(ids, min_size=1, unique=True).map(tuple) if isinstance(kind, Several) else ids
    return st.text(max_size=40).map(lambda t: read_or_none(kind, t))


def read_or_none(kind: Kind, typed: str) -> object:
    """What typed text becomes; None where it cannot be read."""
    try:
        return Field("f", "栏", kind).parse(typed, 2024)
    except Unreadable:
        return None


@pytest.mark.parametrize("field", FIELDS, ids=lambda f: f.label)
def test_what_a_form_shows_is_read_back_as_it_was(field: Field) -> None:
    @given(values(field.kind))
    def shown_and_read(value: object) -> None:
        assert field.parse(field.kind.show(value), 2024) == value
        assert field.parse(field.kind.write(value), 2024) == value

    shown_and_read()


@given(st.integers(-(10**11), 10**11), st.sampled_from(UNITS), st.integers(0, 4), st.booleans())
def test_figures_are_read_back_in_every_unit(stored: int, unit: str, places: int, fixed: bool) -> None:
    kind = Number(places, fixed=fixed)
    field, value = Field("f", "栏", kind, unit=unit), kind.load(stored)
    assert field.parse(kind.show(value)) == value
    assert field.parse(kind.show(value) + unit) == value  # a trailing unit says what the column says


WRITTEN = st.one_of(
    st.sampled_from([real(r["typed"]) for r in READINGS]),
    st.text(
        alphabet="0123456789.,，。%％万亿千百十元个成分之点一二三四五六七八九两零年月日底末初上中下旬季度前至-—/ 约是否√×E+",
        max_size=12,
    ),
    st.text(max_size=12),
)


@given(WRITTEN, st.sampled_from(list(KINDS.values())), st.sampled_from(UNITS), st.sampled_from([None, 2024]))
def test_what_was_understood_is_understood_again_and_nothing_but_a_question_is_raised(
    typed: str, kind: Kind, unit: str, year: int | None
) -> None:
    try:
        once = understand(kind, typed, unit, year)
        value = kind.parse(once)
    except Unreadable:  # the only exception that may come
        return
    assert understand(kind, once, unit, year) == once
    assert kind.parse(understand(kind, kind.show(value), unit, year)) == value


@given(st.integers(0, 10**12 - 1))
def test_chinese_numerals_of_every_figure_are_read(number: int) -> None:
    assert chinese(in_chinese(number)) == number


def in_chinese(number: int) -> str:
    """A figure as a bill writes it: 100020 is 十万零二十."""
    names, out, gap = "零一二三四五六七八九", "", False
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit != "0":
            out += ("零" if gap and out else "") + names[int(digit)] + ["", "十", "百", "千"][place % 4]
        gap = digit == "0"
        if place in (4, 8) and (number // 10**place) % 10**4:
            out, gap = out + "万亿"[place // 4 - 1], False
    return out or "零"


@pytest.mark.parametrize("typed", sorted(DITTO))
@pytest.mark.parametrize("kind", [Number(2), Day(), Month()])
def test_as_above_alone_is_asked(kind: Kind, typed: str) -> None:
    with pytest.raises(Unreadable, match="看不到上面"):
        Field("f", "栏", kind).parse(typed, 2024)


def test_a_choice_whose_option_looks_like_a_sign_keeps_it() -> None:
    kind = Choice((Option("none", "无"), Option("some", "有")))
    assert Field("f", "栏", kind).parse("无") == "none"
