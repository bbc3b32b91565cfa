"""What the county decides travels with receipts and hand-outs, stands beside the unit's cell, and is answered."""

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from exports.package.envelope import unseal
from exports.package.keyring import Keyring
from forms.states import Request
from models.county.confirmations import Confirmation
from models.county.consolidation import Consolidation
from models.county.exclusions import exclude
from models.county.supervisions import REPLIED, Supervisions
from models.errors import sentence
from models.ledger.county_acts import excluded
from models.ledger.county_feedback import county_feedback
from models.ledger.county_feedback import sentence as strip
from models.ledger.supervision_replies import received_supervisions, reply
from models.refusals import TOO_NEW
from models.workspace import Workspace
from tests.golden.frozen import run
from tests.travel import PERIOD, Desk

UNIT, TODAY, LATER = "瓦屋塘镇", date(2024, 10, 26), date(2024, 12, 20)
WHY = "佐证不够，请补齐后再报"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """A county, and a unit of which a line is reported as completed and another asks for a delay."""
    county, unit = Desk.county(tmp_path / "county"), Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNIT))
    unit.fill()
    for row, values in ((1, {"status": "done", "percent": 100}), (2, {"status": "delay", "percent": 40})):
        for field, value in values.items():
            unit.write("tasks", row, field, value)
    unit.write("tasks", 2, "due", date(2024, 10, 20))
    unit.write("tasks", 2, "asked_due", LATER)
    unit.write("tasks", 2, "trouble", "灾后重建资金10月才到位")
    assert county.results(unit.submit()) == ["accepted"]
    yield county, unit
    county.close()
    unit.close()


def code(desk: Desk) -> str:
    return desk.work.plan.unit(UNIT).code


def feedback(unit: Desk) -> dict[tuple[str, str], str]:
    ctx = unit.work.context(code(unit), unit.work.plan.period(PERIOD))
    return {(t.place[1], t.place[2]): t.text for t in county_feedback(unit.work, ctx).values()}


def request(county: Desk, kind: Request, row: int) -> Confirmation:
    line = county.cell("tasks", row, "line", UNIT)
    claims = Consolidation(county.work, county.work.period).confirmations
    found = claims.find((code(county), line))
    assert found is not None
    assert found.kind == kind
    return found


def decide(county: Desk) -> None:
    claims = Consolidation(county.work, county.work.period).confirmations
    no = claims.refuse(request(county, Request.COMPLETION, 1), TODAY, WHY)
    yes = claims.confirm(request(county, Request.DELAY, 2), TODAY, "请按周报进度")
    county.work.apply([*no, *yes], "核验")


