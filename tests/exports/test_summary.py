"""汇总: equal to what an independent query says of the store, and written for people."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exports.sample_month import hand_in
from exports.summary import write_summary
from models.consolidation import Consolidation
from models.workspace import Workspace


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Consolidation]:
    space = Workspace.create(tmp_path_factory.mktemp("county"), "office")
    period = space.plan.period("2024-10")
    hand_in(space, period, faults=True)
    yield Consolidation(space, period)
    space.close()


def test_investment_equals_the_sum_of_the_lines(whole: Consolidation) -> None:
    """Per action, against SQL over the scaled integers of the table."""
    sql = "SELECT action, count(*), sum([plan]), sum(year_done) FROM projects WHERE period='2024-10' GROUP BY action"
    told = {r["action"]: (r["projects"], r["plan"] * 100, r["year_done"] * 100) for r in whole.progress()}
    asked = {a: (n, p or 0, y or 0) for a, n, p, y in whole.space.store.db.conn.execute(sql)}
    assert {a: v for a, v in told.items() if v[0]} == asked
    assert asked


def test_task_lines_equal_the_lines_of_the_store(whole: Consolidation) -> None:
    sql = "SELECT status, count(*) FROM tasks WHERE period='2024-10' GROUP BY status"
    marks: dict[str, int] = {}
    for status, count in whole.space.store.db.conn.execute(sql):
        entry = whole.space.plan.find("status", status or "")
        mark = entry.mark if entry else ""
        marks[mark] = marks.get(mark, 0) + count
    rows = whole.progress()
    told = {m: sum(r[m] for r in rows) for m in ("done", "doing", "warn", "late", "idle")}
    assert told == {m: marks.get(m, 0) for m in told}
    assert sum(r["lines"] for r in rows) == sum(marks.values())


def test_open_obstacles_and_states(whole: Consolidation) -> None:
    sql = "SELECT unit, status FROM obstacles WHERE period='2024-10'"
    done = {o.id for o in whole.space.plan.options("obstacle_state") if o.mark == "done"}
    asked = sorted(u for u, s in whole.space.store.db.conn.execute(sql) if s not in done)
    assert sorted(r["unit"] for r in whole.open_obstacles()) == asked
    rows = whole.standings()
    assert len(rows) == len(whole.space.units)
    assert sum(r["obstacles"] for r in rows) == len(asked)
    assert {r["state"] for r in rows} >= {"missing", "submitted"}


def test_a_team_sees_its_own_action_only(new_space: Callable[..., Workspace]) -> None:
    team = new_space(role="team", action="CY")
    whole = Consolidation(team, team.period)
    assert [a.id for a in whole.actions] == ["CY"]
    assert [r["action"] for r in whole.progress()] == ["CY"]


def test_workbook_and_bulletin_are_written(whole: Consolidation, tmp_path: Path) -> None:
    from openpyxl import load_workbook
    from pypdf import PdfReader

    book, paper = write_summary(whole.space, whole.period, tmp_path)
    names = load_workbook(book).sheetnames
    assert [n for n in names if not n.startswith("_")] == [
        "分行动进度", "报送情况", "未销号中梗阻台账", *(f.title for f in whole.space.forms)
    ]  # fmt: skip
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert "报送：65个责任单位" in text
    assert "以下单位还没有报送" in text
    assert "示例数据" in text
