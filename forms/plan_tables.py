"""The tables of a plan year (units with their 单位类别, tasks, periods …), declared as forms: reading, checking, editing
and printing them need no code of their own.

Each table is one file in a plan folder; the headings are what county staff see in Excel.
"""

from decimal import Decimal

from forms.choices import FromPlan, choice, coded
from forms.comparison import NATURE_WORDS, Comparison, Comparisons
from forms.dates import Day, DueDay
from forms.field import Field
from forms.form import Form
from forms.kind import Integer, Number, Option, Text
from forms.parameters import PARAMETERS, YES_NO
from forms.rates import Rates
from forms.states import MARKS, REQUESTS, UNIT_KINDS, UnitKind

CONFIRMED = choice(yes="已确认", no="待确认")
ID = Text(limit=40)
LONG = Text(long=True, limit=500)
MONTH = "month"  # the kind of a period of one month
COMPARISONS = Comparisons(tuple(Option(str(c), str(c)) for c in Comparison))
NATURES = choice(**{str(n): word for n, word in NATURE_WORDS.items()})
SIGNS = coded(**{str(k): v for k, v in MARKS.items()})
ASKS = choice(**{str(k): v for k, v in REQUESTS.items()})
UNIT_KIND = choice(**{str(k): v for k, v in UNIT_KINDS.items()})
BASES = coded(
    True,
    on_time="按时报送",
    complete="填报完整",
    quality="审核质量",
    progress="任务进度",
    indicators="指标判定",
    confirmed="核验完成",
    obstacles="销号比例",
    publicity="宣传篇数",
)  # fmt: skip - others are let through so that kept plans open; the reader refuses them in a plan that comes in
TAGS = Field(
    "tags",
    "标签",
    FromPlan(of="tag", several=True),
    width=40,
    help="字典 tag 里的词，可以几个：三重点、高质量发展……；考核按标签另有小计",
)
UNIQUE = ("项目", "编号", "代码", "全称", "简称")
REPEATS = {("choices", "编号"), ("scoring", "项目")}  # ids of different dictionaries may be the same
LATER = {
    ("choices", "请示"),
    ("periods", "考核"),
    ("scoring", "参数"),
    ("indicators", "上限"),
    ("indicators", "容差"),
    ("indicators", "主要"),
    ("tasks", "开始"),
    *((table, label) for table in ("units", "indicators", "tasks", "assignments") for label in ("起", "止", "前身")),
    ("indicators", "标签"),
    ("tasks", "标签"),
}  # columns that plans of earlier versions do not have
LATER_ROWS = ("生效", "勘误", "开始", "结束")  # rows of 方案 that they do not have
LATER_TABLES = {"parameters", "milestones"}  # tables that they do not have; an empty one says the same


def _valid(what: str, example: str) -> tuple[Field, ...]:
    """The columns that say from when to when an entry is valid, and what it was before."""
    return (
        Field("since", "起", FromPlan(of="periods"), help="从哪个调度期起有；空着就是一直有"),
        Field("until", "止", FromPlan(of="periods"), help="到哪个调度期为止；空着就是没有到头"),
        Field("former", "前身", Text(limit=200), help=f"原来是哪些{what}，写{example}，几个的用“、”隔开"),
    )


def _table(name: str, title: str, *fields: Field) -> Form:
    """A plan table; its ids, codes and names may not repeat."""
    unique = tuple(f.name for f in fields if f.label in UNIQUE and (name, f.label) not in REPEATS)
    return Form(name=name, title=title, fields=fields, unique=unique)


