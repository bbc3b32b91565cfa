"""A hand-out brings what went from unit to unit, and from year to year."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from exports.outgoing.handout import handout
from exports.package.versions import beyond_format_1, is_understood
from models.plan.rows import tables_of, texts_of
from models.plan_editing.next_year import new_year
from models.plan_editing.publish import put_in_force
from models.reporting.lock import LAST_YEAR, lock
from models.workspace import Workspace
from tests.exports.test_closed_periods import GONGXIN, KEJI, fill, line, reform
from tests.golden.frozen import run
from tests.models.county_months import reported
from tests.plan_changes import UNITS, office_over, small_plan
from tests.travel import Desk

KEGONG, WAWU = UNITS[0], UNITS[5]


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A county in June with what its units reported in April and May."""
    monkeypatch.setenv("QINGDAN_CLOCK", "2024-06-10T09:00:00+08:00")
    desk = Desk(tmp_path / "county", office_over(Workspace.create(tmp_path / "county", "office"), small_plan()))
    fill(desk.work)
    desk.work.set({"current": "2024-06"})
    yield desk
    desk.close()


def test_the_successor_s_line_begins_with_the_words_of_the_old_unit(county: Desk, tmp_path: Path) -> None:
    put_in_force(county.work, reform(county.work.plan.texts))
    unit = Desk(tmp_path / "unit")
    (told,) = unit.load(county.hand_out(KEJI))
    assert "承接来的1行" in told.message
    june = unit.work.plan.period("2024-06")
    (row,) = unit.work.store.rows("tasks", KEJI, "2024-06")
    assert (row["task"], row["chief"], row["percent"], row["progress"]) == ("CY-004", "示例", None, None)
    history = unit.work.store.history("tasks", str(row["id"]))
    assert [entry.label for entry in history] == ["承接自县科工局"]
    assert unit.work.context(KEJI, june).previous["tasks", row["line"]]["percent"] == 100
    assert unit.results(county.hand_out(KEJI)) == ["accepted"]
    assert unit.work.store.rows("tasks", KEJI, "2024-06") == [row]
    assert [(r["indicator"], r["last_year"]) for r in unit.work.store.rows("indicators", KEJI, "2024-06")] == []
    unit.close()


def test_an_old_program_refuses_the_hand_out_as_too_new(county: Desk, tmp_path: Path) -> None:
    words = set(beyond_format_1(handout(county.work, county.work.plan.unit(WAWU)).members))
    put_in_force(county.work, reform(county.work.plan.texts))
    made = handout(county.work, county.work.plan.unit(GONGXIN))
    new = {
        "member:before",
        "plan:assignments.起",
        "plan:plan.生效",
        "plan:units.前身",
        "plan:units.止",
        "plan:units.起",
    }
    assert set(beyond_format_1(made.members)) - words == new
    assert all(map(is_understood, new))
    done = run("v0_2", "--data", tmp_path / "old", "load", county.hand_out(GONGXIN), cwd=tmp_path)
    assert done.returncode == 1
    assert "是更新版本的程序传出的" in done.stderr


def next_year(space: Workspace) -> None:
    """The plan of 2025, which goes on with all there was."""
    space.set({"current": "2024-12"})
    put_in_force(space, texts_of(new_year(tables_of(space.plan.texts)), space.plan.texts))


def december(space: Workspace) -> None:
    rows = {
        "tasks": [line("CY-001", "60"), {**line("CY-004", "100"), "status": "done"}],
        "indicators": [{"indicator": "ZB-CY-01", "total": Decimal(140)}],
        "obstacles": [
            {"text": "用地手续没有办下来", "status": "open", "due": None},
            {"text": "已经解决的", "status": "closed", "due": None},
        ],
    }
    unit = space.plan.unit(KEGONG)
    reported(space, unit, space.plan.period("2024-12"), rows, "2024-12-24T10:00:00+08:00")
    january = {"indicators": [{"indicator": "ZB-CY-01", "total": Decimal(11)}]}
    reported(space, unit, space.plan.period("2024-01"), january, "2024-01-24T10:00:00+08:00")


def test_the_year_turns(county: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unit = Desk(tmp_path / "unit")
    unit.load(county.hand_out(KEGONG))
    december(unit.work)
    december(county.work)
    monkeypatch.setenv("QINGDAN_CLOCK", "2025-01-08T09:00:00+08:00")
    next_year(county.work)
    assert (county.work.plan.year, "生效" in county.work.plan.about) == (2025, False)
    unit.load(county.hand_out(KEGONG))
    work = unit.work
    rows = {r["task"]: r for r in work.store.rows("tasks", KEGONG, "2025-01")}
    assert {t: (r["chief"], r["percent"]) for t, r in rows.items()} == {"CY-001": ("示例", None)}
    assert [r["text"] for r in work.store.rows("obstacles", KEGONG, "2025-01")] == ["用地手续没有办下来"]
    assert work.store.rows("obstacles", KEGONG, "2025-01")[0]["line"] == "line-1"
    assert [r["last_year"] for r in work.store.rows("indicators", KEGONG, "2025-01")] == [Decimal(11)]
    old = work.period_of("2024-12")
    assert work.context(KEGONG, old).plan.year == 2024
    assert lock(work, KEGONG, old).reason == LAST_YEAR
    assert len(work.store.rows("tasks", KEGONG, "2024-12")) == 2
    unit.close()
