"""Records that the program keeps beside the forms, declared the same way: settings, statements (零报告), reasons."""

from decimal import Decimal

from forms.choices import FromPlan, choice
from forms.dates import Day
from forms.field import Field
from forms.form import Form
from forms.kind import Folder, Integer, Number, Text
from forms.states import DECISIONS, REQUESTS, SHEET_STATES

# One record per workspace; the settings page is the record editor over it.
SETTINGS = Form(
    name="settings",
    title="设置",
    own=False,
    record=True,
    fields=(
        Field(
            "role",
            "本机用途",
            choice(unit="单位填报", team="工作专班", office="领导小组办公室"),
            required=True,
            locked=True,
        ),
        Field("units", "本机填报的单位", Text(limit=2000), locked=True),
        Field("action", "专班负责的行动", Text(limit=20), locked=True),
        Field("current", "当前调度期", Text(limit=20), locked=True),
        Field("person", "填报人", Text(limit=40), help="写进修改记录，便于以后查是谁改的"),
        Field("page", "打印版式", choice(sheet="工作表（窄页边）", annex="公文附件（宽页边）")),
        Field("black", "黑白打印", choice(yes="是", no="否"), help="状态只用形状区分，不用颜色"),
        Field("theme", "界面颜色", choice(light="浅色", dark="深色", contrast="高对比")),
        Field(
            "font_size",
            "文字大小",
            Integer(low=Decimal(80), high=Decimal(200)),
            unit="%",
            help="80到200，整个窗口一起放大",
        ),
        Field(
            "backup_place",
            "第二备份位置",
            Folder(limit=500),
            help="关窗口时在这里也存一份备份，最好是另一块硬盘或单位的共享文件夹",
        ),
        Field(
            "least",
            "各单位的程序至少要",
            Text(limit=20, pattern=r"\d{1,3}(\.\d{1,3}){1,2}", example="0.3.0"),
            unit="版",
            help="写进以后下发的任务包：程序更旧的单位装不了，会看到一句话，请它先更新。空着就不要求",
        ),
        Field("sample", "示例数据", choice(yes="是", no="否"), locked=True),
        Field(
            "sample_day",
            "示例日期",
            Day(),
            help="示例工作区里的“今天”：离截止几天、迟报、中梗阻挂了几天，都从这一天算；真实的工作区只用电脑的日期",
        ),
    ),
)

OF_THE_COUNTY = ("least",)  # settings that only the county's office has
OF_A_SAMPLE = ("sample_day",)  # settings that only a workspace of sample data has

# 零报告 or 本期无变化 of one form in one period; 示例数据 marks all of a period (form "*").
STATEMENTS = Form(
    name="statements",
    title="声明",
    fields=(
        Field("form", "表", required=True),
        Field(
            "kind",
            "声明",
            choice(zero="零报告", unchanged="本期无变化", sample="示例数据", reopened="更正", closed="封存"),
            required=True,
        ),
    ),
)

# The reason for a problem of level B or C; offered again next period.
REASONS = Form(
    name="reasons",
    title="审核说明",
    fields=(
        Field("form", "表", required=True),
        Field("record", "行"),
        Field("field", "栏", required=True),
        Field("code", "问题", required=True),
        Field("text", "说明", Text(long=True, limit=500), required=True),
    ),
)

# What the county sent back: a comment on a cell, and what the unit did about it.
COMMENTS = Form(
    name="comments",
    title="退回意见",
    fields=(
        Field("form", "表", required=True),
        Field("record", "行"),
        Field("row", "行号", Integer(low=Decimal(0))),
        Field("field", "栏"),
        Field("text", "意见", Text(long=True, limit=500), required=True),
        Field("found", "退回时的内容", Text(long=True, limit=4000)),
        Field("state", "办理", choice(open="未办", changed="已改", answered="已答复", closed="已了结")),
        Field("answer", "答复", Text(long=True, limit=500)),
        Field("by", "退回人", Text(limit=40)),
    ),
)

