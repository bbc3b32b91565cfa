"""示例数据: plausible made-up records for trying the program, marked as such wherever they show."""

import csv
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from functools import cache
from random import Random

import resources
from forms.evidence import Attachment
from forms.field import Row
from forms.form import Form
from forms.kind import Value
from forms.states import Mark, Statement
from forms.verdict import has_pace
from models.errors import UserError
from models.plan.entries import Period
from models.reporting.report import Report
from models.reporting.sample_faults import spoil
from models.reporting.sample_values import Dice, made_by_kind
from models.store.change import Change
from models.workspace import Workspace

LABEL = "示例数据"
CENT = Decimal("0.01")
PHONE = "0739-0000000"
ANYWHERE = "*"
NO_LINE = {"行动": ""}  # for a form that is not in the sample sheet
COUNTED = ("家", "件", "项", "户", "起", "人", "天")  # measures without decimals


def fill(space: Workspace, period: Period, seed: int = 1, faults: bool = False) -> int:
    """Make up the period of every unit of the workspace; gives the number of units. Raises UserError where a unit has
    data.
    """
    refuse_over_real_data(space, period)
    for n, unit in enumerate(space.units):
        random = Random(f"{seed}/{unit.code}/{period.id}")
        space.apply(_unit(space, unit.code, period, random, faults and n % 3 == 0), LABEL)
    return len(space.units)


def refuse_over_real_data(space: Workspace, period: Period) -> None:
    """Raises UserError where the period already has lines: sample data never replaces real data."""
    for unit in space.units:
        if any(space.store.rows(f.name, unit.code, period.id) for f in space.forms):
            raise UserError("sample.has-data", unit=unit.short, period=period.name)


def _unit(space: Workspace, unit: str, period: Period, random: Random, faults: bool) -> list[Change]:
    ctx = space.context(unit, period)
    dice = Dice(ctx, random)
    changes = space.state(unit, period.id, ANYWHERE, Statement.SAMPLE)
    for form in space.forms:
        report = space.report(form, ctx)
        rows = _seeded(report, dice) if form.seed else _own(report, dice)
        if faults:
            rows = spoil(form, rows, random)
        changes += [Change(form.name, r["id"], None, r) for r in rows]
        if form.own and not rows and not (faults and random.random() < 0.3):
            changes += space.state(unit, period.id, form.name, Statement.ZERO)
    return changes


def _seeded(report: Report, dice: Dice) -> list[dict[str, Value]]:
    return [{**row, **_made(report.form, row, dice)} for row in report.rows]


def _made(form: Form, row: Row, dice: Dice) -> dict[str, Value]:
    """The values for a row: those of the form's own maker, else some that suit the kinds of its fields."""
    maker = MAKERS.get(form.name)
    return maker(row, dice) if maker else made_by_kind(form, row, dice)


def _own(report: Report, dice: Dice) -> list[dict[str, Value]]:
    """A few lines from the sample sheet, of the actions in which the unit works; the same ones every period. A form
    without lines in the sheet gets as many empty ones.
    """
    name, code = report.form.name, dice.ctx.unit
    mine = {task.action for task, _ in dice.ctx.plan.tasks_of(code)} | {""}
    sheet = [s for s in _lines() if s["表"] == name] or [NO_LINE] * 4
    fitting = [s for s in sheet if not _is_action(dice, s["行动"]) or s["行动"] in mine]
    chosen = Random(f"{name}/{code}").sample(fitting, min(len(fitting), Random(f"{code}/{name}").randint(0, 4)))
    rows = []
    for n, line in enumerate(chosen, 1):
        change = report.add({}, line=f"sample-{n}")[-1]
        row = {**(change.after or {}), "position": n * 1000}
        rows.append({**row, **_made(report.form, row | {"_": line}, dice)})
    return rows


def _is_action(dice: Dice, word: str) -> bool:
    return dice.ctx.plan.find("actions", word) is not None


def _action(dice: Dice, word: str) -> str | None:
    """The sample line's action, or under another county's plan one in which the unit works."""
    tasks = dice.ctx.plan.tasks_of(dice.ctx.unit)
    return word if _is_action(dice, word) else tasks[0][0].action if tasks else None


