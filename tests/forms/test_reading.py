"""Written forms of figures and days, and what they mean: a table. ✗ means refused, with a piece of the reason."""

from decimal import Decimal

import pytest

from forms.form import Field
from forms.kind import Day, Kind, Month, Number, Text, Unreadable, Whole

FIGURES = (
    """
万元 2000万 2000.00|万元 2000万元 2000.00|万元 1.2亿 12000.00|万元 1.2亿元 12000.00|万元 3,500.00元 0.35|万元 2000 2000.00
万元 ２０００．５ 2000.50|万元 2，000 2000.00|万元 1 860.50 1860.50|万元 ¥500万 500.00|万元 3千万 3000.00|万元 5百万 500.00
万元 0 0.00|万元 -12.5 -12.50|万元 +3 3.00|万元 .5 0.50|万元 ½ 0.50|万元 1½ 1.50|万元 200万元人民币 200.00
万元 — ∅|万元 —— ∅|万元 / ∅|万元 无 ∅|万元 约2000万 ✗不是确切的数|万元 2000左右 ✗不是确切的数|万元 两千 ✗只填数字
万元 2000美元 ✗看不懂|万元 85% ✗看不懂|万元 1.2.3 ✗只填数字|万元 12吨 ✗看不懂|万元 2000多万 ✗不是确切的数|万元 近百万 ✗不是确切的数
亿元 146.5 146.50|亿元 146.5亿 146.50|亿元 2000万元 0.20|元 3500元 3500.00|元 0.35万元 3500.00|元 3500 3500.00
% 85% 85.00|% 85％ 85.00|% ８５ 85.00|% 八成 80.00|% 八成五 85.00|% 八成半 85.00|% 百分之85 85.00|% 十成 100.00|% 66.5 66.50|% 85左右 ✗不是确切的数
户 1.2万户 12000|户 25,876户 25876|户 25876 25876|户 ３ 3|户 3家 ✗看不懂|户 2.5 ✗不是整数|户 3千 3000|户 约30 ✗不是确切的数
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

DAYS = (
    """
2024-03-05 2024-03-05|2024年3月5日 2024-03-05|2024.3.5 2024-03-05|2024/3/5 2024-03-05|20240305 2024-03-05|２０２４年３月５日 2024-03-05
2024 年 3 月 5 日 2024-03-05|2024-3-5 2024-03-05|2024年3月5日前 2024-03-05|3月5日 2024-03-05|3.5 2024-03-05|3/5 2024-03-05|12月31日 2024-12-31
3月底 2024-03-31|2024年2月底 2024-02-29|2023年2月末 2023-02-28|2025.3底 2025-03-31|年底 2024-12-31|2024年底 2024-12-31|2025年末 2025-12-31
一季度末 2024-03-31|2024年三季度末 2024-09-30|第四季度底 2024-12-31|45356 2024-03-05|2024-03-05T00:00:00 2024-03-05|— ∅|无 ∅
2024年3月 ✗没有说是哪一天|3月 ✗没有说是哪一天|一季度 ✗没有说是哪一天|3月上旬 ✗没有说是哪一天|2024年2月30日 ✗不是日历上有的日子|24.3.5 ✗四位年份|13月底 ✗1到12月
2024年13月1日 ✗不是日历上有的日子|尽快 ✗不是日历上有的日子|9999999 ✗不是日历上有的日子
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

MONTHS = (
    """
2024年3月 2024-03|2024.3 2024-03|2024-03 2024-03|202403 2024-03|2024/3 2024-03|3月 2024-03|3月份 2024-03|2024年3月底 2024-03
2024年3月5日 2024-03|２０２４．３ 2024-03|— ∅|2024年13月 ✗不是年月|春季 ✗不是年月
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


def check(kind: Kind, unit: str, typed: str, meant: str) -> None:
    field = Field("f", "栏", kind, unit=unit)
    if meant.startswith("✗"):
        with pytest.raises(Unreadable, match=meant[1:]):
            field.parse(typed, 2024)
        return
    value = field.parse(typed, 2024)
    assert kind.write(value) == meant.replace("∅", "")


@pytest.mark.parametrize("line", FIGURES)
def test_figures(line: str) -> None:
    unit, rest = line.split(" ", 1)
    typed, meant = rest.rsplit(" ", 1)
    check(Whole() if unit == "户" else Number(2), unit, typed, meant)


@pytest.mark.parametrize("line", DAYS)
def test_days(line: str) -> None:
    check(Day(), "", *line.rsplit(" ", 1))


@pytest.mark.parametrize("line", MONTHS)
def test_months(line: str) -> None:
    check(Month(), "", *line.rsplit(" ", 1))


@pytest.mark.parametrize("typed", ["2000万", "—", "3月底"])
def test_words_stay_words(typed: str) -> None:
    assert Field("f", "栏", Text()).parse(typed, 2024) == typed


@pytest.mark.parametrize("value", ["0.00", "-0.01", "123456789.99", "12000.00"])
def test_what_is_shown_is_read_back_as_it_was(value: str) -> None:
    field = Field("f", "栏", Number(2), unit="万元")
    assert field.parse(field.kind.show(Decimal(value)), 2024) == Decimal(value)
