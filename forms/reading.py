"""Understanding office cells: 2000万, 1.2亿, 85％, 八成, 3月底, Excel's day numbers; one place for typing and pasting.

`understand` turns what people write into what a kind reads; what could mean two things is refused with a question.
"""

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal

from forms.kind import Day, Kind, Month, Number, Unreadable, plain

NOTHING = {"—", "——", "-", "–", "/", "无", "不涉及", "*", "···", "…"}
POWERS = {"亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2, "": 0}
MONEY = {"元": 0, "千元": 3, "万元": 4, "亿元": 8}  # units of money and their power of ten
TENTHS = {"一": 10, "二": 20, "两": 20, "三": 30, "四": 40, "五": 50, "六": 60, "七": 70, "八": 80, "九": 90, "十": 100}
FIGURE = re.compile(r"([+-]?\d+(?:\.\d+)?|[+-]?\.\d+)(亿|千万|百万|十万|万|千|百)?([^\d.]*)")
FRACTION = re.compile(r"(\d+)?\s*(\d+)[⁄/](\d+)")
VAGUE = re.compile(r"约|大概|左右|近|余|多|几|以上|以下|超过|不足|~|～")
SERIALS = range(36526, 73051)  # Excel's numbers of the days 2000-01-01 to 2099-12-31
QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


def understand(kind: Kind, typed: str, unit: str = "", year: int | None = None) -> str:
    """The text that `kind` reads for what was typed into a cell counted in `unit`; `year` completes days without
    one. Raises Unreadable where the text could mean several things.
    """
    text = plain(typed)
    if isinstance(kind, Number | Day | Month) and text in NOTHING:
        return ""
    if isinstance(kind, Number):
        return _number(text, typed.strip(), unit) if text else ""
    if isinstance(kind, Day):
        return _day(text, typed.strip(), year)
    if isinstance(kind, Month):
        return _month(text, year)
    return typed


## figures


def _number(text: str, typed: str, unit: str) -> str:
    bare = re.sub(r"[,\s]", "", text)
    if VAGUE.search(bare):
        raise Unreadable(f"“{typed}”不是确切的数，请填一个数字，大概的情况写进说明")
    if unit == "%":
        return _percent(bare)
    if fraction := FRACTION.fullmatch(text):
        whole, top, bottom = (int(p or 0) for p in fraction.groups())
        return str(whole + Decimal(top) / Decimal(bottom)) if bottom else text
    found = FIGURE.fullmatch(bare.removeprefix("¥").removeprefix("￥"))
    return _scaled(found, typed, unit) if found else text


def _percent(bare: str) -> str:
    """85%, 八成, 八成五."""
    if found := re.fullmatch(r"([一二两三四五六七八九十])成([一二三四五六七八九半]?)", bare):
        half = 5 if found[2] == "半" else TENTHS.get(found[2], 0) // 10
        return str(TENTHS[found[1]] + half)
    if found := re.fullmatch(r"百分之(\d+(?:\.\d+)?)", bare):
        return found[1]
    return bare.removesuffix("%")


def _scaled(found: re.Match[str], typed: str, unit: str) -> str:
    """A figure with 万 or 亿 and its unit, counted in the unit of the cell."""
    figure, power, said = Decimal(found[1]), POWERS[found[2] or ""], found[3]
    if unit in MONEY:
        if said not in ("", "元", "人民币", "元人民币"):
            raise Unreadable(f"“{typed}”里的“{said}”看不懂，这一栏按{unit}填数字")
        if not found[2] and not said:
            return f"{figure:f}"
        return f"{figure.scaleb(power - MONEY[unit]):f}"
    if said and said != unit and not (not unit and len(said) <= 2):
        raise Unreadable(f"“{typed}”里的“{said}”看不懂，这一栏" + (f"按{unit}填数字" if unit else "只填数字"))
    return f"{figure.scaleb(power):f}"


## days and months


def _day(text: str, typed: str, year: int | None) -> str:
    bare = re.sub(r"\s", "", text).removesuffix("前").removesuffix("止")
    bare = re.sub(r"(\d)00:00:00$|T00:00:00$", r"\1", bare)
    if re.fullmatch(r"\d{5}", bare) and int(bare) in SERIALS:
        return (date(1899, 12, 30) + timedelta(days=int(bare))).isoformat()
    if found := re.fullmatch(r"(\d{4})?年?(?:年底|底|末)", bare) if "月" not in bare and "季" not in bare else None:
        return _of_year(found[1], year, typed, "12-31")
    if found := re.fullmatch(r"(?:(\d{4})年?)?第?([一二三四1-4])季度(底|末)?", bare):
        return _month_end(found[1], QUARTERS[found[2]], found[3], year, typed)
    if found := re.fullmatch(r"(?:(\d{4})[年./-])?(\d{1,2})月?(底|末)", bare):
        return _month_end(found[1], int(found[2]), found[3], year, typed)
    if found := re.fullmatch(r"(?:(\d{4})年)?(上|中|下)旬|(?:(\d{4})[年./-])?(\d{1,2})月([上中下]旬)?", bare):
        raise Unreadable(f"“{typed}”没有说是哪一天，请写明日期，或写“{found[4] or 'x'}月底”")
    if (found := re.fullmatch(r"(\d{1,2})[月./-](\d{1,2})日?", bare)) and year:
        return f"{year}-{int(found[1]):02}-{int(found[2]):02}"
    if found := re.fullmatch(r"(\d{2})[./-](\d{1,2})[./-](\d{1,2})", bare):
        raise Unreadable(f"“{typed}”的年份不全，请写四位年份，例如 2024.3.5")
    return bare


def _of_year(said: str | None, year: int | None, typed: str, rest: str) -> str:
    if not said and not year:
        raise Unreadable(f"“{typed}”没有写年份，请写明是哪一年")
    return f"{said or year}-{rest}"


def _month_end(said: str | None, month: int, end: str | None, year: int | None, typed: str) -> str:
    if not 1 <= month <= 12:
        raise Unreadable(f"“{typed}”里的月份不对，请填1到12月")
    if not end:
        raise Unreadable(f"“{typed}”没有说是哪一天，请写“{typed}末”或写明日期")
    which = int(said or year or 0)
    if not which:
        raise Unreadable(f"“{typed}”没有写年份，请写明是哪一年")
    return f"{which}-{month:02}-{calendar.monthrange(which, month)[1]:02}"


def _month(text: str, year: int | None) -> str:
    bare = re.sub(r"\s", "", text).removesuffix("份").removesuffix("底").removesuffix("末")
    if found := re.fullmatch(r"(\d{4})(\d{2})", bare):
        return f"{found[1]}-{found[2]}"
    if (found := re.fullmatch(r"(\d{1,2})月", bare)) and year:
        return f"{year}-{found[1]}"
    if found := re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月]\d{1,2}日?", bare):
        return f"{found[1]}-{found[2]}"
    return bare
