"""What the commands of the command line share: parameters, opening a workspace, JSON output."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click


class FolderParam(click.Path):
    """A folder that must be named: an empty word would mean the current folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("没有写文件夹", param, ctx)
        return super().convert(value, param, ctx)


class Command(click.Command):
    """A command whose help is in Chinese throughout."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **more})


class Commands(click.Group):
    """A group of such commands."""

    command_class = Command


def opened(folder: Path) -> Any:
    """The workspace in the folder, closed when the command ends. Raises UserError where there is none."""
    from models.workspace import Workspace

    space = Workspace.open(folder)
    click.get_current_context().call_on_close(space.close)
    _catch_up(space)
    return space


def _catch_up(space: Any) -> None:
    """After an update, read again the files that an older program did not understand, and report it on stderr."""
    from models.ledger.ledger import Ledger

    if Ledger(space.store).partly_read():
        from exports.incoming.reread import read_again

        for sentence in read_again(space):
            click.echo(sentence, err=True)


def say_json(document: Any) -> None:
    """Print one JSON document on standard output."""

    def plain(value: object) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value.isoformat() if isinstance(value, date) else str(value)

    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=plain))