def test_decisions_stand_beside_the_status_and_leave_the_words_alone(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    decide(county)
    before = unit.lines(UNIT)
    told = unit.load(county.receipt(UNIT))[0].message
    assert "县里核验了2件：“" in told
    assert f"不同意完成（10月26日）：{WHY}" in told
    ids = [unit.cell("tasks", n, "id") for n in (1, 2)]
    assert feedback(unit) == {
        (ids[0], "status"): f"县里不同意完成（10月26日）：{WHY}",
        (ids[1], "status"): "县里同意延期到12月20日（10月26日）：请按周报进度",
    }
    assert unit.lines(UNIT) == before
    ctx = unit.work.context(code(unit), unit.work.plan.period(PERIOD))
    assert strip(county_feedback(unit.work, ctx).values(), "tasks").startswith("县里核验了2行")
    problems = [p.code for p in unit.work.form("tasks").problems(ctx.rows["tasks"], ctx) if p.row == 2]
    assert "overdue" not in problems, "the day that the county allowed is the one that is checked"


def test_a_decision_that_was_taken_back_is_gone_with_the_next_receipt(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    decide(county)
    unit.load(county.receipt(UNIT))
    claims = Consolidation(county.work, county.work.period).confirmations
    county.work.apply(claims.take_back(request(county, Request.COMPLETION, 1)), "取消核验")
    unit.load(county.receipt(UNIT))
    assert [text for text in feedback(unit).values() if "完成" in text] == []


def test_a_new_computer_gets_them_with_the_hand_out(desks: tuple[Desk, Desk], tmp_path: Path) -> None:
    county, _ = desks
    decide(county)
    other = Desk(tmp_path / "other")
    other.load(county.hand_out(UNIT, again=True))
    assert len(feedback(other)) == 2
    other.close()


def test_a_unit_hears_that_its_figures_are_excluded(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    county.work.apply(exclude(county.work, county.work.plan.unit(UNIT), county.work.period, WHY, TODAY), "不计入")
    told = unit.load(county.receipt(UNIT))[0].message
    assert f"2024年10月的数字没有计入：{WHY}" in told
    assert excluded(unit.work.store, code(unit), PERIOD) == WHY
    assert excluded(unit.work.store, code(unit), "2024-09") == ""


def supervise(county: Desk, text: str = "用地报批") -> Any:
    desk = Supervisions(county.work, TODAY)
    changes = desk.begin("meeting", [county.work.plan.unit(UNIT)], text, date(2024, 11, 10))
    county.work.apply(changes, "开督办单")
    return changes[0].id


def test_a_paper_goes_out_is_answered_and_stays_open(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    id = supervise(county)
    told = unit.load(county.receipt(UNIT))[0].message
    assert "县里督办1件：督办2024年1号（11月10日前）：用地报批" in told
    (paper,) = received_supervisions(unit.work, code(unit))
    assert (paper.closed, paper.reply) == (False, None)
    unit.work.apply(
        reply(unit.work, code(unit), unit.work.period, paper.paper, "已组卷上报，等市里批复", TODAY), "督办答复"
    )
    assert county.results(unit.submit()) == ["accepted"]
    found = Supervisions(county.work, TODAY).find(id)
    assert found is not None
    assert (found.state, found.replies[code(county)]["text"]) == (REPLIED, "已组卷上报，等市里批复")
    assert Supervisions(county.work, TODAY).open == [found]
    county.work.apply(Supervisions(county.work, TODAY).close(found, date(2024, 11, 2), "已批"), "销号")
    unit.load(county.receipt(UNIT))
    (paper,) = received_supervisions(unit.work, code(unit))
    assert paper.sentence == "督办2024年1号（已销号：已批）：用地报批"


def test_an_answer_can_be_taken_back(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    id = supervise(county)
    unit.load(county.receipt(UNIT))
    (paper,) = received_supervisions(unit.work, code(unit))
    for text in ("已组卷上报", ""):
        unit.work.apply(reply(unit.work, code(unit), unit.work.period, paper.paper, text, TODAY), "督办答复")
        county.load(unit.submit())
    found = Supervisions(county.work, TODAY).find(id)
    assert found is not None
    assert found.replies == {}


def critical(file: Path, unit: Desk) -> list[str]:
    inner = unseal(file.read_bytes(), Keyring(unit.work).identities)[1]
    with zipfile.ZipFile(BytesIO(inner)) as zipped:
        found: list[str] = json.loads(zipped.read("datapackage.json"))["qingdan"]["critical"]
    return found


def test_new_words_stand_in_critical_only_where_there_are_any(desks: tuple[Desk, Desk]) -> None:
    county, unit = desks
    assert critical(county.receipt(UNIT), unit) == []
    decide(county)
    supervise(county)
    assert critical(county.receipt(UNIT), unit) == ["form:confirmations", "form:supervisions"]


def test_a_unit_that_still_runs_0_2_refuses_them(tmp_path: Path) -> None:
    office, pc, out = tmp_path / "office", tmp_path / "pc", tmp_path / "out"
    for data, *words in (
        (office, "init", "--role", "office"), (office, "handout", "--out", out, "--unit", UNIT), (pc, "load", out),
        (pc, "demo", "--period", PERIOD), (pc, "submit", "--period", PERIOD, "--out", tmp_path / "stick"),
    ):  # fmt: skip
        done = run("v0_2", "--data", data, *words, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    county = Desk(office, Workspace.open(office))
    county.work.set({"current": PERIOD})
    assert county.results(tmp_path / "stick") == ["accepted"]
    supervise(county)
    done = run("v0_2", "--data", pc, "load", county.receipt(UNIT), cwd=tmp_path)
    assert done.returncode == 1
    assert sentence(TOO_NEW) in done.stderr
    county.close()
