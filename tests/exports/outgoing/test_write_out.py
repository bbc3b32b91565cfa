"""What the county writes for its units stands in the ledger once the file stands, and not before."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from exports.outgoing.handout import handout
from exports.outgoing.write_out import file_name, send, went_out, write_all
from exports.package.container import PackageFile
from exports.package.manifest import HandOut
from main import program
from models.errors import UserError
from models.ledger.ledger import Ledger
from models.workspace import Workspace
from tests.exports.incoming.test_newer_plan import edited, put_in_force
from tests.travel import Desk

UNITS = ("瓦屋塘镇", "长铺镇", "县残联")


def out(county: Desk) -> list[str]:
    """The units of the hand-outs in the ledger."""
    return [p.unit for p in Ledger(county.work.store).of("", "", "handout", "out")]


def made(county: Desk, *units: str) -> list[tuple[PackageFile, str]]:
    parcels = [handout(county.work, county.work.plan.unit(u)) for u in units]
    return [(p, file_name(county.work, p)) for p in parcels]


def test_a_hand_out_that_was_made_and_not_written_leaves_no_line_and_takes_no_number(county: Desk) -> None:
    (stopped, _), (again, _) = made(county, UNITS[0]) + made(county, UNITS[0])
    assert out(county) == []
    assert (stopped.expect(HandOut).serial, again.expect(HandOut).serial) == (1, 1)
    path = send(county.work, again, county.out)
    assert (path.exists(), out(county)) == (True, [again.manifest.unit])
    assert made(county, UNITS[0])[0][0].expect(HandOut).serial == 2


def test_what_is_written_when_writing_breaks_off_is_recorded_and_no_more(county: Desk) -> None:
    files, standing = made(county, *UNITS), list[PackageFile]()
    (county.out / files[1][1]).mkdir(parents=True)  # where a folder stands no file can be put
    with pytest.raises(UserError, match="这里是一个文件夹"):
        write_all(files, county.out, standing)
    went_out(county.work, standing)
    assert out(county) == [files[0][0].manifest.unit]
    assert [p.name for p in county.out.iterdir() if p.is_file()] == [files[0][1]]


def test_a_return_and_a_receipt_are_noted_too(county: Desk, tmp_path: Path) -> None:
    unit = Desk(tmp_path / "unit")
    unit.load(county.hand_out(UNITS[0]))
    unit.fill()
    county.load(unit.submit())
    county.receipt(UNITS[0])
    county.send_back(UNITS[0], ("tasks", 1, "note", "请改"))
    assert [p.kind for p in Ledger(county.work.store).of("", "", way="out")] == ["handout", "receipt", "return"]
    unit.close()


def handout_output(county: Desk, *words: str) -> str:
    """What the command says."""
    county.close()
    done = CliRunner().invoke(program, ["--data", str(county.folder), "handout", "--out", str(county.out), *words])
    assert done.exit_code == 0, done.output
    county.space = Workspace.open(county.folder)
    return done.stdout


def test_the_command_says_how_many_assignments_are_still_to_be_confirmed_and_goes_on(county: Desk) -> None:
    said = handout_output(county, "--unit", "瓦屋塘镇").splitlines()
    code, plan = county.work.plan.unit("瓦屋塘镇").code, county.work.plan
    open_ones = [a for a in plan.assignments if a.unit == code and not a.confirmed]
    assert (
        plan.find("tasks", open_ones[0].task).text
        == "巩固延伸竹产业，做强竹缠绕管道、竹木复合板材、竹餐具、竹滑板等主导产品"
    )
    begin = "巩固延伸竹产业，做强竹缠绕管道、竹木复合板材、竹餐具、竹滑…"
    assert said[0].startswith("已写出1个任务包")
    assert said[1] == (
        f"方案还有847处待确认，其中分工639处，单位会看到“待确认”；第一处：瓦屋塘镇“{begin}”。确认以后请再下发一次"
    )
    assert len(list(county.out.glob("*任务包*"))) == 1


def test_a_confirmed_plan_goes_out_without_a_question(county: Desk) -> None:
    put_in_force(county, edited(county.work.plan, assignments=lambda rows: [{**r, "确认": "已确认"} for r in rows]))
    assert all(a.confirmed for a in county.work.plan.assignments)
    assert handout_output(county, "--unit", "瓦屋塘镇").count("\n") == 1
