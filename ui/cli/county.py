"""Commands of the county's office and the work teams: hand out, overview, return, consolidate."""

import sys
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from forms.states import REPORT_STATES, FileKind, Role
from models.errors import UserError
from models.plan.diff import cut
from ui.cli.common import Commands, FolderParam, opened, say_json

if TYPE_CHECKING:  # imported late: each command loads only what it needs
    from exports.package.container import PackageFile
    from models.plan.plan import Plan

commands = Commands()


@commands.command(help="下发：每个单位一个任务包；已收到上报的，同时写回执")
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个；不给就是全部")
@click.option("--again", is_flag=True, help="补发：换新的登记码，原来登记的电脑停用")
@click.option("--least", metavar="版本", help="各单位的程序至少要这一版，写进任务包并记在设置里；给空的就不再要求")
@click.pass_context
def handout(ctx: click.Context, out: Path, units: tuple[str, ...], again: bool, least: str | None) -> None:
    from exports.incoming.work_team import handout_name, team_handout
    from exports.outgoing.handout import files_for, require
    from exports.outgoing.write_out import send, write_out
    from models.act_backup import backed_up

    if again and not units:
        raise click.UsageError("补发会停用原来登记的电脑，请用 --unit 说明补给哪个单位")
    space = opened(ctx.obj)
    if least is not None:
        require(space, least)
    chosen = space.asked_units(units)
    made: list[PackageFile] = []
    wrong: list[str] = []  # of one unit or team; the others get their files
    with backed_up(space, "handout"):
        for unit in chosen:
            try:
                made += files_for(space, unit, again)
            except UserError as why:
                wrong.append(str(why))
        for parcel in made:
            send(space, parcel, out)
    for action in () if units else space.plan.actions:
        try:
            for_team = team_handout(space, action)
        except UserError as why:
            wrong.append(str(why))
        else:
            if for_team is not None:
                write_out(for_team, out, handout_name(action, for_team))
    receipts = sum(p.kind == FileKind.RECEIPT for p in made)
    asked = f"（要求程序至少是{space.settings['least']}版）" if space.settings.get("least") else ""
    click.echo(f"已写出{len(made) - receipts}个任务包{asked}、{receipts}个回执，在：{out}")
    if told := _unsure(space.plan, {u.code for u in chosen}):
        click.echo(told)
    for line in wrong:
        click.echo(line, err=True)
    ctx.exit(1 if wrong else 0)


def _unsure(plan: "Plan", units: Collection[str]) -> str:
    """How much of the plan is unconfirmed for these units, and the first such assignment; '' for none."""
    from models.plan.rows import unconfirmed_sentence, unsure

    open_ones = [a for a in plan.assignments if not a.confirmed and a.unit in units]
    if not open_ones:
        return ""
    first = open_ones[0]
    text = plan.find("tasks", first.task).text
    return (
        f"方案还有{unconfirmed_sentence(unsure(plan.texts))}，单位会看到“待确认”；第一处：{plan.unit(first.unit).short}“{cut(text, 30)}”。"
        "确认以后请再下发一次"
    )


@commands.command(help=f"报送情况：{'、'.join(REPORT_STATES.values())}")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.pass_obj
def status(folder: Path, word: str, as_json: bool) -> None:
    from models.county.standings import strict_problems
    from models.county.unit_states import STATES, reminder, states

    space = opened(folder)
    if space.role == Role.UNIT:
        raise UserError("overview.not-here")
    period = space.period_of(word) if word else space.period
    found = states(space, period)
    if as_json:
        problems = strict_problems(space, period)
        units = [{**s.document, "problems": problems.get(s.unit.code, 0)} for s in found]
        say_json({"period": period.id, "units": units})
        return
    for s in found:
        version = f"第{s.revision}版　{s.received[:16].replace('T', ' ')}" if s.revision else ""
        notes = f"　本办更正待定{s.contested}格" if s.contested else ""
        notes += f"　不计入：{s.excluded}" if s.excluded else ""
        notes += ("　方案版本旧" if s.old_plan else "") + ("" if s.verified else "　未验证")
        click.echo(f"{s.unit.code}　{s.unit.short}　{STATES[s.state]}　{version}{notes}")
    click.echo(reminder(space, period, found))


@commands.command("return", help="退回：指出哪一格不对，写退回单")
@click.option("--unit", required=True, metavar="单位", help="单位代码、全称或简称")
@click.option("--period", "word", required=True, metavar="调度期", help="调度期")
@click.option(
    "--comment", "comments", multiple=True, required=True, metavar="表:行:栏=意见", help="一条意见，可以给几条"
)
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.pass_obj
def send_back(folder: Path, unit: str, word: str, comments: tuple[str, ...], out: Path) -> None:
    from exports.outgoing.handout import send_back as write_return
    from exports.outgoing.write_out import send
    from models.act_backup import backed_up

    space = opened(folder)
    places = [comment_of(c) for c in comments]
    to, period = space.plan.unit(unit), space.plan.period(word)
    before = len(space.store.rows("comments", to.code, period.id))
    with backed_up(space, "return"):
        path = send(space, write_return(space, to, period, places), out)
    added = len(space.store.rows("comments", to.code, period.id)) - before
    same = f"；{len(places) - added}条已经退回过、单位还没有办理，没有重复添加" if added < len(places) else ""
    click.echo(f"已退回{added}条意见{same}：{path}")


def comment_of(text: str) -> tuple[str, int, str, str]:
    """FORM:ROW:FIELD=TEXT as form, row number (0: the complete form), field and text."""
    place, equals, said = text.partition("=")
    parts = place.replace("：", ":").split(":")
    if not equals or not said.strip() or len(parts) != 3 or not (parts[1].strip() or "0").isdigit():
        raise UserError("return.comment-form", text=text)
    return parts[0].strip(), int(parts[1].strip() or 0), parts[2].strip(), said.strip()


@commands.command(help="（专班）写登记文件，交领导小组办公室装入；以后各单位的上报包专班也能打开")
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.pass_obj
def team(folder: Path, out: Path) -> None:
    from exports.incoming.work_team import card, card_name
    from exports.outgoing.write_out import write_out
    from exports.package.keyring import Keyring, fingerprint

    space = opened(folder)
    path = write_out(card(space), out, card_name(space))
    click.echo(f"登记文件已写出，密钥指纹{fingerprint(Keyring(space).verify)}：{path}")


@commands.command(help="（专班）转报：把收到的上报包原样打成一个压缩包，交领导小组办公室装入")
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.pass_obj
def forward(folder: Path, out: Path, word: str) -> None:
    from exports.incoming.work_team import forward as hand_on

    space = opened(folder)
    path, count = hand_on(space, space.plan.period(word) if word else space.period, out)
    click.echo(f"已转报{count}份上报包，都是原件：{path}")


@commands.command(help="汇总：汇总表（Excel）和调度通报（PDF）")
@click.option("--out", type=FolderParam(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.pass_obj
def summary(folder: Path, out: Path, word: str) -> None:
    from exports.county_papers import papers, write_papers

    space = opened(folder)
    if space.role == Role.UNIT:
        raise UserError("county-summary.not-here")
    period = space.period_of(word) if word else space.period
    made = papers(space, period)
    with click.progressbar(length=made.count, label="正在写出", file=sys.stderr) as bar:
        paths = write_papers(made, out, lambda _n: bar.update(1))
    if made.warning:
        click.echo(f"注意：{made.warning}", err=True)
    click.echo(f"{period.name}汇总表和{len(paths) - 1}份调度通报已写出，在：{out}")
