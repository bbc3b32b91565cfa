"""Commands of a unit: plan, new workspace, sample data, forms, check, submission."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from exports.writers import FORMATS
from forms.states import Role
from ui.cli.common import Commands, FolderParam, opened, say_json

if TYPE_CHECKING:
    from datetime import date

    from models.plan.entries import Period
    from models.workspace import Workspace

commands = Commands()


@commands.command(help="显示方案：行动、指标、任务、单位、分工、调度期；或写成可以在 Excel 里修改的方案工作簿")
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.option("--out", type=FolderParam(path_type=Path), default=None, help="把方案工作簿写到哪个文件夹")
@click.pass_obj
def plan(folder: Path, as_json: bool, out: Path | None) -> None:
    from models.plan.as_json import as_document, as_text
    from models.plan.reader import read_built_in
    from models.store.data_folder import FILE

    shown = opened(folder).plan if (folder / FILE).exists() else read_built_in()
    if out is not None:
        from exports.plan.workbook import write_plan

        path = write_plan(shown, out / f"方案_{shown.version}.xlsx")
        click.echo(f"方案工作簿已写出：{path}", err=as_json)
    if as_json:
        say_json(as_document(shown))
    elif out is None:
        click.echo(as_text(shown))


@commands.command(help="用内置方案新建工作区")
@click.option(
    "--role", type=click.Choice([str(r) for r in Role]), required=True, help="单位填报、工作专班、领导小组办公室"
)
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个")
@click.option("--action", default="", metavar="行动", help="专班负责的行动编号")
@click.pass_obj
def init(folder: Path, role: str, units: tuple[str, ...], action: str) -> None:
    from models.workspace import Workspace

    if wrong := wrong_init(role, units, action):
        raise click.UsageError(wrong)
    space = Workspace.create(folder, role, units, action)
    names = "、".join(u.short for u in space.units[:5]) + ("等" if len(space.units) > 5 else "")
    click.echo(f"已建立工作区：{folder}。方案：{space.plan.title}（{space.plan.version}），{len(space.units)}个单位（{names}），"
               f"当前调度期：{space.period.name}。")  # fmt: skip
    space.close()


def wrong_init(role: str, units: tuple[str, ...], action: str) -> str:
    """The error where the options of `init` do not fit the role, or a required one is missing; '' for none."""
    if role == Role.UNIT and not units:
        return "单位填报要说明是哪个单位，请用 --unit 给出单位代码、全称或简称"
    if role == Role.TEAM and not action:
        return "工作专班要说明负责哪个行动，请用 --action 给出行动编号；用 plan 命令可以看到全部行动"
    if role != Role.UNIT and units:
        return "--unit 只用于单位填报（--role unit），请去掉"
    if role != Role.TEAM and action:
        return "--action 只用于工作专班（--role team），请去掉"
    return ""


@commands.command(help="写入示例数据（明确标注为示例）：从年初到这一个调度期")
@click.option("--period", "word", default="", metavar="调度期", help="到哪个调度期，例如 2024-10；不给就用当前调度期")
@click.option("--seed", default=1, metavar="数", help="同一个数产生同样的数据")
@click.option("--faults", is_flag=True, help="故意放进常见差错")
@click.option(
    "--day", "typed", default="", metavar="日期", help="示例日期，例如 2024-10-22；不给就是那一期最后一个月的22日"
)
@click.pass_obj
def demo(folder: Path, word: str, seed: int, faults: bool, typed: str) -> None:
    from models.reporting.sample import live_on_sample_day

    space = opened(folder)
    period = space.plan.period(word) if word else space.period
    day = day_of(typed)
    click.echo(_sample_year(space, period, seed, faults, day))
    if period.id != space.period.id:
        space.set({"current": period.id})
        click.echo(f"当前调度期改为{period.name}。")
    if live_on_sample_day(space, day):
        click.echo(
            f"示例日期是{space.today.month}月{space.today.day}日，离截止几天、迟报都从这一天算；在“设置”里可以改。"
        )


def day_of(typed: str) -> "date | None":
    """The day that was typed; None for ''. Raises UsageError where it is none."""
    from forms.dates import Day
    from forms.kind import Unreadable

    try:
        return Day().parse(typed) if typed else None
    except Unreadable as why:
        raise click.UsageError(str(why)) from None


def _sample_year(space: "Workspace", period: "Period", seed: int, faults: bool, day: "date | None") -> str:
    """Make the sample data; the sentence on what was made."""
    from exports.sample_year import hand_in_year
    from models.reporting.sample import fill_year

    if space.role == Role.OFFICE:
        made = hand_in_year(space, period, seed, faults, day)
        earlier = f"，连同以前{len(made.periods) - 1}期共{made.files}份" if len(made.periods) > 1 else ""
        return f"已装入{made.units}个单位{period.name}的示例上报包{earlier}。"
    count, periods = fill_year(space, period, seed, faults)
    earlier = f"，以及以前{periods - 1}期的" if periods > 1 else ""
    return f"已为{count}个单位写入{period.name}的示例数据{earlier}。"


@commands.command(help="生成各单位的表：每个单位一个文件夹，一本 Excel，每张表一份 PDF")
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个；不给就是全部")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORMATS), help="只要其中一种")
@click.option("--form", "forms", multiple=True, metavar="表", help="只要这几张表（表名或英文名）")
@click.option("--blank", is_flag=True, help="手工填写用的空表")
@click.pass_obj
def forms(
    folder: Path,
    out: Path,
    units: tuple[str, ...],
    word: str,
    formats: tuple[str, ...],
    forms: tuple[str, ...],
    blank: bool,
) -> None:
    from exports.batch import write
    from exports.form_jobs import jobs

    space = opened(folder)
    todo = jobs(space, out, units, word, formats or FORMATS, forms, blank)
    with click.progressbar(length=len(todo), label="正在生成", file=sys.stderr) as bar:
        paths = write(todo, lambda _n: bar.update(1))
    click.echo(f"已生成{len(paths)}个文件，在：{out}")


@commands.command(help="审核：列出每一处问题")
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个；不给就是全部")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.pass_context
def check(ctx: click.Context, units: tuple[str, ...], word: str, as_json: bool) -> None:
    from models.reporting.check import check as find
    from models.reporting.sample import has_data

    space = opened(ctx.obj)
    period = space.plan.period(word) if word else space.period
    asked = space.asked_units(units)
    chosen = [u for u in asked if space.role == Role.UNIT or has_data(space, u.code, period)]
    found = [f for u in chosen for f in find(space, u.code, period)]
    if as_json:
        say_json([f.document for f in found])
    else:
        for f in found:
            click.echo(f.line(space), err=True)
        absent = f"，另有{len(asked) - len(chosen)}个单位还没有报" if len(asked) > len(chosen) else ""
        click.echo(f"审核了{len(chosen)}个单位的{period.name}，发现{len(found)}处{absent}。")
    ctx.exit(1 if any(not f.settled for f in found) else 0)


@commands.command(help="传出上报包：加密的一个文件，用U盘或邮件交到县里")
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--unit", "unit", default="", metavar="单位", help="单位代码、全称或简称；本机只有一个单位时可以不给")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.pass_obj
def submit(folder: Path, out: Path, unit: str, word: str) -> None:
    from exports.outgoing.submission import file_name, submission
    from exports.outgoing.write_out import write_out
    from exports.package.manifest import Submission

    space = opened(folder)
    period = space.plan.period(word) if word else space.period
    parcel = submission(space, space.only_unit(unit), period)
    path = write_out(parcel, out, file_name(parcel))
    head = parcel.expect(Submission)
    kept = "已加密" if parcel.encrypted else "没有加密：本机还没有装入县里的任务包"
    click.echo(f"已传出{period.name}第{head.revision}版（{kept}，版本码{head.code}）：{path}")
    click.echo("已写完并读回核对；写在U盘上的，可以安全拔出。")
