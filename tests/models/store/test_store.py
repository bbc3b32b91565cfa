"""The store: changes are all or nothing, undone by their inverse, remembered, and safe from strangers."""

import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from forms import FORMS
from forms.field import Field
from forms.kind import Number, Value
from forms.projects import PROJECTS
from forms.records import SYSTEM
from models.errors import UserError
from models.store import backup, schema
from models.store.change import Change, inverse
from models.store.connection import VERSION, connect
from models.store.migrations import MIGRATIONS
from models.store.store import Store, record_id
from tests.effort import cases, dice

WHERE = ("430527106", "2024-10")


def project(line: str, **values: object) -> Change:
    id = record_id("projects", *WHERE, line)
    row = {"id": id, "unit": WHERE[0], "period": WHERE[1], "line": line, "position": 1000}
    return Change("projects", id, None, {**row, **values})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "qingdan.db")
    yield store
    store.close()


def rows(store: Store) -> list[dict[str, Value]]:
    return store.rows("projects", *WHERE)


def test_money_is_kept_exactly_and_readable_with_any_tool(store: Store, tmp_path: Path) -> None:
    store.apply([project("a", name="示例项目", total=Decimal("1860.10"))], "增加")
    assert rows(store)[0]["total"] == Decimal("1860.10")
    store.close()
    with closing(sqlite3.connect(tmp_path / "qingdan.db")) as db:
        assert db.execute("SELECT 项目名称, [总投资（万元）] FROM 项目清单").fetchall() == [("示例项目", 1860.1)]
        assert db.execute("SELECT total, typeof(total) FROM projects").fetchall() == [(186010, "integer")]


def test_an_edit_is_all_or_nothing(store: Store) -> None:
    good, bad = project("a", name="甲"), project("b", name="乙")
    with pytest.raises(UserError):
        store.apply([good, bad, bad], "增加")
    assert rows(store) == []
    assert store.history_of(*WHERE) == []


def test_a_change_on_a_stale_row_is_refused(store: Store) -> None:
    store.apply([project("a", name="甲")], "增加")
    id = rows(store)[0]["id"]
    store.apply([Change("projects", id, {"name": "甲"}, {"name": "乙"})], "修改")
    with pytest.raises(UserError, match="刚才被改过"):
        store.apply([Change("projects", id, {"name": "甲"}, {"name": "丙"})], "修改")
    assert rows(store)[0]["name"] == "乙"


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["set", "drop"]), st.text("甲乙丙", min_size=1, max_size=3)),
        max_size=12,
    )
)
def test_undoing_every_edit_backwards_leaves_nothing(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str]]
) -> None:
    store = Store.open(tmp_path_factory.mktemp("s") / "q.db")
    done: list[list[Change]] = []
    for line, what, name in steps:
        id = record_id("projects", *WHERE, line)
        now = store.row("projects", id)
        if what == "drop":
            edit = [Change("projects", id, now, None)] if now else []
        else:
            edit = (
                [Change("projects", id, {"name": now["name"]}, {"name": name})] if now else [project(line, name=name)]
            )
        store.apply(edit, "改")
        done.append(edit)
    for edit in reversed(done):
        store.apply(inverse(edit), "撤销")
    assert rows(store) == []
    store.close()


def test_history_tells_who_when_before_and_after(store: Store) -> None:
    store.apply([project("a", total=Decimal("1.00"))], "增加", "示例甲")
    id = rows(store)[0]["id"]
    store.apply([Change("projects", id, {"total": Decimal("1.00")}, {"total": Decimal("2.50")})], "修改", "示例乙")
    entries = store.history("projects", id)
    assert [(e.batch, e.person, e.label) for e in entries] == [(1, "示例甲", "增加"), (2, "示例乙", "修改")]
    assert (entries[1].before, entries[1].after) == ({"total": "1.00"}, {"total": "2.50"})


def test_a_second_program_reports_that_the_first_is_open(store: Store) -> None:
    with pytest.raises(UserError, match="另一个"):
        Store.open(store.path)


def test_settings_that_survive_power_cuts_are_in_force(store: Store) -> None:
    wanted = {"journal_mode": "truncate", "synchronous": 2, "trusted_schema": 0, "secure_delete": 1, "foreign_keys": 1}
    assert {n: store.db.execute(f"PRAGMA {n}").fetchone()[0] for n in wanted} == wanted


def test_a_store_of_a_newer_program_is_not_touched(store: Store) -> None:
    store.db.execute(f"PRAGMA user_version={VERSION + 1}")
    store.close()
    before = store.path.read_bytes()
    with pytest.raises(UserError, match="先更新程序"):
        Store.open(store.path)
    assert store.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all" * 60, b"PK\x03\x04" + bytes(600)])
def test_a_file_that_is_no_store_is_not_touched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "qingdan.db"
    path.write_bytes(content)
    with pytest.raises(UserError, match="没有动它"):
        Store.open(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "qingdan.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")
    with pytest.raises(UserError, match="不是清单填报的数据文件"):
        Store.open(path)


