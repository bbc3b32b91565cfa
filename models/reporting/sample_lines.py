"""示例数据 of each form: a line's year is settled by its own chance, so that every period follows from the one before and
no check finds anything in it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from forms.dates import day_of
from forms.evidence import Attachment
from forms.field import Row
from forms.kind import Value
from forms.pace import row_pace
from forms.states import Mark
from models.reporting.sample_indicators import indicator
from models.reporting.sample_values import Dice

CENT = Decimal("0.01")
PHONE = "0000-0000000"  # of no place at all: a plan does not say its county's area code
PEOPLE: dict[str, Value] = {"chief": "示例（分管领导）", "section": "示例股室"}
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


## tasks: mostly in time, some slow, some late and of those some that catch up, some begun late, some done early

Year = tuple[Mark, float]  # how a task is getting on, and its share done


def _steady(_chance: Random, gone: float) -> Year:
    return Mark.DOING, gone


def _slow(_chance: Random, gone: float) -> Year:
    return Mark.WARN, gone * 0.85


def _late(_chance: Random, gone: float) -> Year:
    return Mark.LATE, gone * 0.6


def _catching_up(chance: Random, gone: float) -> Year:
    turn = chance.uniform(0.3, 0.8)
    return (Mark.LATE, gone * 0.6) if gone < turn else (Mark.DOING, max(gone * 0.95, turn * 0.6))


def _begun_late(chance: Random, gone: float) -> Year:
    start = chance.uniform(0.2, 0.5)
    return (Mark.IDLE, 0.0) if gone < start else (Mark.LATE, (gone - start) * 0.8)


def _early(chance: Random, gone: float) -> Year:
    end = chance.uniform(0.4, 0.9)
    return (Mark.DONE, 1.0) if gone >= end else (Mark.DOING, gone / end)


COURSES: Sequence[Callable[[Random, float], Year]] = (_steady, _slow, _late, _catching_up, _begun_late, _early)
WEIGHTS = (58, 14, 7, 5, 5, 11)  # in a hundred tasks


def _gone(row: Row, dice: Dice) -> float:
    """The share of the task's own span that is gone by the end of the period; of the year's, where it has none."""
    paced = row_pace(row, replace(dice.ctx, day=dice.ctx.period.end))
    return dice.gone if paced is None else float(paced) / 100


def _course(row: Row, dice: Dice) -> Year:
    """How a task is getting on: past its day it is done, and what was done stays so."""
    if dice.before("tasks", row, "percent") == 100:
        return Mark.DONE, 1.0
    chance, due = dice.of_line("tasks", row["line"]), day_of(row.get("due"))
    gone = _gone(row, dice)
    mark, done = chance.choices(COURSES, WEIGHTS)[0](chance, gone)
    over = due is not None and due < dice.ctx.period.end
    done = 1.0 if over or (gone >= 1 and mark == Mark.DOING) else min(done, 0.99)
    return (Mark.DONE, 1.0) if done >= 1 or mark == Mark.DONE else (mark, done)


def task(row: Row, dice: Dice) -> dict[str, Value]:
    """A task in this period."""
    (mark, done), random = _course(row, dice), dice.random
    status = dice.option("status", mark, Mark.DOING)
    percent = max(Decimal(int(done * 100)), dice.before("tasks", row, "percent") or Decimal(0))
    troubled = status.explain or mark in (Mark.LATE, Mark.IDLE, Mark.WARN)
    unset = {"goal": "完成年度任务", "due": dice.day_at(1) - timedelta(days=1)}  # where the plan says nothing
    words = random.choice(PROGRESS).format(a=random.randint(2, 9), b=random.randint(10, 99), p=percent)
    return {
        **PEOPLE, "person": "示例", "phone": PHONE, "measure": "明确专人负责，列出月度清单，逐项对账销号。",
        "status": status.id, "percent": percent, "progress": f"{dice.ctx.period.name}：{words}",
        "trouble": random.choice(TROUBLE) if troubled else None,
        "next": None if mark == Mark.DONE else random.choice(NEXT),
        "evidence": (Attachment("调度会议纪要"), Attachment("现场照片")) if random.random() < 0.4 else None,
        **{name: value for name, value in unset.items() if row.get(name) is None},
    }  # fmt: skip


## projects, policies


def project(row: Row, dice: Dice) -> dict[str, Value] | None:
    """A project in this period; None before it is on the list."""
    line, fixed = row["_"], dice.of_line("projects", row["line"])
    if dice.gone < fixed.choice([0, 0, 0, 0.3]):
        return None
    total = Decimal(fixed.randint(30_000, 600_000)) / 100
    past = (total * fixed.choice([0, 0, 20, 35]) / 100).quantize(CENT)
    planned = ((total - past) * fixed.randint(60, 95) / 100).quantize(CENT)
    speed = fixed.choice([0.7, 0.85, 0.95, 1, 1.05])
    share, before = (min(g * speed, 1.0) for g in (dice.gone, dice.gone_before))
    year, until = ((planned * Decimal(repr(round(s, 4)))).quantize(CENT) for s in (share, before))
    until = dice.before("projects", row, "year_done") or until
    year = max(year, until)
    mark = Mark.DONE if share >= 1 else Mark.LATE if speed < 0.8 else Mark.DOING
    status, slow = dice.option("status", mark, Mark.DOING), mark == Mark.LATE
    return {
        **PEOPLE, "name": line["名称"], "content": line["内容"], "place": line["地点"], "action": _action(dice, row),
        "kind": dice.option("project_kind", random=fixed).id, "nature": dice.option("nature", random=fixed).id,
        "start": f"{dice.ctx.plan.year}-0{fixed.randint(1, 6)}", "end": f"{dice.ctx.plan.year + 1}-0{fixed.randint(3, 9)}",
        "total": total, "past": past, "plan": planned, "year_done": year, "period_done": max(year - until, Decimal(0)),
        "progress": f"{dice.ctx.period.name}：主体工程完成{share * 100:.0f}%，设备采购合同已签订。",
        "owner": "示例业主单位", "status": status.id,
        "trouble": fixed.choice(TROUBLE) if slow or status.explain else None,
    }  # fmt: skip


def policy(row: Row, dice: Dice) -> dict[str, Value]:
    """A policy in this period: drafted, then issued, then paid month by month."""
    line, fixed = row["_"], dice.of_line("policies", row["line"])
    planned = dice.day_at(fixed.uniform(0.1, 0.9))
    issued, end = planned + timedelta(days=fixed.randint(-10, 20)), dice.ctx.period.end
    number, money, households = fixed.randint(1, 40), fixed.randint(20, 300), fixed.randint(20, 90)
    on_paper = {
        "number": f"示例发〔{dice.ctx.plan.year}〕{number}号", "issued": issued,
        "money": (Decimal(money) * dice.random.randint(70, 130) / 100).quantize(CENT), "households": households,
    } if issued <= end else {}  # fmt: skip
    marks = (
        (Mark.DONE,) if on_paper else (Mark.DOING,) if end > planned - timedelta(days=60) else (Mark.IDLE, Mark.DOING)
    )
    return {
        **PEOPLE, "name": line["名称"], "content": line["内容"], "subjects": line["地点"], "action": _action(dice, row),
        "stage": dice.option("policy_stage", *marks).id, "planned": planned, "valid": "长期", **on_paper,
    }  # fmt: skip


def _action(dice: Dice, row: Row) -> str:
    """The sample line's action; under another county's plan one in which the unit works, or any of the plan's."""
    plan, word = dice.ctx.plan, row["_"]["行动"]
    if plan.find("actions", word) is not None:
        return str(word)
    tasks = plan.tasks_of(dice.ctx.unit)
    return str(tasks[0][0].action if tasks else dice.option("actions", random=dice.of_line("action", "")).id)


