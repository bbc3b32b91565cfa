"""参数: what a plan may set besides its tables — tolerances, thresholds, weights — each with the value that holds where the
plan says nothing. A parameter is one entry here; the plan's table 参数 and its page list the same.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from forms.choices import choice
from forms.kind import Integer, Kind, Number, Value

PERCENT = Number(2, low=Decimal(0), fixed=False)
SHARE = Number(2, low=Decimal(0), high=Decimal(100), fixed=False)
DAYS = Integer(low=Decimal(0), high=Decimal(366))
YES_NO = choice(yes="是", no="否")
COUNT = Integer(low=Decimal(0))


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

    @cached_property
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
AMOUNT = Number(2, low=Decimal(0), fixed=False)
ODD_TIMES = Parameter(
    "odd.times",
    "相差多少倍要核实（倍）",
    Number(2, low=Decimal(2), fixed=False),
    "10",
    "填的数和上期、上年同期、目标相差到几倍，就请单位核实；比目标小的，要小到这个倍数的三次方才问",
)
ODD_CARRIED = Parameter(
    "odd.carried",
    "沿用的数改动多少要核实（%）",
    PERCENT,
    "50",
    "总投资、年度计划等沿用上期的数，改动超过百分之几要核实",
)
ODD_LINES = Parameter(
    "odd.lines",
    "比其他行大多少倍要核实（倍）",
    Number(2, low=Decimal(2), fixed=False),
    "100",
    "一行的数到了同一张表其他行居中数的几倍，就请单位核实",
)
ODD_POINTS = Parameter(
    "odd.points",
    "百分数相差多少要核实（百分点）",
    PERCENT,
    "50",
    "增速、占比和上期、上年同期相差，或比目标高出几个百分点，就请单位核实",
)
ODD_MONEY = Parameter("odd.money", "多少钱以下不核实（万元）", AMOUNT, "1000", "两个数都不到这么多钱的，相差再大也不问")
ODD_COUNT = Parameter(
    "odd.count", "多少以下不核实（家、件、人等）", AMOUNT, "100", "不是钱的数，两个数都不到这么多的，相差再大也不问"
)
ODD_MOST = Parameter(
    "odd.most", "一笔最多多少钱（万元）", AMOUNT, "500000", "一个项目、一项政策的钱超过这么多，就请单位核实"
)
WEIGHT_LEAD = Parameter("weight.lead", "牵头的权重", PERCENT, "2", "算单位的平均完成时，牵头的任务一项算几份")
WEIGHT_SUPPORT = Parameter("weight.support", "配合的权重", PERCENT, "1", "算单位的平均完成时，配合的任务一项算几份")
RANKING_LEAST = Parameter("ranking.least", "不足几项不排名", COUNT, "5", "报了进度的任务不足这么多项的单位，不参加排名")
FRONT_OBSTACLES = Parameter(
    "front.obstacles", "首页列几件中梗阻", COUNT, "4", "通报首页请县领导决定的中梗阻，最多列几件"
)
LONG_OPEN = Parameter("obstacle.long", "挂账多少天算久", COUNT, "30", "通报首页数一数挂账超过这么多天的中梗阻")

BEHIND_BRINGS = Parameter(
    "score.behind", "滞后的指标得几成（%）", SHARE, "50", "按指标判定计分时，滞后的指标得这一份分值的百分之几"
)
FAILED_BRINGS = Parameter(
    "score.failed",
    "未达到的指标得几成（%）",
    SHARE,
    "0",
    "按指标判定计分时，未达到、已发生的指标得这一份分值的百分之几",
)
SCORE_YEAR = Parameter(
    "score.year",
    "各期怎样合成全年得分",
    choice(mean="各期平均", sum="各期相加折成满分"),
    "各期平均",
    "平均：只算这个单位计了分的各期；相加折成满分：没有计分的一期算0分",
)
SCORE_LOW = Parameter(
    "score.low", "低多少标出来（%）", SHARE, "12", "考核表里比同类单位平均低满分的百分之几以上的得分，用棕色标出来"
)
OBJECTION_DAYS = Parameter("objection.days", "成绩单几天内可以提异议", DAYS, "5", "从成绩单发出之日起的天数")

OBSTACLE_WEEKS = Parameter(
    "obstacle.weeks", "中梗阻挂几周算久（周）", Integer(low=Decimal(0)), "4", "中梗阻挂过这么多周，每多一周的格子是红的"
)

PARAMETERS: tuple[Parameter, ...] = (
    AROUND,
    STEADY,
    SLOW,
    OFFICIAL_COUNTS,
    LAMP_RULE,
    LAMP_SHARE,
    ODD_TIMES,
    ODD_CARRIED,
    ODD_LINES,
    ODD_POINTS,
    ODD_MONEY,
    ODD_COUNT,
    ODD_MOST,
    CONFIRM_COUNTS,
    EXCLUDED_SCORES,
    ASKED_SHARE,
    YELLOW,
    RED,
    WEIGHT_LEAD,
    WEIGHT_SUPPORT,
    RANKING_LEAST,
    FRONT_OBSTACLES,
    LONG_OPEN,
    BEHIND_BRINGS,
    FAILED_BRINGS,
    SCORE_YEAR,
    SCORE_LOW,
    OBJECTION_DAYS,
    OBSTACLE_WEEKS,
)