# What the county's office puts in the place of a score that was worked out, and why; one per item, unit and period.
SCORE_CORRECTIONS = Form(
    name="score_corrections",
    title="考核更正",
    fields=(
        Field("item", "项目", required=True, locked=True),
        Field("points", "改为", Number(2, low=Decimal(0)), required=True, unit="分"),
        Field("text", "理由", Text(long=True, limit=500), required=True, help="写明依据，至少6个字"),
    ),
)

# What the county's office corrected over a unit's report: `before` is what the unit had written, both as canonical text.
OVERRIDES = Form(
    name="overrides",
    title="本办更正",
    fields=(
        Field("form", "表", required=True),
        Field("record", "行", required=True),
        Field("field", "栏", required=True),
        Field("before", "单位报的", Text(long=True, limit=4000)),
        Field("value", "更正为", Text(long=True, limit=4000)),
        Field("reason", "理由", Text(long=True, limit=500), required=True),
        Field("by", "更正人", Text(limit=40)),
    ),
)

# A figure of the statistics office beside those that units report; one per indicator (its line) and period.
OFFICIAL_FIGURES = Form(
    name="official_figures",
    title="官方数",
    fields=(
        Field("indicator", "指标", FromPlan(of="indicators"), required=True, locked=True),
        Field("value", "官方数", Number(4, fixed=False), required=True),
        Field("source", "来源", Text(limit=60), required=True, help="哪里公布的，例如县统计局"),
        Field("published", "日期", Day(), required=True, help="公布或收到的日期"),
        Field("by", "经办", Text(limit=40), locked=True),
    ),
)

# What the county's office wrote about an obstacle (中梗阻) of a unit; one per unit and line, for the whole year.
DOCKET = Form(
    name="docket",
    title="挂号督办",
    fields=(
        Field("number", "挂号", Integer(low=Decimal(1)), locked=True),
        Field("level", "协调层级", FromPlan(of="level")),
        Field("asked", "请谁办", FromPlan(of="units")),
        Field("due", "办结时限", Day()),
        Field("opinion", "批办意见", Text(long=True, limit=500)),
        Field("closed", "销号", Day()),
        Field("by", "经办", Text(limit=40), locked=True),
    ),
)

# What the county decided about a request of a task line (核验): one per unit, period and line; it waits while there is none.
CONFIRMATIONS = Form(
    name="confirmations",
    title="核验",
    fields=(
        Field("kind", "请示", choice(**{str(k): v for k, v in REQUESTS.items()}), required=True, locked=True),
        Field("state", "核验", choice(**{str(k): v for k, v in DECISIONS.items()}), required=True, locked=True),
        Field("day", "日期", Day(), required=True),
        Field("text", "县里的话", Text(long=True, limit=500), help="不同意的写明理由，至少6个字；随回执告诉单位"),
        Field("asked", "申请的时限", Day(), locked=True),
        Field("due", "新的时限", Day(), help="只有申请延期的才写"),
        Field("by", "经办", Text(limit=40), locked=True),
    ),
)

# A unit's report that stays received and is left out of the figures (不计入); one per unit and period.
EXCLUSIONS = Form(
    name="exclusions",
    title="不计入",
    fields=(
        Field("text", "理由", Text(long=True, limit=500), required=True, help="写明理由，至少6个字；随回执告诉单位"),
        Field("day", "日期", Day(), required=True),
        Field("by", "经办", Text(limit=40), locked=True),
    ),
)

# A paper with which the county asks units to do something (督办), from whatever source; it stays open till it is closed.
SUPERVISIONS = Form(
    name="supervisions",
    title="督办单",
    fields=(
        Field("number", "编号", Integer(low=Decimal(1)), required=True, locked=True),
        Field("source", "来源", Text(limit=40), required=True),
        Field("units", "谁办", Text(limit=2000), required=True, help="单位，用顿号隔开"),
        Field("text", "督办什么", Text(long=True, limit=1000), required=True),
        Field("due", "时限", Day(), required=True),
        Field("opened", "开出日期", Day(), required=True, locked=True),
        Field("tied", "关联", Text(limit=200), locked=True),
        Field("closed", "销号", Day()),
        Field("result", "销号说明", Text(long=True, limit=500)),
        Field("by", "经办", Text(limit=40), locked=True),
    ),
)

