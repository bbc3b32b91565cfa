"""Backups (备份) of the store: each copy is opened again and checked before it counts as one."""

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import Damaged, UserError, cause
from models.store.atomic_file import replacing
from models.store.clock import now_here

if TYPE_CHECKING:
    from sqlite_utils import Database

ALONG = ("attachments", "received", "outbox")  # files that never change, beside the store: 附件 and 原件
DAMAGE = ("not a database", "malformed", "corrupt")  # SQLite's words for a damaged file
KEEP_NEWEST, KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 10, 7, 4, 12
STAMP = "%Y%m%d-%H%M%S-%f"


def make(db: "Database", folder: Path, why: str = "") -> Path:
    """A verified copy of the store in `folder`, older ones thinned out; raises UserError where it cannot be made."""
    now = now_here().replace(tzinfo=None)
    target = folder / f"qingdan-{now:{STAMP}}{'-' + why if why else ''}.db"
    part = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_bytes(b"")  # says in words why a folder cannot be written to; SQLite would not
        db.conn.execute("VACUUM INTO ?", (str(part),))
        _verify(db, part)
        _flush(part)
        part.chmod(0o600)  # the keys are in it
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            part.unlink()
        if is_damage(error):
            raise damaged(_path(db)) from None
        told = cause(error) if isinstance(error, OSError) else _sqlite_message(error)
        raise UserError("backup.failed", cause=told, folder=folder) from None
    _thin(folder, now)
    return target


def is_outdated(conn: sqlite3.Connection, folder: Path) -> bool:
    """Whether the store's content differs from the newest backup in a folder, or there is none. Every table's number of
    rows and highest row number are compared, which every edit changes: it adds to the history. Raises sqlite3.Error
    where the store cannot be read.
    """
    newest = next(iter(backups(folder)), None)
    if newest is None:
        return True
    try:
        with closing(sqlite3.connect(f"{newest.resolve().as_uri()}?mode=ro", uri=True)) as other:
            return _marks(other) != _marks(conn)
    except sqlite3.Error:
        return True


def _marks(conn: sqlite3.Connection) -> dict[str, tuple[int, int | None]]:
    names = [
        r[0] for r in conn.execute("SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE 'sqlite_%'")
    ]
    return {n: conn.execute(f"SELECT count(*), max(rowid) FROM [{n}]").fetchone() for n in names}


def is_damage(error: Exception) -> bool:
    """Whether an error means that the store itself is damaged."""
    return isinstance(error, sqlite3.DatabaseError) and any(word in str(error) for word in DAMAGE)


def damaged(store: Path) -> Damaged:
    """The error for a damaged store, with the backup to go back to."""
    newest = next(iter(backups(store.parent / "backups")), None)
    way = f"最近的备份：{newest}" if newest else "数据文件夹里没有备份，请用存在别处的备份"
    return Damaged("store.damaged", store=store, way=way)


def _path(db: "Database") -> Path:
    return Path(db.conn.execute("PRAGMA database_list").fetchone()[2])


def _sqlite_message(error: sqlite3.Error) -> str:
    """The cause of an SQLite error in Chinese; SQLite's own messages are English."""
    text = str(error)
    if "full" in text:
        return "磁盘满了"
    return text if not text.isascii() else "数据文件没有拷贝成"


def _verify(db: "Database", copy: Path) -> None:
    with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as other:
        if other.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("备份读回来核对不上")
        for name in db.table_names():
            count = f"SELECT count(*) FROM [{name}]"
            if other.execute(count).fetchone() != db.conn.execute(count).fetchone():
                raise sqlite3.DatabaseError(f"备份里“{name}”的行数不对")


def bring(source: Path, target: Path) -> int:
    """Copy the files beside a store that `target` lacks, each read back; gives their number. Raises UserError."""
    count = 0
    for name in ALONG:
        for path in sorted((source / name).glob("*")) if source.resolve() != target.resolve() else ():
            other = target / name / path.name
            if path.is_file() and not path.name.startswith(".") and not other.exists():
                _copy(path, other)
                count += 1
    return count


def _copy(path: Path, other: Path) -> None:
    try:
        other.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        with replacing(other) as part:
            part.write_bytes(data)
            if part.read_bytes() != data:
                raise OSError(5, "")
    except OSError as error:
        raise UserError("backup.originals-failed", cause=cause(error), folder=other.parent) from None


def _flush(path: Path) -> None:
    with path.open("rb+") as f:
        os.fsync(f.fileno())


def backups(folder: Path) -> list[Path]:
    """The backups in a folder, newest first."""
    return sorted(folder.glob("qingdan-*.db"), key=lambda p: p.name, reverse=True)


def _thin(folder: Path, now: datetime) -> None:
    """Keep the 10 newest, one a day for a week, one a week for a month, one a month for a year."""
    found = backups(folder)
    keep = set(found[:KEEP_NEWEST])
    for span, count in (
        (timedelta(days=1), KEEP_DAYS),
        (timedelta(days=7), KEEP_WEEKS),
        (timedelta(days=30), KEEP_MONTHS),
    ):
        for n in range(count):
            inside = [p for p in found if now - span * (n + 1) < _time(p) <= now - span * n]
            keep.update(inside[:1])
    for path in set(found) - keep:
        path.unlink(missing_ok=True)


def _time(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name[8:30], STAMP)
    except ValueError:
        return now_here().replace(tzinfo=None)  # a name that is not ours is never thinned out
