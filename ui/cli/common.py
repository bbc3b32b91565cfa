"""What all commands of the command line share."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click


class FolderParam(click.Path):
    """A folder that was really named: an empty word would be the folder one happens to stand in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value).strip():
            self.fail("没有写文件夹", param, ctx)
        return super().convert(value, param, ctx)


class Command(click.Command):
    """A command whose help is all Chinese."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"options_metavar": "[选项]", **more})


class Commands(click.Group):
    """Commands of one file."""

    command_class = Command


def opened(folder: Path) -> Any:
    """The workspace in the folder, closed when the command ends."""
    from models.workspace import Workspace

    space = Workspace.open(folder)
    click.get_current_context().call_on_close(space.close)
    _catch_up(space)
    return space


def _catch_up(space: Any) -> None:
    """After an update: read again what an older program did not understand, and say so."""
    if space.role != "unit":
        from exports.incoming.reread import read_again

        for sentence in read_again(space):
            click.echo(sentence, err=True)


def say_json(document: Any) -> None:
    """One JSON document on standard output, and nothing else."""

    def plain(value: object) -> Any:
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return value.isoformat() if isinstance(value, date) else str(value)

    click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=plain))
