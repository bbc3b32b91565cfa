"""数字格式: what an Excel number format shows of a number: the figure that the user sees, and the words around it."""

import re
from dataclasses import dataclass
from decimal import Decimal

TOKEN = re.compile(r'"([^"]*)"?|[\\!](.)|[_*].|\[([^\]]*)\]|E[+-]|(.)', re.DOTALL)
CONDITION = re.compile(r"(<=|>=|<>|=|<|>)(-?[\d.]+)")
MONEY = re.compile(r"(万亿|千万|百万|十万|亿|万|千)元?|元")


SPECIAL = re.compile(r'[%"\\!]|[^\x00-\x7f]|,(?![0#?])')  # only these make a figure another, or give it words


@dataclass(frozen=True)
class Shown:
    """How the figure shown differs from the number in the cell: it is 10**`power` times as large (Excel's own percent
    sign counts 2), has `decimals` and `words` around it. `percent`: Excel's own sign. `literal_percent`: a sign that is
    only text, in quotes or after a backslash.
    """

    power: int = 0
    decimals: int = 0
    words: str = ""
    percent: bool = False
    literal_percent: bool = False

    @property
    def unit(self) -> str:
        """The unit of money that the words name, as 万元 or 元; '' for none."""
        found = MONEY.search(self.words)
        return found[0].removesuffix("元") + "元" if found else ""

    @property
    def is_scaled(self) -> bool:
        """Whether the figure shown is not the cell's number; False for a plain percentage."""
        return self.power != (2 if self.percent else 0)

    def seen(self, value: Decimal) -> str:
        """The figure shown where it may mean another number than the cell's: it is scaled or names a unit of money; ''
        otherwise.
        """
        return self.figure(value) if self.is_scaled or self.unit else ""

    def figure(self, value: Decimal) -> str:
        """The figure shown for a number, with the words around it."""
        scaled = value.scaleb(self.power)
        sign = "%" if self.percent else ""
        return f"{scaled:.{self.decimals}f}{sign}{self.words}"


def shown(number_format: str, value: Decimal = Decimal(1)) -> Shown:
    """How a format shows a number; formats have up to three sections, by sign or by their own conditions."""
    if not SPECIAL.search(number_format):
        found = re.search(r"\.([0#?]+)", number_format)
        return Shown(decimals=len(found[1]) if found else 0)
    section = _section(number_format, value)
    tokens = [
        (m[0], next((g for g in (m[1], m[2]) if g is not None), None), m[4] or "") for m in TOKEN.finditer(section)
    ]
    plain = "".join("w" if words is not None else mark or "-" for _, words, mark in tokens)
    words = "".join(w for _, w, _ in tokens if w)
    words += "".join(m for _, _, m in tokens if m and ord(m) > 127)
    point = _literal_point(tokens)
    thousands = sum(len(m[0]) for m in re.finditer(r"(?<=[0#?]),+(?![,0#?])", plain))
    percent = plain.count("%")
    after = plain.partition(".")[2] if "." in plain else ""
    decimals = point or len(re.match(r"[0#?]*", after)[0])  # type: ignore[index]
    return Shown(
        power=2 * percent - 3 * thousands - point,
        decimals=decimals,
        words=re.sub(r"[%\s.]", "", words),
        percent=percent > 0,
        literal_percent="%" in words and not percent,
    )


def _literal_point(tokens: list[tuple[str, str | None, str]]) -> int:
    """How many digits follow a decimal point that is only text: it divides the figure by that power of ten."""
    at = next((n for n, (_, words, _) in enumerate(tokens) if words == "."), None)
    return sum(mark in "0#?" and bool(mark) for _, _, mark in tokens[at:]) if at is not None else 0


def _section(number_format: str, value: Decimal) -> str:
    sections = [""]
    for m in TOKEN.finditer(number_format):
        if m[0] == ";":
            sections.append("")
        else:
            sections[-1] += m[0]
    for section in sections:
        found = next((c for m in TOKEN.finditer(section) if m[3] and (c := CONDITION.fullmatch(m[3]))), None)
        if found is not None and _holds(value, found[1], Decimal(found[2])):
            return section
    conditional = any(m[3] and CONDITION.fullmatch(m[3]) for s in sections for m in TOKEN.finditer(s))
    if conditional:
        return sections[-1] if len(sections) < 4 else sections[2]
    by_sign = 1 if value < 0 else 2 if value == 0 else 0
    return sections[by_sign] if by_sign < len(sections) and sections[by_sign] else sections[0]


def _holds(value: Decimal, sign: str, limit: Decimal) -> bool:
    return {"<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit,
            "=": value == limit, "<>": value != limit}[sign]  # fmt: skip
