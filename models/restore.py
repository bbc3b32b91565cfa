"""恢复 and 核对: a new store is built from a backup, the old one is kept; and the check that store and files are sound."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from forms.records import SETTINGS
from models import attachments
from models.errors import InUse, UserError, cause
from models.plan.plan import Plan
from models.plan.reader import read_built_in, read_texts
from models.store.backup import backups, bring
from models.store.connection import APPLICATION_ID, VERSION, connect
from models.store.data_folder import FILE
from models.store.placement import kept_name, put_in_place, reading, remove_store
from models.store.store import PLAN_IN_FORCE, Store


def restore(folder: Path, source: Path, anyway: bool = False) -> Path | None:
    """Put the content of a backup into the workspace folder. Gives the name under which the store that was there is
    kept (None where there was none). Nothing is changed unless the backup is complete; its rows are copied into a new
    store, so nothing hidden in the file comes along. A backup of another workspace is refused unless `anyway`.
    """
    _sound(source)
    live, part = folder / FILE, folder / "restored.part"
    _not_in_use(live)
    if not anyway:
        _same_owner(live, source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        remove_store(part)
        _copy(source, part)
        kept = kept_name(folder)
        put_in_place(part, live, kept)
    except OSError as error:
        raise UserError("restore.failed", cause=cause(error), folder=folder) from None
    finally:
        with suppress(OSError):
            remove_store(part)
    if source.parent.resolve() != (folder / "backups").resolve():
        bring(source.parent, folder)  # a backup in another place has the files beside it
    return kept if kept.exists() else None


def _sound(source: Path) -> None:
    """Raises UserError where the file is not a complete backup of ours."""
    if not source.is_file():
        raise UserError("restore.no-such-file", file=source)
    try:
        with reading(source) as db:
            if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                raise UserError("restore.stranger", file=source.name)
            if db.execute("PRAGMA user_version").fetchone()[0] > VERSION:
                raise UserError("restore.too-new", file=source.name)
            if db.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise UserError("restore.damaged", file=source.name)
    except sqlite3.Error:
        raise UserError("restore.unsound", file=source.name) from None


@dataclass(frozen=True)
class Owner:
    """Whose store it is: its role, its units or action, and its plan."""

    role: str
    units: tuple[str, ...]
    action: str
    plan: Plan
    period: str = ""  # the current one, by its id
    person: str = ""

    @property
    def words(self) -> str:
        """The owner in words, for a sentence."""
        names = [self.plan.unit(u).short for u in self.units] or [self.plan.action(a).name for a in (self.action,) if a]
        said = f"（{'、'.join(names[:5])}{'等' if len(names) > 5 else ''}）" if names else ""
        return f"{self.plan.year}年{SETTINGS.field('role').kind.show(self.role)}{said}"


def whose(source: Path) -> Owner:
    """The owner of a backup, which is only read. Raises UserError where it is not a complete backup."""
    _sound(source)
    owner = _owner(source)
    if owner is None:
        raise UserError("restore.incomplete", file=source.name)
    return owner


def newest_sound(folder: Path) -> Path | None:
    """The newest backup in a workspace's folder that can be gone back to; None where there is none."""
    for path in backups(folder / "backups"):
        with suppress(UserError):
            whose(path)
            return path
    return None


def _owner(path: Path) -> Owner | None:
    """The owner of a store; None where the store cannot be read."""
    with suppress(sqlite3.Error, UserError), reading(path) as db:
        line = db.execute("SELECT role, units, action, current, person FROM settings").fetchone()
        texts = dict(db.execute(PLAN_IN_FORCE).fetchall())
        if line:
            role, units, action, period, person = line
            plan = read_texts(texts, checked=True) if texts else read_built_in()
            mine = tuple((units or "").split("、")) if units else ()
            return Owner(role, mine, action or "", plan, period or "", person or "")
    return None


def _same_owner(live: Path, source: Path) -> None:
    """Raises UserError for a backup of another workspace. Units come to a PC one by one: an earlier backup may have
    fewer.
    """
    now, then = (_owner(live) if live.exists() else None), _owner(source)
    if now is None or then is None:
        return
    apart = now.units and then.units and set(now.units).isdisjoint(then.units)
    if (now.role, now.action) != (then.role, then.action) or apart:
        raise UserError("restore.other-workspace", backup=then.words, own=now.words, file=source)


def _not_in_use(live: Path) -> None:
    if not live.exists():
        return
    try:
        connect(live, VERSION).close()
    except InUse:
        raise
    except UserError:
        return  # damaged: just what a restore is for


def _copy(source: Path, target: Path) -> None:
    """Every row of every table that we know, into a fresh store."""
    store = Store.open(target)
    try:
        with reading(source) as old, store.db.atomic():
            old.execute("PRAGMA trusted_schema=OFF")
            there = {r[0] for r in old.execute("SELECT name FROM sqlite_schema WHERE type='table'")}
            for table in store.db.table_names():
                if table in there and not table.startswith(("_", "sqlite_")):
                    _copy_table(old, store, table)
    finally:
        store.close()


def _copy_table(old: sqlite3.Connection, store: Store, table: str) -> None:
    have = {c[1] for c in old.execute(f"PRAGMA table_info([{table}])")}
    names = [c for c in store.db.table(table).columns_dict if c in have]
    columns, marks = ", ".join(f"[{n}]" for n in names), ", ".join("?" * len(names))
    rows = old.execute(f"SELECT {columns} FROM [{table}]")
    store.conn.executemany(f"INSERT INTO [{table}] ({columns}) VALUES ({marks})", rows)


def verify(store: Store) -> list[str]:
    """Sentences on what is wrong with a store and the files that it names; [] where all is sound."""
    return [*unsound(store), *attachments.wrong(store)]


def unsound(store: Store) -> list[str]:
    """Sentences on what is wrong with the store itself, which only a backup can mend."""
    found = [r[0] for r in store.conn.execute("PRAGMA integrity_check") if r[0] != "ok"]
    wrong = [f"数据文件内部不一致：{text}" for text in found]
    missing = store.conn.execute("SELECT count(*) FROM history WHERE batch IS NULL").fetchone()[0]
    return wrong + ([f"有{missing}条修改记录不完整"] if missing else [])