# What a unit answers to such a paper, in the period in which it answers; `line` is the paper's id.
SUPERVISION_REPLIES = Form(
    name="supervision_replies",
    title="督办答复",
    fields=(
        Field("number", "编号", Integer(low=Decimal(1)), required=True, locked=True),
        Field("text", "答复", Text(long=True, limit=1000), required=True),
        Field("day", "日期", Day(), required=True),
        Field("by", "填报人", Text(limit=40), locked=True),
    ),
)

# What the county gave a unit as its scores of a period (成绩单): one per unit and period, none while they are 试算.
SCORE_SHEETS = Form(
    name="score_sheets",
    title="成绩单",
    fields=(
        Field("state", "状态", choice(**{str(k): v for k, v in SHEET_STATES.items()}), required=True, locked=True),
        Field("total", "得分", Number(2), unit="分", locked=True),
        Field("rank", "名次", Integer(low=Decimal(0)), locked=True),
        Field("among", "同类家数", Integer(low=Decimal(0)), locked=True),
        Field("unranked", "不排名次", Text(limit=40), locked=True),
        Field("day", "发出", Day(), required=True),
        Field("until", "异议截止", Day(), required=True),
        Field("fixed", "定分", Day()),
        Field("by", "经办", Text(limit=40), locked=True),
    ),
)

# Its items, with the lines that explain the points, and the county's answer to an objection (`objection` is its text).
SCORE_LINES = Form(
    name="score_lines",
    title="成绩单分项",
    fields=(
        Field("item", "项目", required=True, locked=True),
        Field("name", "名称", Text(limit=100), required=True, locked=True),
        Field("full", "满分", Number(2), locked=True),
        Field("worked", "算得", Number(2), unit="分", locked=True),
        Field("points", "得分", Number(2), unit="分", locked=True),
        Field("whys", "来由", Text(long=True, limit=10**5), locked=True, help="JSON：文字、表、行、栏"),
        Field("objection", "异议", Text(long=True, limit=500), locked=True),
        Field("answer", "答复", Text(long=True, limit=500)),
        Field("answered", "答复日期", Day()),
    ),
)

# What a unit objects to in its scores (异议): one per item and scored period (`about`); it goes with a submission.
SCORE_OBJECTIONS = Form(
    name="score_objections",
    title="考核异议",
    fields=(
        Field("about", "哪一期", required=True, locked=True),
        Field("item", "项目", required=True, locked=True),
        Field("name", "名称", Text(limit=100), locked=True),
        Field("text", "异议", Text(long=True, limit=500), required=True, help="写明哪里不对和依据，至少6个字"),
        Field("day", "日期", Day(), required=True),
        Field("by", "填报人", Text(limit=40), locked=True),
    ),
)

# A row of the plan as it is being changed: its cells by heading, as the plan's files write them.
DRAFT = Form(
    name="plan_draft",
    title="方案草稿",
    fields=(Field("table", "表", required=True), Field("cells", "内容", Text(long=True, limit=10**6), required=True)),
)

# Every version of the plan that was put in force here.
VERSIONS = Form(
    name="plan_versions",
    title="方案版本",
    fields=(
        Field("version", "版本", required=True),
        Field("digest", "校验码", required=True),
        Field("name", "方案"),
        Field("by", "生效人"),
        Field("at", "生效时间"),
        Field("about", "改动", Text(long=True, limit=2000)),
    ),
)

# Which column of a table that somebody made himself went to which field the last time, by its headings.
TAKEN_OVER = Form(
    name="taken_over",
    title="栏目对应",
    fields=(
        Field("form", "表", required=True),
        Field("columns", "对应", Text(long=True, limit=10**6), required=True),
    ),
)

SYSTEM: tuple[Form, ...] = (
    SETTINGS,
    STATEMENTS,
    REASONS,
    COMMENTS,
    SCORE_CORRECTIONS,
    OVERRIDES,
    OFFICIAL_FIGURES,
    DOCKET,
    CONFIRMATIONS,
    EXCLUSIONS,
    SUPERVISIONS,
    SUPERVISION_REPLIES,
    SCORE_SHEETS,
    SCORE_LINES,
    SCORE_OBJECTIONS,
    DRAFT,
    VERSIONS,
    TAKEN_OVER,
)