@cache
def _lines() -> list[dict[str, str]]:
    with resources.path("sample", "lines.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


PROGRESS = (
    "已制定工作方案，召开调度会{a}次，完成年度任务的{p}%，本期实地走访{b}户，解决具体问题{a}个。",
    "按月倒排工期，累计完成年度任务的{p}%；本期组织培训{a}场、{b}人次，台账已更新到月底。",
    "建立“周调度、月通报”机制，{b}个点位已完成摸底，其中{a}个已见成效，总体进度{p}%。",
    "与牵头部门会商{a}次，明确责任到人到点，累计完成{p}%，有关材料已归档。",
    "完成年度任务的{p}%。本期新增{a}处、巩固{b}处，群众反映问题当场答复，满意度较高。",
)
NEXT = (
    "对照年度目标倒排工期，月底前再调度一次。",
    "加强与县直部门衔接，争取尽早办结。",
    "抓好已完成部分的巩固，推进剩余任务。",
)
TROUBLE = (
    "配套资金到位较慢，影响施工进度，请县级协调。",
    "涉及用地手续尚在办理，前期工作滞后于序时进度。",
    "受连续降雨影响，外业工作比计划推迟。",
)


def _people() -> dict[str, Value]:
    return {"chief": "示例（分管领导）", "section": "示例股室"}


def _task(row: Row, dice: Dice) -> dict[str, Value]:
    random, before = dice.random, dice.before("tasks", row["line"]).get("percent")
    mark = random.choices([Mark.DOING, Mark.DONE, Mark.WARN, Mark.LATE, Mark.IDLE], [62, 9, 14, 10, 5])[0]
    percent = {Mark.DONE: Decimal(100), Mark.IDLE: Decimal(0)}.get(mark) if before is None else None
    if percent is None:
        slack = random.randint(-35, -15) if mark == Mark.LATE else random.randint(-18, 8)
        percent = min(max(dice.expected + slack, before or Decimal(1)), Decimal(99)).quantize(Decimal(1))
        mark = Mark.DONE if before == 100 or (mark == Mark.DONE) else Mark.DOING if mark == Mark.IDLE else mark
        percent = Decimal(100) if mark == Mark.DONE else percent
    return {
        **_people(), "person": "示例", "phone": PHONE, "measure": "明确专人负责，列出月度清单，逐项对账销号。",
        "status": dice.option("status", mark), "percent": percent,
        "progress": _sample_text(PROGRESS, dice, percent),
        "trouble": random.choice(TROUBLE) if mark in (Mark.LATE, Mark.IDLE, Mark.WARN) else None,
        "next": None if mark == Mark.DONE else random.choice(NEXT),
        "evidence": (Attachment("调度会议纪要"), Attachment("现场照片")) if random.random() < 0.4 else None,
    }  # fmt: skip


def _sample_text(texts: Sequence[str], dice: Dice, percent: Decimal) -> str:
    a, b = dice.random.randint(2, 9), dice.random.randint(10, 99)
    return f"{dice.ctx.period.name}：" + dice.random.choice(texts).format(a=a, b=b, p=f"{percent:f}")


def _project(row: Row, dice: Dice) -> dict[str, Value]:
    random, line, last = dice.random, row["_"], dice.before("projects", row["line"])
    fixed = Random(f"{dice.ctx.unit}/{row['line']}")
    total = (Decimal(fixed.randint(300, 6000)) + Decimal(fixed.randint(0, 99)) / 100).quantize(CENT)
    past = (total * fixed.choice([0, 0, 20, 35]) / 100).quantize(CENT)
    plan = ((total - past) * fixed.randint(60, 95) / 100).quantize(CENT)
    aim = max(Decimal(0), min(Decimal(98), dice.expected + random.randint(-15, 8)))
    year = max((plan * aim / 100).quantize(CENT), last.get("year_done") or Decimal(0))
    done = year - last["year_done"] if last else (year * random.randint(7, 13) / 100).quantize(CENT)
    return {
        **_people(), "name": line["名称"], "action": _action(dice, line["行动"]), "content": line["内容"], "place": line["地点"],
        "kind": fixed.choice(dice.ctx.plan.options("project_kind")).id,
        "nature": fixed.choice(dice.ctx.plan.options("nature")[:4]).id,
        "start": f"{dice.ctx.plan.year}-0{fixed.randint(1, 6)}", "end": f"{dice.ctx.plan.year + 1}-0{fixed.randint(3, 9)}",
        "total": total, "past": past, "plan": plan, "year_done": year, "period_done": done,
        "progress": f"{dice.ctx.period.name}：主体工程完成{aim:.0f}%，设备采购合同已签订。",
        "owner": "示例业主单位", "status": dice.option("status", Mark.DOING),
        "trouble": random.choice(TROUBLE) if aim < dice.expected - 10 else None,
    }  # fmt: skip


def _policy(row: Row, dice: Dice) -> dict[str, Value]:
    line, end = row["_"], dice.ctx.period.end
    issued = dice.random.random() < 0.6
    return {
        **_people(), "name": line["名称"], "action": _action(dice, line["行动"]), "content": line["内容"], "subjects": line["地点"],
        "stage": dice.option("policy_stage", Mark.DONE if issued else ""), "planned": end - timedelta(days=40),
        "number": f"示例发〔{dice.ctx.plan.year}〕{dice.random.randint(1, 40)}号",
        "issued": end - timedelta(days=dice.random.randint(5, 30)),
        "money": Decimal(dice.random.randint(10, 300)).quantize(CENT), "households": dice.random.randint(5, 400),
        "valid": "长期",
    }  # fmt: skip


def _indicator(row: Row, dice: Dice) -> dict[str, Value]:
    indicator = dice.ctx.plan.find("indicators", row["indicator"])
    note = "示例：有序推进，按季调度。"
    if indicator.qualitative or indicator.target is None:
        figure = Decimal(dice.random.randint(1, 20))
        return {"note": note, **({} if indicator.qualitative else {"total": figure, "last_year": figure + 2})}
    scale = dice.expected / 100 if has_pace(indicator) else Decimal(1)
    step = Decimal(1) if indicator.measure in COUNTED else CENT
    total = (indicator.target * scale * dice.random.randint(92, 112) / 100).quantize(step)
    now = (total / 10).quantize(step) if has_pace(indicator) else total
    last = (total * dice.random.randint(85, 99) / 100).quantize(step)
    return {"now": now, "total": total, "last_year": last, "forecast": indicator.target, "note": note}


def _obstacle(row: Row, dice: Dice) -> dict[str, Value]:
    line, end = row["_"], dice.ctx.period.end
    return {
        "text": line["名称"], "about": f"{_short(dice)}示例项目", "cause": line["内容"], "wanted": line["地点"],
        "kind": _named(dice, "obstacle_kind", line["行动"]), "level": dice.option("level"),
        "person": "示例", "due": end + timedelta(days=dice.random.randint(10, 60)),
        "progress": "已向牵头部门书面报告，正在会商。", "status": dice.option("obstacle_state", Mark.DOING),
    }  # fmt: skip


def _short(dice: Dice) -> str:
    return str(dice.ctx.plan.find("units", dice.ctx.unit).short)


def _named(dice: Dice, of: str, name: str) -> str:
    return next((o.id for o in dice.ctx.plan.options(of) if o.name == name), dice.option(of))


def _publicity(row: Row, dice: Dice) -> dict[str, Value]:
    line, period = row["_"], dice.ctx.period
    tasks = dice.ctx.plan.tasks_of(dice.ctx.unit)
    return {
        "title": line["名称"], "media": line["内容"], "level": _named(dice, "media_level", line["行动"]),
        "day": period.start + timedelta(days=dice.random.randint(0, (period.end - period.start).days)),
        "action": tasks[0][0].action if tasks else None, "author": "示例",
    }  # fmt: skip


def _cover(row: Row, dice: Dice) -> dict[str, Value]:
    people = dict.fromkeys(("head", "deputy", "liaison", "filler", "reviewer"), "示例")
    phones = dict.fromkeys(("liaison_phone", "filler_phone", "office_phone"), PHONE)
    return {**people, **phones, "head_post": "主要负责人", "deputy_post": "分管负责人"}


# Forms whose values hang together; every other form gets values by the kinds of its fields.
MAKERS: dict[str, Callable[[Row, Dice], dict[str, Value]]] = {
    "cover": _cover, "tasks": _task, "projects": _project, "policies": _policy, "indicators": _indicator,
    "obstacles": _obstacle, "publicity": _publicity,
}  # fmt: skip
