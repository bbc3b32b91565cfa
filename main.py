"""清单填报: the command line, and the start of the window."""

import errno
import gettext
import logging
import os
import sys
from pathlib import Path
from typing import Any

import resources

os.environ["LANGUAGE"] = "zh_CN"  # the command line library reads its language from here, when it is imported
gettext.bindtextdomain("messages", str(resources.path("messages")))

import click

from models.errors import StoreError, UserError, cause
from models.program_log import LOG, keep_log
from models.store.data_folder import default_folder, too_old
from ui.cli.common import FolderParam


class Program(click.Group):
    """The command group: prints an error that the user can correct as a sentence and exits with code 1."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self.learn()
        return super().get_command(ctx, cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self.learn()
        return super().list_commands(ctx)

    def learn(self) -> None:
        """Import the commands only when one is asked for: the window needs none of them."""
        from ui.cli import county as commands_county
        from ui.cli import maintenance as commands_keeping
        from ui.cli import unit as commands_unit

        for room in (commands_unit, commands_county, commands_keeping):
            self.commands.update(room.commands.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Turn files that were dropped on the program, or opened with it, into `--open` options for the window."""
        files = bool(args) and all(os.path.isfile(a) for a in args) and self.get_command(ctx, args[0]) is None
        return super().parse_args(ctx, [x for a in args for x in ("--open", a)] if files else args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UserError as error:
            for line in error.details or (str(error),):
                click.echo(line, err=True)
            ctx.exit(1)
        except StoreError as error:  # in any command: the store itself is unusable
            from models.store.connection import refused
            from models.store.data_folder import FILE

            click.echo(str(refused(error, ctx.params["folder"] / FILE)), err=True)
            ctx.exit(1)
        except OSError as error:
            if error.errno == errno.EPIPE:  # the reader of our output has closed the pipe; click handles it
                raise
            click.echo(f"读写没有成功（{cause(error)}），请检查位置和权限：{error.filename or '数据文件夹'}", err=True)
            ctx.exit(1)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception:  # a bug of ours
            folder = ctx.params["folder"]
            logging.getLogger("qingdan").exception("命令没有做成")
            click.echo(f"程序出了意外，已经存好的内容没有受影响；详情记在 {folder / LOG}，请发给维护人员", err=True)
            ctx.exit(1)


@click.group(
    cls=Program,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 [选项]",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="清单填报：填报、审核、打印、上报县级年度方案的各类清单。不带命令时打开窗口。",
)
@click.option("--data", "folder", type=FolderParam(path_type=Path), default=default_folder, help="数据文件夹")
@click.option(
    "--open",
    "files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="在窗口里装入这个文件，可以给几个",
)
@click.option(
    "--selftest",
    type=FolderParam(path_type=Path),
    metavar="文件夹",
    help="自检：把一个月的工作做一遍，结果和图放进文件夹",
)
@click.pass_context
def program(ctx: click.Context, folder: Path, files: tuple[Path, ...], selftest: Path | None) -> None:
    ctx.obj = folder
    keep_log(folder)
    if ctx.invoked_subcommand is None:
        start_window(ctx, folder, files, selftest)


def start_window(ctx: click.Context, folder: Path, files: tuple[Path, ...], selftest: Path | None) -> None:
    """Open the window, or run the self-test; Qt is imported only here."""
    try:
        from ui import app
    except ImportError as error:
        raise UserError("window.cannot-open", error=error) from None
    if selftest is not None:
        from ui.selftest import selftest as try_out

        ctx.exit(try_out(selftest))
    ctx.exit(app.run(folder, files))


def start() -> None:
    """Entry point of the program, from source and when built."""
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a built program starts itself again as worker processes
    for stream in (sys.stdout, sys.stderr):  # None in a window without a console
        if stream and not stream.isatty():
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # for readers of a pipe
    if old := too_old():
        click.echo(old, err=True) if sys.stderr else say_without_window(old)
        sys.exit(1)
    program(prog_name="main.py" if not getattr(sys, "frozen", False) else "qingdan-cmd")


def say_without_window(text: str) -> None:
    """Show a text in a Windows message box, for users without a console, before Qt can be loaded."""
    import ctypes

    ctypes.windll.user32.MessageBoxW(None, text, "清单填报", 0)  # type: ignore[attr-defined]


if __name__ == "__main__":
    start()