## obstacles, publicity, cover


@dataclass(frozen=True)
class Course:
    """An obstacle's year: the shares of the year at which it is reported, taken up, and struck off (over 1: not at all)."""

    opened: float
    taken_up: float
    closed: float


def _course_of(fixed: Random) -> Course:
    opened = fixed.uniform(-0.05, 0.9)
    return Course(opened, opened + fixed.uniform(0.03, 0.15), opened + fixed.uniform(0.15, 0.9))


def obstacle(row: Row, dice: Dice) -> dict[str, Value] | None:
    """An obstacle in this period; None before it is reported, and after the period in which it was struck off."""
    line, fixed = row["_"], dice.of_line("obstacles", row["line"])
    course, now = _course_of(fixed), dice.gone
    if now < course.opened or course.closed <= dice.gone_before:
        return None
    done = course.closed <= now
    marks = (Mark.DONE,) if done else (Mark.DOING,) if now >= course.taken_up else (Mark.LATE, Mark.IDLE)
    place = str(dice.ctx.plan.find("units", dice.ctx.unit).short)
    return {
        "text": line["名称"], "about": f"{place}示例项目", "cause": line["内容"], "wanted": line["地点"],
        "kind": _named(dice, "obstacle_kind", line["行动"], fixed), "level": dice.option("level", random=fixed).id,
        "person": "示例", "due": dice.day_at(min(course.closed, 1.0)) + timedelta(days=fixed.randint(5, 60)),
        "progress": "问题已经解决，经各方确认。" if done else "已向牵头部门书面报告，正在会商。",
        "status": dice.option("obstacle_state", *marks).id, "closed": dice.day_at(course.closed) if done else None,
    }  # fmt: skip


def _named(dice: Dice, of: str, name: str, random: Random) -> str:
    return next((o.id for o in dice.ctx.plan.options(of) if o.name == name), dice.option(of, random=random).id)


def publicity(row: Row, dice: Dice) -> dict[str, Value] | None:
    """A piece of this period; None where there was none."""
    line, period = row["_"], dice.ctx.period
    if dice.random.random() < 0.5:
        return None
    return {
        "title": f"{line['名称']}（{period.name}）", "media": line["内容"],
        "level": _named(dice, "media_level", line["行动"], dice.random), "author": "示例",
        "day": period.start + timedelta(days=dice.random.randint(0, (period.end - period.start).days)),
        "action": _action(dice, {"_": {"行动": ""}}),
    }  # fmt: skip


def cover(_row: Row, _dice: Dice) -> dict[str, Value]:
    """Who answers for the report."""
    people = dict.fromkeys(("head", "deputy", "liaison", "filler", "reviewer"), "示例")
    phones = dict.fromkeys(("liaison_phone", "filler_phone", "office_phone"), PHONE)
    return {**people, **phones, "head_post": "主要负责人", "deputy_post": "分管负责人"}


# Forms whose values hang together; every other form gets values by the kinds of its fields.
Maker = Callable[[Row, Dice], "dict[str, Value] | None"]
MAKERS: dict[str, Maker] = {
    "cover": cover, "tasks": task, "projects": project, "policies": policy, "indicators": indicator,
    "obstacles": obstacle, "publicity": publicity,
}  # fmt: skip
