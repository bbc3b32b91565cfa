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


@MIGRATIONS()
def m002_files_that_travel(db: Database) -> None:
    """The files that came in and went out, the keys of this workspace, and the computers that may sign for a unit."""
    db.execute(
        """CREATE TABLE packages (
            id TEXT PRIMARY KEY,
            way TEXT NOT NULL,
            kind TEXT NOT NULL,
            unit TEXT NOT NULL,
            period TEXT NOT NULL,
            revision INTEGER NOT NULL,
            ancestors TEXT NOT NULL,
            data_hash TEXT NOT NULL,
            signer TEXT NOT NULL,
            trust TEXT NOT NULL,
            state TEXT NOT NULL,
            plan TEXT NOT NULL,
            made TEXT NOT NULL,
            at TEXT NOT NULL,
            file TEXT NOT NULL,
            about TEXT NOT NULL
        ) STRICT"""
    )
    db.execute("CREATE INDEX packages_where ON packages (unit, period, kind)")
    db.execute(
        """CREATE TABLE lineage (
            unit TEXT NOT NULL, period TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (unit, period, id)
        ) STRICT"""
    )
    db.execute(
        """CREATE TABLE devices (
            signer TEXT NOT NULL, unit TEXT NOT NULL, recipient TEXT NOT NULL, name TEXT NOT NULL,
            at TEXT NOT NULL, ended TEXT NOT NULL, PRIMARY KEY (signer, unit)
        ) STRICT"""
    )
    db.execute(
        "CREATE TABLE codes (code TEXT PRIMARY KEY, unit TEXT NOT NULL, at TEXT NOT NULL, ended TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE TABLE secrets (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")


@MIGRATIONS()
def m003_what_came_in(db: Database) -> None:
    """Adds the intake log: every file that came in at the county, load by load, with its outcome."""
    db.execute(
        """CREATE TABLE arrivals (
            seq INTEGER PRIMARY KEY, load INTEGER NOT NULL, at TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
            kind TEXT NOT NULL, unit TEXT NOT NULL, period TEXT NOT NULL, revision INTEGER NOT NULL,
            result TEXT NOT NULL, message TEXT NOT NULL, package TEXT NOT NULL, file TEXT NOT NULL, ended TEXT NOT NULL
        ) STRICT"""
    )
    db.execute("CREATE INDEX arrivals_digest ON arrivals (digest)")
    db.execute("CREATE INDEX arrivals_load ON arrivals (load)")


@MIGRATIONS()
def m004_what_was_typed(db: Database) -> None:
    """Adds the words from which a value was understood, field by field, where they differ from the value."""
    db.execute("ALTER TABLE history ADD COLUMN typed TEXT")


@MIGRATIONS()
def m005_received_days(db: Database) -> None:
    """Adds the day on which a package was received, where it is not the day on which it was loaded."""
    db.execute("ALTER TABLE packages ADD COLUMN received TEXT NOT NULL DEFAULT ''")