ABOUT = _table(
    "plan",
    "方案",
    Field("key", "项目", ID, required=True, width=40),
    Field("value", "内容", LONG, required=True, width=120),
)
CHOICES = _table(
    "choices",
    "字典",
    Field("of", "字典", ID, required=True),
    Field("id", "编号", ID, required=True),
    Field("name", "名称", ID, required=True),
    Field("mark", "记号", SIGNS),
    Field("explain", "要说明", YES_NO),
    Field("note", "说明", LONG, width=60),
    Field("asks", "请示", ASKS, help="状态是请县里核验、批准的：完成、延期、调整、终止"),
)
UNITS = _table(
    "units",
    "责任单位",
    Field("code", "代码", Text(limit=12, pattern=r"[0-9A-Z]{3,12}", example="430527106"), required=True),
    Field("name", "全称", ID, required=True, width=40),
    Field("short", "简称", ID, required=True),
    Field("kind", "类别", UNIT_KIND, required=True),
    Field("signed", "落款", Text(limit=60), required=True, width=40),
    Field("order", "排序", Integer(low=Decimal(0)), required=True),
    Field("confirmed", "确认", CONFIRMED, required=True),
    *_valid("单位", "单位代码"),
)
ACTIONS = _table(
    "actions",
    "行动",
    Field("id", "编号", ID, required=True),
    Field("name", "名称", ID, required=True, width=30),
    Field("aim", "目标", ID, width=40),
    Field("numeral", "序号", ID, required=True),
    Field("scheme", "实施方案", Text(limit=100), width=60),
    Field("team", "专班", Text(limit=100), width=40),
    Field("lead", "牵头单位", FromPlan(of="units"), required=True),
    Field("convener", "召集人", Text(limit=100), width=40),
    Field("liaison", "联络员", Text(limit=100), width=40),
    Field("confirmed", "确认", CONFIRMED, required=True),
)
RULES = _table(
    "rules",
    "组织实施",
    Field("id", "编号", ID, required=True),
    Field("kind", "类别", ID, required=True),
    Field("name", "事项", Text(limit=100), required=True),
    Field("who", "主体", Text(limit=200)),
    Field("text", "要求", LONG, required=True, width=100),
    Field("clause", "出处", ID, required=True),
)
INDICATORS = _table(
    "indicators",
    "指标",
    Field("id", "编号", ID, required=True),
    Field("action", "行动", FromPlan(of="actions"), required=True),
    Field("name", "指标名称", Text(limit=100), required=True, width=60),
    Field("measure", "计量单位", ID),
    Field("comparison", "比较", COMPARISONS, required=True),
    Field("target", "目标值", Number(4, fixed=False)),
    Field("wording", "目标表述", Text(limit=200), required=True, width=50),
    Field("strive", "力争", YES_NO, required=True),
    Field("than", "参照指标", FromPlan(of="indicators")),
    Field("nature", "性质", NATURES, required=True),
    Field("rollup", "汇总", choice(sum="合计", last="最新", weighted="加权"), required=True),
    Field("lead", "牵头单位", FromPlan(of="units"), required=True),
    Field("confirmed", "确认", CONFIRMED, required=True),
    Field("clause", "出处", ID, required=True),
    Field("upper", "上限", Number(4, fixed=False), help="“区间”的上限；目标值是下限"),
    Field(
        "tolerance",
        "容差",
        Number(4, low=Decimal(0), fixed=False),
        help="“左右”“持平”允许上下差多少；不写的，按参数里的百分比",
    ),
    Field("main", "主要", YES_NO, help="主要指标，排在通报第一页"),
    *_valid("指标", "指标编号"),
    TAGS,
)
TASKS = _table(
    "tasks",
    "重点任务",
    Field("id", "编号", ID, required=True),
    Field("action", "行动", FromPlan(of="actions"), required=True),
    Field("text", "重点任务", LONG, required=True, width=100),
    Field("goal", "年度目标", LONG, required=True, width=60),
    Field("due", "完成时限", DueDay(), required=True),
    Field("indicators", "指标", FromPlan(of="indicators", several=True), width=40),
    Field("clause", "出处", ID, required=True),
    Field("confirmed", "确认", CONFIRMED, required=True),
    Field("start", "开始", Day(), help="任务从哪一天算起；空着就是方案的第一天"),
    *_valid("任务", "任务编号"),
    TAGS,
)
ASSIGNMENTS = _table(
    "assignments",
    "分工",
    Field("task", "任务", FromPlan(of="tasks", long=True), required=True, width=90),
    Field("unit", "单位", FromPlan(of="bearers"), required=True, width=44),
    Field("role", "分工", FromPlan(of="role"), required=True),
    Field("confirmed", "确认", CONFIRMED, required=True),
    Field("why", "依据", Text(limit=200), width=60),
    *_valid("承担单位", "单位代码"),
)
PERIODS = _table(
    "periods",
    "调度期",
    Field("id", "编号", ID, required=True),
    Field("name", "名称", ID, required=True),
    Field("kind", "类别", choice(month="月", quarter="季", half="半年", year="年"), required=True),
    Field("start", "开始", Day(), required=True),
    Field("end", "结束", Day(), required=True),
    Field("due", "截止", Day(), required=True),
    Field("scored", "考核", YES_NO, help="不考核的调度期写“否”；不写就考核"),
)
SCORING = _table(
    "scoring",
    "考核",
    Field("id", "编号", ID, required=True),
    Field("name", "项目", ID, required=True),
    Field("points", "分值", Number(1, low=Decimal(0), fixed=False), required=True),
    Field("rule", "计分办法", LONG, required=True, width=100),
    Field("basis", "依据数据", BASES, required=True),
    Field("rates", "参数", Rates(), width=50, help="每次扣几分、每篇加几分，例如：迟报=1、未报=3"),
    Field("confirmed", "确认", CONFIRMED, required=True),
)
PARAMETER_TABLE = _table(
    "parameters",
    "参数",
    Field("id", "编号", coded(**{p.id: p.label for p in PARAMETERS}), required=True, width=40),
    Field("value", "取值", ID, required=True),
    Field("note", "说明", LONG, width=100),
    Field("confirmed", "确认", CONFIRMED, required=True),
)
MILESTONES = _table(
    "milestones",
    "节点",
    Field("task", "任务", FromPlan(of="tasks", long=True), required=True, width=90),
    Field("name", "名称", Text(limit=60), required=True, width=50),
    Field("day", "日期", Day(), required=True),
    Field("percent", "应完成", Number(1, low=Decimal(0), high=Decimal(100), fixed=False), required=True, unit="%"),
    Field("confirmed", "确认", CONFIRMED, required=True),
)

PLAN_TABLES: tuple[Form, ...] = (
    ABOUT,
    CHOICES,
    UNITS,
    ACTIONS,
    RULES,
    INDICATORS,
    TASKS,
    ASSIGNMENTS,
    PERIODS,
    SCORING,
    PARAMETER_TABLE,
    MILESTONES,
)
ALL_OF = {
    str(k): f"全部{UNIT_KINDS[k]}" for k in (UnitKind.TOWNSHIP, UnitKind.DEPARTMENT)
}  # group words that an assignment may name
