"""What setup would make: the card that the user confirms, and how the workspace is then made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from forms.states import Role
from models.plan.entries import Action, Period, Unit
from models.plan.plan import LEAD, Plan
from models.restore import Owner, restore
from models.store.clock import today_here
from models.workspace import Workspace

if TYPE_CHECKING:
    from exports.incoming.new_workspace import NewWorkspace

Figures = tuple[tuple[str, str], ...]  # each a figure and what it counts
OFFICE = "领导小组办公室"
YOU = ("谁来用？", "你的姓名")  # the county fills in no forms
NAME = 32  # characters of a file's name that are shown


@dataclass(frozen=True)
class SetupPreview:
    """Whose workspace this would be. `source` gives the origin in two lines; `make` makes the workspace in a folder
    and raises UserError.
    """

    name: str
    beside: str
    plan: Plan
    figures: Figures
    question: str
    yes: str
    no: str
    source: tuple[str, str]
    make: Callable[[Path], Workspace]
    person: str = ""
    doubt: str = ""  # what the user should check first
    start: str = "开始填报"
    who: tuple[str, str] = ("谁来填？", "填报人姓名")  # the last question

    @property
    def plan_line(self) -> str:
        """The plan's title and year."""
        return f"{self.plan.title}　{self.plan.year}年"


def of_unit(
    plan: Plan, unit: Unit, period: Period, no: str, source: tuple[str, str], make: Callable[[Path], Workspace]
) -> SetupPreview:
    """For a unit that reports."""
    figures = (*_duties(plan, unit), _due(plan, period), (_short(plan, period), "从这期报起"))
    question = f"你是{unit.short}的吗？"
    return SetupPreview(unit.short, unit.code, plan, figures, question, f"是，我是{unit.short}", no, source, make)


def of_handout(offer: "NewWorkspace", paths: Sequence[Path], refused: Sequence[str] = ()) -> SetupPreview:
    """For the unit of a hand-out; `refused` are sentences on files beside it that were refused."""
    from exports.incoming.new_workspace import begin

    day = f"{offer.day.year}年{offer.day.month}月{offer.day.day}日"
    told = f"{_brief(offer.name)}　{offer.county} {day}签发，{'验过' if offer.sure else '未验证'}"
    claim = of_unit(
        offer.plan, offer.unit, offer.period, "不是，换一个任务包", ("任务包读好了", told),
        lambda folder: begin(folder, paths, offer.unit.code),
    )  # fmt: skip
    unsure = f"签名的密钥不是{offer.county}的，先打电话核对再用" if not offer.sure else ""
    sure = f"县里的密钥指纹 {offer.fingerprint}，可以打电话核对"
    return replace(claim, doubt="\n".join([unsure or sure, *refused[:3]]))


def of_built_in(plan: Plan, role: Role, chosen: Unit | Action | None) -> SetupPreview:
    """For a unit, a work team or the office of the built-in plan."""
    source = ("先用自带方案", "以后收到任务包，随时能装入")
    period = plan.current(today_here())
    if isinstance(chosen, Unit):
        return of_unit(plan, chosen, period, "不是，换一个单位", source,
                       lambda folder: Workspace.create(folder, role, [chosen.code]))  # fmt: skip
    if isinstance(chosen, Action):
        return of_team(plan, chosen, period, source, lambda folder: Workspace.create(folder, role, (), chosen.id))
    return of_office(plan, period, source, lambda folder: Workspace.create(folder, role))


def of_team(
    plan: Plan, action: Action, period: Period, source: tuple[str, str], make: Callable[[Path], Workspace]
) -> SetupPreview:
    """For the work team of an action."""
    tasks = plan.tasks_of_action(action.id)
    units = {u.code for u in plan.units if any(t in tasks for t, _ in plan.tasks_of(u.code))}
    measured = sum(i.action == action.id for i in plan.indicators)
    figures = ((str(len(tasks)), "重点任务"), (str(measured), "项指标"), (str(len(units)), "责任单位"),
               (_short(plan, period), "从这期起"))  # fmt: skip
    question = "你是这个工作专班的吗？"
    return SetupPreview(action.name, "工作专班", plan, figures, question, "是，我是这个专班的", "不是，换一个行动", source, make,
                 start="开始", who=YOU)  # fmt: skip


