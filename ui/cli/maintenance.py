"""Commands that load files, back up, restore and verify the data."""

from collections import Counter
from pathlib import Path
from typing import Any

import click

from forms.states import Result, Role
from models.errors import UserError
from models.store.clock import today_here
from ui.cli.common import Commands, FolderParam, opened, say_json

commands = Commands()
YES = ("device", "month", "unit", "plan")  # questions that --yes answers; the month is asked so far
RESULTS = {
    Result.ACCEPTED: "已装入",
    Result.UNCHANGED: "无变化",
    Result.CONFLICT: "有冲突",
    Result.REFUSED: "没有装入",
    Result.WAITING: "等您定",
}
BAD = (Result.REFUSED, Result.CONFLICT, Result.WAITING)


@commands.command(help="装入：任务包、上报包、回执、退回单、填好的工作簿；文件、文件夹、压缩包、保存的邮件都可以")
@click.argument("paths", type=click.Path(path_type=Path), metavar="文件或文件夹…", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="输出一份 JSON")
@click.option("--dry-run", is_flag=True, help="只看会怎样，不装入")
@click.option(
    "--period", "word", default="", metavar="调度期", help="填好的工作簿当作这一期的读入；不给就按工作簿自己的"
)
@click.option(
    "--received", "day", default="", metavar="日子", help="这批文件是哪天收到的，决定算不算迟报；不给就是今天"
)
@click.option(
    "--yes",
    "yes",
    multiple=True,
    type=click.Choice(YES),
    help="事先同意：month 别的月份的也收；plan 方案要删去填过的内容，或者勘误",
)
@click.pass_context
def load(
    ctx: click.Context,
    paths: tuple[Path, ...],
    as_json: bool,
    dry_run: bool,
    word: str,
    day: str,
    yes: tuple[str, ...],
) -> None:
    from exports.incoming.kept_files import keep_refused_files
    from exports.incoming.load import load as take_in
    from exports.incoming.received_days import received_day
    from exports.incoming.workbooks import Answer
    from models.store.data_folder import FILE

    space = opened(ctx.obj) if (ctx.obj / FILE).exists() else None
    period = space.plan.period(word).id if space and word else ""
    answers = {"": Answer(period=period)}
    made, found = take_in(ctx.obj, space, paths, dry_run, answers=answers, yes=yes, received=received_day(day, space))
    if made is not None and made is not space:
        ctx.call_on_close(made.close)
    if not dry_run:
        keep_refused_files(ctx.obj, found)
    if as_json:
        say_json([a.document for a in found])
    for a in found:
        print_result(a, as_json, dry_run)
    if len(found) > 1 and not as_json:
        counts = Counter("可以装入" if dry_run and a.result == Result.ACCEPTED else RESULTS[a.result] for a in found)
        click.echo(f"共{len(found)}个：{'，'.join(f'{word}{n}个' for word, n in counts.items())}")
    if not found:
        click.echo("没有找到可以装入的文件", err=True)
    ctx.exit(1 if any(a.result in BAD or a.problems for a in found) or not found else 0)


def print_result(arrival: Any, as_json: bool, dry_run: bool = False) -> None:
    """Print the outcome of a file; each rejected cell of a workbook is a line of its own."""
    bad = arrival.result in BAD
    problems = arrival.problems
    said = [line for line in arrival.message.split("\n") if f"{arrival.path}:{line}" not in problems]
    if bad or not as_json:
        result = "可以装入" if dry_run and arrival.result == Result.ACCEPTED else RESULTS[arrival.result]
        told = "；".join(said).replace("：；", "；").rstrip("：")
        itself = arrival.result == Result.REFUSED and any(
            f"{mark}{result}" in told for mark in "，；"
        )  # it says so already
        click.echo(f"{arrival.path}: {told if itself else f'{result}：{told}'}", err=bad)
    for line in problems:
        click.echo(line, err=True)
    emptied = arrival.reading.emptied if arrival.reading and not as_json else []
    for line in emptied[:20] + ([f"等{len(emptied)}格"] if len(emptied) > 20 else []):
        click.echo(f"　　{line}")
    for n in () if as_json else arrival.news:
        click.echo(f"　　{n.kind}　{n.what}：{n.before or '—'} → {n.after}")


@commands.command(help="马上备份，并核对备份能读")
@click.option("--out", type=FolderParam(path_type=Path), default=None, help="放到哪个文件夹；不给就放在数据文件夹里")
@click.pass_obj
def backup(folder: Path, out: Path | None) -> None:
    from models.store.backup import bring, make

    space = opened(folder)
    click.echo(f"已备份并核对：{make(space.store.db, out or folder / 'backups')}")
    if out is not None:
        click.echo(f"附件和原件也在那里，这次新拷{bring(folder, out)}个；恢复时请和备份文件放在一起。")
    if space.role == Role.OFFICE:
        click.echo("备份里有县里的密钥，拿到它就能读各单位的上报包；请放在只有本办公室拿得到的地方。")


@commands.command(help="从备份恢复；原来的数据改名保留")
@click.argument("file", type=click.Path(path_type=Path), metavar="备份文件")
@click.option("--anyway", is_flag=True, help="备份是别的单位或别的工作区的，仍要恢复")
@click.pass_obj
def restore(folder: Path, file: Path, anyway: bool) -> None:
    from models.restore import restore as put_back

    kept = put_back(folder, file, anyway)
    click.echo(f"已恢复：{file}。" + (f"原来的数据保留为：{kept}" if kept else ""))


@commands.command(help="县里的恢复密钥：打印一张放进保险柜，或在新电脑上用它恢复")
@click.option("--out", type=FolderParam(path_type=Path), default=None, help="把要打印的 PDF 放到哪个文件夹")
@click.option("--from", "source", type=click.Path(path_type=Path), default=None, metavar="文件", help="密钥的文字文件")
@click.pass_obj
def recovery(folder: Path, out: Path | None, source: Path | None) -> None:
    from exports.outgoing.recovery_key import recover, write_paper

    if (out is None) == (source is None):
        raise click.UsageError("请给出 --out（打印）或 --from（恢复）中的一个")
    space = opened(folder)
    if source is not None:
        click.echo(recover(space, text_of(source)))
    if out is not None:
        click.echo(
            f"恢复密钥已写出，请打印后放进保险柜，并删去这个文件：{write_paper(space, out / '县级恢复密钥.pdf', today_here())}"
        )


def text_of(path: Path) -> str:
    """The first 10,000 bytes of a text file, decoded. Raises UserError where it cannot be read."""
    try:
        return path.read_bytes()[:10000].decode("utf-8-sig", "replace")
    except OSError:
        raise UserError("file.unreadable", file=path) from None


@commands.command(help="核对数据文件是否完好，备份是否新近")
@click.pass_context
def verify(ctx: click.Context) -> None:
    from models.attachments import places
    from models.restore import unsound
    from models.store.backup import backups

    space = opened(ctx.obj)
    wrong, gone = unsound(space.store), places(space)
    for line in (*wrong, *gone):
        click.echo(line, err=True)
    newest = next(iter(backups(ctx.obj / "backups")), None)
    state = "有问题，请从备份恢复" if wrong else "完好"
    lacking = f"，有{len(gone)}处附件的原件不能用，逐处写在上面" if gone else ""
    click.echo(f"数据文件{state}{lacking}；最近的备份：{newest or '还没有，请用 backup 做一个'}")
    ctx.exit(1 if wrong or gone else 0)
