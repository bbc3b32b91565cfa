"""What a person sees of a number under a format, in a table."""

from decimal import Decimal

import pytest

from exports.readback.number_format import shown


@pytest.mark.parametrize(
    ("number_format", "value", "figure", "scaled"),
    [
        ("General", "20000000", "20000000", False),
        ("0.00", "1.2", "1.20", False),
        ("#,##0", "20000000", "20000000", False),
        ("#,##0.00_ ", "1234.5", "1234.50", False),
        ("#,##0;-#,##0;", "-12", "-12", False),
        ('0!.0,"万元"', "20000000", "2000.0万元", True),
        ('0\\.0,"万元"', "20000000", "2000.0万元", True),
        ("0!.0000", "20000000", "2000.0000", True),
        ('0"."0000', "20000000", "2000.0000", True),
        ("0!.0,", "20000000", "2000.0", True),
        ("0.00,", "20000000", "20000.00", True),
        ("#,##0,,", "20000000", "20", True),
        ("0,.0", "20000000", "20000.0", True),
        ("0.00,,\n%", "20000000", "2000.00%", True),
        ('0.00"亿元"', "1.2", "1.20亿元", False),
        ('0.00"万元"', "2000", "2000.00万元", False),
        ("0.00亿元", "1.2", "1.20亿元", False),
        ('[>=10000]0!.0,"万";0', "20000000", "2000.0万", True),
        ('[>=10000]0!.0,"万";0', "800", "800", False),
        ("[红色][<0]-0;0.00", "3", "3.00", False),
        ("0.00%", "0.85", "85.00%", False),
        ("0%", "0.85", "85%", False),
    ],
)
def test_the_figure_that_is_seen(number_format: str, value: str, figure: str, scaled: bool) -> None:
    found = shown(number_format, Decimal(value))
    assert (found.figure(Decimal(value)), found.is_scaled) == (figure, scaled)


@pytest.mark.parametrize(
    ("number_format", "real", "literal"),
    [
        ("0%", True, False),
        ('0.00"%"', False, True),
        ("0.00\\%", False, True),
        ("0.00!%", False, True),
        ("0", False, False),
    ],
)
def test_a_percent_sign_is_excels_own_or_only_a_word(number_format: str, real: bool, literal: bool) -> None:
    found = shown(number_format)
    assert (found.percent, found.literal_percent) == (real, literal)


@pytest.mark.parametrize(
    ("number_format", "unit"),
    [('0.0"亿元"', "亿元"), ('0.0"万"', "万元"), ('0"元"', "元"), ('0"户"', ""), ("0.00", ""), ('0"千元"', "千元")],
)
def test_the_unit_that_the_words_name(number_format: str, unit: str) -> None:
    assert shown(number_format).unit == unit