def of_office(plan: Plan, period: Period, source: tuple[str, str], make: Callable[[Path], Workspace]) -> SetupPreview:
    """For the county's office."""
    figures = ((str(len(plan.units)), "责任单位"), (str(len(plan.actions)), "个行动"), (str(len(plan.tasks)), "重点任务"),
               (str(len(plan.indicators)), "项指标"), (_short(plan, period), "从这期起"))  # fmt: skip
    beside = "定方案、下发、收件、汇总、通报"
    question = "这台电脑给办公室用吗？"
    return SetupPreview(OFFICE, beside, plan, figures, question, "是，给办公室用", "不是，换一个用途", source, make,
                 start="开始", who=YOU)  # fmt: skip


def of_backup(owner: Owner, source: Path) -> SetupPreview:
    """For the owner of a backup."""
    day = datetime.fromtimestamp(source.stat().st_mtime)
    told = f"{_brief(source.name)}　{day.year}年{day.month}月{day.day}日的文件，内容完好"

    def make(folder: Path) -> Workspace:
        restore(folder, source)
        return Workspace.open(folder)

    return _of_owner(owner, "不是，换一份备份", ("备份读好了", told), make)


def of_place(owner: Owner, folder: Path) -> SetupPreview:
    """For the owner of data that are in the folder already."""
    return _of_owner(owner, "不是，换个地方", ("这里已经有数据", f"在 {folder}，直接接着用"), Workspace.open)


def _of_owner(owner: Owner, no: str, source: tuple[str, str], make: Callable[[Path], Workspace]) -> SetupPreview:
    plan = owner.plan
    period = plan.find("periods", owner.period) or plan.current(today_here())
    if owner.role == Role.OFFICE:
        claim = of_office(plan, period, source, make)
    elif owner.role == Role.TEAM:
        claim = of_team(plan, plan.action(owner.action), period, source, make)
    else:
        units = [plan.unit(u) for u in owner.units]
        claim = of_unit(plan, units[0], period, no, source, make) if len(units) == 1 else _several(
            plan, units, period, no, source, make
        )  # fmt: skip
    return replace(claim, no=no, person=owner.person, figures=(*claim.figures[:-1], (_short(plan, period), "报到这期")))


def _several(
    plan: Plan, units: Sequence[Unit], period: Period, no: str, source: tuple[str, str],
    make: Callable[[Path], Workspace],
) -> SetupPreview:  # fmt: skip
    names = "、".join(u.short for u in units[:3]) + (f"等{len(units)}个单位" if len(units) > 3 else "")
    figures = ((str(len(units)), "个单位"), _due(plan, period), (_short(plan, period), ""))
    question = f"你填报这{len(units)}个单位吗？"
    return SetupPreview(names, "", plan, figures, question, "是，是这些单位", no, source, make)


def _duties(plan: Plan, unit: Unit) -> Figures:
    roles = [role for _task, role in plan.tasks_of(unit.code)]
    lead, measured = roles.count(LEAD), len(plan.indicators_of(unit.code))
    return (str(lead), "牵头任务"), (str(len(roles) - lead), "配合任务"), (str(measured), "项指标")


def _brief(name: str) -> str:
    """A file's name, shortened to fit into a line."""
    return name if len(name) <= NAME else f"{name[: NAME // 2]}…{name[-NAME // 2 :]}"


def _due(plan: Plan, period: Period) -> tuple[str, str]:
    """The due day and its label: of every month if all have the same, else of this period."""
    months = {p.due.day for p in plan.periods if p.monthly}
    if months == {period.due.day}:
        return f"{period.due.day} 日", "每月报"
    return f"{period.due.month}月{period.due.day}日", "这期最迟报"


def _short(plan: Plan, period: Period) -> str:
    return period.name.removeprefix(f"{plan.year}年")
