"""自动备份 at the county: a backup before and after each act of the office or a work team, where something changed.

A unit's own edits are backed up when its window is closed (ui.session); the office holds what came from everybody and
the keys, and its acts are few and large, so each of them is worth a copy.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from forms.states import Role
from models.errors import UserError
from models.store import backup

if TYPE_CHECKING:
    from models.workspace import Workspace

Act = Literal["load", "handout", "return", "settle", "edit", "plan"]
ACTS: dict[Act, str] = {  # in the words of the sentence that tells when a backup is made
    "load": "装入",
    "handout": "下发",
    "return": "退回",
    "settle": "选定",
    "edit": "更正、督办、封存",
    "plan": "方案生效",
}
EDITS = frozenset({"overrides", "score_corrections", "docket", "statements"})  # records that make an edit an act
log = logging.getLogger("qingdan")


def automatic_backup_times(role: str) -> str:
    """When a workspace of this role is backed up by itself, for a sentence."""
    return f"{'、'.join(ACTS.values())}前后和关窗口时自动备份" if role != Role.UNIT else "关窗口时自动备份"


@contextmanager
def backed_up(space: "Workspace", act: Act) -> Iterator[None]:
    """A backup before and after an act of the county; an act inside another one adds none. Where the act fails, the
    next one makes the backup. Never raises by itself.
    """
    assert act in ACTS
    back_up(space)
    space.acts += 1
    try:
        yield
    finally:
        space.acts -= 1
    back_up(space)


def back_up(space: "Workspace") -> None:
    """A backup in the workspace's own folder where this is the county, no act is under way, and something changed since
    the newest one. What hinders it is logged: the store itself is safe, and the next act tries again.
    """
    store = space.store
    if space.role == Role.UNIT or space.acts or store.conn.in_transaction:
        return
    keep_current(space, space.folder / "backups")


def back_up_everywhere(space: "Workspace") -> None:
    """A backup in each place of the settings whose newest one is outdated; beside a second one the files that lie with the
    store. What hinders it is logged.
    """
    for place in space.backup_places:
        if keep_current(space, place) and place != space.folder / "backups":
            try:
                backup.bring(space.folder, place)
            except UserError as error:
                log.warning("%s", error)


def keep_current(space: "Workspace", folder: Path) -> bool:
    """Make a backup in a folder where its newest one is older than the store's content; whether one was made. A backup
    that could not be made is logged.
    """
    try:
        if not backup.is_outdated(space.store.conn, folder):
            return False
        backup.make(space.store.db, folder)
    except (UserError, sqlite3.Error) as error:
        log.warning("%s", error)
        return False
    return True