def test_one_more_field_becomes_a_column_after_a_backup(store: Store) -> None:
    store.apply([project("a", name="甲")], "增加")
    store.close()
    more = Field("loan", "贷款", Number(2), unit="万元")
    forms = [f for f in FORMS + SYSTEM if f is not PROJECTS]
    grown = replace(PROJECTS, fields=(*PROJECTS.fields, more))
    again = Store.open(store.path, [*forms, grown])
    id = record_id("projects", *WHERE, "a")
    again.apply([Change("projects", id, {"loan": None}, {"loan": Decimal("3.20")})], "修改")
    row = again.row("projects", id)
    assert row is not None
    assert row["loan"] == Decimal("3.20")
    again.close()
    copies = backup.backups(store.path.parent / "backups")
    with closing(sqlite3.connect(copies[0])) as db:
        assert db.execute("SELECT name FROM projects").fetchall() == [("甲",)]
        assert "loan" not in [c[1] for c in db.execute("PRAGMA table_info(projects)")]


def test_the_number_of_a_store_counts_its_steps() -> None:
    assert [m.name[:4] for m in MIGRATIONS.pending(Database(memory=True))] == [
        f"m{n:03}" for n in range(1, VERSION + 1)
    ]


def test_a_store_of_an_older_program_is_backed_up_and_then_brought_up_to_date(tmp_path: Path) -> None:
    path, forms = tmp_path / "qingdan.db", [PROJECTS, *SYSTEM]
    old = Database(connect(path, VERSION))
    MIGRATIONS.apply(old, stop_before="m002_files_that_travel")
    schema.sync(old, forms)
    old.execute("PRAGMA user_version=1")
    old.execute(
        "INSERT INTO projects (id, unit, period, line, position, name) VALUES ('1', 'u', '2024-10', 'a', 0, '甲')"
    )
    old.conn.close()
    store = Store.open(path)
    assert store.db.execute("PRAGMA user_version").fetchone()[0] == VERSION
    assert [r["name"] for r in store.rows("projects", "u", "2024-10")] == ["甲"]
    assert store.db.table("packages").exists()
    store.close()
    [copy] = backup.backups(tmp_path / "backups")
    assert "升级前" in copy.name
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone()[0] == 1
        assert kept.execute("SELECT name FROM projects").fetchall() == [("甲",)]


def test_a_backup_is_read_back_and_old_ones_are_thinned(store: Store, tmp_path: Path) -> None:
    store.apply([project("a", name="甲")], "增加")
    folder = tmp_path / "备份 文件夹"
    for _ in range(13):
        newest = backup.make(store.db, folder)
    left = backup.backups(folder)
    assert newest in left
    assert len(left) == backup.KEEP_NEWEST
    with closing(sqlite3.connect(newest)) as db:
        assert db.execute("SELECT name FROM projects").fetchall() == [("甲",)]


def test_a_backup_into_a_file_is_refused_without_leftovers(store: Store, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(UserError, match="备份没有做成"):
        backup.make(store.db, blocked)
    assert blocked.read_text() == "x"


def test_a_full_disk_is_reported_and_nothing_is_half_done(store: Store) -> None:
    store.apply([project("a", name="甲")], "增加")
    store.db.execute(f"PRAGMA max_page_count={store.db.execute('PRAGMA page_count').fetchone()[0]}")
    many = [project(f"n{n}", name="乙" * 60, content="内容" * 400) for n in range(60)]
    with pytest.raises(UserError, match="磁盘满了"):
        store.apply(many, "粘贴")
    assert [r["name"] for r in rows(store)] == ["甲"]
    store.db.execute("PRAGMA max_page_count=1000000")
    store.apply(many[:1], "粘贴")
    assert len(rows(store)) == 2


WRITER = Path(__file__).with_name("writer.py")


@pytest.mark.torture
def test_a_killed_writer_loses_nothing_it_reported_saved(tmp_path: Path) -> None:
    path = tmp_path / "qingdan.db"
    Store.open(path).close()
    acked = 0
    for kill in range(cases(12, 200)):
        command = [sys.executable, str(WRITER), str(path), str(acked)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            for _ in range(1 + dice(kill).randrange(23)):
                acked = int(writer.stdout.readline())
            writer.kill()
            rest = writer.stdout.read().split()
            acked = int(rest[-1]) if rest else acked
        store = Store.open(path)
        found = store.rows("projects", "u", "p")[0]["content"].count("字")
        assert found in (acked, acked + 1)  # the last one may have been committed before it could be said
        assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        history = store.history_of("u", "p")
        assert len(history) == found
        store.close()
        acked = found


def test_the_id_of_a_record_is_the_standard_one() -> None:
    name = "qingdan:projects/430527106/2024-10/甲"
    assert record_id("projects", "430527106", "2024-10", "甲") == str(uuid.uuid5(uuid.NAMESPACE_URL, name))
