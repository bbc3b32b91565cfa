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
        raise UserError("store.stranger", store=path)
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    if version > known_version:
        raise UserError("store.too-new", store=path, version=version, known=known_version)


def _refuse_damaged(conn: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size <= CHEAP and conn.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise damaged(path)


def _set(conn: sqlite3.Connection) -> None:
    for name, (value, expected) in SETTINGS.items():
        conn.execute(f"PRAGMA {name}={value}")
        got = conn.execute(f"PRAGMA {name}").fetchone()
        if not got or got[0] != expected:
            raise UserError("store.setting-refused", setting=name)


def refused(error: sqlite3.Error, path: Path) -> UserError:
    """The sentence for an SQLite error on the store at `path`."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return InUse("store.in-use", store=path)
    if "full" in text:
        return NotKept("store.disk-full", store=path)
    if "readonly" in text or "unable to open" in text:
        return NotKept("store.read-only", store=path)
    if is_damage(error):
        return damaged(path)
    return UserError("store.trouble", error=text, store=path)
