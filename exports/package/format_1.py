"""Format 1 (第一版格式): the tables and columns that version 0.2 wrote and reads. Frozen like a migration: never edit
it.

Content beyond it is named in `critical`, so that a program of that version refuses the file and loses nothing.
"""

# fmt: off
DATA: dict[str, tuple[str, ...]] = {
    "cover": ("head", "head_post", "deputy", "deputy_post", "liaison", "liaison_phone", "filler", "filler_phone", "reviewer", "office_phone", "email", "note"),
    "tasks": ("task", "measure", "goal", "chief", "section", "person", "phone", "due", "status", "percent", "progress", "trouble", "next", "evidence", "note"),
    "projects": ("name", "action", "kind", "nature", "place", "content", "start", "end", "total", "past", "plan", "period_done", "year_done", "progress", "owner", "chief", "section", "status", "trouble", "note"),
    "policies": ("name", "number", "action", "content", "subjects", "stage", "planned", "issued", "money", "households", "valid", "chief", "section", "note"),
    "indicators": ("indicator", "last_year", "now", "total", "forecast", "note"),
    "obstacles": ("text", "about", "kind", "cause", "wanted", "level", "person", "due", "progress", "status", "closed", "note"),
    "publicity": ("title", "media", "level", "day", "link", "action", "author"),
    "statements": ("form", "kind"),
    "reasons": ("form", "record", "field", "code", "text"),
    "comments": ("form", "record", "row", "field", "text", "found", "state", "answer", "by"),
    "history": ("at", "person", "label", "form", "record", "before", "after", "typed"),
}
OWN: tuple[str, ...] = ("id", "line", "position")
PLAN: dict[str, tuple[str, ...]] = {
    "plan": ("项目", "内容"),
    "choices": ("字典", "编号", "名称", "记号", "要说明", "说明"),
    "units": ("代码", "全称", "简称", "类别", "落款", "排序", "确认"),
    "actions": ("编号", "名称", "目标", "序号", "实施方案", "专班", "牵头单位", "召集人", "联络员", "确认"),
    "rules": ("编号", "类别", "事项", "主体", "要求", "出处"),
    "indicators": ("编号", "行动", "指标名称", "计量单位", "比较", "目标值", "目标表述", "力争", "参照指标", "性质", "汇总", "牵头单位", "确认", "出处"),
    "tasks": ("编号", "行动", "重点任务", "年度目标", "完成时限", "指标", "出处", "确认"),
    "assignments": ("任务", "单位", "分工", "确认", "依据"),
    "periods": ("编号", "名称", "类别", "开始", "结束", "截止"),
    "scoring": ("编号", "项目", "分值", "计分办法", "依据数据", "参数", "确认"),
}
FOLDERS = ("data", "plan", "papers", "attachments", "receipt.json")
