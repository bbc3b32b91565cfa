"""清单填报: the command line, and the start of the window."""

import errno
import gettext
import json
import os
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import resources

os.environ["LANGUAGE"] = "zh_CN"  # the command line library takes its words from here; before it is loaded
gettext.bindtextdomain("messages", str(resources.path("messages")))

import click

from models.errors import StoreError, UserError, cause
from models.places import default_folder, too_old

FORM_FORMATS = ("xlsx", "pdf")
RESULTS = {"accepted": "已装入", "unchanged": "无变化", "conflict": "有冲突", "refused": "没有装入"}


def say_json(document: Any) -> None:
    """One JSON document on standard output, and nothing else."""

    def plain(value: object) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value.isoformat() if isinstance(value, date) else str(value)

    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=plain))


class Folder(click.Path):
    """A folder that was really named: an empty word would be the folder one happens to stand in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("没有写文件夹", param, ctx)
        return super().convert(value, param, ctx)


class Command(click.Command):
    """A command whose help is all Chinese."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **more})


class Program(click.Group):
    """The command group: errors that a user can mend become a sentence and exit code 1."""

    command_class = Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Files dropped on the program, or opened with it, are what the window is to load."""
        files = bool(args) and args[0] not in self.commands and all(os.path.isfile(a) for a in args)
        return super().parse_args(ctx, [x for a in args for x in ("--open", a)] if files else args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            for line in error.details or (str(error),):
                click.echo(line, err=True)
            ctx.exit(1)
        except StoreError as error:  # whatever was being done: the store itself is the trouble
            from models.connection import refused
            from models.workspace import FILE

            click.echo(str(refused(error, ctx.params["folder"] / FILE)), err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read our words has left; the library below knows what to do
                raise
            click.echo(f"读写没有成功（{cause(error)}），请检查位置和权限：{error.filename or '数据文件夹'}", err=True)
            ctx.exit(1)


@click.group(
    cls=Program,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [选项]",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="清单填报：填报、审核、打印、上报县级年度方案的各类清单。不带命令时打开窗口。",
)
@click.option("--data", "folder", type=Folder(path_type=Path), default=default_folder, help="数据文件夹")
@click.option(
    "--open",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="在窗口里装入这个文件，可以给几个",
)
@click.option(
    "--selftest", type=Folder(path_type=Path), metavar="文件夹", help="自检：把一个月的工作做一遍，结果和图放进文件夹"
)
@click.pass_context
def program(ctx: click.Context, folder: Path, files: tuple[Path, ...], selftest: Path | None) -> None:
    ctx.obj = folder
    if ctx.invoked_subcommand is None:
        start_window(ctx, folder, files, selftest)


def start_window(ctx: click.Context, folder: Path, files: tuple[Path, ...], selftest: Path | None) -> None:
    """Open the window, or try everything out; Qt is loaded here and nowhere else."""
    try:
        from ui import app
    except ImportError as error:
        raise UserError(f"这台机器上打不开窗口（{error}），请用命令；--help 列出全部命令") from None
    if selftest is not None:
        from ui.selftest import selftest as try_out

        ctx.exit(try_out(selftest))
    ctx.exit(app.run(folder, files))


def opened(folder: Path) -> Any:
    """The workspace in the folder, closed when the command ends."""
    from models.workspace import Workspace

    space = Workspace.open(folder)
    click.get_current_context().call_on_close(space.close)
    return space


@program.command(help="显示方案：行动、指标、任务、单位、分工、调度期；或写成可以在 Excel 里修改的方案工作簿")
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.option("--out", type=Folder(path_type=Path), default=None, help="把方案工作簿写到哪个文件夹")
@click.pass_obj
def plan(folder: Path, as_json: bool, out: Path | None) -> None:
    from models.plan_files import read_built_in
    from models.plan_show import as_document, as_text
    from models.workspace import FILE

    shown = opened(folder).plan if (folder / FILE).exists() else read_built_in()
    if out is not None:
        from exports.plan_workbook import write_plan

        path = write_plan(shown, out / f"方案_{shown.version}.xlsx")
        click.echo(f"方案工作簿已写出：{path}", err=as_json)
    if as_json:
        say_json(as_document(shown))
    elif out is None:
        click.echo(as_text(shown))


@program.command(help="用内置方案新建工作区")
@click.option(
    "--role", type=click.Choice(["unit", "team", "office"]), required=True, help="单位填报、工作专班、领导小组办公室"
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
    """A sentence where the options of `init` do not belong to the role, or the one it needs is missing; otherwise ''."""
    if role == "unit" and not units:
        return "单位填报要说明是哪个单位，请用 --unit 给出单位代码、全称或简称"
    if role == "team" and not action:
        return "工作专班要说明负责哪个行动，请用 --action 给出行动编号；用 plan 命令可以看到全部行动"
    if role != "unit" and units:
        return "--unit 只用于单位填报（--role unit），请去掉"
    if role != "team" and action:
        return "--action 只用于工作专班（--role team），请去掉"
    return ""


@program.command(help="写入示例数据（明确标注为示例）")
@click.option("--period", "word", default="", metavar="调度期", help="调度期，例如 2024-10；不给就用当前调度期")
@click.option("--seed", default=1, metavar="数", help="同一个数产生同样的数据")
@click.option("--faults", is_flag=True, help="故意放进常见差错")
@click.pass_obj
def demo(folder: Path, word: str, seed: int, faults: bool) -> None:
    from exports.sample_month import fill, hand_in

    space = opened(folder)
    period = space.plan.period(word) if word else space.period
    if space.role == "office":
        count = hand_in(space, period, seed, faults)
        click.echo(f"已装入{count}个单位{period.name}的示例上报包。")
    else:
        count = fill(space, period, seed, faults)
        click.echo(f"已为{count}个单位写入{period.name}的示例数据。")
    if period.id != space.period.id:
        space.set({"current": period.id})
        click.echo(f"当前调度期改为{period.name}。")


@program.command(help="生成各单位的表：每个单位一个文件夹，一本 Excel，每张表一份 PDF")
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个；不给就是全部")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.option("--format", "formats", multiple=True, type=click.Choice(FORM_FORMATS), help="只要其中一种")
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
    from exports.orders import jobs

    space = opened(folder)
    todo = jobs(space, out, units, word, formats or FORM_FORMATS, forms, blank)
    with click.progressbar(length=len(todo), label="正在生成", file=sys.stderr) as bar:
        paths = write(todo, lambda _n: bar.update(1))
    click.echo(f"已生成{len(paths)}个文件，在：{out}")


@program.command(help="审核：列出每一处问题")
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个；不给就是全部")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.pass_context
def check(ctx: click.Context, units: tuple[str, ...], word: str, as_json: bool) -> None:
    from models.checking import check as find

    space = opened(ctx.obj)
    period = space.plan.period(word) if word else space.period
    chosen = space.asked_units(units)
    found = [f for u in chosen for f in find(space, u.code, period)]
    if as_json:
        say_json([f.document for f in found])
    else:
        for f in found:
            click.echo(f.line(space), err=True)
        click.echo(f"审核了{len(chosen)}个单位的{period.name}，发现{len(found)}处。")
    ctx.exit(1 if any(not f.settled for f in found) else 0)


@program.command(help="传出上报包：加密的一个文件，用U盘或邮件交到县里")
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--unit", "unit", default="", metavar="单位", help="单位代码、全称或简称；本机只有一个单位时可以不给")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.pass_obj
def submit(folder: Path, out: Path, unit: str, word: str) -> None:
    from exports.handout import write_out
    from exports.submission import file_name, submission

    space = opened(folder)
    period = space.plan.period(word) if word else space.period
    parcel = submission(space, space.only_unit(unit), period)
    path = write_out(parcel, out, file_name(parcel.about, parcel.id))
    kept = "已加密" if parcel.encrypted else "没有加密：本机还没有装入县里的任务包"
    click.echo(f"已传出{period.name}第{parcel.about['revision']}版（{kept}，版本码{parcel.about['code']}）：{path}")
    click.echo("已写完并读回核对；写在U盘上的，可以安全拔出。")


@program.command(help="装入：任务包、上报包、回执、退回单、填好的工作簿；文件、文件夹、压缩包、保存的邮件都可以")
@click.argument("paths", type=click.Path(path_type=Path), metavar="文件或文件夹…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.option("--dry-run", is_flag=True, help="只看会怎样，不装入")
@click.option(
    "--period", "word", default="", metavar="调度期", help="填好的工作簿当作这一期的读入；不给就按工作簿自己的"
)
@click.pass_context
def load(ctx: click.Context, paths: tuple[Path, ...], as_json: bool, dry_run: bool, word: str) -> None:
    from exports.arrival import aside
    from exports.arrival import load as take_in
    from exports.books import Answer
    from models.workspace import FILE

    space = opened(ctx.obj) if (ctx.obj / FILE).exists() else None
    period = space.plan.period(word).id if space and word else ""
    made, found = take_in(ctx.obj, space, paths, dry_run, answers={"": Answer(period=period)})
    if made is not None and made is not space:
        ctx.call_on_close(made.close)
    if not dry_run:
        aside(ctx.obj, found)
    if as_json:
        say_json([a.document for a in found])
    for a in found:
        say_arrival(a, as_json, dry_run)
    if not found:
        click.echo("没有找到可以装入的文件", err=True)
    ctx.exit(1 if any(a.result in ("refused", "conflict") or a.problems for a in found) or not found else 0)


def say_arrival(arrival: Any, as_json: bool, dry_run: bool = False) -> None:
    """What became of a file; each place of a workbook that was not taken over is a line of its own."""
    bad = arrival.result in ("refused", "conflict")
    problems = arrival.problems
    said = [line for line in arrival.message.split("\n") if f"{arrival.path}:{line}" not in problems]
    if bad or not as_json:
        result = "可以装入" if dry_run and arrival.result == "accepted" else RESULTS[arrival.result]
        told = "；".join(said).replace("：；", "；").rstrip("：")
        click.echo(f"{arrival.path}: {result}：{told}", err=bad)
    for line in problems:
        click.echo(line, err=True)
    emptied = arrival.reading.emptied if arrival.reading and not as_json else []
    for line in emptied[:20] + ([f"等{len(emptied)}格"] if len(emptied) > 20 else []):
        click.echo(f"　　{line}")
    for n in () if as_json else arrival.news:
        click.echo(f"　　{n.kind}　{n.what}：{n.before or '—'} → {n.after}")


@program.command(help="下发：每个单位一个任务包；已收到上报的，同时写回执")
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--unit", "units", multiple=True, metavar="单位", help="单位代码、全称或简称，可以给几个；不给就是全部")
@click.option("--again", is_flag=True, help="补发：换新的登记码，原来登记的电脑停用")
@click.option("--least", metavar="版本", help="各单位的程序至少要这一版，写进任务包并记在设置里；给空的就不再要求")
@click.pass_obj
def handout(folder: Path, out: Path, units: tuple[str, ...], again: bool, least: str | None) -> None:
    from exports.handout import file_name, receipt, require, write_out
    from exports.handout import handout as hand_out
    from exports.team import handout_name, team_handout

    if again and not units:
        raise click.UsageError("补发会停用原来登记的电脑，请用 --unit 说明补给哪个单位")
    space = opened(folder)
    if least is not None:
        require(space, least)
    chosen = space.asked_units(units)
    made = [p for u in chosen for p in (hand_out(space, u, again), receipt(space, u)) if p is not None]
    for parcel in made:
        write_out(parcel, out, file_name(space, parcel.about, parcel.id))
    for action in () if units else space.plan.actions:
        if (for_team := team_handout(space, action)) is not None:
            write_out(for_team, out, handout_name(action, for_team))
    receipts = sum(p.kind == "receipt" for p in made)
    asked = f"（要求程序至少是{space.settings['least']}版）" if space.settings.get("least") else ""
    click.echo(f"已写出{len(made) - receipts}个任务包{asked}、{receipts}个回执，在：{out}")


@program.command(help="报送情况：未报、已报、迟报、零报告、退回未回、冲突")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.pass_obj
def status(folder: Path, word: str, as_json: bool) -> None:
    from models.county import STATES, reminder, states

    space = opened(folder)
    if space.role == "unit":
        raise UserError("报送情况由领导小组办公室和工作专班看；本机是单位填报，本单位报到哪一步请看窗口的“上报”页")
    period = space.plan.period(word) if word else space.period
    found = states(space, period)
    if as_json:
        say_json({"period": period.id, "units": [s.document for s in found]})
        return
    for s in found:
        version = f"第{s.revision}版　{s.received[:16].replace('T', ' ')}" if s.revision else ""
        notes = ("　方案版本旧" if s.old_plan else "") + ("" if s.verified else "　未验证")
        click.echo(f"{s.unit.code}　{s.unit.short}　{STATES[s.state]}　{version}{notes}")
    click.echo(reminder(space, period, found))


@program.command("return", help="退回：指出哪一格不对，写退回单")
@click.option("--unit", required=True, metavar="单位", help="单位代码、全称或简称")
@click.option("--period", "word", required=True, metavar="调度期", help="调度期")
@click.option(
    "--comment", "comments", multiple=True, required=True, metavar="表:行:栏=意见", help="一条意见，可以给几条"
)
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.pass_obj
def send_back(folder: Path, unit: str, word: str, comments: tuple[str, ...], out: Path) -> None:
    from exports.handout import file_name, write_out
    from exports.handout import send_back as write_return

    space = opened(folder)
    places = [comment_of(c) for c in comments]
    to, period = space.plan.unit(unit), space.plan.period(word)
    before = len(space.store.rows("comments", to.code, period.id))
    parcel = write_return(space, to, period, places)
    path = write_out(parcel, out, file_name(space, parcel.about, parcel.id))
    added = len(space.store.rows("comments", to.code, period.id)) - before
    same = f"；{len(places) - added}条已经退回过、单位还没有办理，没有重复添加" if added < len(places) else ""
    click.echo(f"已退回{added}条意见{same}：{path}")


def comment_of(text: str) -> tuple[str, int, str, str]:
    """FORM:ROW:FIELD=TEXT as form, row (0: the whole form), field and text."""
    place, equals, said = text.partition("=")
    parts = place.replace("：", ":").split(":")
    if not equals or not said.strip() or len(parts) != 3 or not (parts[1].strip() or "0").isdigit():
        raise UserError(f"“{text}”不是“表:行:栏=意见”的样子，例如：tasks:3:progress=请写具体数字")
    return parts[0].strip(), int(parts[1].strip() or 0), parts[2].strip(), said.strip()


@program.command(help="（专班）写登记文件，交领导小组办公室装入；以后各单位的上报包专班也能打开")
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.pass_obj
def team(folder: Path, out: Path) -> None:
    from exports.handout import write_out
    from exports.keyring import Keyring, fingerprint
    from exports.team import card, card_name

    space = opened(folder)
    path = write_out(card(space), out, card_name(space))
    click.echo(f"登记文件已写出，密钥指纹{fingerprint(Keyring(space).verify)}：{path}")


@program.command(help="（专班）转报：把收到的上报包原样打成一个压缩包，交领导小组办公室装入")
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.pass_obj
def forward(folder: Path, out: Path, word: str) -> None:
    from exports.team import forward as hand_on

    space = opened(folder)
    path, count = hand_on(space, space.plan.period(word) if word else space.period, out)
    click.echo(f"已转报{count}份上报包，都是原件：{path}")


@program.command(help="汇总：汇总表（Excel）和调度通报（PDF）")
@click.option("--out", type=Folder(path_type=Path), required=True, help="放到哪个文件夹")
@click.option("--period", "word", default="", metavar="调度期", help="调度期；不给就用当前调度期")
@click.pass_obj
def summary(folder: Path, out: Path, word: str) -> None:
    from exports.summary import papers, write_papers

    space = opened(folder)
    if space.role == "unit":
        raise UserError("汇总由领导小组办公室和工作专班做；本机是单位填报，请用 forms 生成本单位的表")
    period = space.plan.period(word) if word else space.period
    made = papers(space, period)
    with click.progressbar(length=made.count, label="正在写出", file=sys.stderr) as bar:
        paths = write_papers(made, out, lambda _n: bar.update(1))
    click.echo(f"{period.name}汇总表和{len(paths) - 1}份调度通报已写出，在：{out}")


@program.command(help="马上备份，并核对备份能读")
@click.option("--out", type=Folder(path_type=Path), default=None, help="放到哪个文件夹；不给就放在数据文件夹里")
@click.pass_obj
def backup(folder: Path, out: Path | None) -> None:
    from models.backup import bring, make

    space = opened(folder)
    click.echo(f"已备份并核对：{make(space.store.db, out or folder / 'backups')}")
    if out is not None:
        click.echo(f"附件和原件也在那里，这次新拷{bring(folder, out)}个；恢复时请和备份文件放在一起。")
    if space.role == "office":
        click.echo("备份里有县里的密钥，拿到它就能读各单位的上报包；请放在只有本办公室拿得到的地方。")


@program.command(help="从备份恢复；原来的数据改名保留")
@click.argument("file", type=click.Path(path_type=Path), metavar="备份文件")
@click.option("--anyway", is_flag=True, help="备份是别的单位或别的工作区的，仍要恢复")
@click.pass_obj
def restore(folder: Path, file: Path, anyway: bool) -> None:
    from models.restore import restore as put_back

    kept = put_back(folder, file, anyway)
    click.echo(f"已恢复：{file}。" + (f"原来的数据保留为：{kept}" if kept else ""))


@program.command(help="县里的恢复密钥：打印一张放进保险柜，或在新电脑上用它恢复")
@click.option("--out", type=Folder(path_type=Path), default=None, help="把要打印的 PDF 放到哪个文件夹")
@click.option("--from", "source", type=click.Path(path_type=Path), default=None, metavar="文件", help="密钥的文字文件")
@click.pass_obj
def recovery(folder: Path, out: Path | None, source: Path | None) -> None:
    from exports.recovery import recover, write_paper

    if (out is None) == (source is None):
        raise click.UsageError("请给出 --out（打印）或 --from（恢复）中的一个")
    space = opened(folder)
    if source is not None:
        click.echo(recover(space, text_of(source)))
    if out is not None:
        click.echo(
            f"恢复密钥已写出，请打印后放进保险柜，并删去这个文件：{write_paper(space, out / '县级恢复密钥.pdf', date.today())}"
        )


def text_of(path: Path) -> str:
    """What stands in a small text file."""
    try:
        return path.read_bytes()[:10000].decode("utf-8-sig", "replace")
    except OSError:
        raise UserError(f"文件读不出来：{path}") from None


@program.command(help="核对数据文件是否完好，备份是否新近")
@click.pass_context
def verify(ctx: click.Context) -> None:
    from models.backup import backups
    from models.restore import verify as look

    space = opened(ctx.obj)
    wrong = look(space.store)
    for line in wrong:
        click.echo(line, err=True)
    newest = next(iter(backups(ctx.obj / "backups")), None)
    click.echo(
        f"数据文件{'有问题，请从备份恢复' if wrong else '完好'}；最近的备份：{newest or '还没有，请用 backup 做一个'}"
    )
    ctx.exit(1 if wrong else 0)


def start() -> None:
    """The program's start, from the source and built."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a built program that makes many books starts itself again
    for stream in (sys.stdout, sys.stderr):  # None in a window without a console
        if stream and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # whoever reads us by a pipe
    if old := too_old():
        click.echo(old, err=True) if sys.stderr else say_without_window(old)
        sys.exit(1)
    program(prog_name="main.py" if not getattr(sys, "frozen", False) else "qingdan-cmd")


def say_without_window(text: str) -> None:
    """A sentence for somebody who has no console, before Qt is there: by Windows itself."""
    import ctypes

    ctypes.windll.user32.MessageBoxW(None, text, "清单填报", 0)  # type: ignore[attr-defined]


if __name__ == "__main__":
    start()
