"""How an indicator (指标) is compared with its target (目标值): natures and comparisons, and the words people write for
them.
"""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from forms.choices import Choice
from forms.kind import Unreadable, Value, plain


class Nature(StrEnum):
    """What kind of figure an indicator is (性质). TREND is read in plans before 0.4, where it stood for EVENT."""

    TOTAL = "total"
    COUNT = "count"
    STOCK = "stock"
    RATE = "rate"
    SHARE = "ratio"
    POINTS = "points"
    RANK = "rank"
    EVENT = "event"
    WORDS = "words"
    TREND = "trend"


NATURE_WORDS: Mapping[Nature, str] = {
    Nature.RATE: "增速",
    Nature.TOTAL: "总量",
    Nature.STOCK: "存量",
    Nature.SHARE: "占比",
    Nature.COUNT: "数量",
    Nature.POINTS: "百分点",
    Nature.RANK: "位次",
    Nature.EVENT: "起数人数",
    Nature.TREND: "趋势",
    Nature.WORDS: "定性",
}
FLOWS = (Nature.TOTAL, Nature.COUNT, Nature.EVENT, Nature.TREND)  # grow from zero through the year
PERCENTAGES = (Nature.RATE, Nature.SHARE, Nature.POINTS)  # are compared in 个百分点, never in percent


class Comparison(StrEnum):
    """How a figure is compared with its target (比较)."""

    AT_LEAST = "≥"
    ABOVE = ">"
    EQUAL = "="
    AT_MOST = "≤"
    BELOW = "<"
    WITHIN = "区间"
    AROUND = "左右"
    STEADY = "持平"
    TOP = "排名"
    ABOVE_OTHER = "高于"
    FALLING = "下降"
    CURBED = "遏制"
    NONE_AT_ALL = "杜绝"
    IN_WORDS = "定性"


WITH_TARGET = (
    Comparison.AT_LEAST,
    Comparison.ABOVE,
    Comparison.EQUAL,
    Comparison.AT_MOST,
    Comparison.BELOW,
    Comparison.WITHIN,
    Comparison.AROUND,
    Comparison.TOP,
)  # those that ask for 目标值
SPOKEN: Mapping[str, Comparison] = {
    **dict.fromkeys(("不低于", "不少于", "不小于", "至少", "达到", "以上", ">=", "≧"), Comparison.AT_LEAST),
    **dict.fromkeys(("超过", "大于", "多于", "＞"), Comparison.ABOVE),
    **dict.fromkeys(("等于", "＝"), Comparison.EQUAL),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "控制在", "以内", "以下", "<=", "≦"), Comparison.AT_MOST),
    **dict.fromkeys(("低于", "少于", "小于", "＜"), Comparison.BELOW),
    **dict.fromkeys(("之间", "介于"), Comparison.WITHIN),
    **dict.fromkeys(("约", "大约", "左右两侧"), Comparison.AROUND),
    **dict.fromkeys(("不变", "与上年持平", "稳定"), Comparison.STEADY),
    **dict.fromkeys(("排名前", "位次", "前"), Comparison.TOP),
    **dict.fromkeys(("同比下降", "持续下降", "减少"), Comparison.FALLING),
    **dict.fromkeys(("零发生", "0起", "不发生"), Comparison.NONE_AT_ALL),
}


class Comparisons(Choice):
    """A choice of comparisons that reads the words of published plans: 不低于 is ≥, 不超过 is ≤, 排名前3 is 排名."""

    align: ClassVar[str] = "center"

    def parse(self, typed: str) -> Value:
        text = re.sub(r"\s", "", plain(typed))
        spoken = SPOKEN.get(text) or SPOKEN.get(typed.strip()) or SPOKEN.get(re.sub(r"[\d.]+[%名位]?$", "", text))
        if spoken:
            return str(spoken)
        try:
            return super().parse(typed)
        except Unreadable as why:
            raise Unreadable(f"{why}；也可以写不低于、不超过、低于这样的词") from None
