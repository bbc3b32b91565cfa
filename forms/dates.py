"""Kinds of value that are days (日期) and months (年月)."""

import re
from datetime import date
from typing import Any, ClassVar

from forms.kind import Kind, Unreadable, Value, plain

DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")

UNDATED = ("持续推进", "全年", "长期坚持", "常年坚持", "常态化推进")  # due days in words: there is no 序时


def _after_year(text: str) -> list[str]:
    """A date on two lines, after its year."""
    year, sign, rest = text.partition("年")
    return [year + sign, rest] if rest else [text]


class Day(Kind):
    """A calendar day, kept as ISO text."""

    json: ClassVar[str] = "date"
    align: ClassVar[str] = "center"
    dated: ClassVar[str] = "day"
    set_as: ClassVar[str] = "figure"
    least: ClassVar[float] = 15.5
    widest: ClassVar[str] = "2000年12月31日"
    excel: ClassVar[str] = 'yyyy"年"m"月"d"日"'

    def parse(self, typed: str) -> Value:
        text = plain(typed)
        if not text:
            return None
        found = DATE.fullmatch(text) or re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
        try:
            return date(*map(int, found.groups())) if found else self._refuse(typed)
        except ValueError:
            return self._refuse(typed)

    def _refuse(self, typed: str) -> Value:
        raise Unreadable(f"“{typed.strip()}”不是日历上有的日子，请按“2024年3月5日”的样子填写")

    def show(self, value: Value) -> str:
        return "" if value is None else f"{value.year}年{value.month}月{value.day}日"

    def write(self, value: Value) -> str:
        return "" if value is None else value.isoformat()

    def cell(self, value: Value) -> Value:
        return value

    def sort_key(self, value: Value) -> Any:
        return value

    def broken(self, text: str) -> list[str]:
        return _after_year(text)


class DueDay(Day):
    """A calendar day, or words for what has no day: 持续推进, 全年. The value is a date, or the words."""

    json: ClassVar[str] = "string"

    def parse(self, typed: str) -> Value:
        text = plain(typed)
        return text if text in UNDATED else super().parse(typed)

    def _refuse(self, typed: str) -> Value:
        raise Unreadable(
            f"“{typed.strip()}”不是日历上有的日子，请按“2024年3月5日”的样子填写；"
            f"没有日子的，可以写：{'、'.join(UNDATED)}"
        )

    def show(self, value: Value) -> str:
        return value if isinstance(value, str) else super().show(value)

    def write(self, value: Value) -> str:
        return value if isinstance(value, str) else super().write(value)

    def sort_key(self, value: Value) -> Any:
        return date.max if isinstance(value, str) else value

    def broken(self, text: str) -> list[str]:
        return [text] if text in UNDATED else super().broken(text)


def day_of(value: Value) -> date | None:
    """The calendar day of a value of `DueDay`; None for words and for nothing."""
    return value if isinstance(value, date) else None


class Month(Kind):
    """A month, kept as ISO text such as 2024-03."""

    json: ClassVar[str] = "yearmonth"
    align: ClassVar[str] = "center"
    dated: ClassVar[str] = "month"
    set_as: ClassVar[str] = "figure"
    least: ClassVar[float] = 12.0

    def parse(self, typed: str) -> Value:
        text = plain(typed)
        if not text:
            return None
        found = MONTH.fullmatch(text)
        if not found or not 1 <= int(found[2]) <= 12:
            raise Unreadable(f"“{typed.strip()}”不是年月，请按“2024年3月”的样子填写")
        return f"{int(found[1]):04}-{int(found[2]):02}"

    def show(self, value: Value) -> str:
        return "" if value is None else f"{int(value[:4])}年{int(value[5:])}月"

    def sort_key(self, value: Value) -> Any:
        return value

    def broken(self, text: str) -> list[str]:
        return _after_year(text)
