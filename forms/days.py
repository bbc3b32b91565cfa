"""Days and months as people write them in office cells: 2024.3.5, 3月底, 第三季度末, 年底, Excel's day numbers."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple, NoReturn

from forms.kind import Ambiguous, Unreadable
from forms.numerals import DIGITS, chinese, digits

YEARS = range(1949, 2100)
SERIALS = range(18264, 73051)  # Excel's numbers of the days 1950-01-01 to 2099-12-31
QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
HALVES = {"上": 6, "下": 12}
WEEK = "一二三四五六日"
ENGLISH = {
    m: n for n, m in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
NUMERAL = "".join(DIGITS) + "十"
Y, END = r"(?:(\d{4})[年./-]?)?", "(底|末|尾|终)"
EXAMPLE = "请按“2024年3月5日”的样子填写"
WHICH_DAY = "没有说是哪一天，请写明日期，例如“2024年3月5日”或“3月底”"
WHICH_MONTH = "没有说是哪个月，请写明年月，例如“2024年3月”"
FOUR = "的年份不全，请写四位年份，例如 2024.3.5"

RELATIVE = re.compile(
    r".*([去前明次来后]年|上年|[上下本这]个?月|[上下本这]个?(周|星期)|[今昨明][天日]|[上下本]个?季).*|每.*"
)
SPAN = re.compile(
    r".*[~至到—–].*|.*[年月日底末]-\d.*|\d{4}[./]\d{1,2}([./]\d{1,2})?-\d.*|\d{1,2}[./]\d{1,2}-\d.*|\d{1,2}-\d{1,2}(月|日)?",
    re.ASCII,
)
FULL = re.compile(r"(\d{4})([-./年])(\d{1,2})[-./月](\d{1,2})日?|(\d{4})(\d\d)(\d\d)", re.ASCII)

HALF_YEAR = re.compile(
    r"\d\d年(\d{1,2}(月(\d{1,2}日?|[底末])?)?|[底末])?|\d\d([./-])\d{1,2}\4\d{1,2}|(1[3-9]|[2-9]\d)[./-]\d{1,2}"
    r"|(?!19|20)\d{6}|[A-Za-z]{3}-\d\d|\d{1,2}-[A-Za-z]{3}-\d\d",
    re.ASCII,
)


class Parts(NamedTuple):
    """The date parts found in a text; `day` is None where it names only a month, `month` where only a year."""

    year: int
    month: int | None
    day: int | None


def day(text: str, typed: str, year: int | None) -> str:
    """The ISO day that `text` (half-width already) means. Raises Unreadable with a question where a part is missing."""
    found = _parts(text, typed, year)
    if found is None:
        _ask(typed, f"不是日历上有的日子，{EXAMPLE}")
    if found.month is None or found.day is None:
        _which_one(typed, WHICH_DAY)
    return date(found.year, found.month, found.day).isoformat()


def month(text: str, typed: str, year: int | None) -> str:
    """The month, as 2024-03; raises Unreadable."""
    try:
        found = _parts(text, typed, year)
    except Unreadable as why:
        raise type(why)(_of_a_month(str(why), f"“{typed}”")) from None
    if found is None:
        _ask(typed, "不是年月，请按“2024年3月”的样子填写")
    if found.month is None or re.fullmatch(r"\d{1,2}[./]\d{1,2}", text):
        _which_one(typed, WHICH_MONTH)
    return f"{found.year}-{found.month:02}"


def _of_a_month(why: str, typed: str) -> str:
    """The message about a day, reworded for a column that wants a year and a month."""
    words = (
        why.removeprefix(typed).replace("一个日期", "一个年月").replace("写明日期", "写明年月").replace("或“3月底”", "")
    )
    for example in ("2024年3月5日", "2024.3.5", "2024年12月31日"):
        words = words.replace(example, example.replace(".", "年", 1).split(".")[0].split("月")[0] + "月")
    return typed + words


def _ask(typed: str, why: str) -> NoReturn:
    raise Unreadable(f"“{typed}”{why}")


def _which_one(typed: str, why: str) -> NoReturn:
    raise Ambiguous(f"“{typed}”{why}")


def _bare(text: str) -> str:
    """The text with digits for Chinese numerals, without blanks, time of day, and words such as 前."""
    text = re.sub(r"(?<=\d)[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?$", "", text, flags=re.ASCII)
    bare = re.sub(r"\s", "", text).strip("'。.,;")
    bare = re.sub(rf"([{''.join(DIGITS)}]{{4}})年", lambda m: digits(m[1]) + "年", bare)
    bare = re.sub(rf"([{NUMERAL}]+)([月日号])", lambda m: f"{chinese(m[1]) or m[1]}{m[2]}", bare)
    bare = re.sub(r"(?<=\d)。(?=\d)", ".", bare).replace("号", "日")
    bare = re.sub(r"^(截至|截止|截止到|于)(?=\d)", "", bare)
    return re.sub(r"(之前|以前|前|止|为止|起)?(完成|办结|完工|竣工|开工)?$", "", bare)


def _parts(text: str, typed: str, year: int | None) -> Parts | None:
    bare = _bare(text)
    if weekday := re.fullmatch(r"(.+?)\(?(?:星期|周|礼拜)([一二三四五六日天])\)?", bare):
        return _on(weekday, typed, year)
    if full := FULL.fullmatch(bare):
        return _full(full, typed)
    if SPAN.fullmatch(bare):
        _which_one(typed, "是一段时间，或者分不清，请只填一个日期，例如“2024年3月5日”")
    if RELATIVE.fullmatch(bare):
        _which_one(typed, "没有写明是哪一年哪一月，请写明，例如“2024年12月31日”")
    _check_complete(bare, typed)
    return _serial(bare) or _end(bare, typed, year) or _named(bare, typed, year) or _english(bare, typed, year)


def _on(found: re.Match[str], typed: str, year: int | None) -> Parts:
    """A day with its weekday, which must be the right one."""
    parts = _parts(found[1], typed, year)
    year_of, month_of, day_of = parts or (0, 0, 0)
    if not month_of or not day_of or WEEK[date(year_of, month_of, day_of).weekday()] != found[2].replace("天", "日"):
        _which_one(typed, "里的日期和星期对不上，请核对")
    return Parts(year_of, month_of, day_of)


def _full(found: re.Match[str], typed: str) -> Parts:
    y, m, d = (int(g) for g in (found.group(1, 3, 4) if found[1] else found.group(5, 6, 7)))
    return _real(y, m, d, typed)


def _real(y: int, m: int, d: int, typed: str) -> Parts:
    if not 1 <= m <= 12 or not 1 <= d <= calendar.monthrange(_year(y, typed), m)[1]:
        _ask(typed, f"不是日历上有的日子，{EXAMPLE}")
    return Parts(y, m, d)


def _year(y: int, typed: str) -> int:
    if y not in YEARS:
        _ask(typed, "的年份不对，请核对")
    return y


def _which(said: str | None, year: int | None, typed: str) -> int:
    if not said and not year:
        _which_one(typed, "没有写年份，请写明是哪一年")
    return _year(int(said or year or 0), typed)


def _serial(bare: str) -> Parts | None:
    """45356 is how Excel keeps 2024-03-05; the part behind the point is the time of day."""
    found = re.fullmatch(r"(\d{5})(\.\d+)?", bare, re.ASCII)
    if not found or int(found[1]) not in SERIALS:
        return None
    when = date(1899, 12, 30) + timedelta(days=int(found[1]))
    return Parts(when.year, when.month, when.day)


def _end(bare: str, typed: str, year: int | None) -> Parts | None:
    """The last day of a year, half, quarter or month; without 底 the day stays open, but a single month is named."""
    for pattern, months in (
        (rf"(?:(\d{{4}})年{{0,2}}|[今本当全]?年)(?:(?P<of>){END})", None),
        (rf"(?:(\d{{4}})年|[今本当]年)?(?P<of>[上下])半年{END}?", HALVES),
        (rf"{Y}第?(?P<of>[一二三四1-4])季度?{END}?", QUARTERS),
        (rf"{Y}Q(?P<of>[1-4]){END}?", QUARTERS),
    ):
        if found := re.fullmatch(pattern, bare, re.ASCII | re.IGNORECASE):
            if not found[found.re.groups]:
                _which_one(typed, f"没有说是哪一天，请写“{typed}末”或写明日期")
            return _last(_which(found[1], year, typed), months[found["of"]] if months else 12)
    if found := re.fullmatch(rf"{Y}(\d{{1,2}})月?份?{END}", bare, re.ASCII):
        if not 1 <= int(found[2]) <= 12:
            _ask(typed, "里的月份不对，请填1到12月")
        return _last(_which(found[1], year, typed), int(found[2]))
    return None


def _last(y: int, m: int) -> Parts:
    return Parts(y, m, calendar.monthrange(y, m)[1])


def _named(bare: str, typed: str, year: int | None) -> Parts | None:
    """A month (with 上旬 and the like), a year, or a day of the plan's year."""
    found = re.fullmatch(r"(?:(\d{4})年)?(\d{1,2})(月|[./])(\d{1,2})日?", bare, re.ASCII)
    if found and (found[3] == "月" or int(found[2]) <= 12):
        return _real(_which(found[1], year, typed), int(found[2]), int(found[4]), typed)
    month_only = (
        r"(?:(\d{4})[年./-])?(\d{1,2})月份?(?:[上中下]旬|初|中|中旬)?|(\d{4})[年./-](\d{1,2})|((?:19|20)\d\d)(\d\d)"
    )
    if found := re.fullmatch(month_only, bare, re.ASCII):
        said, m = found[1] or found[3] or found[5], int(found[2] or found[4] or found[6])
        if not 1 <= m <= 12:
            _ask(typed, "里的月份不对，请填1到12月")
        return Parts(_which(said, year, typed), m, None)
    if found := re.fullmatch(r"(?:(\d{4})年?|[今本当全]?年)[初中]?", bare, re.ASCII):
        return Parts(_which(found[1], year, typed), None, None)
    return None


def _english(bare: str, typed: str, year: int | None) -> Parts | None:
    """5-Mar and 5-Mar-2024, which Excel makes of 3-5."""
    found = re.fullmatch(r"(\d{1,2})-([A-Za-z]{3})(?:-(\d{4}))?", bare, re.ASCII)
    if not found or found[2].lower() not in ENGLISH:
        return None
    return _real(_which(found[3], year, typed), ENGLISH[found[2].lower()], int(found[1]), typed)


def _check_complete(bare: str, typed: str) -> None:
    """Ask about years of two figures, days before months, and months that are not named."""
    if HALF_YEAR.fullmatch(bare):
        _which_one(typed, FOUR)
    if re.fullmatch(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}", bare, re.ASCII):
        _which_one(typed, "分不清哪个是月哪个是日，请按 2024.3.5 的样子填写")
    if re.fullmatch(r"(月|季|季度)[底末初中]|[上中下]旬|\d{1,2}日?", bare, re.ASCII):
        _which_one(typed, "没有说是哪个月，请写明日期，例如“2024年3月5日”")
