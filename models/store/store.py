"""The store (数据文件): one SQLite file, written only by lists of Changes (改动), each list one committed transaction with
its history (历史).
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forms import FORMS
from forms.field import KEYS
from forms.form import Form
from forms.kind import Value
from forms.records import SYSTEM
from models.errors import UserError
from models.store import backup, schema
from models.store.apply import Ready
from models.store.change import Change
from models.store.clock import now_here
from models.store.connection import VERSION, connect, refused

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True)
class HistoryEntry:
    """One line of history: who changed what, when; before and after hold canonical text per field."""

    seq: int
    batch: int
    at: str
    person: str
    label: str
    form: str
    record: str
    unit: str
    period: str
    before: dict[str, str] | None
    after: dict[str, str] | None
    typed: dict[str, str] | None = None


PLAN_IN_FORCE = """SELECT name, text FROM plan_files WHERE digest =
    (SELECT digest FROM plan_files ORDER BY rowid DESC LIMIT 1)"""  # clocks are wrong at times


URLS = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")  # the namespace of URLs in RFC 9562


def record_id(form: str, unit: str, period: str, line: str) -> str:
    """The id of a record: the same line of the same unit and period has the same id on every PC. It is a UUID of version
    5; Python's own library for them reads much else first, and every start needs one.
    """
    name = f"qingdan:{form}/{unit}/{period}/{line}"
    raw = bytearray(hashlib.sha1(URLS + name.encode(), usedforsecurity=False).digest()[:16])
    raw[6], raw[8] = raw[6] & 0x0F | 0x50, raw[8] & 0x3F | 0x80
    text = raw.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Store:
    """The records of a workspace. `forms` are declared forms (unbound: the store knows kinds, not options)."""

    def __init__(self, conn: sqlite3.Connection, path: Path, forms: Sequence[Form] = FORMS + SYSTEM) -> None:
        self.conn = conn
        self.path = path
        self.forms = {f.name: f for f in forms}
        self._kinds = {f.name: {x.name: x.kind for x in f.stored} for f in forms}

    @classmethod
    def open(cls, path: Path, forms: Sequence[Form] = FORMS + SYSTEM) -> "Store":
        """Open or make the store at `path`, bring its tables up to date, with a verified backup before."""
        store = cls(connect(path, VERSION), path, forms)
        try:
            store._bring_up_to_date()
        except sqlite3.Error as error:
            store.close()
            raise refused(error, path) from None
        except UserError:
            store.close()
            raise
        return store

    def _bring_up_to_date(self) -> None:
        made = self.conn.execute("PRAGMA user_version").fetchone()[0]  # written when all the steps were done
        if made == VERSION and not schema.missing(self.conn, self.forms.values()):
            return
        from models.store.migrations import MIGRATIONS

        if self.db.table("history").exists():
            backup.make(self.db, self.path.parent / "backups", "升级前")
        MIGRATIONS.apply(self.db)
        schema.sync(self.db, self.forms.values())
        self.db.execute(f"PRAGMA user_version={VERSION}")

    @cached_property
    def db(self) -> "Database":
        """The library's view of the file, for writing; reading at the start does without."""
        from sqlite_utils import Database

        return Database(self.conn, execute_plugins=False)

    def close(self) -> None:
        """Close the file."""
        self.conn.close()

    ## reading

    def rows(self, form: str, unit: str, period: str) -> list[dict[str, Value]]:
        """The records of a form, unit and period in their order; `unit` or `period` "" match system records."""
        sql = f"SELECT * FROM [{form}] WHERE unit=? AND period=? ORDER BY position, id"
        return self._read(form, sql, (unit, period))

    def ids(self, form: str, unit: str, period: str) -> set[str]:
        """The ids of the records of a form, unit and period."""
        sql = f"SELECT id FROM [{form}] WHERE unit=? AND period=?"
        return {line[0] for line in self.conn.execute(sql, (unit, period))}

    def of_unit(self, form: str, unit: str) -> list[dict[str, Value]]:
        """The records of a form and unit, of every period."""
        return self._read(form, f"SELECT * FROM [{form}] WHERE unit=? ORDER BY period, position, id", (unit,))

    def everything(self, form: str) -> list[dict[str, Value]]:
        """All records of a form, of every unit and period."""
        return self._read(form, f"SELECT * FROM [{form}] ORDER BY unit, period, position, id", ())

    def row(self, form: str, id: str) -> dict[str, Value] | None:
        """One record, or None."""
        found = self._read(form, f"SELECT * FROM [{form}] WHERE id=?", (id,))
        return found[0] if found else None

    def _read(self, form: str, sql: str, args: Sequence[str]) -> list[dict[str, Value]]:
        cursor = self.conn.execute(sql, args)
        names = [c[0] for c in cursor.description]
        loads = [self._kind(form, n) for n in names]
        return [
            {n: v if k is None or v is None else k.load(v) for n, k, v in zip(names, loads, line, strict=True)}
            for line in cursor
        ]

    def _kind(self, form: str, name: str) -> Any:
        return None if name in KEYS else self._kinds[form].get(name)

    ## writing

    def apply(self, changes: Iterable[Change], label: str, person: str = "", ready: Ready | None = None) -> None:
        """Write the changes and their history in one transaction: all of them, or none with a UserError.
        A change whose `before` is no longer true is refused, so nothing is ever overwritten unseen. `ready` are the same
        changes where they were made ready before.
        """
        if ready is None:
            ready = Ready(self.forms)
            for change in changes:
                ready.add(change)
        if not ready.changes:
            return
        if not self.path.exists():  # on some systems a file that was deleted could still be written to, for nothing
            raise UserError("store.gone", store=self.path)
        at = now_here().isoformat(timespec="seconds")
        try:
            with self.db.atomic():
                ready.write(self.conn, self._read, (self._next_batch(), at, person, label))
        except sqlite3.Error as error:
            raise refused(error, self.path) from None

    def _next_batch(self) -> int:
        last = self.conn.execute("SELECT batch FROM history ORDER BY seq DESC LIMIT 1").fetchone()
        return last[0] + 1 if last else 1

    ## history

    def history(self, form: str, id: str) -> list[HistoryEntry]:
        """The history of a record, oldest first."""
        return self._entries("form=? AND record=?", (form, id))

    def history_of(self, unit: str, period: str, since: int = 0) -> list[HistoryEntry]:
        """The history of a unit's period after history line `since`, oldest first."""
        return self._entries("unit=? AND period=? AND seq>?", (unit, period, since))

    def days(self, unit: str, period: str) -> dict[str, int]:
        """How many changes were made to a unit's period on each day."""
        sql = "SELECT substr(at, 1, 10), count(*) FROM history WHERE unit=? AND period=? GROUP BY 1 ORDER BY 1"
        return dict(self.conn.execute(sql, (unit, period)).fetchall())

    def edited(self, form: str, unit: str, period: str) -> set[str]:
        """The ids of the records of a form that were changed in this period; what was made and undone is gone."""
        sql = f"SELECT DISTINCT record FROM history WHERE form=? AND unit=? AND period=? AND record IN (SELECT id FROM [{form}])"
        return {r[0] for r in self.conn.execute(sql, (form, unit, period))}

    def last_entry(self, unit: str, period: str) -> HistoryEntry | None:
        """The last history line of a unit's period."""
        newest = "seq = (SELECT max(seq) FROM history WHERE unit=? AND period=?)"
        return next(iter(self._entries(newest, (unit, period))), None)

    def newest_time(self) -> str:
        """The newest time that was written here, as ISO 8601; '' where nothing was."""
        return str(self.conn.execute("SELECT max(at) FROM history").fetchone()[0] or "")

    def _entries(self, where: str, args: Sequence[Any]) -> list[HistoryEntry]:
        sql = f"SELECT {', '.join(HistoryEntry.__dataclass_fields__)} FROM history WHERE {where} ORDER BY seq"
        return [
            HistoryEntry(*line[:-3], *(None if t is None else json.loads(t) for t in line[-3:]))
            for line in self.conn.execute(sql, args)
        ]

    ## plans

    def keep_plan(self, digest: str, texts: Mapping[str, str]) -> None:
        """Keep the files of a plan; the one kept last is in force."""
        at = now_here().isoformat(timespec="microseconds")
        with self.db.atomic():
            for name, text in texts.items():
                self.conn.execute("INSERT OR REPLACE INTO plan_files VALUES (?, ?, ?, ?)", (digest, name, text, at))

    def plan_of(self, digest: str) -> dict[str, str]:
        """The files of a plan that was kept; {} where it was not."""
        return dict(self.conn.execute("SELECT name, text FROM plan_files WHERE digest=?", (digest,)).fetchall())

    def kept_plans(self) -> list[str]:
        """The digests of all plans that were kept, the newest last."""
        sql = "SELECT digest FROM plan_files GROUP BY digest ORDER BY max(rowid)"
        return [line[0] for line in self.conn.execute(sql)]

    def older_plans(self, digest: str) -> list[dict[str, str]]:
        """The files of every other plan that was kept, the newest first."""
        sql = "SELECT digest, max(rowid) AS n FROM plan_files WHERE digest<>? GROUP BY digest ORDER BY n DESC"
        found = [line[0] for line in self.conn.execute(sql, (digest,)).fetchall()]
        files = "SELECT name, text FROM plan_files WHERE digest=?"
        return [dict(self.conn.execute(files, (d,)).fetchall()) for d in found]

    def plan_texts(self) -> dict[str, str]:
        """The files of the plan in force; empty if none was kept yet."""
        return dict(self.conn.execute(PLAN_IN_FORCE).fetchall())


def warm() -> None:
    """Load what the first write needs, so that the first edit does not wait for it."""
    import_module("sqlite_utils")
