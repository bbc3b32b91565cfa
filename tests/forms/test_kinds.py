"""Each kind reads what people type, shows it, and keeps it without loss."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.choices import Choice, Several
from forms.dates import Day, Month
from forms.evidence import Attachment, Files
from forms.kind import Integer, Kind, Number, Option, Text, Unreadable

COLOURS = (Option("r", "红色", "红"), Option("b", "蓝色", "蓝", mark="done"))


@pytest.mark.parametrize(
    ("kind", "typed", "value", "shown"),
    [
        (Text(), "  两  个字 ", "两 个字", "两 个字"),
        (Text(long=True), "第一行 \n第二行\n", "第一行\n第二行", "第一行\n第二行"),
        (Number(2), "1,860.5", Decimal("1860.50"), "1,860.50"),
        (Number(2), "１２．５", Decimal("12.50"), "12.50"),
        (Number(1, fixed=False), "85%", Decimal("85.0"), "85"),
        (Number(4, fixed=False), "146.5", Decimal("146.5000"), "146.5"),
        (Integer(), "25,876", 25876, "25,876"),
        (Day(), "2024年3月5日", date(2024, 3, 5), "2024年3月5日"),
        (Day(), "2024.3.5", date(2024, 3, 5), "2024年3月5日"),
        (Day(), "20240305", date(2024, 3, 5), "2024年3月5日"),
        (Month(), "2024年3月", "2024-03", "2024年3月"),
        (Choice(COLOURS), "蓝", "b", "蓝色"),
        (Several(COLOURS), "红色、蓝", ("r", "b"), "红、蓝"),
        (Files(), "照片、纪要", (Attachment("照片"), Attachment("纪要")), "照片、纪要"),
    ],
)
def test_typed_is_read_and_shown(kind: Kind, typed: str, value: object, shown: str) -> None:
    assert kind.parse(typed) == value
    assert kind.show(value) == shown
    assert kind.read(kind.write(value)) == value
    assert kind.load(kind.store(value)) == value


@pytest.mark.parametrize(
    ("kind", "typed", "way_out"),
    [
        (Number(2), "两千", "只填数字"),
        (Number(2), "1.234", "四舍五入"),
        (Number(1, high=Decimal(100)), "120", "不大于100"),
        (Number(1, low=Decimal(0)), "-1", "不小于0"),
        (Number(2), "1e30", "计量单位"),
        (Number(2), "NaN", "只填数字"),
        (Integer(), "2.5", "不是整数"),
        (Day(), "2024年2月30日", "2024年3月5日"),
        (Month(), "2024年13月", "2024年3月"),
        (Choice(COLOURS), "绿色", "红、蓝"),
        (Text(limit=5), "六个字的文字", "5字以内"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(kind: Kind, typed: str, way_out: str) -> None:
    with pytest.raises(Unreadable, match=way_out):
        kind.parse(typed)


@pytest.mark.parametrize(
    "kind", [Text(), Number(), Integer(), Day(), Month(), Choice(COLOURS), Several(COLOURS), Files()]
)
def test_nothing_typed_is_no_value(kind: Kind) -> None:
    assert kind.parse("  ") is None
    assert kind.show(None) == kind.write(None) == ""
    assert kind.store(None) is None
    assert kind.read("") is None


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_money_is_kept_to_the_cent(value: Decimal) -> None:
    kind = Number(2)
    assert kind.load(kind.store(value)) == value
    assert kind.parse(kind.show(value)) == value


def test_a_choice_carries_its_mark() -> None:
    assert [Choice(COLOURS).mark(v) for v in ("r", "b", None)] == ["", "done", ""]
