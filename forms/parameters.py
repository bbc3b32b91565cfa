"""参数: what a plan may set besides its tables — tolerances, thresholds, weights — each with the value that holds where the
plan says nothing. A parameter is one entry here; the plan's table 参数 and its page list the same.
"""

from dataclasses import dataclass
from decimal import Decimal

from forms.choices import choice
from forms.kind import Kind, Number, Value

PERCENT = Number(2, low=Decimal(0), fixed=False)


@dataclass(frozen=True)
class Parameter:
    """One setting of a plan: its id (stored, never changes), name, kind of value, the value where the plan sets none as
    people type it, and what it does in a sentence. `default` values are ours: papers that use them say 待确认.
    """

    id: str
    label: str
    kind: Kind
    default: str
    note: str

    @property
    def value(self) -> Value:
        """The value where the plan sets none."""
        return self.kind.parse(self.default)


AROUND = Parameter(
    "verdict.around",
    "左右的容差（%）",
    PERCENT,
    "10",
    "目标写“左右”、又没有写容差的指标，上下差目标值的百分之几以内算达到",
)
STEADY = Parameter(
    "verdict.steady",
    "持平的容差（%）",
    PERCENT,
    "1",
    "目标写“持平”、又没有写容差的指标，上下差上年同期的百分之几以内算持平",
)
SLOW = Parameter(
    "verdict.slow", "慢多少算滞后（百分点）", PERCENT, "0", "逐月累加的指标，完成比序时慢几个百分点以上算滞后"
)
OFFICIAL_COUNTS = Parameter(
    "official.counts",
    "以哪个数判定",
    choice(unit="单位数", official="官方数"),
    "单位数",
    "指标既有单位报的数、又有官方数（如县统计局的）时，判定、汇总和考核按哪一个；另一个照样留着，两处都看得到",
)
LAMP_RULE = Parameter(
    "lamp.rule",
    "灯按什么定",
    choice(share="滞后的占比", worst="最差的一项"),
    "滞后的占比",
    "一个单位在一个行动里的任务合成一盏灯：按滞后任务的占比，或者有一项滞后就算滞后",
)
LAMP_SHARE = Parameter(
    "lamp.share",
    "滞后占多少亮滞后的灯（%）",
    PERCENT,
    "33.3",
    "灯按占比定时，滞后的任务占百分之几及以上，这盏灯算滞后；不到的，或者有偏慢、未启动的，算偏慢",
)

PARAMETERS: tuple[Parameter, ...] = (AROUND, STEADY, SLOW, OFFICIAL_COUNTS, LAMP_RULE, LAMP_SHARE)
