"""A newer plan reaches a unit: shown before it is taken, nothing typed lost, lines of tasks taken out still readable."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from exports.batch import Job, write_job
from exports.sheets.unit_sheets import unit_book
from models.plan.plan import Plan
from models.plan.reader import read_texts
from models.reporting.check import check
from models.restore import restore
from models.store.backup import make
from models.workspace import Workspace
from tests.travel import PERIOD, Desk

A, CODE = "瓦屋塘镇", "430527106"
Lines = list[dict[str, str]]


def edited(base: Plan, /, **tables: Callable[[Lines], Lines]) -> Plan:
    """A plan with some of its files changed."""
    texts = dict(base.texts)
    for name, edit in tables.items():
        lines = list(csv.DictReader(io.StringIO(texts[name], newline="")))
        out = io.StringIO()
        writer = csv.DictWriter(out, list(lines[0]))
        writer.writeheader()
        writer.writerows(edit(lines))
        texts[name] = out.getvalue()
    return read_texts(texts)


def without(task: str) -> dict[str, Callable[[Lines], Lines]]:
    return {
        "tasks": lambda lines: [x for x in lines if x["编号"] != task],
        "assignments": lambda lines: [x for x in lines if x["任务"] != task],
    }


def put_in_force(county: Desk, plan: Plan) -> None:
    county.work.store.keep_plan(plan.digest, plan.texts)
    county.work.take_plan(plan)


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    county, pc = Desk.county(tmp_path / "county"), Desk(tmp_path / "pc")
    pc.load(county.hand_out(A))
    pc.fill()
    yield county, pc
    county.close()
    pc.close()


def test_what_changes_is_shown_before_anything_is_taken(desks: tuple[Desk, Desk]) -> None:
    county, pc = desks
    mine = [t for t, _ in pc.work.plan.tasks_of(CODE)]
    gone, renamed = mine[2], mine[0]

    def reword(lines: Lines) -> Lines:
        kept = [x for x in lines if x["编号"] != gone.id]
        next(x for x in kept if x["编号"] == renamed.id).update(重点任务="换了名称的任务", 年度目标="新的目标")
        return kept

    put_in_force(county, edited(county.work.plan, **{**without(gone.id), "tasks": reword}))
    file, before = county.hand_out(A), pc.work.plan.digest
    (seen,) = pc.load(file, dry_run=True)
    told = {(n.kind, n.what): (n.before, n.after) for n in seen.news}
    assert told["不再有", gone.text] == ("填过1行，仍保留，可以看", "新方案没有")
    assert told["改名", "换了名称的任务：重点任务"] == (renamed.text, "换了名称的任务")
    assert told["改动", "换了名称的任务：年度目标"] == (renamed.goal, "新的目标")
    assert "不再有1项，改名1项，改动1项" in seen.message
    assert pc.work.plan.digest == before
    assert pc.load(file)[0].news == seen.news
    assert pc.load(file, dry_run=True)[0].news == ()


def test_a_new_task_and_another_due_day_are_shown(desks: tuple[Desk, Desk]) -> None:
    county, pc = desks
    all_mine = {t.id for t, _ in county.work.plan.tasks_of(CODE)}
    other = next(t for t in county.work.plan.tasks if t.id not in all_mine)

    def assign(lines: Lines) -> Lines:
        return [*lines, {**lines[0], "任务": other.id, "单位": CODE, "分工": "support"}]

    def later(lines: Lines) -> Lines:
        next(x for x in lines if x["编号"] == PERIOD).update(截止="2024-10-28")
        return lines

    put_in_force(county, edited(county.work.plan, assignments=assign, periods=later))
    (seen,) = pc.load(county.hand_out(A), dry_run=True)
    told = {(n.kind, n.what): n.after for n in seen.news}
    assert told["新增", other.text] == "要填报"
    assert told["改动", "2024年10月截止"] == "2024年10月28日"


def test_lines_of_a_task_taken_out_stay_readable_and_ask_for_nothing(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    county, pc = desks
    gone = pc.work.plan.tasks_of(CODE)[2][0]
    lines = pc.lines(A)
    put_in_force(county, edited(county.work.plan, **without(gone.id)))
    pc.load(county.hand_out(A))
    assert pc.lines(A) == lines
    pc.close()
    pc.space = Workspace.open(pc.folder)  # as after a restart
    kept = next(r for r in pc.report("tasks").rows if r["task"] == gone.id)
    shown = pc.work.form("tasks").field("task").kind.show(kept["task"])
    assert shown == f"{gone.text}（已不在方案里）"
    found = [f for f in check(pc.work, CODE, pc.work.period) if f.problem.record == kept["id"]]
    assert [(f.problem.code, f.problem.level) for f in found] == [("left_plan", "D")]
    book = unit_book(pc.work, pc.work.only_unit(), pc.work.period, pc.work.forms)
    assert len(write_job(Job(tmp_path, book, ("xlsx", "pdf")))) > 2
    assert county.results(pc.submit()) == ["accepted"]
    assert county.lines(A) == lines
    there = county.work.form("tasks").field("task").kind.show(gone.id)
    assert there == shown
    pc.work.apply(pc.report("tasks").remove([kept["id"]]), "删去")
    assert county.results(pc.submit()) == ["accepted"]
    assert gone.id not in {r["task"] for r in county.lines(A)["tasks"]}


def test_a_task_that_comes_back_finds_its_line_again(desks: tuple[Desk, Desk]) -> None:
    county, pc = desks
    first, gone = county.work.plan, pc.work.plan.tasks_of(CODE)[2][0]
    lines = pc.lines(A)
    put_in_force(county, edited(first, **without(gone.id)))
    pc.load(county.hand_out(A))
    put_in_force(
        county, edited(first, plan=lambda rows: [x | {"内容": x["内容"].replace("2024.1", "2024.9")} for x in rows])
    )
    pc.load(county.hand_out(A))
    assert pc.lines(A) == lines
    assert pc.work.form("tasks").field("task").kind.show(gone.id) == gone.text


def test_an_older_hand_out_that_comes_later_changes_nothing(desks: tuple[Desk, Desk]) -> None:
    """Files come in any order; the one written last counts."""
    county, pc = desks
    first = county.hand_out(A)
    gone = county.work.plan.tasks_of(CODE)[2][0]
    put_in_force(county, edited(county.work.plan, **without(gone.id)))
    second = county.hand_out(A)
    assert pc.results(second, first, second, first) == ["accepted", "unchanged", "unchanged", "unchanged"]
    assert pc.work.plan.find("tasks", gone.id) is None


def test_a_county_restored_from_a_backup_counts_anew_and_is_not_taken_for_old(
    desks: tuple[Desk, Desk], tmp_path: Path
) -> None:
    county, pc = desks
    copy = make(county.work.store.db, tmp_path / "backup")
    for _ in range(3):
        pc.load(county.hand_out(A))
    county.close()
    restore(county.folder, copy)
    county.space = Workspace.open(county.folder)
    gone = county.work.plan.tasks_of(CODE)[2][0]
    put_in_force(county, edited(county.work.plan, **without(gone.id)))
    assert pc.results(county.hand_out(A)) == ["accepted"]
    assert pc.work.plan.find("tasks", gone.id) is None
