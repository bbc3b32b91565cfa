"""参数: what a plan may set besides its tables — tolerances, thresholds, weights — each with the value that holds where the
plan says nothing. A parameter is one entry here; the plan's table 参数 and its page list the same.
"""

from dataclasses import dataclass
from decimal import Decimal

from forms.choices import choice
from forms.kind import Integer, Kind, Number, Value

PERCENT = Number(2, low=Decimal(0), fixed=False)
YES_NO = choice(yes="是", no="否")


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

CONFIRM_COUNTS = Parameter(
    "confirm.counts",
    "待核验的算不算已完成",
    YES_NO,
    "否",
    "单位报了已完成、县里还没有核验的任务，汇总、亮灯和考核里算不算已完成",
)
EXCLUDED_SCORES = Parameter(
    "excluded.scores",
    "不计入的单位怎样考核",
    choice(yes="计分", no="不计分", zero="0分"),
    "不计分",
    "县里决定数字不计入汇总的单位，这一期的考核：照常计分、不计分不排名，还是0分",
)
ASKED_SHARE = Parameter(
    "period.asked",
    "多少单位报了算要报的一期（%）",
    PERCENT,
    "50",
    "没有随任务包下发过的调度期，有这么多的单位报了才算要报的一期；零星来的别的月份的文件不影响考核",
)
YELLOW = Parameter(
    "supervision.yellow", "督办几天内到期变黄（天）", Integer(low=Decimal(0)), "14", "离时限只有这么多天的督办单变黄"
)
RED = Parameter(
    "supervision.red",
    "督办几天内到期变红（天）",
    Integer(low=Decimal(-365)),
    "-1",
    "离时限只有这么多天的督办单变红；-1 是过期的第一天",
)

PARAMETERS: tuple[Parameter, ...] = (AROUND, STEADY, SLOW, CONFIRM_COUNTS, EXCLUDED_SCORES, ASKED_SHARE, YELLOW, RED)
