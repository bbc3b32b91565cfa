"""Figures as people write them in office cells: 2000万, 1,234.5万元, 85％, 八成, 三分之一, 壹佰万元整, 3.5E+3."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NoReturn

from forms.kind import Ambiguous, Unreadable
from forms.numerals import ANY, chinese

POWERS = {"万亿": 12, "亿": 8, "千万": 7, "百万": 6, "十万": 5, "万": 4, "千": 3, "百": 2, "": 0}
SCALE = "|".join(p for p in POWERS if p).replace("|千|百", "|[千百](?!分)")  # 百分点 is no hundred
FIGURE = r"\d+(?:\.\d*)?|\.\d+"
SCIENTIFIC = re.compile(r"[+-]?\d(?:\.\d+)?E[+-]?\d{1,2}", re.ASCII | re.IGNORECASE)
PART = re.compile(rf"({FIGURE})(?:个?({SCALE}))?", re.ASCII)
SIGNED = re.compile(rf"([+-]?)((?:(?:{FIGURE})(?:个?(?:{SCALE}))?)+)(.*)", re.ASCII)
GROUPED = re.compile(r"\d{1,3}([, ]\d{3})+", re.ASCII)
VULGAR = re.compile(r"(\d+)? ?(\d+)⁄(\d+)", re.ASCII)  # what ½ and 1½ become
SHARE = re.compile(rf"([{ANY}\d.]+)分之([{ANY}\d.]+)", re.ASCII)
TENTH = re.compile(rf"([{ANY}]|\d+(?:\.\d+)?)成([一二三四五六七八九半]?)", re.ASCII)
FORMAL = re.compile(rf"([{ANY}]+)[元圆](?:零?([{ANY}])角)?(?:零?([{ANY}])分)?[整正]?")
ROUGH = re.compile(
    r"约|大概|大约|左右|上下|近|余|多|几|以上|以下|超|不足|不到|不低于|不少于|至少|最多|预计|估|突破|过半|[~±<>≥≤]|\d\+$"
)
RANGE = re.compile(r"\d[万亿千百元%]*[-—–~至到]+\d", re.ASCII)
DATE = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}|.*\d[年月].*", re.ASCII)
LONGEST = 25  # figures; more could not be reckoned exactly
FAULT = re.compile(r"#(DIV/0!|N/A|REF!|VALUE!|NAME\?|NUM!|NULL!)|#{3,}|=.+")
SYNONYMS = {
    "圆": "元",
    "块": "元",
    "块钱": "元",
    "元人民币": "元",
    "元(人民币)": "元",
    "人民币": "元",
    "个百分点": "百分点",
}


def figure(text: str, typed: str, unit: str) -> str:
    """The plain figure, counted in `unit`, that `text` (half-width already) means. Raises Unreadable."""
    if FAULT.fullmatch(text):
        _ask(typed, "是表格公式的出错标记或公式，请回原表改好，再填数字")
    if sum(c.isdigit() for c in text) > LONGEST:
        _ask(typed, "太长，请核对")
    if vulgar := VULGAR.fullmatch(text):
        return _vulgar(vulgar, typed, unit)
    bare = _bare(text, typed)
    if RANGE.search(bare) and not SCIENTIFIC.fullmatch(bare):
        _which_one(typed, "不是数字，像一个范围或日期，请填一个确切的数")
    if ROUGH.search(bare):
        _which_one(typed, "不是确切的数，请填一个数字，大概的情况写进说明")
    if SCIENTIFIC.fullmatch(bare):
        return f"{Decimal(bare):f}"
    if unit == "%":
        return _percent(bare, typed)
    if share := SHARE.fullmatch(bare):
        return _share(share, typed, 1)
    return _scaled(bare, typed, unit)


def _ask(typed: str, why: str) -> NoReturn:
    raise Unreadable(f"“{typed}”{why}")


def _which_one(typed: str, why: str) -> NoReturn:
    raise Ambiguous(f"“{typed}”{why}")


def _bare(text: str, typed: str) -> str:
    """The text without blanks, thousands separators and marks of currency. Raises Ambiguous for a misplaced
    separator.
    """
    text = text.removeprefix("'").replace("−", "-").rstrip("。;；").strip()
    text = re.sub(r"(?<=\d)。(?=\d)", ".", text)  # typed with the Chinese keyboard
    text = re.sub(r"^(人民币|RMB|CNY|[¥￥])\s*", "", text, flags=re.IGNORECASE)
    text = re.sub(r"^负(?=\S)", "-", text)
    text = re.sub(r"(?<!\d)\s+|\s+(?!\d)", "", text)
    for run in re.findall(r"\d[\d, ]*[, ][\d, ]*", text):
        if not GROUPED.fullmatch(run):
            _which_one(typed, "里的逗号或空格不在千分位上，不知道是哪个数，请只填数字，例如 1234.5")
    return re.sub(r"[, ]", "", text)


def _vulgar(found: re.Match[str], typed: str, unit: str) -> str:
    if unit == "%":
        _which_one(typed, "不知道是百分之几，请填百分数，例如 50")
    whole, top, bottom = (int(p or 0) for p in found.groups())
    if not bottom:
        _ask(typed, "不是数字，请只填数字，例如 12.5")
    return f"{_divided(Decimal(top), Decimal(bottom), typed) + whole:f}"


def _divided(top: Decimal, bottom: Decimal, typed: str) -> Decimal:
    found = top / bottom
    if found * bottom != top or len(found.as_tuple().digits) > 20:
        _ask(typed, "除不尽，请自己定好保留几位，只填数字")
    return found


def _number(text: str) -> Decimal | None:
    """A bare figure in digits or in Chinese."""
    return Decimal(text) if re.fullmatch(FIGURE, text, re.ASCII) else chinese(text)


def _share(found: re.Match[str], typed: str, of: int) -> str:
    """百分之八十, 三分之一."""
    bottom, top = _number("一百" if found[1] == "百" else "一千" if found[1] == "千" else found[1]), _number(found[2])
    if bottom is None or top is None or not bottom:
        _ask(typed, "看不懂，请只填数字，例如 12.5")
    return f"{_divided(top * of, bottom, typed):f}"


def _percent(bare: str, typed: str) -> str:
    """85%, 850‰, 八成, 八成五, 8.5成, 百分之八十五, 一半."""
    if bare in ("一半", "百分百", "百分之百"):
        return "50" if bare == "一半" else "100"
    if found := TENTH.fullmatch(bare):
        tenths = _number(found[1])
        rest = 5 if found[2] == "半" else int(chinese(found[2]) or 0) if found[2] else 0
        if tenths is not None and not (found[2] and "." in found[1]):
            return f"{(tenths * 10 + rest).normalize():f}"
    if share := SHARE.fullmatch(bare):
        return _share(share, typed, 100)
    sign, rest_of = (bare[0], bare[1:]) if bare[:1] in ("+", "-") else ("", bare)
    number = _number(rest_of.removesuffix("%").removesuffix("‰"))
    if number is None:
        _ask(typed, "看不懂，这一栏按%只填数字，例如 85；下降的填负数")
    number = number / 10 if rest_of.endswith("‰") else number
    return f"{-number if sign == '-' else number:f}"


def _parts(unit: str) -> tuple[int, str]:
    """The power of ten and the base of a unit: 万元 is 4 and 元, 万千瓦时 is 7 and 瓦时."""
    scale = re.match(SCALE, unit)
    if not scale or scale[0] == unit:
        return 0, unit
    power, base = _parts(unit[scale.end() :])
    return power + POWERS[scale[0]], base


def _scaled(bare: str, typed: str, unit: str) -> str:
    """A figure with 万 or 亿 and its unit, counted in the unit of the cell."""
    wanted, base = _parts(unit)
    number, scaled, said = _read(bare, typed)
    said = said.removesuffix("整").removesuffix("正") if said.startswith(("元", "圆")) else said
    more, said_base = _parts(SYNONYMS.get(said, said))
    way_out = f"这一栏按{unit}填数字" if unit else "这一栏只填数字"
    if said and (not base or said_base != base):
        _ask(typed, f"像一个日期，{way_out}" if DATE.fullmatch(bare) else f"里的“{said}”看不懂，{way_out}")
    if not said and scaled and wanted and scaled < wanted:
        _which_one(typed, f"没有说是{base}还是{unit}，请写全单位，或按{unit}只填数字")
    return f"{number.scaleb(more - wanted) if said or scaled else number:f}"


def _read(bare: str, typed: str) -> tuple[Decimal, int, str]:
    """The number that is written, the power of ten of its last 万 or 亿 (0 for none), and the unit behind it."""
    if found := FORMAL.fullmatch(bare.removeprefix("-")):
        whole, dimes, cents = (chinese(part) if part else Decimal(0) for part in found.groups())
        if whole is not None and dimes is not None and cents is not None:
            number = whole + dimes / 10 + cents / 100
            return (-number if bare.startswith("-") else number), 0, "元"
    if signed := SIGNED.fullmatch(bare):
        number, power = _summed(signed[2], signed[3], typed)
        return (-number if signed[1] == "-" else number), power, signed[3]
    if found := re.fullmatch(rf"(-?)([{ANY}]+)(.*)", bare):
        whole = chinese(found[2])
        if whole is not None:
            power = next((POWERS[p] for p in ("亿", "万", "千", "百") if p in found[2]), 0)
            return (-whole if found[1] else whole), power, found[3]
        _which_one(typed, "可能是两个数，请只填数字，例如 12.5")
    if DATE.fullmatch(bare):
        _ask(typed, "像一个日期，这一栏只填数字")
    _ask(typed, "不是数字，请只填数字，例如 12.5")


def _summed(text: str, said: str, typed: str) -> tuple[Decimal, int]:
    """The sum of parts such as 1亿2000万, from great to small, and its scale. Raises Ambiguous for 3万5, which could be
    two figures.
    """
    parts = list(_scales(text))
    powers = [p for _, p in parts]
    whole = all(n == n.to_integral_value() for n, _ in parts[:-1])
    if powers != sorted(set(powers), reverse=True) or not whole or (len(parts) > 1 and not powers[-1] and not said):
        _which_one(typed, "可能是两个数，请只填数字，例如 12.5")
    return sum((n.scaleb(p) for n, p in parts), Decimal(0)), powers[-1]


def _scales(text: str) -> Iterator[tuple[Decimal, int]]:
    for found in PART.finditer(text):
        yield Decimal(found[1]), POWERS[found[2] or ""]
