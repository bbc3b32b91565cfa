"""Opening a store, always the same way: settings that survive power cuts, read back, and refusals in plain words."""

import sqlite3
from pathlib import Path

from models.errors import InUse, NotKept, UserError
from models.store.backup import damaged, is_damage

APPLICATION_ID = 0x51_44_54_42  # "QDTB"
VERSION = 5  # steps in migrations.py; kept in user_version: a store with a higher one belongs to a newer program
CHEAP = 16 << 20  # bytes of a store that is looked through whenever it is opened; a larger one tells at its first error
# name → (value set, value read back). A store lives on one PC: one writer, nothing cached beyond a commit.
SETTINGS: dict[str, tuple[str, object]] = {
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "trusted_schema": ("OFF", 0),
    "cell_size_check": ("ON", 1),
    "secure_delete": ("ON", 1),
    "mmap_size": ("0", 0),
    "temp_store": ("MEMORY", 2),
    "busy_timeout": ("2000", 2000),
    "locking_mode": ("EXCLUSIVE", "exclusive"),
}


def connect(path: Path, known_version: int) -> sqlite3.Connection:
    """The store at `path`, made if absent. Refuses what is not a store, or one of a newer program."""
    fresh = not path.exists() or path.stat().st_size == 0
    try:
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise refused(error, path) from None
    try:
        if not fresh:
            _refuse_strangers(conn, path, known_version)
            _refuse_damaged(conn, path)
        _set(conn)
        if fresh:
            conn.execute(f"PRAGMA application_id={APPLICATION_ID}")
            path.chmod(0o600)  # the keys are in it; on Windows the user's own folder keeps others out
        conn.execute("BEGIN IMMEDIATE")  # takes the lock now, so that a second program fails at once
        conn.execute("COMMIT")
    except sqlite3.Error as error:
        conn.close()
        raise refused(error, path) from None
    except UserError:
        conn.close()
        raise
    return conn


def _refuse_strangers(conn: sqlite3.Connection, path: Path, known_version: int) -> None:
    if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise UserError(f"“{path}”不是清单填报的数据文件，没有动它；请换一个文件夹，或把它移走")
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > known_version:
        raise UserError(
            f"“{path}”是更新版本的清单填报建立的（数据版本{version}，本程序只认到{known_version}），没有动它；请先更新程序"
        )


def _refuse_damaged(conn: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size <= CHEAP and conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def _set(conn: sqlite3.Connection) -> None:
    for name, (value, expected) in SETTINGS.items():
        conn.execute(f"PRAGMA {name}={value}")
        got = conn.execute(f"PRAGMA {name}").fetchone()
        if not got or got[0] != expected:
            raise UserError(f"数据文件的安全设置“{name}”没有生效，不能保证断电不丢数据；请把数据放到本机硬盘上再试")


def refused(error: sqlite3.Error, path: Path) -> UserError:
    """The sentence for an SQLite error on the store at `path`."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return InUse(f"数据正被另一个“清单填报”使用，请先关闭它：{path}")
    if "full" in text:
        return NotKept(f"磁盘满了，刚才的修改没有存上；请清出一些空间再试：{path}")
    if "readonly" in text or "unable to open" in text:
        return NotKept(f"数据文件不能写入，请检查文件夹的权限：{path}")
    if is_damage(error):
        return damaged(path)
    return UserError(f"数据文件出错（{text}），刚才的修改没有存上：{path}")
