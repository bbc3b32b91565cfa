"""The keys of a workspace, the codes for enrolment (登记) that a county gave out, and the computers (电脑) that may sign
for a unit.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from models.ledger.ledger import now
from models.store.store import Store


@dataclass(frozen=True)
class Device:
    """A computer of a unit: its public signing key, its age recipient, and when the county stopped trusting it."""

    signer: str
    unit: str
    recipient: str
    name: str
    at: str
    ended: str


class Keys:
    """The secrets of a workspace, kept in its store."""

    def __init__(self, store: Store) -> None:
        self.conn = store.conn

    def get(self, name: str, make: Callable[[], str] | None = None) -> str:
        """A secret; made and kept by `make` where it is not there yet, otherwise ''."""
        found = self.conn.execute("SELECT value FROM secrets WHERE name=?", (name,)).fetchone()
        if found:
            return str(found[0])
        if make is None:
            return ""
        value = make()
        self.set(name, value)
        return value

    def set(self, name: str, value: str) -> None:
        """Keep a secret."""
        self.conn.execute("INSERT OR REPLACE INTO secrets VALUES (?, ?)", (name, value))

    @property
    def county(self) -> dict[str, Any]:
        """Whom this workspace reports to, from its first hand-out: signer, recipients, name, phone; {} before."""
        known: dict[str, Any] = json.loads(self.get("county") or "{}")
        return known

    ## codes and computers, kept by the county

    def code(self, unit: str) -> str:
        """The enrolment code in force for a unit; '' if none was given out."""
        sql = "SELECT code FROM codes WHERE unit=? AND ended='' ORDER BY rowid DESC LIMIT 1"
        found = self.conn.execute(sql, (unit,)).fetchone()
        return found[0] if found else ""

    def any_code(self) -> bool:
        """Whether any unit was given a code from here."""
        return bool(self.conn.execute("SELECT count(*) FROM codes").fetchone()[0])

    def give_code(self, unit: str, code: str) -> None:
        """Give a unit a new code; older codes and the computers enrolled so far end."""
        at = now()
        self.conn.execute("UPDATE codes SET ended=? WHERE unit=? AND ended=''", (at, unit))
        self.conn.execute("UPDATE devices SET ended=? WHERE unit=? AND ended=''", (at, unit))
        self.conn.execute("INSERT INTO codes VALUES (?, ?, ?, '')", (code, unit, at))

    def devices(self, unit: str) -> list[Device]:
        """The computers that were enrolled for a unit."""
        lines = self.conn.execute("SELECT * FROM devices WHERE unit=? ORDER BY at, signer", (unit,))
        return [Device(*line) for line in lines]

    def device(self, signer: str, unit: str) -> Device | None:
        """The computer of a public key, as enrolled for a unit; one PC may serve several."""
        sql = "SELECT * FROM devices WHERE signer=? AND unit=?"
        line = self.conn.execute(sql, (signer, unit)).fetchone()
        return Device(*line) if line else None

    def enrol(self, signer: str, unit: str, recipient: str, name: str) -> None:
        """Trust a computer to sign for a unit."""
        line = (signer, unit, recipient, name, now())
        self.conn.execute("INSERT OR IGNORE INTO devices VALUES (?, ?, ?, ?, ?, '')", line)

    def forget(self, signer: str) -> None:
        """Take a computer off the list as if it had never been enrolled: made-up ones of sample data."""
        self.conn.execute("DELETE FROM devices WHERE signer=?", (signer,))
