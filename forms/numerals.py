"""Figures written in Chinese: 三千五百, 一百零二万, 三点五, 壹佰万, and year-like 二〇二四."""

import re
from decimal import Decimal

DIGITS = {
    c: n
    for n, row in enumerate(("〇零○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in row
}
FORMAL = str.maketrans("拾佰仟萬億圆點", "十百千万亿元点")
DIGIT = f"[{''.join(c for c in DIGITS if DIGITS[c])}]"
ZERO = "[〇零○]"
SECTION = re.compile(f"{ZERO}?(?:({DIGIT})千)?{ZERO}?(?:({DIGIT})百)?{ZERO}?(?:({DIGIT})?(十))?{ZERO}?({DIGIT})?")
SHORT = re.compile(f"[千百]{DIGIT}$")  # 一百二 may be 102 or 120
ANY = "".join(DIGITS) + "十百千万亿点拾佰仟萬億點"  # every character that `chinese` can read


def chinese(text: str) -> Decimal | None:
    """The figure, or None where the text is none or could be two (一百二, 三万五)."""
    text = text.translate(FORMAL)
    if "点" in text:
        return _pointed(text)
    whole = _integer(text)
    return None if whole is None else Decimal(whole)


def _pointed(text: str) -> Decimal | None:
    """三点五, 三点五万."""
    found = re.fullmatch(rf"([^点]+)点([{''.join(DIGITS)}]+)([十百千万亿]*)", text)
    whole = _integer(found[1]) if found else None
    power = _integer("一" + found[3]) if found and found[3] else 1
    if not found or whole is None or power is None:
        return None
    return Decimal(f"{whole}.{digits(found[2])}") * power


def digits(text: str) -> str:
    """Digit by digit: 二〇二四 is 2024."""
    return "".join(str(DIGITS[c]) for c in text)


def _integer(text: str) -> int | None:
    for word, size in (("亿", 10**8), ("万", 10**4)):
        if word in text:
            left, right = text.rsplit(word, 1)
            if right in DIGITS:  # 三万五 may be 30005 or 35000
                return None
            high, low = _integer(left), _integer(right) if right else 0
            return None if high is None or low is None or low >= size else high * size + low
    found = SECTION.fullmatch(text) if text and not SHORT.search(text) else None
    if not found:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    return sum(
        DIGITS[d] * size
        for d, size in ((thousands, 1000), (hundreds, 100), (tens or ("一" if ten else None), 10), (ones, 1))
        if d
    )
