"""收件簿 (intake log): every file that came in at the county, load by load, with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.ledger.ledger import now
from models.store.store import Store

UNDONE, TAKEN_UP = "undone", "taken up"  # how a line ceased to count


@dataclass(frozen=True)
class IntakeRecord:
    """One file of a load. `digest` is the SHA-256 of its bytes, `package` the id it has in the ledger ('' if none),
    `file` where a copy lies that was not taken (in the workspace's folder), `ended` how it ceased to count.
    """

    load: int
    path: str
    digest: str = ""
    kind: str = ""
    unit: str = ""
    period: str = ""
    revision: int = 0
    result: str = ""
    message: str = ""
    package: str = ""
    file: str = ""
    ended: str = ""
    at: str = ""
    seq: int = 0


NAMES = tuple(n for n in IntakeRecord.__dataclass_fields__ if n != "seq")


class IntakeLog:
    """The log of what came in."""

    def __init__(self, store: Store) -> None:
        self.conn = store.conn

    def next_load(self) -> int:
        """The number for a load that begins."""
        return int(self.conn.execute("SELECT coalesce(max(load), 0) + 1 FROM arrivals").fetchone()[0])

    def note(self, line: IntakeRecord) -> None:
        """Write a line into the log; called inside the transaction that takes the file in."""
        values = [getattr(line, n) for n in NAMES[:-1]] + [line.at or now()]
        marks = ", ".join("?" * len(NAMES))
        self.conn.execute(f"INSERT INTO arrivals ({', '.join(NAMES)}) VALUES ({marks})", values)

    def seen(self, digest: str) -> IntakeRecord | None:
        """A file with just these bytes that was taken in before, newest first."""
        found = self._find("digest=? AND package<>'' ORDER BY seq DESC LIMIT 1", digest)
        return found[0] if found else None

    def waiting(self, digest: str = "") -> list[IntakeRecord]:
        """The files that were refused or put aside and are still kept: all, or those of just these bytes."""
        asked = "AND digest=?" if digest else ""
        where = f"result IN ('refused', 'aside', 'waiting') AND ended='' AND file<>'' {asked} ORDER BY seq DESC"
        return self._find(where, *([digest] if digest else []))

    def of_load(self, load: int) -> list[IntakeRecord]:
        """The lines of one load, in the order in which they came."""
        return self._find("load=? ORDER BY seq", load)

    def recent(self, most: int = 2000) -> list[IntakeRecord]:
        """The lines of all loads, newest first."""
        return self._find("1 ORDER BY load DESC, seq LIMIT ?", most)

    def get(self, seq: int) -> IntakeRecord | None:
        """One line, or None."""
        found = self._find("seq=?", seq)
        return found[0] if found else None

    def last_load(self) -> int:
        """The newest load of which something counts that can be taken back; 0 where there is none."""
        sql = "SELECT coalesce(max(load), 0) FROM arrivals WHERE ended='' AND package<>'' AND result<>'unchanged'"
        return int(self.conn.execute(sql).fetchone()[0])

    def end(self, lines: Sequence[IntakeRecord], how: str) -> None:
        """Note how these lines ceased to count."""
        self.conn.executemany("UPDATE arrivals SET ended=? WHERE seq=?", [(how, line.seq) for line in lines])

    def _find(self, where: str, *args: Any) -> list[IntakeRecord]:
        names = IntakeRecord.__dataclass_fields__
        lines = self.conn.execute(f"SELECT {', '.join(names)} FROM arrivals WHERE {where}", args)
        return [IntakeRecord(**dict(zip(names, line, strict=True))) for line in lines]
