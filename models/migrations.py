"""How a store grew: frozen steps with literal names. Never edit one that shipped; never import today's forms here."""

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("qingdan")


@MIGRATIONS()
def m001_history_and_plans(db: Database) -> None:
    """The history of every change, and the files of every plan version that was loaded."""
    db.execute(
        """CREATE TABLE history (
            seq INTEGER PRIMARY KEY,
            batch INTEGER NOT NULL,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            label TEXT NOT NULL,
            form TEXT NOT NULL,
            record TEXT NOT NULL,
            unit TEXT NOT NULL,
            period TEXT NOT NULL,
            before TEXT,
            after TEXT
        ) STRICT"""
    )
    db.execute("CREATE INDEX history_record ON history (form, record, seq)")
    db.execute("CREATE INDEX history_period ON history (unit, period, seq)")
    db.execute(
        """CREATE TABLE plan_files (
            digest TEXT NOT NULL,
            name TEXT NOT NULL,
            text TEXT NOT NULL,
            loaded_at TEXT NOT NULL,
            PRIMARY KEY (digest, name)
        ) STRICT"""
    )


VERSION = 1  # kept in user_version; a store with a higher one belongs to a newer program
